/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The desk's work with a card: what one run on the reader's thread does. Promises: VERIFY is sent
 * at most once per PIN, never before the tries were asked and the challenge is there; whatever
 * happens the card is sent to another application, except after an IDENTIFY that went well. */
#include "config.h"

#include "mdg-desk-card-job.h"

#include "mdg-certificate.h"
#include "mdg-iso7816.h"

/* time that the wait for a challenge leaves of the run for closing the card */
#define CLOSING_US (G_USEC_PER_SEC / 2)

static void
set_given_up (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the check was given up");
}

static gboolean
check_ended (MdgDeskCardJob *self, GError **error)
{
  if (!g_atomic_int_get (&self->ended))
    return TRUE;
  set_given_up (error);
  return FALSE;
}

/* Also finds out whether it is a certificate at all, before anything is sent for its sake. */
static gboolean
read_certificate (MdgDeskCardJob *self, MdgJpki *jpki, GError **error)
{
  g_autoptr (GBytes) der = mdg_jpki_read_certificate (jpki, error);
  g_autoptr (MdgCertificate) certificate = NULL;

  if (der == NULL)
    return FALSE;
  certificate = mdg_certificate_new (der, error);
  if (certificate == NULL)
    return FALSE;
  self->test_card = mdg_certificate_get_kind (certificate) == MDG_CERTIFICATE_TEST;
  self->certificate = g_steal_pointer (&der);
  return TRUE;
}

/* The plastic card gives its certificate to anybody, a phone after the PIN only (reference/card.md
 * 1.14): for a PIN check that is a fact to remember and no error. */
