/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files as somebody might drop them on the window: whole ones, and pieces to make wrong ones of. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *mdg_sample_pdf (guint pages);
GBytes *mdg_sample_pdf_locked (void);
/* @format: "png" or "jpeg"; left half black, right half white */
GBytes *mdg_sample_picture (const char *format, int width, int height);
/* a PNG of @width × @height that holds @lines of them, 1 bit each */
GBytes *mdg_sample_png (guint width, guint height, guint lines);
/* a JPEG that says it was held turned (EXIF) */
GBytes *mdg_sample_jpeg_turned (int width, int height, guint8 orientation);
/* @bytes with @length of them from @at on replaced */
GBytes *mdg_sample_splice (GBytes *bytes, gsize at, gsize length, const void *other, gsize size);
gsize mdg_sample_find (GBytes *bytes, const void *word, gsize length);

G_END_DECLS
