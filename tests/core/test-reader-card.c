/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a run's function can do with its card: answers that cannot be, power, counting. */
#include "config.h"

#include "reader-fixture.h"

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
run_once (ReaderFixture *f, MdgFakeTransmitFunc func, gsize data, RunOutcome *outcome)
{
  *outcome = (RunOutcome){ 0 };
  mdg_fake_reader_set_callback (f->fake, func, GSIZE_TO_POINTER (data), NULL);
  reader_fixture_start (f, 0, NULL, outcome);
  mdg_test_wait_for (outcome->done);
}

static void
test_hostile_answers (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome;

  mdg_fake_bench_insert (f->fake, NULL);
  run_once (f, answer_with_size, 0, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  run_once (f, answer_with_size, 1, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  run_once (f, answer_with_size, 65539, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
  run_once (f, answer_with_size, 2, &outcome);
  g_assert_true (outcome.ok);
  run_once (f, answer_with_size, 65538, &outcome);
  g_assert_true (outcome.ok);
  run_once (f, answer_nothing, 0, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_FAILED);
  run_once (f, answer_both, 0, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_MUTE);
  mdg_fake_reader_set_callback (f->fake, NULL, NULL, NULL);
  mdg_fake_reader_fail_connect (f->fake, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
  outcome = (RunOutcome){ 0 };
  reader_fixture_start (f, 0, NULL, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
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
test_bad_commands (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 };

  mdg_fake_bench_insert (f->fake, NULL);
  mdg_reader_run_async (f->reader, 0, send_bad_lengths, NULL, NULL, NULL, NULL,
                        reader_fixture_on_done_cb, &outcome);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL);
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
test_power (ReaderFixture *f, gconstpointer data)
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
      RunOutcome outcome = { 0 };
      g_autofree char *log = NULL;

      mdg_fake_reader_clear_log (f->fake);
      if (cases[i].fail)
        mdg_fake_reader_fail_transmit (f->fake, 0, MDG_READER_ERROR, MDG_READER_ERROR_FAILED);
      else
        mdg_fake_reader_expect (f->fake, "00 20 00 80 04 ** ** ** **", "90 00");
      mdg_reader_run_async (f->reader, 0, send_with_power, (gpointer) &cases[i], NULL,
                            (GDestroyNotify) g_bytes_unref, NULL, reader_fixture_on_done_cb,
                            &outcome);
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
  GBytes *answer = reader_fixture_send_one (card, NULL, cancellable, error);

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
test_card_view (ReaderFixture *f, gconstpointer data)
{
  RunOutcome outcome = { 0 };
  GThread *notified = NULL;

  g_signal_connect (f->reader, "notify::extended", G_CALLBACK (on_extended_cb), &notified);
  mdg_fake_bench_insert (f->fake, "3B 80 80 01 01");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "6F 00 90 00");
  mdg_reader_run_async (f->reader, mdg_reader_get_card_serial (f->reader), look_around, f->main,
                        NULL, (GDestroyNotify) g_bytes_unref, NULL, reader_fixture_on_done_cb,
                        &outcome);
  mdg_test_wait_for (outcome.done && notified != NULL);
  g_assert_no_error (outcome.error);
  g_assert_true (notified == f->main);
  g_assert_cmpint (mdg_reader_get_extended (f->reader), ==, MDG_EXTENDED_YES);
}

/* --- another card --- */

typedef struct
{
  MdgFakeReader *fake;
  GMutex lock;
  GCond cond;
  gboolean over;
} Swap;

/* The card is changed between two commands while the reader's context has no time to hear of it. */
static gpointer
send_around_swap (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  Swap *swap = data;
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");
  g_autoptr (GBytes) first = mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
  GBytes *second = NULL;

  mdg_fake_reader_remove (swap->fake);
  mdg_fake_reader_insert (swap->fake, NULL);
  if (first != NULL)
    second = mdg_card_transmit (card, command, MDG_TRANSMIT_SECRET, error);
  g_mutex_lock (&swap->lock);
  swap->over = TRUE;
  g_cond_signal (&swap->cond);
  g_mutex_unlock (&swap->lock);
  return second;
}

static void
test_swap_unheard (ReaderFixture *f, gconstpointer data)
{
  Swap swap = { .fake = f->fake };
  RunOutcome outcome = { 0 };
  guint serial;

  mdg_fake_bench_insert (f->fake, NULL);
  serial = mdg_reader_get_card_serial (f->reader);
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_fake_reader_expect (f->fake, "00 A4 04 00 00", "90 00");
  mdg_reader_run_async (f->reader, serial, send_around_swap, &swap, NULL,
                        (GDestroyNotify) g_bytes_unref, NULL, reader_fixture_on_done_cb, &outcome);
  g_mutex_lock (&swap.lock);
  while (!swap.over)
    g_cond_wait (&swap.cond, &swap.lock);
  g_mutex_unlock (&swap.lock);
  reader_fixture_assert_failed (&outcome, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
  g_assert_cmpuint (mdg_fake_reader_count_transmits (f->fake), ==, 1);

  /* what was reported has its effect all the same, and the new card can be used */
  mdg_test_wait_for (mdg_reader_get_card_serial (f->reader) == serial + 1);
  g_assert_true (mdg_reader_get_present (f->reader));
  outcome = (RunOutcome){ 0 };
  reader_fixture_start (f, serial + 1, NULL, &outcome);
  mdg_test_wait_for (outcome.done);
  g_assert_true (outcome.ok);
}

#define ADD(path, func, data)                                                                      \
  g_test_add ("/card/" path, ReaderFixture, data, reader_fixture_set_up, func,                     \
              reader_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hostile-answers", test_hostile_answers, NULL);
  ADD ("bad-commands", test_bad_commands, NULL);
  ADD ("power", test_power, NULL);
  ADD ("view", test_card_view, NULL);
  ADD ("swap-unheard", test_swap_unheard, NULL);
  return g_test_run ();
}
