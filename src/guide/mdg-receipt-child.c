/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One program over one file's bytes, within bounds of time, memory and output. The bounds that the
 * system keeps are in mdg-receipt-child-posix.c; deadline and output are kept here, on a main
 * context of its own, because the caller is a worker without one. */
#include "config.h"

#include "mdg-receipt-private.h"

#define CHUNK    (64 * 1024)
#define PORTION  4096 /* what a pipe that can be written to takes at once: more would block */
#define SAID_MAX 4096

typedef struct
{
  GSubprocess *child;
  GCancellable *cancellable; /* (nullable): the caller's */
  GCancellable *over;        /* the pipes', for children of the child that keep them open */
  GBytes *in;
  gsize given; /* of @in */
  GByteArray *out;
  GByteArray *said;
  gsize max_out;
  gboolean stopped; /* by us: deadline, output, or the caller's wish */
  guint pending;
} Run;

typedef struct
{
  Run *run;
  GInputStream *stream; /* (transfer none) */
  GByteArray *bytes;    /* (transfer none) */
  gsize max;
  gboolean drop; /* what is beyond the bound is dropped; else the child is stopped */
} Pipe;

static void read_on (Pipe *pipe);
static void write_on (Run *run);

static void
stop_child (Run *run)
{
  run->stopped = TRUE;
  mdg_receipt_child_kill (run->child);
  g_cancellable_cancel (run->over);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Pipe *pipe = data;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  gsize size = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  gsize room = pipe->max - pipe->bytes->len;

  pipe->run->pending--;
  if (size > 0)
    g_byte_array_append (pipe->bytes, g_bytes_get_data (bytes, NULL), (guint) MIN (size, room));
  if (size > room && !pipe->drop)
    stop_child (pipe->run);
  if (size > 0)
    read_on (pipe);
}

static void
read_on (Pipe *pipe)
{
  pipe->run->pending++;
  g_input_stream_read_bytes_async (pipe->stream, CHUNK, G_PRIORITY_DEFAULT, pipe->run->over,
                                   on_read_cb, pipe);
}

/* a program that ends before it has read all closes the pipe: what counts is how it ends */
static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  gssize written = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);

  run->pending--;
  run->given += (gsize) MAX (0, written);
  if (written > 0 && run->given < g_bytes_get_size (run->in))
    write_on (run);
  else
    g_output_stream_close (G_OUTPUT_STREAM (source), NULL, NULL);
}

static void
write_on (Run *run)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (run->in, &size);

  run->pending++;
  g_output_stream_write_async (g_subprocess_get_stdin_pipe (run->child), data + run->given,
                               MIN (PORTION, size - run->given), G_PRIORITY_DEFAULT, run->over,
                               on_written_cb, run);
}

static void
on_ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  g_subprocess_wait_finish (run->child, result, NULL);
  run->pending--;
}

static gboolean
on_deadline_cb (gpointer data)
{
  stop_child (data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  stop_child (data);
  return G_SOURCE_REMOVE;
}

static void
add_source (GMainContext *context, GSource *source, GSourceFunc callback, Run *run)
{
  g_source_set_callback (source, callback, run, NULL);
  g_source_attach (source, context);
}

/* everything that was begun here ends here, whatever the child does: it is stopped at the latest at
 * the deadline, and with it the reading */
static void
exchange (Run *run, guint milliseconds)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) deadline = g_timeout_source_new (milliseconds);
  g_autoptr (GSource) cancelled =
      run->cancellable != NULL ? g_cancellable_source_new (run->cancellable) : NULL;
  Pipe out = { run, g_subprocess_get_stdout_pipe (run->child), run->out, run->max_out, FALSE };
  Pipe said = { run, g_subprocess_get_stderr_pipe (run->child), run->said, SAID_MAX, TRUE };

  g_main_context_push_thread_default (context);
  add_source (context, deadline, on_deadline_cb, run);
  if (cancelled != NULL)
    add_source (context, cancelled, G_SOURCE_FUNC (on_cancelled_cb), run);
  run->pending++;
  g_subprocess_wait_async (run->child, NULL, on_ended_cb, run);
  write_on (run);
  read_on (&out);
  read_on (&said);
  while (run->pending > 0)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (deadline);
  if (cancelled != NULL)
    g_source_destroy (cancelled);
  g_main_context_pop_thread_default (context);
}

static GSubprocess *
spawn (const char *const *argv, guint milliseconds, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);

  /* GIO has SIGPIPE ignored from the first socket on, but pipes come without one: a child that ends
   * early must not end this program */
  g_type_class_unref (g_type_class_ref (G_TYPE_SOCKET));
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  mdg_receipt_child_limit (launcher, (milliseconds + 999) / 1000);
  return g_subprocess_launcher_spawnv (launcher, argv, error);
}

gboolean
mdg_receipt_child_run (const char *const *argv,
                       GBytes *in,
                       gsize max_out,
                       guint milliseconds,
                       MdgReceiptChildEnd *end,
                       GBytes **out,
                       char **said,
                       GCancellable *c,
                       GError **error)
{
  Run run = { .cancellable = c, .in = in, .max_out = max_out };

  if (g_cancellable_set_error_if_cancelled (c, error))
    return FALSE;
  run.child = spawn (argv, milliseconds, error);
  if (run.child == NULL)
    return FALSE;
  run.over = g_cancellable_new ();
  run.out = g_byte_array_new ();
  run.said = g_byte_array_new ();
  exchange (&run, milliseconds);
  *end = run.stopped || !g_subprocess_get_if_exited (run.child) ? MDG_RECEIPT_CHILD_ENDED
         : g_subprocess_get_exit_status (run.child) == 0        ? MDG_RECEIPT_CHILD_DONE
                                                                : MDG_RECEIPT_CHILD_FAILED;
  g_object_unref (run.child);
  g_object_unref (run.over);
  *out = g_byte_array_free_to_bytes (run.out);
  *said = g_strndup (run.said->len > 0 ? (const char *) run.said->data : "", run.said->len);
  g_byte_array_unref (run.said);
  if (!g_cancellable_set_error_if_cancelled (c, error))
    return TRUE;
  g_clear_pointer (out, g_bytes_unref);
  g_clear_pointer (said, g_free);
  return FALSE;
}
