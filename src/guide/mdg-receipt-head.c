/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a file is and how large a picture would be, read from its bytes without decoding any of
 * it: PNG's chunks, JPEG's segments, a PDF's first and last lines. Every offset is compared with
 * the size before it is read. A file that was cut off has no end and is refused here. */
#include "config.h"

#include "mdg-receipt-private.h"

#include <string.h>

#define PNG_SIGNATURE     "\x89PNG\r\n\x1a\n"
#define PNG_SIGNATURE_LEN 8
#define PNG_CHUNK_MAX     0x7fffffffu
#define JPEG_SCANS_MAX    200  /* a progressive picture has about ten; thousands take minutes */
#define PDF_HEAD          1024 /* what readers accept: "%PDF-" somewhere in the first 1,024 bytes */
#define PDF_TAIL          2048

enum
{
  JPEG_SOF0 = 0xc0,
  JPEG_DHT = 0xc4,
  JPEG_JPG = 0xc8,
  JPEG_DAC = 0xcc,
  JPEG_SOF15 = 0xcf,
  JPEG_RST0 = 0xd0,
  JPEG_RST7 = 0xd7,
  JPEG_SOI = 0xd8,
  JPEG_EOI = 0xd9,
  JPEG_SOS = 0xda,
  JPEG_TEM = 0x01
};

gboolean
mdg_receipt_refuse (GError **error, MdgReceiptError code, const char *why)
{
  g_set_error_literal (error, MDG_RECEIPT_ERROR, (int) code, why);
  return FALSE;
}

static guint
get_16 (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

static guint
get_32 (const guint8 *at)
{
  return get_16 (at) << 16 | get_16 (at + 2);
}

/* the first place of @word in @data; NULL */
static const guint8 *
find (const guint8 *data, gsize size, const char *word)
{
  gsize length = strlen (word);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, word, length) == 0)
      return data + i;
  return NULL;
}

static gboolean
check_sides (guint width, guint height, GError **error)
{
  if (width == 0 || height == 0)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "a picture without pixels");
  if (width > MDG_RECEIPT_SIDE_MAX || height > MDG_RECEIPT_SIDE_MAX ||
      (guint64) width * height > MDG_RECEIPT_PIXELS_MAX)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_SIDES, "a picture of too many pixels");
  return TRUE;
}

const char *
mdg_receipt_head_sniff (const guint8 *data, gsize size)
{
  if (size >= PNG_SIGNATURE_LEN && memcmp (data, PNG_SIGNATURE, PNG_SIGNATURE_LEN) == 0)
    return MDG_RECEIPT_PNG;
  if (size >= 3 && data[0] == 0xff && data[1] == JPEG_SOI && data[2] == 0xff)
    return MDG_RECEIPT_JPEG;
  if (find (data, MIN (size, PDF_HEAD), "%PDF-") != NULL)
    return MDG_RECEIPT_PDF;
  return NULL;
}

/* bit depths that a colour type may have (PNG 11.2.2) */
static gboolean
is_png_colour (guint depth, guint colour)
{
  switch (colour)
    {
    case 0:
      return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case 3:
      return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2:
    case 4:
    case 6:
      return depth == 8 || depth == 16;
    default:
      return FALSE;
    }
}

static gboolean
check_ihdr (const guint8 *body, guint length, GError **error)
{
  if (length != 13 || !is_png_colour (body[8], body[9]) || body[10] != 0 || body[11] != 0 ||
      body[12] > 1)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PNG: no IHDR");
  return check_sides (get_32 (body), get_32 (body + 4), error);
}

