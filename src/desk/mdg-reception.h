/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception as both windows see it: the desk, the PIN that is being typed, the patient's
 * consent, the countdown. Every decision of the two windows is here; they show screens and hand
 * back actions and digits. */
#pragma once

#include "mdg-desk.h"
#include "mdg-screen.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_CONSENT_UNASKED, /* counts as no when the question goes out */
  MDG_CONSENT_YES,
  MDG_CONSENT_NO
} MdgConsent;

typedef enum
{
  MDG_SIDE_STAFF,
  MDG_SIDE_PATIENT
} MdgSide;

/* Properties, notified:
 *  "staff-screen", "patient-screen": MdgScreen, new when something in it changed
 *  "pin-length" (uint 0 to 4), "consent" (int), "method" (int)
 *  "answer" (pointer to the desk's MdgDeskAnswer, NULL but in the scene ANSWER)
 *  "seconds-left" (int): until the answer is cleared; -1: it is kept, or there is none
 *  "show-seconds" (uint, writable): how long an answer stays; 0: until dismissed
 *  "patient-window" (boolean, writable): the patient has a window with the keypad; staff see how
 *    many digits were typed. Digits are taken from either side all the same.
 *  "ask-consent" (boolean, writable, TRUE): the patient's window asks about 限度額情報; staff may
 *    always say what they were told
 *  "shuffle" (boolean, writable): the keypad's digits are in another order for each patient
 *  "keypad" (string): that order; it changes between two patients only
 * Signals:
 *  "requested" (MdgAction as int): an action that is the window's
 *  "checked" (pointer MdgDeskAnswer): a check came to an answer, once for each
 *  "failed" (pointer MdgProblem): a check ended in a problem, once for each */
#define MDG_TYPE_RECEPTION (mdg_reception_get_type ())
G_DECLARE_FINAL_TYPE (MdgReception, mdg_reception, MDG, RECEPTION, GObject)

MdgReception *
mdg_reception_new (MdgDesk *desk); /* takes a reference; the caller starts and stops the desk */
MdgDesk *mdg_reception_get_desk (MdgReception *self);                         /* (transfer none) */
const MdgScreen *mdg_reception_get_screen (MdgReception *self, MdgSide side); /* (transfer none) */
const MdgDeskAnswer *mdg_reception_get_answer (MdgReception *self);           /* (nullable) */
int mdg_reception_get_seconds_left (MdgReception *self);
gboolean mdg_reception_is_checking (MdgReception *self); /* from a card's reading to the answer */
void mdg_reception_activate (MdgReception *self, MdgAction action);

/* Digits go straight into an MdgPin. FALSE where no digit is taken now, or four are there; a fifth
 * one makes them no PIN: until one is taken back, 確定 erases all of them and says FALSE. */
gboolean mdg_reception_push_digit (MdgReception *self, char digit);
gboolean mdg_reception_pop_digit (MdgReception *self);
gboolean mdg_reception_submit_pin (MdgReception *self); /* 確定: FALSE where four are not there */
guint mdg_reception_get_pin_length (MdgReception *self);
/* the order of the ten digits on the keypad: "1234567890", or shuffled; the tenth stands alone
 * below */
const char *mdg_reception_get_keypad (MdgReception *self);

void mdg_reception_set_consent (MdgReception *self, MdgConsent consent);
MdgConsent mdg_reception_get_consent (MdgReception *self);
void mdg_reception_set_method (MdgReception *self, MdgDeskMethod method);
MdgDeskMethod mdg_reception_get_method (MdgReception *self);

G_END_DECLS
