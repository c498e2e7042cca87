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

/**
 * mdg_cli_read_secret_fd:
 * @fd: a file descriptor; it stays open
 * @error: the error
 *
 * Reads one line byte by byte, so that nothing of it (and nothing after it) stays in a buffer.
 *
 * Returns: (transfer full): the line without its end, erased when freed
 *
 * Thread: main; waits for the other side, as a terminal does.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for an empty or too long line, or a reading error.
 */
GBytes *
mdg_cli_read_secret_fd (int fd, GError **error)
{
  char line[MAX_SECRET];
  gsize length = 0;
  int got = 0;
  GBytes *bytes = NULL;

  while (length < sizeof line && (got = mdg_cli_terminal_read_byte (fd, &line[length])) == 1 &&
         line[length] != '\n')
    length++;
  if (length > 0 && length < sizeof line && line[length - 1] == '\r')
    length--;
  if (got < 0 || length == 0 || length == sizeof line)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         length == 0 ? _ ("Nothing was entered.") : _ ("The entry is too long."));
  else
    bytes = mdg_secret_bytes_new (line, length);
  wipe (line, sizeof line);
  return bytes;
}

/**
 * mdg_cli_ask_secret:
 * @prompt: the question, translated
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
mdg_cli_ask_secret (const char *prompt, GError **error)
{
  MdgCliEcho *echo = mdg_cli_terminal_hide ();
  GBytes *bytes;

  fprintf (stderr, "%s ", prompt);
  fflush (stderr);
  bytes = mdg_cli_read_secret_fd (0, error);
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
 * @prompt: the question, translated
 *
 * Returns: %TRUE only for an explicit yes
 *
 * Thread: main.
 */
gboolean
mdg_cli_ask_yes (const char *prompt)
{
  char answer[16] = { 0 };
  gsize length = 0;

  fprintf (stderr, "%s [y/N] ", prompt);
  fflush (stderr);
  while (length < sizeof answer - 1 && mdg_cli_terminal_read_byte (0, &answer[length]) == 1 &&
         answer[length] != '\n')
    length++;
  return answer[0] == 'y' || answer[0] == 'Y';
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
