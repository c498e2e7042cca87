/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The scripted reader. What a test sets and what the reader's thread uses is under one lock. */
#include "config.h"

#include "mdg-fake-reader.h"

#include <string.h>

typedef struct
{
  GByteArray *command;
  GByteArray *mask; /* 0xff where a byte must match, 0 where any will do */
  gboolean open;    /* more may follow */
  GBytes *response;
} Pair;

struct _MdgFakeReader
{
  MdgReader parent_instance;

  GMutex lock;
  GCond cond;
  MdgFakeTransmitFunc func;
  gpointer func_data;
  GDestroyNotify func_data_free;
  GQueue pairs; /* of Pair */
  char *mismatch;
  guint transmits;
  GHashTable *failures; /* n → GError */
  GError *connect_error;
  GError *blocked_error;
  GHashTable *blocks; /* set of n */
  gboolean block_connect;
  gboolean ignore_interrupt;
  gboolean blocked;
  gboolean released;
  gboolean interrupted;
  GString *log;
};

G_DEFINE_FINAL_TYPE (MdgFakeReader, mdg_fake_reader, MDG_TYPE_READER)

static void
free_pair (gpointer data)
{
  Pair *pair = data;

  g_byte_array_unref (pair->command);
  g_byte_array_unref (pair->mask);
  g_bytes_unref (pair->response);
  g_free (pair);
}

/* Reads one byte of hexadecimal or `**`; returns how it must match, or -1. */
static gint
parse_byte (const char *text, guint8 *byte)
{
  gint high, low;

  if (text[0] == '*' && text[1] == '*')
    {
      *byte = 0;
      return 0;
    }
  high = g_ascii_xdigit_value (text[0]);
  low = high < 0 ? -1 : g_ascii_xdigit_value (text[1]);
  if (low < 0)
    return -1;
  *byte = (guint8) (high << 4 | low);
  return 0xff;
}

static gboolean
parse_pattern (const char *text, GByteArray *bytes, GByteArray *mask, gboolean *open)
{
  while (*text != '\0')
    {
      guint8 byte, how;
      gint match;

      if (g_ascii_isspace (*text))
        {
          text++;
          continue;
        }
      if (open != NULL && g_str_has_prefix (text, "..."))
        {
          *open = TRUE;
          return TRUE;
        }
      match = parse_byte (text, &byte);
      if (match < 0 || (mask == NULL && match == 0))
        return FALSE;
      how = (guint8) match;
      g_byte_array_append (bytes, &byte, 1);
      if (mask != NULL)
        g_byte_array_append (mask, &how, 1);
      text += 2;
    }
  return TRUE;
}

/* Hexadecimal to bytes, for tests: anything else is the test's mistake. */
GBytes *
mdg_test_bytes (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  if (!parse_pattern (hex, bytes, NULL, NULL))
    g_error ("not hexadecimal: %s", hex);
  return g_byte_array_free_to_bytes (bytes);
}

static Pair *
make_pair (const char *command, const char *response)
{
  Pair *pair = g_new0 (Pair, 1);
  GByteArray *answer = g_byte_array_new ();

  pair->command = g_byte_array_new ();
  pair->mask = g_byte_array_new ();
  if (!parse_pattern (command, pair->command, pair->mask, &pair->open) ||
      !parse_pattern (response, answer, NULL, NULL))
    {
      pair->response = g_byte_array_free_to_bytes (answer);
      free_pair (pair);
      return NULL;
    }
  pair->response = g_byte_array_free_to_bytes (answer);
  return pair;
}

static gboolean
matches (const Pair *pair, GBytes *command)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (command, &size);

  if (size < pair->command->len || (!pair->open && size != pair->command->len))
    return FALSE;
  for (guint i = 0; i < pair->command->len; i++)
    if (((bytes[i] ^ pair->command->data[i]) & pair->mask->data[i]) != 0)
      return FALSE;
  return TRUE;
}

static char *
to_hex (GBytes *bytes)
{
  GString *hex = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02X", data[i]);
  return g_string_free (hex, FALSE);
}

/* Under the lock. Waits for release, interrupt or cancellation; FALSE when it was one of these. */
static gboolean
block (MdgFakeReader *self, GCancellable *cancellable, GError **error)
{
  self->blocked = TRUE;
  self->released = FALSE;
  g_cond_broadcast (&self->cond);
  while (!self->released && (self->ignore_interrupt ||
                             (!self->interrupted && !g_cancellable_is_cancelled (cancellable))))
    g_cond_wait (&self->cond, &self->lock);
  self->blocked = FALSE;
  if (self->blocked_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->blocked_error));
      return FALSE;
    }
  if (self->released)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted");
  return FALSE;
}

