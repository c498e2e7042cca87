/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Phrases of a label are kept together as long as the longest of them fits into a given room at the
 * size of its letters: at twice the size of text a window must not be forced to be wide. To be
 * called again when the size of letters has changed. */
#include "config.h"

#include "mdg-phrase-fit.h"

#include "mdg-widgets.h"

#define LONGEST 11
/* まだ動かさないでください。 in the large letters of a title. Small letters have room for more, but
 * a text may be shown before it gets the size that it will have. */
#define LONGEST_IN_TITLE 13

/**
 * mdg_phrase_letter_width:
 * @widget: a widget
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: pixels of one Japanese letter in the widget's font, at least 1
 */
int
mdg_phrase_letter_width (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "字");
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return MAX (width, 1);
}

/**
 * mdg_phrase_fit:
 * @label: a label that has its text and is in its place
 * @room: pixels that it has in the narrowest window
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_phrase_fit (GtkLabel *label, int room)
{
  int letters = room / mdg_phrase_letter_width (GTK_WIDGET (label));
  g_autoptr (PangoAttrList) attributes = NULL;

  if (letters > LONGEST_IN_TITLE)
    letters = LONGEST;
  attributes = mdg_phrase_attributes (gtk_label_get_text (label), (guint) MAX (letters, 1));

  /* what has to be broken, an address of the web, has no sign that is not its own */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

/**
 * mdg_phrase_fit_all:
 * @root: a widget
 * @room: pixels that a label in it has in the narrowest window
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_phrase_fit_all (GtkWidget *root, int room)
{
  if (GTK_IS_LABEL (root))
    mdg_phrase_fit (GTK_LABEL (root), room);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mdg_phrase_fit_all (child, room);
}
