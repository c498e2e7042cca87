/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list of fonts and the icon theme are read from the disk before anything with a word or an
 * icon can be drawn. Both are read on another thread while the main thread is busy with the display
 * and with making the window: whoever comes first waits for the other, and nothing else changes. */
#include "config.h"

#include "mdg-warm-up.h"

#include "mdg-worker.h"

/* A quarter of a frame. */
#define STEP_MICROSECONDS 4000

/**
 * mdg_warm_up_fonts:
 *
 * Makes the font map of this thread; Pango reads fontconfig's list on a thread of its own from then
 * on.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_warm_up_fonts (void)
{
  pango_cairo_font_map_get_default ();
}

/* Look-ups in a theme that was set up are allowed on any thread: gtk/gtkicontheme.c, "Threading".
 */
static gpointer
look_up_icon (gpointer theme, GCancellable *cancellable, GError **error)
{
  return gtk_icon_theme_has_icon (theme, "open-menu-symbolic") ? theme : NULL;
}

static void
on_looked_up_cb (GObject *worker, GAsyncResult *result, gpointer user_data)
{
  mdg_worker_run_finish (MDG_WORKER (worker), result, NULL);
}

/**
 * mdg_warm_up_icons:
 * @display: the display, whose theme is set up: no path is added to it later
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_warm_up_icons (GdkDisplay *display)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new ("icons");

  mdg_worker_run_async (worker, look_up_icon,
                        g_object_ref (gtk_icon_theme_get_for_display (display)), g_object_unref,
                        NULL, NULL, on_looked_up_cb, NULL);
}

/* What most answers and screens are written with. */
#define SAMPLE "0123456789-年月日令和平成昭有効無歳（）：男女本人家族保険者番号記枝割区分確認済"

/* The letters of a font are shaped and drawn once, where nobody sees it: cairo keeps them. */
static void
warm_up_font (GtkWidget *label, GHashTable *fonts)
{
  PangoContext *context = gtk_widget_get_pango_context (label);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  g_autoptr (PangoLayout) layout = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (font == NULL || g_hash_table_contains (fonts, font))
    return;
  g_hash_table_add (fonts, pango_font_description_copy (font));
  layout = gtk_widget_create_pango_layout (label, SAMPLE);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1, 1);
  cr = cairo_create (surface);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* Sizes are asked from the leaves up, so that no step has much to do. A container that is not
 * visible yet gives none, but its style is found. */
static void
warm_up_widget (GtkWidget *widget, GHashTable *fonts)
{
  GdkRGBA color;

  if (gtk_widget_get_root (widget) == NULL)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  if (GTK_IS_LABEL (widget))
    warm_up_font (widget, fonts);
}

typedef struct
{
  GPtrArray *widgets;
  GHashTable *fonts; /* descriptions of those that are warm */
} WarmUp;

static void
free_warm_up (gpointer data)
{
  WarmUp *work = data;

  g_ptr_array_unref (work->widgets);
  g_hash_table_unref (work->fonts);
  g_free (work);
}

static gboolean
on_idle_cb (gpointer data)
{
  WarmUp *work = data;
  GPtrArray *widgets = work->widgets;
  gint64 end = g_get_monotonic_time () + STEP_MICROSECONDS;

  while (widgets->len > 0 && g_get_monotonic_time () < end)
    {
      g_autoptr (GtkWidget) widget = g_ptr_array_steal_index (widgets, widgets->len - 1);

      warm_up_widget (widget, work->fonts);
    }
  return widgets->len > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
collect (GtkWidget *widget, GPtrArray *widgets)
{
  g_ptr_array_add (widgets, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, widgets);
}

/**
 * mdg_warm_up_widgets:
 * @root: a widget that will be shown later
 *
 * Finds the styles, fonts and sizes of it and of all it contains now, in small steps between other
 * work, so that the frame that shows it first is as quick as the others.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_warm_up_widgets (GtkWidget *root)
{
  WarmUp *work = g_new0 (WarmUp, 1);

  work->widgets = g_ptr_array_new_with_free_func (g_object_unref);
  work->fonts = g_hash_table_new_full ((GHashFunc) pango_font_description_hash,
                                       (GEqualFunc) pango_font_description_equal,
                                       (GDestroyNotify) pango_font_description_free, NULL);
  collect (root, work->widgets);
  g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, work, free_warm_up);
}
