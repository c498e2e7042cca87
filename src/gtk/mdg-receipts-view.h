/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receipts of the preparation. */
#pragma once

#include "mdg-guide.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* made by mdg_receipts_view_new() of mdg-step-content.h */
#define MDG_TYPE_RECEIPTS_VIEW (mdg_receipts_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgReceiptsView, mdg_receipts_view, MDG, RECEIPTS_VIEW, GtkWidget)

void mdg_receipts_view_add (MdgReceiptsView *self, GPtrArray *files); /* (element-type GFile) */

G_END_DECLS
