/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures of receipts, by gdk-pixbuf's decoders for PNG and JPEG alone: the kind was found from
 * the bytes before, so that none of its other decoders is ever asked. */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "mdg-receipt-private.h"

typedef struct
{
  int side;  /* the longer side may have so many pixels; 0: as it is */
  int lines; /* decoded so far, from the top */
} Decoding;

static void
on_size_prepared_cb (GdkPixbufLoader *loader, int width, int height, Decoding *decoding)
{
  int longer = MAX (width, height);

  if (decoding->side == 0 || longer <= decoding->side)
    return;
  width = (int) ((gint64) width * decoding->side / longer);
  height = (int) ((gint64) height * decoding->side / longer);
  gdk_pixbuf_loader_set_size (loader, MAX (1, width), MAX (1, height));
}

static void
on_area_updated_cb (GdkPixbufLoader *loader,
                    int x,
                    int y,
                    int width,
                    int height,
                    Decoding *decoding)
{
  decoding->lines = MAX (decoding->lines, y + height);
}

static GdkPixbuf *
refuse_picture (GError **error, GError *why)
{
  gboolean memory = g_error_matches (why, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY);

  mdg_receipt_refuse (error, memory ? MDG_RECEIPT_ERROR_SIDES : MDG_RECEIPT_ERROR_BROKEN,
                      why != NULL ? why->message : "the picture ends too early");
  return NULL;
}

static GdkPixbuf *
decode (GBytes *bytes, const char *media_type, Decoding *decoding, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (media_type, &why);
  GdkPixbuf *picture;

  if (loader == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, why->message);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared_cb), decoding);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated_cb), decoding);
  if (!gdk_pixbuf_loader_write_bytes (loader, bytes, &why))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return refuse_picture (error, why);
    }
  if (!gdk_pixbuf_loader_close (loader, &why))
    return refuse_picture (error, why);
  picture = gdk_pixbuf_loader_get_pixbuf (loader);
  /* a decoder is content with a picture that ends in the middle; a receipt is not. While it is
   * scaled, lines are told of once for all. */
  if (picture == NULL || decoding->lines < gdk_pixbuf_get_height (picture))
    return refuse_picture (error, NULL);
  return g_object_ref (picture);
}

gboolean
mdg_receipt_picture_check (GBytes *bytes, const char *media_type, GError **error)
{
  Decoding decoding = { 0 };
  g_autoptr (GdkPixbuf) picture = decode (bytes, media_type, &decoding, error);

  return picture != NULL;
}

GBytes *
mdg_receipt_picture_render (GBytes *bytes, const char *media_type, guint side, GError **error)
{
  Decoding decoding = { (int) CLAMP (side, 1, MDG_RECEIPT_SIDE_MAX), 0 };
  g_autoptr (GdkPixbuf) picture = decode (bytes, media_type, &decoding, error);
  g_autoptr (GdkPixbuf) upright = NULL;
  g_autoptr (GError) why = NULL;
  char *png;
  gsize size;

  if (picture == NULL)
    return NULL;
  /* cameras write how they were held (EXIF) */
  upright = gdk_pixbuf_apply_embedded_orientation (picture);
  if (upright == NULL || !gdk_pixbuf_save_to_buffer (upright, &png, &size, "png", &why, NULL))
    {
      refuse_picture (error, why);
      return NULL;
    }
  return g_bytes_new_take (png, size);
}
