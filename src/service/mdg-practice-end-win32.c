/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The end of the program on Windows: Ctrl-C, Ctrl-Break, the closed console. */
#include "config.h"

#include "mdg-practice-service-private.h"

#include <windows.h>

static GMainLoop *waiting;

static BOOL WINAPI
on_control_cb (DWORD kind)
{
  g_main_loop_quit (waiting);
  return TRUE;
}

/**
 * mdg_practice_wait_for_end:
 * @loop: of the default main context
 *
 * Runs @loop until the console asks for the end.
 *
 * Thread: the main one.
 * Errors: none.
 */
void
mdg_practice_wait_for_end (GMainLoop *loop)
{
  waiting = loop;
  SetConsoleCtrlHandler (on_control_cb, TRUE);
  g_main_loop_run (loop);
  SetConsoleCtrlHandler (on_control_cb, FALSE);
}
