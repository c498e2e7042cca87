/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-plugin-info.h"
#include "mdg-plugin.h"

G_BEGIN_DECLS

/* Finds, checks, quarantines, starts and stops plugins. A GListModel of MdgPluginInfo. Property
 * "loaded": mdg_plugin_host_load() has been called. */
#define MDG_TYPE_PLUGIN_HOST (mdg_plugin_host_get_type ())
MDG_API
G_DECLARE_FINAL_TYPE (MdgPluginHost, mdg_plugin_host, MDG, PLUGIN_HOST, GObject)

/* @search_path: (nullable): folders; NULL for MADOGUCHI_PLUGIN_PATH (development builds) and the
 * install folder. @state_dir: (nullable): where the quarantine mark is kept; NULL for
 * $XDG_STATE_HOME/madoguchi */
MDG_API MdgPluginHost *mdg_plugin_host_new (const char *const *search_path, const char *state_dir);
MDG_API void mdg_plugin_host_add_builtin (MdgPluginHost *self, const MdgPluginDesc *desc);
/* sets the property @name of @plugin_id's driver before it starts; unknown ones are ignored */
MDG_API void mdg_plugin_host_set_option (MdgPluginHost *self,
                                         const char *plugin_id,
                                         const char *name,
                                         const char *value);
/* @only: (nullable): ids; NULL for every plugin that is not ON_REQUEST. Never fails as a whole. */
MDG_API void mdg_plugin_host_load (MdgPluginHost *self, const char *const *only);
MDG_API void mdg_plugin_host_retry (MdgPluginHost *self, const char *id);
MDG_API void mdg_plugin_host_stop (MdgPluginHost *self);
MDG_API MdgPluginInfo *
mdg_plugin_host_lookup (MdgPluginHost *self, const char *id); /* (transfer none) */

G_END_DECLS
