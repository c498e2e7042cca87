/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-plugin.h"
#include "mdg-virtual-slot.h"

G_BEGIN_DECLS

#define MDG_VIRTUAL_READER_ID "virtual:0"

#define MDG_TYPE_VIRTUAL_READER (mdg_virtual_reader_get_type ())
G_DECLARE_FINAL_TYPE (MdgVirtualReader, mdg_virtual_reader, MDG, VIRTUAL_READER, MdgReader)

MdgReader *mdg_virtual_reader_new (MdgVirtualSlot *slot); /* (transfer full) */

G_END_DECLS
