/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A reader in the list of readers. */
#pragma once

#include "mdg-reader.h"
#include "mdg-state-row.h"

G_BEGIN_DECLS

/* "clicked": the test of this reader is wanted */
#define MDG_TYPE_READER_ROW (mdg_reader_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgReaderRow, mdg_reader_row, MDG, READER_ROW, MdgStateRow)

/* @driver_name: (nullable): for people */
GtkWidget *mdg_reader_row_new (MdgReader *reader, const char *driver_name);
MdgReader *mdg_reader_row_get_reader (MdgReaderRow *self);

G_END_DECLS
