/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A lane: one connection to one reader, on a thread that can be left behind.
 *
 * PC/SC cannot cancel SCardTransmit, and in pcsc-lite SCardConnect and SCardBeginTransaction wait
 * for ever while another program holds a transaction (they ask again every 100 ms inside the
 * library). So these calls are made on the lane's own thread, and who called waits for it no longer
 * than allowed. A lane that was left behind is abandoned: when its call returns at last, it gives
 * the card back, powered off if anything was sent to it, and ends. The way there and back costs two
 * thread switches a call, some ten microseconds. */
#include "config.h"

#include "mdg-pcsc-lane.h"

#include "mdg-pcsc-connection.h"
#include "mdg-worker.h"

#define RETRY_MS      100   /* between two tries when another program has the card */
#define MUTE_TRIES    2     /* more */
#define IN_USE_MS     2000  /* how long another program is waited for */
#define CONNECT_MS    10000 /* power-up of a slow card, three voltages */
#define TRANSMIT_MS   60000 /* a last net: runs have a deadline of their own */
#define DISCONNECT_MS 3000

typedef enum
{
  OP_NONE,
  OP_CONNECT,
  OP_TRANSMIT,
  OP_DISCONNECT
} Op;

struct _MdgPcscLane
{
  gatomicrefcount references;
  char *reader;

  GMutex lock; /* all until the next remark */
  GCond work;  /* for the lane's thread */
  GCond done;  /* for who waits for it */
  Op op;
  gboolean finished;
  gboolean abandoned;
  gboolean closing;
  gboolean ended;
  gint64 until;        /* the call is given up then, monotonic */
  MdgReaderError late; /* what it then was */
  gboolean in_doubt;   /* whether the card is slow or another program has it */
  gboolean tell;
  MdgPcscDisposition disposition;
  MdgPcscTold told;
  GBytes *command;
  GBytes *answer;
  MdgPcscCode code;
  const char *step;

  MdgPcscConnection *connection; /* the lane's thread alone */
};

static void
enter_phase (MdgPcscLane *self, guint milliseconds, MdgReaderError late)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->until = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  self->late = late;
  self->in_doubt = late == MDG_READER_ERROR_MUTE;
  g_cond_broadcast (&self->done);
}

/* Waits between two tries; FALSE when nobody waits for the lane any more. */
static gboolean
pause_lane (MdgPcscLane *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 end = g_get_monotonic_time () + RETRY_MS * 1000;

  while (!self->abandoned && g_cond_wait_until (&self->work, &self->lock, end))
    ;
  return !self->abandoned;
}

static MdgPcscCode
take_card (MdgPcscLane *self)
{
  MdgPcscCode code = mdg_pcsc_connection_open (self->connection, &self->step);

  /* pcscd refuses a user by closing the line, so that pcsc-lite takes a daemon that dies for one
   * that says no: a second look tells them apart */
  if (code == MDG_PCSC_W_SECURITY_VIOLATION && pause_lane (self))
    code = mdg_pcsc_connection_open (self->connection, &self->step);
  if (code != MDG_PCSC_OK)
    return code;
  enter_phase (self, IN_USE_MS, MDG_READER_ERROR_IN_USE);
  return mdg_pcsc_connection_begin (self->connection, &self->step);
}

static MdgPcscCode
run_connect (MdgPcscLane *self)
{
  gint64 end = g_get_monotonic_time () + IN_USE_MS * 1000;
  guint mute = 0;
  MdgPcscCode code;

  for (;;)
    {
      enter_phase (self, IN_USE_MS, MDG_READER_ERROR_MUTE);
      code = take_card (self);
      if (code == MDG_PCSC_E_SHARING_VIOLATION && g_get_monotonic_time () < end)
        ;
      /* a card that is only just being laid down does not always answer at once */
      else if (code == MDG_PCSC_OK || mdg_pcsc_code_to_error (code) != MDG_READER_ERROR_MUTE ||
               mute++ == MUTE_TRIES)
        break;
      if (!pause_lane (self))
        break;
    }
  if (code == MDG_PCSC_OK && self->tell)
    mdg_pcsc_connection_ask (self->connection, &self->told);
  return code;
}

static MdgPcscCode
run_op (MdgPcscLane *self, Op op)
{
  switch (op)
    {
    case OP_CONNECT:
      return run_connect (self);
    case OP_TRANSMIT:
      return mdg_pcsc_connection_transmit (self->connection, self->command, &self->answer,
                                           &self->step);
    case OP_DISCONNECT:
      return mdg_pcsc_connection_close (self->connection, self->disposition, &self->step);
    case OP_NONE:
    default:
      g_return_val_if_reached (MDG_PCSC_E_INVALID_HANDLE);
    }
}

