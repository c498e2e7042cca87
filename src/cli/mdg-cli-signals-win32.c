/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ctrl-C ends the command in order: the card is sent away and powered off first. */
#include "config.h"

#include "mdg-cli.h"

#include <windows.h>

static MdgCli *watched;

static BOOL WINAPI
on_console_event_cb (DWORD event)
{
  if (g_cancellable_is_cancelled (watched->cancellable))
    return FALSE;             /* the second one ends the program at once */
  watched->signal_number = 2; /* SIGINT, as elsewhere */
  g_cancellable_cancel (watched->cancellable);
  g_main_context_wakeup (NULL);
  return TRUE;
}

/**
 * mdg_cli_signals_watch:
 * @cli: the command line; its cancellable is cancelled by Ctrl-C or by closing the console
 *
 * Thread: main; the event comes on a thread of the system.
 */
void
mdg_cli_signals_watch (MdgCli *cli)
{
  watched = cli;
  SetConsoleCtrlHandler (on_console_event_cb, TRUE);
}
