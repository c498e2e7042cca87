/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sheet for the call centre: what can be read out on the phone, without personal data. */
#pragma once

#include "mdg-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define MDG_TYPE_SHEET_WINDOW (mdg_sheet_window_get_type ())
G_DECLARE_FINAL_TYPE (MdgSheetWindow, mdg_sheet_window, MDG, SHEET_WINDOW, AdwWindow)

/* @lines: (transfer full) (element-type MdgSheetLine) */
GtkWidget *mdg_sheet_window_new (GtkWindow *parent, GPtrArray *lines, gboolean practice);

G_END_DECLS
