/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs with a card through PC/SC, and everything that can go wrong at each of its calls: always one
 * error, in time, with nothing left open, and no command sent twice. */
#include "config.h"

#include "fake-pcsc.h"
#include "mdg-pcsc-test.h"

#define ONE    "Fake Reader 00 00"
#define ONE_ID "pcsc:" ONE
#define APDUS  3

static const guint8 atr[] = { 0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14 };

typedef struct
{
  MdgReaderDriver *driver;
  MdgReader *reader;
} Fixture;

/* A driver that has seen one reader with a card, and counts that begin at 0. */
static void
set_up (Fixture *fixture)
{
  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  fixture->driver = make_pcsc_driver ();
  start_driver (fixture->driver);
  fixture->reader = g_object_ref (find_reader (fixture->driver, ONE_ID));
  fake_pcsc_forget_counts ();
}

static void
tear_down (Fixture *fixture)
{
  fake_pcsc_set_use (ONE, FAKE_FREE);
  g_object_unref (fixture->reader);
  end_driver (fixture->driver);
  wait_until (fake_pcsc_count_handles () == 0 && fake_pcsc_count_contexts () == 0);
}

static void
test_well (void)
{
  Fixture fixture;

  set_up (&fixture);
  for (guint i = 1; i <= 3; i++)
    {
      assert_run (fixture.reader, APDUS, -1);
      g_assert_cmpuint (fake_pcsc_count (FAKE_TRANSMIT), ==, i * APDUS);
      g_assert_cmpuint (fake_pcsc_count_handles (), ==, 0);
      g_assert_cmpuint (fake_pcsc_count_power_offs (), ==, i);
    }
  /* one context for all runs, one question for features */
  g_assert_cmpuint (fake_pcsc_count (FAKE_ESTABLISH), ==, 1);
  g_assert_cmpuint (fake_pcsc_count (FAKE_CONTROL), ==, 1);
  tear_down (&fixture);
}

static gpointer
keep_power (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  mdg_card_keep_power (card);
  return g_bytes_new (NULL, 0);
}

static void
on_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;
  g_autoptr (GBytes) bytes = mdg_reader_run_finish (MDG_READER (source), result, NULL);

  *done = bytes != NULL;
}

static void
test_power_kept (void)
{
  Fixture fixture;
  gboolean done = FALSE;

  set_up (&fixture);
  mdg_reader_run_async (fixture.reader, 0, keep_power, NULL, NULL, (GDestroyNotify) g_bytes_unref,
                        NULL, on_kept_cb, &done);
  wait_until (done);
  g_assert_cmpuint (fake_pcsc_count (FAKE_DISCONNECT), ==, 1);
  g_assert_cmpuint (fake_pcsc_count_power_offs (), ==, 0);
  tear_down (&fixture);
}

