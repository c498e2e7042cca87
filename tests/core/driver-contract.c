/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver contract: start and stop, cards that come and go without one being lost, cancelling in
 * each state, removal in the middle of a command, and a main thread that is never held up. */
#include "config.h"

#include "driver-contract.h"

#include "mdg-fake-reader.h"

#define STARTS         50
#define INSERTIONS     20
#define MAIN_THREAD_US (5 * G_TIME_SPAN_MILLISECOND)
#define STOP_US        (1 * G_TIME_SPAN_SECOND)

typedef struct
{
  const MdgDriverContract *contract;
  MdgReaderDriver *driver;
  MdgReader *reader;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean ok;
  GError *error;
} Outcome;

static void
call (const Fixture *f, void (*func) (gpointer data))
{
  if (func != NULL)
    func (f->contract->data);
}

static guint
count_readers (const Fixture *f)
{
  return g_list_model_get_n_items (mdg_reader_driver_get_readers (f->driver));
}

static void
start (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_reader_driver_start (f->driver, &error));
  g_assert_no_error (error);
}

static void
take_reader (Fixture *f)
{
  mdg_test_wait_for (mdg_reader_driver_get_ready (f->driver) && count_readers (f) == 1);
  g_clear_object (&f->reader);
  f->reader = g_list_model_get_item (mdg_reader_driver_get_readers (f->driver), 0);
  g_assert_no_error (mdg_reader_driver_get_problem (f->driver));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->contract = data;
  f->driver = f->contract->make (f->contract->data);
  call (f, f->contract->plug);
}

static void
set_up_started (Fixture *f, gconstpointer data)
{
  set_up (f, data);
  start (f);
  take_reader (f);
}

static void
set_up_with_card (Fixture *f, gconstpointer data)
{
  set_up_started (f, data);
  f->contract->insert (f->contract->data);
  mdg_test_wait_for (mdg_reader_get_present (f->reader));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer reader = f->reader, driver = f->driver;

  if (f->reader != NULL)
    {
      if (mdg_reader_get_present (f->reader))
        f->contract->remove (f->contract->data);
      g_object_add_weak_pointer (G_OBJECT (f->reader), &reader);
    }
  mdg_reader_driver_stop (f->driver);
  call (f, f->contract->unplug);
  g_object_add_weak_pointer (G_OBJECT (f->driver), &driver);
  g_clear_object (&f->reader);
  g_clear_object (&f->driver);
  /* nothing may keep a reader or a driver that was stopped */
  mdg_test_wait_for (reader == NULL && driver == NULL);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  g_autoptr (GBytes) answer = mdg_reader_run_finish (MDG_READER (source), result, &outcome->error);

  outcome->ok = answer != NULL;
  outcome->done = TRUE;
  g_assert_true (outcome->ok != (outcome->error != NULL));
}

static gpointer
send_command (MdgCard *card, gpointer hex, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes (hex);

  return mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
}

static void
run (Fixture *f, GCancellable *cancellable, Outcome *outcome)
{
  const char *hex = f->contract->command != NULL ? f->contract->command : "00A4040000";

  *outcome = (Outcome){ 0 };
  mdg_reader_run_async (f->reader, mdg_reader_get_card_serial (f->reader), send_command,
                        (gpointer) hex, NULL, (GDestroyNotify) g_bytes_unref, cancellable,
                        on_done_cb, outcome);
}

static void
assert_works (Fixture *f)
{
  Outcome outcome;

  run (f, NULL, &outcome);
  mdg_test_wait_for (outcome.done);
  g_assert_no_error (outcome.error);
}

static gboolean
can_block (const Fixture *f)
{
  if (f->contract->block != NULL && f->contract->wait_blocked != NULL)
    return TRUE;
  g_test_skip ("this driver's world cannot make a command hang");
  return FALSE;
}

/* The quickest of many is what a call costs by design; a busy machine only makes some slower. */
static void
test_start_stop (Fixture *f, gconstpointer data)
{
  gint64 quickest = G_MAXINT64;

  for (guint i = 0; i < STARTS; i++)
    {
      gint64 begin = g_get_monotonic_time ();

      start (f);
      quickest = MIN (quickest, g_get_monotonic_time () - begin);
      if (i % 3 == 0)
        take_reader (f);
      else if (i % 3 == 1)
        g_main_context_iteration (NULL, FALSE);
      begin = g_get_monotonic_time ();
      mdg_reader_driver_stop (f->driver);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, STOP_US);
      g_assert_cmpuint (count_readers (f), ==, 0);
    }
  g_assert_cmpint (quickest, <, MAIN_THREAD_US);
}

