/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a paper is posted to: the address, its label, and that it was posted. */
#pragma once

#include "mdg-guide.h"
#include "mdg-navigator.h"

G_BEGIN_DECLS

#define MDG_TYPE_POST_BOX (mdg_post_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgPostBox, mdg_post_box, MDG, POST_BOX, GtkWidget)

/* @step: MDG_STEP_APPLY or MDG_STEP_GRANT */
GtkWidget *mdg_post_box_new (MdgStepKind step, MdgGuide *guide, MdgNavigator *navigator);

G_END_DECLS
