/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A step of the preparation: what for, what the guide says, how it stands. */
#pragma once

#include "mdg-step-content.h"

G_BEGIN_DECLS

#define MDG_TYPE_STEP_PAGE (mdg_step_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgStepPage, mdg_step_page, MDG, STEP_PAGE, GtkWidget)

/* @session: (nullable) */
GtkWidget *
mdg_step_page_new (MdgStepKind kind, MdgGuide *guide, MdgSession *session, MdgNavigator *navigator);
MdgStepKind mdg_step_page_get_kind (MdgStepPage *self);

G_END_DECLS