static void
on_present_cb (MdgReader *reader, GParamSpec *pspec, guint *count)
{
  count[mdg_reader_get_present (reader) ? 0 : 1]++;
}

static void
test_cards (Fixture *f, gconstpointer data)
{
  guint serial = mdg_reader_get_card_serial (f->reader);
  guint count[2] = { 0, 0 };
  gulong handler;

  handler = g_signal_connect (f->reader, "notify::present", G_CALLBACK (on_present_cb), count);
  for (guint i = 1; i <= INSERTIONS; i++)
    {
      f->contract->insert (f->contract->data);
      mdg_test_wait_for (mdg_reader_get_present (f->reader));
      g_assert_cmpuint (mdg_reader_get_card_serial (f->reader), ==, serial + i);
      if (i % 5 == 0)
        assert_works (f);
      f->contract->remove (f->contract->data);
      mdg_test_wait_for (!mdg_reader_get_present (f->reader));
    }
  g_assert_cmpuint (count[0], ==, INSERTIONS);
  g_assert_cmpuint (count[1], ==, INSERTIONS);
  g_signal_handler_disconnect (f->reader, handler);
}

/* The card was there before the driver was. */
static void
test_card_at_start (Fixture *f, gconstpointer data)
{
  mdg_reader_driver_stop (f->driver);
  start (f);
  take_reader (f);
  mdg_test_wait_for (mdg_reader_get_present (f->reader));
  assert_works (f);
}

static void
test_replug (Fixture *f, gconstpointer data)
{
  g_autofree char *id = g_strdup (mdg_reader_get_id (f->reader));

  if (f->contract->unplug == NULL || f->contract->plug == NULL)
    {
      g_test_skip ("this driver's world cannot unplug");
      return;
    }
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MdgReader) old = g_object_ref (f->reader);

      f->contract->unplug (f->contract->data);
      mdg_test_wait_for (count_readers (f) == 0);
      g_assert_error (mdg_reader_get_problem (old), MDG_READER_ERROR, MDG_READER_ERROR_GONE);
      f->contract->plug (f->contract->data);
      take_reader (f);
      g_assert_cmpstr (mdg_reader_get_id (f->reader), ==, id);
    }
}

static void
assert_cancelled (Outcome *outcome)
{
  mdg_test_wait_for (outcome->done);
  g_assert_error (outcome->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome->error);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  Outcome outcome, second;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GCancellable) before = g_cancellable_new ();
      g_autoptr (GCancellable) at_once = g_cancellable_new ();
      g_autoptr (GCancellable) queued = g_cancellable_new ();
      g_autoptr (GCancellable) after = g_cancellable_new ();

      g_cancellable_cancel (before);
      run (f, before, &outcome);
      assert_cancelled (&outcome);
      run (f, at_once, &outcome);
      g_cancellable_cancel (at_once);
      assert_cancelled (&outcome);
      run (f, NULL, &outcome);
      run (f, queued, &second);
      g_cancellable_cancel (queued);
      assert_cancelled (&second);
      mdg_test_wait_for (outcome.done);
      g_assert_no_error (outcome.error);
      run (f, after, &outcome);
      mdg_test_wait_for (outcome.done);
      g_assert_no_error (outcome.error);
      g_cancellable_cancel (after);
    }
  assert_works (f);
}

static void
start_blocked (Fixture *f, GCancellable *cancellable, Outcome *outcome)
{
  f->contract->block (f->contract->data);
  run (f, cancellable, outcome);
  f->contract->wait_blocked (f->contract->data);
}

static void
test_cancel_during (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome;

  if (!can_block (f))
    return;
  start_blocked (f, cancellable, &outcome);
  g_cancellable_cancel (cancellable);
  assert_cancelled (&outcome);
  assert_works (f);
}

