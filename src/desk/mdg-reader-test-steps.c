/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The steps of the reader test, one after the other, each of one or more runs on the reader.
 * Promises: it ends within its deadline, and two seconds for a run to come back, whatever the
 * reader does; what a listener does when it is told, cancelling included, is looked at before
 * anything else is begun. */
#include "config.h"

#include "mdg-reader-test-private.h"

#include <openssl/crypto.h>

#include "mdg-card-error.h"

/* for a run to come back when it was interrupted */
#define GIVE_UP_MS 2000
/* so many failures are a result: the rest need not be waited for */
#define FAILURES_MAX 3
/* one look at the card, one read with extended length, and the reads of the last two steps */
#define RUNS_IN_ALL (2 + MDG_READER_TEST_SPEED_READS + MDG_READER_TEST_STABILITY_READS)

/* One run under way. */
typedef struct
{
  MdgReaderTest *test;
  MdgReaderTestJob *job;
} Errand;

static void begin_step (MdgReaderTest *self, MdgReaderTestStep step);

/* --- telling --- */

static void
set_step (MdgReaderTest *self, MdgReaderTestStep step, MdgReaderTestOutcome outcome)
{
  self->outcomes[step] = outcome;
  g_free (self->words[step]);
  self->words[step] = mdg_reader_test_describe (self, step);
  g_signal_emit_by_name (self, "step-changed", (int) step);
}

static void
set_outcome (MdgReaderTest *self, MdgReaderTestOutcome outcome)
{
  if (self->outcome == outcome)
    return;
  self->outcome = outcome;
  g_object_notify (G_OBJECT (self), "outcome");
}

/* Whoever was told may have stopped it. */
static gboolean
is_live (MdgReaderTest *self)
{
  return self->running && self->stop == MDG_READER_TEST_STOP_NONE;
}

static void
set_progress (MdgReaderTest *self, double progress)
{
  self->progress = CLAMP (progress, 0, 1);
  g_object_notify (G_OBJECT (self), "progress");
}

/**
 * mdg_reader_test_stop_waiting:
 * @self: a test
 *
 * Forgets the reader's signals and the time for the card.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_test_stop_waiting (MdgReaderTest *self)
{
  g_clear_handle_id (&self->card_id, g_source_remove);
  g_clear_signal_handler (&self->present_handler, self->reader);
  g_clear_signal_handler (&self->problem_handler, self->reader);
}

/* --- ending --- */

static void
end_test (MdgReaderTest *self, MdgReaderTestOutcome outcome)
{
  mdg_reader_test_stop_waiting (self);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_handle_id (&self->give_up_id, g_source_remove);
  OPENSSL_cleanse (self->digest, sizeof self->digest);
  self->has_digest = FALSE;
  self->running = FALSE;
  set_outcome (self, outcome);
  g_object_notify (G_OBJECT (self), "running");
}

static MdgReaderTestOutcome
find_worst (MdgReaderTest *self)
{
  MdgReaderTestOutcome worst = MDG_READER_TEST_GOOD;

  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    worst = MAX (worst, self->outcomes[i]);
  return worst;
}

static void
end_with_error (MdgReaderTest *self, const GError *error)
{
  g_debug ("reader test, step %u: %s", self->step, error->message);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  self->problem = mdg_problem_new (error);
  set_step (self, self->step, MDG_READER_TEST_BAD);
  end_test (self, MDG_READER_TEST_BAD);
}

static void
end_with_code (MdgReaderTest *self, MdgReaderError code)
{
  g_autoptr (GError) error = g_error_new (MDG_READER_ERROR, (int) code, "the test ended");

  end_with_error (self, error);
}

/* A phone shows nothing more than this before the PIN (reference/card.md 1.14). */
static void
end_with_phone (MdgReaderTest *self)
{
  self->phone = TRUE;
  set_step (self, MDG_READER_TEST_CARD, MDG_READER_TEST_GOOD);
  set_step (self, MDG_READER_TEST_EXTENDED, MDG_READER_TEST_FAIR);
  if (is_live (self))
    end_test (self, MDG_READER_TEST_FAIR);
}

static void
end_all (MdgReaderTest *self)
{
  set_progress (self, 1);
  if (is_live (self))
    end_test (self, find_worst (self));
}

/* Cancelled, or out of time: once no run is under way any more. */
static void
end_stopped (MdgReaderTest *self)
{
  if (self->stop == MDG_READER_TEST_STOP_CANCELLED)
    {
      set_step (self, self->step, MDG_READER_TEST_WAITING);
      end_test (self, MDG_READER_TEST_WAITING);
    }
  else if (self->step == MDG_READER_TEST_STABILITY &&
           self->n_times >= MDG_READER_TEST_ENOUGH_READS && self->failures <= 1)
    {
      set_step (self, self->step, MDG_READER_TEST_FAIR);
      end_test (self, find_worst (self));
    }
  else
    end_with_code (self,
                   self->card_serial == 0 ? MDG_READER_ERROR_NO_CARD : MDG_READER_ERROR_TIMED_OUT);
}

