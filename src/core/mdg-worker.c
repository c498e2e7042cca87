/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One thread with a queue. Promises: the thread is made at the first job; jobs run one after the
 * other in the order they came; whatever a job holds (its data, its result, the worker itself) is
 * given up in the context of the caller and never on the thread, so that no finalizer runs there.
 */
#include "config.h"

#include "mdg-worker.h"

#include "mdg-invoke.h"

struct _MdgWorker
{
  GObject parent_instance;

  char *name;
  GAsyncQueue *queue; /* of GTask, and the quit marker */
  GThread *thread;
};

G_DEFINE_FINAL_TYPE (MdgWorker, mdg_worker, G_TYPE_OBJECT)

typedef struct
{
  MdgWorkerFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
} Job;

static char quit_marker;

static void
free_job (gpointer data)
{
  Job *job = data;

  if (job->data_free != NULL && job->data != NULL)
    job->data_free (job->data);
  g_free (job);
}

static void
run_job (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;
  result = job->func (job->data, g_task_get_cancellable (task), &error);
  if (error != NULL)
    {
      if (result != NULL && job->result_free != NULL)
        job->result_free (result);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, result, job->result_free);
}

static gboolean
on_drop_cb (gpointer task)
{
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static gpointer
worker_main (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;
  gpointer item;

  while ((item = g_async_queue_pop (queue)) != &quit_marker)
    {
      g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (item));

      run_job (item);
      mdg_invoke_later (context, on_drop_cb, item, NULL);
    }
  return NULL;
}

static void
mdg_worker_finalize (GObject *object)
{
  MdgWorker *self = MDG_WORKER (object);

  if (self->thread != NULL)
    {
      /* every job holds a reference, so the thread has nothing left to do and ends at once */
      g_async_queue_push (self->queue, &quit_marker);
      if (self->thread == g_thread_self ())
        g_thread_unref (self->thread);
      else
        g_thread_join (self->thread);
    }
  g_async_queue_unref (self->queue);
  g_free (self->name);
  G_OBJECT_CLASS (mdg_worker_parent_class)->finalize (object);
}

static void
mdg_worker_class_init (MdgWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_worker_finalize;
}

static void
mdg_worker_init (MdgWorker *self)
{
  self->queue = g_async_queue_new ();
}

/**
 * mdg_worker_new:
 * @name: the name of the thread, for debuggers; some systems show 15 bytes of it
 *
 * Makes a worker. Its thread is made when it is first asked to do something, and ends with the
 * worker.
 *
 * Thread: any.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a new worker
 */
MdgWorker *
mdg_worker_new (const char *name)
{
  MdgWorker *self = g_object_new (MDG_TYPE_WORKER, NULL);

  self->name = g_strdup (name != NULL ? name : "mdg-worker");
  return self;
}

/**
 * mdg_worker_run_async:
 * @self: a worker
 * @func: (scope async) (closure data): the work, called once on the worker's thread; it may block
 * @data: (transfer full) (nullable): data for @func
 * @data_free: (nullable): frees @data, in the caller's context
 * @result_free: (nullable): frees a result that nobody collects
 * @cancellable: (nullable): a job cancelled before its turn is not begun; @func is given it too
 * @callback: (scope async): called when @func has returned
 * @user_data: data for @callback
 *
 * Queues @func. Jobs never overlap and run in the order they were given.
 *
 * Thread: any one thread, always the same; @callback and @data_free run in its thread-default
 * context.
 *
 * Errors: %G_IO_ERROR_CANCELLED, or whatever @func sets.
 */
void
mdg_worker_run_async (MdgWorker *self,
                      MdgWorkerFunc func,
                      gpointer data,
                      GDestroyNotify data_free,
                      GDestroyNotify result_free,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (MDG_IS_WORKER (self));
  g_return_if_fail (func != NULL);

  job = g_new0 (Job, 1);
  *job = (Job){ func, data, data_free, result_free };
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mdg_worker_run_async);
  g_task_set_task_data (task, job, free_job);
  if (self->thread == NULL)
    self->thread = g_thread_new (self->name, worker_main, g_async_queue_ref (self->queue));
  g_async_queue_push (self->queue, g_steal_pointer (&task));
}

/**
 * mdg_worker_run_finish:
 * @self: a worker
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Collects what the function returned.
 *
 * Thread: the one that called mdg_worker_run_async().
 *
 * Errors: as mdg_worker_run_async().
 *
 * Returns: (transfer full) (nullable): the result
 */
gpointer
mdg_worker_run_finish (MdgWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
