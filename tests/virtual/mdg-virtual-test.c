/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of this folder share. The keys of the one card are made once a program. */
#include "config.h"

#include "mdg-virtual-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define WAIT_SECONDS 10

static char *folder;
static MdgVirtualCardFiles *files;

const char *
mdg_virtual_test_get_folder (void)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("mdg-virtual-XXXXXX", NULL);
  g_assert_nonnull (folder);
  return folder;
}

MdgVirtualCardFiles *
mdg_virtual_test_get_files (void)
{
  g_autoptr (GError) error = NULL;

  if (files == NULL)
    files = mdg_virtual_card_files_new (mdg_virtual_test_get_folder (), "PRACTICE0001", FALSE, NULL,
                                        &error);
  g_assert_no_error (error);
  return files;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
mdg_virtual_test_finish (void)
{
  g_clear_pointer (&files, mdg_virtual_card_files_unref);
  if (folder != NULL)
    remove_tree (folder);
  g_clear_pointer (&folder, g_free);
}

GBytes *
mdg_virtual_test_bytes (const char *hex)
{
  GByteArray *array = g_byte_array_new ();

  while (*hex != '\0')
    {
      guint8 byte;

      if (*hex == ' ')
        {
          hex++;
          continue;
        }
      g_assert_true (g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]));
      byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
      g_byte_array_append (array, &byte, 1);
      hex += 2;
    }
  return g_byte_array_free_to_bytes (array);
}

char *
mdg_virtual_test_hex (GBytes *bytes)
{
  GString *text = g_string_new (NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02X", data[i]);
  return g_string_free (text, FALSE);
}

MdgVirtualCard *
mdg_virtual_test_card (const char *options)
{
  g_autoptr (MdgVirtualOptions) parsed = mdg_virtual_options_new ();
  g_autoptr (GError) error = NULL;
  MdgVirtualCard *card;

  mdg_virtual_options_parse (parsed, options, &error);
  g_assert_no_error (error);
  card = mdg_virtual_card_new (mdg_virtual_test_get_files (), parsed);
  mdg_virtual_card_power_on (card);
  return card;
}

char *
mdg_virtual_test_send (MdgVirtualCard *card, const char *command)
{
  g_autoptr (GBytes) bytes = mdg_virtual_test_bytes (command);
  g_autoptr (GBytes) answer = mdg_virtual_card_transmit (card, bytes);

  return mdg_virtual_test_hex (answer);
}

/* Sends @text and returns what comes until the line ends, or until the connection does. */
char *
mdg_virtual_test_talk (const char *path, const char *text)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  GString *answer = g_string_new (NULL);
  char byte = 0;

  g_assert_no_error (error);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), WAIT_SECONDS);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, NULL);
  while (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), &byte, 1,
                              NULL, NULL) == 1 &&
         byte != '\n')
    g_string_append_c (answer, byte);
  return g_string_free (answer, FALSE);
}