static void
test_code_at_each_call (void)
{
  static const struct
  {
    FakeCall call;
    guint number;
    guint32 code;
    int error;
    guint transmits;
  } cases[] = {
    { FAKE_ESTABLISH, 1, 0x8010001D, MDG_READER_ERROR_NO_SERVICE, 0 },
    { FAKE_ESTABLISH, 1, 0x80100006, MDG_READER_ERROR_FAILED, 0 },
    { FAKE_CONNECT, 1, 0x8010000C, MDG_READER_ERROR_NO_CARD, 0 },
    { FAKE_CONNECT, 1, 0x80100069, MDG_READER_ERROR_NO_CARD, 0 },
    { FAKE_CONNECT, FAKE_EVERY, 0x80100066, MDG_READER_ERROR_MUTE, 0 },
    { FAKE_CONNECT, FAKE_EVERY, 0x80100067, MDG_READER_ERROR_MUTE, 0 },
    { FAKE_CONNECT, 1, 0x80100067, -1, APDUS },
    { FAKE_CONNECT, 1, 0x80100009, MDG_READER_ERROR_GONE, 0 },
    { FAKE_CONNECT, 1, 0x80100017, MDG_READER_ERROR_GONE, 0 },
    { FAKE_CONNECT, 1, 0x8010000F, MDG_READER_ERROR_NOT_SUPPORTED, 0 },
    { FAKE_CONNECT, FAKE_EVERY, 0x8010006A, MDG_READER_ERROR_NO_ACCESS, 0 },
    { FAKE_CONNECT, 1, 0x8010006A, -1, APDUS },
    { FAKE_CONNECT, 1, 0x80100013, MDG_READER_ERROR_NO_SERVICE, 0 },
    { FAKE_BEGIN, 1, 0x80100069, MDG_READER_ERROR_NO_CARD, 0 },
    { FAKE_BEGIN, 1, 0x80100017, MDG_READER_ERROR_GONE, 0 },
    { FAKE_BEGIN, 1, 0x8010001E, MDG_READER_ERROR_NO_SERVICE, 0 },
    { FAKE_BEGIN, FAKE_EVERY, 0x80100068, MDG_READER_ERROR_RESET, 0 },
    { FAKE_BEGIN, 1, 0x80100068, -1, APDUS },
    { FAKE_BEGIN, 1, 0x8010000B, -1, APDUS },
    { FAKE_CONNECT, 1, 0x8010000B, -1, APDUS },
    { FAKE_TRANSMIT, 1, 0x80100068, -1, APDUS + 1 },
    { FAKE_TRANSMIT, 2, 0x80100068, MDG_READER_ERROR_RESET, 2 },
    { FAKE_TRANSMIT, 2, 0x80100069, MDG_READER_ERROR_NO_CARD, 2 },
    { FAKE_TRANSMIT, 1, 0x80100069, MDG_READER_ERROR_NO_CARD, 1 },
    { FAKE_TRANSMIT, 3, 0x80100016, MDG_READER_ERROR_PROTOCOL, 3 },
    { FAKE_TRANSMIT, 1, 0x8010002F, MDG_READER_ERROR_PROTOCOL, 1 },
    { FAKE_TRANSMIT, 2, 0x80100017, MDG_READER_ERROR_GONE, 2 },
    { FAKE_TRANSMIT, 2, 0x80100013, MDG_READER_ERROR_NO_SERVICE, 2 },
    { FAKE_TRANSMIT, 2, 0x8010001D, MDG_READER_ERROR_NO_SERVICE, 2 },
    { FAKE_TRANSMIT, 2, 0x80100008, MDG_READER_ERROR_PROTOCOL, 2 },
    { FAKE_CONTROL, 1, 0x80100016, -1, APDUS },
    { FAKE_END, 1, 0x80100016, -1, APDUS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture;

      g_test_message ("call %d, number %u: 0x%08X", (int) cases[i].call, cases[i].number,
                      cases[i].code);
      set_up (&fixture);
      fake_pcsc_set_code (cases[i].call, cases[i].number, cases[i].code);
      assert_run (fixture.reader, APDUS, cases[i].error);
      g_assert_cmpuint (fake_pcsc_count (FAKE_TRANSMIT), ==, cases[i].transmits);
      g_assert_cmpuint (fake_pcsc_count_handles (), ==, 0);
      /* and the next one is a run like any other */
      if (cases[i].number != FAKE_EVERY)
        assert_run (fixture.reader, APDUS, -1);
      tear_down (&fixture);
    }
}

static void
on_pull_cb (gpointer data)
{
  fake_pcsc_pull (ONE);
}

static void
on_unplug_cb (gpointer data)
{
  fake_pcsc_remove_reader (ONE);
}

static void
on_stop_cb (gpointer data)
{
  fake_pcsc_set_service (FALSE);
}

static void
run_with_hook (FakeCall call, guint number, void (*hook) (gpointer), const int *allowed)
{
  Fixture fixture;
  Run run;
  guint expected;
  gboolean found = FALSE;

  set_up (&fixture);
  fake_pcsc_set_hook (call, number, hook, NULL);
  begin_run (fixture.reader, APDUS, NULL, &run);
  finish_run (&run);
  expected = fake_pcsc_count (FAKE_TRANSMIT);
  if (run.error == NULL)
    found = call == FAKE_END || call == FAKE_DISCONNECT;
  for (guint i = 0; run.error != NULL && allowed[i] >= 0; i++)
    found |= g_error_matches (run.error, MDG_READER_ERROR, allowed[i]);
  if (!found)
    g_test_message ("call %d, number %u: %s", (int) call, number,
                    run.error != NULL ? run.error->message : "no error");
  g_assert_true (found);
  g_assert_cmpint (run.took, <, 3 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (expected, <=, APDUS);
  clear_run (&run);
  if (hook == on_unplug_cb)
    fake_pcsc_add_reader (ONE);
  tear_down (&fixture);
}

static void
run_at_each_call (void (*hook) (gpointer), const int *allowed)
{
  run_with_hook (FAKE_ESTABLISH, 1, hook, allowed);
  run_with_hook (FAKE_CONNECT, 1, hook, allowed);
  run_with_hook (FAKE_BEGIN, 1, hook, allowed);
  run_with_hook (FAKE_CONTROL, 1, hook, allowed);
  for (guint i = 1; i <= APDUS; i++)
    run_with_hook (FAKE_TRANSMIT, i, hook, allowed);
  run_with_hook (FAKE_END, 1, hook, allowed);
  run_with_hook (FAKE_DISCONNECT, 1, hook, allowed);
}

static void
test_pulled_in_each_call (void)
{
  static const int allowed[] = { MDG_READER_ERROR_NO_CARD, -1 };

  run_at_each_call (on_pull_cb, allowed);
}

static void
test_unplugged_in_each_call (void)
{
  static const int allowed[] = { MDG_READER_ERROR_GONE, -1 };

  run_at_each_call (on_unplug_cb, allowed);
}

static void
test_stopped_in_each_call (void)
{
  /* the reader goes with the service, and either may be heard of first */
  static const int allowed[] = { MDG_READER_ERROR_NO_SERVICE, MDG_READER_ERROR_GONE, -1 };

  run_at_each_call (on_stop_cb, allowed);
}

static gboolean
on_pull_later_cb (gpointer data)
{
  fake_pcsc_pull (ONE);
  return G_SOURCE_REMOVE;
}

/* The reader's driver only says that the exchange failed; the card is seen to be gone a moment
 * later. */
static void
test_pull_seen_late (void)
{
  Fixture fixture;
  Run run;

  set_up (&fixture);
  fake_pcsc_set_code (FAKE_TRANSMIT, 2, 0x80100016);
  begin_run (fixture.reader, APDUS, NULL, &run);
  g_assert_true (fake_pcsc_wait_count (FAKE_TRANSMIT, 2, 5000));
  g_timeout_add (300, on_pull_later_cb, NULL);
  finish_run (&run);
  g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
  clear_run (&run);
  tear_down (&fixture);
}

static void
test_service_restarted_between_runs (void)
{
  Fixture fixture;

  set_up (&fixture);
  assert_run (fixture.reader, APDUS, -1);
  /* a daemon that was restarted so quickly that the monitor has not yet noticed */
  fake_pcsc_forget_counts ();
  fake_pcsc_set_hold (FAKE_LIST_READERS, TRUE);
  fake_pcsc_add_reader ("Another Reader 00 00");
  g_assert_true (fake_pcsc_wait_count (FAKE_LIST_READERS, 1, 5000));
  fake_pcsc_set_service (FALSE);
  fake_pcsc_set_service (TRUE);
  assert_run (fixture.reader, APDUS, -1);
  fake_pcsc_set_hold (FAKE_LIST_READERS, FALSE);
  tear_down (&fixture);
}

static gboolean
on_free_cb (gpointer data)
{
  fake_pcsc_set_use (ONE, FAKE_FREE);
  return G_SOURCE_REMOVE;
}

static void
test_in_use (void)
{
  static const FakeUse uses[] = { FAKE_EXCLUSIVE, FAKE_TRANSACTION };

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      Fixture fixture;
      Run run;

      set_up (&fixture);
      fake_pcsc_set_use (ONE, uses[i]);
      begin_run (fixture.reader, APDUS, NULL, &run);
      finish_run (&run);
      g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
      g_assert_cmpint (run.took, >=, 1900 * G_TIME_SPAN_MILLISECOND);
      g_assert_cmpint (run.took, <, 2500 * G_TIME_SPAN_MILLISECOND);
      g_assert_cmpuint (fake_pcsc_count (FAKE_TRANSMIT), ==, 0);
      clear_run (&run);

      /* it is given free while it is waited for */
      begin_run (fixture.reader, APDUS, NULL, &run);
      g_timeout_add (300, on_free_cb, NULL);
      finish_run (&run);
      g_assert_no_error (run.error);
      g_assert_cmpint (run.took, <, 1000 * G_TIME_SPAN_MILLISECOND);
      clear_run (&run);
      tear_down (&fixture);
    }
}

static void
test_in_use_cancelled (void)
{
  static const FakeUse uses[] = { FAKE_EXCLUSIVE, FAKE_TRANSACTION };

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 begin;
      Fixture fixture;
      Run run;

      set_up (&fixture);
      fake_pcsc_set_use (ONE, uses[i]);
      begin_run (fixture.reader, APDUS, cancellable, &run);
      g_assert_true (fake_pcsc_wait_count (FAKE_CONNECT, 1, 5000));
      begin = g_get_monotonic_time ();
      g_cancellable_cancel (cancellable);
      finish_run (&run);
      g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 300 * G_TIME_SPAN_MILLISECOND);
      clear_run (&run);
      tear_down (&fixture);
    }
}

