/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pages of receipts as pictures, made on a worker. */
#pragma once

#include "mdg-guide.h"

G_BEGIN_DECLS

/* One receipt: PNG of its pages; @max_pages 0: of all of them or none, for paper. NOT_SUPPORTED of
 * G_IO_ERROR: it is kept, and cannot be shown here.
 */
void mdg_receipt_pictures_load_async (MdgGuide *guide,
                                      gint64 id,
                                      guint max_pages,
                                      guint side,
                                      GCancellable *c,
                                      GAsyncReadyCallback cb,
                                      gpointer data);
/* (transfer full) (element-type GBytes) */
GPtrArray *mdg_receipt_pictures_load_finish (MdgGuide *guide, GAsyncResult *result, GError **error);

/* All receipts of the guide, in its order: for mdg-guide-papers.h; one that cannot be shown has no
 * pages. */
void mdg_receipt_pictures_collect_async (MdgGuide *guide,
                                         GCancellable *c,
                                         GAsyncReadyCallback cb,
                                         gpointer data);
/* (transfer full) (element-type GPtrArray); @receipts: (out) (transfer full) (element-type
 * MdgReceipt): whose they are */
GPtrArray *mdg_receipt_pictures_collect_finish (MdgGuide *guide,
                                                GAsyncResult *result,
                                                GPtrArray **receipts,
                                                GError **error);

G_END_DECLS
