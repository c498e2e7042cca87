/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A step in the map of the preparation. */
#pragma once

#include "mdg-guide.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_STEP_ROW (mdg_step_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgStepRow, mdg_step_row, MDG, STEP_ROW, GtkListBoxRow)

GtkWidget *mdg_step_row_new (MdgStepKind kind);
MdgStepKind mdg_step_row_get_kind (MdgStepRow *self);
void mdg_step_row_set_guide (MdgStepRow *self, MdgGuide *guide); /* as it stands now */
/* a row of the same look that leads to something else; (transfer floating) */
GtkWidget *mdg_step_row_new_link (const char *title, const char *words);

G_END_DECLS
