/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One reader of PC/SC. Promises: every call comes back when it is interrupted, also from a PC/SC
 * call that cannot be (see mdg-pcsc-lane.c); a card that was left that way is powered off before
 * this reader can be connected to again; what became of an exchange that failed is told as what the
 * monitor saw, so that a pulled card is a pulled card and not a broken line. */
#include "config.h"

#include "mdg-pcsc-reader.h"

#include "mdg-pcsc-features.h"
#include "mdg-pcsc-lane.h"

/* pcscd looks at some readers every 400 ms only, so that much later the monitor hears of it */
#define REMOVAL_MS 700
#define STUCK_MS   2000 /* as long as another program would be waited for */

struct _MdgPcscReader
{
  MdgReader parent_instance;

  MdgPcscApi *api;
  char *pcsc_name; /* bytes, as PC/SC has them */

  GMutex lock;
  GCond changed;
  MdgPcscLane *lane;
  guint removals; /* seen by the monitor */
  guint removals_at_connect;
  MdgPcscTold told;
  gboolean contactless;
};

G_DEFINE_FINAL_TYPE (MdgPcscReader, mdg_pcsc_reader, MDG_TYPE_READER)

/* Called with the lock. */
static void
report_features (MdgPcscReader *self)
{
  MdgReaderFeatures features = MDG_READER_FEATURE_NONE;

  if (self->told.pin_pad)
    features |= MDG_READER_FEATURE_PIN_PAD;
  if (self->contactless)
    features |= MDG_READER_FEATURE_CONTACTLESS;
  mdg_reader_report_features (MDG_READER (self), features);
}

static void
forget_lane (MdgPcscReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->lane != NULL)
    mdg_pcsc_lane_close (self->lane);
  g_clear_pointer (&self->lane, mdg_pcsc_lane_unref);
}

/* The lane to use; one that was left behind is given a moment to end. */
static MdgPcscLane *
prepare_lane (MdgPcscReader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (MdgPcscLane) old = NULL;
  g_autoptr (GMutexLocker) locker = NULL;

  g_mutex_lock (&self->lock);
  self->removals_at_connect = self->removals;
  if (self->lane != NULL)
    old = mdg_pcsc_lane_ref (self->lane);
  g_mutex_unlock (&self->lock);

  if (old != NULL && mdg_pcsc_lane_is_abandoned (old))
    {
      if (!mdg_pcsc_lane_wait_ended (old, STUCK_MS, cancellable))
        {
          if (!g_cancellable_set_error_if_cancelled (cancellable, error))
            g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE,
                                 "The exchange that was left behind is not over yet");
          return NULL;
        }
      forget_lane (self);
    }
  locker = g_mutex_locker_new (&self->lock);
  if (self->lane == NULL)
    self->lane = mdg_pcsc_lane_new (self->api, self->pcsc_name);
  return mdg_pcsc_lane_ref (self->lane);
}

static MdgPcscLane *
get_lane (MdgPcscReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->lane != NULL ? mdg_pcsc_lane_ref (self->lane) : NULL;
}

/* Whether the monitor has seen the card go since connect, now or within a moment. */
static gboolean
wait_for_removal (MdgPcscReader *self, GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 end = g_get_monotonic_time () + REMOVAL_MS * 1000;

  while (self->removals == self->removals_at_connect && !g_cancellable_is_cancelled (cancellable))
    if (!g_cond_wait_until (&self->changed, &self->lock, end))
      break;
  return self->removals != self->removals_at_connect;
}

/* Drivers say of a pulled card that the exchange failed: the monitor knows better, a moment later.
 */
static void
explain_failure (MdgPcscReader *self, GCancellable *cancellable, GError **error)
{
  if (error == NULL || *error == NULL)
    return;
  if (!g_error_matches (*error, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL) &&
      !g_error_matches (*error, MDG_READER_ERROR, MDG_READER_ERROR_MUTE) &&
      !g_error_matches (*error, MDG_READER_ERROR, MDG_READER_ERROR_RESET))
    return;
  if (!wait_for_removal (self, cancellable))
    return;
  g_clear_error (error);
  g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD,
                       "The card was pulled during the exchange");
}

