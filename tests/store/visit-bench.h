/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A visit log in a folder of its own, driven from the main context. */
#pragma once

#include "mdg-visit-log.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *path;
  MdgSecretStore *secrets;
  MdgVisitLog *log;
} VisitBench;

void visit_bench_set_up (VisitBench *f, gconstpointer data);
void visit_bench_tear_down (VisitBench *f, gconstpointer data);
/* NULL where @error is set */
MdgVisitLog *
visit_bench_open (const char *path, MdgSecretStore *secrets, guint keep_days, GError **error);
/* gives the log up and waits until its file is closed */
void visit_bench_close (MdgVisitLog *log);
gint64 visit_bench_add (MdgVisitLog *log,
                        const char *initials,
                        const char *detail,
                        GDateTime *time,
                        GError **error);
/* the text, NULL where @error is set */
char *visit_bench_look (MdgVisitLog *log, gint64 id, const char *action, GError **error);
gboolean visit_bench_delete (MdgVisitLog *log, gint64 id, GError **error);
GPtrArray *visit_bench_load_audit (MdgVisitLog *log);
guint visit_bench_count (MdgVisitLog *log);
/* in the database, its log or its shared memory */
gboolean visit_bench_file_has (const char *path, gconstpointer bytes, gsize length);
/* with a connection of its own */
void visit_bench_sql (const char *path, const char *sql);
GBytes *visit_bench_sql_blob (const char *path, const char *sql);
void visit_bench_settle (MdgVisitLog *log);

G_END_DECLS
