/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The desk's table: which state follows which, for every state and every event. Pure data and two
 * look-ups; what a state does when it is entered is mdg-desk.c's. */
#include "config.h"

#include "mdg-desk-state.h"

/* A cell is the next state plus one, so that an empty cell (0) means "not handled". A cell that
 * leads to its own state is an event that is expected there and changes nothing but facts. */
#define TO(State) (MDG_DESK_STATE_##State + 1)

/* Where this differs from "the last reader lost leads to NO_READER": from SIGNING on the reader is
 * the job's business or nobody's any more. The job's error knows whether a VERIFY was answered;
 * "no reader" would hide that. WAITING itself leads on to NO_READER when there is none. */
static const guint8 table[MDG_DESK_N_STATES][MDG_DESK_N_EVENTS] = {
  [MDG_DESK_STATE_NO_READER] = {
    [MDG_DESK_EVENT_READER_READY] = TO (WAITING),
    [MDG_DESK_EVENT_PIN_GIVEN] = TO (NO_READER), /* kept for as long as an armed one */
    [MDG_DESK_EVENT_DISMISSED] = TO (NO_READER), /* and forgotten */
    [MDG_DESK_EVENT_TIMEOUT] = TO (NO_READER),
  },
  [MDG_DESK_STATE_WAITING] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (NO_READER),
    [MDG_DESK_EVENT_CARD_IN] = TO (IDENTIFYING),
    [MDG_DESK_EVENT_PIN_GIVEN] = TO (ARMED),
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
  },
  [MDG_DESK_STATE_ARMED] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (NO_READER),
    [MDG_DESK_EVENT_CARD_IN] = TO (SIGNING),
    [MDG_DESK_EVENT_PIN_GIVEN] = TO (ARMED), /* another one: the first is erased */
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
  [MDG_DESK_STATE_IDENTIFYING] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (NO_READER),
    [MDG_DESK_EVENT_CARD_OUT] = TO (PROBLEM), /* a card pulled while it is read is told in words */
    [MDG_DESK_EVENT_IDENTIFIED] = TO (NEED_PIN),
    [MDG_DESK_EVENT_IDENTIFIED_VISUAL] = TO (CONFIRM_FACE),
    [MDG_DESK_EVENT_LAST_TRY] = TO (CONFIRM_LAST_TRY),
    [MDG_DESK_EVENT_PIN_GIVEN] = TO (IDENTIFYING), /* typed faster than the card is read: kept */
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
  },
  [MDG_DESK_STATE_NEED_PIN] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (NO_READER),
    [MDG_DESK_EVENT_CARD_OUT] = TO (WAITING),
    [MDG_DESK_EVENT_IDENTIFIED_VISUAL] = TO (CONFIRM_FACE), /* staff change to 目視確認 */
    [MDG_DESK_EVENT_LAST_TRY] = TO (CONFIRM_LAST_TRY),
    [MDG_DESK_EVENT_PIN_GIVEN] = TO (SIGNING),
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
  [MDG_DESK_STATE_CONFIRM_LAST_TRY] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (NO_READER),
    [MDG_DESK_EVENT_CARD_OUT] = TO (WAITING),
    [MDG_DESK_EVENT_IDENTIFIED_VISUAL] = TO (CONFIRM_FACE),
    [MDG_DESK_EVENT_CONFIRMED] = TO (NEED_PIN),
    [MDG_DESK_EVENT_REFUSED] = TO (WAITING),
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
  [MDG_DESK_STATE_CONFIRM_FACE] = {
    /* staff take the card up to look at its photo, and put a card back: it is read anew */
    [MDG_DESK_EVENT_READER_LOST] = TO (CONFIRM_FACE),
    [MDG_DESK_EVENT_CARD_IN] = TO (IDENTIFYING),
    [MDG_DESK_EVENT_CARD_OUT] = TO (CONFIRM_FACE),
    [MDG_DESK_EVENT_CONFIRMED] = TO (ASKING),
    [MDG_DESK_EVENT_REFUSED] = TO (WAITING),
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
  [MDG_DESK_STATE_SIGNING] = {
    /* the job ends by itself and knows more; it cannot be dismissed: a VERIFY may be under way */
    [MDG_DESK_EVENT_READER_LOST] = TO (SIGNING),
    [MDG_DESK_EVENT_CARD_OUT] = TO (SIGNING),
    [MDG_DESK_EVENT_LAST_TRY] = TO (CONFIRM_LAST_TRY),
    [MDG_DESK_EVENT_SIGNED] = TO (ASKING),
    [MDG_DESK_EVENT_PIN_WRONG] = TO (NEED_PIN),
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
  },
  [MDG_DESK_STATE_ASKING] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (ASKING),
    [MDG_DESK_EVENT_CARD_OUT] = TO (ASKING),
    [MDG_DESK_EVENT_ANSWERED] = TO (SHOWING),
    [MDG_DESK_EVENT_FAILED] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
  [MDG_DESK_STATE_SHOWING] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (SHOWING),
    [MDG_DESK_EVENT_CARD_IN] = TO (IDENTIFYING),
    [MDG_DESK_EVENT_CARD_OUT] = TO (SHOWING),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
  [MDG_DESK_STATE_PROBLEM] = {
    [MDG_DESK_EVENT_READER_LOST] = TO (PROBLEM),
    [MDG_DESK_EVENT_CARD_IN] = TO (IDENTIFYING),
    [MDG_DESK_EVENT_CARD_OUT] = TO (PROBLEM),
    [MDG_DESK_EVENT_DISMISSED] = TO (WAITING),
    [MDG_DESK_EVENT_TIMEOUT] = TO (WAITING),
  },
};

