/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers in pieces, of another length, without end, and how many commands they cost. */
#include "config.h"

#include "mdg-apdu.h"
#include "mdg-card-error.h"
#include "mdg-fake-reader.h"
#include "mdg-iso7816.h"

typedef struct
{
  GBytes *command;
  MdgTransmitFlags flags;
  GBytes *answer;
  GError *error;
  GAsyncResult *result;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->command, g_bytes_unref);
  g_clear_pointer (&run->answer, g_bytes_unref);
  g_clear_error (&run->error);
  g_clear_object (&run->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gpointer
on_card_cb (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Run *run = user_data;

  run->answer = mdg_iso7816_transmit (card, run->command, run->flags, &run->error);
  return run;
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->result = g_object_ref (result);
}

static MdgFakeReader *
make_reader (void)
{
  MdgFakeReader *reader = mdg_fake_reader_new ("fake");

  mdg_fake_bench_insert (reader, NULL);
  return reader;
}

static void
transmit (MdgFakeReader *reader, Run *run, const char *command, MdgTransmitFlags flags)
{
  g_autoptr (GError) error = NULL;

  run->command = mdg_test_bytes (command);
  run->flags = flags;
  mdg_reader_run_async (MDG_READER (reader), 0, on_card_cb, run, NULL, NULL, NULL, on_done_cb, run);
  mdg_test_wait_for (run->result != NULL);
  g_assert_true (mdg_reader_run_finish (MDG_READER (reader), run->result, &error) == run);
  g_assert_no_error (error);
  g_assert_true ((run->answer == NULL) == (run->error != NULL));
}

/* @script: command, answer, command, answer … NULL */
static void
assert_answer (const char *const *script, MdgTransmitFlags flags, const char *expected)
{
  g_autoptr (MdgFakeReader) reader = make_reader ();
  g_auto (Run) run = { 0 };
  g_autoptr (GBytes) bytes = mdg_test_bytes (expected);
  g_autofree char *mismatch = NULL;

  for (gsize i = 0; script[i] != NULL; i += 2)
    mdg_fake_reader_expect (reader, script[i], script[i + 1]);
  transmit (reader, &run, script[0], flags);
  mismatch = mdg_fake_reader_get_mismatch (reader);
  g_assert_cmpstr (mismatch, ==, NULL);
  g_assert_no_error (run.error);
  g_assert_true (mdg_fake_reader_is_done (reader));
  g_assert_cmpmem (g_bytes_get_data (run.answer, NULL), g_bytes_get_size (run.answer),
                   g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_follow (void)
{
  const char *pieces[] = {
    "00 B0 00 00 00", "01 02 61 02", "00 C0 00 00 02", "03 61 00", "00 C0 00 00 00",
    "04 90 00",       NULL
  };
  const char *length[] = { "00 B0 00 00 00", "6C 03", "00 B0 00 00 03", "01 02 03 90 00", NULL };
  const char *sign[] = { "80 2A 00 97 01 AA 00", "6C 02", "80 2A 00 97 01 AA 02", "01 02 90 00",
                         NULL };
  const char *extended[] = { "00 B0 00 00 00 07 00", "6C 02", "00 B0 00 00 02", "01 02 62 82",
                             NULL };
  const char *pending[] = { "00 B0 00 00 00", "61 05", "00 C0 00 00 05", "6C 02", "00 C0 00 00 02",
                            "01 02 90 00",    NULL };
  const char *broken[] = { "00 B0 00 00 00", "01 61 02", "00 C0 00 00 02", "6F 00", NULL };

  assert_answer (pieces, MDG_TRANSMIT_NONE, "01 02 03 04 90 00");
  assert_answer (length, MDG_TRANSMIT_NONE, "01 02 03 90 00");
  assert_answer (sign, MDG_TRANSMIT_NONE, "01 02 90 00");
  assert_answer (extended, MDG_TRANSMIT_NONE, "01 02 62 82");
  assert_answer (pending, MDG_TRANSMIT_NONE, "01 02 90 00");
  assert_answer (broken, MDG_TRANSMIT_NONE, "01 6F 00");
}

/* A secret is sent once, and a command without Le has none to change. */
static void
test_once (void)
{
  const char *pieces[] = { "00 20 00 98 04 00 00 00 00", "61 02", NULL };
  const char *length[] = { "00 20 00 98 04 00 00 00 00", "6C 04", NULL };
  const char *none[] = { "00 20 00 98", "6C 04", NULL };
  const char *select[] = { "00 A4 04 0C 02 3F 00", "6C 04", NULL };

  assert_answer (pieces, MDG_TRANSMIT_SECRET, "61 02");
  assert_answer (length, MDG_TRANSMIT_SECRET, "6C 04");
  assert_answer (none, MDG_TRANSMIT_NONE, "6C 04");
  assert_answer (select, MDG_TRANSMIT_NONE, "6C 04");
}

static GBytes *
on_endless_cb (MdgFakeReader *reader, GBytes *command, gpointer user_data, GError **error)
{
  return g_bytes_ref (user_data);
}

static guint
assert_ends (GBytes *answer)
{
  g_autoptr (MdgFakeReader) reader = make_reader ();
  g_auto (Run) run = { 0 };

  mdg_fake_reader_set_callback (reader, on_endless_cb, answer, NULL);
  transmit (reader, &run, "00 B0 00 00 00", MDG_TRANSMIT_NONE);
  g_assert_error (run.error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED);
  return mdg_fake_reader_count_transmits (reader);
}

static void
test_endless (void)
{
  g_autofree guint8 *much = g_malloc0 (40002);
  g_autoptr (GBytes) pieces = g_bytes_new_static ("\x61\x00", 2);
  g_autoptr (GBytes) length = g_bytes_new_static ("\x6c\x10", 2);
  g_autoptr (GBytes) large = NULL;

  much[40000] = 0x61;
  large = g_bytes_new (much, 40002);
  g_assert_cmpuint (assert_ends (pieces), ==, 65);
  g_assert_cmpuint (assert_ends (length), ==, 65);
  g_assert_cmpuint (assert_ends (large), ==, 2);
}

static void
test_status_words (void)
{
  for (guint sw1 = 0; sw1 < 256; sw1++)
    {
      g_autoptr (MdgFakeReader) reader = make_reader ();
      g_auto (Run) run = { 0 };
      const guint8 bytes[] = { (guint8) sw1, 0x01 };
      g_autoptr (GBytes) answer = g_bytes_new (bytes, 2);
      gboolean good = (sw1 > 0x60 && sw1 < 0x70) || (sw1 >= 0x90 && sw1 < 0xa0);

      if (sw1 == 0x61 || sw1 == 0x6c)
        continue;
      mdg_fake_reader_set_callback (reader, on_endless_cb, answer, NULL);
      transmit (reader, &run, "00 B0 00 00 00", MDG_TRANSMIT_NONE);
      g_assert_true (good == (run.answer != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/iso7816/follow", test_follow);
  g_test_add_func ("/card/iso7816/once", test_once);
  g_test_add_func ("/card/iso7816/endless", test_endless);
  g_test_add_func ("/card/iso7816/status-words", test_status_words);
  return g_test_run ();
}