/* --- going on --- */

static void
go_on (MdgReaderTest *self, MdgReaderTestOutcome outcome)
{
  set_step (self, self->step, outcome);
  if (!is_live (self))
    return;
  if (self->step + 1 < MDG_READER_TEST_N_STEPS)
    begin_step (self, self->step + 1);
  else
    end_all (self);
}

/* What was read before, in as few commands: where an answer is damaged the certificate is asked for
 * again in short pieces, which is well for a patient and a failure of the reader. */
static gboolean
is_same (MdgReaderTest *self, const MdgReaderTestJob *job)
{
  if (self->has_digest)
    return self->size == job->size && job->apdus <= self->apdus &&
           CRYPTO_memcmp (self->digest, job->digest, sizeof self->digest) == 0;
  for (gsize i = 0; i < sizeof self->digest; i++)
    self->digest[i] = job->digest[i];
  self->size = job->size;
  self->apdus = job->apdus;
  self->has_digest = TRUE;
  return TRUE;
}

static void on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
start_run (MdgReaderTest *self, MdgReaderTestTask task)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->test = g_object_ref (self);
  errand->job = mdg_reader_test_job_new (task);
  self->run_under_way = TRUE;
  mdg_reader_run_async (self->reader, self->card_serial, mdg_reader_test_job_run,
                        mdg_reader_test_job_ref (errand->job),
                        (GDestroyNotify) mdg_reader_test_job_unref, NULL, self->cancellable,
                        on_run_cb, errand);
}

/* One read of the last two steps is over. */
static void
count_read (MdgReaderTest *self, gboolean good, gint64 microseconds)
{
  gboolean speed = self->step == MDG_READER_TEST_SPEED;
  guint wanted = speed ? MDG_READER_TEST_SPEED_READS : MDG_READER_TEST_STABILITY_READS;

  self->reads++;
  if (good)
    self->times[self->n_times++] = microseconds;
  else
    self->failures++;
  if (self->failures >= FAILURES_MAX)
    go_on (self, MDG_READER_TEST_BAD);
  else if (self->reads < wanted)
    {
      set_step (self, self->step, MDG_READER_TEST_RUNNING);
      if (is_live (self))
        start_run (self, MDG_READER_TEST_TASK_READ);
    }
  else if (speed)
    {
      self->speed_us = mdg_reader_test_get_median (self);
      go_on (self, self->speed_us > self->slow_us ? MDG_READER_TEST_FAIR : MDG_READER_TEST_GOOD);
    }
  else
    go_on (self, self->failures == 0   ? MDG_READER_TEST_GOOD
                 : self->failures == 1 ? MDG_READER_TEST_FAIR
                                       : MDG_READER_TEST_BAD);
}

static void
take_result (MdgReaderTest *self, const MdgReaderTestJob *job)
{
  gboolean same = self->step == MDG_READER_TEST_CARD || is_same (self, job);

  self->runs++;
  set_progress (self, (double) self->runs / RUNS_IN_ALL);
  if (!is_live (self))
    return;
  switch (self->step)
    {
    case MDG_READER_TEST_CARD:
      go_on (self, MDG_READER_TEST_GOOD);
      break;
    case MDG_READER_TEST_EXTENDED:
      self->extended = job->extended;
      self->extended_before = job->before;
      go_on (self, job->extended == MDG_EXTENDED_YES ? MDG_READER_TEST_GOOD : MDG_READER_TEST_FAIR);
      break;
    case MDG_READER_TEST_SPEED:
      if (same)
        count_read (self, TRUE, job->microseconds);
      else
        end_with_code (self, MDG_READER_ERROR_PROTOCOL);
      break;
    case MDG_READER_TEST_STABILITY:
      count_read (self, same, job->microseconds);
      break;
    case MDG_READER_TEST_CONNECT:
    case MDG_READER_TEST_N_STEPS:
    default:
      g_warn_if_reached ();
    }
}

/* Errors that are no failed read but the end: card or reader away, or in other hands. */
static gboolean
ends_test (const GError *error)
{
  static const MdgReaderError codes[] = { MDG_READER_ERROR_NO_CARD,    MDG_READER_ERROR_CHANGED,
                                          MDG_READER_ERROR_GONE,       MDG_READER_ERROR_IN_USE,
                                          MDG_READER_ERROR_NO_SERVICE, MDG_READER_ERROR_NO_ACCESS };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, MDG_READER_ERROR, (int) codes[i]))
      return TRUE;
  return FALSE;
}

static void
take_failure (MdgReaderTest *self, const GError *error)
{
  if (self->step == MDG_READER_TEST_EXTENDED &&
      g_error_matches (error, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED))
    end_with_phone (self);
  else if (self->step == MDG_READER_TEST_STABILITY && !ends_test (error))
    {
      g_debug ("reader test, read %u: %s", self->reads + 1, error->message);
      self->runs++;
      set_progress (self, (double) self->runs / RUNS_IN_ALL);
      if (is_live (self))
        count_read (self, FALSE, 0);
    }
  else
    end_with_error (self, error);
}

