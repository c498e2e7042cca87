/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a driver reports of its reader, from whatever thread, and how it takes effect: always in the
 * reader's own context and in the order it was reported. */
#include "config.h"

#include "mdg-reader.h"

#include "mdg-invoke.h"
#include "mdg-reader-private.h"

#define ATR_MAX 33 /* PC/SC part 3, MAX_ATR_SIZE; ISO/IEC 7816-3 8.1: TS and 32 more */

#define PRIV(self) (mdg_reader_get_private (self))

typedef struct
{
  MdgReader *reader;
  gboolean present;
  GBytes *atr;
  GError *problem;
  MdgReaderFeatures features;
} Report;

static Report *
make_report (MdgReader *self)
{
  Report *report = g_new0 (Report, 1);

  report->reader = g_object_ref (self);
  return report;
}

static void
free_report (gpointer data)
{
  Report *report = data;

  g_clear_pointer (&report->atr, g_bytes_unref);
  g_clear_error (&report->problem);
  g_object_unref (report->reader);
  g_free (report);
}

static void
send_report (Report *report, GSourceFunc func)
{
  g_autoptr (GMainContext) context = mdg_reader_dup_context (report->reader);

  mdg_invoke_later (context, func, report, free_report);
}

static gboolean
set_atr (MdgReader *self, GBytes *atr)
{
  MdgReaderPrivate *priv = PRIV (self);
  gboolean same =
      priv->atr == atr || (priv->atr != NULL && atr != NULL && g_bytes_equal (priv->atr, atr));
  g_autoptr (GMutexLocker) locker = NULL;

  if (same)
    return FALSE;
  locker = g_mutex_locker_new (&priv->lock);
  g_clear_pointer (&priv->atr, g_bytes_unref);
  priv->atr = atr != NULL ? g_bytes_ref (atr) : NULL;
  return TRUE;
}

static void
take_card_out (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);

  if (!priv->present)
    return;
  g_atomic_int_set (&priv->card, 0);
  priv->present = FALSE;
  if (set_atr (self, NULL))
    g_object_notify (G_OBJECT (self), "atr");
  g_object_notify (G_OBJECT (self), "present");
}

static void
put_card_in (MdgReader *self, GBytes *atr)
{
  MdgReaderPrivate *priv = PRIV (self);
  gboolean new_atr;

  if (++priv->serial == 0)
    priv->serial = 1;
  priv->present = TRUE;
  /* first, because a run that sees the serial takes the ATR for this card's */
  new_atr = set_atr (self, atr);
  g_atomic_int_set (&priv->card, priv->serial);
  g_object_notify (G_OBJECT (self), "card-serial");
  if (new_atr)
    g_object_notify (G_OBJECT (self), "atr");
  g_object_notify (G_OBJECT (self), "present");
}

static gboolean
on_report_card_cb (gpointer data)
{
  Report *report = data;
  MdgReader *self = report->reader;
  MdgReaderPrivate *priv = PRIV (self);

  if (g_atomic_int_get (&priv->gone))
    return G_SOURCE_REMOVE;
  if (!report->present)
    {
      take_card_out (self);
      g_atomic_int_add (&priv->pulls, -1);
    }
  else if (priv->present)
    {
      /* a driver may learn the ATR after it saw the card; another ATR is another card */
      if (priv->atr == NULL && report->atr != NULL)
        {
          set_atr (self, report->atr);
          g_object_notify (G_OBJECT (self), "atr");
        }
      else if (report->atr != NULL && !g_bytes_equal (priv->atr, report->atr))
        {
          take_card_out (self);
          put_card_in (self, report->atr);
        }
    }
  else
    put_card_in (self, report->atr);
  return G_SOURCE_REMOVE;
}

static gboolean
on_report_problem_cb (gpointer data)
{
  Report *report = data;
  MdgReaderPrivate *priv = PRIV (report->reader);

  if (g_atomic_int_get (&priv->gone))
    return G_SOURCE_REMOVE;
  if (priv->reported == NULL && report->problem == NULL)
    return G_SOURCE_REMOVE;
  g_clear_error (&priv->reported);
  priv->reported = g_steal_pointer (&report->problem);
  g_object_notify (G_OBJECT (report->reader), "problem");
  return G_SOURCE_REMOVE;
}