static GBytes *
answer_from_script (MdgFakeReader *self, GBytes *command, GError **error)
{
  Pair *pair = g_queue_peek_head (&self->pairs);
  GBytes *response;

  if (pair == NULL || !matches (pair, command))
    {
      g_autofree char *got = to_hex (command);

      g_free (self->mismatch);
      self->mismatch = g_strdup_printf ("transmit %u: unexpected %s", self->transmits, got);
      g_set_error_literal (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED, self->mismatch);
      return NULL;
    }
  response = g_bytes_ref (pair->response);
  free_pair (g_queue_pop_head (&self->pairs));
  return response;
}

static gboolean
mdg_fake_reader_connect (MdgReader *reader, GCancellable *cancellable, GError **error)
{
  MdgFakeReader *self = MDG_FAKE_READER (reader);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_string_append (self->log, "connect\n");
  self->interrupted = FALSE;
  if (self->block_connect)
    {
      self->block_connect = FALSE;
      if (!block (self, cancellable, error))
        return FALSE;
    }
  if (self->connect_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->connect_error));
      return FALSE;
    }
  return TRUE;
}

static GBytes *
mdg_fake_reader_transmit (MdgReader *reader,
                          GBytes *command,
                          GCancellable *cancellable,
                          GError **error)
{
  MdgFakeReader *self = MDG_FAKE_READER (reader);
  g_autofree char *hex = to_hex (command);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GError *failure;
  gpointer number;

  number = GUINT_TO_POINTER (++self->transmits);
  g_string_append_printf (self->log, "transmit %s\n", hex);
  if ((g_hash_table_remove (self->blocks, number) || g_hash_table_remove (self->blocks, NULL)) &&
      !block (self, cancellable, error))
    return NULL;
  failure = g_hash_table_lookup (self->failures, number);
  if (failure == NULL)
    number = NULL;
  if (failure != NULL || (failure = g_hash_table_lookup (self->failures, NULL)) != NULL)
    {
      g_propagate_error (error, g_error_copy (failure));
      g_hash_table_remove (self->failures, number);
      return NULL;
    }
  if (self->func != NULL)
    {
      g_clear_pointer (&locker, g_mutex_locker_free);
      return self->func (self, command, self->func_data, error);
    }
  return answer_from_script (self, command, error);
}

static void
mdg_fake_reader_disconnect (MdgReader *reader, MdgDisposition disposition)
{
  MdgFakeReader *self = MDG_FAKE_READER (reader);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_string_append_printf (self->log, "disconnect %s\n",
                          disposition == MDG_DISPOSITION_LEAVE ? "leave" : "power-off");
}

static void
mdg_fake_reader_interrupt (MdgReader *reader)
{
  MdgFakeReader *self = MDG_FAKE_READER (reader);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_string_append (self->log, "interrupt\n");
  self->interrupted = TRUE;
  g_cond_broadcast (&self->cond);
}

static void
mdg_fake_reader_finalize (GObject *object)
{
  MdgFakeReader *self = MDG_FAKE_READER (object);

  if (self->func_data_free != NULL)
    self->func_data_free (self->func_data);
  g_queue_clear_full (&self->pairs, free_pair);
  g_hash_table_unref (self->failures);
  g_hash_table_unref (self->blocks);
  g_clear_error (&self->connect_error);
  g_clear_error (&self->blocked_error);
  g_string_free (self->log, TRUE);
  g_free (self->mismatch);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mdg_fake_reader_parent_class)->finalize (object);
}

static void
mdg_fake_reader_class_init (MdgFakeReaderClass *klass)
{
  MdgReaderClass *reader_class = MDG_READER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_fake_reader_finalize;
  reader_class->connect = mdg_fake_reader_connect;
  reader_class->transmit = mdg_fake_reader_transmit;
  reader_class->disconnect = mdg_fake_reader_disconnect;
  reader_class->interrupt = mdg_fake_reader_interrupt;
}

static void
mdg_fake_reader_init (MdgFakeReader *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_queue_init (&self->pairs);
  self->failures = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_error_free);
  self->blocks = g_hash_table_new (NULL, NULL);
  self->log = g_string_new (NULL);
}

