/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes what mdg-desk.h shows: one answer, whose it is, and what was proven. Claims nothing that
 * was not looked at: revocation never is (reference/card.md 3.1). */
#include "config.h"

#include "mdg-desk-answer.h"

/* "pin": the card verified it; "key-possession": the signature was checked against the
 * certificate; "service-trust": the service accepted the certificate's chain and validity. */
static const char *const confirmed_by_pin[] = { "pin", "key-possession", "service-trust", NULL };
static const char *const unconfirmed_by_pin[] = { "revocation", NULL };
static const char *const confirmed_by_staff[] = { "staff-face", NULL };
static const char *const unconfirmed_by_staff[] = { "revocation", "pin", "key-possession", NULL };

/**
 * mdg_desk_answer_new:
 * @message: what the service answered
 * @method: how the holder was confirmed
 * @practice: whether it is an exercise
 * @reader_name: the reader that the card lay on
 * @asked_at: when the service was asked
 * @exchange: all runs of this check
 * @timing: all parts of this check
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the answer
 */
MdgDeskAnswer *
mdg_desk_answer_new (MdgOqsMessage *message,
                     MdgDeskMethod method,
                     gboolean practice,
                     const char *reader_name,
                     GDateTime *asked_at,
                     const MdgExchange *exchange,
                     const MdgDeskTiming *timing)
{
  MdgDeskAnswer *self = g_new0 (MdgDeskAnswer, 1);
  gboolean visual = method == MDG_DESK_METHOD_VISUAL;

  self->message = mdg_oqs_message_ref (message);
  self->method = method;
  self->practice = practice;
  self->asked_at = g_date_time_ref (asked_at);
  self->reader_name = g_strdup (reader_name);
  self->confirmed = visual ? confirmed_by_staff : confirmed_by_pin;
  self->not_confirmed = visual ? unconfirmed_by_staff : unconfirmed_by_pin;
  self->exchange = *exchange;
  self->timing = *timing;
  return self;
}

/**
 * mdg_desk_answer_free:
 * @self: (transfer full): an answer
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_desk_answer_free (MdgDeskAnswer *self)
{
  mdg_oqs_message_unref (self->message);
  g_date_time_unref (self->asked_at);
  g_free (self->reader_name);
  g_free (self);
}
