/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-reader.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_PCSC_FEATURE_VERIFY_PIN_START = 0x01,
  MDG_PCSC_FEATURE_VERIFY_PIN_DIRECT = 0x06,
  MDG_PCSC_FEATURE_GET_TLV_PROPERTIES = 0x12
} MdgPcscFeature;

guint32 mdg_pcsc_features_find (const guint8 *features, gsize length, MdgPcscFeature feature);
MdgExtended mdg_pcsc_properties_get_extended (const guint8 *properties, gsize length);
gboolean mdg_pcsc_atr_is_contactless (const guint8 *atr, gsize length);
gboolean mdg_pcsc_name_is_contactless (const char *name);
char *mdg_pcsc_name_for_people (const char *name);

G_END_DECLS
