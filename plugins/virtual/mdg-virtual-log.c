/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The log of a virtual card, by which a test proves what was sent to it and how often. It promises
 * that a line is whole once written, and that no PIN is in it unless a test asked for that. */
#include "config.h"

#include "mdg-virtual-log.h"

struct _MdgVirtualLog
{
  GFileOutputStream *stream;
  gboolean show_pin;
  gboolean failed; /* said once */
};

/* VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER carry secrets (ISO/IEC 7816-4 11.6). */
static gboolean
carries_secret (guint8 ins)
{
  return ins == 0x20 || ins == 0x21 || ins == 0x24 || ins == 0x2c;
}

static void
append_time (GString *line)
{
  gint64 now = g_get_real_time ();

  g_string_append_printf (line, "\"t\": %" G_GINT64_FORMAT ".%06d", now / G_USEC_PER_SEC,
                          (int) (now % G_USEC_PER_SEC));
}

static void
append_hex (GString *line, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (line, "%02x", bytes[i]);
}

static void
write_line (MdgVirtualLog *self, GString *line)
{
  g_autoptr (GError) error = NULL;

  g_string_append_c (line, '\n');
  if (g_output_stream_write_all (G_OUTPUT_STREAM (self->stream), line->str, line->len, NULL, NULL,
                                 &error))
    return;
  if (!self->failed)
    g_warning ("cannot write the log of the virtual card: %s", error->message);
  self->failed = TRUE;
}

/**
 * mdg_virtual_log_format_command:
 * @command: a command, well formed or not
 * @show_pin: whether secrets stay readable: for tests with invented PINs alone
 *
 * Returns: (transfer full): @command in hexadecimal, two stars for each byte of a secret
 *
 * Thread: any.
 *
 * Errors: none.
 */
char *
mdg_virtual_log_format_command (GBytes *command, gboolean show_pin)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (command, &length);
  gsize shown = length;

  /* the header, and Lc where it is one: what came without any may begin with the secret itself */
  if (!show_pin && length > 4 && carries_secret (bytes[1]))
    shown = bytes[4] == 0 || bytes[4] + 5u == length || bytes[4] + 6u == length ? 5 : 4;
  append_hex (text, bytes, shown);
  for (gsize i = shown; i < length; i++)
    g_string_append (text, "**");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * mdg_virtual_log_new:
 * @path: a file; lines are added at its end
 * @show_pin: whether secrets stay readable
 * @error: (nullable): an error
 *
 * Returns: (transfer full) (nullable): the log
 *
 * Thread: any.
 *
 * Errors: #GIOErrorEnum codes.
 */
MdgVirtualLog *
mdg_virtual_log_new (const char *path, gboolean show_pin, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream =
      g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, error);
  MdgVirtualLog *self;

  if (stream == NULL)
    return NULL;
  self = g_new0 (MdgVirtualLog, 1);
  self->stream = g_steal_pointer (&stream);
  self->show_pin = show_pin;
  return self;
}

/**
 * mdg_virtual_log_free:
 * @self: (transfer full) (nullable): a log
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_log_free (MdgVirtualLog *self)
{
  if (self == NULL)
    return;
  g_output_stream_close (G_OUTPUT_STREAM (self->stream), NULL, NULL);
  g_object_unref (self->stream);
  g_free (self);
}

/**
 * mdg_virtual_log_exchange:
 * @self: (nullable): a log
 * @n: the number of the exchange since the card came
 * @command: what was sent
 * @answer: (nullable): what came back; %NULL for nothing
 *
 * Adds a row. A log that cannot be written is reported once and otherwise ignored.
 *
 * Thread: any, one at a time.
 *
 * Errors: none.
 */
void
mdg_virtual_log_exchange (MdgVirtualLog *self, guint n, GBytes *command, GBytes *answer)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (self == NULL)
    return;
  text = mdg_virtual_log_format_command (command, self->show_pin);
  g_string_append_printf (line, "{\"n\": %u, ", n);
  append_time (line);
  g_string_append_printf (line, ", \"c\": \"%s\", \"r\": ", text);
  if (answer != NULL)
    {
      g_string_append_c (line, '"');
      append_hex (line, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
      g_string_append (line, "\"}");
    }
  else
    g_string_append (line, "null}");
  write_line (self, line);
}

/**
 * mdg_virtual_log_control:
 * @self: (nullable): a log
 * @control: `on`, `off` or `reset`
 *
 * Adds a row for what happened to the card's power.
 *
 * Thread: any, one at a time.
 *
 * Errors: none.
 */
void
mdg_virtual_log_control (MdgVirtualLog *self, const char *control)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (self == NULL)
    return;
  g_string_append_printf (line, "{\"control\": \"%s\", ", control);
  append_time (line);
  g_string_append_c (line, '}');
  write_line (self, line);
}
