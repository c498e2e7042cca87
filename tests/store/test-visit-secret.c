/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kept checks as somebody with the file sees them: no word in it, nothing of what was deleted,
 * and no row that can be moved or changed. */
#include "config.h"

#include <string.h>

#include "mdg-store.h"
#include "visit-bench.h"

#define NAME "シケン-タロウ-NAME"

static MdgVisitLog *
open_log (VisitBench *f)
{
  g_autoptr (GError) error = NULL;
  MdgVisitLog *log = visit_bench_open (f->path, f->secrets, 0, &error);

  g_assert_no_error (error);
  return log;
}

static gint64
add (MdgVisitLog *log, const char *initials, const char *detail)
{
  g_autoptr (GError) error = NULL;
  gint64 id = visit_bench_add (log, initials, detail, NULL, &error);

  g_assert_no_error (error);
  return id;
}

static gboolean
file_has_text (VisitBench *f, const char *text)
{
  return visit_bench_file_has (f->path, text, strlen (text));
}

static void
assert_no_words (VisitBench *f)
{
  static const char *const words[] = { NAME, "T.S.", "valid", "problem", "MDG-NET-002", "visual" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = mdg_secret_store_load (f->secrets, "history-key", &error);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_false (file_has_text (f, words[i]));
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (key), ==, 32);
  /* nor a half of the key */
  g_assert_false (visit_bench_file_has (f->path, g_bytes_get_data (key, NULL), 16));
  /* the search itself finds what is there: who did it stands in the clear */
  g_assert_true (file_has_text (f, "reception-1"));
}

static void
test_no_words (VisitBench *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = NULL;
  MdgVisitRecord record = { now, "problem", "T.S.", "MDG-NET-002", "visual", TRUE, NULL };
  gint64 id;

  f->log = open_log (f);
  mdg_visit_log_set_who (f->log, "reception-1");
  id = add (f->log, "T.S.", NAME);
  mdg_visit_log_add_async (f->log, &record, NULL, NULL, NULL);
  visit_bench_settle (f->log);
  assert_no_words (f);
  detail = visit_bench_look (f->log, id, "look", &error);
  g_assert_cmpstr (detail, ==, NAME);
  assert_no_words (f);
  visit_bench_close (g_steal_pointer (&f->log));
  assert_no_words (f);
}

/* Pieces of both sealed columns: a page boundary cuts a whole one. */
static GPtrArray *
take_pieces (VisitBench *f, gint64 id)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *head_sql =
      g_strdup_printf ("SELECT head FROM visit WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *detail_sql =
      g_strdup_printf ("SELECT detail FROM visit WHERE id = %" G_GINT64_FORMAT, id);
  g_autoptr (GBytes) head = visit_bench_sql_blob (f->path, head_sql);
  g_autoptr (GBytes) detail = visit_bench_sql_blob (f->path, detail_sql);

  g_ptr_array_add (pieces, g_bytes_new_from_bytes (head, 0, 64));
  for (gsize at = 0; at + 32 <= g_bytes_get_size (detail); at += 3000)
    g_ptr_array_add (pieces, g_bytes_new_from_bytes (detail, at, 32));
  return pieces;
}

static guint
count_found (VisitBench *f, GPtrArray *pieces)
{
  guint found = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      GBytes *piece = g_ptr_array_index (pieces, i);

      if (visit_bench_file_has (f->path, g_bytes_get_data (piece, NULL), g_bytes_get_size (piece)))
        found++;
    }
  return found;
}