static void
test_deadline (Fixture *f, gconstpointer data)
{
  Outcome outcome;

  if (!can_block (f))
    return;
  mdg_reader_set_deadline (f->reader, 100);
  start_blocked (f, NULL, &outcome);
  mdg_test_wait_for (outcome.done);
  g_assert_error (outcome.error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  g_clear_error (&outcome.error);
  mdg_test_wait_for (mdg_reader_get_problem (f->reader) == NULL);
  mdg_reader_set_deadline (f->reader, 10000);
  assert_works (f);
}

/* The card goes in the middle: the run ends with an error that says so, the next card works. */
static void
test_remove_during (Fixture *f, gconstpointer data)
{
  Outcome outcome;

  if (!can_block (f))
    return;
  start_blocked (f, NULL, &outcome);
  f->contract->remove (f->contract->data);
  mdg_test_wait_for (outcome.done && !mdg_reader_get_present (f->reader));
  g_assert_false (outcome.ok);
  g_assert_cmpuint (outcome.error->domain, ==, MDG_READER_ERROR);
  g_clear_error (&outcome.error);
  f->contract->insert (f->contract->data);
  mdg_test_wait_for (mdg_reader_get_present (f->reader));
  assert_works (f);
}

static void
test_unplug_during (Fixture *f, gconstpointer data)
{
  Outcome outcome, queued;

  if (f->contract->unplug == NULL || !can_block (f))
    return;
  start_blocked (f, NULL, &outcome);
  run (f, NULL, &queued);
  f->contract->unplug (f->contract->data);
  mdg_test_wait_for (outcome.done && queued.done && count_readers (f) == 0);
  /* the driver's own word for it may come before the reader is known to be gone */
  g_assert_cmpuint (outcome.error->domain, ==, MDG_READER_ERROR);
  g_assert_cmpuint (queued.error->domain, ==, MDG_READER_ERROR);
  g_clear_error (&outcome.error);
  g_clear_error (&queued.error);
  g_assert_false (mdg_reader_get_present (f->reader));
}

static void
test_stop_during (Fixture *f, gconstpointer data)
{
  Outcome outcome;

  if (!can_block (f))
    return;
  start_blocked (f, NULL, &outcome);
  mdg_reader_driver_stop (f->driver);
  mdg_test_wait_for (outcome.done);
  g_assert_error (outcome.error, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  g_clear_error (&outcome.error);
}

/* Two hundred runs; what the main thread does for one is measured, and the quickest quarter of all
 * its turns must be far below what a person would see. */
static gint
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static void
test_main_thread (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) turns = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < 200; i++)
    {
      Outcome outcome;
      gint64 begin = g_get_monotonic_time (), took;

      run (f, NULL, &outcome);
      took = g_get_monotonic_time () - begin;
      g_array_append_val (turns, took);
      while (!outcome.done)
        {
          begin = g_get_monotonic_time ();
          if (g_main_context_iteration (NULL, FALSE))
            {
              took = g_get_monotonic_time () - begin;
              g_array_append_val (turns, took);
            }
        }
      g_assert_no_error (outcome.error);
    }
  g_array_sort (turns, compare_times);
  g_assert_cmpint (g_array_index (turns, gint64, turns->len * 3 / 4), <, MAIN_THREAD_US);
}

static void
add (const MdgDriverContract *contract,
     const char *name,
     void (*prepare) (Fixture *, gconstpointer),
     void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/contract/%s/%s", contract->name, name);

  g_test_add (path, Fixture, contract, prepare, test, tear_down);
}

void
mdg_driver_contract_add_tests (const MdgDriverContract *contract)
{
  add (contract, "start-stop", set_up, test_start_stop);
  add (contract, "cards", set_up_started, test_cards);
  add (contract, "card-at-start", set_up_with_card, test_card_at_start);
  add (contract, "replug", set_up_started, test_replug);
  add (contract, "cancel", set_up_with_card, test_cancel);
  add (contract, "cancel-during", set_up_with_card, test_cancel_during);
  add (contract, "deadline", set_up_with_card, test_deadline);
  add (contract, "remove-during", set_up_with_card, test_remove_during);
  add (contract, "unplug-during", set_up_with_card, test_unplug_during);
  add (contract, "stop-during", set_up_with_card, test_stop_during);
  add (contract, "main-thread", set_up_with_card, test_main_thread);
}
