/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The step 受付業務等の変更点の確認: the facility's own list, and the poster for the counter. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-application-form.h"
#include "mdg-entries-box.h"
#include "mdg-guide-papers.h"
#include "mdg-paper-buttons.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

static void
on_poster_wanted_cb (MdgPaperButtons *buttons, int use, MdgGuide *guide)
{
  g_auto (GStrv) values = mdg_guide_get_application (guide);
  g_autoptr (MdgPaper) paper =
      mdg_guide_paper_poster (values[MDG_APPLICATION_NAME], mdg_guide_get_practice (guide));

  mdg_paper_buttons_give (buttons, (MdgPaperUse) use, paper);
}

/**
 * mdg_changes_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): not needed
 * @navigator: where the poster is looked at
 *
 * Thread: main.
 * Errors: none; told in its parts.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_changes_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *poster;

  mdg_phrase_label_append (box, _ ("Changes at our reception"), "heading");
  gtk_box_append (GTK_BOX (box),
                  mdg_entries_box_new (guide, "reception", _ ("A line of our own"), FALSE));
  mdg_phrase_label_append (box, _ ("Poster for the counter"), "heading");
  mdg_phrase_label_append (box, _ ("A page of A4 that tells patients what to do."), NULL);
  poster = mdg_paper_buttons_new (navigator, _ ("Poster for the counter"), _ ("poster.pdf"));
  g_signal_connect_object (poster, "wanted", G_CALLBACK (on_poster_wanted_cb), guide, 0);
  gtk_box_append (GTK_BOX (box), poster);
  return box;
}
