/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The desk's work with a card: what one run on the reader's thread does. */
#pragma once

#include "mdg-card.h"
#include "mdg-challenge-slot.h"
#include "mdg-jpki.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_DESK_TASK_IDENTIFY, /* certificate and tries; the card stays powered for the PIN */
  MDG_DESK_TASK_LOOK,     /* certificate alone, then closed: for a visual check */
  MDG_DESK_TASK_CHECK,    /* tries, VERIFY, SIGN, closed; the certificate where it is not known */
  MDG_DESK_TASK_CLOSE     /* after an IDENTIFY that no CHECK follows */
} MdgDeskTask;

/* Filled by the desk, run once (or once more after a reset), read by the desk when the run ended.
 */
typedef struct
{
  MdgDeskTask task;
  MdgJpkiForm form;               /* in and out */
  GBytes *certificate;            /* in and out, (nullable) */
  gboolean certificate_needs_pin; /* in and out: a phone */
  MdgPin *pin;                    /* CHECK: owned, used up; atomic, for who ends the job */
  gboolean confirmed_last_try;
  MdgChallengeSlot *slot; /* CHECK: owned */
  gint64 wait_us;         /* CHECK: how long to wait for the challenge */
  gint ended;             /* atomic: mdg_desk_card_job_end() */
  gint verify_sent;       /* atomic: a VERIFY may have reached the card */
  gint finished;          /* atomic: what follows may be read; a thread that hangs never sets it */

  GError *failure; /* the job's own word, where the run ended with another */
  int tries_left;  /* -1 unknown */
  gboolean test_card;
  gboolean left_open; /* powered, the application selected */
  GBytes *signature;
  MdgChallenge *challenge; /* the one that was signed */
  gint64 read_us;
  gint64 verify_us;
  gint64 sign_us;
  MdgExchange exchange;
} MdgDeskCardJob;

MdgDeskCardJob *mdg_desk_card_job_new (MdgDeskTask task);
MdgDeskCardJob *mdg_desk_card_job_ref (MdgDeskCardJob *self);
void mdg_desk_card_job_unref (MdgDeskCardJob *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgDeskCardJob, mdg_desk_card_job_unref)

/* asks a running job to close the card at its next step; one that verifies goes on to its end */
void mdg_desk_card_job_end (MdgDeskCardJob *self);
void mdg_desk_card_job_erase_pin (MdgDeskCardJob *self);
/* an MdgCardFunc; @job: MdgDeskCardJob. Returns @job itself (no reference) or NULL with an error */
gpointer
mdg_desk_card_job_run (MdgCard *card, gpointer job, GCancellable *cancellable, GError **error);

G_END_DECLS
