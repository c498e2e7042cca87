/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What may be kept as a receipt: whole PDFs, PNGs and JPEGs, whatever they are called; everything
 * else is refused with its own word, without much time or memory. */
#include "config.h"

#include "mdg-receipt-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mdg-journey-store.h"
#include "mdg-receipt-samples.h"

static char *folder;

static void
assert_good (GBytes *bytes, const char *media_type)
{
  g_autoptr (GError) error = NULL;
  const char *found = NULL;

  mdg_receipt_file_check (bytes, &found, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, media_type);
}

static void
assert_bad (GBytes *bytes, MdgReceiptError code)
{
  g_autoptr (GError) error = NULL;
  const char *found = NULL;

  g_assert_false (mdg_receipt_file_check (bytes, &found, &error));
  g_assert_error (error, MDG_RECEIPT_ERROR, (int) code);
  g_assert_null (found);
}

static GBytes *
make_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_kinds (void)
{
  g_autoptr (GBytes) pdf = mdg_sample_pdf (2);
  g_autoptr (GBytes) shifted = mdg_sample_splice (pdf, 0, 0, "\xef\xbb\xbf\r\n", 5);
  g_autoptr (GBytes) mailed =
      mdg_sample_splice (pdf, g_bytes_get_size (pdf), 0, "\r\n--boundary--\r\n", 16);
  g_autoptr (GBytes) png = mdg_sample_picture ("png", 60, 40);
  g_autoptr (GBytes) one = mdg_sample_png (1, 1, 1);
  g_autoptr (GBytes) jpeg = mdg_sample_picture ("jpeg", 60, 40);
  g_autoptr (GBytes) turned = mdg_sample_jpeg_turned (60, 40, 6);

  assert_good (pdf, "application/pdf");
  assert_good (shifted, "application/pdf");
  assert_good (mailed, "application/pdf");
  assert_good (png, "image/png");
  assert_good (one, "image/png");
  assert_good (jpeg, "image/jpeg");
  assert_good (turned, "image/jpeg");
}

static void
test_other_kinds (void)
{
  const char *const texts[] = {
    "",
    "%",
    "%PDF",
    "hello",
    "GIF89a",
    "BM",
    "II*",
    "PK\003\004",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>",
    "/* XPM */ static char *x[] = {\"1 1 1 1\",\"a c #000\",\"a\"};",
    "\x89PNG\r\n",
    "\xff\xd8",
    "MZ",
  };
  g_autofree char *late = g_strnfill (1100, ' ');
  g_autofree char *later = g_strconcat (late, "%PDF-1.4\nstartxref\n0\n%%EOF\n", NULL);
  g_autoptr (GBytes) bytes = make_text (later);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) text = make_text (texts[i]);

      g_test_message ("%u", i);
      assert_bad (text, MDG_RECEIPT_ERROR_KIND);
    }
  assert_bad (bytes, MDG_RECEIPT_ERROR_KIND);
}

/* cut off after every fiftieth of its length, nothing of it is taken for the whole */
static void
test_cut_off (void)
{
  GBytes *files[] = { mdg_sample_pdf (3), mdg_sample_picture ("png", 300, 200),
                      mdg_sample_picture ("jpeg", 300, 200) };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize size = g_bytes_get_size (files[i]);

      for (guint part = 0; part < 50; part++)
        {
          g_autoptr (GBytes) piece = g_bytes_new_from_bytes (files[i], 0, size * part / 50);
          g_autoptr (GError) error = NULL;

          g_assert_false (mdg_receipt_file_check (piece, NULL, &error));
          g_assert_true (error->domain == MDG_RECEIPT_ERROR);
          g_assert_true (error->code == MDG_RECEIPT_ERROR_BROKEN ||
                         (error->code == MDG_RECEIPT_ERROR_KIND && size * part / 50 < 8));
        }
      g_bytes_unref (files[i]);
    }
}

