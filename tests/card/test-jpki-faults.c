/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Generated: for every kind of card, at every exchange, everything that can go wrong. Whatever it
 * is, the session ends with an error, or with the whole truth; a PIN is sent at most once, never
 * after a question that was not answered, and never seen in a recording, a log or a message. */
#include "config.h"

#include "mdg-model-session.h"

#include <glib/gstdio.h>

static const MdgModelOptions cards[] = {
  { .tries = 3 },
  { .no_extended = TRUE },
  { .extended_error = TRUE },
  { .no_sfi = TRUE },
  { .no_sfi = TRUE, .no_extended = TRUE },
  { .phone = TRUE },
  { .phone = TRUE, .no_sfi = TRUE },
  { .get_response = TRUE, .block = 256 },
  { .first_6f00 = TRUE },
  { .verified = TRUE },
  { .tries = 1 },
  { .tries = -1 },
  { .no_jpki = TRUE },
  { .wrong_key = TRUE },
};

static const guint words[] = { 0x6283, 0x6300, 0x63c0, 0x63c3, 0x6700, 0x6982, 0x6984, 0x6985,
                               0x6a82, 0x6b00, 0x6c04, 0x6f00, 0x9000, 0x6100, 0x0000 };

static char *folder = NULL;
static GString *logged = NULL;
static GMutex logged_lock;

static void
on_log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_assert_cmpint (level & (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING), ==, 0);
  g_mutex_lock (&logged_lock);
  g_string_append_printf (logged, "%s\n", message);
  g_mutex_unlock (&logged_lock);
}

/* The PIN as text, or as the hex of its digits, with or without spaces between. */
static void
assert_no_pin (const char *text)
{
  g_assert_null (strstr (text, "37303938"));
  g_assert_null (strstr (text, "37 30 39 38"));
}

/* Eight bytes of the holder's key: a recording tells how long an answer was, not what it said. */
static void
assert_no_holder (const char *recording, GBytes *certificate)
{
  const guint8 *bytes = g_bytes_get_data (certificate, NULL);
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 250; i < 258; i++)
    g_string_append_printf (hex, " %02X", bytes[i]);
  g_assert_null (strstr (recording, hex->str));
}

static char *
get_recording_path (void)
{
  return g_build_filename (folder, "faults.apdu", NULL);
}

/* One session with one fault, its rules checked. TRUE when it ended without an error */
static gboolean
run (MdgModelOptions options, guint at, MdgModelFault fault, guint sw, guint *count)
{
  g_autoptr (MdgModelReader) reader = NULL;
  g_auto (MdgModelSession) session = { 0 };
  g_autofree char *path = get_recording_path ();
  g_autofree char *recording = NULL;
  g_autoptr (MdgRecorder) recorder = NULL;
  g_autoptr (GError) error = NULL;

  options.fault_at = at;
  options.fault = fault;
  options.fault_sw = sw;
  reader = mdg_model_reader_new (&options);
  recorder = mdg_recorder_new (path, MDG_RECORDER_NONE, &error);
  g_assert_no_error (error);
  mdg_reader_set_recorder (MDG_READER (reader), recorder);
  mdg_model_session_run (&session, reader);
  mdg_reader_set_recorder (MDG_READER (reader), NULL);
  mdg_model_session_check (&session, reader);
  if (count != NULL)
    *count = mdg_model_reader_get_count (reader);
  g_assert_true (g_file_get_contents (path, &recording, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (recording, "00 A4 04 0C"));
  assert_no_pin (recording);
  assert_no_holder (recording, mdg_model_reader_get_certificate (reader));
  g_assert_null (strstr (recording, MDG_MODEL_PIN));
  g_clear_object (&recorder);
  g_assert_cmpint (g_unlink (path), ==, 0);
  if (session.error != NULL && session.pin_sent && session.certificate != NULL)
    g_assert_cmpuint (mdg_model_session_count_verify (reader), ==, 1);
  return session.error == NULL;
}

/* A fault that takes or damages the answer is an error, but for two places: nobody waits for the
 * answer to the leaving at the end, and a reader that spoils the one extended command is asked with
 * short ones. */
static void
assert_outcome (gboolean ok,
                const MdgModelOptions *card,
                guint at,
                guint count,
                MdgModelFault fault)
{
  gboolean cut = (fault >= MDG_MODEL_FAULT_CUT_0 && fault <= MDG_MODEL_FAULT_CUT_HALF) ||
                 fault == MDG_MODEL_FAULT_ENDLESS_6C;
  guint probe = card->first_6f00 ? 3 : 2;

  if (!ok || at == count)
    return;
  g_test_message ("fault %u at exchange %u of %u was survived", fault, at, count);
  g_assert_true (cut);
  g_assert_true (at == probe || card->no_sfi || card->phone);
}

static void
test_faults (gconstpointer data)
{
  const MdgModelOptions *card = data;
  guint count = 0, runs = 0, errors = 0;
  gboolean good = run (*card, 0, MDG_MODEL_FAULT_NONE, 0, &count);

  for (guint at = 1; at <= count; at++)
    {
      for (guint fault = MDG_MODEL_FAULT_REMOVE; fault <= MDG_MODEL_FAULT_RESET; fault++)
        {
          gboolean ok = run (*card, at, fault, 0, NULL);

          runs++;
          errors += ok ? 0 : 1;
          assert_outcome (ok, card, at, count, fault);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++, runs++)
        errors += run (*card, at, MDG_MODEL_FAULT_SW, words[i], NULL) ? 0 : 1;
    }
  g_test_message ("%u exchanges%s, %u faulty sessions, %u of them ended with an error", count,
                  good ? "" : " to the error", runs, errors);
}

static MdgCardError
get_code_of_verify (MdgModelFault fault, guint sw, gboolean removed)
{
  MdgModelOptions options = { .fault_at = 4, .fault = fault, .fault_sw = sw };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);
  g_auto (MdgModelSession) session = { 0 };

  mdg_model_session_run (&session, reader);
  mdg_model_session_check (&session, reader);
  g_assert_true (session.pin_sent);
  g_assert_nonnull (session.error);
  g_assert_true (session.error->domain == MDG_CARD_ERROR);
  g_assert_true (removed == mdg_card_error_caused_by (session.error, MDG_READER_ERROR,
                                                      MDG_READER_ERROR_NO_CARD));
  return session.error->code;
}

