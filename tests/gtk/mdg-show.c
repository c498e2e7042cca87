/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of pages share. */
#include "config.h"

#include "mdg-show.h"

#include <libintl.h>
#include <locale.h>

void
mdg_show_init (int *argc, char ***argv)
{
  GdkDisplay *display;
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  g_setenv ("LANGUAGE", "ja", TRUE);
  gtk_test_init (argc, argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MADOGUCHI_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  adw_init ();
  display = gdk_display_get_default ();
  gtk_css_provider_load_from_resource (style, "/io/github/madoguchi/Madoguchi/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  if (g_strcmp0 (g_getenv ("MADOGUCHI_SHOW_STYLE"), "dark") == 0)
    {
      g_autoptr (GtkCssProvider) dark = gtk_css_provider_new ();

      gtk_css_provider_load_from_resource (dark, "/io/github/madoguchi/Madoguchi/style-dark.css");
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (dark),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                          ADW_COLOR_SCHEME_FORCE_DARK);
    }
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/io/github/madoguchi/Madoguchi/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

void
mdg_show_text_size (guint percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * 1024 * percent / 100),
                NULL);
}

MdgOqsMessage *
mdg_show_message (guint number)
{
  g_autofree char *name = g_strdup_printf ("PRACTICE%04u.xml", number);
  g_autofree char *path = g_build_filename (g_getenv ("MADOGUCHI_PEOPLE_DIR"), name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  MdgOqsMessage *message;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  message = mdg_oqs_message_parse_xml (bytes, &error);
  g_assert_no_error (error);
  return message;
}

MdgAnswerView *
mdg_show_view (guint number)
{
  static const char *const confirmed[] = { "pin", "key-possession", "service-trust", NULL };
  static const char *const not_confirmed[] = { "revocation", NULL };
  g_autoptr (MdgOqsMessage) message = mdg_show_message (number);
  g_autoptr (GDateTime) when = g_date_time_new_local (2026, 11, 23, 10, 15, 32);

  return mdg_answer_view_new_parts (message, when, TRUE, confirmed, not_confirmed,
                                    mdg_desk_language (), MDG_CALENDAR_ERA);
}

GtkWidget *
mdg_show_window (GtkWidget *page, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  mdg_show_settle (window);
  return window;
}

static void
on_after_paint_cb (GdkFrameClock *clock, gint64 *painted)
{
  if (*painted == 0)
    *painted = g_get_monotonic_time ();
}

gint64
mdg_show_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 painted = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), &painted);

  gtk_widget_queue_draw (widget);
  while (painted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
  return painted;
}

void
mdg_show_settle (GtkWidget *widget)
{
  while (gtk_widget_get_frame_clock (widget) == NULL || !gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  for (int i = 0; i < 3; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      mdg_show_frame (widget);
    }
}

void
mdg_show_shot (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("MADOGUCHI_SHOTS");
  g_autofree char *path = NULL, *file = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;
  GskRenderNode *node;
  int width, height;

  if (folder == NULL)
    return;
  mdg_show_settle (window);
  paintable = gtk_widget_paintable_new (window);
  width = gtk_widget_get_width (window);
  height = gtk_widget_get_height (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  file = g_strdup_printf ("%s.png", name);
  path = g_build_filename (folder, file, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
add_texts (GtkWidget *widget, gboolean hidden_too, GString *texts)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (!hidden_too && !gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (texts, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_EDITABLE (widget))
    g_string_append_printf (texts, "%s\n", gtk_editable_get_text (GTK_EDITABLE (widget)));
  if (tooltip != NULL)
    g_string_append_printf (texts, "%s\n", tooltip);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_texts (child, hidden_too, texts);
}

char *
mdg_show_texts (GtkWidget *root)
{
  GString *texts = g_string_new (NULL);

  add_texts (root, TRUE, texts);
  return g_string_free (texts, FALSE);
}

char *
mdg_show_visible_texts (GtkWidget *root)
{
  GString *texts = g_string_new (NULL);

  add_texts (root, FALSE, texts);
  return g_string_free (texts, FALSE);
}

GtkWidget *
mdg_show_find (GtkWidget *root, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *texts = mdg_show_texts (root);

      if (text == NULL || strstr (texts, text) != NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mdg_show_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}
