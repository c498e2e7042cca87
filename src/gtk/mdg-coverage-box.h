/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One 資格 of an answer: the person, what the counter needs, the rest folded. */
#pragma once

#include "mdg-answer-view.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal "copied": a fact is on the clipboard */
#define MDG_TYPE_COVERAGE_BOX (mdg_coverage_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgCoverageBox, mdg_coverage_box, MDG, COVERAGE_BOX, GtkWidget)

GtkWidget *mdg_coverage_box_new (void);
/* @coverage: (nullable): lives until another one is set; NULL: empty and not visible */
void mdg_coverage_box_set_coverage (MdgCoverageBox *self, const MdgAnswerCoverage *coverage);
/* makes one of the widgets that the next answer will need; FALSE when all are there */
gboolean mdg_coverage_box_prepare (MdgCoverageBox *self);

G_END_DECLS
