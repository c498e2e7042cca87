/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A type that is no driver. */
#include "mdg-plugin.h"

MDG_DEFINE_PLUGIN (bad_type, "Bad type", MDG_PLUGIN_FLAG_NONE, g_cancellable_get_type)
