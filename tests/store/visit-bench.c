/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "visit-bench.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static GAsyncResult *
wait_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

void
visit_bench_set_up (VisitBench *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mdg-visit-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "madoguchi.db", NULL);
  f->secrets = mdg_secret_store_new_memory ();
}

void
visit_bench_tear_down (VisitBench *f, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  if (f->log != NULL)
    visit_bench_close (g_steal_pointer (&f->log));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (f->path, suffixes[i], NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  g_object_unref (f->secrets);
}

MdgVisitLog *
visit_bench_open (const char *path, MdgSecretStore *secrets, guint keep_days, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_visit_log_open_async (path, secrets, keep_days, NULL, on_result_cb, &result);
  return mdg_visit_log_open_finish (wait_result (&result), error);
}

void
visit_bench_settle (MdgVisitLog *log)
{
  g_autoptr (GPtrArray) lines = NULL;

  g_assert_true (mdg_visit_log_flush (log, 20000));
  /* answers come in the order of the questions: what was asked before is told now */
  lines = visit_bench_load_audit (log);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_gone_cb (gpointer data, GObject *object)
{
  *(gboolean *) data = TRUE;
}

void
visit_bench_close (MdgVisitLog *log)
{
  g_autoptr (GPtrArray) lines = NULL;
  gboolean gone = FALSE;

  /* what was queued holds it; the last of it is the closing of the file */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  lines = visit_bench_load_audit (log);
  g_object_weak_ref (G_OBJECT (log), on_gone_cb, &gone);
  g_object_unref (log);
  while (!gone)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

gint64
visit_bench_add (MdgVisitLog *log,
                 const char *initials,
                 const char *detail,
                 GDateTime *time,
                 GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GBytes) bytes = detail != NULL ? g_bytes_new (detail, strlen (detail)) : NULL;
  MdgVisitRecord record = { time != NULL ? time : now, "valid", initials, "", "pin", TRUE, bytes };

  mdg_visit_log_add_async (log, &record, NULL, on_result_cb, &result);
  return mdg_visit_log_add_finish (log, wait_result (&result), error);
}

char *
visit_bench_look (MdgVisitLog *log, gint64 id, const char *action, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) detail = NULL;

  mdg_visit_log_look_async (log, id, action, NULL, on_result_cb, &result);
  detail = mdg_visit_log_look_finish (log, wait_result (&result), error);
  return detail != NULL ? g_strndup (g_bytes_get_data (detail, NULL), g_bytes_get_size (detail))
                        : NULL;
}

gboolean
visit_bench_delete (MdgVisitLog *log, gint64 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_visit_log_delete_async (log, id, NULL, on_result_cb, &result);
  return mdg_visit_log_delete_finish (log, wait_result (&result), error);
}

GPtrArray *
visit_bench_load_audit (MdgVisitLog *log)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *lines;

  mdg_visit_log_load_audit_async (log, 100, NULL, on_result_cb, &result);
  lines = mdg_visit_log_load_audit_finish (log, wait_result (&result), &error);
  g_assert_no_error (error);
  return lines;
}

guint
visit_bench_count (MdgVisitLog *log)
{
  return g_list_model_get_n_items (G_LIST_MODEL (log));
}

static gboolean
holds (const char *contents, gsize size, gconstpointer bytes, gsize length)
{
  for (gsize at = 0; at + length <= size; at++)
    if (memcmp (contents + at, bytes, length) == 0)
      return TRUE;
  return FALSE;
}

gboolean
visit_bench_file_has (const char *path, gconstpointer bytes, gsize length)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *contents = NULL;
      gsize size = 0;

      if (g_file_get_contents (name, &contents, &size, NULL) &&
          holds (contents, size, bytes, length))
        return TRUE;
    }
  return FALSE;
}

void
visit_bench_sql (const char *path, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

GBytes *
visit_bench_sql_blob (const char *path, const char *sql)
{
  sqlite3_stmt *row;
  sqlite3 *db;
  GBytes *bytes;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  bytes = g_bytes_new (sqlite3_column_blob (row, 0), (gsize) sqlite3_column_bytes (row, 0));
  sqlite3_finalize (row);
  sqlite3_close (db);
  return bytes;
}
