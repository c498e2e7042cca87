/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a file may be kept as a receipt: PDF, PNG or JPEG by its bytes and not by its name,
 * within bounds that are read from its head, before anything is decoded. */
#pragma once

#include "mdg-receipt-error.h"

G_BEGIN_DECLS

#define MDG_RECEIPT_PIXELS_MAX (50 * 1000 * 1000)
#define MDG_RECEIPT_SIDE_MAX   20000
#define MDG_RECEIPT_PAGES_MAX  20 /* of one receipt, on paper */

/* @media_type: (out): static. Head, bounds, end; a picture is decoded whole. Without programs,
 * files or the network; any thread, but seconds for the largest picture. */
gboolean mdg_receipt_file_check (GBytes *bytes, const char **media_type, GError **error);
/* the same, and poppler's word on a PDF: BROKEN where it cannot be opened, LOCKED where it asks for
 * a password; without poppler as above. This is what is asked before a file is kept. Blocking (for
 * a worker). */
gboolean mdg_receipt_file_check_whole (GBytes *bytes,
                                       const char **media_type,
                                       GCancellable *c,
                                       GError **error);
/* bounded: never reads more than MDG_RECEIPT_BYTES_MAX + 1 bytes. Blocking. */
GBytes *mdg_receipt_file_read (GFile *file, GCancellable *c, GError **error);
/* the last part of a path, without control characters, at most 120 characters; (transfer full) */
char *mdg_receipt_file_name (GFile *file);

/* Pictures of its pages, for preview and paper: PNG bytes, at most @max_pages, the longer side at
 * most @side pixels. A PDF is read by poppler's programs in processes of their own with a deadline
 * and bounds of memory; NOT_SUPPORTED of G_IO_ERROR where they are not installed. Blocking (for a
 * worker). (transfer full) (element-type GBytes) */
GPtrArray *mdg_receipt_file_render (GBytes *bytes,
                                    guint max_pages,
                                    guint side,
                                    guint *n_pages, /* (out) (optional): how many it has */
                                    GCancellable *c,
                                    GError **error);
/* the same for paper: all its pages or none. HEAVY where it has more than MDG_RECEIPT_PAGES_MAX. */
GPtrArray *
mdg_receipt_file_render_whole (GBytes *bytes, guint side, GCancellable *c, GError **error);

G_END_DECLS
