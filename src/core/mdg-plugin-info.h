/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-reader-driver.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_PLUGIN_STATE_READY, /* checked, not started */
  MDG_PLUGIN_STATE_STARTED,
  MDG_PLUGIN_STATE_FAILED,      /* mdg_plugin_info_get_error() says why */
  MDG_PLUGIN_STATE_QUARANTINED, /* the last start ended inside it; mdg_plugin_host_retry() */
  MDG_PLUGIN_STATE_DISABLED     /* not asked for */
} MdgPluginState;

#define MDG_TYPE_PLUGIN_INFO (mdg_plugin_info_get_type ())
MDG_API
G_DECLARE_FINAL_TYPE (MdgPluginInfo, mdg_plugin_info, MDG, PLUGIN_INFO, GObject)

MDG_API const char *mdg_plugin_info_get_id (MdgPluginInfo *self);
MDG_API const char *mdg_plugin_info_get_name (MdgPluginInfo *self); /* (nullable) */
MDG_API const char *
mdg_plugin_info_get_path (MdgPluginInfo *self); /* (nullable): NULL for a built-in one */
MDG_API MdgPluginState mdg_plugin_info_get_state (MdgPluginInfo *self);
MDG_API const GError *mdg_plugin_info_get_error (MdgPluginInfo *self); /* (nullable) */
MDG_API MdgReaderDriver *
mdg_plugin_info_get_driver (MdgPluginInfo *self); /* (transfer none) (nullable) */
MDG_API const char *mdg_plugin_state_to_string (MdgPluginState state); /* "started" … */

G_END_DECLS
