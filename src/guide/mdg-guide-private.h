/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the map share: its table of steps, by MdgStepKind. */
#pragma once

#include "mdg-guide-map.h"

G_BEGIN_DECLS

extern const MdgStepInfo mdg_guide_steps[MDG_N_STEPS];

G_END_DECLS