/* Nobody else has it: it only takes its time. */
static void
test_slow_power_up (void)
{
  Fixture fixture;
  Run run;
  gint64 end;

  set_up (&fixture);
  fake_pcsc_set_hold (FAKE_CONNECT, TRUE);
  begin_run (fixture.reader, APDUS, NULL, &run);
  end = g_get_monotonic_time () + 2500 * G_TIME_SPAN_MILLISECOND;
  wait_until (g_get_monotonic_time () > end);
  fake_pcsc_set_hold (FAKE_CONNECT, FALSE);
  finish_run (&run);
  g_assert_no_error (run.error);
  clear_run (&run);
  tear_down (&fixture);
}

static void
test_transmit_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture;
  gint64 begin;
  Run run;

  set_up (&fixture);
  fake_pcsc_set_hold (FAKE_TRANSMIT, TRUE);
  begin_run (fixture.reader, APDUS, cancellable, &run);
  g_assert_true (fake_pcsc_wait_count (FAKE_TRANSMIT, 1, 5000));
  begin = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  finish_run (&run);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 300 * G_TIME_SPAN_MILLISECOND);
  clear_run (&run);
  /* the card is not ours again before that exchange is over … */
  assert_run (fixture.reader, APDUS, MDG_READER_ERROR_IN_USE);
  g_assert_cmpuint (fake_pcsc_count (FAKE_TRANSMIT), ==, 1);
  g_assert_cmpuint (fake_pcsc_count_power_offs (), ==, 0);
  fake_pcsc_set_hold (FAKE_TRANSMIT, FALSE);
  /* … after which it is powered off */
  assert_run (fixture.reader, APDUS, -1);
  g_assert_cmpuint (fake_pcsc_count_power_offs (), ==, 2);
  g_assert_cmpuint (fake_pcsc_count (FAKE_TRANSMIT), ==, 1 + APDUS);
  tear_down (&fixture);
}

