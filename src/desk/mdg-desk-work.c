/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the desk sets going: runs on the card, the challenge, the question. Each one carries the
 * session it belongs to; what comes back for a session that is gone is thrown away here, so that
 * nobody gets another's answer. */
#include "config.h"

#include "mdg-desk-private.h"

/* A challenge must live this much longer when it is taken for a run: signing and asking. */
#define CHALLENGE_MARGIN_US ((gint64) 20 * G_USEC_PER_SEC)

/* A run, the fetching of a challenge or a question under way. */
typedef struct
{
  MdgDesk *desk;
  guint64 session_id; /* 0: nobody waits for it */
  MdgReader *reader;
  guint card_serial;
  MdgDeskCardJob *job;
  MdgChallengeSlot *slot;
} Errand;

static void
free_errand (Errand *errand)
{
  g_clear_object (&errand->reader);
  g_clear_pointer (&errand->job, mdg_desk_card_job_unref);
  g_clear_pointer (&errand->slot, mdg_challenge_slot_unref);
  g_object_unref (errand->desk);
  g_free (errand);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, free_errand)

static void start_run (MdgDesk *self, MdgDeskCardJob *job);
static void ask_with_challenge (MdgDesk *self);

static void
set_busy (MdgDesk *self, int change)
{
  gboolean before = self->busy > 0;

  self->busy = (guint) ((int) self->busy + change);
  if (before != (self->busy > 0))
    mdg_desk_notify (self, MDG_DESK_PROP_BUSY);
}

/* --- the card --- */

/* What the run came to. The core's word replaces the job's when the deadline passes or the reader
 * goes; what the job knows of a PIN counts for more. (transfer full), NULL for success. */
static GError *
judge_run (MdgDeskCardJob *job, gboolean finished, const GError *error)
{
  if (finished)
    return job->failure != NULL ? g_error_copy (job->failure) : NULL;
  if (error == NULL)
    return NULL;
  if (g_atomic_int_get (&job->verify_sent))
    return mdg_card_error_new_caused (MDG_CARD_ERROR_PIN_UNKNOWN, error,
                                      "the run ended while the PIN was being verified");
  return g_error_copy (error);
}

/* Everything a run found out, whatever it came to. */
static void
take_results (MdgDesk *self, MdgDeskSession *session, MdgDeskCardJob *job)
{
  session->timing.read_us += job->read_us;
  session->timing.verify_us += job->verify_us;
  session->timing.sign_us += job->sign_us;
  session->exchange.apdus += job->exchange.apdus;
  session->exchange.bytes_sent += job->exchange.bytes_sent;
  session->exchange.bytes_received += job->exchange.bytes_received;
  session->exchange.microseconds += job->exchange.microseconds;
  session->form = job->form;
  session->card_open = job->left_open;
  session->certificate_needs_pin = job->certificate_needs_pin;
  session->test_card = session->test_card || job->test_card;
  if (session->certificate == NULL && job->certificate != NULL)
    session->certificate = g_bytes_ref (job->certificate);
  if (job->signature != NULL)
    {
      session->signature = g_bytes_ref (job->signature);
      session->challenge = mdg_challenge_copy (job->challenge);
    }
  if (job->task != MDG_DESK_TASK_LOOK)
    mdg_desk_set_tries_left (self,
                             job->tries_left == MDG_JPKI_TRIES_NO_LIMIT ? -1 : job->tries_left);
}

static void
tell_failure (MdgDesk *self, GError *error)
{
  MdgDeskEvent event = MDG_DESK_EVENT_FAILED;

  if (g_error_matches (error, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_WRONG))
    event = MDG_DESK_EVENT_PIN_WRONG;
  else if (g_error_matches (error, MDG_CARD_ERROR, MDG_CARD_ERROR_LAST_TRY))
    event = MDG_DESK_EVENT_LAST_TRY;
  mdg_desk_dispatch_error (self, event, error);
}