static gpointer
run_lane (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgPcscLane *self = data;

  g_mutex_lock (&self->lock);
  while (!self->abandoned)
    {
      MdgPcscCode code;
      Op op;

      while ((self->op == OP_NONE || self->finished) && !self->closing)
        g_cond_wait (&self->work, &self->lock);
      if (self->op == OP_NONE || self->finished)
        break;
      op = self->op;
      g_mutex_unlock (&self->lock);
      code = run_op (self, op);
      g_mutex_lock (&self->lock);
      self->code = code;
      self->finished = TRUE;
      g_cond_broadcast (&self->done);
    }
  g_mutex_unlock (&self->lock);

  mdg_pcsc_connection_abandon (self->connection);

  g_mutex_lock (&self->lock);
  /* one that was left behind holds a command, and may be kept for long: it may be a PIN's */
  g_clear_pointer (&self->command, g_bytes_unref);
  self->ended = TRUE;
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* Called with the lock, which it gives up meanwhile. */
static void
resolve_doubt (MdgPcscLane *self)
{
  gboolean in_use;

  self->in_doubt = FALSE;
  g_mutex_unlock (&self->lock);
  in_use = mdg_pcsc_connection_is_in_use (self->connection);
  g_mutex_lock (&self->lock);
  if (in_use)
    self->late = MDG_READER_ERROR_IN_USE;
  else
    self->until += (CONNECT_MS - IN_USE_MS) * 1000;
}

/* Called with the lock. FALSE when the caller shall wait no longer. */
static gboolean
may_wait (MdgPcscLane *self, GCancellable *cancellable, gboolean stubborn, GError **error)
{
  if (!stubborn && g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_get_monotonic_time () >= self->until && self->in_doubt)
    resolve_doubt (self);
  if (self->finished || g_get_monotonic_time () < self->until)
    return TRUE;
  g_set_error (error, MDG_READER_ERROR, (int) self->late,
               "The PC/SC call did not return in time and was left behind");
  return FALSE;
}

/* Has the lane's thread do @op. Called with the lock. */
static gboolean
perform (MdgPcscLane *self,
         Op op,
         guint milliseconds,
         GCancellable *cancellable,
         gboolean stubborn,
         GError **error)
{
  if (self->abandoned || self->closing)
    {
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE,
                           "The connection was left behind");
      return FALSE;
    }
  self->op = op;
  self->finished = FALSE;
  self->until = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  self->late = MDG_READER_ERROR_TIMED_OUT;
  self->in_doubt = FALSE;
  g_cond_signal (&self->work);
  while (!self->finished)
    {
      if (!may_wait (self, cancellable, stubborn, error))
        {
          self->abandoned = TRUE;
          g_cond_signal (&self->work);
          return FALSE;
        }
      if (!self->finished)
        g_cond_wait_until (&self->done, &self->lock, self->until);
    }
  self->op = OP_NONE;
  if (self->code == MDG_PCSC_OK)
    return TRUE;
  mdg_pcsc_error_set (error, self->step, self->code);
  return FALSE;
}

/**
 * mdg_pcsc_lane_new:
 * @api: the library
 * @reader: the reader's name
 *
 * Makes a lane and its thread; nothing is connected yet. It must be closed before the last
 * reference goes.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a new lane
 */
MdgPcscLane *
mdg_pcsc_lane_new (MdgPcscApi *api, const char *reader)
{
  MdgPcscLane *self = g_new0 (MdgPcscLane, 1);
  g_autoptr (MdgWorker) worker = mdg_worker_new ("mdg-pcsc-lane");

  g_atomic_ref_count_init (&self->references);
  self->connection = mdg_pcsc_connection_new (api, reader);
  self->reader = g_strdup (reader);
  g_mutex_init (&self->lock);
  g_cond_init (&self->work);
  g_cond_init (&self->done);
  /* the job lasts as long as the lane, and holds the worker */
  mdg_worker_run_async (worker, run_lane, mdg_pcsc_lane_ref (self),
                        (GDestroyNotify) mdg_pcsc_lane_unref, NULL, NULL, NULL, NULL);
  return self;
}

