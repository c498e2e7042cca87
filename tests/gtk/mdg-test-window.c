/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of pages have in common. The main loop is run until the window's frame clock has
 * painted: no time is waited for. */
#include "config.h"

#include "mdg-test-window.h"

#include <libintl.h>
#include <locale.h>

static void
add_style (const char *path, guint priority)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider), priority);
}

static void
load_style (void)
{
  add_style ("/io/github/madoguchi/Madoguchi/style.css", GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/madoguchi/Madoguchi/icons");
  if (g_getenv ("MDG_SCENE_DARK") == NULL)
    return;
  add_style ("/io/github/madoguchi/Madoguchi/style-dark.css",
             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
}

/**
 * mdg_test_window_init:
 * @argc: of main()
 * @argv: of main()
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_test_window_init (int *argc, char ***argv)
{
  g_setenv ("LANGUAGE", "ja", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MADOGUCHI_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  load_style ();
}

void
mdg_test_window_set_size (GtkWidget *window)
{
  const char *size = g_getenv ("MDG_SCENE_SIZE");
  g_auto (GStrv) sides = g_strsplit (size != NULL ? size : "1280x800", "x", 2);

  gtk_window_set_default_size (GTK_WINDOW (window), (int) g_ascii_strtoll (sides[0], NULL, 10),
                               (int) g_ascii_strtoll (sides[1], NULL, 10));
}

GtkWidget *
mdg_test_window_new (GtkWidget *content)
{
  GtkWidget *window = adw_window_new ();

  mdg_test_window_set_size (window);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  mdg_test_window_settle ();
  return window;
}

static void
wait_for_frames (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        gtk_test_widget_wait_for_draw (window);
    }
}

static gboolean
on_idle_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
mdg_test_window_settle (void)
{
  /* a notification, the idle that follows it, a layout, and what that asked for */
  for (guint round = 0; round < 3; round++)
    {
      gboolean idle = FALSE;

      wait_for_frames ();
      g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, &idle, NULL);
      while (!idle)
        g_main_context_iteration (NULL, TRUE);
    }
}

typedef gboolean (*Matches) (GtkWidget *widget, gconstpointer wanted);

static gboolean
has_text (GtkWidget *widget, gconstpointer wanted)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), wanted) == 0;
}

static gboolean
has_class (GtkWidget *widget, gconstpointer wanted)
{
  return gtk_widget_has_css_class (widget, wanted);
}

static gboolean
has_type (GtkWidget *widget, gconstpointer wanted)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) wanted);
}

static GtkWidget *
find (GtkWidget *widget, Matches matches, gconstpointer wanted)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (matches (widget, wanted))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, matches, wanted);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
mdg_test_window_find_text (GtkWidget *root, const char *text)
{
  return find (root, has_text, text);
}

GtkWidget *
mdg_test_window_find_class (GtkWidget *root, const char *css_class)
{
  return find (root, has_class, css_class);
}

GtkWidget *
mdg_test_window_find_type (GtkWidget *root, GType type)
{
  return find (root, has_type, &type);
}

void
mdg_test_window_tell_wide (GtkWidget *root, int width)
{
  int minimum;

  if (!gtk_widget_get_visible (root))
    return;
  gtk_widget_measure (root, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum <= width)
    return;
  g_test_message ("%s: %d px %s", G_OBJECT_TYPE_NAME (root), minimum,
                  GTK_IS_LABEL (root) ? gtk_label_get_text (GTK_LABEL (root)) : "");
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mdg_test_window_tell_wide (child, width);
}

void
mdg_test_window_set_text_size (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
}

void
mdg_test_window_take_picture (GtkWidget *window, const char *who, const char *what)
{
  const char *folder = g_getenv ("MDG_SCENE_PICTURES");
  g_autofree char *name = g_strdup_printf ("%s-%s.png", who, what);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  mdg_test_window_settle ();
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_build_filename (folder, name, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
