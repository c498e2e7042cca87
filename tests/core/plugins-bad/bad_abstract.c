/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A driver type of which no object can be made. */
#include "mdg-plugin.h"

MDG_DEFINE_PLUGIN (bad_abstract, "Abstract", MDG_PLUGIN_FLAG_NONE, mdg_reader_driver_get_type)