static void
tell_success (MdgDesk *self, MdgDeskSession *session, MdgDeskCardJob *job)
{
  if (job->task == MDG_DESK_TASK_CHECK)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_SIGNED);
  else if (job->task == MDG_DESK_TASK_LOOK)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_IDENTIFIED_VISUAL);
  else if (self->tries_left == 1 && !session->last_try_confirmed &&
           !(self->pin != NULL && self->pin_confirmed))
    mdg_desk_dispatch_error (self, MDG_DESK_EVENT_LAST_TRY,
                             mdg_card_error_new (MDG_CARD_ERROR_LAST_TRY, 1, 0, "one try left"));
  else
    mdg_desk_dispatch (self, MDG_DESK_EVENT_IDENTIFIED);
}

/* The card was restarted by somebody else. Before a VERIFY all of it can be done again, once. */
static gboolean
restart_run (MdgDesk *self, MdgDeskSession *session, MdgDeskCardJob *job, const GError *error)
{
  if (!g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_RESET) || session->restarted ||
      g_atomic_int_get (&job->verify_sent))
    return FALSE;
  g_debug ("the card was reset by another program: once more");
  session->restarted = TRUE;
  start_run (self, mdg_desk_card_job_ref (job));
  return TRUE;
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  MdgDesk *self = errand->desk;
  MdgDeskSession *session = self->session;
  MdgDeskCardJob *job = errand->job;
  /* looked at once: a thread that was given up may come to its end at any moment */
  gboolean finished = g_atomic_int_get (&job->finished);
  g_autoptr (GError) ended = NULL;
  g_autoptr (GError) error = NULL;

  mdg_reader_run_finish (MDG_READER (source), result, &ended);
  set_busy (self, -1);
  error = judge_run (job, finished, ended);
  if (error != NULL)
    g_debug ("run on the card: %s", error->message);

  if (session == NULL || session->id != errand->session_id || session->job != job)
    {
      /* nobody waits for it any more, but the card must not stay as it is */
      if (finished && job->left_open)
        mdg_desk_run_close (self, errand->reader, errand->card_serial);
      return;
    }
  if (error != NULL && restart_run (self, session, job, error))
    return;
  /* a thread that hangs may keep the job for ever, but not the PIN */
  mdg_desk_card_job_erase_pin (job);
  g_clear_pointer (&session->job, mdg_desk_card_job_unref);
  if (finished)
    take_results (self, session, job);
  if (error == NULL)
    tell_success (self, session, job);
  else
    tell_failure (self, g_steal_pointer (&error));
}

static Errand *
new_errand (MdgDesk *self)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->desk = g_object_ref (self);
  errand->session_id = self->session != NULL ? self->session->id : 0;
  return errand;
}

static void
run_job (MdgDesk *self, Errand *errand)
{
  set_busy (self, 1);
  mdg_reader_run_async (errand->reader, errand->card_serial, mdg_desk_card_job_run,
                        mdg_desk_card_job_ref (errand->job),
                        (GDestroyNotify) mdg_desk_card_job_unref, NULL, NULL, on_run_cb, errand);
}

/* Takes @job. */
static void
start_run (MdgDesk *self, MdgDeskCardJob *job)
{
  MdgDeskSession *session = self->session;
  Errand *errand = new_errand (self);

  errand->reader = g_object_ref (session->reader);
  errand->card_serial = session->card_serial;
  errand->job = mdg_desk_card_job_ref (job);
  g_clear_pointer (&session->job, mdg_desk_card_job_unref);
  session->job = job;
  session->card_open = FALSE;
  run_job (self, errand);
}

/**
 * mdg_desk_run_identify:
 * @self: the desk
 *
 * Reads the certificate and, unless it is for a visual check, the tries left.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_run_identify (MdgDesk *self)
{
  MdgDeskSession *session = self->session;

  start_run (self,
             mdg_desk_card_job_new (session->visual ? MDG_DESK_TASK_LOOK : MDG_DESK_TASK_IDENTIFY));
}

/**
 * mdg_desk_run_check:
 * @self: the desk
 *
 * Tries, VERIFY and SIGN. Hands the PIN over to the card's thread: the desk has none from here on.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_run_check (MdgDesk *self)
{
  MdgDeskSession *session = self->session;
  MdgDeskCardJob *job = mdg_desk_card_job_new (MDG_DESK_TASK_CHECK);

  job->form = session->form;
  if (session->certificate != NULL)
    job->certificate = g_bytes_ref (session->certificate);
  job->certificate_needs_pin = session->certificate_needs_pin;
  job->test_card = session->test_card;
  job->pin = g_steal_pointer (&self->pin);
  job->confirmed_last_try = self->pin_confirmed || session->last_try_confirmed;
  job->slot = mdg_challenge_slot_ref (self->slot);
  job->wait_us = (gint64) self->challenge_timeout * 1000;
  /* a confirmation is for one PIN */
  self->pin_confirmed = FALSE;
  session->last_try_confirmed = FALSE;
  session->restarted = FALSE;
  start_run (self, job);
}

