/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What goes from the log to its worker and back: one kind of job, counted until it is over, and
 * the days that are kept. */
#include "config.h"

#include "mdg-visit-log-private.h"

#define MAX_KEEP_DAYS 36500
#define AUDIT_YEARS   5

static void
mdg_visit_job_free (gpointer data)
{
  MdgVisitJob *job = data;

  g_clear_pointer (&job->table, mdg_visit_table_unref);
  g_clear_pointer (&job->pending, mdg_pending_unref);
  g_free (job->who);
  g_free (job->action);
  g_clear_pointer (&job->record.time, g_date_time_unref);
  g_free ((char *) job->record.verdict);
  g_free ((char *) job->record.initials);
  g_free ((char *) job->record.code);
  g_free ((char *) job->record.method);
  g_clear_pointer (&job->record.detail, g_bytes_unref);
  g_free (job);
}

/* Every job is counted, a read too: what it writes (the audit line) is written before it. */
MdgVisitJob *
mdg_visit_job_new (MdgVisitLog *self)
{
  MdgVisitJob *job = g_new0 (MdgVisitJob, 1);

  job->table = mdg_visit_table_ref (self->table);
  job->pending = mdg_pending_ref (self->pending);
  job->who = g_strdup (self->who);
  job->last_id = self->last_id;
  mdg_pending_begin (self->pending);
  return job;
}

/* A job is never cancelled once it is queued: what is begun is done and told. */
void
mdg_visit_log_run (MdgVisitLog *self,
                   MdgWorkerFunc func,
                   MdgVisitJob *job,
                   GDestroyNotify result_free,
                   GAsyncReadyCallback callback,
                   gpointer data)
{
  mdg_worker_run_async (self->worker, func, job, mdg_visit_job_free, result_free, NULL, callback,
                        data);
}

gpointer
mdg_visit_job_end (MdgVisitJob *job, gpointer result)
{
  mdg_pending_end (job->pending, result != NULL);
  return result;
}

/* A task whose result tells what became of the file, even where it was cancelled meanwhile. NULL:
 * it was cancelled before it began, and is told. */
GTask *
mdg_visit_log_begin_task (MdgVisitLog *self,
                          gpointer tag,
                          GCancellable *c,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  GTask *task = g_task_new (self, c, cb, data);

  g_task_set_source_tag (task, tag);
  if (g_task_return_error_if_cancelled (task))
    g_clear_object (&task);
  else
    g_task_set_check_cancellable (task, FALSE);
  return task;
}

gint64
mdg_visit_day_number (GDateTime *time)
{
  return (gint64) g_date_time_get_year (time) * 366 + g_date_time_get_day_of_year (time);
}

/* Local midnight of the day that @days are added to. Where the clocks skip midnight, GLib takes
 * the first moment after it. */
static gint64
find_midnight (GDateTime *now, int days)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);
  g_autoptr (GDateTime) midnight = NULL;

  if (day != NULL)
    midnight = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                      g_date_time_get_day_of_month (day), 0, 0, 0);
  return midnight != NULL ? g_date_time_to_unix (midnight) : G_MININT64;
}

MdgVisitSpan
mdg_visit_find_span (GDateTime *now, guint keep_days)
{
  g_autoptr (GDateTime) audit_from = g_date_time_add_years (now, -AUDIT_YEARS);
  MdgVisitSpan span = {
    .from = find_midnight (now, -(int) MIN (keep_days, MAX_KEEP_DAYS)),
    .until = G_MAXINT64,
    .audit_from = audit_from != NULL ? g_date_time_to_unix (audit_from) : G_MININT64,
  };

  /* "today only" means it for a check under a clock that was wrong, too (with a day to spare, for
   * the time may be the service's); with a longer time a clock that is wrong now must not take
   * everything away */
  if (keep_days == 0)
    span.until = find_midnight (now, 2);
  return span;
}