static gboolean
mdg_pcsc_reader_connect (MdgReader *reader, GCancellable *cancellable, GError **error)
{
  MdgPcscReader *self = MDG_PCSC_READER (reader);
  g_autoptr (MdgPcscLane) lane = NULL;
  g_autoptr (GError) local = NULL;
  MdgPcscTold told;
  gboolean knew;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  lane = prepare_lane (self, cancellable, error);
  if (lane == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  told = self->told;
  knew = told.known;
  g_mutex_unlock (&self->lock);
  if (!mdg_pcsc_lane_connect (lane, &told, cancellable, &local))
    {
      explain_failure (self, cancellable, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!knew)
    mdg_pcsc_reader_set_told (self, &told);
  return TRUE;
}

static GBytes *
mdg_pcsc_reader_transmit (MdgReader *reader,
                          GBytes *command,
                          GCancellable *cancellable,
                          GError **error)
{
  MdgPcscReader *self = MDG_PCSC_READER (reader);
  g_autoptr (MdgPcscLane) lane = get_lane (self);
  g_autoptr (GError) local = NULL;
  GBytes *answer;

  if (lane == NULL)
    {
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED, "Not connected");
      return NULL;
    }
  answer = mdg_pcsc_lane_transmit (lane, command, cancellable, &local);
  if (answer != NULL && g_bytes_get_size (answer) < 2)
    {
      g_clear_pointer (&answer, g_bytes_unref);
      g_set_error_literal (&local, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL,
                           "The answer is shorter than a status word");
    }
  if (answer != NULL)
    return answer;
  explain_failure (self, cancellable, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
mdg_pcsc_reader_disconnect (MdgReader *reader, MdgDisposition disposition)
{
  g_autoptr (MdgPcscLane) lane = get_lane (MDG_PCSC_READER (reader));

  if (lane != NULL)
    mdg_pcsc_lane_disconnect (lane, disposition == MDG_DISPOSITION_LEAVE ? MDG_PCSC_LEAVE
                                                                         : MDG_PCSC_UNPOWER);
}

static void
mdg_pcsc_reader_interrupt (MdgReader *reader)
{
  MdgPcscReader *self = MDG_PCSC_READER (reader);
  g_autoptr (MdgPcscLane) lane = get_lane (self);
  g_autoptr (GMutexLocker) locker = NULL;

  /* the core cancels before it interrupts: all waits look at that, and need only be woken */
  if (lane != NULL)
    mdg_pcsc_lane_interrupt (lane);
  locker = g_mutex_locker_new (&self->lock);
  g_cond_broadcast (&self->changed);
}

static void
mdg_pcsc_reader_finalize (GObject *object)
{
  MdgPcscReader *self = MDG_PCSC_READER (object);

  forget_lane (self);
  mdg_pcsc_api_unref (self->api);
  g_free (self->pcsc_name);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mdg_pcsc_reader_parent_class)->finalize (object);
}

static void
mdg_pcsc_reader_class_init (MdgPcscReaderClass *klass)
{
  MdgReaderClass *reader_class = MDG_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_pcsc_reader_finalize;
  reader_class->connect = mdg_pcsc_reader_connect;
  reader_class->transmit = mdg_pcsc_reader_transmit;
  reader_class->disconnect = mdg_pcsc_reader_disconnect;
  reader_class->interrupt = mdg_pcsc_reader_interrupt;
}

static void
mdg_pcsc_reader_init (MdgPcscReader *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

/**
 * mdg_pcsc_reader_new:
 * @api: the library
 * @name: the reader's name as PC/SC has it
 *
 * Makes a reader whose id is "pcsc:" and that name: the same after it was plugged in again, as long
 * as PC/SC gives it the same number.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a new reader
 */
MdgPcscReader *
mdg_pcsc_reader_new (MdgPcscApi *api, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *id = g_strconcat ("pcsc:", valid, NULL);
  g_autofree char *shown = mdg_pcsc_name_for_people (name);
  MdgPcscReader *self =
      g_object_new (MDG_TYPE_PCSC_READER, "id", id, "name", shown, "driver", "pcsc", NULL);

  self->api = mdg_pcsc_api_ref (api);
  self->pcsc_name = g_strdup (name);
  self->contactless = mdg_pcsc_name_is_contactless (name);
  return self;
}

/**
 * mdg_pcsc_reader_get_pcsc_name:
 * @self: a reader
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: the name as PC/SC has it
 */
const char *
mdg_pcsc_reader_get_pcsc_name (MdgPcscReader *self)
{
  return self->pcsc_name;
}

/**
 * mdg_pcsc_reader_report_name:
 * @self: a reader that its driver has added
 *
 * Reports what the reader's name alone tells of it.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_reader_report_name (MdgPcscReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  report_features (self);
}

/**
 * mdg_pcsc_reader_get_told:
 * @self: a reader
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: whether the reader was asked for its features already
 */
gboolean
mdg_pcsc_reader_get_told (MdgPcscReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->told.known;
}

/**
 * mdg_pcsc_reader_set_told:
 * @self: a reader
 * @told: what its driver says
 *
 * Keeps and reports what the reader's driver told; the first answer stays.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_reader_set_told (MdgPcscReader *self, const MdgPcscTold *told)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->told.known || !told->known)
    return;
  self->told = *told;
  report_features (self);
  /* what a program has found out by trying is worth more */
  if (told->extended != MDG_EXTENDED_UNKNOWN &&
      mdg_reader_get_extended (MDG_READER (self)) == MDG_EXTENDED_UNKNOWN)
    mdg_reader_set_extended (MDG_READER (self), told->extended);
}

/**
 * mdg_pcsc_reader_see_card:
 * @self: a reader
 * @atr: (array length=length): the card's ATR
 * @length: its length; 0 when it is not known
 *
 * The monitor has seen a card come, or learned the ATR of the one that is there.
 *
 * Thread: the monitor's.
 *
 * Errors: none.
 */
void
mdg_pcsc_reader_see_card (MdgPcscReader *self, const guint8 *atr, gsize length)
{
  g_autoptr (GBytes) bytes = length > 0 ? g_bytes_new (atr, length) : NULL;

  if (mdg_pcsc_atr_is_contactless (atr, length))
    {
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

      if (!self->contactless)
        {
          self->contactless = TRUE;
          report_features (self);
        }
    }
  mdg_reader_report_card (MDG_READER (self), TRUE, bytes);
}

/**
 * mdg_pcsc_reader_see_no_card:
 * @self: a reader
 *
 * The monitor has seen the card go, or the reader with it.
 *
 * Thread: the monitor's.
 *
 * Errors: none.
 */
void
mdg_pcsc_reader_see_no_card (MdgPcscReader *self)
{
  g_mutex_lock (&self->lock);
  self->removals++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  mdg_reader_report_card (MDG_READER (self), FALSE, NULL);
}