static void
test_sides (void)
{
  const struct
  {
    guint width;
    guint height;
    guint lines;
    int code; /* -1: good */
  } rows[] = {
    { 40000, 40000, 1, MDG_RECEIPT_ERROR_SIDES },
    { 20001, 1, 1, MDG_RECEIPT_ERROR_SIDES },
    { 1, 20001, 1, MDG_RECEIPT_ERROR_SIDES },
    { 20000, 2501, 1, MDG_RECEIPT_ERROR_SIDES },
    { G_MAXUINT, G_MAXUINT, 0, MDG_RECEIPT_ERROR_SIDES },
    { 65536, 65536, 0, MDG_RECEIPT_ERROR_SIDES },
    { 0, 10, 1, MDG_RECEIPT_ERROR_BROKEN },
    { 10, 0, 1, MDG_RECEIPT_ERROR_BROKEN },
    { 20000, 100, 100, -1 },
    { 100, 100, 99, MDG_RECEIPT_ERROR_BROKEN }, /* the last line is not there */
    { 100, 100, 50, MDG_RECEIPT_ERROR_BROKEN },
    { 100, 100, 0, MDG_RECEIPT_ERROR_BROKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) png = mdg_sample_png (rows[i].width, rows[i].height, rows[i].lines);

      g_test_message ("%u × %u", rows[i].width, rows[i].height);
      if (rows[i].code < 0)
        assert_good (png, "image/png");
      else
        assert_bad (png, (MdgReceiptError) rows[i].code);
    }
}

static void
test_png_broken (void)
{
  g_autoptr (GBytes) png = mdg_sample_png (64, 64, 64);
  const struct
  {
    gsize at;
    const char *other;
    gsize size;
  } rows[] = {
    { 8, "\xff\xff\xff\xff", 4 },  /* the length of IHDR */
    { 8, "\0\0\0\x0e", 4 },        /* one more */
    { 12, "IDAT", 4 },             /* no IHDR */
    { 24, "\x03", 1 },             /* three bits */
    { 25, "\x05", 1 },             /* no such colour */
    { 28, "\x02", 1 },             /* no such interlacing */
    { 29, "\0\0\0\0", 4 },         /* its checksum */
    { 33, "\x7f\xff\xff\xff", 4 }, /* the length of IDAT */
    { 41, "\0\0", 2 },             /* no zlib */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bad =
          mdg_sample_splice (png, rows[i].at, rows[i].size, rows[i].other, rows[i].size);

      g_test_message ("at %zu", rows[i].at);
      assert_bad (bad, MDG_RECEIPT_ERROR_BROKEN);
    }
}

