/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for the PC/SC service without asking it all the time.
 *
 * pcscd makes its socket when it starts, so the folder of the socket is watched, and each event
 * there is followed by a few quick looks: the socket exists a moment before the daemon listens.
 * Where nothing can be watched (Windows, a sandbox that shows only the socket) the looks grow
 * apart until they are rare. A pause can be ended from any thread. */
#include "config.h"

#include "mdg-pcsc-wait.h"

#define FIRST_PAUSE 50 /* milliseconds */
#ifdef G_OS_WIN32
#define LAST_PAUSE 10000
#else
#define LAST_PAUSE  30000
#define SOCKET_PATH "/run/pcscd/pcscd.comm"
#endif

struct _MdgPcscWait
{
  GMainContext *context; /* of the monitor's thread while it waits */
  GFileMonitor *monitor;
  char *file;  /* whose coming is waited for, in the folder that is watched */
  guint pause; /* the next one, milliseconds */
  gboolean over;
  gint woken; /* atomic */
};

/* (nullable): where the service's socket will be */
static const char *
find_socket (void)
{
#ifdef G_OS_WIN32
  return NULL;
#else
  const char *path = g_getenv ("PCSCLITE_CSOCK_NAME"); /* pcsc-lite's own variable */

  return path != NULL ? path : SOCKET_PATH;
#endif
}

static gboolean
is_awaited (MdgPcscWait *self, GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  return name != NULL && g_str_equal (name, self->file);
}

static void
on_changed_cb (GFileMonitor *monitor,
               GFile *file,
               GFile *other,
               GFileMonitorEvent event,
               gpointer user_data)
{
  MdgPcscWait *self = user_data;

  /* a file that is renamed comes as @other */
  if (event == G_FILE_MONITOR_EVENT_DELETED ||
      (!is_awaited (self, file) && !is_awaited (self, other)))
    return;
  self->pause = FIRST_PAUSE;
  self->over = TRUE;
}

static gboolean
on_timeout_cb (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
stop_watching (MdgPcscWait *self)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->file, g_free);
}

/**
 * mdg_pcsc_wait_new:
 *
 * Thread: any; but all other functions than mdg_pcsc_wait_wake() belong to one thread.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a new wait
 */
MdgPcscWait *
mdg_pcsc_wait_new (void)
{
  MdgPcscWait *self = g_new0 (MdgPcscWait, 1);

  self->context = g_main_context_new ();
  self->pause = FIRST_PAUSE;
  return self;
}

/**
 * mdg_pcsc_wait_free:
 * @self: (transfer full): a wait
 *
 * Thread: the one that waits, or any when it has ended.
 *
 * Errors: none.
 */
void
mdg_pcsc_wait_free (MdgPcscWait *self)
{
  stop_watching (self);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * mdg_pcsc_wait_watch:
 * @self: a wait
 *
 * Begins to watch for the service. Called before one looks whether it is there, so that nothing
 * happens between the look and the wait; calls while it watches do nothing, unless the socket's
 * folder has come meanwhile.
 *
 * Thread: the one that waits.
 *
 * Errors: none.
 */
void
mdg_pcsc_wait_watch (MdgPcscWait *self)
{
  const char *path = find_socket ();
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GFile) watched = NULL;

  if (path == NULL)
    return;
  folder = g_path_get_dirname (path);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      file = g_path_get_basename (path);
      watched = g_file_new_for_path (folder);
    }
  else
    {
      g_autofree char *parent = g_path_get_dirname (folder);

      file = g_path_get_basename (folder);
      watched = g_file_new_for_path (parent);
    }
  if (self->monitor != NULL && g_strcmp0 (file, self->file) == 0)
    return;
  stop_watching (self);
  self->file = g_steal_pointer (&file);
  g_main_context_push_thread_default (self->context);
  self->monitor = g_file_monitor_directory (watched, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (on_changed_cb), self);
  g_main_context_pop_thread_default (self->context);
}

/**
 * mdg_pcsc_wait_reset:
 * @self: a wait
 *
 * The service was there for a while: the next waits begin with short pauses again.
 *
 * Thread: the one that waits.
 *
 * Errors: none.
 */
void
mdg_pcsc_wait_reset (MdgPcscWait *self)
{
  self->pause = FIRST_PAUSE;
}

/**
 * mdg_pcsc_wait_pause:
 * @self: a wait
 * @milliseconds: how long at most
 * @cancellable: ends it, with mdg_pcsc_wait_wake()
 *
 * Waits until something happens to the service's socket, the time is over, or somebody wakes it.
 *
 * Thread: the one that waits.
 *
 * Errors: none.
 */
void
mdg_pcsc_wait_pause (MdgPcscWait *self, guint milliseconds, GCancellable *cancellable)
{
  g_autoptr (GSource) timeout = g_timeout_source_new (milliseconds);

  self->over = FALSE;
  g_source_set_callback (timeout, on_timeout_cb, &self->over, NULL);
  g_source_attach (timeout, self->context);
  g_main_context_push_thread_default (self->context);
  while (!self->over && !g_cancellable_is_cancelled (cancellable) &&
         !g_atomic_int_compare_and_exchange (&self->woken, TRUE, FALSE))
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  g_source_destroy (timeout);
}

/**
 * mdg_pcsc_wait_for_service:
 * @self: a wait
 * @cancellable: ends it, with mdg_pcsc_wait_wake()
 *
 * Waits until it is worth while to look for the service again.
 *
 * Thread: the one that waits.
 *
 * Errors: none.
 */
void
mdg_pcsc_wait_for_service (MdgPcscWait *self, GCancellable *cancellable)
{
  guint pause = self->pause;

  self->pause = MIN (pause * 2, LAST_PAUSE);
  mdg_pcsc_wait_pause (self, pause, cancellable);
}

/**
 * mdg_pcsc_wait_wake:
 * @self: a wait
 *
 * Ends the pause that lasts now, or the next one.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_pcsc_wait_wake (MdgPcscWait *self)
{
  g_atomic_int_set (&self->woken, TRUE);
  g_main_context_wakeup (self->context);
}
