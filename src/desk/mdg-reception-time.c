/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception's two clocks: the seconds until the answer is cleared, and how long what was said
 * and typed before a card waits for it. There is no timer where nothing is counted. */
#include "config.h"

#include "mdg-reception-private.h"

static gboolean
on_second_cb (gpointer user_data)
{
  MdgReception *self = user_data;

  self->tick = 0;
  mdg_reception_follow_time (self);
  return G_SOURCE_REMOVE;
}

static void
set_seconds_left (MdgReception *self, int seconds)
{
  if (self->seconds_left == seconds)
    return;
  self->seconds_left = seconds;
  mdg_reception_notify (self, MDG_RECEPTION_PROP_SECONDS_LEFT);
}

/**
 * mdg_reception_follow_time:
 * @self: the reception
 *
 * Counts down to the moment that the desk names, a second at a time; stops where it names none.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_follow_time (MdgReception *self)
{
  gint64 until = mdg_desk_get_show_until (self->desk);
  gint64 left = until - g_get_monotonic_time ();
  gint64 seconds = (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  g_clear_handle_id (&self->tick, g_source_remove);
  if (until == 0)
    {
      set_seconds_left (self, -1);
      return;
    }
  seconds = MAX (seconds, 0);
  /* to just after the moment that the number changes; at 0 the desk has the next word */
  if (seconds > 0)
    self->tick = g_timeout_add ((guint) ((left - (seconds - 1) * G_USEC_PER_SEC) / 1000 + 1),
                                on_second_cb, self);
  set_seconds_left (self, (int) seconds);
}

/**
 * mdg_reception_stop_time:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_stop_time (MdgReception *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->forget_timer, g_source_remove);
}

static gboolean
on_no_card_cb (gpointer user_data)
{
  MdgReception *self = user_data;

  self->forget_timer = 0;
  mdg_reception_end_patient (self);
  mdg_reception_refresh (self);
  return G_SOURCE_REMOVE;
}

/**
 * mdg_reception_expect_card:
 * @self: the reception, in WAITING
 *
 * What a patient said or typed is for the card that comes now. Where none comes for as long as the
 * desk keeps an armed PIN, the patient has gone, and all of it is forgotten.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_expect_card (MdgReception *self)
{
  guint milliseconds = 0;

  g_object_get (self->desk, "arm-timeout", &milliseconds, NULL);
  g_clear_handle_id (&self->forget_timer, g_source_remove);
  self->forget_timer = g_timeout_add (milliseconds, on_no_card_cb, self);
}
