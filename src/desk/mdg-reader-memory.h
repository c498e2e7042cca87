/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What readers were found to do, kept over restarts. */
#pragma once

#include "mdg-reader.h"
#include "mdg-store.h"

G_BEGIN_DECLS

typedef struct _MdgReaderMemory MdgReaderMemory;
/* @store: (nullable): remembers nothing without one; has to outlive the memory */
MdgReaderMemory *mdg_reader_memory_new (MdgStore *store);
void mdg_reader_memory_free (MdgReaderMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgReaderMemory, mdg_reader_memory_free)
/* tells @reader what is known of it, and learns from it from now on */
void mdg_reader_memory_attach (MdgReaderMemory *self, MdgReader *reader);

G_END_DECLS
