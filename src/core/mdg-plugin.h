/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All that a driver includes. */
#pragma once

#include "mdg-reader-driver.h"
#include <gmodule.h>

G_BEGIN_DECLS

#define MDG_PLUGIN_MAGIC 0x4d444750u /* "MDGP" */
#define MDG_PLUGIN_ABI   1u          /* bump on any incompatible change to a class struct */

typedef enum
{
  MDG_PLUGIN_FLAG_NONE = 0,
  MDG_PLUGIN_FLAG_ON_REQUEST = 1 << 0 /* loaded only when asked for by its id: practice, template */
} MdgPluginFlags;

typedef struct
{
  guint32 magic;
  guint32 abi;
  guint32 driver_class_size;
  guint32 reader_class_size;
  guint32 flags;
  guint32 _reserved;
  const char *id;   /* "pcsc"; the file is mdg-pcsc.so */
  const char *name; /* N_() string for people */
  GType (*get_type) (void);
} MdgPluginDesc;

#ifdef MDG_PLUGIN_BUILTIN
#define MDG_PLUGIN_DESC(Id) _mdg_plugin_desc_##Id
#define MDG_PLUGIN_EXPORT   extern
#else
#define MDG_PLUGIN_DESC(Id) mdg_plugin_desc
#define MDG_PLUGIN_EXPORT   G_MODULE_EXPORT extern
#endif

#define MDG_DEFINE_PLUGIN(Id, Name, plugin_flags, get_type_func)                                   \
  MDG_PLUGIN_EXPORT const MdgPluginDesc MDG_PLUGIN_DESC (Id);                                      \
  const MdgPluginDesc MDG_PLUGIN_DESC (Id) = { MDG_PLUGIN_MAGIC,                                   \
                                               MDG_PLUGIN_ABI,                                     \
                                               sizeof (MdgReaderDriverClass),                      \
                                               sizeof (MdgReaderClass),                            \
                                               plugin_flags,                                       \
                                               0,                                                  \
                                               #Id,                                                \
                                               Name,                                               \
                                               get_type_func };

G_END_DECLS
