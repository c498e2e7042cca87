/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Samples of receipts, made anew for each test. */
#include "config.h"

#include "mdg-receipt-samples.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

static void
append (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

static void
append_object (GByteArray *out, GArray *offsets, char *text)
{
  g_autofree char *object = g_strdup_printf ("%u 0 obj\n%s\nendobj\n", offsets->len + 1, text);

  g_array_append_val (offsets, out->len);
  append (out, object);
  g_free (text);
}

/* each page has a blue square at its foot */
static GBytes *
make_pdf (guint pages, const char *trailer)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) kids = g_string_new (NULL);
  GByteArray *out = g_byte_array_new ();
  g_autofree char *table = NULL;
  g_autofree char *end = NULL;
  const char *square = "0 0 1 rg 20 20 60 60 re f";
  guint start;

  append (out, "%PDF-1.4\n");
  for (guint i = 0; i < pages; i++)
    g_string_append_printf (kids, "%u 0 R ", 4 + i);
  append_object (out, offsets, g_strdup ("<</Type/Catalog/Pages 2 0 R>>"));
  append_object (out, offsets,
                 g_strdup_printf ("<</Type/Pages/Count %u/Kids[%s]>>", pages, kids->str));
  append_object (out, offsets,
                 g_strdup_printf ("<</Length %zu>>stream\n%s\nendstream", strlen (square), square));
  for (guint i = 0; i < pages; i++)
    append_object (out, offsets,
                   g_strdup ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]/Contents 3 0 R"
                             "/Resources<<>>>>"));
  start = out->len;
  table = g_strdup_printf ("xref\n0 %u\n0000000000 65535 f \n", offsets->len + 1);
  append (out, table);
  for (guint i = 0; i < offsets->len; i++)
    {
      g_autofree char *line =
          g_strdup_printf ("%010u 00000 n \n", g_array_index (offsets, guint, i));

      append (out, line);
    }
  end = g_strdup_printf ("trailer<</Size %u/Root 1 0 R%s>>\nstartxref\n%u\n%%%%EOF\n",
                         offsets->len + 1, trailer, start);
  append (out, end);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
mdg_sample_pdf (guint pages)
{
  return make_pdf (pages, "");
}

/* the least that makes a reader ask: values that no password fits */
GBytes *
mdg_sample_pdf_locked (void)
{
  g_autofree char *owner = g_strnfill (32, 'a');
  g_autofree char *user = g_strnfill (32, 'b');
  g_autofree char *trailer =
      g_strdup_printf ("/Encrypt<</Filter/Standard/V 1/R 2/Length 40/O(%s)/U(%s)/P -4>>"
                       "/ID[<00><00>]",
                       owner, user);

  return make_pdf (1, trailer);
}

GBytes *
mdg_sample_picture (const char *format, int width, int height)
{
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) right = NULL;
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  gdk_pixbuf_fill (picture, 0x000000ff);
  right = gdk_pixbuf_new_subpixbuf (picture, width / 2, 0, width - width / 2, height);
  gdk_pixbuf_fill (right, 0xffffffff);
  gdk_pixbuf_save_to_buffer (picture, &data, &size, format, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
append_32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, 4);
}

static guint32
compute_crc (const guint8 *data, gsize size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
    }
  return ~crc;
}

static void
append_chunk (GByteArray *out, const char *type, const guint8 *data, gsize size)
{
  guint start = out->len + 4;

  append_32 (out, (guint32) size);
  append (out, type);
  if (size > 0)
    g_byte_array_append (out, data, (guint) size);
  append_32 (out, compute_crc (out->data + start, out->len - start));
}

static GBytes *
deflate_zeroes (gsize size)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream =
      g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autofree guint8 *zeroes = g_malloc0 (size);

  g_assert_true (g_output_stream_write_all (stream, zeroes, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
mdg_sample_png (guint width, guint height, guint lines)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GBytes) pixels = deflate_zeroes ((gsize) lines * (1 + (width + 7) / 8));
  GByteArray *out = g_byte_array_new ();
  const guint8 rest[] = { 1, 0, 0, 0, 0 };

  append_32 (head, width);
  append_32 (head, height);
  g_byte_array_append (head, rest, sizeof rest);
  append (out, "\x89PNG\r\n\x1a\n");
  append_chunk (out, "IHDR", head->data, head->len);
  append_chunk (out, "IDAT", g_bytes_get_data (pixels, NULL), g_bytes_get_size (pixels));
  append_chunk (out, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
mdg_sample_jpeg_turned (int width, int height, guint8 orientation)
{
  g_autoptr (GBytes) plain = mdg_sample_picture ("jpeg", width, height);
  const guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E',         'x', 'i', 'f', 0,    0, 'I', 'I',
                          42,   0,    8, 0,  0,           0,   1,   0,   0x12, 1, 3,   0,
                          1,    0,    0, 0,  orientation, 0,   0,   0,   0,    0, 0,   0 };

  return mdg_sample_splice (plain, 2, 0, exif, sizeof exif);
}

GBytes *
mdg_sample_splice (GBytes *bytes, gsize at, gsize length, const void *other, gsize size)
{
  GByteArray *out = g_byte_array_new ();
  gsize whole;
  const guint8 *data = g_bytes_get_data (bytes, &whole);

  g_assert_cmpuint (at + length, <=, whole);
  g_byte_array_append (out, data, (guint) at);
  if (size > 0)
    g_byte_array_append (out, other, (guint) size);
  g_byte_array_append (out, data + at + length, (guint) (whole - at - length));
  return g_byte_array_free_to_bytes (out);
}

gsize
mdg_sample_find (GBytes *bytes, const void *word, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, word, length) == 0)
      return i;
  g_assert_not_reached ();
}
