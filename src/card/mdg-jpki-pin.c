/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The two commands that can cost the holder a try. It promises: a PIN is sent at most once, only
 * after the card itself has told the tries left in this session, never at the last try without a
 * yes, and never again by any repeat; an answer that is not understood is "unknown", not "wrong".
 */
#include "config.h"

#include "mdg-jpki-private.h"

#include "mdg-apdu.h"

#define INS_VERIFY 0x20

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED, message);
  return FALSE;
}

static gboolean
fail_blocked (guint16 sw, GError **error)
{
  g_propagate_error (error, mdg_card_error_new (MDG_CARD_ERROR_PIN_BLOCKED, 0, sw,
                                                "the PIN is blocked: the card answered %04X", sw));
  return FALSE;
}

/* 63C0, 6983 and 6984 all mean it, by card generation: reference/card.md 1.4 */
static gboolean
is_blocked (guint16 sw)
{
  return sw == 0x63c0 || sw == MDG_SW_BLOCKED || sw == MDG_SW_BLOCKED_JICSAP;
}

static gboolean
is_counter (guint16 sw)
{
  return (sw & 0xfff0) == 0x63c0;
}

/* VERIFY without data: it asks and costs nothing. The status word; 0 with an error. */
static guint16
ask_tries (MdgJpki *self, GError **error)
{
  g_autoptr (GBytes) command = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint8 p2 = mdg_jpki_name_file (self, MDG_JPKI_EF_PIN, "selecting the PIN", error);

  if (p2 == 0)
    return 0;
  command = mdg_apdu_new (0x00, INS_VERIFY, 0, p2, NULL, 0, MDG_APDU_LE_NONE);
  answer = mdg_jpki_exchange (self, command, MDG_TRANSMIT_NONE, error);
  if (answer == NULL)
    return 0;
  if (g_bytes_get_size (answer) != 2)
    {
      g_set_error_literal (error, MDG_CARD_ERROR, MDG_CARD_ERROR_MALFORMED,
                           "asking for the tries left: a damaged answer");
      return 0;
    }
  return mdg_response_get_sw (answer);
}

/* The same, in the form that turns out to be the card's. */
static guint16
ask_tries_in_form (MdgJpki *self, GError **error)
{
  MdgJpkiForm form = self->form;
  guint16 sw = ask_tries (self, error);

  if (sw == 0)
    return 0;
  if (mdg_jpki_may_fall_back (self, sw))
    {
      self->form = MDG_JPKI_FORM_CLASSIC;
      sw = ask_tries (self, error);
      if (!is_counter (sw) && !is_blocked (sw) && sw != MDG_SW_OK && sw != MDG_SW_UNLIMITED)
        self->form = form;
    }
  else if (form == MDG_JPKI_FORM_UNKNOWN && (is_counter (sw) || is_blocked (sw)))
    {
      self->form = MDG_JPKI_FORM_SHORT_ID;
    }
  return sw;
}

