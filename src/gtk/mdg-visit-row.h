/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A check in the list: when, the verdict, initials. */
#pragma once

#include "mdg-visit.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_VISIT_ROW (mdg_visit_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgVisitRow, mdg_visit_row, MDG, VISIT_ROW, GtkWidget)

GtkWidget *mdg_visit_row_new (void);
/* @visit: (nullable): NULL leaves no text behind */
void mdg_visit_row_set_visit (MdgVisitRow *self, MdgVisit *visit);
/* (transfer full): 10:15, or 11月22日 10:15 where it is another day */
char *mdg_visit_row_format_time (GDateTime *time);

G_END_DECLS
