/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parts of the page 本日の受付. Private to it. */
#pragma once

#include "mdg-pages.h"

G_BEGIN_DECLS

/* @lines: (element-type MdgAuditLine): shown in @view in words */
void mdg_today_show_audit (GtkListView *view, GPtrArray *lines);
/* asks whether to delete one check, or all; response "delete" or "cancel" */
GtkWidget *mdg_today_delete_dialog_new (GtkWindow *parent, gboolean all);

G_END_DECLS
