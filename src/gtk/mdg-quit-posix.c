/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* SIGTERM, SIGINT and SIGHUP become "app.quit": the card is closed and all is written before the
 * process ends. */
#include "config.h"

#include "mdg-quit.h"

#include <glib-unix.h>
#include <signal.h>

static gboolean
on_signal_cb (gpointer application)
{
  /* a second one finds it at its end already */
  if (g_application_get_is_registered (application))
    g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

/**
 * mdg_quit_on_signals:
 * @application: the program; outlives its signals
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_quit_on_signals (GApplication *application)
{
  static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_unix_signal_add (numbers[i], on_signal_cb, application);
}
