/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where Japanese may break. Pango lets a line end between any two characters of it, in the middle
 * of 暗証番号 too. Here a line may end only before a phrase begins: after punctuation, and where
 * kana that end a phrase are followed by something else. A phrase longer than the line still
 * breaks: nothing is ever cut. */
#include "config.h"

#include "mdg-widgets.h"

#include <string.h>

typedef enum
{
  KIND_OTHER,
  KIND_HIRAGANA,
  KIND_WORD,  /* kanji, katakana, digits, Latin letters */
  KIND_OPEN,  /* brackets that begin something */
  KIND_CLOSE, /* brackets and marks that end something */
  KIND_SPACE
} Kind;

static Kind
get_kind (gunichar c)
{
  static const char opening[] = "「『（［【〈《(";
  static const char closing[] = "、。」』）］】〉》)・：！？";

  if (g_unichar_isspace (c))
    return KIND_SPACE;
  if (g_utf8_strchr (opening, -1, c) != NULL)
    return KIND_OPEN;
  if (g_utf8_strchr (closing, -1, c) != NULL)
    return KIND_CLOSE;
  if (c >= 0x3041 && c <= 0x309f)
    return KIND_HIRAGANA;
  if (c == 0x30fc || g_unichar_isalnum (c))
    return KIND_WORD;
  return KIND_OTHER;
}

static gboolean
begins_phrase (Kind before, Kind here)
{
  if (before == KIND_SPACE || here == KIND_SPACE)
    return TRUE;
  if (here == KIND_CLOSE || before == KIND_OPEN)
    return FALSE;
  if (before == KIND_CLOSE || here == KIND_OPEN)
    return TRUE;
  return before == KIND_HIRAGANA && here != KIND_HIRAGANA;
}

static void
forbid_breaks (PangoAttrList *list, gsize start, gsize end)
{
  PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);

  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (list, attribute);
}

/**
 * mdg_phrase_attributes:
 * @text: a text as it will be shown
 * @longest: characters of the longest phrase that is kept together
 *
 * Attributes that keep the phrases of a Japanese text on one line where they fit. Texts of other
 * languages, which break at spaces, are left as they are.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the attributes, for gtk_label_set_attributes()
 */
PangoAttrList *
mdg_phrase_attributes (const char *text, guint longest)
{
  PangoAttrList *list = pango_attr_list_new ();
  const char *start = text;
  Kind before = KIND_SPACE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      Kind here = get_kind (g_utf8_get_char (p));

      if (p != text && begins_phrase (before, here))
        {
          forbid_breaks (list, (gsize) (start - text), (gsize) (p - text));
          start = p;
        }
      before = here;
    }
  if (*start != '\0')
    forbid_breaks (list, (gsize) (start - text), strlen (text));
  return list;
}

/**
 * mdg_phrase_label_set_text:
 * @label: a label
 * @text: plain text, not markup
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_phrase_label_set_text (GtkLabel *label, const char *text)
{
  g_autoptr (PangoAttrList) attributes = mdg_phrase_attributes (text, 11);

  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, attributes);
}

/**
 * mdg_phrase_label_new:
 * @text: plain text, not markup
 * @css_class: (nullable): a style class
 *
 * A label that wraps at phrases, and inside one only where it would be cut otherwise.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the label
 */
GtkWidget *
mdg_phrase_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  mdg_phrase_label_set_text (GTK_LABEL (label), text);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}
