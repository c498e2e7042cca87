/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls itself otherwise than its file. */
#include "mdg-bad-driver.h"

BAD_DRIVER (BadName, bad_name)

static void
bad_name_class_init (BadNameClass *klass)
{
}

MDG_DEFINE_PLUGIN (somebody_else, "Bad name", MDG_PLUGIN_FLAG_NONE, bad_name_get_type)
