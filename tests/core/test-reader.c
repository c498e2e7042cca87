/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs on a reader: queue, deadline, cancellation, removal, changed card, power-off, hand-over. */
#include "config.h"

#include "reader-fixture.h"

static void
test_plain (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 };
  g_autofree char *log = NULL;

  mdg_fake_bench_insert (f->fake, "3B 80 80 01 01");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  reader_fixture_start (f, 0, NULL, &outcome);
  g_assert_true (mdg_reader_get_busy (f->reader));
  mdg_test_wait_for (outcome.done);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.ok);
  g_assert_false (mdg_reader_get_busy (f->reader));
  g_assert_true (mdg_fake_reader_is_done (f->fake));
  log = mdg_fake_reader_get_log (f->fake);
  g_assert_cmpstr (log, ==, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
}

static void
test_queue_in_order (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcomes[20] = { 0 };
  g_autofree char *log = NULL;
  g_autoptr (GString) wanted = g_string_new (NULL);

  mdg_fake_bench_insert (f->fake, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *answer = g_strdup_printf ("%02X 90 00", i);

      mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", answer);
      reader_fixture_start (f, 0, NULL, &outcomes[i]);
      g_string_append (wanted, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
    }
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      mdg_test_wait_for (outcomes[i].done);
      g_assert_true (outcomes[i].ok);
    }
  log = mdg_fake_reader_get_log (f->fake);
  g_assert_cmpstr (log, ==, wanted->str);
}

static void
test_no_card (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 };

  reader_fixture_start (f, 0, NULL, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
  reader_fixture_assert_log (f, "");
}

static void
test_changed_card (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 };
  guint first;

  g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, 0);
  mdg_fake_bench_insert (f->fake, "3B 00");
  first = mdg_reader_get_card_serial (f->reader);
  g_assert_cmpuint (first, >, 0);
  mdg_fake_bench_remove (f->fake);
  mdg_fake_bench_insert (f->fake, "3B 00");
  g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, first + 1);
  reader_fixture_start (f, first, NULL, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_CHANGED);
  reader_fixture_assert_log (f, "");
}

/* Another ATR without a removal between is another card; an ATR that comes late is not. */
static void
test_atr_rules (ReaderFixture *f, gconstpointer data)
{
  g_autoptr (GString) too_long = g_string_new (NULL);

  mdg_fake_bench_insert (f->fake, NULL);
  g_assert_null (mdg_reader_get_atr (f->reader));
  mdg_fake_reader_insert (f->fake, "3B 00");
  mdg_test_settle ();
  g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, 1);
  g_assert_cmpuint (g_bytes_get_size (mdg_reader_get_atr (f->reader)), ==, 2);
  mdg_fake_reader_insert (f->fake, "3B 00");
  mdg_fake_reader_insert (f->fake, "3B 01 02");
  mdg_test_settle ();
  g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, 2);
  mdg_fake_bench_remove (f->fake);
  g_assert_null (mdg_reader_get_atr (f->reader));
  for (guint i = 0; i < 34; i++)
    g_string_append (too_long, "00");
  mdg_fake_bench_insert (f->fake, too_long->str);
  g_assert_null (mdg_reader_get_atr (f->reader));
}

/* The card is swapped while the function is at work: not one byte more may go to the new one. */
static gpointer
send_two (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");
  g_autoptr (GBytes) first = mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);

  g_assert_nonnull (first);
  return mdg_card_transmit (card, command, MDG_TRANSMIT_SECRET, error);
}

static void
test_swapped_during_run (ReaderFixture *f, gconstpointer data)
{
  gboolean back = GPOINTER_TO_INT (data);
  gint code = back ? MDG_READER_ERROR_CHANGED : MDG_READER_ERROR_NO_CARD;
  RunOutcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_block_transmit (f->fake, 1);
  mdg_reader_run_async (f->reader, 0, send_two, NULL, NULL, (GDestroyNotify) g_bytes_unref, NULL,
                        reader_fixture_on_done_cb, &outcome);
  mdg_fake_reader_wait_blocked (f->fake);
  mdg_fake_bench_remove (f->fake);
  if (back)
    mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_release (f->fake);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, code);
  g_assert_cmpuint (mdg_fake_reader_count_transmits (f->fake), ==, 1);
}

/* --- the five cancellations: before, at once, while it waits, during, after --- */