/* VERIFY is the fourth exchange: what it is called when its answer is lost or strange. */
static void
test_verify (void)
{
  const guint unknown[] = {
    0x6300, 0x6700, 0x6982, 0x6a82, 0x6c00, 0x6d00, 0x6f00, 0x6102, 0x0000
  };

  g_assert_cmpint (get_code_of_verify (MDG_MODEL_FAULT_REMOVE, 0, TRUE), ==,
                   MDG_CARD_ERROR_PIN_UNKNOWN);
  for (guint fault = MDG_MODEL_FAULT_UNPLUG; fault <= MDG_MODEL_FAULT_RESET; fault++)
    g_assert_cmpint (get_code_of_verify (fault, 0, FALSE), ==, MDG_CARD_ERROR_PIN_UNKNOWN);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_cmpint (get_code_of_verify (MDG_MODEL_FAULT_SW, unknown[i], FALSE), ==,
                     MDG_CARD_ERROR_PIN_UNKNOWN);
  g_assert_cmpint (get_code_of_verify (MDG_MODEL_FAULT_SW, 0x63c1, FALSE), ==,
                   MDG_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (get_code_of_verify (MDG_MODEL_FAULT_SW, 0x6983, FALSE), ==,
                   MDG_CARD_ERROR_PIN_BLOCKED);
}

static void
assert_reader_error (guint at, MdgModelFault fault, int code, gboolean pin_sent)
{
  MdgModelOptions options = { .fault_at = at, .fault = fault };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);
  g_auto (MdgModelSession) session = { 0 };

  mdg_model_session_run (&session, reader);
  g_assert_error (session.error, MDG_READER_ERROR, code);
  g_assert_true (session.pin_sent == pin_sent);
}

/* What the reader said comes through as it is, so that a reset run can be started again. */
static void
test_reader_errors (void)
{
  for (guint at = 1; at <= 5; at++)
    {
      if (at == 4) /* VERIFY: see above */
        continue;
      assert_reader_error (at, MDG_MODEL_FAULT_RESET, MDG_READER_ERROR_RESET, at > 4);
      assert_reader_error (at, MDG_MODEL_FAULT_REMOVE, MDG_READER_ERROR_NO_CARD, at > 4);
      assert_reader_error (at, MDG_MODEL_FAULT_UNPLUG, MDG_READER_ERROR_GONE, at > 4);
      assert_reader_error (at, MDG_MODEL_FAULT_TIMEOUT, MDG_READER_ERROR_TIMED_OUT, at > 4);
    }
}

/* After all the others: nothing that was logged holds the PIN. */
static void
test_log (void)
{
  g_mutex_lock (&logged_lock);
  g_assert_cmpuint (logged->len, >, 0);
  assert_no_pin (logged->str);
  g_mutex_unlock (&logged_lock);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("card-faults-XXXXXX", NULL);
  g_assert_nonnull (folder);
  logged = g_string_new (NULL);
  g_log_set_default_handler (on_log_cb, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *path = g_strdup_printf ("/card/jpki/faults/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cards[i], test_faults);
    }
  g_test_add_func ("/card/jpki/faults/verify", test_verify);
  g_test_add_func ("/card/jpki/faults/reader", test_reader_errors);
  g_test_add_func ("/card/jpki/faults/log", test_log);
  result = g_test_run ();
  g_log_set_default_handler (g_log_default_handler, NULL);
  g_string_free (logged, TRUE);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
  return result;
}
