/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What each state of the desk does when it is entered, and how long it lasts. Which state that is
 * was the table's decision. Promises: a PIN lives in NO_READER, ARMED and IDENTIFYING only, and in
 * SIGNING with the card's job; a session ends with a closed card. */
#include "config.h"

#include "mdg-desk-private.h"

#include "mdg-service-error.h"

static gboolean
on_timeout_cb (gpointer user_data)
{
  MdgDesk *self = user_data;

  self->timer = 0;
  mdg_desk_dispatch (self, MDG_DESK_EVENT_TIMEOUT);
  return G_SOURCE_REMOVE;
}

static gboolean
on_no_answer_cb (gpointer user_data)
{
  MdgDesk *self = user_data;

  self->timer = 0;
  mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED,
                           mdg_service_error_new (MDG_SERVICE_ERROR_TIMED_OUT, NULL, NULL, 0,
                                                  "the source did not answer at all"));
  return G_SOURCE_REMOVE;
}

static void
set_timer (MdgDesk *self, gint64 milliseconds, GSourceFunc func)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) MAX (milliseconds, 0), func, self);
}

/* Milliseconds, from the moment it was given, whatever the desk did meanwhile. */
static gint64
get_pin_time_left (MdgDesk *self)
{
  gint64 age = (g_get_monotonic_time () - self->pin_given_us) / 1000;

  return (gint64) self->arm_timeout - age;
}

static gboolean
is_pin_stale (MdgDesk *self)
{
  return self->pin != NULL && get_pin_time_left (self) <= 0;
}

static void
set_pin_timer (MdgDesk *self)
{
  set_timer (self, get_pin_time_left (self), on_timeout_cb);
}

/* Without one in @happening the desk has it already: it was given before its time. */
static void
keep_pin (MdgDesk *self, MdgDeskHappening *happening)
{
  if (happening->pin != NULL)
    mdg_desk_keep_pin (self, g_steal_pointer (&happening->pin), happening->confirmed);
}

static void
clear_screen (MdgDesk *self)
{
  mdg_desk_set_show_until (self, 0);
  mdg_desk_set_error (self, NULL);
  mdg_desk_set_tries_left (self, -1);
  if (self->answer == NULL)
    return;
  g_clear_pointer (&self->answer, mdg_desk_answer_free);
  mdg_desk_notify (self, MDG_DESK_PROP_ANSWER);
}

static void
close_card (MdgDesk *self)
{
  MdgDeskSession *session = self->session;

  if (session == NULL || !session->card_open)
    return;
  session->card_open = FALSE;
  if (mdg_desk_watch_is_there (self->watch, session->reader, session->card_serial))
    mdg_desk_run_close (self, session->reader, session->card_serial);
}