/* A daemon that is killed during an exchange, as pcsc-lite tells it: not "no permission". */
static void
test_daemon_dies (void)
{
  static const FakeCall calls[] = { FAKE_BEGIN, FAKE_TRANSMIT };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      Fixture fixture;

      set_up (&fixture);
      fake_pcsc_set_code (calls[i], 1, 0x8010006A);
      assert_run (fixture.reader, APDUS, MDG_READER_ERROR_NO_SERVICE);
      tear_down (&fixture);
    }
}

static void
on_freed_cb (gpointer freed)
{
  g_atomic_int_set ((gint *) freed, TRUE);
}

static gpointer
send_secret (MdgCard *card, gpointer freed, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command =
      g_bytes_new_with_free_func ("\x00\x20\x00\x98\x04\x39\x38\x37\x36", 9, on_freed_cb, freed);

  return mdg_card_transmit (card, command, MDG_TRANSMIT_SECRET, error);
}

static void
on_secret_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->answer = mdg_reader_run_finish (MDG_READER (source), result, &run->error);
  run->done = TRUE;
}

/* A VERIFY that was left behind is given up, and so erased, when its call returns at last: not only
 * when the reader is used again. */
static void
test_secret_left_behind (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint freed = FALSE;
  Fixture fixture;
  Run run = { 0 };

  set_up (&fixture);
  fake_pcsc_set_hold (FAKE_TRANSMIT, TRUE);
  mdg_reader_run_async (fixture.reader, 0, send_secret, &freed, NULL,
                        (GDestroyNotify) g_bytes_unref, cancellable, on_secret_sent_cb, &run);
  g_assert_true (fake_pcsc_wait_count (FAKE_TRANSMIT, 1, 5000));
  g_cancellable_cancel (cancellable);
  finish_run (&run);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  clear_run (&run);
  fake_pcsc_set_hold (FAKE_TRANSMIT, FALSE);
  wait_until (g_atomic_int_get (&freed));
  tear_down (&fixture);
}