/**
 * mdg_desk_run_close:
 * @self: the desk
 * @reader: where the card is
 * @card_serial: which insertion
 *
 * Sends a card that an identifying run left powered to another application and powers it off. The
 * outcome is nobody's business.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_run_close (MdgDesk *self, MdgReader *reader, guint card_serial)
{
  Errand *errand = new_errand (self);

  errand->session_id = 0;
  errand->reader = g_object_ref (reader);
  errand->card_serial = card_serial;
  errand->job = mdg_desk_card_job_new (MDG_DESK_TASK_CLOSE);
  run_job (self, errand);
}

/* --- the challenge --- */

static void
on_challenge_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  MdgDesk *self = errand->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgChallenge) challenge =
      mdg_eligibility_source_challenge_finish (self->source, result, &error);

  if (challenge == NULL)
    mdg_challenge_slot_fail (errand->slot, error);
  else
    mdg_challenge_slot_put (errand->slot, challenge,
                            mdg_eligibility_source_get_institution_code (self->source),
                            mdg_eligibility_source_get_practice (self->source));
  if (errand->slot != self->slot)
    return;
  g_clear_object (&self->fetching);
  if (challenge == NULL)
    g_debug ("no challenge: %s", error->message);

  /* while the card is read or signs, its job tells what is wrong */
  if (challenge != NULL && self->state == MDG_DESK_STATE_ASKING)
    ask_with_challenge (self);
  else if (challenge == NULL && self->state != MDG_DESK_STATE_IDENTIFYING &&
           self->state != MDG_DESK_STATE_SIGNING)
    mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED, g_steal_pointer (&error));
}

/**
 * mdg_desk_need_challenge:
 * @self: the desk
 *
 * Makes sure that a fresh challenge is there or on its way.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_need_challenge (MdgDesk *self)
{
  Errand *errand = NULL;

  if (self->slot != NULL && mdg_challenge_slot_is_usable (self->slot, CHALLENGE_MARGIN_US))
    return;
  mdg_desk_drop_challenge (self);
  self->slot = mdg_challenge_slot_new ();
  self->fetching = g_cancellable_new ();
  errand = new_errand (self);
  errand->slot = mdg_challenge_slot_ref (self->slot);
  mdg_eligibility_source_challenge_async (self->source, self->fetching, on_challenge_cb, errand);
}

/**
 * mdg_desk_drop_challenge:
 * @self: the desk
 *
 * Gives up the challenge, and whoever waits for it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_drop_challenge (MdgDesk *self)
{
  g_autoptr (GCancellable) fetching = g_steal_pointer (&self->fetching);
  g_autoptr (MdgChallengeSlot) slot = g_steal_pointer (&self->slot);

  if (slot != NULL)
    mdg_challenge_slot_cancel (slot);
  if (fetching != NULL)
    g_cancellable_cancel (fetching);
}

/* --- the question --- */

static void
take_answer (MdgDesk *self, MdgDeskSession *session, MdgOqsMessage *message)
{
  gint64 now = g_get_monotonic_time ();
  gboolean practice = session->practice || mdg_eligibility_source_get_practice (self->source);

  session->timing.ask_us = now - session->ask_started_us;
  session->timing.total_us = now - session->started_us;
  session->answer =
      mdg_desk_answer_new (message, session->visual ? MDG_DESK_METHOD_VISUAL : MDG_DESK_METHOD_PIN,
                           practice, mdg_reader_get_name (session->reader), session->asked_at,
                           &session->exchange, &session->timing);
  mdg_desk_dispatch (self, MDG_DESK_EVENT_ANSWERED);
}

