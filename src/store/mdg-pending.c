/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A counter of jobs between the thread that queues them and the worker that does them. It is the
 * one thing that both touch, and waiting for it needs no main loop: a program that ends runs none
 * any more. */
#include "config.h"

#include "mdg-pending.h"

struct _MdgPending
{
  GMutex mutex;
  GCond changed;
  guint waiting;  /* queued and not over */
  guint failures; /* over and not good, since somebody waited */
};

static void
clear_pending (gpointer data)
{
  MdgPending *self = data;

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

/**
 * mdg_pending_new:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a counter at zero
 */
MdgPending *
mdg_pending_new (void)
{
  MdgPending *self = g_atomic_rc_box_new0 (MdgPending);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  return self;
}

/**
 * mdg_pending_ref:
 * @self: a counter
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgPending *
mdg_pending_ref (MdgPending *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_pending_unref:
 * @self: (transfer full): a counter
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_pending_unref (MdgPending *self)
{
  g_atomic_rc_box_release_full (self, clear_pending);
}

/**
 * mdg_pending_begin:
 * @self: a counter
 *
 * To be called before the job is queued; each one needs its mdg_pending_end().
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_pending_begin (MdgPending *self)
{
  g_mutex_lock (&self->mutex);
  self->waiting++;
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_pending_end:
 * @self: a counter
 * @good: whether the job is on the disk
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_pending_end (MdgPending *self, gboolean good)
{
  g_mutex_lock (&self->mutex);
  self->waiting--;
  if (!good)
    self->failures++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_pending_wait:
 * @self: a counter
 * @milliseconds: the most to wait
 *
 * Thread: any but the worker's; blocking, at most @milliseconds.
 * Errors: none.
 *
 * Returns: whether nothing waits any more and nothing failed since the last time this was asked
 */
gboolean
mdg_pending_wait (MdgPending *self, guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  gboolean good;

  g_mutex_lock (&self->mutex);
  while (self->waiting > 0 && g_cond_wait_until (&self->changed, &self->mutex, end))
    ;
  good = self->waiting == 0 && self->failures == 0;
  self->failures = 0;
  g_mutex_unlock (&self->mutex);
  return good;
}
