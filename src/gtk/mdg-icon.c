/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program's own pictures: the paths of data/icons, filled with the colour of the text around
 * them. A picture is made once and drawn in any size. */
#include "config.h"

#include "mdg-icon.h"

#include "mdg-icon-path.h"

#include <string.h>

#define FOLDER "/io/github/madoguchi/Madoguchi/icons/scalable/actions/"
#define GRID   64.0 /* the pictures' own units, as their viewBox says */

struct _MdgIcon
{
  GObject parent_instance;

  GPtrArray *paths; /* owned, of path data */
};

static void mdg_icon_paintable_init (GdkPaintableInterface *iface);
static void mdg_icon_symbolic_init (GtkSymbolicPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgIcon,
                               mdg_icon,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, mdg_icon_paintable_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE,
                                                          mdg_icon_symbolic_init))

static void
draw (MdgIcon *self, GdkSnapshot *snapshot, double width, double height, const GdkRGBA *color)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_scale (cr, width / GRID, height / GRID);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  for (guint i = 0; i < self->paths->len; i++)
    {
      mdg_icon_path_draw (cr, self->paths->pdata[i]);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
mdg_icon_snapshot_symbolic (GtkSymbolicPaintable *paintable,
                            GdkSnapshot *snapshot,
                            double width,
                            double height,
                            const GdkRGBA *colors,
                            gsize n_colors)
{
  draw (MDG_ICON (paintable), snapshot, width, height,
        n_colors > 0 ? &colors[GTK_SYMBOLIC_COLOR_FOREGROUND] : &(GdkRGBA){ 0, 0, 0, 1 });
}

static void
mdg_icon_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  draw (MDG_ICON (paintable), snapshot, width, height, &(GdkRGBA){ 0, 0, 0, 1 });
}

static GdkPaintableFlags
mdg_icon_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
mdg_icon_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = mdg_icon_snapshot;
  iface->get_flags = mdg_icon_get_flags;
}

static void
mdg_icon_symbolic_init (GtkSymbolicPaintableInterface *iface)
{
  iface->snapshot_symbolic = mdg_icon_snapshot_symbolic;
}

static void
mdg_icon_finalize (GObject *object)
{
  g_ptr_array_unref (MDG_ICON (object)->paths);
  G_OBJECT_CLASS (mdg_icon_parent_class)->finalize (object);
}

static void
mdg_icon_class_init (MdgIconClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_icon_finalize;
}

static void
mdg_icon_init (MdgIcon *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
}

static void
on_element_cb (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer user_data,
               GError **error)
{
  MdgIcon *self = user_data;

  if (strcmp (element, "path") != 0)
    return;
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "d") == 0)
      g_ptr_array_add (self->paths, g_strdup (values[i]));
}

static MdgIcon *
read_icon (const char *name)
{
  static const GMarkupParser parser = { .start_element = on_element_cb };
  g_autofree char *path = g_strconcat (FOLDER, name, ".svg", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (MdgIcon) self = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  gsize size;
  const char *text;

  if (bytes == NULL)
    return NULL;
  self = g_object_new (MDG_TYPE_ICON, NULL);
  context = g_markup_parse_context_new (&parser, 0, self, NULL);
  text = g_bytes_get_data (bytes, &size);
  if (!g_markup_parse_context_parse (context, text, (gssize) size, NULL))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_icon_get:
 * @name: of one of the program's own pictures: "mdg-card-symbolic"
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the picture, kept from then on; NULL if there is none
 */
GdkPaintable *
mdg_icon_get (const char *name)
{
  static GHashTable *icons;
  MdgIcon *icon;

  g_return_val_if_fail (name != NULL, NULL);

  if (icons == NULL)
    icons = g_hash_table_new (g_str_hash, g_str_equal);
  icon = g_hash_table_lookup (icons, name);
  if (icon == NULL && (icon = read_icon (name)) != NULL)
    g_hash_table_insert (icons, (gpointer) g_intern_string (name), icon);
  return GDK_PAINTABLE (icon);
}

/**
 * mdg_icon_show:
 * @image: an image, as large as its style says
 * @name: (nullable): one of the program's own pictures, or of the icon theme's; NULL: none
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_icon_show (GtkImage *image, const char *name)
{
  GdkPaintable *icon = name != NULL ? mdg_icon_get (name) : NULL;

  g_return_if_fail (GTK_IS_IMAGE (image));

  /* one that fills more than its own room would grow with it */
  if (gtk_widget_get_halign (GTK_WIDGET (image)) == GTK_ALIGN_FILL)
    gtk_widget_set_halign (GTK_WIDGET (image), GTK_ALIGN_CENTER);
  if (gtk_widget_get_valign (GTK_WIDGET (image)) == GTK_ALIGN_FILL)
    gtk_widget_set_valign (GTK_WIDGET (image), GTK_ALIGN_CENTER);
  if (icon == NULL)
    gtk_image_set_from_icon_name (image, name);
  else if (gtk_image_get_paintable (image) != icon)
    gtk_image_set_from_paintable (image, icon);
}

/**
 * mdg_icon_show_in_button:
 * @button: a button or a menu button, once
 * @name: one of the program's own pictures
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_icon_show_in_button (GtkWidget *button, const char *name)
{
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  mdg_icon_show (GTK_IMAGE (image), name);
  if (GTK_IS_MENU_BUTTON (button))
    {
      gtk_menu_button_set_child (GTK_MENU_BUTTON (button), image);
      button = gtk_widget_get_first_child (button);
    }
  else
    gtk_button_set_child (GTK_BUTTON (button), image);
  gtk_widget_add_css_class (button, "image-button");
}
