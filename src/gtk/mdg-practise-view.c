/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Staff practise with invented people, and who did is kept. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-entries-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = mdg_phrase_label_new (label, NULL);

  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

/**
 * mdg_practise_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): not needed
 * @navigator: not needed
 *
 * Thread: main.
 * Errors: none; told in its parts.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_practise_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  mdg_phrase_label_append (box, _ ("Practice mode"), "heading");
  mdg_phrase_label_append (
      box,
      _ ("Invented people put their cards on an invented reader: a wrong PIN, a card that "
         "was pulled, a visual check can be tried without anybody’s data."),
      NULL);
  /* who is in practice mode already goes to its reception */
  gtk_box_append (GTK_BOX (box),
                  mdg_guide_get_practice (guide)
                      ? make_button (_ ("Go to the Reception"), "win.place::reception")
                      : make_button (_ ("Open Practice Mode"), "app.practice"));
  mdg_phrase_label_append (box, _ ("Who has practised"), "heading");
  gtk_box_append (GTK_BOX (box),
                  mdg_entries_box_new (guide, "practise", _ ("Name of who practised today"), TRUE));
  return box;
}
