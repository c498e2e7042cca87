/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A thread with a main loop of its own. Everything of the running service is touched there only, so
 * that a client in this process may block while it waits for an answer.
 */
#include "config.h"

#include "mdg-practice-thread.h"

struct _MdgPracticeThread
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
};

typedef struct
{
  MdgPracticeThreadFunc func;
  gpointer data;
  GMutex lock;
  GCond cond;
  gboolean done;
} Job;

static gpointer
run_loop (gpointer data)
{
  MdgPracticeThread *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
on_job_cb (gpointer data)
{
  Job *job = data;

  job->func (job->data);
  g_mutex_lock (&job->lock);
  job->done = TRUE;
  g_cond_signal (&job->cond);
  g_mutex_unlock (&job->lock);
  return G_SOURCE_REMOVE;
}

static void
quit_loop (gpointer data)
{
  g_main_loop_quit (data);
}

/**
 * mdg_practice_thread_start:
 * @name: for a debugger
 * @error: return location
 *
 * Thread: any.
 * Errors: #GThreadError.
 * Returns: (transfer full) (nullable): to be ended with mdg_practice_thread_stop()
 */
MdgPracticeThread *
mdg_practice_thread_start (const char *name, GError **error)
{
  MdgPracticeThread *self = g_new0 (MdgPracticeThread, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_try_new (name, run_loop, self, error);
  if (self->thread == NULL)
    {
      g_main_loop_unref (self->loop);
      g_main_context_unref (self->context);
      g_free (self);
      return NULL;
    }
  return self;
}

/**
 * mdg_practice_thread_call:
 * @self: the thread
 * @func: what to do there
 * @data: for @func
 *
 * Calls @func on the thread and waits until it has returned.
 *
 * Thread: any but @self's.
 * Errors: none.
 */
void
mdg_practice_thread_call (MdgPracticeThread *self, MdgPracticeThreadFunc func, gpointer data)
{
  Job job = { .func = func, .data = data };
  g_autoptr (GSource) source = g_idle_source_new ();

  g_mutex_init (&job.lock);
  g_cond_init (&job.cond);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, on_job_cb, &job, NULL);
  g_source_attach (source, self->context);
  g_mutex_lock (&job.lock);
  while (!job.done)
    g_cond_wait (&job.cond, &job.lock);
  g_mutex_unlock (&job.lock);
  g_mutex_clear (&job.lock);
  g_cond_clear (&job.cond);
}

/**
 * mdg_practice_thread_stop:
 * @self: (transfer full): the thread
 *
 * Ends the loop, joins the thread, frees it.
 *
 * Thread: any but @self's.
 * Errors: none.
 */
void
mdg_practice_thread_stop (MdgPracticeThread *self)
{
  mdg_practice_thread_call (self, quit_loop, self->loop);
  g_thread_join (self->thread);
  /* What closing connections still have to say. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
