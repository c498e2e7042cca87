/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libsoup sends a body by splicing it through a buffer of GIO's that is freed as it is. The same
 * buffer is offered again for the read that finds the end: that is the moment to erase it. */
#include "config.h"

#include "mdg-secret-stream.h"

#include <openssl/crypto.h>

struct _MdgSecretStream
{
  GMemoryInputStream parent_instance;
};

G_DEFINE_FINAL_TYPE (MdgSecretStream, mdg_secret_stream, G_TYPE_MEMORY_INPUT_STREAM)

static gssize
mdg_secret_stream_read (GInputStream *stream,
                        void *buffer,
                        gsize count,
                        GCancellable *cancellable,
                        GError **error)
{
  OPENSSL_cleanse (buffer, count);
  return G_INPUT_STREAM_CLASS (mdg_secret_stream_parent_class)
      ->read_fn (stream, buffer, count, cancellable, error);
}

static void
mdg_secret_stream_class_init (MdgSecretStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = mdg_secret_stream_read;
}

static void
mdg_secret_stream_init (MdgSecretStream *self)
{
}

/**
 * mdg_secret_stream_new:
 * @bytes: what is to be sent
 *
 * Thread: any, one at a time.
 * Errors: none.
 *
 * Returns: (transfer full): a stream over @bytes that erases the buffer of its reader
 */
GInputStream *
mdg_secret_stream_new (GBytes *bytes)
{
  GInputStream *stream = g_object_new (MDG_TYPE_SECRET_STREAM, NULL);

  g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream), bytes);
  return stream;
}