/**
 * mdg_desk_clear_session:
 * @self: the desk
 *
 * Ends everything under way for the present patient; the screen stays as it is.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_clear_session (MdgDesk *self)
{
  mdg_desk_drop_challenge (self);
  if (self->session == NULL)
    return;
  close_card (self);
  g_clear_pointer (&self->session, mdg_desk_session_free);
}

static void
set_reader (MdgDesk *self, MdgReader *reader)
{
  if (g_set_object (&self->reader, reader))
    mdg_desk_notify (self, MDG_DESK_PROP_READER);
}

static void
begin_session (MdgDesk *self, MdgReader *reader)
{
  if (self->session != NULL)
    {
      close_card (self);
      g_clear_pointer (&self->session, mdg_desk_session_free);
    }
  self->session = mdg_desk_session_new (self, reader);
  mdg_desk_watch_take (self->watch, reader);
  set_reader (self, reader);
}

static void
take_next_card (MdgDesk *self)
{
  MdgReader *reader = mdg_desk_watch_next_card (self->watch);

  if (reader != NULL)
    mdg_desk_dispatch_reader (self, MDG_DESK_EVENT_CARD_IN, reader);
}

static gboolean
is_card_there (MdgDesk *self)
{
  return mdg_desk_watch_is_there (self->watch, self->session->reader, self->session->card_serial);
}

/**
 * mdg_desk_reset:
 * @self: the desk
 *
 * Forgets PIN, patient and everything on the screen.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_reset (MdgDesk *self)
{
  mdg_desk_forget_pin (self);
  mdg_desk_clear_session (self);
  set_reader (self, NULL);
  clear_screen (self);
}

static void
enter_no_reader (MdgDesk *self)
{
  mdg_desk_reset (self);
  mdg_desk_set_error (self, mdg_desk_watch_get_problem (self->watch));
}

static void
enter_waiting (MdgDesk *self, MdgDeskState from, MdgDeskHappening *happening)
{
  gboolean pulled = happening->event == MDG_DESK_EVENT_CARD_OUT;

  if (from != MDG_DESK_STATE_NO_READER || is_pin_stale (self))
    mdg_desk_forget_pin (self);
  mdg_desk_clear_session (self);
  set_reader (self, NULL);
  /* why the patient is asked for the card again: said while it waits */
  if (pulled && self->error != NULL)
    pulled = FALSE;
  else
    clear_screen (self);
  if (pulled)
    mdg_desk_set_error (self, g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_REMOVED,
                                                   "the card was removed"));

  if (!mdg_desk_watch_has_reader (self->watch))
    mdg_desk_dispatch (self, MDG_DESK_EVENT_READER_LOST);
  else if (self->pin != NULL)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_PIN_GIVEN);
  else
    take_next_card (self);
}

static void
enter_armed (MdgDesk *self)
{
  mdg_desk_set_error (self, NULL);
  set_pin_timer (self);
  mdg_desk_need_challenge (self);
  take_next_card (self);
}

static void
enter_identifying (MdgDesk *self, MdgDeskHappening *happening)
{
  mdg_desk_forget_pin (self);
  clear_screen (self);
  mdg_desk_drop_challenge (self);
  begin_session (self, happening->reader);
  mdg_desk_need_challenge (self);
  mdg_desk_run_identify (self);
}

static void
enter_need_pin (MdgDesk *self, MdgDeskState from)
{
  GError *error = NULL;

  if (from == MDG_DESK_STATE_CONFIRM_LAST_TRY)
    self->session->last_try_confirmed = TRUE;
  if (from != MDG_DESK_STATE_SIGNING)
    mdg_desk_set_error (self, NULL);
  set_timer (self, self->pin_timeout, on_timeout_cb);

  /* before the patient types in vain */
  if (!is_card_there (self))
    mdg_desk_dispatch_reader (self, MDG_DESK_EVENT_CARD_OUT, self->session->reader);
  else if (self->slot != NULL && !mdg_challenge_slot_get_error (self->slot, &error))
    mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED, error);
  else if (self->pin != NULL)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_PIN_GIVEN);
}

/* A PIN that was armed is erased: after the warning it is typed once more, or not. */
static void
enter_confirm_last_try (MdgDesk *self)
{
  mdg_desk_forget_pin (self);
  mdg_desk_set_tries_left (self, 1);
  set_timer (self, self->pin_timeout, on_timeout_cb);
  if (!is_card_there (self))
    mdg_desk_dispatch_reader (self, MDG_DESK_EVENT_CARD_OUT, self->session->reader);
}

static void
enter_confirm_face (MdgDesk *self)
{
  GError *error = NULL;

  mdg_desk_forget_pin (self);
  mdg_desk_set_error (self, NULL);
  mdg_desk_set_tries_left (self, -1);
  self->session->visual = TRUE;
  close_card (self);
  set_timer (self, self->pin_timeout, on_timeout_cb);
  if (self->session->certificate == NULL)
    mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED,
                             mdg_card_error_new (MDG_CARD_ERROR_PIN_REQUIRED, -1, 0,
                                                 "a phone cannot be confirmed visually"));
  else if (self->slot != NULL && !mdg_challenge_slot_get_error (self->slot, &error))
    mdg_desk_dispatch_error (self, MDG_DESK_EVENT_FAILED, error);
}