static void
test_cancel_before (ReaderFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RunOutcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  g_cancellable_cancel (cancellable);
  reader_fixture_start (f, 0, cancellable, &outcome);
  g_assert_false (outcome.done);
  reader_fixture_assert_failed (&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  reader_fixture_assert_log (f, "");
}

static void
test_cancel_at_once (ReaderFixture *f, gconstpointer data)
{
  mdg_fake_bench_insert (f->fake, NULL);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      RunOutcome outcome = { 0 };

      mdg_fake_reader_block_transmit (f->fake, 0);
      reader_fixture_start (f, 0, cancellable, &outcome);
      g_cancellable_cancel (cancellable);
      reader_fixture_assert_failed (&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_cancel_queued (ReaderFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RunOutcome first = { 0 }, second = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_block_transmit (f->fake, 1);
  reader_fixture_start (f, 0, NULL, &first);
  reader_fixture_start (f, 0, cancellable, &second);
  mdg_fake_reader_wait_blocked (f->fake);
  g_cancellable_cancel (cancellable);
  reader_fixture_assert_failed (&second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (first.done);
  mdg_fake_reader_release (f->fake);
  mdg_test_wait_for (first.done);
  g_assert_true (first.ok);
  reader_fixture_assert_log (f, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
}

static gpointer
cancel_main (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel_during (ReaderFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RunOutcome outcome = { 0 }, next = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  if (data != NULL)
    mdg_fake_reader_block_connect (f->fake);
  else
    mdg_fake_reader_block_transmit (f->fake, 1);
  reader_fixture_start (f, 0, cancellable, &outcome);
  mdg_fake_reader_wait_blocked (f->fake);
  g_thread_join (g_thread_new ("canceller", cancel_main, cancellable));
  reader_fixture_assert_failed (&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  reader_fixture_assert_log (
      f, data != NULL ? "connect\ninterrupt\n"
                      : "connect\ntransmit 00A4040000\ninterrupt\ndisconnect power-off\n");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  reader_fixture_start (f, 0, NULL, &next);
  mdg_test_wait_for (next.done);
  g_assert_true (next.ok);
}

static void
test_cancel_after (ReaderFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RunOutcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  reader_fixture_start (f, 0, cancellable, &outcome);
  mdg_test_wait_for (outcome.done);
  g_assert_true (outcome.ok);
  g_cancellable_cancel (cancellable);
  mdg_test_settle ();
  reader_fixture_assert_log (f, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
}

/* --- deadline --- */

static void
test_deadline (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_reader_set_deadline (f->reader, 50);
  mdg_fake_reader_block_transmit (f->fake, 1);
  reader_fixture_start (f, 0, NULL, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  reader_fixture_assert_log (f, "connect\ntransmit 00A4040000\ninterrupt\ndisconnect power-off\n");
  g_assert_no_error (mdg_reader_get_problem (f->reader));
}

static void
test_deadline_ignored (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 }, queued = { 0 }, refused = { 0 }, again = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_reader_set_deadline (f->reader, 50);
  mdg_fake_reader_ignore_interrupt (f->fake, TRUE);
  mdg_fake_reader_block_transmit (f->fake, 1);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  reader_fixture_start (f, 0, NULL, &outcome);
  reader_fixture_start (f, 0, NULL, &queued);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  reader_fixture_assert_failed (&queued, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  g_assert_error (mdg_reader_get_problem (f->reader), MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  g_assert_false (mdg_reader_get_busy (f->reader));
  reader_fixture_start (f, 0, NULL, &refused);
  reader_fixture_assert_failed (&refused, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  /* the thread comes back after all: the reader can be used again */
  mdg_fake_reader_release (f->fake);
  mdg_test_wait_for (mdg_reader_get_problem (f->reader) == NULL);
  mdg_reader_set_deadline (f->reader, 5000);
  reader_fixture_start (f, 0, NULL, &again);
  mdg_test_wait_for (again.done);
  g_assert_true (again.ok);
}

/* --- the reader goes away --- */

static void
test_removed_during (ReaderFixture *f, gconstpointer data)
{
  RunOutcome running = { 0 }, queued = { 0 }, late = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_block_transmit (f->fake, 1);
  reader_fixture_start (f, 0, NULL, &running);
  reader_fixture_start (f, 0, NULL, &queued);
  mdg_fake_reader_wait_blocked (f->fake);
  mdg_reader_driver_remove_reader (MDG_READER_DRIVER (f->bench->driver), "fake-0");
  reader_fixture_assert_failed (&queued, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  reader_fixture_assert_failed (&running, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  g_assert_false (mdg_reader_get_present (f->reader));
  g_assert_error (mdg_reader_get_problem (f->reader), MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  reader_fixture_start (f, 0, NULL, &late);
  reader_fixture_assert_failed (&late, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  /* what a driver reports of a reader it took away counts no more */
  mdg_fake_reader_insert (f->fake, NULL);
  mdg_test_settle ();
  g_assert_false (mdg_reader_get_present (f->reader));
}

/* --- the hand-over: nothing may be finalized on the reader's thread --- */

static void
on_finalized_cb (gpointer data, GObject *where)
{
  *(GThread **) data = g_thread_self ();
}

static void
on_freed_cb (gpointer data)
{
  g_assert_true (g_thread_self () == data);
}

static void
on_dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GBytes) value = mdg_reader_run_finish (MDG_READER (source), result, NULL);

  *(gboolean *) data = TRUE;
}

static void
test_hand_over (ReaderFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("short-lived-%u", i);
      MdgFakeReader *fake = mdg_fake_reader_new (id);
      GThread *where = NULL;
      gboolean done = FALSE;

      g_object_weak_ref (G_OBJECT (fake), on_finalized_cb, &where);
      mdg_fake_reader_expect (fake, "00 A4 04 00 00", "90 00");
      mdg_fake_bench_insert (fake, NULL);
      mdg_reader_run_async (MDG_READER (fake), 0, reader_fixture_send_one, f->main, on_freed_cb,
                            (GDestroyNotify) g_bytes_unref, NULL, i % 2 == 0 ? NULL : on_dropped_cb,
                            &done);
      g_object_unref (fake);
      mdg_test_wait_for (where != NULL);
      g_assert_true (where == f->main);
      g_assert_true (done == (i % 2 != 0));
    }
}

static GBytes *
answer_ok (MdgFakeReader *self, GBytes *command, gpointer data, GError **error)
{
  return mdg_test_bytes ("9000");
}

/* Results that nobody collects, cancelled runs and failed ones among them. */
static void
test_thousand_runs (ReaderFixture *f, gconstpointer data)
{
  RunOutcome *outcomes = g_new0 (RunOutcome, 1000);

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_set_callback (f->fake, answer_ok, NULL, NULL);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      if (i % 7 == 0)
        mdg_fake_reader_fail_transmit (f->fake, i, MDG_READER_ERROR, MDG_READER_ERROR_RESET);
      reader_fixture_start (f, 0, cancellable, &outcomes[i]);
      if (i % 5 == 0)
        g_cancellable_cancel (cancellable);
      if (i % 10 == 0)
        mdg_test_wait_for (outcomes[i].done);
    }
  for (guint i = 0; i < 1000; i++)
    {
      mdg_test_wait_for (outcomes[i].done);
      g_assert_true (outcomes[i].ok == (outcomes[i].error == NULL));
      if (i % 5 == 0)
        g_assert_error (outcomes[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&outcomes[i].error);
    }
  g_free (outcomes);
}

/* What the driver says is shown, and is over when the driver says so. */
static void
test_reports (ReaderFixture *f, gconstpointer data)
{
  g_autoptr (GError) problem = g_error_new (MDG_READER_ERROR, MDG_READER_ERROR_NO_ACCESS, "x");

  mdg_reader_report_problem (f->reader, problem);
  mdg_reader_report_features (f->reader, MDG_READER_FEATURE_VIRTUAL);
  g_assert_no_error (mdg_reader_get_problem (f->reader));
  mdg_test_settle ();
  g_assert_error (mdg_reader_get_problem (f->reader), MDG_READER_ERROR, MDG_READER_ERROR_NO_ACCESS);
  g_assert_cmpint (mdg_reader_get_features (f->reader), ==, MDG_READER_FEATURE_VIRTUAL);
  mdg_reader_report_problem (f->reader, NULL);
  mdg_test_settle ();
  g_assert_no_error (mdg_reader_get_problem (f->reader));
}

#define ADD(path, func, data)                                                                      \
  g_test_add ("/reader/" path, ReaderFixture, data, reader_fixture_set_up, func,                   \
              reader_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("plain", test_plain, NULL);
  ADD ("queue", test_queue_in_order, NULL);
  ADD ("no-card", test_no_card, NULL);
  ADD ("changed-card", test_changed_card, NULL);
  ADD ("atr", test_atr_rules, NULL);
  ADD ("pulled-during-run", test_swapped_during_run, GINT_TO_POINTER (FALSE));
  ADD ("swapped-during-run", test_swapped_during_run, GINT_TO_POINTER (TRUE));
  ADD ("cancel/before", test_cancel_before, NULL);
  ADD ("cancel/at-once", test_cancel_at_once, NULL);
  ADD ("cancel/queued", test_cancel_queued, NULL);
  ADD ("cancel/during-transmit", test_cancel_during, NULL);
  ADD ("cancel/during-connect", test_cancel_during, "connect");
  ADD ("cancel/after", test_cancel_after, NULL);
  ADD ("deadline", test_deadline, NULL);
  ADD ("deadline-ignored", test_deadline_ignored, NULL);
  ADD ("removed-during", test_removed_during, NULL);
  ADD ("hand-over", test_hand_over, NULL);
  ADD ("thousand-runs", test_thousand_runs, NULL);
  ADD ("reports", test_reports, NULL);
  return g_test_run ();
}
