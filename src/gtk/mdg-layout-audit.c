/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rule that no text is cut, overlaps or breaks inside a word, as a check of what GTK made of
 * it: with every language, width and size of text. Texts are written down, so this is for invented
 * people only: the caller sees to it. */
#include "config.h"

#include "mdg-layout-audit.h"

#include "mdg-widgets.h"

#include <string.h>

/* Nothing may force a window to be wider than this, at any size of text. */
#define NARROWEST_WINDOW 360

typedef struct
{
  GtkWidget *root;
  GPtrArray *findings;
  GPtrArray *labels; /* of GtkLabel: those seen so far */
  GArray *boxes;     /* of graphene_rect_t, in the root's coordinates */
} Audit;

static void
report (Audit *self, GtkLabel *label, const char *what)
{
  g_autofree char *start = g_utf8_substring (
      gtk_label_get_text (label), 0, MIN (40, g_utf8_strlen (gtk_label_get_text (label), -1)));
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (label));

  g_ptr_array_add (self->findings,
                   g_strdup_printf ("%s: \"%s\" in %s, %d × %d", what, start,
                                    parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "nothing",
                                    gtk_widget_get_width (GTK_WIDGET (label)),
                                    gtk_widget_get_height (GTK_WIDGET (label))));
}

/* A word that is wider than its line, somebody's long name, has to break. */
static gboolean
is_wider_than (PangoLayout *layout, gsize start, gsize end, int width)
{
  g_autoptr (PangoLayout) word = pango_layout_copy (layout);
  int taken;

  pango_layout_set_width (word, -1);
  pango_layout_set_attributes (word, NULL);
  pango_layout_set_text (word, pango_layout_get_text (layout) + start, (int) (end - start));
  pango_layout_get_pixel_size (word, &taken, NULL);
  return taken > width;
}

/* Whether the line before byte @at ended between two words. */
static gboolean
may_break (PangoLayout *layout, gsize at, int width)
{
  const char *text = pango_layout_get_text (layout);
  gunichar before = g_utf8_get_char (g_utf8_prev_char (text + at));
  gsize end, start;

  if (g_unichar_isspace (before) || g_unichar_isspace (g_utf8_get_char (text + at)) ||
      g_unichar_ispunct (before))
    return TRUE;
  start = mdg_phrase_find_word (text, at, &end);
  return start == at || is_wider_than (layout, start, end, width);
}

static void
check_breaks (Audit *self, GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  int width = gtk_widget_get_width (GTK_WIDGET (label));

  for (int i = 1; i < pango_layout_get_line_count (layout); i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);

      if (line->start_index > 0 && !may_break (layout, (gsize) line->start_index, width))
        {
          report (self, label, "broken inside a word");
          return;
        }
    }
}

static void
check_size (Audit *self, GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoRectangle logical;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  if (pango_layout_is_ellipsized (layout))
    report (self, label, "ellipsized");
  else if (logical.width > gtk_widget_get_width (GTK_WIDGET (label)) + 1 ||
           logical.height > gtk_widget_get_height (GTK_WIDGET (label)) + 1)
    report (self, label, "cut");
}

static gboolean
is_in_scroller (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW) != NULL;
}

static void
check_place (Audit *self, GtkLabel *label)
{
  graphene_rect_t box, common;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (label), self->root, &box))
    return;
  if (box.origin.x < -1 ||
      box.origin.x + box.size.width > (float) gtk_widget_get_width (self->root) + 1)
    report (self, label, "outside of the window");
  if (!is_in_scroller (GTK_WIDGET (label)) &&
      (box.origin.y < -1 ||
       box.origin.y + box.size.height > (float) gtk_widget_get_height (self->root) + 1))
    report (self, label, "below the window");
  for (guint i = 0; i < self->boxes->len; i++)
    {
      GtkWidget *other = g_ptr_array_index (self->labels, i);

      if (graphene_rect_intersection (&box, &g_array_index (self->boxes, graphene_rect_t, i),
                                      &common) &&
          common.size.width > 3 && common.size.height > 3 &&
          gtk_widget_get_ancestor (other, GTK_TYPE_SCROLLED_WINDOW) ==
              gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_SCROLLED_WINDOW))
        {
          report (self, label, "over another text");
          report (self, GTK_LABEL (other), "  this one");
          break;
        }
    }
  g_ptr_array_add (self->labels, label);
  g_array_append_val (self->boxes, box);
}

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (widget) &&
         gtk_widget_get_opacity (widget) > 0.01 && gtk_widget_get_width (widget) > 0;
}

static void
walk (Audit *self, GtkWidget *widget)
{
  if (!is_seen (widget) ||
      (GTK_IS_STACK (widget) && gtk_stack_get_transition_running (GTK_STACK (widget))))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    {
      check_size (self, GTK_LABEL (widget));
      check_breaks (self, GTK_LABEL (widget));
      check_place (self, GTK_LABEL (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      walk (self, child);
}

/* The innermost widget that does not fit into the narrowest window. */
static void
check_narrowest (Audit *self, GtkWidget *widget)
{
  GtkWidget *wide = NULL;
  int minimum;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && wide == NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child) || GTK_IS_NATIVE (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > NARROWEST_WINDOW)
        wide = child;
    }
  if (wide != NULL)
    {
      check_narrowest (self, wide);
      return;
    }
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > NARROWEST_WINDOW && !GTK_IS_SCROLLED_WINDOW (widget))
    g_ptr_array_add (self->findings,
                     g_strdup_printf ("needs %d px: %s in %s", minimum, G_OBJECT_TYPE_NAME (widget),
                                      G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget))));
}

/**
 * mdg_layout_audit:
 * @root: a window, or any widget that has been given its size
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type utf8): what is wrong, a line each
 */
GPtrArray *
mdg_layout_audit (GtkWidget *root)
{
  Audit audit = { root, g_ptr_array_new_with_free_func (g_free), g_ptr_array_new (),
                  g_array_new (FALSE, FALSE, sizeof (graphene_rect_t)) };

  /* a wide one shows more than a narrow one does */
  if (GTK_IS_ROOT (root) && gtk_widget_get_width (root) < 2 * NARROWEST_WINDOW)
    check_narrowest (&audit, gtk_widget_get_first_child (root));
  walk (&audit, root);
  g_ptr_array_unref (audit.labels);
  g_array_unref (audit.boxes);
  return audit.findings;
}

static void
write_findings (GtkWidget *window)
{
  g_autoptr (GPtrArray) findings = mdg_layout_audit (window);
  g_autoptr (GFile) file = g_file_new_for_path (g_getenv ("MADOGUCHI_LAYOUT_AUDIT"));
  g_autoptr (GFileOutputStream) stream = NULL;

  if (findings->len == 0)
    return;
  stream = g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, NULL);
  for (guint i = 0; stream != NULL && i < findings->len; i++)
    g_output_stream_printf (G_OUTPUT_STREAM (stream), NULL, NULL, NULL, "%s\n",
                            (char *) g_ptr_array_index (findings, i));
}

static void
on_audit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        write_findings (window);
    }
}

/**
 * mdg_layout_audit_start:
 * @application: the program; in practice mode
 *
 * The action "audit-layout", which a test asks for over D-Bus when the picture does not change any
 * more, writes what is wrong with each of the windows.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_layout_audit_start (GtkApplication *application)
{
  static const GActionEntry entries[] = { { "audit-layout", on_audit_cb } };

  if (MDG_DEVELOPMENT && g_getenv ("MADOGUCHI_LAYOUT_AUDIT") != NULL)
    g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                     application);
}