static const char *const state_names[] = {
  "no-reader",    "waiting", "armed",  "identifying", "need-pin", "confirm-last-try",
  "confirm-face", "signing", "asking", "showing",     "problem",
};
G_STATIC_ASSERT (G_N_ELEMENTS (state_names) == MDG_DESK_N_STATES);

static const char *const event_names[] = {
  "reader-ready", "reader-lost", "card-in",   "card-out", "identified", "identified-visual",
  "last-try",     "pin-given",   "confirmed", "refused",  "signed",     "pin-wrong",
  "answered",     "failed",      "dismissed", "timeout",
};
G_STATIC_ASSERT (G_N_ELEMENTS (event_names) == MDG_DESK_N_EVENTS);

/**
 * mdg_desk_state_to_string:
 * @state: a state
 *
 * The state's name for logs and for the command line: "need-pin" and the like. Never translated.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the name
 */
const char *
mdg_desk_state_to_string (MdgDeskState state)
{
  g_return_val_if_fail ((guint) state < MDG_DESK_N_STATES, "?");

  return state_names[state];
}

/**
 * mdg_desk_event_to_string:
 * @event: an event
 *
 * The event's name for logs. Never translated.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the name
 */
const char *
mdg_desk_event_to_string (MdgDeskEvent event)
{
  g_return_val_if_fail ((guint) event < MDG_DESK_N_EVENTS, "?");

  return event_names[event];
}

/**
 * mdg_desk_state_next:
 * @state: a state
 * @event: what happened
 *
 * The state after @event; @state itself where the table says nothing.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the next state
 */
MdgDeskState
mdg_desk_state_next (MdgDeskState state, MdgDeskEvent event)
{
  return mdg_desk_state_handles (state, event) ? (MdgDeskState) (table[state][event] - 1) : state;
}

/**
 * mdg_desk_state_handles:
 * @state: a state
 * @event: what happened
 *
 * Whether the table has a cell for @event in @state. An event without one is logged and dropped,
 * with everything it brought.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %TRUE if the event means something there
 */
gboolean
mdg_desk_state_handles (MdgDeskState state, MdgDeskEvent event)
{
  g_return_val_if_fail ((guint) state < MDG_DESK_N_STATES, FALSE);
  g_return_val_if_fail ((guint) event < MDG_DESK_N_EVENTS, FALSE);

  return table[state][event] != 0;
}