static void
test_jpeg_frames (void)
{
  g_autoptr (GBytes) jpeg = mdg_sample_picture ("jpeg", 64, 64);
  gsize frame = mdg_sample_find (jpeg, "\xff\xc0", 2);
  gsize scan = mdg_sample_find (jpeg, "\xff\xda", 2);
  gsize frame_size = 2 + 17;
  const guint8 *data = g_bytes_get_data (jpeg, NULL);
  const struct
  {
    gsize at;
    gsize length;
    const void *other;
    gsize size;
    MdgReceiptError code;
  } rows[] = {
    { frame + 5, 4, "\xff\xff\xff\xff", 4, MDG_RECEIPT_ERROR_SIDES },
    { frame + 5, 4, "\x9c\x40\x9c\x40", 4, MDG_RECEIPT_ERROR_SIDES }, /* 40,000 × 40,000 */
    { frame + 5, 2, "\0\0", 2, MDG_RECEIPT_ERROR_BROKEN },
    { frame + 7, 2, "\0\0", 2, MDG_RECEIPT_ERROR_BROKEN },
    { frame + 2, 2, "\0\x01", 2, MDG_RECEIPT_ERROR_BROKEN },          /* a length below two */
    { frame + 2, 2, "\xff\xff", 2, MDG_RECEIPT_ERROR_BROKEN },        /* beyond the file */
    { frame, 0, data + frame, frame_size, MDG_RECEIPT_ERROR_BROKEN }, /* twice */
    { frame, frame_size, NULL, 0, MDG_RECEIPT_ERROR_BROKEN },         /* not at all */
    { scan, 0, "\xff\xd9", 2, MDG_RECEIPT_ERROR_BROKEN },             /* an end before the scan */
    { 2, 0, "\xff\xd8", 2, MDG_RECEIPT_ERROR_BROKEN },
    { 2, 1, "\x00", 1, MDG_RECEIPT_ERROR_KIND },
  };
  g_autoptr (GByteArray) scans = g_byte_array_new ();
  g_autoptr (GBytes) many = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bad =
          mdg_sample_splice (jpeg, rows[i].at, rows[i].length, rows[i].other, rows[i].size);

      g_test_message ("row %u", i);
      assert_bad (bad, rows[i].code);
      /* and before any decoder sees it */
      g_assert_false (
          mdg_receipt_head_check_jpeg (g_bytes_get_data (bad, NULL), g_bytes_get_size (bad), NULL));
    }
  /* thousands of scans keep a decoder busy for minutes */
  for (int i = 0; i < 5000; i++)
    g_byte_array_append (scans, data + scan, (guint) (g_bytes_get_size (jpeg) - 2 - scan));
  many = mdg_sample_splice (jpeg, scan, 0, scans->data, scans->len);
  assert_bad (many, MDG_RECEIPT_ERROR_BROKEN);
  g_assert_false (
      mdg_receipt_head_check_jpeg (g_bytes_get_data (many, NULL), g_bytes_get_size (many), NULL));
}

static void
test_pdf_frames (void)
{
  const char *const texts[] = {
    "%PDF-1.7\n",
    "%PDF-1.7\n%%EOF\n",
    "%PDF-1.7\nstartxref\n9\n",
    "%PDF-1.7\n%%EOF\nstartxref\n9\n",
    "%PDF-1.7\nstartxref\n\n%%EOF\n",
    "%PDF-1.7\nstartxref\n-9\n%%EOF\n",
    "%PDF-1.7\nstartxref\n99999\n%%EOF\n",
    "%PDF-1.7\nstartxref\n99999999999999999999999999\n%%EOF\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) text = make_text (texts[i]);

      g_test_message ("%u", i);
      assert_bad (text, MDG_RECEIPT_ERROR_BROKEN);
    }
}

