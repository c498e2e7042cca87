/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The runs of one reader: a queue in the reader's context, of which one run at a time is on the
 * reader's thread. Promises: runs never overlap; each one ends, with its result or one error, by
 * its deadline and a short grace whatever the driver does; nothing a run holds is given up on the
 * reader's thread, so that no driver is ever finalized there. */
#include "config.h"

#include "mdg-reader.h"

#include "mdg-invoke.h"
#include "mdg-reader-private.h"
#include "mdg-worker.h"

/* How long a driver may take to come back after interrupt() before its thread is given up. */
#define GRACE_MS 1000

typedef enum
{
  END_NONE,
  END_CANCELLED,
  END_TIMED_OUT,
  END_GONE
} EndReason;

typedef struct
{
  gatomicrefcount refs;
  MdgReader *reader;
  GTask *task; /* the caller's; NULL once it was answered */
  MdgCardFunc func;
  gpointer func_data;
  GDestroyNotify func_data_free;
  GDestroyNotify result_free;
  guint wanted; /* card serial, or 0 */
  gint64 deadline;
  GCancellable *cancellable; /* our own: what the driver and the function see */
  gulong cancelled_handler;  /* on the caller's */
  GSource *timer;
  gint reason;     /* atomic, EndReason: the first one stays */
  GMutex lock;     /* active */
  gboolean active; /* between connect and disconnect: interrupt() is for this run */
  MdgCard card;
} Run;

struct _MdgRuns
{
  MdgReader *reader; /* unowned: it owns this */
  GQueue waiting;    /* of Run */
  Run *current;
  MdgWorker *worker;
};

static void start_next (MdgRuns *self);

static Run *
ref_run (Run *run)
{
  g_atomic_ref_count_inc (&run->refs);
  return run;
}

/* The last reference is always dropped in the reader's context: see mdg_worker_run_async(). */
static void
unref_run (gpointer data)
{
  Run *run = data;

  if (!g_atomic_ref_count_dec (&run->refs))
    return;
  if (run->func_data_free != NULL && run->func_data != NULL)
    run->func_data_free (run->func_data);
  g_clear_object (&run->task);
  g_clear_object (&run->cancellable);
  g_clear_object (&run->card.recorder);
  g_clear_pointer (&run->card.atr, g_bytes_unref);
  g_mutex_clear (&run->lock);
  g_object_unref (run->reader);
  g_free (run);
}

/* Any thread. */
static void
interrupt_run (Run *run, EndReason reason)
{
  MdgReaderClass *klass = MDG_READER_GET_CLASS (run->reader);
  g_autoptr (GMutexLocker) locker = NULL;

  g_atomic_int_compare_and_exchange (&run->reason, END_NONE, (gint) reason);
  g_cancellable_cancel (run->cancellable);
  locker = g_mutex_locker_new (&run->lock);
  if (run->active && klass->interrupt != NULL)
    klass->interrupt (run->reader);
}

static void
set_active (Run *run, gboolean active)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&run->lock);

  run->active = active;
}

static void
set_reason_error (EndReason reason, GError **error)
{
  switch (reason)
    {
    case END_CANCELLED:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The run was cancelled");
      break;
    case END_TIMED_OUT:
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT,
                           "The run took too long");
      break;
    case END_GONE:
    case END_NONE:
    default:
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE,
                           "The reader is not there any more");
    }
}

/* --- on the reader's thread --- */

static gboolean
check_card (Run *run, GError **error)
{
  guint now = mdg_reader_peek_card (run->reader);

  if (now == 0)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, "There is no card");
      return FALSE;
    }
  if (run->wanted != 0 && run->wanted != now)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_CHANGED, "It is another card now");
      return FALSE;
    }
  run->card.serial = now;
  run->card.atr = mdg_reader_dup_atr (run->reader);
  return TRUE;
}

static gboolean
connect_card (Run *run, GError **error)
{
  MdgReaderClass *klass = MDG_READER_GET_CLASS (run->reader);
  GError *local = NULL;

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error) || !check_card (run, error))
    return FALSE;
  if (klass->connect != NULL && !klass->connect (run->reader, run->cancellable, &local))
    {
      if (local == NULL)
        g_set_error (&local, MDG_READER_ERROR, MDG_READER_ERROR_FAILED,
                     "The driver could not connect and gave no reason");
      g_propagate_error (error, local);
      return FALSE;
    }
  /* a connect that worked is one, whatever was left in its error */
  g_clear_error (&local);
  if (run->card.recorder != NULL)
    mdg_recorder_connect (run->card.recorder, mdg_reader_get_name (run->reader), run->card.atr);
  return TRUE;
}

static void
disconnect_card (Run *run, gboolean well)
{
  MdgReaderClass *klass = MDG_READER_GET_CLASS (run->reader);
  gboolean leave = well && run->card.keep_power && !run->card.secret;

  if (klass->disconnect != NULL)
    klass->disconnect (run->reader, leave ? MDG_DISPOSITION_LEAVE : MDG_DISPOSITION_POWER_OFF);
  if (run->card.recorder != NULL)
    mdg_recorder_disconnect (run->card.recorder, leave ? "leave" : "power-off");
}

