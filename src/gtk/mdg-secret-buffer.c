/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A password while it is typed, in locked memory that is left out of core dumps and written over
 * when it is taken. GTK 4.8 answers AT-SPI's GetText with the text of the buffer, whatever is shown
 * (gtk/a11y/gtkatspitext.c): so there is no such text here. */
#include "config.h"

#include "mdg-secret-buffer.h"

#include "mdg-secret-store.h"

#include <openssl/crypto.h>
#include <string.h>

#define MAX_CHARS 256
#define MAX_BYTES (MAX_CHARS * 4)

struct _MdgSecretBuffer
{
  GtkEntryBuffer parent_instance;

  char *text; /* MAX_BYTES + 1 of locked memory, UTF-8, always with its end */
  guint n_chars;
  char stars[MAX_CHARS + 1];
};

G_DEFINE_FINAL_TYPE (MdgSecretBuffer, mdg_secret_buffer, GTK_TYPE_ENTRY_BUFFER)

static void
count_stars (MdgSecretBuffer *self, guint n_chars)
{
  self->n_chars = n_chars;
  memset (self->stars, '*', n_chars);
  self->stars[n_chars] = '\0';
}

static const char *
mdg_secret_buffer_get_text (GtkEntryBuffer *buffer, gsize *n_bytes)
{
  MdgSecretBuffer *self = MDG_SECRET_BUFFER (buffer);

  if (n_bytes != NULL)
    *n_bytes = self->n_chars;
  return self->stars;
}

static guint
mdg_secret_buffer_get_length (GtkEntryBuffer *buffer)
{
  return MDG_SECRET_BUFFER (buffer)->n_chars;
}

static guint
mdg_secret_buffer_insert_text (GtkEntryBuffer *buffer,
                               guint position,
                               const char *chars,
                               guint n_chars)
{
  MdgSecretBuffer *self = MDG_SECRET_BUFFER (buffer);
  guint fit = MIN (n_chars, MAX_CHARS - self->n_chars);
  gsize n_bytes = (gsize) (g_utf8_offset_to_pointer (chars, fit) - chars);
  char *at = g_utf8_offset_to_pointer (self->text, MIN (position, self->n_chars));

  if (fit == 0)
    return 0;
  memmove (at + n_bytes, at, strlen (at) + 1);
  for (gsize i = 0; i < n_bytes; i++)
    at[i] = chars[i];
  count_stars (self, self->n_chars + fit);
  gtk_entry_buffer_emit_inserted_text (buffer, position, self->stars, fit);
  return fit;
}

/* GTK looks at the text once more before the signal's own handler takes it away. */
static guint
mdg_secret_buffer_delete_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  MdgSecretBuffer *self = MDG_SECRET_BUFFER (buffer);
  guint start = MIN (position, self->n_chars);
  guint n = MIN (n_chars, self->n_chars - start);

  if (n > 0)
    gtk_entry_buffer_emit_deleted_text (buffer, start, n);
  return n;
}

static void
mdg_secret_buffer_deleted_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  MdgSecretBuffer *self = MDG_SECRET_BUFFER (buffer);
  char *from = g_utf8_offset_to_pointer (self->text, position);
  char *to = g_utf8_offset_to_pointer (from, n_chars);
  gsize kept = strlen (to), gone = (gsize) (to - from);

  memmove (from, to, kept + 1);
  OPENSSL_cleanse (from + kept + 1, gone);
  count_stars (self, self->n_chars - n_chars);
  g_object_notify (G_OBJECT (buffer), "text");
  g_object_notify (G_OBJECT (buffer), "length");
}

static void
mdg_secret_buffer_finalize (GObject *object)
{
  OPENSSL_secure_clear_free (MDG_SECRET_BUFFER (object)->text, MAX_BYTES + 1);
  G_OBJECT_CLASS (mdg_secret_buffer_parent_class)->finalize (object);
}

static void
mdg_secret_buffer_class_init (MdgSecretBufferClass *klass)
{
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_secret_buffer_finalize;
  buffer_class->get_text = mdg_secret_buffer_get_text;
  buffer_class->get_length = mdg_secret_buffer_get_length;
  buffer_class->insert_text = mdg_secret_buffer_insert_text;
  buffer_class->delete_text = mdg_secret_buffer_delete_text;
  buffer_class->deleted_text = mdg_secret_buffer_deleted_text;
}

static void
mdg_secret_buffer_init (MdgSecretBuffer *self)
{
  self->text = OPENSSL_secure_zalloc (MAX_BYTES + 1);
}

/**
 * mdg_secret_buffer_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): an empty buffer for one password
 */
GtkEntryBuffer *
mdg_secret_buffer_new (void)
{
  return g_object_new (MDG_TYPE_SECRET_BUFFER, NULL);
}

/**
 * mdg_secret_buffer_copy:
 * @self: a buffer
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): UTF-8 without its end, erased when the last reference goes;
 *   %NULL where nothing was typed
 */
GBytes *
mdg_secret_buffer_copy (MdgSecretBuffer *self)
{
  return self->n_chars > 0 ? mdg_secret_bytes_new (self->text, strlen (self->text)) : NULL;
}

/**
 * mdg_secret_buffer_take:
 * @self: a buffer
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): UTF-8 without its end, erased when the last reference goes;
 *   %NULL where nothing was typed
 */
GBytes *
mdg_secret_buffer_take (MdgSecretBuffer *self)
{
  GBytes *password = mdg_secret_buffer_copy (self);

  gtk_entry_buffer_delete_text (GTK_ENTRY_BUFFER (self), 0, -1);
  OPENSSL_cleanse (self->text, MAX_BYTES + 1);
  return password;
}
