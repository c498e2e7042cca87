/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ctrl-C and a polite kill end the command in order: the card is sent away and powered off first.
 */
#include "config.h"

#include "mdg-cli.h"

#include <glib-unix.h>
#include <signal.h>

static gboolean
on_signal_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE; /* the second one ends the program at once */
}

/**
 * mdg_cli_signals_watch:
 * @cancellable: cancelled by SIGINT or SIGTERM
 *
 * Thread: main.
 */
void
mdg_cli_signals_watch (GCancellable *cancellable)
{
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGINT, on_signal_cb, g_object_ref (cancellable),
                          g_object_unref);
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGTERM, on_signal_cb, g_object_ref (cancellable),
                          g_object_unref);
}
