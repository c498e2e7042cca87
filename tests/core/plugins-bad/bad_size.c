/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The right ABI number with a class of another size: someone forgot to count up. */
#include "mdg-plugin.h"

G_MODULE_EXPORT extern const MdgPluginDesc mdg_plugin_desc;
const MdgPluginDesc mdg_plugin_desc = { MDG_PLUGIN_MAGIC,
                                        MDG_PLUGIN_ABI,
                                        sizeof (MdgReaderDriverClass) + sizeof (gpointer),
                                        sizeof (MdgReaderClass),
                                        MDG_PLUGIN_FLAG_NONE,
                                        0,
                                        "bad_size",
                                        "Bad size",
                                        NULL };
