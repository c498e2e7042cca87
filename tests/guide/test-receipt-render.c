/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pictures of receipts' pages, and the process that makes those of a PDF: what it may and may not
 * do to us, whatever it does. */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "mdg-receipt-private.h"
#include "mdg-receipt-samples.h"

static GdkPixbuf *
open_png (GBytes *png)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (png);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *picture;

  g_assert_cmpmem (g_bytes_get_data (png, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  picture = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  return picture;
}

static const guint8 *
get_pixel (GdkPixbuf *picture, int x, int y)
{
  return gdk_pixbuf_read_pixels (picture) + y * gdk_pixbuf_get_rowstride (picture) +
         x * gdk_pixbuf_get_n_channels (picture);
}

static void
test_picture (void)
{
  const struct
  {
    const char *format;
    int width;
    int height;
    guint side;
    int shown_width;
    int shown_height;
  } rows[] = { { "png", 600, 400, 300, 300, 200 },   { "jpeg", 600, 400, 300, 300, 200 },
               { "png", 400, 600, 300, 200, 300 },   { "png", 60, 40, 300, 60, 40 },
               { "jpeg", 60, 40, 60, 60, 40 },       { "png", 1000, 2, 100, 100, 1 },
               { "jpeg", 1500, 1501, 700, 699, 700 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = mdg_sample_picture (rows[i].format, rows[i].width, rows[i].height);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) pages = NULL;
      g_autoptr (GdkPixbuf) picture = NULL;
      guint count = 0;

      g_test_message ("%s %d", rows[i].format, rows[i].width);
      pages = mdg_receipt_file_render (bytes, 5, rows[i].side, &count, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count, ==, 1);
      g_assert_cmpuint (pages->len, ==, 1);
      picture = open_png (g_ptr_array_index (pages, 0));
      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, rows[i].shown_width);
      g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, rows[i].shown_height);
      g_assert_cmpint (get_pixel (picture, 1, 0)[0], <, 40);
      g_assert_cmpint (get_pixel (picture, rows[i].shown_width - 2, 0)[0], >, 215);
    }
}

/* the black half is where it was before the camera was turned */
static void
test_turned (void)
{
  const struct
  {
    guint8 orientation;
    int width;
    int height;
    int x, y; /* of a black corner */
  } rows[] = {
    { 1, 60, 40, 2, 2 }, { 3, 60, 40, 57, 2 }, { 6, 40, 60, 2, 2 }, { 8, 40, 60, 2, 57 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = mdg_sample_jpeg_turned (60, 40, rows[i].orientation);
      g_autoptr (GPtrArray) pages = mdg_receipt_file_render (bytes, 1, 500, NULL, NULL, NULL);
      g_autoptr (GdkPixbuf) picture = NULL;

      g_assert_nonnull (pages);
      picture = open_png (g_ptr_array_index (pages, 0));
      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, rows[i].width);
      g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, rows[i].height);
      g_assert_cmpint (get_pixel (picture, rows[i].x, rows[i].y)[0], <, 40);
      g_assert_cmpint (
          get_pixel (picture, rows[i].width - 1 - rows[i].x, rows[i].height - 1 - rows[i].y)[0], >,
          215);
    }
}

static void
test_pdf (void)
{
  g_autoptr (GBytes) bytes = mdg_sample_pdf (12);
  g_autoptr (GError) error = NULL;
  guint count = 0;
  g_autoptr (GPtrArray) pages = mdg_receipt_file_render (bytes, 3, 400, &count, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 12);
  g_assert_cmpuint (pages->len, ==, 3);
  for (guint i = 0; i < pages->len; i++)
    {
      g_autoptr (GdkPixbuf) picture = open_png (g_ptr_array_index (pages, i));

      g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 200);
      g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 400);
      /* blue below on the left, white elsewhere */
      g_assert_cmpint (get_pixel (picture, 100, 300)[0], ==, 0);
      g_assert_cmpint (get_pixel (picture, 100, 300)[2], ==, 255);
      g_assert_cmpint (get_pixel (picture, 100, 100)[0], ==, 255);
    }
}

static void
assert_not_drawn (GBytes *bytes, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_receipt_file_render (bytes, 1, 100, NULL, NULL, &error));
  g_assert_error (error, domain, code);
}

/* On paper a page that is left out is missed: all of them or none. */
static void
test_whole (void)
{
  g_autoptr (GBytes) most = mdg_sample_pdf (MDG_RECEIPT_PAGES_MAX);
  g_autoptr (GBytes) more = mdg_sample_pdf (MDG_RECEIPT_PAGES_MAX + 1);
  g_autoptr (GBytes) picture = mdg_sample_picture ("png", 60, 40);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = mdg_receipt_file_render_whole (most, 50, NULL, &error);
  g_autoptr (GPtrArray) one = mdg_receipt_file_render_whole (picture, 50, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, MDG_RECEIPT_PAGES_MAX);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_null (mdg_receipt_file_render_whole (more, 50, NULL, &error));
  g_assert_error (error, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_HEAVY);
}

static void
test_not_drawn (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) hollow = g_bytes_new_static ("%PDF-1.7\nstartxref\n9\n%%EOF\n", 27);
  g_autoptr (GBytes) locked = mdg_sample_pdf_locked ();
  g_autoptr (GBytes) empty = mdg_sample_pdf (0);
  g_autoptr (GBytes) wide = mdg_sample_png (40000, 40000, 1);
  g_autoptr (GBytes) good = mdg_sample_pdf (1);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));

  assert_not_drawn (text, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_KIND);
  assert_not_drawn (hollow, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_BROKEN);
  assert_not_drawn (locked, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_LOCKED);
  assert_not_drawn (empty, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_BROKEN);
  assert_not_drawn (wide, MDG_RECEIPT_ERROR, MDG_RECEIPT_ERROR_SIDES);
  g_setenv ("PATH", "/nonexistent", TRUE);
  assert_not_drawn (good, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_setenv ("PATH", path, TRUE);
}

