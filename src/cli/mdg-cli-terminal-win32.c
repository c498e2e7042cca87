/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The console of Windows. */
#include "config.h"

#include "mdg-cli-terminal.h"

#include <io.h>
#include <windows.h>

struct _MdgCliEcho
{
  DWORD before;
};

/* One byte, read on a thread of its own: a console or a pipe cannot be waited for together with the
 * main context. Shared by both; whoever is last frees it. */
typedef struct
{
  int fd;
  int got;
  char byte;
  gint done; /* atomic */
} Reading;

static gpointer
read_one (gpointer data)
{
  Reading *reading = data;

  reading->got = _read (reading->fd, &reading->byte, 1);
  g_atomic_int_set (&reading->done, 1);
  g_main_context_wakeup (NULL);
  g_atomic_rc_box_release (reading);
  return NULL;
}

/**
 * mdg_cli_terminal_read_byte:
 * @fd: a file descriptor
 * @byte: (out): the byte
 * @stop: asked after each event whether to give up
 * @data: for @stop
 *
 * Runs the main context until there is something to read. Where @stop gives up, the thread that
 * reads stays behind until the program ends, as it is about to.
 *
 * Returns: 1; 0 at the end; -1 for an error; %MDG_CLI_TERMINAL_STOPPED
 *
 * Thread: main.
 */
int
mdg_cli_terminal_read_byte (int fd, char *byte, gboolean (*stop) (gpointer data), gpointer data)
{
  Reading *reading = g_atomic_rc_box_new0 (Reading);
  gboolean stopped = FALSE;
  int got = MDG_CLI_TERMINAL_STOPPED;

  reading->fd = fd;
  g_thread_unref (g_thread_new ("mdg-terminal", read_one, g_atomic_rc_box_acquire (reading)));
  while (!(stopped = stop (data)) && !g_atomic_int_get (&reading->done))
    g_main_context_iteration (NULL, TRUE);
  if (!stopped)
    {
      got = reading->got;
      *byte = reading->byte;
      SecureZeroMemory (&reading->byte, 1);
    }
  g_atomic_rc_box_release (reading);
  return got;
}

/**
 * mdg_cli_terminal_is_one:
 * @fd: a file descriptor
 *
 * Returns: whether it is a console
 *
 * Thread: any.
 */
gboolean
mdg_cli_terminal_is_one (int fd)
{
  return _isatty (fd) != 0;
}

/**
 * mdg_cli_terminal_hide:
 *
 * Switches the echo of standard input off.
 *
 * Returns: (transfer full) (nullable): what mdg_cli_terminal_restore() needs; %NULL without a
 * console
 *
 * Thread: main.
 */
MdgCliEcho *
mdg_cli_terminal_hide (void)
{
  HANDLE console = GetStdHandle (STD_INPUT_HANDLE);
  g_autofree MdgCliEcho *echo = g_new0 (MdgCliEcho, 1);

  if (!GetConsoleMode (console, &echo->before) ||
      !SetConsoleMode (console, echo->before & ~(DWORD) ENABLE_ECHO_INPUT))
    return NULL;
  return g_steal_pointer (&echo);
}

/**
 * mdg_cli_terminal_restore:
 * @echo: (transfer full) (nullable): from mdg_cli_terminal_hide()
 *
 * Thread: main.
 */
void
mdg_cli_terminal_restore (MdgCliEcho *echo)
{
  if (echo != NULL)
    SetConsoleMode (GetStdHandle (STD_INPUT_HANDLE), echo->before);
  g_free (echo);
}
