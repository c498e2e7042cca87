/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The console of Windows. */
#include "config.h"

#include "mdg-cli-terminal.h"
#include "mdg-core.h"

#include <io.h>
#include <windows.h>

struct _MdgCliEcho
{
  DWORD before;
};

/* One byte, read aside: a console or a pipe cannot be waited for together with the main context. */
typedef struct
{
  int fd;
  int got;
  char byte;
  gboolean done;
  gboolean left; /* nobody waits any more: the callback frees it */
} Reading;

static gpointer
read_aside (gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  reading->got = _read (reading->fd, &reading->byte, 1);
  return reading;
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;

  mdg_worker_run_finish (MDG_WORKER (source), result, NULL);
  reading->done = TRUE;
  if (reading->left)
    g_free (reading);
}

/**
 * mdg_cli_terminal_read_byte:
 * @fd: a file descriptor
 * @byte: (out): the byte
 * @stop: asked after each event whether to give up
 * @data: for @stop
 *
 * Runs the main context until there is something to read. Where @stop gives up, the reading goes on
 * aside until the program ends, as it is about to.
 *
 * Returns: 1; 0 at the end; -1 for an error; %MDG_CLI_TERMINAL_STOPPED
 *
 * Thread: main.
 */
int
mdg_cli_terminal_read_byte (int fd, char *byte, gboolean (*stop) (gpointer data), gpointer data)
{
  static MdgWorker *worker; /* until the end of the program: it may still read */
  Reading *reading = g_new0 (Reading, 1);
  gboolean stopped = FALSE;
  int got;

  if (worker == NULL)
    worker = mdg_worker_new ("mdg-terminal");
  reading->fd = fd;
  mdg_worker_run_async (worker, read_aside, reading, NULL, NULL, NULL, on_read_cb, reading);
  while (!(stopped = stop (data)) && !reading->done)
    g_main_context_iteration (NULL, TRUE);
  if (stopped && !reading->done)
    {
      reading->left = TRUE;
      return MDG_CLI_TERMINAL_STOPPED;
    }
  got = stopped ? MDG_CLI_TERMINAL_STOPPED : reading->got;
  *byte = reading->byte;
  SecureZeroMemory (reading, sizeof *reading);
  g_free (reading);
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
