/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plugins of a build with -Dbuiltin_plugins=true. Which those are is known to
 * plugins/meson.build alone; a program that uses this links them (builtin_plugin_deps there). */
#include "config.h"

#include "mdg-builtin-plugins.h"

#define MDG_BUILTIN(id) extern const MdgPluginDesc _mdg_plugin_desc_##id;
#include "mdg-builtin-list.h"
#undef MDG_BUILTIN

/**
 * mdg_builtin_plugins_add:
 * @host: a host that has not loaded yet
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_builtin_plugins_add (MdgPluginHost *host)
{
#define MDG_BUILTIN(id) mdg_plugin_host_add_builtin (host, &_mdg_plugin_desc_##id);
#include "mdg-builtin-list.h"
#undef MDG_BUILTIN
}
