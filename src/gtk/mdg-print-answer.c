/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer on paper: the same words in the same order as on the screen, nothing folded. */
#include "config.h"

#include "mdg-answer-page.h"

#include "mdg-paper-kinds.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

static void
add_row (GArray *rows, MdgPaperRowKind kind, const char *label, const char *value, gboolean large)
{
  MdgPaperRow row = { kind, label, value, large };

  g_array_append_val (rows, row);
}

static void
add_fact (GArray *rows, const char *label, const char *value)
{
  if (value != NULL && value[0] != '\0')
    add_row (rows, MDG_PAPER_ROW_FACT, label, value, FALSE);
}

static void
add_facts (GArray *rows, GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const MdgAnswerFact *fact = facts->pdata[i];

      add_row (rows, MDG_PAPER_ROW_FACT, fact->label, fact->value, fact->large);
      if (fact->note != NULL && fact->note[0] != '\0')
        add_row (rows, MDG_PAPER_ROW_TEXT, "", fact->note, FALSE);
    }
}

static void
add_texts (GArray *rows, const char *heading, GPtrArray *texts)
{
  if (heading != NULL && texts->len > 0)
    add_row (rows, MDG_PAPER_ROW_HEADING, heading, "", FALSE);
  for (guint i = 0; i < texts->len; i++)
    add_row (rows, MDG_PAPER_ROW_TEXT, "", texts->pdata[i], FALSE);
}

static void
add_coverage (GArray *rows, const MdgAnswerCoverage *coverage)
{
  if (coverage->heading[0] != '\0')
    add_row (rows, MDG_PAPER_ROW_HEADING, coverage->heading, "", FALSE);
  add_fact (rows, _ ("Name"), coverage->name);
  add_fact (rows, _ ("Reading of the name"), coverage->kana);
  add_fact (rows, _ ("Date of birth"), coverage->birth);
  add_fact (rows, _ ("Sex"), coverage->sex);
  add_facts (rows, coverage->main);
  add_facts (rows, coverage->more);
  add_texts (rows, NULL, coverage->notes);
}

/**
 * mdg_answer_paper_new:
 * @view: an answer
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): its paper
 */
MdgPaper *
mdg_answer_paper_new (const MdgAnswerView *view)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (MdgPaperRow));
  g_autofree char *when = NULL;

  if (view->next_step[0] != '\0')
    add_row (rows, MDG_PAPER_ROW_TEXT, "", view->next_step, FALSE);
  add_texts (rows, NULL, view->notes);
  for (guint i = 0; i < view->coverages->len; i++)
    add_coverage (rows, view->coverages->pdata[i]);
  add_texts (rows, _ ("What was checked"), view->confirmed);
  add_texts (rows, _ ("What was not checked"), view->not_confirmed);
  when = g_strdup_printf (_ ("Checked %s %s"), view->checked_on, view->checked_at);
  return mdg_paper_new_rows (_ ("Result of the insurance check"), view->title,
                             (const MdgPaperRow *) rows->data, rows->len, when, view->practice);
}

/**
 * mdg_print_answer:
 * @parent: (nullable): the window that asks
 * @view: an answer
 *
 * Shows the print dialog.
 *
 * Thread: main.
 * Errors: none; a failure is told in a dialog.
 */
void
mdg_print_answer (GtkWindow *parent, const MdgAnswerView *view)
{
  g_autoptr (MdgPaper) paper = mdg_answer_paper_new (view);

  mdg_print_paper (parent, paper);
}