static void
begin_reads (MdgReaderTest *self)
{
  self->reads = 0;
  self->failures = 0;
  self->n_times = 0;
  start_run (self, MDG_READER_TEST_TASK_READ);
}

static void
look_at_card (MdgReaderTest *self)
{
  mdg_reader_test_stop_waiting (self);
  self->card_serial = mdg_reader_get_card_serial (self->reader);
  set_step (self, MDG_READER_TEST_CARD, MDG_READER_TEST_RUNNING);
  if (is_live (self))
    start_run (self, MDG_READER_TEST_TASK_SELECT);
}

static void
begin_step (MdgReaderTest *self, MdgReaderTestStep step)
{
  const GError *problem = mdg_reader_get_problem (self->reader);

  self->step = step;
  set_step (self, step, MDG_READER_TEST_RUNNING);
  if (!is_live (self))
    return;
  switch (step)
    {
    case MDG_READER_TEST_CONNECT:
      if (problem != NULL)
        end_with_error (self, problem);
      else
        go_on (self, MDG_READER_TEST_GOOD);
      break;
    case MDG_READER_TEST_CARD:
      if (mdg_reader_get_present (self->reader))
        look_at_card (self);
      break;
    case MDG_READER_TEST_EXTENDED:
      start_run (self, MDG_READER_TEST_TASK_PROBE);
      break;
    case MDG_READER_TEST_SPEED:
    case MDG_READER_TEST_STABILITY:
      begin_reads (self);
      break;
    case MDG_READER_TEST_N_STEPS:
    default:
      g_warn_if_reached ();
    }
}

/* --- callbacks --- */

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (MdgReaderTest) self = errand->test;
  g_autoptr (GError) error = NULL;
  gpointer done = mdg_reader_run_finish (MDG_READER (source), result, &error);

  self->run_under_way = FALSE;
  if (self->running && self->stop != MDG_READER_TEST_STOP_NONE)
    end_stopped (self);
  else if (!self->running)
    g_debug ("a run of a reader test came back after it was given up");
  else if (done != NULL)
    take_result (self, errand->job);
  else
    take_failure (self, error);
  mdg_reader_test_job_unref (errand->job);
  g_free (errand);
}

static void
on_present_cb (MdgReaderTest *self)
{
  if (mdg_reader_get_present (self->reader))
    look_at_card (self);
}

static void
on_problem_cb (MdgReaderTest *self)
{
  const GError *problem = mdg_reader_get_problem (self->reader);

  if (problem != NULL)
    end_with_error (self, problem);
}

static gboolean
on_no_card_cb (gpointer user_data)
{
  MdgReaderTest *self = user_data;

  self->card_id = 0;
  end_with_code (self, MDG_READER_ERROR_NO_CARD);
  return G_SOURCE_REMOVE;
}

/* The driver does not come back. The reader goes on with nobody before it does: what is asked of it
 * next waits for its turn. */
static gboolean
on_give_up_cb (gpointer user_data)
{
  MdgReaderTest *self = user_data;

  self->give_up_id = 0;
  end_stopped (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  MdgReaderTest *self = user_data;

  self->deadline_id = 0;
  mdg_reader_test_stop (self, MDG_READER_TEST_STOP_DEADLINE);
  return G_SOURCE_REMOVE;
}

/**
 * mdg_reader_test_stop:
 * @self: a test
 * @stop: why
 *
 * Ends a running test; where a run is under way, once it has been interrupted and has come back, or
 * two seconds later.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_test_stop (MdgReaderTest *self, MdgReaderTestStop stop)
{
  if (!is_live (self))
    return;
  self->stop = stop;
  mdg_reader_test_stop_waiting (self);
  if (!self->run_under_way)
    {
      end_stopped (self);
      return;
    }
  self->give_up_id = g_timeout_add (GIVE_UP_MS, on_give_up_cb, self);
  g_cancellable_cancel (self->cancellable);
}

/**
 * mdg_reader_test_begin:
 * @self: a test that was started
 * @card_seconds: how long a card is waited for
 *
 * The first step, and whatever follows from it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_test_begin (MdgReaderTest *self, guint card_seconds)
{
  self->running = TRUE;
  self->when = g_date_time_new_now_local ();
  self->deadline_id = g_timeout_add (self->deadline_ms, on_deadline_cb, self);
  self->card_id = g_timeout_add_seconds (card_seconds, on_no_card_cb, self);
  self->present_handler =
      g_signal_connect_swapped (self->reader, "notify::present", G_CALLBACK (on_present_cb), self);
  self->problem_handler =
      g_signal_connect_swapped (self->reader, "notify::problem", G_CALLBACK (on_problem_cb), self);
  set_outcome (self, MDG_READER_TEST_RUNNING);
  g_object_notify (G_OBJECT (self), "running");
  if (is_live (self))
    begin_step (self, MDG_READER_TEST_CONNECT);
}