static void
test_deleted_is_gone (VisitBench *f, gconstpointer data)
{
  g_autofree char *detail = g_strnfill (30000, 'd');
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first, second;

  f->log = open_log (f);
  first = add (f->log, "A.A", detail);
  second = add (f->log, "B.B", detail);
  one = take_pieces (f, first);
  two = take_pieces (f, second);
  g_assert_cmpuint (one->len, >=, 11);
  g_assert_cmpuint (count_found (f, one), >=, one->len - 2);
  g_assert_true (visit_bench_delete (f->log, first, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_found (f, one), ==, 0);
  g_assert_cmpuint (count_found (f, two), >=, two->len - 2);
  g_assert_true (visit_bench_delete (f->log, 0, &error));
  g_assert_cmpuint (count_found (f, two), ==, 0);
}

static void
test_purged_is_gone (VisitBench *f, gconstpointer data)
{
  g_autofree char *detail = g_strnfill (30000, 'd');
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  f->log = visit_bench_open (f->path, f->secrets, 1, &error);
  g_assert_no_error (error);
  id = visit_bench_add (f->log, "Y.Y", detail, yesterday, &error);
  pieces = take_pieces (f, id);
  g_assert_cmpuint (count_found (f, pieces), >=, pieces->len - 2);
  mdg_visit_log_set_keep_days (f->log, 0);
  visit_bench_settle (f->log);
  g_assert_cmpuint (count_found (f, pieces), ==, 0);
}

static void
on_failed_cb (MdgVisitLog *log, const GError *error, gpointer data)
{
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  (*(guint *) data)++;
}

/* After @sql the list has @left of three, and it is told once. */
static void
assert_noticed (VisitBench *f, const char *sql, guint left)
{
  guint failures = 0;
  g_autoptr (GError) error = NULL;

  f->log = open_log (f);
  g_assert_true (visit_bench_delete (f->log, 0, &error));
  for (guint i = 0; i < 3; i++)
    add (f->log, "A.A", "detail");
  visit_bench_close (g_steal_pointer (&f->log));
  visit_bench_sql (f->path, sql);
  f->log = open_log (f);
  g_signal_connect (f->log, "failed", G_CALLBACK (on_failed_cb), &failures);
  g_assert_cmpuint (visit_bench_count (f->log), ==, left);
  visit_bench_settle (f->log);
  g_assert_cmpuint (failures, ==, left < 3 ? 1 : 0);
  visit_bench_close (g_steal_pointer (&f->log));
}

static void
test_changed_rows (VisitBench *f, gconstpointer data)
{
  assert_noticed (f, "SELECT 1", 3);
  /* two heads change places */
  assert_noticed (f,
                  "CREATE TEMP TABLE old AS SELECT id, head FROM visit;"
                  "UPDATE visit SET head = (SELECT head FROM old WHERE id ="
                  " (SELECT max (id) FROM old)) WHERE id = (SELECT min (id) FROM old);"
                  "UPDATE visit SET head = (SELECT head FROM old WHERE id ="
                  " (SELECT min (id) FROM old)) WHERE id = (SELECT max (id) FROM old);",
                  1);
  /* another day, so that it is not purged; no practice; another id */
  assert_noticed (f, "UPDATE visit SET time = time + 1 WHERE id = (SELECT min (id) FROM visit)", 2);
  assert_noticed (f, "UPDATE visit SET practice = 0 WHERE id = (SELECT min (id) FROM visit)", 2);
  assert_noticed (f, "UPDATE visit SET id = id - 1 WHERE id = (SELECT min (id) FROM visit)", 2);
  /* cut, empty, nonsense */
  assert_noticed (f, "UPDATE visit SET head = substr (head, 1, 100)", 0);
  assert_noticed (f, "UPDATE visit SET head = x''", 0);
  assert_noticed (f, "UPDATE visit SET head = randomblob (10000)", 0);
  /* the detail in place of the head */
  assert_noticed (f, "UPDATE visit SET head = detail", 0);
}

static void
test_changed_detail (VisitBench *f, gconstpointer data)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  gint64 one, two;

  f->log = open_log (f);
  one = add (f->log, "A.A", "detail of one");
  two = add (f->log, "B.B", "detail of two");
  visit_bench_sql (f->path, "UPDATE visit SET detail = (SELECT detail FROM visit WHERE id ="
                            " (SELECT max (id) FROM visit))"
                            " WHERE id = (SELECT min (id) FROM visit);"
                            "UPDATE visit SET detail = head"
                            " WHERE id = (SELECT max (id) FROM visit);");
  g_assert_null (visit_bench_look (f->log, one, "look", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (visit_bench_look (f->log, two, "look", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  /* nobody saw anything */
  lines = visit_bench_load_audit (f->log);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (((MdgAuditLine *) g_ptr_array_index (lines, i))->action, !=, "look");
}

/* A keyring that is locked now. */
#define TYPE_LOCKED_STORE (locked_store_get_type ())
G_DECLARE_FINAL_TYPE (LockedStore, locked_store, TEST, LOCKED_STORE, GObject)
struct _LockedStore
{
  GObject parent_instance;
};
static void locked_store_iface_init (MdgSecretStoreInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LockedStore,
                               locked_store,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_SECRET_STORE,
                                                      locked_store_iface_init))

static GBytes *
locked_store_load (MdgSecretStore *store, const char *key, GError **error)
{
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED, "locked");
  return NULL;
}

static gboolean
locked_store_save (MdgSecretStore *store, const char *key, GBytes *secret, GError **error)
{
  g_assert_not_reached ();
}

static void
locked_store_iface_init (MdgSecretStoreInterface *iface)
{
  iface->load = locked_store_load;
  iface->save = locked_store_save;
}

static void
locked_store_class_init (LockedStoreClass *klass)
{
}

static void
locked_store_init (LockedStore *self)
{
}

static void
test_locked_is_not_lost (VisitBench *f, gconstpointer data)
{
  g_autoptr (MdgSecretStore) locked = g_object_new (TYPE_LOCKED_STORE, NULL);
  g_autoptr (GError) error = NULL;

  f->log = open_log (f);
  add (f->log, "A.A", "x");
  visit_bench_close (g_steal_pointer (&f->log));
  g_assert_null (visit_bench_open (f->path, locked, 0, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
  f->log = open_log (f);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 1);
}

/* Two on one file, as two programs would be: both keep everything. */
static void
test_two_at_once (VisitBench *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  MdgVisitRecord record = { now, "valid", "A.A", "", "pin", TRUE, NULL };
  MdgVisitLog *other;

  f->log = open_log (f);
  other = open_log (f);
  for (guint i = 0; i < 50; i++)
    {
      mdg_visit_log_add_async (f->log, &record, NULL, NULL, NULL);
      mdg_visit_log_add_async (other, &record, NULL, NULL, NULL);
    }
  visit_bench_settle (f->log);
  visit_bench_settle (other);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 50);
  g_assert_cmpuint (visit_bench_count (other), ==, 50);
  visit_bench_close (other);
  visit_bench_close (f->log);
  f->log = open_log (f);
  g_assert_cmpuint (visit_bench_count (f->log), ==, 100);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/visit-secret/" name, VisitBench, NULL, visit_bench_set_up, function,               \
              visit_bench_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-words", test_no_words);
  ADD ("deleted-is-gone", test_deleted_is_gone);
  ADD ("purged-is-gone", test_purged_is_gone);
  ADD ("changed-rows", test_changed_rows);
  ADD ("changed-detail", test_changed_detail);
  ADD ("locked-is-not-lost", test_locked_is_not_lost);
  ADD ("two-at-once", test_two_at_once);
  return g_test_run ();
}
