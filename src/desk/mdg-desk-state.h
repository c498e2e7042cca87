/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The desk's states, events and table: pure data. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_DESK_STATE_NO_READER,
  MDG_DESK_STATE_WAITING,     /* for a card */
  MDG_DESK_STATE_ARMED,       /* for a card, with the PIN given before it; 30 s */
  MDG_DESK_STATE_IDENTIFYING, /* certificate and tries left are being read */
  MDG_DESK_STATE_NEED_PIN,
  MDG_DESK_STATE_CONFIRM_LAST_TRY,
  MDG_DESK_STATE_CONFIRM_FACE, /* 目視確認: staff say yes or no */
  MDG_DESK_STATE_SIGNING,      /* VERIFY and SIGN: do not move the card */
  MDG_DESK_STATE_ASKING,
  MDG_DESK_STATE_SHOWING,
  MDG_DESK_STATE_PROBLEM,
  MDG_DESK_N_STATES
} MdgDeskState;

typedef enum
{
  MDG_DESK_EVENT_READER_READY,
  MDG_DESK_EVENT_READER_LOST, /* the last one */
  MDG_DESK_EVENT_CARD_IN,
  MDG_DESK_EVENT_CARD_OUT,
  MDG_DESK_EVENT_IDENTIFIED,
  MDG_DESK_EVENT_IDENTIFIED_VISUAL, /* identified, and staff chose 目視確認 */
  MDG_DESK_EVENT_LAST_TRY,          /* the card has one try left and nobody confirmed */
  MDG_DESK_EVENT_PIN_GIVEN,
  MDG_DESK_EVENT_CONFIRMED, /* last try, or face: yes */
  MDG_DESK_EVENT_REFUSED,   /* last try, or face: no */
  MDG_DESK_EVENT_SIGNED,
  MDG_DESK_EVENT_PIN_WRONG, /* and tries left */
  MDG_DESK_EVENT_ANSWERED,
  MDG_DESK_EVENT_FAILED,
  MDG_DESK_EVENT_DISMISSED,
  MDG_DESK_EVENT_TIMEOUT,
  MDG_DESK_N_EVENTS
} MdgDeskEvent;

const char *mdg_desk_state_to_string (MdgDeskState state);
const char *mdg_desk_event_to_string (MdgDeskEvent event);
/* the state after @event; @state itself where the table says nothing */
MdgDeskState mdg_desk_state_next (MdgDeskState state, MdgDeskEvent event);
gboolean mdg_desk_state_handles (MdgDeskState state, MdgDeskEvent event);

G_END_DECLS
