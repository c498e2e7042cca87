/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The command socket. Who can reach it can block a virtual card and nothing else; still its folder
 * is for this user alone. Lines and connections are bounded, and a client that does not take its
 * answer is dropped. */
#include "config.h"

#include "mdg-virtual-server.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_CLIENTS     8
#define MAX_LINE        4096
#define SEND_TIMEOUT_S  2
#define FOLDER_MODE     0700
#define MAX_PATH_LENGTH 100 /* of sun_path, which has 104 to 108 bytes */

struct _MdgVirtualServer
{
  char *path;
  GMainContext *context;
  GSocket *socket;
  GSource *source;
  GPtrArray *clients; /* of Client */
  MdgVirtualServerFunc func;
  gpointer func_data;
};

typedef struct
{
  MdgVirtualServer *server;
  GSocket *socket;
  GSource *source;
  GString *line; /* what came of the next one */
} Client;

static void
free_client (gpointer data)
{
  Client *client = data;

  g_source_destroy (client->source);
  g_source_unref (client->source);
  g_socket_close (client->socket, NULL);
  g_object_unref (client->socket);
  g_string_free (client->line, TRUE);
  g_free (client);
}

static gboolean
send_line (Client *client, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  gsize length = strlen (line);

  for (gsize done = 0; done < length;)
    {
      gssize n = g_socket_send (client->socket, line + done, length - done, NULL, NULL);

      if (n <= 0)
        return FALSE;
      done += (gsize) n;
    }
  return TRUE;
}

/* Carries out every whole line that has come. Returns whether the client stays. */
static gboolean
serve_lines (Client *client)
{
  char *end;

  while ((end = strchr (client->line->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (client->line->str, (gsize) (end - client->line->str));
      gboolean close = FALSE;
      g_autofree char *answer = client->server->func (line, &close, client->server->func_data);

      g_string_erase (client->line, 0, end - client->line->str + 1);
      if (!send_line (client, answer) || close)
        return FALSE;
    }
  if (client->line->len <= MAX_LINE)
    return TRUE;
  send_line (client, "error the line is too long");
  return FALSE;
}

static gboolean
on_client_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Client *client = user_data;
  char buffer[1024];
  gssize n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL);

  /* a zero byte is in no command, and would hide what follows it */
  if (n > 0 && memchr (buffer, '\0', (gsize) n) == NULL)
    {
      g_string_append_len (client->line, buffer, n);
      if (serve_lines (client))
        return G_SOURCE_CONTINUE;
    }
  g_ptr_array_remove_fast (client->server->clients, client);
  return G_SOURCE_REMOVE;
}

static gboolean
on_accept_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  MdgVirtualServer *self = user_data;
  g_autoptr (GSocket) accepted = g_socket_accept (socket, NULL, NULL);
  Client *client;

  if (accepted == NULL || self->clients->len >= MAX_CLIENTS)
    return G_SOURCE_CONTINUE;
  g_socket_set_timeout (accepted, SEND_TIMEOUT_S);
  client = g_new0 (Client, 1);
  client->server = self;
  client->line = g_string_new (NULL);
  client->socket = g_steal_pointer (&accepted);
  client->source = g_socket_create_source (client->socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_callback (client->source, G_SOURCE_FUNC (on_client_cb), client, NULL);
  g_source_attach (client->source, self->context);
  g_ptr_array_add (self->clients, client);
  return G_SOURCE_CONTINUE;
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf info;

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0 || g_stat (folder, &info) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot make %s: %s", folder,
                   g_strerror (errno));
      return FALSE;
    }
#ifndef G_OS_WIN32
  if ((info.st_mode & 077) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   "%s is open to other users; the command socket needs a folder of mode 0700",
                   folder);
      return FALSE;
    }
#endif
  return TRUE;
}

/* A socket that a dead process left is removed; one that answers is somebody's. */
static gboolean
remove_stale (const char *path, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) probe = NULL;
  g_autoptr (GError) local = NULL;
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return TRUE;
#ifdef S_ISSOCK
  if (!S_ISSOCK (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there and is no socket", path);
      return FALSE;
    }
#endif
  probe =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (probe == NULL)
    return FALSE;
  g_socket_set_timeout (probe, SEND_TIMEOUT_S);
  if (!g_socket_connect (probe, address, NULL, &local) &&
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    {
      g_unlink (path);
      return TRUE;
    }
  g_socket_close (probe, NULL);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "%s is in use", path);
  return FALSE;
}

static GSocket *
listen_at (const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;

  if (strlen (path) > MAX_PATH_LENGTH)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
                   "the path of a socket has %d bytes at most", MAX_PATH_LENGTH);
      return NULL;
    }
  address = g_unix_socket_address_new (path);
  if (!make_folder (path, error) || !remove_stale (path, address, error))
    return NULL;
  socket =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error) ||
      !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/**
 * mdg_virtual_server_new:
 * @path: where in the file system; its folder is made when it is not there
 * @context: where @func is called
 * @func: carries out a line
 * @user_data: data for @func
 * @error: (nullable): an error
 *
 * Listens. Whoever made it iterates @context.
 *
 * Returns: (transfer full) (nullable): the server
 *
 * Thread: the one that iterates @context.
 *
 * Errors: %G_IO_ERROR_ADDRESS_IN_USE, %G_IO_ERROR_PERMISSION_DENIED for a folder that others can
 * enter, %G_IO_ERROR_FILENAME_TOO_LONG, other #GIOErrorEnum codes.
 */
MdgVirtualServer *
mdg_virtual_server_new (const char *path,
                        GMainContext *context,
                        MdgVirtualServerFunc func,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (GSocket) socket = listen_at (path, error);
  MdgVirtualServer *self;

  if (socket == NULL)
    return NULL;
  self = g_new0 (MdgVirtualServer, 1);
  self->path = g_strdup (path);
  self->context = g_main_context_ref (context);
  self->clients = g_ptr_array_new_with_free_func (free_client);
  self->func = func;
  self->func_data = user_data;
  self->socket = g_steal_pointer (&socket);
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_accept_cb), self, NULL);
  g_source_attach (self->source, context);
  return self;
}

/**
 * mdg_virtual_server_free:
 * @self: (transfer full) (nullable): a server
 *
 * Ends every connection and removes the socket's file.
 *
 * Thread: the one that iterates its context.
 *
 * Errors: none.
 */
void
mdg_virtual_server_free (MdgVirtualServer *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->clients);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_unlink (self->path);
  g_main_context_unref (self->context);
  g_free (self->path);
  g_free (self);
}
