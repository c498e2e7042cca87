/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A driver in the list of drivers. */
#pragma once

#include "mdg-plugin-info.h"
#include "mdg-state-row.h"

G_BEGIN_DECLS

/* "clicked": it is to be started once more */
#define MDG_TYPE_DRIVER_ROW (mdg_driver_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgDriverRow, mdg_driver_row, MDG, DRIVER_ROW, MdgStateRow)

GtkWidget *mdg_driver_row_new (MdgPluginInfo *info);
MdgPluginInfo *mdg_driver_row_get_info (MdgDriverRow *self);

G_END_DECLS
