/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets come in by standard input, a file descriptor or a terminal without echo; never kept in a
 * buffer of the C library and erased when freed. */
#include "config.h"

#include "mdg-cli-terminal.h"
#include "mdg-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_SECRET 512 /* bytes: a password has at most 100 characters */

static void
wipe (volatile char *bytes, gsize length)
{
  while (length-- > 0)
    *bytes++ = 0;
}

typedef struct
{
  MdgCli *cli;
  const MdgCliStop *stop; /* (nullable) */
} Giving;

static gboolean
has_given_up (gpointer data)
{
  Giving *giving = data;

  return g_cancellable_is_cancelled (giving->cli->cancellable) ||
         (giving->stop != NULL && giving->stop->stop (giving->stop->data));
}

/* The line without its end, byte by byte, so that nothing of it (and nothing after it) stays in a
 * buffer; what does not fit is an error. */
static GBytes *
read_line (MdgCli *cli, int fd, const MdgCliStop *stop, GError **error)
{
  Giving giving = { cli, stop };
  char line[MAX_SECRET];
  gsize length = 0;
  int got = 0;
  GBytes *bytes = NULL;

  while (length < sizeof line &&
         (got = mdg_cli_terminal_read_byte (fd, &line[length], has_given_up, &giving)) == 1 &&
         line[length] != '\n')
    length++;
  if (length > 0 && length < sizeof line && line[length - 1] == '\r')
    length--;
  if (got == MDG_CLI_TERMINAL_STOPPED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "given up");
  else if (got < 0 || length == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("Nothing was entered."));
  else if (length == sizeof line)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("The entry is too long."));
  else
    bytes = mdg_secret_bytes_new (line, length);
  wipe (line, sizeof line);
  return bytes;
}

/**
 * mdg_cli_read_secret_fd:
 * @cli: the command line
 * @fd: a file descriptor; it stays open
 * @error: the error
 *
 * Reads one line and nothing after it.
 *
 * Returns: (transfer full): the line without its end, erased when freed
 *
 * Thread: main; waits for the other side, as a terminal does, until Ctrl-C.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for nothing or too much; %G_IO_ERROR_CANCELLED.
 */
GBytes *
mdg_cli_read_secret_fd (MdgCli *cli, int fd, GError **error)
{
  return read_line (cli, fd, NULL, error);
}

/**
 * mdg_cli_ask_secret:
 * @cli: the command line
 * @prompt: the question, translated
 * @stop: (nullable): what makes the question pointless
 * @error: the error
 *
 * Asks on the terminal; what is typed is not shown.
 *
 * Returns: (transfer full): the answer, erased when freed
 *
 * Thread: main.
 *
 * Errors: as mdg_cli_read_secret_fd().
 */
GBytes *
mdg_cli_ask_secret (MdgCli *cli, const char *prompt, const MdgCliStop *stop, GError **error)
{
  MdgCliEcho *echo = mdg_cli_terminal_hide ();
  GBytes *bytes;

  fprintf (stderr, "%s ", prompt);
  fflush (stderr);
  bytes = read_line (cli, 0, stop, error);
  mdg_cli_terminal_restore (echo);
  fputc ('\n', stderr);
  return bytes;
}

/**
 * mdg_cli_stdin_is_terminal:
 *
 * Returns: whether a person can be asked
 *
 * Thread: any.
 */
gboolean
mdg_cli_stdin_is_terminal (void)
{
  return mdg_cli_terminal_is_one (0);
}

/**
 * mdg_cli_ask_yes:
 * @cli: the command line
 * @prompt: the question, translated
 * @stop: (nullable): what makes the question pointless
 *
 * Returns: %TRUE only for an explicit yes
 *
 * Thread: main.
 */
gboolean
mdg_cli_ask_yes (MdgCli *cli, const char *prompt, const MdgCliStop *stop)
{
  g_autoptr (GBytes) line = NULL;
  g_autofree char *answer = NULL;

  fprintf (stderr, "%s [y/N] ", prompt);
  fflush (stderr);
  line = read_line (cli, 0, stop, NULL);
  if (line == NULL)
    return FALSE;
  answer = g_ascii_strdown (g_bytes_get_data (line, NULL), (gssize) g_bytes_get_size (line));
  g_strstrip (answer);
  return g_str_equal (answer, "y") || g_str_equal (answer, "yes");
}

/**
 * mdg_cli_wipe_argument:
 * @argument: (nullable): a word of the argument vector
 *
 * Overwrites it, so that a list of processes shows it no longer.
 *
 * Thread: main.
 */
void
mdg_cli_wipe_argument (char *argument)
{
  if (argument != NULL)
    for (char *c = argument; *c != '\0'; c++)
      *c = '*';
}
