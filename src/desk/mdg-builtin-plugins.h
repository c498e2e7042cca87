/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-plugin-host.h"

G_BEGIN_DECLS

/* gives @host the plugins that are linked into the program, before it loads; none where they are
 * modules */
void mdg_builtin_plugins_add (MdgPluginHost *host);

G_END_DECLS