static void
test_deadline (void)
{
  static const FakeCall calls[] = { FAKE_ESTABLISH, FAKE_CONNECT, FAKE_BEGIN, FAKE_CONTROL,
                                    FAKE_TRANSMIT };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      Fixture fixture;
      Run run;

      set_up (&fixture);
      mdg_reader_set_deadline (fixture.reader, 200);
      fake_pcsc_set_hold (calls[i], TRUE);
      begin_run (fixture.reader, APDUS, NULL, &run);
      finish_run (&run);
      g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
      g_assert_cmpint (run.took, <, 600 * G_TIME_SPAN_MILLISECOND);
      clear_run (&run);
      fake_pcsc_set_hold (calls[i], FALSE);
      mdg_reader_set_deadline (fixture.reader, 10000);
      assert_run (fixture.reader, APDUS, -1);
      tear_down (&fixture);
    }
}

/* Unplugged in the middle of an exchange that never ends; the reader is given up all the same. */
static void
test_stuck_and_unplugged (void)
{
  Fixture fixture;
  Run run;

  set_up (&fixture);
  fake_pcsc_set_hold (FAKE_TRANSMIT, TRUE);
  begin_run (fixture.reader, APDUS, NULL, &run);
  g_assert_true (fake_pcsc_wait_count (FAKE_TRANSMIT, 1, 5000));
  fake_pcsc_remove_reader (ONE);
  finish_run (&run);
  g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  g_assert_cmpint (run.took, <, 500 * G_TIME_SPAN_MILLISECOND);
  clear_run (&run);
  g_clear_object (&fixture.reader);
  end_driver (fixture.driver);
  fake_pcsc_set_hold (FAKE_TRANSMIT, FALSE);
  wait_until (fake_pcsc_count_handles () == 0 && fake_pcsc_count_contexts () == 0);
}

static void
test_short_answers (void)
{
  for (gsize length = 0; length < 2; length++)
    {
      g_autoptr (GBytes) answer = g_bytes_new_static ("\x90", length);
      Fixture fixture;

      set_up (&fixture);
      fake_pcsc_set_answer (answer);
      assert_run (fixture.reader, 1, MDG_READER_ERROR_PROTOCOL);
      tear_down (&fixture);
    }
}

