/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The desk from inside: what its files share. mdg-desk-dispatch.c applies the table,
 * mdg-desk-enter.c does what a state does when it is entered, mdg-desk-work.c talks to the card and
 * the service. */
#pragma once

#include "mdg-challenge-slot.h"
#include "mdg-desk-answer.h"
#include "mdg-desk-card-job.h"
#include "mdg-desk-watch.h"
#include "mdg-desk.h"
#include "mdg-reader-memory.h"

G_BEGIN_DECLS

/* One event with what it brought. */
typedef struct
{
  MdgDeskEvent event;
  MdgReader *reader;  /* CARD_IN, CARD_OUT */
  MdgPin *pin;        /* PIN_GIVEN */
  gboolean confirmed; /* PIN_GIVEN: for the last try too */
  GError *error;      /* FAILED, PIN_WRONG, LAST_TRY */
  guint64 session_id; /* the session it belongs to, 0 none */
} MdgDeskHappening;

/* One patient's check, from the card to the answer. Nothing of it outlives it. */
typedef struct
{
  guint64 id; /* never used twice */
  MdgReader *reader;
  guint card_serial;
  gboolean visual;
  GBytes *certificate;
  gboolean certificate_needs_pin;
  gboolean test_card;
  MdgJpkiForm form;
  gboolean last_try_confirmed;
  gboolean card_open;  /* powered since the last run */
  MdgDeskCardJob *job; /* the run under way */
  gboolean restarted;  /* that run, after a reset */
  GBytes *signature;   /* with the challenge it is for */
  MdgChallenge *challenge;
  gboolean practice;
  GCancellable *asking;
  GDateTime *asked_at;
  gint64 started_us;
  gint64 ask_started_us;
  MdgDeskTiming timing;
  MdgExchange exchange;
  MdgDeskAnswer *answer; /* until it is shown */
} MdgDeskSession;

struct _MdgDesk
{
  GObject parent_instance;

  MdgReaderManager *readers;
  MdgEligibilitySource *source;
  MdgReaderMemory *memory;
  MdgDeskWatch *watch;

  MdgDeskMethod method;
  char *confirmation_date;
  gboolean consent_limit;
  gboolean consent_diseases;
  guint arm_timeout; /* milliseconds, these five */
  guint pin_timeout;
  guint show_timeout;
  guint ask_timeout;
  guint challenge_timeout;

  gboolean running;
  gboolean dispatching;
  GQueue happenings; /* of MdgDeskHappening */
  guint timer;
  guint busy; /* runs under way */

  MdgPin *pin; /* given and not yet used */
  gboolean pin_confirmed;
  gint64 pin_given_us;
  MdgChallengeSlot *slot;
  GCancellable *fetching;
  MdgDeskSession *session; /* (nullable) */
  guint64 last_session_id;

  MdgDeskState state;
  MdgReader *reader; /* of the present session, or of the one that the problem ended */
  int tries_left;
  GError *error;
  MdgProblem *problem;
  MdgDeskAnswer *answer;
  gint64 show_until; /* monotonic microseconds; 0: kept, or there is no answer */
};

enum
{
  MDG_DESK_PROP_0,
  MDG_DESK_PROP_STATE,
  MDG_DESK_PROP_READER,
  MDG_DESK_PROP_TRIES_LEFT,
  MDG_DESK_PROP_PROBLEM,
  MDG_DESK_PROP_ANSWER,
  MDG_DESK_PROP_SHOW_UNTIL,
  MDG_DESK_PROP_BUSY,
  MDG_DESK_PROP_ARM_TIMEOUT,
  MDG_DESK_PROP_PIN_TIMEOUT,
  MDG_DESK_PROP_SHOW_TIMEOUT,
  MDG_DESK_PROP_ASK_TIMEOUT,
  MDG_DESK_PROP_CHALLENGE_TIMEOUT,
  MDG_DESK_N_PROPS
};

/* mdg-desk.c */
void mdg_desk_notify (MdgDesk *self, guint property);
void mdg_desk_refresh_problem (MdgDesk *self);

/* mdg-desk-dispatch.c */
extern const MdgDeskWatchEvents mdg_desk_watch_events; /* what readers report, as events */
void mdg_desk_dispatch (MdgDesk *self, MdgDeskEvent event);
void mdg_desk_dispatch_reader (MdgDesk *self, MdgDeskEvent event, MdgReader *reader);
void mdg_desk_dispatch_error (MdgDesk *self, MdgDeskEvent event, GError *error); /* takes it */
void mdg_desk_dispatch_pin (MdgDesk *self, MdgPin *pin, gboolean confirmed);     /* takes it */
void mdg_desk_drop_happenings (MdgDesk *self);
void mdg_desk_set_error (MdgDesk *self, GError *error); /* takes it */
void mdg_desk_set_tries_left (MdgDesk *self, int tries_left);
void mdg_desk_keep_pin (MdgDesk *self, MdgPin *pin, gboolean confirmed); /* takes it */
void mdg_desk_forget_pin (MdgDesk *self);

/* mdg-desk-enter.c */
void mdg_desk_enter (MdgDesk *self, MdgDeskState from, MdgDeskHappening *happening);
void mdg_desk_stay (MdgDesk *self, MdgDeskHappening *happening);
void mdg_desk_clear_session (MdgDesk *self);
void mdg_desk_reset (MdgDesk *self);

/* mdg-desk-show.c */
void mdg_desk_set_show_until (MdgDesk *self, gint64 monotonic_us);

/* mdg-desk-work.c */
void mdg_desk_need_challenge (MdgDesk *self);
void mdg_desk_drop_challenge (MdgDesk *self);
void mdg_desk_run_identify (MdgDesk *self);
void mdg_desk_run_check (MdgDesk *self);
void mdg_desk_run_close (MdgDesk *self, MdgReader *reader, guint card_serial);
void mdg_desk_ask (MdgDesk *self);
MdgDeskSession *mdg_desk_session_new (MdgDesk *self, MdgReader *reader);
void mdg_desk_session_free (MdgDeskSession *session);

G_END_DECLS
