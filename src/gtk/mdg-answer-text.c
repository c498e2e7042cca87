/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of an answer in labels that may be narrow and large: phrases stay together, but none of
 * them may force a window to be wider than 360 px when the text has twice its size. */
#include "config.h"

#include "mdg-answer-text.h"

#include "mdg-widgets.h"

/* half-width figures of a number that fit a line of the narrowest window with the largest text */
#define CELLS_LARGE  10
#define SCALE_MEDIUM 0.85
#define SCALE_SMALL  0.7

static guint
get_cells (const char *p)
{
  return g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
}

static guint
count_cells (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += get_cells (p);
  return n;
}

static void
keep_together (PangoAttrList *attributes, const char *text, const char *start, const char *end)
{
  PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

  attribute->start_index = (guint) (start - text);
  attribute->end_index = (guint) (end - text);
  pango_attr_list_insert (attributes, attribute);
}

static gboolean
has_room (const char *text, guint n, guint cells)
{
  const char *start = text;
  guint used = 0, count = 0;

  for (const char *end = text; *end != '\0'; end = g_utf8_next_char (end))
    {
      used += get_cells (end);
      if (++count > n)
        {
          used -= get_cells (start);
          start = g_utf8_next_char (start);
        }
      if (used > cells)
        return FALSE;
    }
  return TRUE;
}

/* how many characters of @text have the room of @wide wide ones, wherever they stand: figures are
 * half as wide, and a date stays in one piece */
static guint
get_longest (const char *text, guint wide)
{
  guint n = 2 * wide;

  while (n > wide && !has_room (text, n, 2 * wide))
    n--;
  return n;
}

void
mdg_answer_text_set (GtkLabel *label, const char *text, guint longest)
{
  const char *shown = text != NULL ? text : "";
  g_autoptr (PangoAttrList) attributes =
      mdg_phrase_attributes (shown, get_longest (shown, longest));

  gtk_label_set_text (label, shown);
  gtk_label_set_attributes (label, attributes);
  gtk_widget_set_visible (GTK_WIDGET (label), shown[0] != '\0');
}

/* A number stays on one line, a long one in smaller figures. Only one that has no room even then
 * goes on the next line, because a cut number is worse. */
void
mdg_answer_text_set_number (GtkLabel *label, const char *number)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  guint cells = count_cells (number), used = 0, room = CELLS_LARGE;
  const char *start = number;

  if (cells > CELLS_LARGE)
    {
      double scale = cells > CELLS_LARGE / SCALE_MEDIUM ? SCALE_SMALL : SCALE_MEDIUM;

      pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
      room = (guint) (CELLS_LARGE / scale);
    }
  for (const char *p = number; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (used + get_cells (p) > room)
        {
          keep_together (attributes, number, start, p);
          start = p;
          used = 0;
        }
      used += get_cells (p);
    }
  keep_together (attributes, number, start, number + strlen (number));
  gtk_label_set_text (label, number);
  gtk_label_set_attributes (label, attributes);
  gtk_widget_set_visible (GTK_WIDGET (label), TRUE);
}