static void
enter_signing (MdgDesk *self, MdgDeskState from, MdgDeskHappening *happening)
{
  mdg_desk_set_error (self, NULL);
  if (from == MDG_DESK_STATE_ARMED)
    begin_session (self, happening->reader);
  else
    self->session->started_us = g_get_monotonic_time ();
  mdg_desk_need_challenge (self);
  mdg_desk_run_check (self);
}

static void
enter_asking (MdgDesk *self, MdgDeskState from)
{
  mdg_desk_set_error (self, NULL);
  if (from == MDG_DESK_STATE_CONFIRM_FACE)
    self->session->started_us = g_get_monotonic_time ();
  set_timer (self, self->ask_timeout, on_no_answer_cb);
  mdg_desk_ask (self);
}

static void
enter_showing (MdgDesk *self)
{
  self->answer = g_steal_pointer (&self->session->answer);
  mdg_desk_notify (self, MDG_DESK_PROP_ANSWER);
  set_timer (self, self->show_timeout, on_timeout_cb);
  mdg_desk_set_show_until (self, g_get_monotonic_time () + (gint64) self->show_timeout * 1000);
}

static void
enter_problem (MdgDesk *self, MdgDeskHappening *happening)
{
  mdg_desk_forget_pin (self);
  if (happening->event == MDG_DESK_EVENT_CARD_OUT)
    mdg_desk_set_error (self, g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_REMOVED,
                                                   "the card was removed while it was read"));
  mdg_desk_clear_session (self);
}

/**
 * mdg_desk_enter:
 * @self: the desk, in its new state
 * @from: the state before
 * @happening: why
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_enter (MdgDesk *self, MdgDeskState from, MdgDeskHappening *happening)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (happening->event == MDG_DESK_EVENT_PIN_GIVEN)
    keep_pin (self, happening);
  switch (self->state)
    {
    case MDG_DESK_STATE_NO_READER:
      enter_no_reader (self);
      break;
    case MDG_DESK_STATE_WAITING:
      enter_waiting (self, from, happening);
      break;
    case MDG_DESK_STATE_ARMED:
      enter_armed (self);
      break;
    case MDG_DESK_STATE_IDENTIFYING:
      enter_identifying (self, happening);
      break;
    case MDG_DESK_STATE_NEED_PIN:
      enter_need_pin (self, from);
      break;
    case MDG_DESK_STATE_CONFIRM_LAST_TRY:
      enter_confirm_last_try (self);
      break;
    case MDG_DESK_STATE_CONFIRM_FACE:
      enter_confirm_face (self);
      break;
    case MDG_DESK_STATE_SIGNING:
      enter_signing (self, from, happening);
      break;
    case MDG_DESK_STATE_ASKING:
      enter_asking (self, from);
      break;
    case MDG_DESK_STATE_SHOWING:
      enter_showing (self);
      break;
    case MDG_DESK_STATE_PROBLEM:
      enter_problem (self, happening);
      break;
    case MDG_DESK_N_STATES:
    default:
      g_assert_not_reached ();
    }
}

/**
 * mdg_desk_stay:
 * @self: the desk
 * @happening: an event that its state handles without leaving
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_stay (MdgDesk *self, MdgDeskHappening *happening)
{
  switch (happening->event)
    {
    case MDG_DESK_EVENT_PIN_GIVEN:
      keep_pin (self, happening);
      if (self->state == MDG_DESK_STATE_ARMED)
        enter_armed (self);
      else if (self->state == MDG_DESK_STATE_NO_READER)
        set_pin_timer (self);
      break;
    case MDG_DESK_EVENT_DISMISSED:
    case MDG_DESK_EVENT_TIMEOUT:
      mdg_desk_forget_pin (self);
      break;
    case MDG_DESK_EVENT_READER_LOST:
      /* a reader that is unplugged takes its card away first: the reader is what to look at */
      if (self->state == MDG_DESK_STATE_PROBLEM &&
          g_error_matches (self->error, MDG_READER_ERROR, MDG_READER_ERROR_REMOVED))
        mdg_desk_set_error (self, mdg_desk_watch_get_problem (self->watch));
      break;
    default:
      break;
    }
}
