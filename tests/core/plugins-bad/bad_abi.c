/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Built for another core: nothing of it may be called, and nothing behind its ABI number read. */
#include "mdg-plugin.h"

G_MODULE_EXPORT extern const MdgPluginDesc mdg_plugin_desc;
const MdgPluginDesc mdg_plugin_desc = {
  MDG_PLUGIN_MAGIC,        MDG_PLUGIN_ABI + 1,   sizeof (MdgReaderDriverClass),
  sizeof (MdgReaderClass), MDG_PLUGIN_FLAG_NONE, 0,
  (const char *) 1,        (const char *) 1,     NULL
};
