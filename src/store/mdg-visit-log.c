/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The checks that were made, as a list that a window can show. The list is the main thread's, the
 * file the worker's; what goes between them is plain data. A check is in the list at once and
 * leaves it again where it could not be written; a deleted one leaves it once it is gone from the
 * file. Ids grow with the time, are random in their last digits and are given here, so that a
 * check has one before it is written. */
#include "config.h"

#include "mdg-visit-log.h"

#include "mdg-visit-log-private.h"

#define TICK_SECONDS 60
#define ID_TAIL_BITS 10

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void mdg_visit_log_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgVisitLog,
                               mdg_visit_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mdg_visit_log_list_iface_init))

static gint64
make_id (MdgVisitLog *self)
{
  gint64 id = g_get_real_time () << ID_TAIL_BITS | g_random_int_range (0, 1 << ID_TAIL_BITS);

  if (id <= self->last_id)
    id = self->last_id + g_random_int_range (1, 1 << ID_TAIL_BITS);
  self->last_id = id;
  return id;
}

static void
remove_at (MdgVisitLog *self, guint position)
{
  g_ptr_array_remove_index (self->visits, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
remove_id (MdgVisitLog *self, gint64 id)
{
  for (guint i = 0; i < self->visits->len; i++)
    if (mdg_visit_get_id (g_ptr_array_index (self->visits, i)) == id)
      {
        remove_at (self, i);
        return;
      }
}

static gboolean
is_outside (MdgVisitLog *self, guint position, gint64 last_id, const MdgVisitSpan *span)
{
  MdgVisit *visit = g_ptr_array_index (self->visits, position);
  gint64 time = g_date_time_to_unix (mdg_visit_get_time (visit));

  return mdg_visit_get_id (visit) <= last_id &&
         (span == NULL || time < span->from || time >= span->until);
}

/* Those that were there when it was asked, and lie outside @span (NULL: all). Told run by run: a
 * view that is told five thousand times stands still. */
static void
remove_outside (MdgVisitLog *self, gint64 last_id, const MdgVisitSpan *span)
{
  for (guint end = self->visits->len; end > 0;)
    {
      guint start = end;

      while (start > 0 && is_outside (self, start - 1, last_id, span))
        start--;
      if (start < end)
        {
          g_ptr_array_remove_range (self->visits, start, end - start);
          g_list_model_items_changed (G_LIST_MODEL (self), start, end - start, 0);
        }
      end = start > 0 ? start - 1 : 0;
    }
}

/* What nobody waits for went wrong. */
void
mdg_visit_log_tell (MdgVisitLog *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gpointer
purge_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;

  return mdg_visit_job_end (job,
                            mdg_visit_table_purge (job->table, &job->span, error) ? job : NULL);
}

static void
on_purged_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgVisitLog) self = data;
  g_autoptr (GError) error = NULL;
  MdgVisitJob *job = mdg_worker_run_finish (MDG_WORKER (object), result, &error);

  if (job == NULL)
    mdg_visit_log_tell (self, error);
  else
    remove_outside (self, job->last_id, &job->span);
}

static void
queue_purge (MdgVisitLog *self, GDateTime *now)
{
  MdgVisitJob *job = mdg_visit_job_new (self);

  self->purged_day = mdg_visit_day_number (now);
  job->span = mdg_visit_find_span (now, self->keep_days);
  mdg_visit_log_run (self, purge_on_worker, job, NULL, on_purged_cb, g_object_ref (self));
}

/* Looked at once a minute instead of once at midnight: a PC sleeps, and its clock is set. */
static gboolean
on_tick_cb (gpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  mdg_visit_log_check_day (data, now);
  return G_SOURCE_CONTINUE;
}

/* From now on each day begins with a purge. */
void
mdg_visit_log_start_clock (MdgVisitLog *self)
{
  self->tick_id = g_timeout_add_seconds (TICK_SECONDS, on_tick_cb, self);
}

static gpointer
close_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;

  mdg_visit_table_close (job->table);
  return mdg_visit_job_end (job, job);
}

