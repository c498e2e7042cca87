/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer written by hand on a connection taken from the server: cut after a given byte, or byte
 * by byte, or before the request was read to its end. Never longer than LIFE_SECONDS.
 */
#include "config.h"

#include "mdg-practice-reply.h"
#include "mdg-practice-wire.h"

#include <string.h>

#define LIFE_SECONDS  60
#define DRAIN_SECONDS 2
#define DRAIN_BYTES   (16 * 1024 * 1024)
#define DRAIN_CHUNK   65536

typedef struct
{
  GIOStream *stream;
  GBytes *head;
  GBytes *body;
  gsize drained;
  gsize sent; /* of the body, when it goes slowly */
  guint pause_ms;
  gboolean drain;
  GSocket *reset;
  GCancellable *cancellable;
  GSource *deadline;
  MdgPracticeWireDone done;
  gpointer data;
  GDestroyNotify free_data;
} Job;

static void
free_job (Job *job)
{
  if (job->deadline != NULL)
    {
      g_source_destroy (job->deadline);
      g_source_unref (job->deadline);
    }
  g_object_unref (job->cancellable);
  g_object_unref (job->stream);
  g_clear_object (&job->reset);
  g_bytes_unref (job->head);
  g_bytes_unref (job->body);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static gboolean
on_deadline_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
set_deadline (Job *job, guint seconds)
{
  if (job->deadline != NULL)
    {
      g_source_destroy (job->deadline);
      g_source_unref (job->deadline);
    }
  job->deadline = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (job->deadline, on_deadline_cb, g_object_ref (job->cancellable),
                         g_object_unref);
  g_source_attach (job->deadline, g_main_context_get_thread_default ());
}

static void
on_closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  free_job (data);
}

static void
close_stream (Job *job)
{
  if (job->reset != NULL)
    g_socket_close (job->reset, NULL);
  g_io_stream_close_async (job->stream, G_PRIORITY_DEFAULT, NULL, on_closed_cb, job);
}

static void
on_drained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  gssize n = g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL);

  if (n > 0)
    job->drained += (gsize) n;
  if (n <= 0 || job->drained > DRAIN_BYTES)
    close_stream (job);
  else
    g_input_stream_skip_async (G_INPUT_STREAM (source), DRAIN_CHUNK, G_PRIORITY_DEFAULT,
                               job->cancellable, on_drained_cb, job);
}

/* Closing with unread bytes would reset the connection, and the answer with it. */
static void
finish (Job *job)
{
  if (job->done != NULL)
    {
      job->done (job->stream, job->data);
      free_job (job);
      return;
    }
  if (!job->drain)
    {
      close_stream (job);
      return;
    }
  set_deadline (job, DRAIN_SECONDS);
  g_input_stream_skip_async (g_io_stream_get_input_stream (job->stream), DRAIN_CHUNK,
                             G_PRIORITY_DEFAULT, job->cancellable, on_drained_cb, job);
}

static void send_next_byte (Job *job);

static gboolean
on_pause_over_cb (gpointer data)
{
  send_next_byte (data);
  return G_SOURCE_REMOVE;
}

static void
on_byte_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GSource) pause = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) ||
      g_cancellable_is_cancelled (job->cancellable))
    {
      close_stream (job);
      return;
    }
  job->sent++;
  pause = g_timeout_source_new (job->pause_ms);
  g_source_set_callback (pause, on_pause_over_cb, job, NULL);
  g_source_attach (pause, g_main_context_get_thread_default ());
}

static void
send_next_byte (Job *job)
{
  const guint8 *body = g_bytes_get_data (job->body, NULL);

  if (job->sent >= g_bytes_get_size (job->body))
    finish (job);
  else
    g_output_stream_write_all_async (g_io_stream_get_output_stream (job->stream), body + job->sent,
                                     1, G_PRIORITY_DEFAULT, job->cancellable, on_byte_written_cb,
                                     job);
}

/* one write for both: one record, one packet */
static GBytes *
join (GBytes *head, gsize n_head, GBytes *body, gsize n_body)
{
  g_autoptr (GByteArray) all = g_byte_array_sized_new ((guint) (n_head + n_body));

  g_byte_array_append (all, g_bytes_get_data (head, NULL), (guint) n_head);
  if (n_body > 0)
    g_byte_array_append (all, g_bytes_get_data (body, NULL), (guint) n_body);
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static void
on_head_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    close_stream (job);
  else if (job->pause_ms > 0)
    send_next_byte (job);
  else
    finish (job);
}

/**
 * mdg_practice_wire_make_head:
 * @status: HTTP status
 * @length: bytes of the body that are announced
 * @keep: whether the connection stays open
 * @extra: (nullable): further header lines, each with its CR LF
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): status line and headers (RFC 9112)
 */
GBytes *
mdg_practice_wire_make_head (guint status, gsize length, gboolean keep, const char *extra)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", status, mdg_practice_status_phrase (status));
  /* RFC 9110 8.6: no length where there can be no body */
  if (status != 204)
    g_string_append_printf (text,
                            "Content-Type: application/json;charset=UTF-8\r\n"
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            length);
  g_string_append_printf (text, "Cache-Control: no-store\r\nConnection: %s\r\n%s\r\n",
                          keep ? "keep-alive" : "close", extra != NULL ? extra : "");
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

/**
 * mdg_practice_wire_send:
 * @stream: the connection
 * @wire: (transfer none): what to send, and how
 *
 * Sends it, in the thread-default main context, and closes the connection or gives it to @wire's
 * done function.
 *
 * Thread: the service's.
 * Errors: none: a client that goes away is its own business.
 */
void
mdg_practice_wire_send (GIOStream *stream, const MdgPracticeWire *wire)
{
  Job *job = g_new0 (Job, 1);
  gsize n_head = g_bytes_get_size (wire->head);
  gsize n_body = wire->body != NULL ? g_bytes_get_size (wire->body) : 0;
  gsize head = MIN (n_head, wire->limit);
  gsize body = MIN (n_body, wire->limit - head);

  job->stream = g_object_ref (stream);
  job->cancellable = g_cancellable_new ();
  job->done = wire->done;
  job->data = wire->data;
  job->free_data = wire->free_data;
  if (wire->pause_ms > 0)
    {
      job->head = g_bytes_new_from_bytes (wire->head, 0, head);
      job->body = body > 0 ? g_bytes_new_from_bytes (wire->body, 0, body) : g_bytes_new (NULL, 0);
    }
  else
    {
      job->head = join (wire->head, head, wire->body, body);
      job->body = g_bytes_new (NULL, 0);
    }
  job->pause_ms = wire->pause_ms;
  job->drain = wire->drain;
  job->reset = wire->reset != NULL ? g_object_ref (wire->reset) : NULL;
  set_deadline (job, LIFE_SECONDS);
  if (g_bytes_get_size (job->head) == 0)
    finish (job);
  else
    g_output_stream_write_all_async (g_io_stream_get_output_stream (stream),
                                     g_bytes_get_data (job->head, NULL),
                                     g_bytes_get_size (job->head), G_PRIORITY_DEFAULT,
                                     job->cancellable, on_head_written_cb, job);
}
