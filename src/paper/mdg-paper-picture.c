/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A PNG from outside as a picture to draw: its sides are read from its head before anything is
 * decoded, and whatever is wrong with it, there is a picture or there is none. */
#include "config.h"

#include "mdg-paper-private.h"

#include <string.h>

#define SIDE_MAX   20000
#define PIXELS_MAX (40 * 1000 * 1000) /* 160 MB while it is drawn */
#define HEAD       24                 /* bytes: the signature, IHDR, its sides */

/* What is still to be read. */
typedef struct
{
  const guint8 *data;
  gsize left;
} Rest;

static guint32
get_be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static gboolean
is_drawable (const guint8 *data, gsize size)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  guint32 width, height;

  if (size < HEAD || memcmp (data, signature, sizeof signature) != 0 ||
      memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  width = get_be32 (data + 16);
  height = get_be32 (data + 20);
  return width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX &&
         (guint64) width * height <= PIXELS_MAX;
}

static cairo_status_t
on_read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Rest *rest = closure;

  if (length > rest->left)
    return CAIRO_STATUS_READ_ERROR;
  memmove (data, rest->data, length);
  rest->data += length;
  rest->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
mdg_paper_picture_decode (GBytes *png)
{
  Rest rest = { NULL };
  cairo_surface_t *surface = NULL;

  rest.data = g_bytes_get_data (png, &rest.left);
  if (!is_drawable (rest.data, rest.left))
    return NULL;
  surface = cairo_image_surface_create_from_png_stream (on_read_cb, &rest);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}
