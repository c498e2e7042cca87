/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a challenge on its way from the service waits for the card, or the card for it. The main
 * thread fetches and puts; the reader's thread waits, never longer than it said, and never uses a
 * challenge that has run out meanwhile. */
#include "config.h"

#include "mdg-challenge-slot.h"

#include "mdg-service-error.h"

struct _MdgChallengeSlot
{
  GMutex mutex;
  GCond cond;
  MdgChallengeTicket *ticket; /* either this or error, once settled */
  GError *error;
};

static gboolean
is_settled (MdgChallengeSlot *self)
{
  return self->ticket != NULL || self->error != NULL;
}

/* Takes @ticket and @error, or frees them where the slot is settled already. */
static void
settle (MdgChallengeSlot *self, MdgChallengeTicket *ticket, GError *error)
{
  g_autoptr (MdgChallengeTicket) spare_ticket = ticket;
  g_autoptr (GError) spare_error = error;

  g_mutex_lock (&self->mutex);
  if (!is_settled (self))
    {
      self->ticket = g_steal_pointer (&spare_ticket);
      self->error = g_steal_pointer (&spare_error);
      g_cond_broadcast (&self->cond);
    }
  g_mutex_unlock (&self->mutex);
}

static MdgChallengeTicket *
copy_ticket (const MdgChallengeTicket *ticket)
{
  MdgChallengeTicket *copy = g_new0 (MdgChallengeTicket, 1);

  copy->challenge = mdg_challenge_copy (ticket->challenge);
  copy->institution_code = g_strdup (ticket->institution_code);
  copy->practice = ticket->practice;
  return copy;
}

static void
clear_slot (gpointer data)
{
  MdgChallengeSlot *self = data;

  g_clear_pointer (&self->ticket, mdg_challenge_ticket_free);
  g_clear_error (&self->error);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
}

static void
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  MdgChallengeSlot *self = user_data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_challenge_ticket_free:
 * @self: (transfer full): a ticket
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_challenge_ticket_free (MdgChallengeTicket *self)
{
  mdg_challenge_free (self->challenge);
  g_free (self->institution_code);
  g_free (self);
}

/**
 * mdg_challenge_slot_new:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): an empty slot
 */
MdgChallengeSlot *
mdg_challenge_slot_new (void)
{
  MdgChallengeSlot *self = g_atomic_rc_box_new0 (MdgChallengeSlot);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

/**
 * mdg_challenge_slot_ref:
 * @self: a slot
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgChallengeSlot *
mdg_challenge_slot_ref (MdgChallengeSlot *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_challenge_slot_unref:
 * @self: (transfer full): a slot
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_challenge_slot_unref (MdgChallengeSlot *self)
{
  g_atomic_rc_box_release_full (self, clear_slot);
}

/**
 * mdg_challenge_slot_put:
 * @self: a slot
 * @challenge: what the service gave
 * @institution_code: (nullable): who asks, 10 digits
 * @practice: whether the service is the practice one
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_challenge_slot_put (MdgChallengeSlot *self,
                        const MdgChallenge *challenge,
                        const char *institution_code,
                        gboolean practice)
{
  MdgChallengeTicket *ticket = g_new0 (MdgChallengeTicket, 1);

  g_return_if_fail (challenge != NULL);

  ticket->challenge = mdg_challenge_copy (challenge);
  ticket->institution_code = g_strdup (institution_code != NULL ? institution_code : "");
  ticket->practice = practice;
  settle (self, ticket, NULL);
}

/**
 * mdg_challenge_slot_fail:
 * @self: a slot
 * @error: why there is no challenge
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_challenge_slot_fail (MdgChallengeSlot *self, const GError *error)
{
  g_return_if_fail (error != NULL);

  settle (self, NULL, g_error_copy (error));
}

/**
 * mdg_challenge_slot_cancel:
 * @self: a slot
 *
 * Nobody wants the challenge any more: who waits gets %G_IO_ERROR_CANCELLED.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_challenge_slot_cancel (MdgChallengeSlot *self)
{
  settle (self, NULL,
          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the check was given up"));
}

/**
 * mdg_challenge_slot_wait:
 * @self: a slot
 * @deadline: when to give up, monotonic microseconds
 * @cancellable: (nullable): ends the wait early
 * @error: return location
 *
 * Waits for the challenge. A wait inside a card's transaction must stay under 5 s: Windows resets a
 * card whose transaction is idle for longer (SCardBeginTransaction; reference/card.md 3.4).
 *
 * Thread: any but the one that puts.
 * Errors: what the service said; %MDG_SERVICE_ERROR_TIMED_OUT where nothing came;
 * %MDG_SERVICE_ERROR_CHALLENGE where it has run out; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): a challenge that is still alive, and who asks
 */
MdgChallengeTicket *
mdg_challenge_slot_wait (MdgChallengeSlot *self,
                         gint64 deadline,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (MdgChallengeTicket) ticket = NULL;
  g_autoptr (GError) failure = NULL;
  gulong handler = 0;
  gboolean in_time = TRUE;

  /* connected and disconnected without the lock, which the callback takes */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  while (in_time && !is_settled (self) && !g_cancellable_is_cancelled (cancellable))
    in_time = g_cond_wait_until (&self->cond, &self->mutex, deadline);
  if (self->ticket != NULL)
    ticket = copy_ticket (self->ticket);
  else if (self->error != NULL)
    failure = g_error_copy (self->error);
  g_mutex_unlock (&self->mutex);

  g_cancellable_disconnect (cancellable, handler);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (ticket == NULL)
    {
      g_propagate_error (error, mdg_service_error_new (MDG_SERVICE_ERROR_TIMED_OUT, NULL, NULL, 0,
                                                       "no challenge while the card waited"));
      return NULL;
    }
  if (ticket->challenge->expires_at <= g_get_monotonic_time ())
    {
      g_propagate_error (error, mdg_service_error_new (MDG_SERVICE_ERROR_CHALLENGE, NULL, NULL, 0,
                                                       "the challenge ran out before its use"));
      return NULL;
    }
  return g_steal_pointer (&ticket);
}

/**
 * mdg_challenge_slot_is_usable:
 * @self: a slot
 * @margin: microseconds of life that a challenge must have left
 *
 * Whether a challenge is there and fresh enough, or still on its way.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %FALSE where another one has to be fetched
 */
gboolean
mdg_challenge_slot_is_usable (MdgChallengeSlot *self, gint64 margin)
{
  gboolean usable;

  g_mutex_lock (&self->mutex);
  usable = self->error == NULL &&
           (self->ticket == NULL ||
            self->ticket->challenge->expires_at - margin > g_get_monotonic_time ());
  g_mutex_unlock (&self->mutex);
  return usable;
}

/**
 * mdg_challenge_slot_get_error:
 * @self: a slot
 * @error: return location
 *
 * Thread: any.
 * Errors: the one the slot failed with.
 *
 * Returns: %FALSE with @error set where the slot failed; %TRUE else
 */
gboolean
mdg_challenge_slot_get_error (MdgChallengeSlot *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_mutex_lock (&self->mutex);
  if (self->error != NULL)
    failure = g_error_copy (self->error);
  g_mutex_unlock (&self->mutex);

  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
