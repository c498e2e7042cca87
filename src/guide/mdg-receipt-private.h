/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of mdg-receipt-file.h: heads, pictures, PDFs, and the process that draws a PDF. */
#pragma once

#include "mdg-receipt-file.h"

G_BEGIN_DECLS

#define MDG_RECEIPT_PDF  "application/pdf"
#define MDG_RECEIPT_PNG  "image/png"
#define MDG_RECEIPT_JPEG "image/jpeg"

/* always FALSE, with an error of MDG_RECEIPT_ERROR */
gboolean mdg_receipt_refuse (GError **error, MdgReceiptError code, const char *why);

/* what the bytes begin as; NULL: none of the three */
const char *mdg_receipt_head_sniff (const guint8 *data, gsize size);
/* head, bounds and end, without decoding */
gboolean mdg_receipt_head_check_png (const guint8 *data, gsize size, GError **error);
gboolean mdg_receipt_head_check_jpeg (const guint8 *data, gsize size, GError **error);
gboolean mdg_receipt_head_check_pdf (const guint8 *data, gsize size, GError **error);

/* decodes it to its last line; for bytes whose head was checked */
gboolean mdg_receipt_picture_check (GBytes *bytes, const char *media_type, GError **error);
/* upright, as PNG, scaled down to @side */
GBytes *
mdg_receipt_picture_render (GBytes *bytes, const char *media_type, guint side, GError **error);

/* FALSE with NOT_SUPPORTED where poppler is not installed */
gboolean mdg_receipt_pdf_count (GBytes *bytes, guint *n_pages, GCancellable *c, GError **error);
GBytes *mdg_receipt_pdf_render (GBytes *bytes,
                                guint page, /* from 1 */
                                guint side,
                                GCancellable *c,
                                GError **error);

typedef enum
{
  MDG_RECEIPT_CHILD_DONE,   /* it ended with 0 */
  MDG_RECEIPT_CHILD_FAILED, /* it ended with another number */
  MDG_RECEIPT_CHILD_ENDED   /* it was ended: by a signal, by the deadline, by what it wrote */
} MdgReceiptChildEnd;

/* Runs @argv without a shell: @in to its standard input, its output to @out and the first of its
 * complaints to @said. FALSE where it could not be started or @c was cancelled. Blocking. */
gboolean mdg_receipt_child_run (const char *const *argv,
                                GBytes *in,
                                gsize max_out,
                                guint milliseconds,
                                MdgReceiptChildEnd *end,
                                GBytes **out,
                                char **said,
                                GCancellable *c,
                                GError **error);
/* bounds of memory and time for the child, where the system has them (-posix, -win32) */
void mdg_receipt_child_limit (GSubprocessLauncher *launcher, guint seconds);
/* with what it may have started itself */
void mdg_receipt_child_kill (GSubprocess *child);

G_END_DECLS
