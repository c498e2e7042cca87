/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Needs a function that is nowhere. */
#include "mdg-plugin.h"

extern GType mdg_function_that_does_not_exist (void);

MDG_DEFINE_PLUGIN (bad_unresolved,
                   "Unresolved",
                   MDG_PLUGIN_FLAG_NONE,
                   mdg_function_that_does_not_exist)
