/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file that somebody drops on the window as a receipt: read within bounds, looked at before it is
 * decoded, decoded before it is kept. */
#include "config.h"

#include "mdg-receipt-file.h"

#include "mdg-journey-check.h"
#include "mdg-journey-store.h"
#include "mdg-receipt-private.h"

#define CHUNK           (256 * 1024)
#define NAME_CHARACTERS 120
#define NAME_NONE       "receipt"

static gboolean
check_frame (GBytes *bytes, const char **kind, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size > MDG_RECEIPT_BYTES_MAX)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_LARGE, "more bytes than a receipt has");
  *kind = size > 0 ? mdg_receipt_head_sniff (data, size) : NULL;
  if (*kind == NULL)
    return mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_KIND, "no PDF, PNG or JPEG");
  if (g_str_equal (*kind, MDG_RECEIPT_PDF))
    return mdg_receipt_head_check_pdf (data, size, error);
  if (g_str_equal (*kind, MDG_RECEIPT_PNG))
    return mdg_receipt_head_check_png (data, size, error);
  return mdg_receipt_head_check_jpeg (data, size, error);
}

/**
 * mdg_receipt_file_check:
 * @bytes: what is in a file
 * @media_type: (out) (optional): "application/pdf", "image/png" or "image/jpeg"
 * @error: return location
 *
 * Looks at the head (kind, sides), at the end (a file that was cut off), and decodes a picture
 * whole. Of a PDF only the frame is looked at: see mdg_receipt_file_check_whole().
 *
 * Thread: any, but not main: the largest picture takes two seconds and 160 MB.
 * Errors: MDG_RECEIPT_ERROR: all but LOCKED and HEAVY.
 *
 * Returns: whether it is one of the three, whole as far as can be seen
 */
gboolean
mdg_receipt_file_check (GBytes *bytes, const char **media_type, GError **error)
{
  const char *kind;

  if (!check_frame (bytes, &kind, error) ||
      (!g_str_equal (kind, MDG_RECEIPT_PDF) && !mdg_receipt_picture_check (bytes, kind, error)))
    return FALSE;
  if (media_type != NULL)
    *media_type = kind;
  return TRUE;
}

/**
 * mdg_receipt_file_check_whole:
 * @bytes: what is in a file
 * @media_type: (out) (optional): its kind
 * @c: (nullable): a cancellable
 * @error: return location
 *
 * mdg_receipt_file_check(), and a PDF is opened by poppler's pdfinfo where that is installed.
 *
 * Thread: a worker: it blocks, for a PDF up to 20 seconds.
 * Errors: MDG_RECEIPT_ERROR, G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it may be kept as a receipt
 */
gboolean
mdg_receipt_file_check_whole (GBytes *bytes,
                              const char **media_type,
                              GCancellable *c,
                              GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *kind = NULL;
  guint n_pages;

  if (!mdg_receipt_file_check (bytes, &kind, error))
    return FALSE;
  if (g_str_equal (kind, MDG_RECEIPT_PDF) && !mdg_receipt_pdf_count (bytes, &n_pages, c, &local) &&
      !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (media_type != NULL)
    *media_type = kind;
  return TRUE;
}

/**
 * mdg_receipt_file_read:
 * @file: a file, on this PC or not
 * @c: (nullable): a cancellable
 * @error: return location
 *
 * Never reads more than MDG_RECEIPT_BYTES_MAX + 1 bytes, whatever the file says of its size.
 *
 * Thread: a worker: it blocks.
 * Errors: MDG_RECEIPT_ERROR_LARGE, MDG_RECEIPT_ERROR_KIND for what is no file (a folder, a device),
 * and G_IO_ERROR.
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *
mdg_receipt_file_read (GFile *file, GCancellable *c, GError **error)
{
  /* before it is opened: a named pipe would wait for a writer */
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, c);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (type == G_FILE_TYPE_DIRECTORY || type == G_FILE_TYPE_SPECIAL)
    {
      mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_KIND, "no file");
      return NULL;
    }
  stream = g_file_read (file, c, error);
  while (stream != NULL)
    {
      guint before = bytes->len;
      gsize wanted = MIN (CHUNK, MDG_RECEIPT_BYTES_MAX + 1 - before);
      gssize got;

      g_byte_array_set_size (bytes, before + (guint) wanted);
      got = g_input_stream_read (G_INPUT_STREAM (stream), bytes->data + before, wanted, c, error);
      if (got < 0)
        break;
      g_byte_array_set_size (bytes, before + (guint) got);
      if (got == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
      if (bytes->len > MDG_RECEIPT_BYTES_MAX)
        {
          mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_LARGE, "more bytes than a receipt has");
          break;
        }
    }
  return NULL;
}

