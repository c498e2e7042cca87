/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening the log: the file, the key, the purge and the list, in this order, on a worker that the
 * log then keeps. */
#include "config.h"

#include "mdg-visit-log-private.h"

/* What opening needs. */
typedef struct
{
  char *path;
  MdgSecretStore *secrets;
  guint keep_days;
  GDateTime *now;
  MdgWorker *worker;
} Opening;

typedef struct
{
  MdgVisitTable *table;
  GPtrArray *visits;
  GError *problem;
} Opened;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_free (opening->path);
  g_clear_object (&opening->secrets);
  g_clear_pointer (&opening->now, g_date_time_unref);
  g_clear_object (&opening->worker);
  g_free (opening);
}

static void
free_opened (gpointer data)
{
  Opened *opened = data;

  g_clear_pointer (&opened->table, mdg_visit_table_unref);
  g_clear_pointer (&opened->visits, g_ptr_array_unref);
  g_clear_error (&opened->problem);
  g_free (opened);
}

static gpointer
open_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *opening = data;
  MdgVisitSpan span = mdg_visit_find_span (opening->now, opening->keep_days);
  g_autoptr (GError) damage = NULL;
  Opened *opened = g_new0 (Opened, 1);

  opened->table = mdg_visit_table_open (opening->path, opening->secrets, &opened->problem, error);
  if (opened->table != NULL && mdg_visit_table_purge (opened->table, &span, error))
    opened->visits = mdg_visit_table_load (opened->table, MDG_VISIT_LOG_MAX, &damage, error);
  if (opened->problem == NULL)
    opened->problem = g_steal_pointer (&damage);
  if (opened->visits != NULL)
    return opened;
  free_opened (opened);
  return NULL;
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  Opened *opened = mdg_worker_run_finish (MDG_WORKER (object), result, &error);
  MdgVisitLog *self;

  if (opened == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_object_new (MDG_TYPE_VISIT_LOG, NULL);
  self->worker = g_object_ref (opening->worker);
  self->table = g_steal_pointer (&opened->table);
  self->problem = g_steal_pointer (&opened->problem);
  g_ptr_array_unref (self->visits);
  self->visits = g_steal_pointer (&opened->visits);
  self->keep_days = opening->keep_days;
  self->purged_day = mdg_visit_day_number (opening->now);
  if (self->visits->len > 0)
    self->last_id = mdg_visit_get_id (g_ptr_array_index (self->visits, 0));
  mdg_visit_log_start_clock (self);
  free_opened (opened);
  g_task_return_pointer (task, self, g_object_unref);
}

/**
 * mdg_visit_log_open_async:
 * @path: the database; that of practice mode for practice checks
 * @secrets: where the key lives; must be the place where the terminal's key was found, for a place
 *   that has just no key of ours counts as a key that is lost
 * @keep_days: how many days before today are kept; 0: today only
 * @c: (nullable): a cancellable
 * @cb: (scope async): called when the log is there
 * @data: data for @cb
 *
 * Thread: main.
 */
void
mdg_visit_log_open_async (const char *path,
                          MdgSecretStore *secrets,
                          guint keep_days,
                          GCancellable *c,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  GTask *task;
  Opening *opening;

  g_return_if_fail (path != NULL);
  g_return_if_fail (MDG_IS_SECRET_STORE (secrets));

  task = g_task_new (NULL, c, cb, data);
  opening = g_new0 (Opening, 1);
  opening->path = g_strdup (path);
  opening->secrets = g_object_ref (secrets);
  opening->keep_days = keep_days;
  opening->now = g_date_time_new_now_local ();
  opening->worker = mdg_worker_new ("visit-log");
  g_task_set_source_tag (task, mdg_visit_log_open_async);
  g_task_set_task_data (task, opening, free_opening);
  mdg_worker_run_async (opening->worker, open_on_worker, opening, NULL, free_opened, c,
                        on_opened_cb, task);
}

static gboolean
on_problem_cb (gpointer data)
{
  MdgVisitLog *self = data;
  g_autoptr (GError) problem = g_steal_pointer (&self->problem);

  mdg_visit_log_tell (self, problem);
  return G_SOURCE_REMOVE;
}

/**
 * mdg_visit_log_open_finish:
 * @result: the result
 * @error: return location
 *
 * Connect to #MdgVisitLog::failed at once: it tells of what was lost soon after this.
 *
 * Thread: main.
 * Errors: #MdgStoreError of the file and of the secret store (_LOCKED: nothing was deleted),
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the log
 */
MdgVisitLog *
mdg_visit_log_open_finish (GAsyncResult *result, GError **error)
{
  MdgVisitLog *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  self = g_task_propagate_pointer (G_TASK (result), error);
  if (self != NULL && self->problem != NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_problem_cb, g_object_ref (self), g_object_unref);
  return self;
}
