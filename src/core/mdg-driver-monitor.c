/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The thread on which a driver's monitor() runs. Promises: a monitor that fails is called again
 * after 1 s, 2 s, … 60 s; three failures in a row without a new reader end it; stopping has a
 * deadline; the driver is never given up on this thread. */
#include "config.h"

#include "mdg-invoke.h"
#include "mdg-reader-driver-private.h"

#define FAILURES_MAX       3
#define DELAY_MAX_FACTOR   60
#define INTERRUPT_AGAIN_US (20 * G_TIME_SPAN_MILLISECOND)
#define LONG_ENOUGH_US     (60 * G_TIME_SPAN_SECOND)

struct _MdgMonitor
{
  gatomicrefcount refs;
  MdgReaderDriver *driver; /* until the thread has ended */
  GCancellable *cancellable;
  guint generation;
  guint delay_ms;
  GThread *thread;
  GMutex lock;
  GCond cond;
  gboolean ended;     /* under the lock */
  gboolean cancelled; /* under the lock: wakes the pause */
};

void
mdg_monitor_unref (MdgMonitor *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

static gboolean
on_drop_driver_cb (gpointer driver)
{
  g_object_unref (driver);
  return G_SOURCE_REMOVE;
}

/* Returns FALSE when it was woken because the driver stops. */
static gboolean
pause_for (MdgMonitor *self, gint64 microseconds)
{
  gint64 until = g_get_monotonic_time () + microseconds;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->cancelled)
    if (!g_cond_wait_until (&self->cond, &self->lock, until))
      break;
  return !self->cancelled;
}

/* Returns FALSE with @error set when the monitor failed; TRUE when there is nothing more to do. */
static gboolean
run_once (MdgMonitor *self, GError **error)
{
  MdgReaderDriverClass *klass = MDG_READER_DRIVER_GET_CLASS (self->driver);
  GError *local = NULL;
  gboolean ok = klass->monitor (self->driver, self->cancellable, &local);

  if (ok || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_error (&local);
      return TRUE;
    }
  if (local == NULL)
    g_set_error (&local, MDG_READER_ERROR, MDG_READER_ERROR_FAILED,
                 "The monitor ended and gave no reason");
  g_propagate_error (error, local);
  return FALSE;
}

static void
run_until_ended (MdgMonitor *self)
{
  guint in_a_row = 0;
  guint factor = 1;

  for (;;)
    {
      guint added = mdg_reader_driver_count_added (self->driver);
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;

      if (run_once (self, &error))
        return;
      if (g_get_monotonic_time () - begin > LONG_ENOUGH_US)
        factor = 1;
      in_a_row = mdg_reader_driver_count_added (self->driver) == added ? in_a_row + 1 : 1;
      if (in_a_row >= FAILURES_MAX)
        {
          mdg_reader_driver_report_failed (self->driver, self->generation, error);
          return;
        }
      mdg_reader_driver_report_problem (self->driver, error);
      if (!pause_for (self, (gint64) factor * self->delay_ms * G_TIME_SPAN_MILLISECOND))
        return;
      factor = MIN (factor * 2, DELAY_MAX_FACTOR);
      mdg_reader_driver_report_problem (self->driver, NULL);
    }
}

static gpointer
monitor_main (gpointer data)
{
  MdgMonitor *self = data;
  g_autoptr (GMainContext) context = mdg_reader_driver_dup_context (self->driver);
  MdgReaderDriver *driver;

  run_until_ended (self);
  g_mutex_lock (&self->lock);
  driver = g_steal_pointer (&self->driver);
  self->ended = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  mdg_invoke_later (context, on_drop_driver_cb, driver, NULL);
  mdg_monitor_unref (self);
  return NULL;
}

MdgMonitor *
mdg_monitor_start (MdgReaderDriver *driver, guint generation, guint delay_ms)
{
  MdgMonitor *self = g_new0 (MdgMonitor, 1);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs); /* the thread's */
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->driver = g_object_ref (driver);
  self->cancellable = g_cancellable_new ();
  self->generation = generation;
  self->delay_ms = delay_ms;
  self->thread = g_thread_new ("mdg-monitor", monitor_main, self);
  return self;
}

gboolean
mdg_monitor_has_ended (MdgMonitor *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->ended;
}

/* Asks the thread to end and waits for it; FALSE when it did not in time and was left alone.
 * interrupt() is called again and again, because a call that comes just before the monitor blocks
 * wakes nothing. */
gboolean
mdg_monitor_stop (MdgMonitor *self, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  gboolean ended;

  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  self->cancelled = TRUE;
  g_cond_broadcast (&self->cond);
  while (!self->ended && g_get_monotonic_time () < until)
    {
      /* the driver stays: the thread gives it up in the context we are blocking */
      MdgReaderDriver *driver = self->driver;
      MdgReaderDriverClass *klass = driver != NULL ? MDG_READER_DRIVER_GET_CLASS (driver) : NULL;

      g_mutex_unlock (&self->lock);
      if (klass != NULL && klass->interrupt != NULL)
        klass->interrupt (driver);
      g_mutex_lock (&self->lock);
      if (!self->ended)
        g_cond_wait_until (&self->cond, &self->lock,
                           MIN (until, g_get_monotonic_time () + INTERRUPT_AGAIN_US));
    }
  ended = self->ended;
  g_mutex_unlock (&self->lock);
  if (ended)
    g_thread_join (g_steal_pointer (&self->thread));
  else
    g_thread_unref (g_steal_pointer (&self->thread));
  return ended;
}