typedef struct
{
  MdgReceiptChildEnd end;
  GBytes *out;
  char *said;
} Done;

static void
clear_done (Done *done)
{
  g_clear_pointer (&done->out, g_bytes_unref);
  g_clear_pointer (&done->said, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Done, clear_done)

static void
run_script (const char *script, gsize in, gsize max_out, guint milliseconds, Done *done)
{
  const char *const argv[] = { "/bin/sh", "-c", script, NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (in + 1), in);
  g_autoptr (GError) error = NULL;

  mdg_receipt_child_run (argv, bytes, max_out, milliseconds, &done->end, &done->out, &done->said,
                         NULL, &error);
  g_assert_no_error (error);
}

static void
test_child (void)
{
  const gsize large = 5 * 1024 * 1024;
  const struct
  {
    const char *script;
    gsize in;
    gsize max_out;
    MdgReceiptChildEnd end;
    gssize out; /* -1: not compared */
  } rows[] = {
    { "cat", large, large, MDG_RECEIPT_CHILD_DONE, (gssize) large },
    { "cat; echo x", large, large, MDG_RECEIPT_CHILD_ENDED, -1 },
    { "true", large, 10, MDG_RECEIPT_CHILD_DONE, 0 }, /* it reads nothing: no SIGPIPE for us */
    { "exec 0<&-; exec 1>&-; true", large, 10, MDG_RECEIPT_CHILD_DONE, 0 },
    { "exit 3", 0, 10, MDG_RECEIPT_CHILD_FAILED, 0 },
    { "kill -SEGV $$", 0, 10, MDG_RECEIPT_CHILD_ENDED, 0 },
    { "yes", 0, 100000, MDG_RECEIPT_CHILD_ENDED, -1 },
    { "yes >&2", 0, 100000, MDG_RECEIPT_CHILD_ENDED, 0 }, /* to the deadline */
    { "cat /dev/zero | cat", 0, 100000, MDG_RECEIPT_CHILD_ENDED, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Done) done = { 0 };

      g_test_message ("%s", rows[i].script);
      run_script (rows[i].script, rows[i].in, rows[i].max_out,
                  strstr (rows[i].script, "yes >") == NULL ? 60000 : 500, &done);
      g_assert_cmpint (done.end, ==, rows[i].end);
      g_assert_cmpuint (g_bytes_get_size (done.out), <=, rows[i].max_out);
      g_assert_cmpuint (strlen (done.said), <=, 4096);
      if (rows[i].out >= 0)
        g_assert_cmpint ((gssize) g_bytes_get_size (done.out), ==, rows[i].out);
    }
}

static void
test_deadline (void)
{
  g_auto (Done) done = { 0 };
  gint64 start = g_get_monotonic_time ();

  run_script ("echo said >&2; exec tail -f /dev/null", 1000000, 10, 200, &done);
  g_assert_cmpint (done.end, ==, MDG_RECEIPT_CHILD_ENDED);
  g_assert_cmpstr (done.said, ==, "said\n");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

/* one gibibyte, the deadline's seconds of work, no core */
static void
test_limits (void)
{
  g_auto (Done) done = { 0 };
  g_auto (Done) loop = { 0 };
  g_autofree char *text = NULL;

  run_script ("ulimit -v; ulimit -t; ulimit -c; ulimit -f; echo $LC_ALL", 0, 1000, 7000, &done);
  text = g_strndup (g_bytes_get_data (done.out, NULL), g_bytes_get_size (done.out));
  g_assert_cmpstr (text, ==, "1048576\n7\n0\n131072\nC\n");
  /* the kernel ends what works without end, well before our own deadline would */
  run_script ("ulimit -t 1; while :; do :; done", 0, 10, 60000, &loop);
  g_assert_cmpint (loop.end, ==, MDG_RECEIPT_CHILD_ENDED);
}

static gpointer
cancel_soon (gpointer data)
{
  /* pause: the child has to be under way; there is no event of it to wait for */
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (void)
{
  const char *const argv[] = { "/bin/sh", "-c", "exec tail -f /dev/null", NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) in = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  g_auto (Done) done = { 0 };
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_false (mdg_receipt_child_run (argv, in, 10, 60000, &done.end, &done.out, &done.said,
                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (done.out);
  g_thread_join (thread);
}

static void
test_missing (void)
{
  const char *const argv[] = { "/nonexistent/program", NULL };
  g_autoptr (GBytes) in = g_bytes_new_static ("", 0);
  g_autoptr (GError) error = NULL;
  g_auto (Done) done = { 0 };

  g_assert_false (
      mdg_receipt_child_run (argv, in, 10, 1000, &done.end, &done.out, &done.said, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-render-XXXXXX", NULL);
  int failed;

  /* nothing of a receipt is written anywhere: the folder has to be empty afterwards */
  g_setenv ("TMPDIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/receipt-render/picture", test_picture);
  g_test_add_func ("/receipt-render/turned", test_turned);
  g_test_add_func ("/receipt-render/pdf", test_pdf);
  g_test_add_func ("/receipt-render/whole", test_whole);
  g_test_add_func ("/receipt-render/not-drawn", test_not_drawn);
  g_test_add_func ("/receipt-render/child", test_child);
  g_test_add_func ("/receipt-render/deadline", test_deadline);
  g_test_add_func ("/receipt-render/limits", test_limits);
  g_test_add_func ("/receipt-render/cancelled", test_cancelled);
  g_test_add_func ("/receipt-render/missing", test_missing);
  failed = g_test_run ();
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return failed;
}
