/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long an answer stays on the screen: until a moment that a face can count down to, or until it
 * is dismissed. The next card clears it in any case; that is the table's. */
#include "config.h"

#include "mdg-desk-private.h"

/**
 * mdg_desk_set_show_until:
 * @self: the desk
 * @monotonic_us: when the answer goes; 0 where there is none, or it is kept
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_show_until (MdgDesk *self, gint64 monotonic_us)
{
  if (self->show_until == monotonic_us)
    return;
  self->show_until = monotonic_us;
  mdg_desk_notify (self, MDG_DESK_PROP_SHOW_UNTIL);
}

/**
 * mdg_desk_get_show_until:
 * @self: the desk
 *
 * When the answer on the screen will be cleared, for a countdown.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: a time of g_get_monotonic_time(), or 0 where the answer is kept or there is none
 */
gint64
mdg_desk_get_show_until (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), 0);

  return self->show_until;
}

/**
 * mdg_desk_keep:
 * @self: the desk
 *
 * The answer on the screen stays until it is dismissed or the next card comes. Does nothing where
 * there is none.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_keep (MdgDesk *self)
{
  g_return_if_fail (MDG_IS_DESK (self));

  if (self->state != MDG_DESK_STATE_SHOWING)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  mdg_desk_set_show_until (self, 0);
}
