/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes what goes between a program and a card as text, one exchange a line, so that a session
 * can be read, compared and played back. Promises: the bytes of a secret never reach this file's
 * output, personal answers only when asked for; each line is on disk before the next is begun;
 * nobody but the owner may read the file. */
#include "config.h"

#include "mdg-recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>

#ifndef O_BINARY
#define O_BINARY 0
#endif
#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif

struct _MdgRecorder
{
  GObject parent_instance;

  GMutex lock;
  FILE *file;
  MdgRecorderFlags flags;
};

G_DEFINE_FINAL_TYPE (MdgRecorder, mdg_recorder, G_TYPE_OBJECT)

/* The part of @command, from @begin to before @end, that is its data field. Anything that is not
 * one of the shapes of ISO/IEC 7816-4 5.1 counts as data behind the four bytes of the header. */
static void
find_data_field (const guint8 *bytes, gsize size, gsize *begin, gsize *end)
{
  gsize lc;

  *begin = MIN (size, 4);
  *end = size;
  if (size <= 5)
    return;
  if (bytes[4] != 0)
    {
      lc = bytes[4];
      if (size == 5 + lc || size == 5 + lc + 1)
        {
          *begin = 5;
          *end = 5 + lc;
        }
      return;
    }
  if (size < 8)
    return;
  lc = (gsize) bytes[5] << 8 | bytes[6];
  if (size == 7 + lc || size == 7 + lc + 2)
    {
      *begin = 7;
      *end = 7 + lc;
    }
}

static void
append_hex (GString *line, GBytes *bytes, gsize from, gsize mask_begin, gsize mask_end)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = from; i < size; i++)
    {
      if (i >= mask_begin && i < mask_end)
        g_string_append (line, " **");
      else
        g_string_append_printf (line, " %02X", data[i]);
    }
}

/* Names and messages come from drivers: they may hold anything, but not a line of their own. */
static void
append_text (GString *line, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar u = g_utf8_get_char (c);

      g_string_append_unichar (line, g_unichar_iscntrl (u) ? '?' : u);
    }
}

static void
write_line (MdgRecorder *self, GString *line)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->file == NULL)
    return;
  g_string_append_c (line, '\n');
  if (fwrite (line->str, 1, line->len, self->file) != line->len || fflush (self->file) != 0)
    {
      g_message ("The recording ends here: %s", g_strerror (errno));
      fclose (self->file);
      self->file = NULL;
    }
}

static void
mdg_recorder_finalize (GObject *object)
{
  MdgRecorder *self = MDG_RECORDER (object);

  g_clear_pointer (&self->file, fclose);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mdg_recorder_parent_class)->finalize (object);
}

static void
mdg_recorder_class_init (MdgRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_recorder_finalize;
}

static void
mdg_recorder_init (MdgRecorder *self)
{
  g_mutex_init (&self->lock);
}

/**
 * mdg_recorder_new:
 * @path: the file to write; an older one of that name is replaced
 * @flags: %MDG_RECORDER_PERSONAL only ever for a virtual card
 * @error: return location for an error
 *
 * Begins a recording in the `.apdu` format: `#` comments, `atr` with the answer to reset, `>` with
 * a command and `<` with its answer, in hexadecimal. The bytes of a secret are written `**`. Of a
 * personal answer only the status word is written, with a comment saying how long the rest was.
 * The file is made anew with mode 0600.
 *
 * Thread: any.
 *
 * Errors: %G_FILE_ERROR.
 *
 * Returns: (transfer full): a recorder, or %NULL
 */
MdgRecorder *
mdg_recorder_new (const char *path, MdgRecorderFlags flags, GError **error)
{
  MdgRecorder *self;
  FILE *file;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  /* an old file could be open to others, or be a link to somewhere else */
  g_unlink (path);
  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_BINARY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
                   "Cannot make the recording %s: %s", path, g_strerror (code));
      return NULL;
    }
  file = fdopen (fd, "wb");
  if (file == NULL)
    {
      int code = errno;

      g_close (fd, NULL);
      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (code),
                   "Cannot write the recording %s: %s", path, g_strerror (code));
      return NULL;
    }
  self = g_object_new (MDG_TYPE_RECORDER, NULL);
  self->file = file;
  self->flags = flags;
  return self;
}

/**
 * mdg_recorder_connect:
 * @self: a recorder
 * @reader_name: (nullable): the reader, for people
 * @atr: (nullable): the answer to reset
 *
 * Writes that a run with a card begins.
 *
 * Thread: any.
 *
 * Errors: none; when the file cannot be written the recording ends and a message says so.
 */
void
mdg_recorder_connect (MdgRecorder *self, const char *reader_name, GBytes *atr)
{
  g_autoptr (GString) line = g_string_new ("# connected, reader: ");

  g_return_if_fail (MDG_IS_RECORDER (self));

  append_text (line, reader_name);
  g_string_append (line, "\natr ");
  if (atr != NULL)
    append_hex (line, atr, 0, 0, 0);
  write_line (self, line);
}

/**
 * mdg_recorder_exchange:
 * @self: a recorder
 * @command: the command as it was sent
 * @secret: whether its data field is a secret
 * @response: (nullable): the answer with its status word
 * @personal: whether the answer is somebody's personal data
 * @error: (nullable): why there is no answer
 *
 * Writes one exchange. The message of @error is written as a comment.
 *
 * Thread: any.
 *
 * Errors: none; when the file cannot be written the recording ends and a message says so.
 */
void
mdg_recorder_exchange (MdgRecorder *self,
                       GBytes *command,
                       gboolean secret,
                       GBytes *response,
                       gboolean personal,
                       const GError *error)
{
  g_autoptr (GString) line = g_string_new ("> ");
  gsize begin = 0, end = 0, size;
  const guint8 *bytes;

  g_return_if_fail (MDG_IS_RECORDER (self));
  g_return_if_fail (command != NULL);

  bytes = g_bytes_get_data (command, &size);
  if (secret)
    find_data_field (bytes, size, &begin, &end);
  append_hex (line, command, 0, begin, end);
  if (response != NULL)
    {
      gsize length = g_bytes_get_size (response);
      gboolean hide = personal && length > 2 && (self->flags & MDG_RECORDER_PERSONAL) == 0;

      g_string_append (line, "\n< ");
      append_hex (line, response, hide ? length - 2 : 0, 0, 0);
      if (hide)
        g_string_append_printf (line, "  # %" G_GSIZE_FORMAT " personal bytes left out",
                                length - 2);
    }
  if (error != NULL)
    {
      g_string_append (line, "\n# failed: ");
      append_text (line, error->message);
    }
  write_line (self, line);
}

/**
 * mdg_recorder_disconnect:
 * @self: a recorder
 * @disposition: (nullable): what becomes of the card, `power-off` or `leave`
 *
 * Writes that the run has ended.
 *
 * Thread: any.
 *
 * Errors: none; when the file cannot be written the recording ends and a message says so.
 */
void
mdg_recorder_disconnect (MdgRecorder *self, const char *disposition)
{
  g_autoptr (GString) line = g_string_new ("# disconnected, ");

  g_return_if_fail (MDG_IS_RECORDER (self));

  append_text (line, disposition);
  write_line (self, line);
}
