/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs on a reader: queue, deadline, cancellation, removal, changed card, power-off, hand-over. */
#include "config.h"

#include "mdg-fake-reader.h"

typedef struct
{
  MdgFakeBench *bench;
  MdgFakeReader *fake;
  MdgReader *reader;
  GThread *main;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean ok;
  GError *error;
} Outcome;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->bench = mdg_fake_bench_new ();
  f->fake = mdg_fake_bench_add_reader (f->bench, "fake-0");
  f->reader = MDG_READER (f->fake);
  f->main = g_thread_self ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer gone = f->fake;

  g_object_add_weak_pointer (G_OBJECT (f->fake), &gone);
  g_clear_object (&f->fake);
  mdg_fake_bench_free (f->bench);
  mdg_test_wait_for (gone == NULL);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  gpointer value = mdg_reader_run_finish (MDG_READER (source), result, &outcome->error);

  outcome->done = TRUE;
  outcome->ok = value != NULL;
  if (value != NULL)
    g_bytes_unref (value);
}

static gpointer
send_one (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");

  return mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
}

static void
start (Fixture *f, guint serial, GCancellable *cancellable, Outcome *outcome)
{
  mdg_reader_run_async (f->reader, serial, send_one, NULL, NULL, (GDestroyNotify) g_bytes_unref,
                        cancellable, on_done_cb, outcome);
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };
  g_autofree char *log = NULL;

  mdg_fake_bench_insert (f->fake, "3B 80 80 01 01");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  start (f, 0, NULL, &outcome);
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
test_queue_in_order (Fixture *f, gconstpointer data)
{
  Outcome outcomes[20] = { 0 };
  g_autofree char *log = NULL;
  g_autoptr (GString) wanted = g_string_new (NULL);

  mdg_fake_bench_insert (f->fake, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *answer = g_strdup_printf ("%02X 90 00", i);

      mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", answer);
      start (f, 0, NULL, &outcomes[i]);
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
assert_log (Fixture *f, const char *wanted)
{
  g_autofree char *log = mdg_fake_reader_get_log (f->fake);

  g_assert_cmpstr (log, ==, wanted);
}

#define assert_failed(outcome, domain, code)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    mdg_test_wait_for ((outcome)->done);                                                           \
    g_assert_error ((outcome)->error, domain, code);                                               \
    g_assert_false ((outcome)->ok);                                                                \
    g_clear_error (&(outcome)->error);                                                             \
  }                                                                                                \
  G_STMT_END

static void
test_no_card (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };

  start (f, 0, NULL, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
  assert_log (f, "");
}

static void
test_changed_card (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };
  guint first;

  g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, 0);
  mdg_fake_bench_insert (f->fake, "3B 00");
  first = mdg_reader_get_card_serial (f->reader);
  g_assert_cmpuint (first, >, 0);
  mdg_fake_bench_remove (f->fake);
  mdg_fake_bench_insert (f->fake, "3B 00");
  g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, first + 1);
  start (f, first, NULL, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_CHANGED);
  assert_log (f, "");
}

/* Another ATR without a removal between is another card; an ATR that comes late is not. */
static void
test_atr_rules (Fixture *f, gconstpointer data)
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
test_swapped_during_run (Fixture *f, gconstpointer data)
{
  gboolean back = GPOINTER_TO_INT (data);
  gint code = back ? MDG_READER_ERROR_CHANGED : MDG_READER_ERROR_NO_CARD;
  Outcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_block_transmit (f->fake, 1);
  mdg_reader_run_async (f->reader, 0, send_two, NULL, NULL, (GDestroyNotify) g_bytes_unref, NULL,
                        on_done_cb, &outcome);
  mdg_fake_reader_wait_blocked (f->fake);
  mdg_fake_bench_remove (f->fake);
  if (back)
    mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_release (f->fake);
  assert_failed (&outcome, MDG_READER_ERROR, code);
  g_assert_cmpuint (mdg_fake_reader_count_transmits (f->fake), ==, 1);
}

/* --- the five cancellations: before, at once, while it waits, during, after --- */