/* Nothing is sent for a run that is over already: then the outcome is known. */
static gboolean
check_may_send (MdgJpki *self, GError **error)
{
  gint64 deadline = mdg_card_get_deadline (self->card);

  if (g_cancellable_set_error_if_cancelled (mdg_card_get_cancellable (self->card), error))
    return FALSE;
  if (deadline > 0 && g_get_monotonic_time () >= deadline)
    {
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT,
                           "no time is left to send the PIN: nothing was sent");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_tries (MdgJpki *self, gboolean confirmed_last_try, GError **error)
{
  if (self->tries_left < 1)
    return fail (error, "the card has not told the tries left: the PIN is not sent");
  if (self->tries_left == 1 && !confirmed_last_try)
    {
      g_propagate_error (
          error, mdg_card_error_new (MDG_CARD_ERROR_LAST_TRY, 1, 0,
                                     "one try is left and not confirmed: nothing was sent"));
      return FALSE;
    }
  return TRUE;
}

/* What the card said to the PIN; everything that is not one of the known answers is "unknown". */
static gboolean
judge_verify (GBytes *answer, GError **error)
{
  guint16 sw = mdg_response_get_sw (answer);
  gboolean whole = g_bytes_get_size (answer) == 2;

  if (whole && sw == MDG_SW_OK)
    return TRUE;
  if (whole && is_blocked (sw))
    return fail_blocked (sw, error);
  if (whole && is_counter (sw))
    {
      g_propagate_error (error, mdg_card_error_new (MDG_CARD_ERROR_PIN_WRONG, sw & 0xf, sw,
                                                    "wrong PIN: the card answered %04X", sw));
      return FALSE;
    }
  return mdg_jpki_fail_status (MDG_CARD_ERROR_PIN_UNKNOWN, sw,
                               "VERIFY was sent and its outcome is unknown", error);
}

/**
 * mdg_jpki_get_tries_left:
 * @self: a session
 * @error: return location for an error
 *
 * Asks the card. A card on which the PIN stands verified already answers 9000 and tells no number:
 * it is sent to another application and back once, which ends that state, and asked again.
 *
 * Source: reference/card.md 1.4, 1.8.
 * Thread: the reader's, inside a run.
 * Errors: %MDG_CARD_ERROR_PIN_BLOCKED, %MDG_CARD_ERROR_FAILED, %MDG_CARD_ERROR_MALFORMED; those of
 *   the reader. After any of them mdg_jpki_verify() refuses.
 *
 * Returns: 1 to 14, %MDG_JPKI_TRIES_NO_LIMIT, or -1 with an error
 */
int
mdg_jpki_get_tries_left (MdgJpki *self, GError **error)
{
  guint16 sw = 0;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (error == NULL || *error == NULL, -1);

  self->tries_left = 0;
  sw = ask_tries_in_form (self, error);
  if (sw == MDG_SW_OK)
    {
      if (!mdg_jpki_leave_and_return (self, error))
        return -1;
      sw = ask_tries_in_form (self, error);
    }
  if (sw == 0)
    return -1;
  if (is_blocked (sw))
    {
      fail_blocked (sw, error);
      return -1;
    }
  if (!is_counter (sw) && sw != MDG_SW_UNLIMITED)
    {
      mdg_jpki_fail_status (MDG_CARD_ERROR_FAILED, sw, "asking for the tries left", error);
      return -1;
    }
  self->tries_left = sw == MDG_SW_UNLIMITED ? MDG_JPKI_TRIES_NO_LIMIT : sw & 0xf;
  return self->tries_left;
}

/**
 * mdg_jpki_verify:
 * @self: a session in which mdg_jpki_get_tries_left() was asked and answered
 * @pin: the PIN; it is used up in any case
 * @confirmed_last_try: whether the user said yes to using the last try
 * @error: return location for an error
 *
 * Sends VERIFY exactly once, or not at all. Where its answer was lost, damaged or strange, the
 * error is %MDG_CARD_ERROR_PIN_UNKNOWN and mdg_card_error_caused_by() tells why; the tries have to
 * be asked again before another PIN.
 *
 * Source: reference/card.md 1.4, 3.2.
 * Thread: the reader's, inside a run.
 * Errors: before VERIFY: %MDG_CARD_ERROR_LAST_TRY, %MDG_CARD_ERROR_FAILED, %G_IO_ERROR_CANCELLED,
 *   those of the reader; after it: %MDG_CARD_ERROR_PIN_WRONG, %MDG_CARD_ERROR_PIN_BLOCKED,
 *   %MDG_CARD_ERROR_PIN_UNKNOWN. mdg_jpki_pin_was_sent() tells which.
 *
 * Returns: %TRUE when the card accepted the PIN
 */
gboolean
mdg_jpki_verify (MdgJpki *self, MdgPin *pin, gboolean confirmed_last_try, GError **error)
{
  g_autoptr (GBytes) command = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean classic = FALSE;

  g_return_val_if_fail (self != NULL && pin != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  classic = self->form == MDG_JPKI_FORM_CLASSIC;
  command = mdg_pin_take_verify (pin, classic ? MDG_JPKI_P2_CURRENT
                                              : MDG_JPKI_P2_CURRENT | MDG_JPKI_EF_PIN);
  mdg_pin_erase (pin);
  if (command == NULL)
    return fail (error, "the PIN is not complete, or was used before: nothing was sent");
  if (!check_tries (self, confirmed_last_try, error))
    return FALSE;
  self->tries_left = 0;
  if (mdg_jpki_name_file (self, MDG_JPKI_EF_PIN, "selecting the PIN", error) == 0 ||
      !check_may_send (self, error))
    return FALSE;
  self->pin_sent = TRUE;
  answer = mdg_jpki_exchange (self, command, MDG_TRANSMIT_SECRET, &local_error);
  if (answer != NULL)
    return judge_verify (answer, error);
  g_propagate_error (error, mdg_card_error_new_caused (MDG_CARD_ERROR_PIN_UNKNOWN, local_error,
                                                       "VERIFY was sent and its answer was lost"));
  return FALSE;
}

/**
 * mdg_jpki_pin_was_sent:
 * @self: a session
 *
 * A run that failed with %MDG_READER_ERROR_RESET may be started again only where this is %FALSE.
 *
 * Source: reference/card.md 3.4.
 * Thread: the reader's, inside a run. Errors: none.
 *
 * Returns: %TRUE once VERIFY was given to the reader, whatever became of it
 */
gboolean
mdg_jpki_pin_was_sent (MdgJpki *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->pin_sent;
}
