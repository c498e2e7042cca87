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

/**
 * mdg_cli_terminal_read_byte:
 * @fd: a file descriptor
 * @byte: (out): the byte
 *
 * Returns: 1; 0 at the end; -1 for an error
 *
 * Thread: any; blocks.
 */
int
mdg_cli_terminal_read_byte (int fd, char *byte)
{
  return _read (fd, byte, 1);
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