static void
mdg_visit_log_dispose (GObject *object)
{
  MdgVisitLog *self = MDG_VISIT_LOG (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  /* after all that waits to be written */
  if (self->table != NULL)
    mdg_visit_log_run (self, close_on_worker, mdg_visit_job_new (self), NULL, NULL, NULL);
  g_clear_pointer (&self->table, mdg_visit_table_unref);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (mdg_visit_log_parent_class)->dispose (object);
}

static void
mdg_visit_log_finalize (GObject *object)
{
  MdgVisitLog *self = MDG_VISIT_LOG (object);

  g_clear_pointer (&self->pending, mdg_pending_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_clear_error (&self->problem);
  g_free (self->who);
  G_OBJECT_CLASS (mdg_visit_log_parent_class)->finalize (object);
}

static GType
mdg_visit_log_get_item_type (GListModel *list)
{
  return MDG_TYPE_VISIT;
}

static guint
mdg_visit_log_get_n_items (GListModel *list)
{
  return MDG_VISIT_LOG (list)->visits->len;
}

static gpointer
mdg_visit_log_get_item (GListModel *list, guint position)
{
  MdgVisitLog *self = MDG_VISIT_LOG (list);

  if (position >= self->visits->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->visits, position));
}

static void
mdg_visit_log_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = mdg_visit_log_get_item_type;
  iface->get_n_items = mdg_visit_log_get_n_items;
  iface->get_item = mdg_visit_log_get_item;
}

static void
mdg_visit_log_class_init (MdgVisitLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mdg_visit_log_dispose;
  object_class->finalize = mdg_visit_log_finalize;

  /**
   * MdgVisitLog::failed:
   * @self: the log
   * @error: (type GError): what went wrong
   *
   * What nobody waits for went wrong: a purge, an audit line, a key that was lost, rows that were
   * damaged. The last two are told once, after the log was opened.
   */
  signals[SIGNAL_FAILED] =
      g_signal_new ("failed", MDG_TYPE_VISIT_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mdg_visit_log_init (MdgVisitLog *self)
{
  self->pending = mdg_pending_new ();
  self->visits = g_ptr_array_new_with_free_func (g_object_unref);
  self->who = g_strdup ("");
}

/**
 * mdg_visit_log_check_day:
 * @self: the log
 * @now: local time
 *
 * Purges where @now is of another day than the last purge.
 *
 * Thread: main.
 */
void
mdg_visit_log_check_day (MdgVisitLog *self, GDateTime *now)
{
  g_return_if_fail (MDG_IS_VISIT_LOG (self));

  if (mdg_visit_day_number (now) != self->purged_day)
    queue_purge (self, now);
}

/**
 * mdg_visit_log_set_keep_days:
 * @self: the log
 * @days: how many days before today are kept; 0: today only
 *
 * Deletes what is older, now and after each midnight.
 *
 * Thread: main.
 * Errors: none; #MdgVisitLog::failed tells of one.
 */
void
mdg_visit_log_set_keep_days (MdgVisitLog *self, guint days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (MDG_IS_VISIT_LOG (self));

  self->keep_days = days;
  queue_purge (self, now);
}

/**
 * mdg_visit_log_set_who:
 * @self: the log
 * @who: the user of the facility that is logged in, for the audit; "" nobody
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_visit_log_set_who (MdgVisitLog *self, const char *who)
{
  g_return_if_fail (MDG_IS_VISIT_LOG (self));
  g_return_if_fail (who != NULL);

  g_free (self->who);
  self->who = g_strdup (who);
}

static gpointer
add_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;
  gboolean good = mdg_visit_table_add (job->table, job->id, &job->record, job->who, error);

  return mdg_visit_job_end (job, good ? job : NULL);
}

static void
on_added_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgVisitLog *self = g_task_get_source_object (task);
  gint64 *id = g_task_get_task_data (task);
  GError *error = NULL;

  if (mdg_worker_run_finish (MDG_WORKER (object), result, &error) != NULL)
    {
      g_task_return_pointer (task, id, NULL);
      return;
    }
  remove_id (self, *id);
  g_task_return_error (task, error);
}

static void
show_visit (MdgVisitLog *self, MdgVisit *visit)
{
  g_ptr_array_insert (self->visits, 0, visit);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  if (self->visits->len > MDG_VISIT_LOG_MAX)
    remove_at (self, self->visits->len - 1);
}

/**
 * mdg_visit_log_add_async:
 * @self: the log
 * @record: a check; copied
 * @c: (nullable): a cancellable; once begun, it is written all the same
 * @cb: (scope async): called when it is on the disk
 * @data: data for @cb
 *
 * Puts the check on top of the list at once and writes it with its audit line "check".
 *
 * Thread: main.
 */
void
mdg_visit_log_add_async (MdgVisitLog *self,
                         const MdgVisitRecord *record,
                         GCancellable *c,
                         GAsyncReadyCallback cb,
                         gpointer data)
{
  GTask *task;
  MdgVisitJob *job;
  gint64 id;

  g_return_if_fail (MDG_IS_VISIT_LOG (self));
  g_return_if_fail (record != NULL && record->time != NULL && record->verdict != NULL);

  task = mdg_visit_log_begin_task (self, mdg_visit_log_add_async, c, cb, data);
  if (task == NULL)
    return;
  id = make_id (self);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  job = mdg_visit_job_new (self);
  job->id = id;
  job->record = *record;
  job->record.time = g_date_time_ref (record->time);
  job->record.verdict = g_strdup (record->verdict);
  job->record.initials = g_strdup (record->initials);
  job->record.code = g_strdup (record->code);
  job->record.method = g_strdup (record->method);
  job->record.detail = record->detail != NULL ? g_bytes_ref (record->detail) : NULL;
  show_visit (self, mdg_visit_new (id, record));
  mdg_visit_log_run (self, add_on_worker, job, NULL, on_added_cb, task);
}

/**
 * mdg_visit_log_add_finish:
 * @self: the log
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: #MdgStoreError: it is not in the list any more; %G_IO_ERROR_CANCELLED.
 *
 * Returns: its id, 0 with the error set
 */
gint64
mdg_visit_log_add_finish (MdgVisitLog *self, GAsyncResult *result, GError **error)
{
  const gint64 *id;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  id = g_task_propagate_pointer (G_TASK (result), error);
  return id != NULL ? *id : 0;
}

static gpointer
delete_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgVisitJob *job = data;

  return mdg_visit_job_end (
      job, mdg_visit_table_delete (job->table, job->id, job->who, error) ? job : NULL);
}

static void
on_deleted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgVisitLog *self = g_task_get_source_object (task);
  GError *error = NULL;
  MdgVisitJob *job = mdg_worker_run_finish (MDG_WORKER (object), result, &error);

  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->id == 0)
    remove_outside (self, job->last_id, NULL);
  else
    remove_id (self, job->id);
  g_task_return_boolean (task, TRUE);
}

