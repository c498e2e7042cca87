/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception from inside: what its files share. mdg-reception.c follows the desk,
 * mdg-reception-pin.c takes digits, mdg-reception-action.c does what a button says,
 * mdg-reception-time.c counts down, mdg-reception-thanks.c sees the patient off,
 * mdg-reception-screen.c and the two sides' files make screens out of all that and change nothing.
 */
#pragma once

#include "mdg-reception.h"

G_BEGIN_DECLS

#define MDG_KEYPAD_DIGITS 10

struct _MdgReception
{
  GObject parent_instance;

  MdgDesk *desk;
  gulong desk_handler;

  /* the desk as it was followed last */
  MdgDeskState state;
  MdgDeskState broken_in; /* in PROBLEM: the state that it ended */
  gboolean retrying;      /* the same tap goes on */

  /* the PIN that is being typed */
  MdgPin *pin;        /* (nullable) */
  guint pin_length;   /* as it was notified */
  gboolean pin_first; /* the keypad is open although no card was read yet */
  gboolean too_many;  /* a fifth digit came: what was typed is no PIN */
  gboolean again;     /* a wrong PIN was told, and the keypad asked for */
  gboolean last_try_yes;
  char keypad[MDG_KEYPAD_DIGITS + 1];
  gboolean shuffle;

  /* the patient */
  MdgConsent consent;
  gboolean patient_window;
  gboolean ask_consent;
  guint forget_timer; /* what was said and typed before a card does not wait for ever */

  MdgDeskMethod method;      /* the way for the next card */
  MdgDeskMethod desk_method; /* what the desk was told: one patient's may be another */
  MdgDeskMethod way;         /* of the check under way: names its second step */

  MdgReader *thanked_on; /* (nullable): while SHOWING: the card is waited for to be taken */
  gulong thanked_handler;
  guint thanks_timer;
  guint thanks_milliseconds; /* how long at least */

  guint show_seconds;
  int seconds_left;
  guint tick;

  MdgScreen *screens[2]; /* by MdgSide */
};

typedef enum
{
  MDG_RECEPTION_PROP_0,
  MDG_RECEPTION_PROP_STAFF_SCREEN,
  MDG_RECEPTION_PROP_PATIENT_SCREEN,
  MDG_RECEPTION_PROP_PIN_LENGTH,
  MDG_RECEPTION_PROP_KEYPAD,
  MDG_RECEPTION_PROP_CONSENT,
  MDG_RECEPTION_PROP_METHOD,
  MDG_RECEPTION_PROP_ANSWER,
  MDG_RECEPTION_PROP_SECONDS_LEFT,
  MDG_RECEPTION_PROP_SHOW_SECONDS,
  MDG_RECEPTION_PROP_PATIENT_WINDOW,
  MDG_RECEPTION_PROP_ASK_CONSENT,
  MDG_RECEPTION_PROP_SHUFFLE,
  MDG_RECEPTION_N_PROPS
} MdgReceptionProperty;

/* mdg-reception.c */
void mdg_reception_notify (MdgReception *self, MdgReceptionProperty property);
void mdg_reception_refresh (MdgReception *self); /* the screens, after anything changed */
void mdg_reception_request (MdgReception *self, MdgAction action);
void mdg_reception_end_patient (MdgReception *self); /* the next one knows nothing of this one */
void mdg_reception_change_consent (MdgReception *self, MdgConsent consent);
void mdg_reception_tell_method (MdgReception *self, MdgDeskMethod method); /* the desk only */

/* mdg-reception-pin.c */
void mdg_reception_erase_pin (MdgReception *self); /* and closes the keypad before the card */
void mdg_reception_open_keypad (MdgReception *self);
void mdg_reception_follow_pin (MdgReception *self, MdgDeskState from, MdgDeskState to);
void mdg_reception_arrange_keypad (MdgReception *self); /* a new order, for a new patient */
gboolean mdg_reception_takes_digits (MdgReception *self);

/* mdg-reception-time.c */
void mdg_reception_follow_time (MdgReception *self);
void mdg_reception_stop_time (MdgReception *self);
void mdg_reception_expect_card (MdgReception *self); /* from now on, for as long as an armed PIN */

/* mdg-reception-thanks.c */
void mdg_reception_begin_thanks (MdgReception *self);
void mdg_reception_end_thanks (MdgReception *self);
gboolean mdg_reception_is_thanking (MdgReception *self);

/* mdg-reception-screen.c */
MdgScene mdg_reception_get_scene (MdgReception *self); /* the staff's */
gboolean mdg_reception_can_consent (MdgReception *self);
gboolean mdg_reception_needs_fallback (MdgProblem *problem);
MdgScreen *mdg_reception_new_screen (MdgReception *self, MdgScene scene);
void mdg_screen_say (MdgScreen *screen, MdgTone tone, const char *picture, const char *title);
void mdg_screen_add (MdgScreen *screen, MdgAction action, const char *label, gboolean primary);
void mdg_screen_explain (MdgScreen *screen, const char *detail);
char *mdg_reception_describe_tries (MdgReception *self);

/* mdg-reception-staff.c, mdg-reception-patient.c */
MdgScreen *mdg_reception_make_staff_screen (MdgReception *self);
MdgScreen *mdg_reception_make_patient_screen (MdgReception *self);

G_END_DECLS
