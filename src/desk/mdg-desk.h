/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The counter's use case: from a tap to an answer. */
#pragma once

#include "mdg-card.h"
#include "mdg-desk-state.h"
#include "mdg-eligibility-source.h"
#include "mdg-pin.h"
#include "mdg-problem.h"
#include "mdg-reader-manager.h"
#include "mdg-store.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_DESK_METHOD_PIN,
  MDG_DESK_METHOD_VISUAL
} MdgDeskMethod;

typedef struct
{
  gint64 read_us; /* SELECT, certificate, tries */
  gint64 verify_us;
  gint64 sign_us;
  gint64 ask_us;   /* the service */
  gint64 total_us; /* from the card, or the PIN if that came later, to the answer */
} MdgDeskTiming;

/* What one check found, and what it did not look at. Immutable once the desk is SHOWING. */
typedef struct
{
  MdgOqsMessage *message;
  MdgDeskMethod method;
  gboolean practice;
  GDateTime *asked_at;
  char *reader_name;
  const char *const *confirmed;     /* "pin", "key-possession", "service-trust"; "staff-face" */
  const char *const *not_confirmed; /* always "revocation"; visual: "pin", "key-possession" */
  MdgExchange exchange;
  MdgDeskTiming timing;
} MdgDeskAnswer;

#define MDG_TYPE_DESK (mdg_desk_get_type ())
G_DECLARE_FINAL_TYPE (MdgDesk, mdg_desk, MDG, DESK, GObject)

/* @store: (nullable): remembers what readers can do */
MdgDesk *mdg_desk_new (MdgReaderManager *readers, MdgEligibilitySource *source, MdgStore *store);
/* Properties, notified: state, reader, tries-left, problem, answer, show-until, busy. */
MdgDeskState mdg_desk_get_state (MdgDesk *self);
MdgReader *mdg_desk_get_reader (MdgDesk *self);   /* (transfer none) (nullable) */
int mdg_desk_get_tries_left (MdgDesk *self);      /* -1 unknown */
MdgProblem *mdg_desk_get_problem (MdgDesk *self); /* (transfer none) (nullable) */
const GError *
mdg_desk_get_error (MdgDesk *self); /* (nullable): the error behind the problem, for logs */
const MdgDeskAnswer *mdg_desk_get_answer (MdgDesk *self); /* (nullable): only while SHOWING */
gint64
mdg_desk_get_show_until (MdgDesk *self);    /* when the answer goes, monotonic µs; 0: it is kept */
gboolean mdg_desk_get_busy (MdgDesk *self); /* a card is being talked to: wait before exit */

void mdg_desk_set_reader_id (MdgDesk *self, const char *id); /* (nullable): any reader */
void mdg_desk_set_method (MdgDesk *self, MdgDeskMethod method);
void mdg_desk_set_confirmation_date (MdgDesk *self, const char *yyyymmdd); /* (nullable): today */
void mdg_desk_set_consent (MdgDesk *self, gboolean limit, gboolean diseases);
void mdg_desk_start (MdgDesk *self); /* cards there already count as CARD_IN */
void mdg_desk_stop (MdgDesk *self);  /* closes the card, forgets the PIN */
void
mdg_desk_give_pin (MdgDesk *self, MdgPin *pin, gboolean confirm_last_try); /* (transfer full) */
void mdg_desk_confirm (MdgDesk *self, gboolean yes);                       /* last try, or face */
void mdg_desk_keep (MdgDesk *self);    /* the answer stays until dismissed, or the next card */
void mdg_desk_dismiss (MdgDesk *self); /* clears what is on the screen */
void mdg_desk_retry (MdgDesk *self);   /* after a problem: the card that lies there once more */

G_END_DECLS