/* what would break a line, or turn the direction of the text behind it ("fdp.exe" as "exe.pdf") */
static gboolean
is_shown (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return mdg_journey_is_plain (c) && type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED &&
         c != '/' && c != '\\';
}

/**
 * mdg_receipt_file_name:
 * @file: a file
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): its name for people: valid UTF-8, one line, without a folder, at most
 * 120 characters, never empty
 */
char *
mdg_receipt_file_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : NULL;
  GString *out = g_string_new (NULL);
  guint count = 0;

  for (const char *p = name; p != NULL && *p != '\0' && count < NAME_CHARACTERS;
       p = g_utf8_next_char (p))
    if (is_shown (g_utf8_get_char (p)))
      {
        g_string_append_unichar (out, g_utf8_get_char (p));
        count++;
      }
  g_strstrip (out->str);
  if (*out->str == '\0')
    g_string_assign (out, NAME_NONE);
  return g_string_free (out, FALSE);
}

/**
 * mdg_receipt_file_render:
 * @bytes: a receipt that was checked
 * @max_pages: how many of its pages at most, 1 or more
 * @side: how many pixels the longer side of a picture has at most
 * @n_pages: (out) (optional): how many pages it has
 * @c: (nullable): a cancellable
 * @error: return location
 *
 * Pictures are turned upright and never made larger. Pages of a PDF are drawn by poppler, each in a
 * process of its own that gets the bytes through a pipe: nothing is written to the disk.
 *
 * Thread: a worker: it blocks, up to 20 seconds for each page.
 * Errors: MDG_RECEIPT_ERROR; G_IO_ERROR_NOT_SUPPORTED where a PDF cannot be drawn on this PC,
 * G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): PNG, page by page
 */
GPtrArray *
mdg_receipt_file_render (GBytes *bytes,
                         guint max_pages,
                         guint side,
                         guint *n_pages,
                         GCancellable *c,
                         GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *kind;
  guint count = 1;

  if (!check_frame (bytes, &kind, error))
    return NULL;
  if (g_str_equal (kind, MDG_RECEIPT_PDF) && !mdg_receipt_pdf_count (bytes, &count, c, error))
    return NULL;
  for (guint page = 1; page <= MIN (count, max_pages); page++)
    {
      GBytes *png = g_str_equal (kind, MDG_RECEIPT_PDF)
                        ? mdg_receipt_pdf_render (bytes, page, side, c, error)
                        : mdg_receipt_picture_render (bytes, kind, side, error);

      if (png == NULL)
        return NULL;
      g_ptr_array_add (pages, png);
    }
  if (n_pages != NULL)
    *n_pages = count;
  return g_steal_pointer (&pages);
}

/**
 * mdg_receipt_file_render_whole:
 * @bytes: a receipt that was checked
 * @side: how many pixels the longer side of a picture has at most
 * @c: (nullable): a cancellable
 * @error: return location
 *
 * For paper, where pages that are left out would be missed by whoever reads it.
 *
 * Thread: a worker: it blocks, up to 20 seconds for each page.
 * Errors: as mdg_receipt_file_render(); MDG_RECEIPT_ERROR_HEAVY where it has more than
 * %MDG_RECEIPT_PAGES_MAX pages.
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): PNG of all its pages
 */
GPtrArray *
mdg_receipt_file_render_whole (GBytes *bytes, guint side, GCancellable *c, GError **error)
{
  const char *kind;
  guint count = 1;

  if (!check_frame (bytes, &kind, error))
    return NULL;
  if (g_str_equal (kind, MDG_RECEIPT_PDF) && !mdg_receipt_pdf_count (bytes, &count, c, error))
    return NULL;
  if (count <= MDG_RECEIPT_PAGES_MAX)
    return mdg_receipt_file_render (bytes, MDG_RECEIPT_PAGES_MAX, side, NULL, c, error);
  mdg_receipt_refuse (error, MDG_RECEIPT_ERROR_HEAVY, "more pages than a copy has");
  return NULL;
}
