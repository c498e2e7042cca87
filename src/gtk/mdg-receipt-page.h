/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A receipt: what it looks like, and what is said of it. */
#pragma once

#include "mdg-guide.h"
#include "mdg-navigator.h"

G_BEGIN_DECLS

#define MDG_TYPE_RECEIPT_PAGE (mdg_receipt_page_get_type ())
G_DECLARE_FINAL_TYPE (MdgReceiptPage, mdg_receipt_page, MDG, RECEIPT_PAGE, GtkWidget)

GtkWidget *mdg_receipt_page_new (MdgGuide *guide, gint64 id, MdgNavigator *navigator);
GtkWidget *mdg_receipt_page_get_field (MdgReceiptPage *self, guint field); /* for tests */
GtkWidget *mdg_receipt_page_get_items (MdgReceiptPage *self);
gboolean mdg_receipt_page_is_saved (MdgReceiptPage *self);

G_END_DECLS