static gpointer
run_on_thread (gpointer data, GCancellable *unused, GError **error)
{
  Run *run = data;
  GError *local = NULL;
  gpointer result = NULL;

  set_active (run, TRUE);
  if (connect_card (run, &local))
    {
      result = run->func (&run->card, run->func_data, run->cancellable, &local);
      disconnect_card (run, local == NULL && g_atomic_int_get (&run->reason) == END_NONE);
    }
  set_active (run, FALSE);
  if (local != NULL)
    g_propagate_error (error, local);
  return result;
}

/* --- in the reader's context --- */

static void
stop_timer (Run *run)
{
  if (run->timer == NULL)
    return;
  g_source_destroy (run->timer);
  g_clear_pointer (&run->timer, g_source_unref);
}

/* Takes @error. Answers the caller; what the run holds may live on with a thread that hangs. */
static void
answer_run (Run *run, gpointer result, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&run->task);
  EndReason reason = (EndReason) g_atomic_int_get (&run->reason);

  stop_timer (run);
  if (run->cancelled_handler != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), run->cancelled_handler);
  run->cancelled_handler = 0;
  if (reason != END_NONE)
    {
      g_clear_error (&error);
      set_reason_error (reason, &error);
    }
  if (error != NULL)
    {
      if (result != NULL && run->result_free != NULL)
        run->result_free (result);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, result, run->result_free);
}

static void
update_busy (MdgRuns *self)
{
  mdg_reader_set_busy (self->reader, self->current != NULL || !g_queue_is_empty (&self->waiting));
}

/* Ends every run that waits with a copy of @error. */
static void
fail_waiting (MdgRuns *self, const GError *error)
{
  g_autoptr (MdgReader) hold = g_object_ref (self->reader);
  GQueue failed = self->waiting;
  Run *run;

  g_queue_init (&self->waiting);
  update_busy (self);
  while ((run = g_queue_pop_head (&failed)) != NULL)
    {
      answer_run (run, NULL, g_error_copy (error));
      unref_run (run);
    }
}

static void
on_run_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (MdgReader) reader = g_object_ref (run->reader);
  MdgRuns *self = mdg_reader_get_runs (reader);
  GError *error = NULL;
  gpointer value = mdg_worker_run_finish (MDG_WORKER (source), result, &error);

  if (run->task == NULL)
    {
      g_message ("The reader %s answers again", mdg_reader_get_id (reader));
      if (value != NULL && run->result_free != NULL)
        run->result_free (value);
      g_clear_error (&error);
      mdg_reader_set_broken (reader, NULL);
    }
  else
    {
      self->current = NULL;
      update_busy (self);
      answer_run (run, value, error);
      start_next (self);
    }
  unref_run (run);
}

static gboolean
on_grace_over_cb (gpointer data)
{
  Run *run = data;
  g_autoptr (MdgReader) reader = g_object_ref (run->reader);
  MdgRuns *self = mdg_reader_get_runs (reader);
  g_autoptr (GError) error = g_error_new (MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT,
                                          "The reader does not answer any more");

  g_message ("The driver of the reader %s does not come back; its thread is given up",
             mdg_reader_get_id (reader));
  self->current = NULL;
  g_clear_object (&self->worker);
  mdg_reader_set_broken (reader, error);
  update_busy (self);
  answer_run (run, NULL, NULL);
  fail_waiting (self, error);
  return G_SOURCE_REMOVE;
}

static void
start_timer (Run *run, guint milliseconds, GSourceFunc func)
{
  g_autoptr (GMainContext) context = mdg_reader_dup_context (run->reader);

  stop_timer (run);
  run->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (run->timer, func, ref_run (run), unref_run);
  g_source_attach (run->timer, context);
}

static gboolean
on_deadline_cb (gpointer data)
{
  Run *run = data;

  interrupt_run (run, END_TIMED_OUT);
  start_timer (run, GRACE_MS, on_grace_over_cb);
  return G_SOURCE_REMOVE;
}

static void
start_next (MdgRuns *self)
{
  guint milliseconds = mdg_reader_get_deadline (self->reader);
  Run *run;

  if (self->current != NULL || g_queue_is_empty (&self->waiting))
    return;
  run = g_queue_pop_head (&self->waiting);
  self->current = run;
  run->deadline = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  run->card = (MdgCard){ .reader = run->reader,
                         .cancellable = run->cancellable,
                         .recorder = mdg_reader_dup_recorder (run->reader),
                         .deadline = run->deadline };
  start_timer (run, milliseconds, on_deadline_cb);
  if (self->worker == NULL)
    self->worker = mdg_worker_new ("mdg-reader");
  mdg_worker_run_async (self->worker, run_on_thread, ref_run (run), unref_run, run->result_free,
                        NULL, on_run_done_cb, run);
}

