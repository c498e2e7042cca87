/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ctrl-C and a polite kill end the command in order: the card is sent away and powered off first.
 */
#include "config.h"

#include "mdg-cli.h"

#include <glib-unix.h>
#include <signal.h>

static gboolean
end_with (MdgCli *cli, int signal_number)
{
  cli->signal_number = signal_number;
  g_cancellable_cancel (cli->cancellable);
  return G_SOURCE_REMOVE; /* the second one ends the program at once */
}

static gboolean
on_interrupt_cb (gpointer cli)
{
  return end_with (cli, SIGINT);
}

static gboolean
on_terminate_cb (gpointer cli)
{
  return end_with (cli, SIGTERM);
}

static gboolean
on_hang_up_cb (gpointer cli)
{
  return end_with (cli, SIGHUP);
}

/**
 * mdg_cli_signals_watch:
 * @cli: the command line; its cancellable is cancelled by SIGINT, SIGTERM and SIGHUP
 *
 * Thread: main.
 */
void
mdg_cli_signals_watch (MdgCli *cli)
{
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGINT, on_interrupt_cb, cli, NULL);
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGTERM, on_terminate_cb, cli, NULL);
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGHUP, on_hang_up_cb, cli, NULL);
}
