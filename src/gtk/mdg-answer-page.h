/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an answer's page has besides what mdg-pages.h tells all. */
#pragma once

#include "mdg-pages.h"
#include "mdg-paper.h"

G_BEGIN_DECLS

/* (transfer none) (nullable) */
const MdgAnswerView *mdg_answer_page_get_view (MdgAnswerPage *self);
/* FALSE: an answer from the list, which is left by a button elsewhere */
void mdg_answer_page_set_dismissable (MdgAnswerPage *self, gboolean dismissable);
/* (transfer none): what stands behind ほかの操作; sections may be added */
GMenu *mdg_answer_page_get_menu (MdgAnswerPage *self);

/* mdg-print-answer.c */
/* (transfer full) */
MdgPaper *mdg_answer_paper_new (const MdgAnswerView *view);
/* asks for a printer */
void mdg_print_answer (GtkWindow *parent, const MdgAnswerView *view);

G_END_DECLS
