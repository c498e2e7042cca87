/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a challenge on its way from the service waits for the card, or the card for it. */
#pragma once

#include "mdg-eligibility-source.h"

G_BEGIN_DECLS

/* What the card signs for: the challenge and who asks. */
typedef struct
{
  MdgChallenge *challenge;
  char *institution_code;
  gboolean practice;
} MdgChallengeTicket;

void mdg_challenge_ticket_free (MdgChallengeTicket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgChallengeTicket, mdg_challenge_ticket_free)

typedef struct _MdgChallengeSlot MdgChallengeSlot;
MdgChallengeSlot *mdg_challenge_slot_new (void);
MdgChallengeSlot *mdg_challenge_slot_ref (MdgChallengeSlot *self);
void mdg_challenge_slot_unref (MdgChallengeSlot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgChallengeSlot, mdg_challenge_slot_unref)

/* the first of these three counts; later ones change nothing */
void mdg_challenge_slot_put (MdgChallengeSlot *self,
                             const MdgChallenge *challenge,
                             const char *institution_code,
                             gboolean practice);
void mdg_challenge_slot_fail (MdgChallengeSlot *self, const GError *error);
void mdg_challenge_slot_cancel (MdgChallengeSlot *self);

/* blocks until @deadline (monotonic microseconds) at most */
MdgChallengeTicket *mdg_challenge_slot_wait (MdgChallengeSlot *self,
                                             gint64 deadline,
                                             GCancellable *cancellable,
                                             GError **error);
/* these two do not block */
gboolean mdg_challenge_slot_is_usable (MdgChallengeSlot *self, gint64 margin);
gboolean mdg_challenge_slot_get_error (MdgChallengeSlot *self, GError **error);

G_END_DECLS
