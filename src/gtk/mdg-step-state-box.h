/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a step of the preparation stands, to be changed. */
#pragma once

#include "mdg-guide.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* state, day, who, note of a step */
#define MDG_TYPE_STEP_STATE_BOX (mdg_step_state_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgStepStateBox, mdg_step_state_box, MDG, STEP_STATE_BOX, GtkWidget)
GtkWidget *mdg_step_state_box_new (MdgStepKind kind, MdgGuide *guide);

G_END_DECLS
