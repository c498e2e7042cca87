/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting in a command line: the main context runs until something has happened, a time has passed
 * or the person gave up. */
#include "config.h"

#include "mdg-cli.h"

/**
 * mdg_cli_wait_ready_cb:
 * @source: (nullable): the object of the call
 * @result: what came of it
 * @wait: the #MdgCliWait of the call
 *
 * The callback to give to an asynchronous call that mdg_cli_wait() waits for.
 *
 * Thread: main.
 */
void
mdg_cli_wait_ready_cb (GObject *source, GAsyncResult *result, gpointer wait)
{
  ((MdgCliWait *) wait)->result = g_object_ref (result);
}

/**
 * mdg_cli_wait:
 * @wait: given to the call as user data
 *
 * Runs the main context until the call has ended. Every call of this program has a deadline of its
 * own.
 *
 * Returns: (transfer full): its result
 *
 * Thread: main.
 */
GAsyncResult *
mdg_cli_wait (MdgCliWait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&wait->result);
}

static gboolean
on_time_passed_cb (gpointer passed)
{
  *(gboolean *) passed = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
on_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_main_context_wakeup (NULL);
}

/**
 * mdg_cli_wait_until:
 * @cli: the command line
 * @check: asked again after each event
 * @data: for @check
 * @milliseconds: how long at most
 *
 * Returns: what @check said last
 *
 * Thread: main.
 */
gboolean
mdg_cli_wait_until (MdgCli *cli,
                    gboolean (*check) (gpointer data),
                    gpointer data,
                    guint milliseconds)
{
  gboolean passed = FALSE;
  gboolean done = check (data);
  gulong handler;
  guint source;

  if (done || milliseconds == 0)
    return done;
  source = g_timeout_add (milliseconds, on_time_passed_cb, &passed);
  handler = g_cancellable_connect (cli->cancellable, G_CALLBACK (on_cancelled_cb), NULL, NULL);
  while (!(done = check (data)) && !passed && !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_disconnect (cli->cancellable, handler);
  g_source_remove (source);
  return done;
}
