/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The open card of one run. mdg_card_transmit() is the one place through which bytes go to a card
 * and come back: it refuses what cannot be, counts, records, and remembers that a secret was sent.
 * No byte of a command's data or of an answer is ever logged. */
#include "config.h"

#include "mdg-card.h"

#include "mdg-reader-private.h"

static gboolean
check_may_transmit (MdgCard *card, GBytes *command, GError **error)
{
  gsize size = g_bytes_get_size (command);
  guint now = mdg_reader_peek_card (card->reader);

  if (size < 4 || size > MDG_COMMAND_MAX)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL,
                   "A command of %" G_GSIZE_FORMAT " bytes cannot be", size);
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (card->cancellable, error))
    return FALSE;
  if (g_get_monotonic_time () >= card->deadline)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT, "The run took too long");
      return FALSE;
    }
  if (now == 0)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, "The card was taken away");
      return FALSE;
    }
  if (now != card->serial)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_CHANGED, "It is another card now");
      return FALSE;
    }
  return TRUE;
}

/* What the driver gave back, made to keep the rules: an answer of a possible length, or an error.
 */
static GBytes *
check_response (GBytes *response, GError *local, GError **error)
{
  gsize size;

  if (local != NULL)
    {
      g_clear_pointer (&response, g_bytes_unref);
      g_propagate_error (error, local);
      return NULL;
    }
  if (response == NULL)
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED,
                   "The driver gave neither an answer nor an error");
      return NULL;
    }
  size = g_bytes_get_size (response);
  if (size < 2 || size > MDG_RESPONSE_MAX)
    {
      g_bytes_unref (response);
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_PROTOCOL,
                   "An answer of %" G_GSIZE_FORMAT " bytes cannot be", size);
      return NULL;
    }
  return response;
}

static void
log_exchange (GBytes *command, GBytes *response, const GError *error, gint64 microseconds)
{
  const guint8 *c = g_bytes_get_data (command, NULL);
  gsize size = 0;
  const guint8 *r = response != NULL ? g_bytes_get_data (response, &size) : NULL;

  if (size >= 2)
    g_debug ("%02X %02X %02X %02X, %" G_GSIZE_FORMAT " bytes: %02X%02X, %" G_GSIZE_FORMAT
             " bytes, %" G_GINT64_FORMAT " us",
             c[0], c[1], c[2], c[3], g_bytes_get_size (command), r[size - 2], r[size - 1], size,
             microseconds);
  else
    g_debug ("%02X %02X %02X %02X, %" G_GSIZE_FORMAT " bytes: %s", c[0], c[1], c[2], c[3],
             g_bytes_get_size (command), error != NULL ? error->message : "no answer");
}

/**
 * mdg_card_transmit:
 * @card: the card of this run
 * @command: a command APDU, 4 to 65 544 bytes (ISO/IEC 7816-4 5.1)
 * @flags: what must not be shown of it
 * @error: return location for an error
 *
 * Sends one command and waits for its answer. Nothing is repeated, completed (61xx, 6Cxx) or cut in
 * pieces here: that is the card layer's.
 *
 * With %MDG_TRANSMIT_SECRET the data field is masked in the recording, and the card is powered off
 * at the end of the run even if mdg_card_keep_power() was called and even if sending fails.
 *
 * Thread: the reader's, inside an #MdgCardFunc only. Blocks until the answer, the run's deadline or
 * cancellation.
 *
 * Errors: %MDG_READER_ERROR_PROTOCOL for a command or an answer (2 to 65 538 bytes) that cannot be,
 * %MDG_READER_ERROR_NO_CARD, %MDG_READER_ERROR_CHANGED, %MDG_READER_ERROR_TIMED_OUT,
 * %G_IO_ERROR_CANCELLED, or the driver's.
 *
 * Returns: (transfer full): the answer, its status word last, or %NULL
 */