static gboolean
read_certificate_early (MdgDeskCardJob *self, MdgJpki *jpki, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->certificate != NULL || self->certificate_needs_pin)
    return TRUE;
  if (read_certificate (self, jpki, &local))
    return TRUE;
  if (self->task != MDG_DESK_TASK_LOOK &&
      g_error_matches (local, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED))
    {
      self->certificate_needs_pin = TRUE;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_facts (MdgDeskCardJob *self, MdgJpki *jpki, GError **error)
{
  if (!read_certificate_early (self, jpki, error))
    return FALSE;
  if (self->task == MDG_DESK_TASK_LOOK)
    return TRUE;
  self->tries_left = mdg_jpki_get_tries_left (jpki, error);
  return self->tries_left >= 0;
}

/* Everything that must hold before a PIN may go to the card. */
static MdgChallengeTicket *
prepare_verify (MdgDeskCardJob *self, MdgCard *card, GCancellable *cancellable, GError **error)
{
  g_autoptr (MdgChallengeTicket) ticket = NULL;
  gint64 deadline = g_get_monotonic_time () + self->wait_us;

  if (self->tries_left <= 1 && !self->confirmed_last_try)
    {
      g_propagate_error (error, mdg_card_error_new (MDG_CARD_ERROR_LAST_TRY, self->tries_left, 0,
                                                    "one try left and not confirmed"));
      return NULL;
    }
  deadline = MIN (deadline, mdg_card_get_deadline (card) - CLOSING_US);
  ticket = mdg_challenge_slot_wait (self->slot, deadline, cancellable, error);
  if (ticket == NULL)
    return NULL;
  if (self->test_card && !ticket->practice)
    {
      g_propagate_error (error, mdg_card_error_new (MDG_CARD_ERROR_TEST_CARD, self->tries_left, 0,
                                                    "a test card and a real service"));
      return NULL;
    }
  if (!check_ended (self, error))
    return NULL;
  return g_steal_pointer (&ticket);
}

static gboolean
verify_pin (MdgDeskCardJob *self, MdgJpki *jpki, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (MdgPin) pin = g_atomic_pointer_exchange (&self->pin, NULL);
  gint64 start = g_get_monotonic_time ();
  gboolean verified;

  if (pin == NULL)
    {
      set_given_up (error);
      return FALSE;
    }
  g_atomic_int_set (&self->verify_sent, TRUE);
  verified = mdg_jpki_verify (jpki, pin, self->confirmed_last_try, &local);
  self->verify_us += g_get_monotonic_time () - start;
  /* a right PIN sets the card's counter back; a wrong one tells it with the error */
  self->tries_left =
      verified || local->domain != MDG_CARD_ERROR ? -1 : mdg_card_error_get_tries_left (local);
  if (!verified)
    g_propagate_error (error, g_steal_pointer (&local));
  return verified;
}

static gboolean
sign_challenge (MdgDeskCardJob *self,
                MdgJpki *jpki,
                const MdgChallengeTicket *ticket,
                GError **error)
{
  guint8 digest[32];
  gint64 start;

  if (self->certificate == NULL && !read_certificate (self, jpki, error))
    return FALSE;
  start = g_get_monotonic_time ();
  mdg_card_question_digest (ticket->institution_code, ticket->challenge->nonce, self->certificate,
                            digest);
  self->signature = mdg_jpki_sign (jpki, digest, self->certificate, error);
  self->sign_us += g_get_monotonic_time () - start;
  if (self->signature == NULL)
    return FALSE;
  g_clear_pointer (&self->challenge, mdg_challenge_free);
  self->challenge = mdg_challenge_copy (ticket->challenge);
  return TRUE;
}

static gboolean
work (MdgDeskCardJob *self, MdgJpki *jpki, MdgCard *card, GCancellable *cancellable, GError **error)
{
  g_autoptr (MdgChallengeTicket) ticket = NULL;

  if (self->task != MDG_DESK_TASK_CHECK)
    return check_ended (self, error);

  ticket = prepare_verify (self, card, cancellable, error);
  if (ticket == NULL)
    return FALSE;
  return verify_pin (self, jpki, error) && sign_challenge (self, jpki, ticket, error);
}

/* Goes to the issuer's domain without a session: no VERIFY was sent since the card got its power,
 * so a lost answer here is nobody's business (reference/card.md 1.8). */
static void
close_card (MdgCard *card)
{
  static const guint8 issuer_domain[] = { 0xa0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00 };
  g_autoptr (GError) ignored = NULL;

  mdg_iso7816_select_aid (card, issuer_domain, sizeof issuer_domain, &ignored);
}

static gboolean
run_session (MdgDeskCardJob *self, MdgCard *card, GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  MdgJpki *jpki = mdg_jpki_open (card, self->form, error);
  gboolean done;

  if (jpki == NULL)
    return FALSE;
  done = check_ended (self, error) && read_facts (self, jpki, error);
  self->read_us += g_get_monotonic_time () - start;
  done = done && work (self, jpki, card, cancellable, error);
  self->form = mdg_jpki_get_form (jpki);

  if (done && self->task == MDG_DESK_TASK_IDENTIFY)
    {
      mdg_card_keep_power (card);
      self->left_open = TRUE;
      mdg_jpki_suspend (jpki);
    }
  else
    mdg_jpki_close (jpki);
  return done;
}

static void
clear_job (gpointer data)
{
  MdgDeskCardJob *self = data;

  g_clear_pointer (&self->pin, mdg_pin_free);
  g_clear_pointer (&self->certificate, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_clear_pointer (&self->challenge, mdg_challenge_free);
  g_clear_pointer (&self->slot, mdg_challenge_slot_unref);
  g_clear_error (&self->failure);
}

/**
 * mdg_desk_card_job_new:
 * @task: what to do
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a job whose inputs are to be filled before it runs
 */
MdgDeskCardJob *
mdg_desk_card_job_new (MdgDeskTask task)
{
  MdgDeskCardJob *self = g_atomic_rc_box_new0 (MdgDeskCardJob);

  self->task = task;
  self->tries_left = -1;
  return self;
}

/**
 * mdg_desk_card_job_ref:
 * @self: a job
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgDeskCardJob *
mdg_desk_card_job_ref (MdgDeskCardJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_desk_card_job_unref:
 * @self: (transfer full): a job; a PIN left in it is erased with the last reference
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_desk_card_job_unref (MdgDeskCardJob *self)
{
  g_atomic_rc_box_release_full (self, clear_job);
}

/**
 * mdg_desk_card_job_erase_pin:
 * @self: a job
 *
 * Erases a PIN that the job has not sent yet. A job that comes to it afterwards fails with
 * %G_IO_ERROR_CANCELLED.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_desk_card_job_erase_pin (MdgDeskCardJob *self)
{
  mdg_pin_free (g_atomic_pointer_exchange (&self->pin, NULL));
}

/**
 * mdg_desk_card_job_end:
 * @self: a job
 *
 * Asks the job to stop: it closes the card at its next step and fails with %G_IO_ERROR_CANCELLED.
 * An exchange is never cut, and after a VERIFY the job runs to its end, so that the card is closed
 * in good order and nobody has to guess what became of the PIN. One that was not sent is erased.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_desk_card_job_end (MdgDeskCardJob *self)
{
  g_atomic_int_set (&self->ended, TRUE);
  mdg_desk_card_job_erase_pin (self);
  if (self->slot != NULL)
    mdg_challenge_slot_cancel (self->slot);
}

/**
 * mdg_desk_card_job_run:
 * @card: the open card
 * @job: an #MdgDeskCardJob
 * @cancellable: the run's
 * @error: return location
 *
 * An #MdgCardFunc. With extended length a CHECK that knows nothing yet is six APDUs: SELECT, READ,
 * tries, VERIFY, SIGN, SELECT of the issuer's domain (reference/card.md 1.5).
 *
 * Thread: the reader's.
 * Errors: of the reader, the card, the service (no challenge); %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer none): @job, or %NULL with @error set
 */
gpointer
mdg_desk_card_job_run (MdgCard *card, gpointer job, GCancellable *cancellable, GError **error)
{
  MdgDeskCardJob *self = job;
  MdgExchange exchange = { 0 };
  gboolean done = TRUE;

  g_atomic_int_set (&self->finished, FALSE);
  g_clear_error (&self->failure);
  self->left_open = FALSE;
  if (self->task == MDG_DESK_TASK_CLOSE)
    close_card (card);
  else
    done = run_session (self, card, cancellable, &self->failure);

  mdg_card_get_exchange (card, &exchange);
  self->exchange.apdus += exchange.apdus;
  self->exchange.bytes_sent += exchange.bytes_sent;
  self->exchange.bytes_received += exchange.bytes_received;
  self->exchange.microseconds += exchange.microseconds;
  if (!done)
    g_propagate_error (error, g_error_copy (self->failure));
  g_atomic_int_set (&self->finished, TRUE);
  return done ? self : NULL;
}