static gboolean
on_cancelled_in_context_cb (gpointer data)
{
  Run *run = data;
  MdgRuns *self = mdg_reader_get_runs (run->reader);

  if (g_queue_remove (&self->waiting, run))
    {
      update_busy (self);
      answer_run (run, NULL, NULL);
      unref_run (run);
    }
  return G_SOURCE_REMOVE;
}

/* Any thread: whichever cancels. */
static void
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GMainContext) context = mdg_reader_dup_context (run->reader);

  interrupt_run (run, END_CANCELLED);
  mdg_invoke_later (context, on_cancelled_in_context_cb, ref_run (run), unref_run);
}

MdgRuns *
mdg_runs_new (MdgReader *reader)
{
  MdgRuns *self = g_new0 (MdgRuns, 1);

  self->reader = reader;
  g_queue_init (&self->waiting);
  return self;
}

/* Every run holds the reader, so there is none any more when the reader goes. */
void
mdg_runs_free (MdgRuns *self)
{
  g_assert (self->current == NULL && g_queue_is_empty (&self->waiting));
  g_clear_object (&self->worker);
  g_free (self);
}

/* The reader is gone: nobody shall wait for it. */
void
mdg_runs_end_all (MdgRuns *self)
{
  g_autoptr (GError) error = NULL;

  set_reason_error (END_GONE, &error);
  if (self->current != NULL)
    interrupt_run (self->current, END_GONE);
  fail_waiting (self, error);
}

/**
 * mdg_reader_run_async:
 * @self: a reader
 * @card_serial: the insertion this is meant for, from mdg_reader_get_card_serial(), or 0 for
 *   whichever card is there
 * @func: (scope async) (closure func_data): the work; called at most once, on the reader's own
 *   thread
 * @func_data: (nullable): data for @func
 * @func_data_free: (nullable): frees @func_data, in the reader's context, when @func can no longer
 *   be running
 * @result_free: (nullable): frees a result nobody collects, in the reader's context
 * @cancellable: (nullable): cancelling also calls the driver's `interrupt`
 * @callback: (scope async): called when the run has ended
 * @user_data: data for @callback
 *
 * Connects to the card, runs @func while nothing else talks to that card, and disconnects: the card
 * is powered off unless @func called mdg_card_keep_power(), ended without error and sent no secret.
 * Runs on one reader queue up and never overlap.
 *
 * A run may take as long as mdg_reader_set_deadline() says, from when its turn has come. After that
 * it is cancelled and interrupted; if the driver has not come back one second later its thread is
 * given up, the run ends all the same, and the reader has a problem until the thread returns.
 *
 * People are slow: never wait for one inside @func. Ask for the PIN between two runs, and give the
 * second run the same @card_serial so that a swapped card is refused and not asked for a PIN.
 *
 * Thread: the reader's own context; @callback runs there.
 *
 * Errors: %MDG_READER_ERROR_NO_CARD, %MDG_READER_ERROR_CHANGED (another card),
 * %MDG_READER_ERROR_GONE (unplugged), %MDG_READER_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED, what the
 * driver's connect() says, or whatever @func set.
 */
void
mdg_reader_run_async (MdgReader *self,
                      guint card_serial,
                      MdgCardFunc func,
                      gpointer func_data,
                      GDestroyNotify func_data_free,
                      GDestroyNotify result_free,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  MdgRuns *runs;
  Run *run;

  g_return_if_fail (MDG_IS_READER (self));
  g_return_if_fail (func != NULL);

  runs = mdg_reader_get_runs (self);
  run = g_new0 (Run, 1);
  g_atomic_ref_count_init (&run->refs);
  g_mutex_init (&run->lock);
  run->reader = g_object_ref (self);
  run->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (run->task, mdg_reader_run_async);
  run->func = func;
  run->func_data = func_data;
  run->func_data_free = func_data_free;
  run->result_free = result_free;
  run->wanted = card_serial;
  run->cancellable = g_cancellable_new ();

  if (mdg_reader_is_gone (self))
    run->reason = END_GONE;
  else if (g_cancellable_is_cancelled (cancellable))
    run->reason = END_CANCELLED;
  if (run->reason != END_NONE || mdg_reader_get_broken (self) != NULL)
    {
      answer_run (run, NULL,
                  run->reason == END_NONE ? g_error_copy (mdg_reader_get_broken (self)) : NULL);
      unref_run (run);
      return;
    }
  g_queue_push_tail (&runs->waiting, run);
  update_busy (runs);
  if (cancellable != NULL)
    run->cancelled_handler =
        g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), ref_run (run), unref_run);
  start_next (runs);
}

/**
 * mdg_reader_run_finish:
 * @self: a reader
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Collects what the run's function returned.
 *
 * Thread: the reader's own context.
 *
 * Errors: as mdg_reader_run_async().
 *
 * Returns: (transfer full) (nullable): the result
 */
gpointer
mdg_reader_run_finish (MdgReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
