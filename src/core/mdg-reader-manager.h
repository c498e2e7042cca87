/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-plugin-host.h"

G_BEGIN_DECLS

/* All readers of all drivers. A GListModel of MdgReader. Property "settled". Signals, with an
 * MdgReader: card-inserted, card-removed. */
#define MDG_TYPE_READER_MANAGER (mdg_reader_manager_get_type ())
MDG_API
G_DECLARE_FINAL_TYPE (MdgReaderManager, mdg_reader_manager, MDG, READER_MANAGER, GObject)

MDG_API MdgReaderManager *mdg_reader_manager_new (MdgPluginHost *host);
MDG_API MdgReader *
mdg_reader_manager_lookup (MdgReaderManager *self, const char *id); /* (transfer none) */
/* TRUE once every driver that started is ready: an empty list then means that there is no reader */
MDG_API gboolean mdg_reader_manager_get_settled (MdgReaderManager *self);
/* the first problem of a driver, for the case that there is no reader; (nullable) */
MDG_API const GError *mdg_reader_manager_get_problem (MdgReaderManager *self);

G_END_DECLS