MdgFakeReader *
mdg_fake_reader_new (const char *id)
{
  g_autofree char *name = g_strdup_printf ("Fake reader %s", id);

  return g_object_new (MDG_TYPE_FAKE_READER, "id", id, "name", name, "driver", "fake", NULL);
}

/* Set it before the first run: it is called without the lock. */
void
mdg_fake_reader_set_callback (MdgFakeReader *self,
                              MdgFakeTransmitFunc func,
                              gpointer user_data,
                              GDestroyNotify user_data_free)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->func_data_free != NULL)
    self->func_data_free (self->func_data);
  self->func = func;
  self->func_data = user_data;
  self->func_data_free = user_data_free;
}

void
mdg_fake_reader_expect (MdgFakeReader *self, const char *command, const char *response)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Pair *pair = make_pair (command, response);

  if (pair == NULL)
    g_error ("not hexadecimal: %s or %s", command, response);
  g_queue_push_tail (&self->pairs, pair);
}

/* `** ** **` of the recorder and blanks are fine; an `atr` line inserts a card with that ATR. */
gboolean
mdg_fake_reader_expect_script (MdgFakeReader *self, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *command = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "#", 2);
      const char *line = parts[0] != NULL ? g_strstrip (parts[0]) : "";
      Pair *pair = NULL;

      if (*line == '\0')
        continue;
      if (g_str_has_prefix (line, "atr"))
        {
          mdg_fake_reader_insert (self, line + strlen ("atr"));
          continue;
        }
      if (*line == '>' && command == NULL)
        {
          command = g_strdup (line + 1);
          continue;
        }
      if (*line == '<' && command != NULL)
        pair = make_pair (command, line + 1);
      if (pair == NULL)
        {
          g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED, "line %u: %s", i + 1,
                       lines[i]);
          return FALSE;
        }
      g_clear_pointer (&command, g_free);
      g_mutex_lock (&self->lock);
      g_queue_push_tail (&self->pairs, pair);
      g_mutex_unlock (&self->lock);
    }
  return TRUE;
}

gboolean
mdg_fake_reader_is_done (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_queue_is_empty (&self->pairs) && self->mismatch == NULL;
}

char *
mdg_fake_reader_get_mismatch (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (self->mismatch);
}

void
mdg_fake_reader_fail_transmit (MdgFakeReader *self, guint n, GQuark domain, gint code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_insert (self->failures, GUINT_TO_POINTER (n),
                       g_error_new (domain, code, "as the test wants"));
}

void
mdg_fake_reader_fail_connect (MdgFakeReader *self, GQuark domain, gint code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_error (&self->connect_error);
  self->connect_error = g_error_new (domain, code, "as the test wants");
}

void
mdg_fake_reader_block_transmit (MdgFakeReader *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_add (self->blocks, GUINT_TO_POINTER (n));
}

void
mdg_fake_reader_block_connect (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->block_connect = TRUE;
}

void
mdg_fake_reader_ignore_interrupt (MdgFakeReader *self, gboolean ignore)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->ignore_interrupt = ignore;
}

void
mdg_fake_reader_wait_blocked (MdgFakeReader *self)
{
  gint64 until = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  while (!self->blocked)
    if (!g_cond_wait_until (&self->cond, &self->lock, until))
      g_error ("nothing blocks in the fake reader");
}

void
mdg_fake_reader_release (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->released = TRUE;
  g_cond_broadcast (&self->cond);
}

void
mdg_fake_reader_fail_blocked (MdgFakeReader *self, GQuark domain, gint code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (!self->blocked)
    return;
  g_clear_error (&self->blocked_error);
  self->blocked_error = g_error_new (domain, code, "as the test wants");
  self->released = TRUE;
  g_cond_broadcast (&self->cond);
}

void
mdg_fake_reader_insert (MdgFakeReader *self, const char *atr)
{
  g_autoptr (GBytes) bytes = atr != NULL ? mdg_test_bytes (atr) : NULL;

  mdg_reader_report_card (MDG_READER (self), TRUE, bytes);
}

void
mdg_fake_reader_remove (MdgFakeReader *self)
{
  mdg_reader_report_card (MDG_READER (self), FALSE, NULL);
}

guint
mdg_fake_reader_count_transmits (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->transmits;
}

char *
mdg_fake_reader_get_log (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (self->log->str);
}

void
mdg_fake_reader_clear_log (MdgFakeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_string_truncate (self->log, 0);
}
