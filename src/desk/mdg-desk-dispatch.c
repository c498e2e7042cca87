/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one dispatcher: it applies the table of mdg-desk-state.c. Everything that happens, a card, a
 * key, an answer, becomes an event, and events are dealt with one after the other, whoever sends
 * them while one is dealt with. No other place changes the state of a running desk. */
#include "config.h"

#include "mdg-desk-private.h"

static void
free_happening (gpointer data)
{
  MdgDeskHappening *happening = data;

  g_clear_object (&happening->reader);
  g_clear_pointer (&happening->pin, mdg_pin_free);
  g_clear_error (&happening->error);
  g_free (happening);
}

/* Events that come from a run, a question or the wait for one: for their own session only. */
static gboolean
is_of_session (MdgDeskEvent event)
{
  return event == MDG_DESK_EVENT_IDENTIFIED || event == MDG_DESK_EVENT_IDENTIFIED_VISUAL ||
         event == MDG_DESK_EVENT_LAST_TRY || event == MDG_DESK_EVENT_SIGNED ||
         event == MDG_DESK_EVENT_PIN_WRONG || event == MDG_DESK_EVENT_ANSWERED ||
         event == MDG_DESK_EVENT_FAILED;
}

static guint64
get_session_id (MdgDesk *self)
{
  return self->session != NULL ? self->session->id : 0;
}

/* A PIN for the last try that nobody confirmed is no PIN: it is erased and the table hears of a
 * last try instead, without a word to the card. */
static void
check_last_try (MdgDesk *self, MdgDeskHappening *happening)
{
  gboolean confirmed = happening->pin != NULL ? happening->confirmed : self->pin_confirmed;

  if (happening->event != MDG_DESK_EVENT_PIN_GIVEN || self->state != MDG_DESK_STATE_NEED_PIN ||
      self->tries_left != 1 || confirmed || self->session->last_try_confirmed)
    return;
  g_clear_pointer (&happening->pin, mdg_pin_free);
  mdg_desk_forget_pin (self);
  happening->event = MDG_DESK_EVENT_LAST_TRY;
  happening->error =
      mdg_card_error_new (MDG_CARD_ERROR_LAST_TRY, 1, 0, "one try left and not confirmed");
}

