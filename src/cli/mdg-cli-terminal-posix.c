/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal on POSIX systems. */
#include "config.h"

#include "mdg-cli-terminal.h"

#include <errno.h>
#include <glib-unix.h>
#include <termios.h>
#include <unistd.h>

struct _MdgCliEcho
{
  struct termios before;
};

static gboolean
on_readable_cb (int fd, GIOCondition condition, gpointer readable)
{
  *(gboolean *) readable = TRUE;
  return G_SOURCE_CONTINUE;
}

/**
 * mdg_cli_terminal_read_byte:
 * @fd: a file descriptor
 * @byte: (out): the byte
 * @stop: asked after each event whether to give up
 * @data: for @stop
 *
 * Runs the main context until there is something to read, so that cards, deadlines and signals are
 * dealt with while a person types.
 *
 * Returns: 1; 0 at the end; -1 for an error; %MDG_CLI_TERMINAL_STOPPED
 *
 * Thread: main.
 */
int
mdg_cli_terminal_read_byte (int fd, char *byte, gboolean (*stop) (gpointer data), gpointer data)
{
  gboolean readable = FALSE;
  gboolean stopped = FALSE;
  ssize_t got;
  guint source =
      g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL, on_readable_cb, &readable);

  while (!(stopped = stop (data)) && !readable)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  if (stopped)
    return MDG_CLI_TERMINAL_STOPPED;
  do
    got = read (fd, byte, 1);
  while (got < 0 && errno == EINTR);
  return (int) got;
}

/**
 * mdg_cli_terminal_is_one:
 * @fd: a file descriptor
 *
 * Returns: whether it is a terminal
 *
 * Thread: any.
 */
gboolean
mdg_cli_terminal_is_one (int fd)
{
  return isatty (fd) == 1;
}

/**
 * mdg_cli_terminal_hide:
 *
 * Switches the echo of standard input off.
 *
 * Returns: (transfer full) (nullable): what mdg_cli_terminal_restore() needs; %NULL without a
 * terminal
 *
 * Thread: main.
 */
MdgCliEcho *
mdg_cli_terminal_hide (void)
{
  g_autofree MdgCliEcho *echo = g_new0 (MdgCliEcho, 1);
  struct termios hidden;

  if (tcgetattr (STDIN_FILENO, &echo->before) != 0)
    return NULL;
  hidden = echo->before;
  hidden.c_lflag &= (tcflag_t) ~ECHO;
  if (tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) != 0)
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
    tcsetattr (STDIN_FILENO, TCSANOW, &echo->before);
  g_free (echo);
}