static gboolean
on_report_features_cb (gpointer data)
{
  Report *report = data;
  MdgReaderPrivate *priv = PRIV (report->reader);

  if (priv->features != report->features)
    {
      priv->features = report->features;
      g_object_notify (G_OBJECT (report->reader), "features");
    }
  return G_SOURCE_REMOVE;
}

static gboolean
on_extended_changed_cb (gpointer data)
{
  Report *report = data;

  g_object_notify (G_OBJECT (report->reader), "extended");
  return G_SOURCE_REMOVE;
}

/* The reader was unplugged or its driver stopped: the card goes first, then what waits for it. */
void
mdg_reader_mark_gone (MdgReader *self)
{
  MdgReaderPrivate *priv = PRIV (self);

  if (!g_atomic_int_compare_and_exchange (&priv->gone, FALSE, TRUE))
    return;
  g_clear_error (&priv->reported);
  priv->reported =
      g_error_new (MDG_READER_ERROR, MDG_READER_ERROR_GONE, "The reader is not there any more");
  take_card_out (self);
  g_object_notify (G_OBJECT (self), "problem");
  mdg_runs_end_all (priv->runs);
}

/**
 * mdg_reader_set_extended:
 * @self: a reader
 * @extended: what was learned
 *
 * Keeps what was learned of extended-length commands. It can be read at once; the property is
 * notified in the reader's context.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_reader_set_extended (MdgReader *self, MdgExtended extended)
{
  MdgReaderPrivate *priv;
  gint old;

  g_return_if_fail (MDG_IS_READER (self));

  priv = PRIV (self);
  do
    old = g_atomic_int_get (&priv->extended);
  while (!g_atomic_int_compare_and_exchange (&priv->extended, old, (gint) extended));
  if (old != (gint) extended)
    send_report (make_report (self), on_extended_changed_cb);
}

/**
 * mdg_reader_report_card:
 * @self: a reader
 * @present: whether a card is there
 * @atr: (nullable): its answer to reset; more than 33 bytes are no ATR and count as %NULL
 *
 * Tells that a card came or went. Telling the same twice changes nothing; another @atr while a card
 * is there means that the card was changed; an @atr after a report without one completes it.
 *
 * Thread: any; takes effect in the reader's context, in order. A removal ends every exchange of a
 * run under way at once, before it takes effect: no command goes to the card that comes after.
 *
 * Errors: none.
 */
void
mdg_reader_report_card (MdgReader *self, gboolean present, GBytes *atr)
{
  Report *report;

  g_return_if_fail (MDG_IS_READER (self));

  report = make_report (self);
  report->present = present;
  if (present && atr != NULL && g_bytes_get_size (atr) <= ATR_MAX)
    report->atr = g_bytes_ref (atr);
  if (!present)
    g_atomic_int_inc (&mdg_reader_get_private (self)->pulls);
  send_report (report, on_report_card_cb);
}

/**
 * mdg_reader_report_problem:
 * @self: a reader
 * @problem: (nullable): why the reader cannot be used, %NULL when it can again
 *
 * Tells why the reader cannot be used. The runs are not refused because of it: the driver's
 * connect() decides.
 *
 * Thread: any; takes effect in the reader's context, in order.
 *
 * Errors: none.
 */
void
mdg_reader_report_problem (MdgReader *self, const GError *problem)
{
  Report *report;

  g_return_if_fail (MDG_IS_READER (self));

  report = make_report (self);
  report->problem = problem != NULL ? g_error_copy (problem) : NULL;
  send_report (report, on_report_problem_cb);
}

/**
 * mdg_reader_report_features:
 * @self: a reader
 * @features: all the reader can do
 *
 * Tells what the reader is and can do.
 *
 * Thread: any; takes effect in the reader's context, in order.
 *
 * Errors: none.
 */
void
mdg_reader_report_features (MdgReader *self, MdgReaderFeatures features)
{
  Report *report;

  g_return_if_fail (MDG_IS_READER (self));

  report = make_report (self);
  report->features = features;
  send_report (report, on_report_features_cb);
}
