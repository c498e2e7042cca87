/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of pages share. */
#include "config.h"

#include "mdg-show.h"

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
