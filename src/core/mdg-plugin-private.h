/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the core: how the host opens, checks and keeps plugins. */
#pragma once

#include "mdg-errors.h"
#include "mdg-plugin-info.h"
#include "mdg-plugin.h"

G_BEGIN_DECLS

/* mdg-plugin-info.c */
MdgPluginInfo *mdg_plugin_info_new (const char *id, const char *path, const MdgPluginDesc *builtin);
const MdgPluginDesc *mdg_plugin_info_get_desc (MdgPluginInfo *self);
void mdg_plugin_info_set_desc (MdgPluginInfo *self, const MdgPluginDesc *desc);
void mdg_plugin_info_set_state (MdgPluginInfo *self, MdgPluginState state, const GError *error);
void mdg_plugin_info_set_driver (MdgPluginInfo *self, MdgReaderDriver *driver);
gboolean mdg_plugin_info_holds_id (MdgPluginInfo *self);

/* mdg-plugin-file.c */
const MdgPluginDesc *mdg_plugin_file_open (const char *path, GModule **module, GError **error);
gboolean mdg_plugin_file_check_desc (const MdgPluginDesc *desc, const char *path, GError **error);
MdgReaderDriver *mdg_plugin_file_make_driver (const MdgPluginDesc *desc, GError **error);
char *mdg_plugin_file_get_id (const char *basename);
GPtrArray *mdg_plugin_file_list (const char *folder);
GStrv mdg_plugin_file_get_default_path (void);

G_END_DECLS