gboolean
mdg_receipt_head_check_png (const guint8 *data, gsize size, GError **error)
{
  gsize at = PNG_SIGNATURE_LEN;
  gboolean pixels = FALSE;

  /* length, type, what it holds, checksum (which the decoder looks at) */
  while (size - at >= 12)
    {
      guint length = get_32 (data + at);
      const guint8 *type = data + at + 4;
      gboolean first = at == PNG_SIGNATURE_LEN;

      if (length > PNG_CHUNK_MAX || length > size - at - 12 ||
          first != (memcmp (type, "IHDR", 4) == 0))
        break;
      if (first && !check_ihdr (type + 4, length, error))
        return FALSE;
      if (memcmp (type, "IDAT", 4) == 0)
        pixels = TRUE;
      if (memcmp (type, "IEND", 4) == 0)
        return pixels || mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PNG: no IDAT");
      at += 12 + (gsize) length;
    }
  return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PNG: it has no end");
}

static gboolean
is_frame (guint marker)
{
  return marker >= JPEG_SOF0 && marker <= JPEG_SOF15 && marker != JPEG_DHT && marker != JPEG_JPG &&
         marker != JPEG_DAC;
}

/* from where a marker has to stand to behind it; 0: there is none */
static guint
take_marker (const guint8 *data, gsize size, gsize *at)
{
  if (*at >= size || data[*at] != 0xff)
    return 0;
  while (*at < size && data[*at] == 0xff) /* any number of them may fill up */
    (*at)++;
  return *at < size ? data[(*at)++] : 0;
}

/* over the pixels of a scan, to the marker behind it */
static void
skip_scan (const guint8 *data, gsize size, gsize *at)
{
  while (*at + 1 < size && (data[*at] != 0xff || data[*at + 1] == 0 || data[*at + 1] == 0xff ||
                            (data[*at + 1] >= JPEG_RST0 && data[*at + 1] <= JPEG_RST7)))
    (*at)++;
  if (*at + 1 >= size)
    *at = size;
}

gboolean
mdg_receipt_head_check_jpeg (const guint8 *data, gsize size, GError **error)
{
  gsize at = 2;
  guint frames = 0;
  guint scans = 0;

  while (TRUE)
    {
      guint marker = take_marker (data, size, &at);
      guint length;

      if (marker == JPEG_EOI && scans > 0)
        return TRUE;
      if (marker == JPEG_TEM)
        continue;
      if (marker == 0 || marker == JPEG_EOI || (marker >= JPEG_RST0 && marker <= JPEG_SOI) ||
          size - at < 2)
        break;
      length = get_16 (data + at);
      if (length < 2 || length > size - at)
        break;
      if (is_frame (marker))
        {
          /* precision, height, width, number of components */
          if (++frames > 1 || length < 8)
            break;
          if (!check_sides (get_16 (data + at + 5), get_16 (data + at + 3), error))
            return FALSE;
        }
      at += length;
      if (marker == JPEG_SOS)
        {
          if (frames == 0 || ++scans > JPEG_SCANS_MAX)
            break;
          skip_scan (data, size, &at);
        }
    }
  return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "JPEG: no frame, no scan or no end");
}

/* Its last lines are "startxref", where the table of its parts begins, and "%%EOF"; what a mail
 * program put behind them is let pass, as every reader does. */
gboolean
mdg_receipt_head_check_pdf (const guint8 *data, gsize size, GError **error)
{
  gsize tail = MIN (size, PDF_TAIL);
  const guint8 *end = data + size;
  const guint8 *at = NULL;
  guint64 offset = 0;
  guint digits = 0;

  for (const guint8 *next = data + size - tail;
       (next = find (next, (gsize) (end - next), "startxref")) != NULL; next++)
    at = next;
  if (at == NULL || find (at, (gsize) (end - at), "%%EOF") == NULL)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PDF: it has no end");
  for (at += strlen ("startxref"); at < end && g_ascii_isspace (*at); at++)
    ;
  for (; at < end && g_ascii_isdigit (*at) && digits < 11; at++, digits++)
    offset = offset * 10 + (guint64) (*at - '0');
  if (digits == 0 || offset >= size)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_BROKEN, "PDF: its table is not in it");
  return TRUE;
}