/**
 * mdg_pcsc_lane_ref:
 * @self: a lane
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgPcscLane *
mdg_pcsc_lane_ref (MdgPcscLane *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * mdg_pcsc_lane_unref:
 * @self: (transfer full): a lane
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_lane_unref (MdgPcscLane *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  mdg_pcsc_connection_free (self->connection);
  g_clear_pointer (&self->command, g_bytes_unref);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self->reader);
  g_cond_clear (&self->work);
  g_cond_clear (&self->done);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * mdg_pcsc_lane_connect:
 * @self: a lane that is not connected
 * @told: (inout): what the reader's driver says; asked for when it is not known
 * @cancellable: ends the wait, with mdg_pcsc_lane_interrupt()
 * @error: return location for a #GError
 *
 * Powers the card and begins a transaction. Another program that has the card is waited for, but
 * not longer than two seconds.
 *
 * Thread: any, one at a time; blocks.
 *
 * Errors: #MdgReaderError; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the card is ours
 */
gboolean
mdg_pcsc_lane_connect (MdgPcscLane *self,
                       MdgPcscTold *told,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->tell = !told->known;
  self->told = *told;
  if (!perform (self, OP_CONNECT, CONNECT_MS, cancellable, FALSE, error))
    return FALSE;
  *told = self->told;
  return TRUE;
}

/**
 * mdg_pcsc_lane_transmit:
 * @self: a connected lane
 * @command: one command APDU
 * @cancellable: ends the wait, with mdg_pcsc_lane_interrupt()
 * @error: return location for a #GError
 *
 * Sends @command once and waits for the answer. When the wait is ended early the exchange itself
 * goes on: the lane is abandoned, and the card is powered off as soon as the exchange is over.
 *
 * Thread: any, one at a time; blocks.
 *
 * Errors: #MdgReaderError; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the answer as it came
 */
GBytes *
mdg_pcsc_lane_transmit (MdgPcscLane *self,
                        GBytes *command,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->abandoned)
    {
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE,
                           "The connection was left behind");
      return NULL;
    }
  self->command = g_bytes_ref (command);
  if (!perform (self, OP_TRANSMIT, TRANSMIT_MS, cancellable, FALSE, error))
    {
      if (!self->abandoned)
        g_clear_pointer (&self->command, g_bytes_unref);
      return NULL;
    }
  g_clear_pointer (&self->command, g_bytes_unref);
  return g_steal_pointer (&self->answer);
}

/**
 * mdg_pcsc_lane_disconnect:
 * @self: a lane
 * @disposition: what becomes of the card
 *
 * Gives the card back; an abandoned lane does that by itself.
 *
 * Thread: any, one at a time; blocks, three seconds at most.
 *
 * Errors: none.
 */
void
mdg_pcsc_lane_disconnect (MdgPcscLane *self, MdgPcscDisposition disposition)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GError) error = NULL;

  if (self->abandoned)
    return;
  self->disposition = disposition;
  if (!perform (self, OP_DISCONNECT, DISCONNECT_MS, NULL, TRUE, &error))
    g_debug ("%s: %s", self->reader, error->message);
}

/**
 * mdg_pcsc_lane_interrupt:
 * @self: a lane
 *
 * Has connect and transmit look whether their cancellable was cancelled.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_lane_interrupt (MdgPcscLane *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_cond_broadcast (&self->done);
}

/**
 * mdg_pcsc_lane_close:
 * @self: a lane
 *
 * Ends the lane's thread when it has nothing more to do. Does not wait for it.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_lane_close (MdgPcscLane *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->closing = TRUE;
  g_cond_broadcast (&self->work);
}

/**
 * mdg_pcsc_lane_is_abandoned:
 * @self: a lane
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: whether the lane was left behind, so that another one is needed
 */
gboolean
mdg_pcsc_lane_is_abandoned (MdgPcscLane *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->abandoned;
}

/**
 * mdg_pcsc_lane_wait_ended:
 * @self: an abandoned or closed lane
 * @milliseconds: how long to wait at most
 * @cancellable: ends the wait, with mdg_pcsc_lane_interrupt()
 *
 * Thread: any; blocks.
 *
 * Errors: none.
 *
 * Returns: whether the lane has given back what it had
 */
gboolean
mdg_pcsc_lane_wait_ended (MdgPcscLane *self, guint milliseconds, GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (!self->ended && !g_cancellable_is_cancelled (cancellable))
    if (!g_cond_wait_until (&self->done, &self->lock, end))
      break;
  return self->ended;
}