static void
set_features (void)
{
  g_autoptr (GBytes) features =
      g_bytes_new_static ("\x06\x04\x42\x33\x00\x06\x12\x04\x00\xC0\xFF\xEE", 12);
  g_autoptr (GBytes) properties = g_bytes_new_static ("\x0A\x04\x00\x00\x01\x00", 6);

  fake_pcsc_set_features (ONE, features, properties);
}

static void
test_features_told (void)
{
  Fixture fixture = { make_pcsc_driver (), NULL };

  /* an empty reader is asked at once */
  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  set_features ();
  start_driver (fixture.driver);
  fixture.reader = g_object_ref (find_reader (fixture.driver, ONE_ID));
  wait_until (mdg_reader_get_features (fixture.reader) == MDG_READER_FEATURE_PIN_PAD);
  wait_until (mdg_reader_get_extended (fixture.reader) == MDG_EXTENDED_YES);
  g_assert_cmpuint (fake_pcsc_count (FAKE_CONNECT), ==, 1);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  wait_until (mdg_reader_get_present (fixture.reader));
  assert_run (fixture.reader, APDUS, -1);
  g_assert_cmpuint (fake_pcsc_count (FAKE_CONTROL), ==, 2);
  tear_down (&fixture);

  /* one with a card is left alone until it is used anyway */
  set_up (&fixture);
  set_features ();
  g_assert_cmpuint (fake_pcsc_count (FAKE_CONNECT), ==, 0);
  g_assert_cmpint (mdg_reader_get_extended (fixture.reader), ==, MDG_EXTENDED_UNKNOWN);
  assert_run (fixture.reader, APDUS, -1);
  g_assert_cmpint (mdg_reader_get_extended (fixture.reader), ==, MDG_EXTENDED_YES);
  wait_until (mdg_reader_get_features (fixture.reader) == MDG_READER_FEATURE_PIN_PAD);
  g_assert_cmpuint (fake_pcsc_count (FAKE_CONNECT), ==, 1);
  assert_run (fixture.reader, APDUS, -1);
  g_assert_cmpuint (fake_pcsc_count (FAKE_CONTROL), ==, 2);
  tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/run/well", test_well);
  g_test_add_func ("/pcsc/run/power-kept", test_power_kept);
  g_test_add_func ("/pcsc/run/code-at-each-call", test_code_at_each_call);
  g_test_add_func ("/pcsc/run/pulled-in-each-call", test_pulled_in_each_call);
  g_test_add_func ("/pcsc/run/unplugged-in-each-call", test_unplugged_in_each_call);
  g_test_add_func ("/pcsc/run/stopped-in-each-call", test_stopped_in_each_call);
  g_test_add_func ("/pcsc/run/pull-seen-late", test_pull_seen_late);
  g_test_add_func ("/pcsc/run/service-restarted", test_service_restarted_between_runs);
  g_test_add_func ("/pcsc/run/in-use", test_in_use);
  g_test_add_func ("/pcsc/run/in-use-cancelled", test_in_use_cancelled);
  g_test_add_func ("/pcsc/run/slow-power-up", test_slow_power_up);
  g_test_add_func ("/pcsc/run/transmit-cancelled", test_transmit_cancelled);
  g_test_add_func ("/pcsc/run/daemon-dies", test_daemon_dies);
  g_test_add_func ("/pcsc/run/secret-left-behind", test_secret_left_behind);
  g_test_add_func ("/pcsc/run/deadline", test_deadline);
  g_test_add_func ("/pcsc/run/stuck-and-unplugged", test_stuck_and_unplugged);
  g_test_add_func ("/pcsc/run/short-answers", test_short_answers);
  g_test_add_func ("/pcsc/run/features-told", test_features_told);
  return g_test_run ();
}
