/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The inside of the log, shared by its files. Private to src/store. */
#pragma once

#include "mdg-pending.h"
#include "mdg-visit-private.h"
#include "mdg-visit-table.h"
#include "mdg-worker.h"

G_BEGIN_DECLS

#define MDG_VISIT_LOG_MAX 5000 /* in the list; the file may hold more */

struct _MdgVisitLog
{
  GObject parent_instance;

  /* owned */
  MdgWorker *worker;
  MdgVisitTable *table; /* the worker's, kept here to be handed to jobs */
  MdgPending *pending;
  GPtrArray *visits; /* newest first */
  char *who;
  GError *problem; /* of opening, until it is told */
  guint tick_id;

  gint64 last_id;
  gint64 purged_day; /* as day_number() */
  guint keep_days;
};

/* What the worker is to do. */
typedef struct
{
  MdgVisitTable *table;
  MdgPending *pending; /* (nullable): not waited for */
  gint64 id;
  char *who;
  char *action;
  guint limit;
  MdgVisitSpan span;
  MdgVisitRecord record; /* its time, texts and detail are owned */
  gint64 last_id;        /* at the time of asking */
} MdgVisitJob;

MdgVisitJob *mdg_visit_job_new (MdgVisitLog *self);
/* the end of each worker function: @result, counted */
gpointer mdg_visit_job_end (MdgVisitJob *job, gpointer result);
void mdg_visit_log_run (MdgVisitLog *self,
                        MdgWorkerFunc func,
                        MdgVisitJob *job,
                        GDestroyNotify result_free,
                        GAsyncReadyCallback callback,
                        gpointer data);
GTask *mdg_visit_log_begin_task (MdgVisitLog *self,
                                 gpointer tag,
                                 GCancellable *c,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
void mdg_visit_log_tell (MdgVisitLog *self, const GError *error);
void mdg_visit_log_start_clock (MdgVisitLog *self);

gint64 mdg_visit_day_number (GDateTime *time);
MdgVisitSpan mdg_visit_find_span (GDateTime *now, guint keep_days);

G_END_DECLS