static void
on_answer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  MdgDesk *self = errand->desk;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message =
      mdg_eligibility_source_ask_finish (self->source, result, &error);

  if (self->session == NULL || self->session->id != errand->session_id ||
      self->state != MDG_DESK_STATE_ASKING)
    {
      g_debug ("an answer came after its question was given up");
      return;
    }
  if (message != NULL)
    take_answer (self, self->session, message);
  else
    mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED, g_steal_pointer (&error));
}

static char *
format_today (void)
{
  /* the counter's date is Japan's, wherever the PC thinks it is */
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (9 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (japan);

  return g_date_time_format (now, "%Y%m%d");
}

static void
send_question (MdgDesk *self, MdgDeskSession *session)
{
  g_autofree char *today = format_today ();
  MdgCardQuestion question = {
    .certificate = session->certificate,
    .challenge = session->challenge,
    .signature = session->signature,
    .confirmation_date = self->confirmation_date != NULL ? self->confirmation_date : today,
    .consent_limit = self->consent_limit,
    .consent_diseases = self->consent_diseases,
  };

  session->asking = g_cancellable_new ();
  session->asked_at = g_date_time_new_now_utc ();
  session->ask_started_us = g_get_monotonic_time ();
  mdg_eligibility_source_ask_card_async (self->source, &question, session->asking, on_answer_cb,
                                         new_errand (self));
}

/* A visual check signs nothing, but its question carries a challenge all the same. */
static gboolean
take_visual_challenge (MdgDesk *self, MdgDeskSession *session, GError **error)
{
  g_autoptr (MdgChallengeTicket) ticket = mdg_challenge_slot_wait (self->slot, 0, NULL, error);

  if (ticket == NULL)
    return FALSE;
  if (session->test_card && !ticket->practice)
    {
      g_propagate_error (error, mdg_card_error_new (MDG_CARD_ERROR_TEST_CARD, -1, 0,
                                                    "a test card and a real service"));
      return FALSE;
    }
  session->challenge = g_steal_pointer (&ticket->challenge);
  session->practice = ticket->practice;
  return TRUE;
}

static void
ask_with_challenge (MdgDesk *self)
{
  MdgDeskSession *session = self->session;
  g_autoptr (GError) error = NULL;

  if (session->asking != NULL)
    return;
  if (session->challenge == NULL && !take_visual_challenge (self, session, &error))
    {
      mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED, g_steal_pointer (&error));
      return;
    }
  /* it serves once (service-protocol.md, challenge) */
  mdg_desk_drop_challenge (self);
  send_question (self, session);
}

/**
 * mdg_desk_ask:
 * @self: the desk
 *
 * Asks at once, or, where the challenge is still on its way, when it comes.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_ask (MdgDesk *self)
{
  if (self->session->challenge == NULL)
    mdg_desk_need_challenge (self);
  if (self->session->challenge != NULL || self->fetching == NULL)
    ask_with_challenge (self);
}

/**
 * mdg_desk_session_new:
 * @self: the desk
 * @reader: a reader with a card
 *
 * One patient's check with the card that is on @reader now.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the session
 */
MdgDeskSession *
mdg_desk_session_new (MdgDesk *self, MdgReader *reader)
{
  MdgDeskSession *session = g_new0 (MdgDeskSession, 1);

  session->id = ++self->last_session_id;
  session->reader = g_object_ref (reader);
  session->card_serial = mdg_reader_get_card_serial (reader);
  session->visual = self->method == MDG_DESK_METHOD_VISUAL;
  session->started_us = g_get_monotonic_time ();
  return session;
}

/**
 * mdg_desk_session_free:
 * @session: (transfer full): a session
 *
 * Asks its run to end, cancels its question, and forgets everything about the patient.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_session_free (MdgDeskSession *session)
{
  if (session->job != NULL)
    mdg_desk_card_job_end (session->job);
  if (session->asking != NULL)
    g_cancellable_cancel (session->asking);
  g_clear_pointer (&session->job, mdg_desk_card_job_unref);
  g_clear_object (&session->asking);
  g_clear_pointer (&session->asked_at, g_date_time_unref);
  g_clear_pointer (&session->certificate, g_bytes_unref);
  g_clear_pointer (&session->signature, g_bytes_unref);
  g_clear_pointer (&session->challenge, mdg_challenge_free);
  g_clear_pointer (&session->answer, mdg_desk_answer_free);
  g_clear_object (&session->reader);
  g_free (session);
}
