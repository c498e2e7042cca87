/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows and groups of libadwaita make their own labels, and templates theirs: these, too, break
 * only where a phrase begins. */
#include "config.h"

#include "mdg-phrase-tree.h"

#include "mdg-widgets.h"

#include <adwaita.h>

#define MARK "mdg-phrase-kept"

/* a phrase of more characters than this may break inside */
#define LONGEST 9

/* Markup has attributes of its own, and GtkLabel joins the touching ranges of two lists into one:
 * nothing would break at all. A text that has no markup does not need it on. */
static void
keep_phrases (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes =
      mdg_phrase_attributes (gtk_label_get_text (label), LONGEST);

  if (gtk_label_get_use_markup (label))
    {
      if (!g_str_equal (gtk_label_get_text (label), gtk_label_get_label (label)))
        return;
      gtk_label_set_use_markup (label, FALSE);
    }
  gtk_label_set_attributes (label, attributes);
}

static void
on_label_cb (GtkLabel *label)
{
  keep_phrases (label);
}

/* libadwaita cuts the title of a group that is wider than a narrow page. */
static void
let_title_wrap (GtkLabel *label)
{
  if (gtk_label_get_ellipsize (label) == PANGO_ELLIPSIZE_NONE ||
      !gtk_widget_has_css_class (GTK_WIDGET (label), "heading") ||
      gtk_widget_get_ancestor (GTK_WIDGET (label), ADW_TYPE_PREFERENCES_GROUP) == NULL)
    return;
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (label, TRUE);
}

static void
keep_label (GtkLabel *label)
{
  let_title_wrap (label);
  if (!gtk_label_get_wrap (label) || g_object_get_data (G_OBJECT (label), MARK) != NULL)
    return;
  g_object_set_data (G_OBJECT (label), MARK, label);
  g_signal_connect (label, "notify::label", G_CALLBACK (on_label_cb), NULL);
  keep_phrases (label);
  /* a description of libadwaita breaks at words only, and a word may be wider than a narrow page */
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}

/**
 * mdg_phrase_tree_keep:
 * @root: a widget
 *
 * Keeps the phrases together of every label below @root that wraps, now and when its text changes.
 * Labels that come later need another call.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_phrase_tree_keep (GtkWidget *root)
{
  if (GTK_IS_LABEL (root))
    {
      keep_label (GTK_LABEL (root));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mdg_phrase_tree_keep (child);
}