/**
 * mdg_visit_log_delete_async:
 * @self: the log
 * @id: a visit's id; 0: all that were made until now
 * @c: (nullable): a cancellable; once begun, it is deleted all the same
 * @cb: (scope async): called when it is gone
 * @data: data for @cb
 *
 * Writes its own audit line "delete". A visit that is not there is fine.
 *
 * Thread: main.
 */
void
mdg_visit_log_delete_async (MdgVisitLog *self,
                            gint64 id,
                            GCancellable *c,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  GTask *task;
  MdgVisitJob *job;

  g_return_if_fail (MDG_IS_VISIT_LOG (self));

  task = mdg_visit_log_begin_task (self, mdg_visit_log_delete_async, c, cb, data);
  if (task == NULL)
    return;
  job = mdg_visit_job_new (self);
  job->id = id;
  mdg_visit_log_run (self, delete_on_worker, job, NULL, on_deleted_cb, task);
}

/**
 * mdg_visit_log_delete_finish:
 * @self: the log
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: #MdgStoreError: it is still in the list; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it is gone from the file and the list
 */
gboolean
mdg_visit_log_delete_finish (MdgVisitLog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mdg_visit_log_flush:
 * @self: the log
 * @milliseconds: the most to wait
 *
 * For the end of the program: runs no main loop, so what fails meanwhile is told only by the
 * result, which also stands for what failed since the last time this was asked.
 *
 * Thread: main; blocking, at most @milliseconds.
 * Errors: none.
 *
 * Returns: whether everything is written
 */
gboolean
mdg_visit_log_flush (MdgVisitLog *self, guint milliseconds)
{
  g_return_val_if_fail (MDG_IS_VISIT_LOG (self), FALSE);

  return mdg_pending_wait (self->pending, milliseconds);
}
