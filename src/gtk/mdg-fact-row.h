/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One fact of an answer: its label, its value, where it comes from, and a button that copies it. */
#pragma once

#include "mdg-answer-view.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal "copied": the value is on the clipboard */
#define MDG_TYPE_FACT_ROW (mdg_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgFactRow, mdg_fact_row, MDG, FACT_ROW, GtkWidget)

GtkWidget *mdg_fact_row_new (void);
/* @fact: (nullable): lives until another one is set; NULL: the row is empty and not visible */
void mdg_fact_row_set_fact (MdgFactRow *self, const MdgAnswerFact *fact);

/* Shows @facts in rows that are children of @box: those that are there are used again, others made;
 * @copied is connected to those. @facts: (nullable) (element-type MdgAnswerFact) */
void mdg_fact_rows_fill (GtkWidget *box, GPtrArray *facts, GCallback copied, gpointer data);
/* makes rows until @box has @n; TRUE while some are missing (one is made at a time) */
gboolean mdg_fact_rows_prepare (GtkWidget *box, guint n, GCallback copied, gpointer data);

G_END_DECLS