GBytes *
mdg_card_transmit (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error)
{
  gboolean secret = (flags & MDG_TRANSMIT_SECRET) != 0;
  MdgReaderClass *klass;
  GError *local = NULL;
  GBytes *response = NULL;
  gint64 begin, took;

  g_return_val_if_fail (card != NULL, NULL);
  g_return_val_if_fail (command != NULL, NULL);

  if (secret)
    card->secret = TRUE;
  if (!check_may_transmit (card, command, error))
    return NULL;
  klass = MDG_READER_GET_CLASS (card->reader);
  begin = g_get_monotonic_time ();
  if (klass->transmit != NULL)
    response = klass->transmit (card->reader, command, card->cancellable, &local);
  else
    g_set_error (&local, MDG_READER_ERROR, MDG_READER_ERROR_NOT_SUPPORTED,
                 "The driver cannot transmit");
  took = g_get_monotonic_time () - begin;
  {
    g_autoptr (GError) failure = NULL;

    response = check_response (response, local, &failure);
    card->exchange.apdus++;
    card->exchange.bytes_sent += g_bytes_get_size (command);
    card->exchange.bytes_received += response != NULL ? g_bytes_get_size (response) : 0;
    card->exchange.microseconds += took;
    log_exchange (command, response, failure, took);
    if (card->recorder != NULL)
      mdg_recorder_exchange (card->recorder, command, secret, response,
                             (flags & MDG_TRANSMIT_PERSONAL) != 0, failure);
    if (failure != NULL)
      g_propagate_error (error, g_steal_pointer (&failure));
  }
  return response;
}

/**
 * mdg_card_get_atr:
 * @card: the card of this run
 *
 * The answer to reset, as it was when the run began.
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the bytes
 */
GBytes *
mdg_card_get_atr (MdgCard *card)
{
  g_return_val_if_fail (card != NULL, NULL);

  return card->atr;
}

/**
 * mdg_card_get_extended:
 * @card: the card of this run
 *
 * What is known of extended-length commands here (ISO/IEC 7816-4 5.1).
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 *
 * Returns: what is known
 */
MdgExtended
mdg_card_get_extended (MdgCard *card)
{
  g_return_val_if_fail (card != NULL, MDG_EXTENDED_UNKNOWN);

  return mdg_reader_get_extended (card->reader);
}

/**
 * mdg_card_set_extended:
 * @card: the card of this run
 * @extended: what was learned
 *
 * Keeps what was learned of extended-length commands, for this run and the reader's later ones.
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 */
void
mdg_card_set_extended (MdgCard *card, MdgExtended extended)
{
  g_return_if_fail (card != NULL);

  mdg_reader_set_extended (card->reader, extended);
}

/**
 * mdg_card_keep_power:
 * @card: the card of this run
 *
 * Asks that the card stays powered when this run ends well, so that the next is quicker. A run that
 * fails, and one that sent a secret, powers it off all the same.
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 */
void
mdg_card_keep_power (MdgCard *card)
{
  g_return_if_fail (card != NULL);

  card->keep_power = TRUE;
}

/**
 * mdg_card_get_exchange:
 * @card: the card of this run
 * @exchange: (out caller-allocates): where to put the figures
 *
 * Counts what went to and fro in this run so far: commands (failed ones too), bytes, and the
 * microseconds spent inside the driver.
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 */
void
mdg_card_get_exchange (MdgCard *card, MdgExchange *exchange)
{
  g_return_if_fail (card != NULL);
  g_return_if_fail (exchange != NULL);

  *exchange = card->exchange;
}

/**
 * mdg_card_get_deadline:
 * @card: the card of this run
 *
 * When this run must have ended, on the clock of g_get_monotonic_time().
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 *
 * Returns: microseconds
 */
gint64
mdg_card_get_deadline (MdgCard *card)
{
  g_return_val_if_fail (card != NULL, 0);

  return card->deadline;
}

/**
 * mdg_card_get_cancellable:
 * @card: the card of this run
 *
 * Cancelled when the caller cancels, when the deadline passes and when the reader goes away.
 *
 * Thread: the reader's, inside an #MdgCardFunc only.
 *
 * Errors: none.
 *
 * Returns: (transfer none): the cancellable, the one that the #MdgCardFunc was given
 */
GCancellable *
mdg_card_get_cancellable (MdgCard *card)
{
  g_return_val_if_fail (card != NULL, NULL);

  return card->cancellable;
}
