/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The end of the program where the system has signals. */
#include "config.h"

#include "mdg-practice-service-private.h"

#include <glib-unix.h>

static gboolean
on_signal_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/**
 * mdg_practice_wait_for_end:
 * @loop: of the default main context
 *
 * Runs @loop until SIGTERM or SIGINT.
 *
 * Thread: the main one.
 * Errors: none.
 */
void
mdg_practice_wait_for_end (GMainLoop *loop)
{
  guint term = g_unix_signal_add (SIGTERM, on_signal_cb, loop);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal_cb, loop);

  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (interrupt);
}
