/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The slot between the network and the card: in time, late, never, dead, cancelled five ways. */
#include "config.h"

#include "mdg-challenge-slot.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
put (MdgChallengeSlot *slot, const char *text, gint64 life)
{
  guint8 nonce[32] = { 1 };
  g_autoptr (GBytes) bytes = g_bytes_new (nonce, sizeof nonce);
  MdgChallenge challenge = { bytes, (char *) text, g_get_monotonic_time () + life };

  mdg_challenge_slot_put (slot, &challenge, "1319999015", TRUE);
}

static void
test_before (void)
{
  g_autoptr (MdgChallengeSlot) slot = mdg_challenge_slot_new ();
  g_autoptr (MdgChallengeTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_challenge_slot_is_usable (slot, SECOND));
  put (slot, "one", 2 * SECOND);
  put (slot, "two", 2 * SECOND); /* the first counts */
  mdg_challenge_slot_cancel (slot);
  g_assert_true (mdg_challenge_slot_is_usable (slot, SECOND));
  g_assert_false (mdg_challenge_slot_is_usable (slot, 3 * SECOND));
  ticket = mdg_challenge_slot_wait (slot, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ticket->challenge->text, ==, "one");
  g_assert_cmpuint (g_bytes_get_size (ticket->challenge->nonce), ==, 32);
  g_assert_cmpstr (ticket->institution_code, ==, "1319999015");
  g_assert_true (ticket->practice);
  g_assert_true (mdg_challenge_slot_get_error (slot, &error));
}

static void
test_never (void)
{
  g_autoptr (MdgChallengeSlot) slot = mdg_challenge_slot_new ();
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_null (mdg_challenge_slot_wait (slot, start + SECOND / 20, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, SECOND / 20);
}

static void
test_dead (void)
{
  g_autoptr (MdgChallengeSlot) slot = mdg_challenge_slot_new ();
  g_autoptr (GError) error = NULL;

  put (slot, "dead", 0);
  g_assert_null (mdg_challenge_slot_wait (slot, g_get_monotonic_time () + SECOND, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CHALLENGE);
}

static void
test_failed (void)
{
  g_autoptr (MdgChallengeSlot) slot = mdg_challenge_slot_new ();
  g_autoptr (GError) told =
      mdg_service_error_new (MDG_SERVICE_ERROR_LOCKED, "MDG-AUTH-002", NULL, 90, "locked");
  g_autoptr (GError) waited = NULL;
  g_autoptr (GError) asked = NULL;

  mdg_challenge_slot_fail (slot, told);
  g_assert_false (mdg_challenge_slot_is_usable (slot, 0));
  g_assert_null (mdg_challenge_slot_wait (slot, 0, NULL, &waited));
  g_assert_false (mdg_challenge_slot_get_error (slot, &asked));
  g_assert_error (waited, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_LOCKED);
  g_assert_error (asked, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_LOCKED);
  /* with everything that it carries */
  g_assert_cmpuint (mdg_service_error_get_retry_after (waited), ==, 90);
}

typedef struct
{
  MdgChallengeSlot *slot;
  GCancellable *cancellable;
  MdgChallengeTicket *ticket;
  GError *error;
} Waiter;

static gpointer
wait_on_thread (gpointer data)
{
  Waiter *waiter = data;

  waiter->ticket = mdg_challenge_slot_wait (waiter->slot, g_get_monotonic_time () + 10 * SECOND,
                                            waiter->cancellable, &waiter->error);
  return NULL;
}

/* Whether the other thread waits already or only comes to it: both must do. */
static void
test_threads (void)
{
  for (guint i = 0; i < 60; i++)
    {
      Waiter waiter = { mdg_challenge_slot_new (), g_cancellable_new (), NULL, NULL };
      GThread *thread = NULL;

      if (i % 4 == 3)
        g_cancellable_cancel (waiter.cancellable);
      thread = g_thread_new ("waiter", wait_on_thread, &waiter);
      if (i % 2 == 0)
        g_thread_yield ();
      if (i % 4 == 0)
        put (waiter.slot, "late", SECOND);
      else if (i % 4 == 1)
        mdg_challenge_slot_cancel (waiter.slot);
      else if (i % 4 == 2)
        g_cancellable_cancel (waiter.cancellable);
      g_thread_join (thread);
      g_assert_true ((waiter.ticket != NULL) == (i % 4 == 0));
      if (waiter.ticket == NULL)
        g_assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_pointer (&waiter.ticket, mdg_challenge_ticket_free);
      g_clear_error (&waiter.error);
      g_object_unref (waiter.cancellable);
      mdg_challenge_slot_unref (waiter.slot);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/challenge-slot/before", test_before);
  g_test_add_func ("/challenge-slot/never", test_never);
  g_test_add_func ("/challenge-slot/dead", test_dead);
  g_test_add_func ("/challenge-slot/failed", test_failed);
  g_test_add_func ("/challenge-slot/threads", test_threads);
  return g_test_run ();
}
