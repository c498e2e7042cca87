/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a recording holds, and above all what it does not. */
#include "config.h"

#include "mdg-fake-reader.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECRET "31 32 33 34"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mdg-recorder-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "session.apdu", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  mdg_test_remove_folder (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static char *
record (Fixture *f,
        MdgRecorderFlags flags,
        const char *command,
        gboolean secret,
        const char *response,
        gboolean personal,
        const GError *error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (MdgRecorder) recorder = mdg_recorder_new (f->path, flags, &local);
  g_autoptr (GBytes) sent = mdg_test_bytes (command);
  g_autoptr (GBytes) got = response != NULL ? mdg_test_bytes (response) : NULL;
  char *text = NULL;

  g_assert_no_error (local);
  mdg_recorder_exchange (recorder, sent, secret, got, personal, error);
  /* read while it is still open: every line is there at once */
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  return text;
}

static void
assert_recorded (Fixture *f, const char *command, gboolean secret, const char *wanted)
{
  g_autofree char *text = record (f, MDG_RECORDER_NONE, command, secret, "9000", FALSE, NULL);
  g_autofree char *all = g_strdup_printf (">  %s\n<  90 00\n", wanted);

  g_assert_cmpstr (text, ==, all);
  if (secret)
    g_assert_null (strstr (text, "33"));
}

static void
test_masking (Fixture *f, gconstpointer data)
{
  assert_recorded (f, "00A4040C", FALSE, "00 A4 04 0C");
  assert_recorded (f, "00200080 04" SECRET, FALSE, "00 20 00 80 04 31 32 33 34");
  assert_recorded (f, "00200080 04" SECRET, TRUE, "00 20 00 80 04 ** ** ** **");
  assert_recorded (f, "00200080 04" SECRET "00", TRUE, "00 20 00 80 04 ** ** ** ** 00");
  assert_recorded (f, "00200080 00 0004" SECRET, TRUE, "00 20 00 80 00 00 04 ** ** ** **");
  assert_recorded (f, "00200080 00 0004" SECRET "0000", TRUE,
                   "00 20 00 80 00 00 04 ** ** ** ** 00 00");
  /* shapes that are none: everything behind the header is a secret */
  assert_recorded (f, "00200080 09" SECRET, TRUE, "00 20 00 80 ** ** ** ** **");
  assert_recorded (f, "00200080 02" SECRET, TRUE, "00 20 00 80 ** ** ** ** **");
  assert_recorded (f, "00200080 00" SECRET, TRUE, "00 20 00 80 ** ** ** ** **");
  assert_recorded (f, "00200080 00 33", TRUE, "00 20 00 80 ** **");
  assert_recorded (f, "00200080 33", TRUE, "00 20 00 80 **");
}

static void
test_personal (Fixture *f, gconstpointer data)
{
  g_autofree char *hidden =
      record (f, MDG_RECORDER_NONE, "00B0000000", FALSE, "E8A9A6 9000", TRUE, NULL);
  g_autofree char *shown =
      record (f, MDG_RECORDER_PERSONAL, "00B0000000", FALSE, "E8A9A6 9000", TRUE, NULL);
  g_autofree char *status = record (f, MDG_RECORDER_NONE, "00B0000000", FALSE, "6A82", TRUE, NULL);

  g_assert_cmpstr (hidden, ==, ">  00 B0 00 00 00\n<  90 00  # 3 personal bytes left out\n");
  g_assert_cmpstr (shown, ==, ">  00 B0 00 00 00\n<  E8 A9 A6 90 00\n");
  g_assert_cmpstr (status, ==, ">  00 B0 00 00 00\n<  6A 82\n");
}

/* A reader's name and an error's text come from outside: they make no line of their own. */
static void
test_hostile_text (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgRecorder) recorder = mdg_recorder_new (f->path, MDG_RECORDER_NONE, NULL);
  g_autoptr (GError) error = g_error_new (MDG_READER_ERROR, MDG_READER_ERROR_MUTE, "a\n<  90 00\r");
  g_autoptr (GBytes) command = mdg_test_bytes ("00A40000");
  g_autoptr (GBytes) atr = mdg_test_bytes ("3B8001");
  g_autofree char *text = NULL;

  mdg_recorder_connect (recorder, "x\n>  00\xff", atr);
  mdg_recorder_exchange (recorder, command, FALSE, NULL, FALSE, error);
  mdg_recorder_disconnect (recorder, "power-off");
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "# connected, reader: x?>  00\xef\xbf\xbd\natr  3B 80 01\n>  00 A4 00 00\n"
                   "# failed: a?<  90 00?\n# disconnected, power-off\n");
}