static void
handle (MdgDesk *self, MdgDeskHappening *happening)
{
  MdgDeskState from = self->state;
  const char *name = NULL;

  if (happening->event == MDG_DESK_EVENT_PIN_GIVEN && happening->pin == NULL && self->pin == NULL)
    {
      g_debug ("a PIN was taken back before its turn");
      return;
    }
  check_last_try (self, happening);
  name = mdg_desk_event_to_string (happening->event);
  if (!mdg_desk_state_handles (from, happening->event) ||
      (is_of_session (happening->event) && happening->session_id != get_session_id (self)))
    {
      g_debug ("%s: %s means nothing here", mdg_desk_state_to_string (from), name);
      return;
    }
  self->state = mdg_desk_state_next (from, happening->event);
  g_debug ("%s: %s, then %s", mdg_desk_state_to_string (from), name,
           mdg_desk_state_to_string (self->state));

  /* a face sees the new state only when everything of it is there */
  g_object_freeze_notify (G_OBJECT (self));
  if (happening->error != NULL)
    mdg_desk_set_error (self, g_steal_pointer (&happening->error));
  if (self->state == from)
    mdg_desk_stay (self, happening);
  else
    {
      mdg_desk_notify (self, MDG_DESK_PROP_STATE);
      mdg_desk_enter (self, from, happening);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Takes @happening. */
static void
dispatch (MdgDesk *self, MdgDeskHappening *happening)
{
  g_autoptr (MdgDesk) hold = g_object_ref (self);

  if (!self->running)
    {
      free_happening (happening);
      return;
    }
  happening->session_id = get_session_id (self);
  g_queue_push_tail (&self->happenings, happening);
  if (self->dispatching)
    return;
  self->dispatching = TRUE;
  while ((happening = g_queue_pop_head (&self->happenings)) != NULL)
    {
      handle (self, happening);
      free_happening (happening);
    }
  self->dispatching = FALSE;
}

static MdgDeskHappening *
new_happening (MdgDeskEvent event)
{
  MdgDeskHappening *happening = g_new0 (MdgDeskHappening, 1);

  happening->event = event;
  return happening;
}

/**
 * mdg_desk_dispatch:
 * @self: the desk
 * @event: what happened
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_dispatch (MdgDesk *self, MdgDeskEvent event)
{
  dispatch (self, new_happening (event));
}

/**
 * mdg_desk_dispatch_reader:
 * @self: the desk
 * @event: what happened
 * @reader: where
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_dispatch_reader (MdgDesk *self, MdgDeskEvent event, MdgReader *reader)
{
  MdgDeskHappening *happening = new_happening (event);

  happening->reader = g_object_ref (reader);
  dispatch (self, happening);
}

/**
 * mdg_desk_dispatch_error:
 * @self: the desk
 * @event: what happened
 * @error: (transfer full): why
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_dispatch_error (MdgDesk *self, MdgDeskEvent event, GError *error)
{
  MdgDeskHappening *happening = new_happening (event);

  happening->error = error;
  dispatch (self, happening);
}

/**
 * mdg_desk_dispatch_pin:
 * @self: the desk
 * @pin: (transfer full): a PIN that was given
 * @confirmed: for the last try too
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_dispatch_pin (MdgDesk *self, MdgPin *pin, gboolean confirmed)
{
  MdgDeskHappening *happening = new_happening (MDG_DESK_EVENT_PIN_GIVEN);

  happening->pin = pin;
  happening->confirmed = confirmed;
  dispatch (self, happening);
}

/**
 * mdg_desk_drop_happenings:
 * @self: the desk
 *
 * Throws away what was not dealt with yet.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_drop_happenings (MdgDesk *self)
{
  g_queue_clear_full (&self->happenings, free_happening);
}

/**
 * mdg_desk_set_error:
 * @self: the desk
 * @error: (transfer full) (nullable): what the screen tells; %NULL clears it
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_error (MdgDesk *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  /* a check begins with a card: where there is none now, it was taken away, and people are told so
   */
  if (g_error_matches (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD))
    error->code = MDG_READER_ERROR_REMOVED;
  g_clear_error (&self->error);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  self->error = error;
  if (error != NULL)
    self->problem = mdg_problem_new (error);
  mdg_desk_notify (self, MDG_DESK_PROP_PROBLEM);
}

/**
 * mdg_desk_set_tries_left:
 * @self: the desk
 * @tries_left: what the card said, or -1
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_tries_left (MdgDesk *self, int tries_left)
{
  if (self->tries_left == tries_left)
    return;
  self->tries_left = tries_left;
  mdg_desk_notify (self, MDG_DESK_PROP_TRIES_LEFT);
}

/**
 * mdg_desk_keep_pin:
 * @self: the desk
 * @pin: (transfer full): a PIN for later; one from before is erased
 * @confirmed: for the last try too
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_keep_pin (MdgDesk *self, MdgPin *pin, gboolean confirmed)
{
  mdg_desk_forget_pin (self);
  self->pin = pin;
  self->pin_confirmed = confirmed;
  self->pin_given_us = g_get_monotonic_time ();
}

/**
 * mdg_desk_forget_pin:
 * @self: the desk
 *
 * Erases a PIN that was given and not used.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_forget_pin (MdgDesk *self)
{
  g_clear_pointer (&self->pin, mdg_pin_free);
  self->pin_confirmed = FALSE;
}

static void
on_ready_cb (gpointer user_data)
{
  mdg_desk_dispatch (user_data, MDG_DESK_EVENT_READER_READY);
}

static void
on_lost_cb (gpointer user_data)
{
  mdg_desk_dispatch (user_data, MDG_DESK_EVENT_READER_LOST);
}

static void
on_reason_cb (gpointer user_data)
{
  mdg_desk_refresh_problem (user_data);
}

static void
on_added_cb (MdgReader *reader, gpointer user_data)
{
  MdgDesk *self = user_data;

  mdg_reader_memory_attach (self->memory, reader);
}

static void
on_card_out_cb (MdgReader *reader, gpointer user_data)
{
  MdgDesk *self = user_data;

  if (self->session != NULL && self->session->reader == reader)
    mdg_desk_dispatch_reader (self, MDG_DESK_EVENT_CARD_OUT, reader);
}

static void
on_card_in_cb (MdgReader *reader, gpointer user_data)
{
  MdgDesk *self = user_data;

  /* what is put back while staff look at a photo is read anew: it may be another's card, whose
   * holder must not get the first one's answer. One on another reader has to wait. */
  if (self->state == MDG_DESK_STATE_CONFIRM_FACE && self->session->reader != reader)
    return;
  /* an insertion says that the one before is over, even where its removal went unheard */
  on_card_out_cb (reader, user_data);
  mdg_desk_dispatch_reader (self, MDG_DESK_EVENT_CARD_IN, reader);
}

const MdgDeskWatchEvents mdg_desk_watch_events = {
  .ready = on_ready_cb,
  .lost = on_lost_cb,
  .reason = on_reason_cb,
  .added = on_added_cb,
  .card_in = on_card_in_cb,
  .card_out = on_card_out_cb,
};
