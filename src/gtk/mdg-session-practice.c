/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Practice mode: cards of invented people on a virtual reader, by its command socket. The practice
 * service trusts the CA of those cards, which is there when the first card is. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-store.h"

#include <string.h>

#define MAX_PATH 100 /* of a local socket's path, which has 104 to 108 bytes */
#define SECONDS  15  /* a card's keys are made at its first insertion */

/* A folder of this process alone: two windows in practice have a reader each. */
static char *
find_socket (void)
{
  g_autofree char *folder = mdg_paths_data_dir (TRUE);
  g_autofree char *number = g_strdup_printf ("reader-%08x", g_random_int ());
  g_autofree char *path = g_build_filename (folder, "sockets", number, NULL);

  if (strlen (path) < MAX_PATH)
    return g_steal_pointer (&path);
  return g_build_filename (g_get_user_runtime_dir (), "madoguchi", number, NULL);
}

/**
 * mdg_session_set_up_practice_reader:
 * @self: the session, whose plugins are not loaded yet
 *
 * Thread: main.
 */
void
mdg_session_set_up_practice_reader (MdgSession *self)
{
  g_autofree char *folder = mdg_paths_data_dir (TRUE);
  g_autofree char *cards = g_build_filename (folder, "cards", NULL);

  self->socket = find_socket ();
  mdg_plugin_host_set_option (self->host, "virtual", "state-dir", cards);
  mdg_plugin_host_set_option (self->host, "virtual", "socket", self->socket);
  mdg_plugin_host_set_option (self->host, "virtual", "card",
                              self->practice_card != NULL ? self->practice_card : "");
}

/**
 * mdg_session_trust_cards:
 * @self: the session
 *
 * Tells the practice service whose cards are good, as soon as both are there.
 *
 * Thread: main; the service answers from its own thread at once.
 */
void
mdg_session_trust_cards (MdgSession *self)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (self->service == NULL || self->cards_trusted)
    return;
  path = g_build_filename (self->folder, "cards", "ca.pem", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  self->cards_trusted = mdg_practice_service_add_card_ca (self->service, path, &error);
  if (!self->cards_trusted)
    g_warning ("the cards of the practice reader are not trusted: %s", error->message);
}

/* One command: a connection, a line, its answer. */
typedef struct
{
  char *line;
  GSocketConnection *connection;
  GDataInputStream *input;
} Command;

static void
free_command (gpointer data)
{
  Command *command = data;

  g_free (command->line);
  g_clear_object (&command->input);
  g_clear_object (&command->connection);
  g_free (command);
}

static void
on_answer_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (object),
                                                                     result, NULL, &error);

  mdg_session_trust_cards (g_task_get_source_object (task));
  if (error != NULL)
    g_task_return_error (task, error);
  else if (line == NULL || !g_str_has_prefix (line, "ok"))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "the virtual reader: %s",
                             line != NULL ? line : "no answer");
  else
    g_task_return_pointer (task, g_strdup (line[2] == ' ' ? line + 3 : ""), g_free);
}

static void
on_sent_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Command *command = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  command->input =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (command->connection)));
  g_data_input_stream_read_line_async (command->input, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), on_answer_cb,
                                       g_object_ref (task));
}

static void
on_connected_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Command *command = g_task_get_task_data (task);
  GError *error = NULL;

  command->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  if (command->connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_output_stream_write_all_async (
      g_io_stream_get_output_stream (G_IO_STREAM (command->connection)), command->line,
      strlen (command->line), G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_sent_cb,
      g_object_ref (task));
}

/**
 * mdg_session_practice_command_async:
 * @self: the session, in practice mode
 * @command: one line of plugins/virtual/README.md: "insert PRACTICE0002" …
 * @cancellable: (nullable): to give up
 * @callback: called when it was answered
 * @data: for @callback
 *
 * Thread: main.
 */
void
mdg_session_practice_command_async (MdgSession *self,
                                    const char *command,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GSocketClient) client = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  Command *order;

  g_return_if_fail (MDG_IS_SESSION (self));
  g_return_if_fail (command != NULL && strpbrk (command, "\r\n") == NULL);

  g_task_set_source_tag (task, mdg_session_practice_command_async);
  if (self->socket == NULL || self->closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               "there is no practice reader");
      return;
    }
  order = g_new0 (Command, 1);
  order->line = g_strconcat (command, "\n", NULL);
  g_task_set_task_data (task, order, free_command);
  client = g_socket_client_new ();
  g_socket_client_set_timeout (client, SECONDS);
  address = g_unix_socket_address_new (self->socket);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable,
                                 on_connected_cb, g_object_ref (task));
}

/**
 * mdg_session_practice_command_finish:
 * @self: the session
 * @result: of the callback
 * @error: return location
 *
 * Thread: main.
 * Errors: #GIOErrorEnum; %G_IO_ERROR_FAILED with the reader's words.
 *
 * Returns: (transfer full) (nullable): what followed "ok"
 */
char *
mdg_session_practice_command_finish (MdgSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mdg_session_practice_fault:
 * @self: the session, in practice mode
 * @fault: "status=503" …, of data/practice/README.md; "clear" takes all back
 * @error: return location
 *
 * Thread: main; the service answers from its own thread at once.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; %G_IO_ERROR_NOT_SUPPORTED where there is no service.
 *
 * Returns: whether it is so
 */
gboolean
mdg_session_practice_fault (MdgSession *self, const char *fault, GError **error)
{
  g_return_val_if_fail (MDG_IS_SESSION (self), FALSE);

  if (self->service != NULL)
    return mdg_practice_service_set_fault (self->service, fault, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no practice service");
  return FALSE;
}

/**
 * mdg_session_get_practice_password:
 * @self: the session
 *
 * Thread: main.
 *
 * Returns: (transfer full) (nullable): the invented facility's password, told to who practises
 */
char *
mdg_session_get_practice_password (MdgSession *self)
{
  return self->info != NULL ? g_strdup (self->info->password) : NULL;
}
