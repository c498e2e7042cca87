/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window follows its session: what it can do now, what covers it, what the reception asks for.
 */
#include "config.h"

#include "mdg-window-private.h"

static void
on_session_changed_cb (MdgWindow *self)
{
  mdg_window_fill_reception (self);
  mdg_window_update (self);
}

/**
 * mdg_window_is_covered:
 * @self: the window
 *
 * Thread: main.
 *
 * Returns: whether the lock or the log-in is over all places
 */
gboolean
mdg_window_is_covered (MdgWindow *self)
{
  return FALSE;
}

/**
 * mdg_window_connect:
 * @self: the window, which has its session
 *
 * Thread: main.
 */
void
mdg_window_connect (MdgWindow *self)
{
  g_signal_connect_object (self->session, "notify::state", G_CALLBACK (on_session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::reception", G_CALLBACK (on_session_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/**
 * mdg_window_disconnect:
 * @self: the window, at its end
 *
 * Thread: main.
 */
void
mdg_window_disconnect (MdgWindow *self)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
}
