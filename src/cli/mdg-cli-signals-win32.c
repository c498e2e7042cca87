/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ctrl-C ends the command in order: the card is sent away and powered off first. */
#include "config.h"

#include "mdg-cli.h"

#include <windows.h>

static GCancellable *watched;

static BOOL WINAPI
on_console_event_cb (DWORD event)
{
  if (g_cancellable_is_cancelled (watched))
    return FALSE; /* the second one ends the program at once */
  g_cancellable_cancel (watched);
  return TRUE;
}

/**
 * mdg_cli_signals_watch:
 * @cancellable: cancelled by Ctrl-C or by closing the console
 *
 * Thread: main; the event comes on a thread of the system.
 */
void
mdg_cli_signals_watch (GCancellable *cancellable)
{
  g_set_object (&watched, cancellable);
  SetConsoleCtrlHandler (on_console_event_cb, TRUE);
}