static void
test_cancel_before (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  g_cancellable_cancel (cancellable);
  start (f, 0, cancellable, &outcome);
  g_assert_false (outcome.done);
  assert_failed (&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_log (f, "");
}

static void
test_cancel_at_once (Fixture *f, gconstpointer data)
{
  mdg_fake_bench_insert (f->fake, NULL);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Outcome outcome = { 0 };

      mdg_fake_reader_block_transmit (f->fake, 0);
      start (f, 0, cancellable, &outcome);
      g_cancellable_cancel (cancellable);
      assert_failed (&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_cancel_queued (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome first = { 0 }, second = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_block_transmit (f->fake, 1);
  start (f, 0, NULL, &first);
  start (f, 0, cancellable, &second);
  mdg_fake_reader_wait_blocked (f->fake);
  g_cancellable_cancel (cancellable);
  assert_failed (&second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (first.done);
  mdg_fake_reader_release (f->fake);
  mdg_test_wait_for (first.done);
  g_assert_true (first.ok);
  assert_log (f, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
}

static gpointer
cancel_main (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel_during (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 }, next = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  if (data != NULL)
    mdg_fake_reader_block_connect (f->fake);
  else
    mdg_fake_reader_block_transmit (f->fake, 1);
  start (f, 0, cancellable, &outcome);
  mdg_fake_reader_wait_blocked (f->fake);
  g_thread_join (g_thread_new ("canceller", cancel_main, cancellable));
  assert_failed (&outcome, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_log (f, data != NULL ? "connect\ninterrupt\n"
                              : "connect\ntransmit 00A4040000\ninterrupt\ndisconnect power-off\n");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  start (f, 0, NULL, &next);
  mdg_test_wait_for (next.done);
  g_assert_true (next.ok);
}

static void
test_cancel_after (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  start (f, 0, cancellable, &outcome);
  mdg_test_wait_for (outcome.done);
  g_assert_true (outcome.ok);
  g_cancellable_cancel (cancellable);
  mdg_test_settle ();
  assert_log (f, "connect\ntransmit 00A4040000\ndisconnect power-off\n");
}

/* --- deadline --- */

static void
test_deadline (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_reader_set_deadline (f->reader, 50);
  mdg_fake_reader_block_transmit (f->fake, 1);
  start (f, 0, NULL, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  assert_log (f, "connect\ntransmit 00A4040000\ninterrupt\ndisconnect power-off\n");
  g_assert_no_error (mdg_reader_get_problem (f->reader));
}

static void
test_deadline_ignored (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 }, queued = { 0 }, refused = { 0 }, again = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_reader_set_deadline (f->reader, 50);
  mdg_fake_reader_ignore_interrupt (f->fake, TRUE);
  mdg_fake_reader_block_transmit (f->fake, 1);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  start (f, 0, NULL, &outcome);
  start (f, 0, NULL, &queued);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  assert_failed (&queued, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  g_assert_error (mdg_reader_get_problem (f->reader), MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  g_assert_false (mdg_reader_get_busy (f->reader));
  start (f, 0, NULL, &refused);
  assert_failed (&refused, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  /* the thread comes back after all: the reader can be used again */
  mdg_fake_reader_release (f->fake);
  mdg_test_wait_for (mdg_reader_get_problem (f->reader) == NULL);
  mdg_reader_set_deadline (f->reader, 5000);
  start (f, 0, NULL, &again);
  mdg_test_wait_for (again.done);
  g_assert_true (again.ok);
}

/* --- the reader goes away --- */

static void
test_removed_during (Fixture *f, gconstpointer data)
{
  Outcome running = { 0 }, queued = { 0 }, late = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_block_transmit (f->fake, 1);
  start (f, 0, NULL, &running);
  start (f, 0, NULL, &queued);
  mdg_fake_reader_wait_blocked (f->fake);
  mdg_reader_driver_remove_reader (MDG_READER_DRIVER (f->bench->driver), "fake-0");
  assert_failed (&queued, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  assert_failed (&running, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  g_assert_false (mdg_reader_get_present (f->reader));
  g_assert_error (mdg_reader_get_problem (f->reader), MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  start (f, 0, NULL, &late);
  assert_failed (&late, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  /* what a driver reports of a reader it took away counts no more */
  mdg_fake_reader_insert (f->fake, NULL);
  mdg_test_settle ();
  g_assert_false (mdg_reader_get_present (f->reader));
}

/* --- hostile answers and drivers --- */

static GBytes *
answer_with_size (MdgFakeReader *self, GBytes *command, gpointer data, GError **error)
{
  gsize size = GPOINTER_TO_SIZE (data);

  return g_bytes_new_take (g_malloc0 (size), size);
}

static GBytes *
answer_nothing (MdgFakeReader *self, GBytes *command, gpointer data, GError **error)
{
  return NULL;
}

static GBytes *
answer_both (MdgFakeReader *self, GBytes *command, gpointer data, GError **error)
{
  g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_MUTE, "both");
  return mdg_test_bytes ("9000");
}

static void
run_once (Fixture *f, MdgFakeTransmitFunc func, gsize data, Outcome *outcome)
{
  *outcome = (Outcome){ 0 };
  mdg_fake_reader_set_callback (f->fake, func, GSIZE_TO_POINTER (data), NULL);
  start (f, 0, NULL, outcome);
  mdg_test_wait_for (outcome->done);
}

static void
test_hostile_answers (Fixture *f, gconstpointer data)
{
  Outcome outcome;

  mdg_fake_bench_insert (f->fake, NULL);
  run_once (f, answer_with_size, 0, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  run_once (f, answer_with_size, 1, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  run_once (f, answer_with_size, 65539, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  run_once (f, answer_with_size, 2, &outcome);
  g_assert_true (outcome.ok);
  run_once (f, answer_with_size, 65538, &outcome);
  g_assert_true (outcome.ok);
  run_once (f, answer_nothing, 0, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_FAILED);
  run_once (f, answer_both, 0, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_MUTE);
  mdg_fake_reader_set_callback (f->fake, NULL, NULL, NULL);
  mdg_fake_reader_fail_connect (f->fake, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
  outcome = (Outcome){ 0 };
  start (f, 0, NULL, &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
}

static gpointer
send_bad_lengths (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) three = mdg_test_bytes ("00A404");
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (65545), 65545);
  g_autoptr (GError) local = NULL;

  g_assert_null (mdg_card_transmit (card, three, MDG_TRANSMIT_NONE, &local));
  g_assert_error (local, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  return mdg_card_transmit (card, huge, MDG_TRANSMIT_NONE, error);
}

static void
test_bad_commands (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_reader_run_async (f->reader, 0, send_bad_lengths, NULL, NULL, NULL, NULL, on_done_cb,
                        &outcome);
  assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  g_assert_cmpuint (mdg_fake_reader_count_transmits (f->fake), ==, 0);
}

/* --- power --- */

typedef struct
{
  MdgTransmitFlags flags;
  gboolean keep;
  gboolean fail;
  const char *disposition;
} Power;

static gpointer
send_with_power (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  const Power *power = data;
  g_autoptr (GBytes) command = mdg_test_bytes ("0020008004 31323334");
  GBytes *answer;

  if (power->keep)
    mdg_card_keep_power (card);
  answer = mdg_card_transmit (card, command, power->flags, error);
  if (power->keep)
    mdg_card_keep_power (card);
  return answer;
}

static void
test_power (Fixture *f, gconstpointer data)
{
  static const Power cases[] = {
    { MDG_TRANSMIT_NONE, FALSE, FALSE, "disconnect power-off\n" },
    { MDG_TRANSMIT_NONE, TRUE, FALSE, "disconnect leave\n" },
    { MDG_TRANSMIT_PERSONAL, TRUE, FALSE, "disconnect leave\n" },
    { MDG_TRANSMIT_NONE, TRUE, TRUE, "disconnect power-off\n" },
    { MDG_TRANSMIT_SECRET, TRUE, FALSE, "disconnect power-off\n" },
    { MDG_TRANSMIT_SECRET | MDG_TRANSMIT_PERSONAL, TRUE, FALSE, "disconnect power-off\n" },
    { MDG_TRANSMIT_SECRET, TRUE, TRUE, "disconnect power-off\n" },
  };

  mdg_fake_bench_insert (f->fake, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Outcome outcome = { 0 };
      g_autofree char *log = NULL;

      mdg_fake_reader_clear_log (f->fake);
      if (cases[i].fail)
        mdg_fake_reader_fail_transmit (f->fake, 0, MDG_READER_ERROR, MDG_READER_ERROR_FAILED);
      else
        mdg_fake_reader_expect (f->fake, "00 20 00 80 04 ** ** ** **", "90 00");
      mdg_reader_run_async (f->reader, 0, send_with_power, (gpointer) &cases[i], NULL,
                            (GDestroyNotify) g_bytes_unref, NULL, on_done_cb, &outcome);
      mdg_test_wait_for (outcome.done);
      g_assert_true (outcome.ok != cases[i].fail);
      g_clear_error (&outcome.error);
      log = mdg_fake_reader_get_log (f->fake);
      g_assert_true (g_str_has_suffix (log, cases[i].disposition));
    }
}

/* --- the card's own view --- */

static gpointer
look_around (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  MdgExchange exchange = { 0 };
  GBytes *answer = send_one (card, NULL, cancellable, error);

  g_assert_true (cancellable == mdg_card_get_cancellable (card));
  g_assert_cmpint (mdg_card_get_deadline (card), >, g_get_monotonic_time ());
  g_assert_cmpuint (g_bytes_get_size (mdg_card_get_atr (card)), ==, 5);
  g_assert_cmpint (mdg_card_get_extended (card), ==, MDG_EXTENDED_UNKNOWN);
  mdg_card_set_extended (card, MDG_EXTENDED_YES);
  g_assert_cmpint (mdg_card_get_extended (card), ==, MDG_EXTENDED_YES);
  g_assert_true (g_thread_self () != data);
  mdg_card_get_exchange (card, &exchange);
  g_assert_cmpuint (exchange.apdus, ==, 1);
  g_assert_cmpuint (exchange.bytes_sent, ==, 5);
  g_assert_cmpuint (exchange.bytes_received, ==, 4);
  return answer;
}

static void
on_extended_cb (MdgReader *reader, GParamSpec *pspec, GThread **thread)
{
  *thread = g_thread_self ();
}

static void
test_card_view (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };
  GThread *notified = NULL;

  g_signal_connect (f->reader, "notify::extended", G_CALLBACK (on_extended_cb), &notified);
  mdg_fake_bench_insert (f->fake, "3B 80 80 01 01");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "6F 00 90 00");
  mdg_reader_run_async (f->reader, mdg_reader_get_card_serial (f->reader), look_around, f->main,
                        NULL, (GDestroyNotify) g_bytes_unref, NULL, on_done_cb, &outcome);
  mdg_test_wait_for (outcome.done && notified != NULL);
  g_assert_no_error (outcome.error);
  g_assert_true (notified == f->main);
  g_assert_cmpint (mdg_reader_get_extended (f->reader), ==, MDG_EXTENDED_YES);
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
test_hand_over (Fixture *f, gconstpointer data)
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
      mdg_reader_run_async (MDG_READER (fake), 0, send_one, f->main, on_freed_cb,
                            (GDestroyNotify) g_bytes_unref, NULL, i % 2 == 0 ? NULL : on_dropped_cb,
                            &done);
      g_object_unref (fake);
      mdg_test_wait_for (where != NULL);
      g_assert_true (where == f->main);
      g_assert_true (done == (i % 2 != 0));
    }
}

/* Results that nobody collects, cancelled runs and failed ones among them. */
static void
test_thousand_runs (Fixture *f, gconstpointer data)
{
  Outcome *outcomes = g_new0 (Outcome, 1000);

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_fake_reader_set_callback (f->fake, answer_with_size, GSIZE_TO_POINTER (2), NULL);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      if (i % 7 == 0)
        mdg_fake_reader_fail_transmit (f->fake, i, MDG_READER_ERROR, MDG_READER_ERROR_RESET);
      start (f, 0, cancellable, &outcomes[i]);
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
test_reports (Fixture *f, gconstpointer data)
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

#define ADD(path, func, data) g_test_add ("/reader/" path, Fixture, data, set_up, func, tear_down)

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
  ADD ("hostile-answers", test_hostile_answers, NULL);
  ADD ("bad-commands", test_bad_commands, NULL);
  ADD ("power", test_power, NULL);
  ADD ("card", test_card_view, NULL);
  ADD ("hand-over", test_hand_over, NULL);
  ADD ("thousand-runs", test_thousand_runs, NULL);
  ADD ("reports", test_reports, NULL);
  return g_test_run ();
}
