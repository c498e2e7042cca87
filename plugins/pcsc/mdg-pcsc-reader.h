/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-pcsc-api.h"
#include "mdg-pcsc-told.h"
#include "mdg-reader.h"

G_BEGIN_DECLS

#define MDG_TYPE_PCSC_READER (mdg_pcsc_reader_get_type ())
G_DECLARE_FINAL_TYPE (MdgPcscReader, mdg_pcsc_reader, MDG, PCSC_READER, MdgReader)

MdgPcscReader *mdg_pcsc_reader_new (MdgPcscApi *api, const char *name);
const char *mdg_pcsc_reader_get_pcsc_name (MdgPcscReader *self);
void mdg_pcsc_reader_report_name (MdgPcscReader *self);
gboolean mdg_pcsc_reader_get_told (MdgPcscReader *self);
void mdg_pcsc_reader_set_told (MdgPcscReader *self, const MdgPcscTold *told);
void mdg_pcsc_reader_see_card (MdgPcscReader *self, const guint8 *atr, gsize length);
void mdg_pcsc_reader_see_no_card (MdgPcscReader *self);

G_END_DECLS