static void
test_file (Fixture *f, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->folder, "no", "such", NULL);
  g_autofree char *target = g_build_filename (f->folder, "target", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgRecorder) recorder = mdg_recorder_new (nowhere, MDG_RECORDER_NONE, &error);
  GStatBuf info;

  g_assert_null (recorder);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  /* an old file that all may read is replaced, one behind a link is not touched */
  g_assert_true (g_file_set_contents (target, "old", -1, NULL));
  g_assert_true (g_file_set_contents (f->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (f->path, 0666), ==, 0);
  recorder = mdg_recorder_new (f->path, MDG_RECORDER_NONE, NULL);
  g_assert_nonnull (recorder);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
#ifndef G_OS_WIN32
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
#endif
}

static gpointer
verify (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes ("00200080 04" SECRET);
  g_autoptr (GBytes) read = mdg_test_bytes ("00B0000000");
  g_autoptr (GBytes) first = mdg_card_transmit (card, command, MDG_TRANSMIT_SECRET, error);

  return first != NULL ? mdg_card_transmit (card, read, MDG_TRANSMIT_PERSONAL, error) : NULL;
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) answer = mdg_reader_run_finish (MDG_READER (source), result, NULL);

  g_assert_nonnull (answer);
  *(gboolean *) data = TRUE;
}

static GLogWriterOutput
collect_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_strcmp0 (fields[i].key, "MESSAGE") == 0)
      {
        g_async_queue_push (data, g_strdup (fields[i].value));
      }
  return G_LOG_WRITER_HANDLED;
}

/* The whole way: neither the recording nor the debug log knows the PIN or the answer. */
static void
test_run (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgFakeBench) bench = mdg_fake_bench_new ();
  g_autoptr (MdgFakeReader) fake = mdg_fake_bench_add_reader (bench, "fake-0");
  g_autoptr (MdgRecorder) recorder = mdg_recorder_new (f->path, MDG_RECORDER_NONE, NULL);
  g_autoptr (GAsyncQueue) log = g_async_queue_new_full (g_free);
  g_autofree char *text = NULL;
  gboolean done = FALSE;
  guint lines = 0;
  char *line;

  g_log_set_writer_func (collect_log, log, NULL);
  mdg_fake_bench_insert (fake, "3B 80 80 01 01");
  mdg_fake_reader_expect (fake, "00200080 04" SECRET, "9000");
  mdg_fake_reader_expect (fake, "00B0000000", "E8A9A6 9000");
  mdg_reader_set_recorder (MDG_READER (fake), recorder);
  mdg_reader_run_async (MDG_READER (fake), 0, verify, NULL, NULL, (GDestroyNotify) g_bytes_unref,
                        NULL, on_done_cb, &done);
  mdg_test_wait_for (done);
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "# connected, reader: Fake reader fake-0\natr  3B 80 80 01 01\n"
                   ">  00 20 00 80 04 ** ** ** **\n<  90 00\n"
                   ">  00 B0 00 00 00\n<  90 00  # 3 personal bytes left out\n"
                   "# disconnected, power-off\n");
  while ((line = g_async_queue_try_pop (log)) != NULL)
    {
      g_assert_null (strstr (line, "31"));
      g_assert_null (strstr (line, "E8"));
      lines += strstr (line, "00 20 00 80") != NULL;
      g_free (line);
    }
  g_assert_cmpuint (lines, ==, 1);
}

#define ADD(path, func) g_test_add ("/recorder/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("masking", test_masking);
  ADD ("personal", test_personal);
  ADD ("hostile-text", test_hostile_text);
  ADD ("file", test_file);
  ADD ("run", test_run); /* last: it takes the log */
  return g_test_run ();
}
