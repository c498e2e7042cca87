/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who looks at a kept check is written down first. */
#include "config.h"

#include "mdg-visit-log-private.h"

#define MAX_AUDIT 10000

static gpointer
look_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;
  GBytes *detail = mdg_visit_table_look (job->table, job->id, job->action, job->who, error);

  /* a check that is not seen leaves nothing unwritten */
  mdg_pending_end (job->pending, TRUE);
  return detail;
}

static void
on_looked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *detail = mdg_worker_run_finish (MDG_WORKER (object), result, &error);

  if (detail != NULL)
    g_task_return_pointer (task, detail, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * mdg_visit_log_look_async:
 * @self: the log
 * @id: a visit's id
 * @action: "look", "print", "copy" or "export"
 * @c: (nullable): a cancellable
 * @cb: (scope async): called when the detail is there
 * @data: data for @cb
 *
 * Thread: main.
 */
void
mdg_visit_log_look_async (MdgVisitLog *self,
                          gint64 id,
                          const char *action,
                          GCancellable *c,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  GTask *task;
  MdgVisitJob *job;

  g_return_if_fail (MDG_IS_VISIT_LOG (self));
  g_return_if_fail (action != NULL);

  task = mdg_visit_log_begin_task (self, mdg_visit_log_look_async, c, cb, data);
  if (task == NULL)
    return;
  job = mdg_visit_job_new (self);
  job->id = id;
  job->action = g_strdup (action);
  mdg_visit_log_run (self, look_on_worker, job, (GDestroyNotify) g_bytes_unref, on_looked_cb, task);
}

/**
 * mdg_visit_log_look_finish:
 * @self: the log
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_NOT_FOUND: it is not kept any more; #MdgStoreError: _CORRUPT where the row
 * was changed, others where the audit line could not be written; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the detail, erased when freed; empty where none was kept;
 *   the audit line is on the disk
 */
GBytes *
mdg_visit_log_look_finish (MdgVisitLog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
audit_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;
  gboolean good = mdg_visit_table_audit (job->table, job->action, job->id, job->who, error);

  return mdg_visit_job_end (job, good ? job : NULL);
}

static void
on_audited_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgVisitLog) self = data;
  g_autoptr (GError) error = NULL;

  if (mdg_worker_run_finish (MDG_WORKER (object), result, &error) == NULL)
    mdg_visit_log_tell (self, error);
}

/**
 * mdg_visit_log_audit:
 * @self: the log
 * @action: what was done
 * @visit_id: with which visit; 0 none
 *
 * Thread: main.
 * Errors: none; #MdgVisitLog::failed tells of one.
 */
void
mdg_visit_log_audit (MdgVisitLog *self, const char *action, gint64 visit_id)
{
  MdgVisitJob *job;

  g_return_if_fail (MDG_IS_VISIT_LOG (self));
  g_return_if_fail (action != NULL);

  job = mdg_visit_job_new (self);
  job->action = g_strdup (action);
  job->id = visit_id;
  mdg_visit_log_run (self, audit_on_worker, job, NULL, on_audited_cb, g_object_ref (self));
}

static gpointer
load_audit_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;

  return mdg_visit_job_end (job, mdg_visit_table_load_audit (job->table, job->limit, error));
}

static void
on_audit_loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *lines = mdg_worker_run_finish (MDG_WORKER (object), result, &error);

  if (lines != NULL)
    g_task_return_pointer (task, lines, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * mdg_visit_log_load_audit_async:
 * @self: the log
 * @limit: the most lines; 10,000 at most
 * @c: (nullable): a cancellable
 * @cb: (scope async): called when they are there
 * @data: data for @cb
 *
 * Thread: main.
 */
void
mdg_visit_log_load_audit_async (MdgVisitLog *self,
                                guint limit,
                                GCancellable *c,
                                GAsyncReadyCallback cb,
                                gpointer data)
{
  GTask *task;
  MdgVisitJob *job;

  g_return_if_fail (MDG_IS_VISIT_LOG (self));

  task = mdg_visit_log_begin_task (self, mdg_visit_log_load_audit_async, c, cb, data);
  if (task == NULL)
    return;
  job = mdg_visit_job_new (self);
  job->limit = MIN (limit, MAX_AUDIT);
  mdg_visit_log_run (self, load_audit_on_worker, job, (GDestroyNotify) g_ptr_array_unref,
                     on_audit_loaded_cb, task);
}

/**
 * mdg_visit_log_load_audit_finish:
 * @self: the log
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: #MdgStoreError; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (element-type MdgAuditLine) (nullable): newest first
 */
GPtrArray *
mdg_visit_log_load_audit_finish (MdgVisitLog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