/* a frame that holds nothing: poppler has the word */
static void
test_whole (void)
{
  g_autoptr (GBytes) hollow = make_text ("%PDF-1.7\nhello\nstartxref\n9\n%%EOF\n");
  g_autoptr (GBytes) locked = mdg_sample_pdf_locked ();
  g_autoptr (GBytes) good = mdg_sample_pdf (1);
  g_autoptr (GBytes) png = mdg_sample_png (8, 8, 8);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  const char *kind = NULL;
  GError *error = NULL;

  g_assert_true (mdg_receipt_file_check_whole (good, &kind, NULL, &error));
  g_assert_cmpstr (kind, ==, "application/pdf");
  g_assert_true (mdg_receipt_file_check_whole (png, &kind, NULL, &error));
  g_assert_cmpstr (kind, ==, "image/png");
  g_assert_false (mdg_receipt_file_check_whole (hollow, NULL, NULL, &error));
  g_assert_error (error, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_BROKEN);
  g_clear_error (&error);
  g_assert_false (mdg_receipt_file_check_whole (locked, NULL, NULL, &error));
  g_assert_error (error, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_LOCKED);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_false (mdg_receipt_file_check_whole (good, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* without poppler a PDF can be kept all the same */
  g_setenv ("PATH", folder, TRUE);
  g_assert_true (mdg_receipt_file_check_whole (good, &kind, NULL, &error));
  g_assert_no_error (error);
  g_setenv ("PATH", path, TRUE);
}

static GFile *
make_file (const char *name, goffset size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GFile *file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_create_readwrite (file, G_FILE_CREATE_NONE, NULL, NULL);

  /* a hole: it takes no room on the disk */
  g_assert_true (g_seekable_truncate (G_SEEKABLE (stream), size, NULL, NULL));
  return file;
}

static void
test_read (void)
{
  g_autoptr (GFile) huge = make_file ("huge.pdf", 200 * 1024 * 1024);
  g_autoptr (GFile) most = make_file ("most.pdf", MDG_RECEIPT_BYTES_MAX);
  g_autoptr (GFile) more = make_file ("more.pdf", MDG_RECEIPT_BYTES_MAX + 1);
  g_autoptr (GFile) none = make_file ("none.pdf", 0);
  g_autoptr (GFile) here = g_file_new_for_path (folder);
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) missing = g_file_get_child (here, "missing.pdf");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) empty = NULL;
  const struct
  {
    GFile *file;
    MdgReceiptError code;
  } rows[] = { { huge, MDG_RECEIPT_ERROR_LARGE },
               { more, MDG_RECEIPT_ERROR_LARGE },
               { here, MDG_RECEIPT_ERROR_KIND },
               { device, MDG_RECEIPT_ERROR_KIND } };
  GError *error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_null (mdg_receipt_file_read (rows[i].file, NULL, &error));
      g_assert_error (error, MDG_RECEIPT_ERROR, (int) rows[i].code);
      g_clear_error (&error);
    }
  g_assert_null (mdg_receipt_file_read (missing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  bytes = mdg_receipt_file_read (most, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, MDG_RECEIPT_BYTES_MAX);
  empty = mdg_receipt_file_read (none, NULL, &error);
  g_assert_no_error (error);
  assert_bad (empty, MDG_RECEIPT_ERROR_KIND);
  g_file_delete (huge, NULL, NULL);
  g_file_delete (most, NULL, NULL);
  g_file_delete (more, NULL, NULL);
  g_file_delete (none, NULL, NULL);
}

static void
test_large (void)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new_take (g_malloc0 (MDG_RECEIPT_BYTES_MAX + 1), MDG_RECEIPT_BYTES_MAX + 1);

  assert_bad (bytes, MDG_RECEIPT_ERROR_LARGE);
}

static void
test_name (void)
{
  g_autofree char *wide = g_strnfill (200, 'x');
  const struct
  {
    const char *path;
    const char *name;
  } rows[] = {
    { "/home/a/領収書 1.pdf", "領収書 1.pdf" }, { "/home/a/a\nb\tc\x1b[31m.pdf", "abc[31m.pdf" },
    { "/home/a/a\u202efdp.exe", "afdp.exe" },   { "/home/a/..\\..\\b.png", "....b.png" },
    { "/home/a/\x01\x02", "receipt" },          { "/home/a/  b  ", "b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (rows[i].path);
      g_autofree char *name = mdg_receipt_file_name (file);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strconcat ("/home/", i == 0 ? "領収書\xff\xfe" : "", wide, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autofree char *name = mdg_receipt_file_name (file);

      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (name, -1), ==, 120);
    }
}

int
main (int argc, char **argv)
{
  int failed;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("mdg-receipt-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/receipt-file/kinds", test_kinds);
  g_test_add_func ("/receipt-file/other-kinds", test_other_kinds);
  g_test_add_func ("/receipt-file/cut-off", test_cut_off);
  g_test_add_func ("/receipt-file/sides", test_sides);
  g_test_add_func ("/receipt-file/png-broken", test_png_broken);
  g_test_add_func ("/receipt-file/jpeg-frames", test_jpeg_frames);
  g_test_add_func ("/receipt-file/pdf-frames", test_pdf_frames);
  g_test_add_func ("/receipt-file/whole", test_whole);
  g_test_add_func ("/receipt-file/read", test_read);
  g_test_add_func ("/receipt-file/large", test_large);
  g_test_add_func ("/receipt-file/name", test_name);
  failed = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return failed;
}
