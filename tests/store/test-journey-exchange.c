/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A journey as one file: it comes out as it went in, and a file that is anything else changes
 * nothing. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#ifdef G_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "journey-bench.h"
#include "mdg-journey-schema.h"

typedef struct
{
  char *here;  /* the journey that is exported */
  char *there; /* another one, into which it comes */
  char *file;  /* in a folder of its own */
  char *folder;
  char *expected;
  char *former; /* what the other journey holds */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MdgJourneyStore *store;

  f->here = journey_bench_folder ();
  f->there = journey_bench_folder ();
  f->folder = journey_bench_folder ();
  f->file = journey_bench_path (f->folder, "受付.madoguchi");
  store = journey_bench_open (f->here);
  journey_bench_fill (store);
  f->expected = journey_bench_describe (store);
  g_assert_true (mdg_journey_store_export (store, f->file, &error));
  g_assert_no_error (error);
  mdg_journey_store_close (store);

  store = journey_bench_open (f->there);
  g_assert_true (journey_bench_step (store, "grant", "ここの", NULL));
  journey_bench_add (store, "ここの.pdf", 700);
  f->former = journey_bench_describe (store);
  mdg_journey_store_close (store);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  journey_bench_clean (f->here);
  journey_bench_clean (f->there);
  journey_bench_clean (f->folder);
  g_free (f->here);
  g_free (f->there);
  g_free (f->file);
  g_free (f->folder);
  g_free (f->expected);
  g_free (f->former);
}

static char *
find_before (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->there, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "journey.db.before-"))
      return journey_bench_path (f->there, name);
  return NULL;
}

static void
assert_taken_in (Fixture *f, const char *file, const char *expected)
{
  MdgJourneyStore *store = journey_bench_open (f->there);
  g_autofree char *receipts = journey_bench_path (f->there, "receipts");
  g_autoptr (MdgJourneyRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;

  g_assert_true (mdg_journey_store_import (store, file, &error));
  g_assert_no_error (error);
  text = journey_bench_describe (store);
  g_assert_cmpstr (text, ==, expected);
  record = mdg_journey_store_load (store, NULL);
  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, record->receipts->len);
  mdg_journey_store_close (store);
  store = journey_bench_open (f->there);
  again = journey_bench_describe (store);
  g_assert_cmpstr (again, ==, expected);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  mdg_journey_store_close (store);
}

static void
test_there_and_back (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (f->file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (journey_bench_count_files (f->folder, ""), ==, 1);
  assert_taken_in (f, f->file, f->expected);
  /* what was here is a file that can be taken in itself */
  g_assert_cmpuint (journey_bench_count_files (f->there, "journey.db.before-"), ==, 1);
  before = find_before (f);
  g_assert_cmpint (g_stat (before, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_taken_in (f, before, f->former);
  for (guint i = 0; i < 6; i++)
    assert_taken_in (f, f->file, f->expected);
  g_assert_cmpuint (journey_bench_count_files (f->there, "journey.db.before-"), ==, 5);
}

/* A receipt that both have, and ids that both have. */
static void
test_same_receipt (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *store = journey_bench_open (f->there);

  journey_bench_add (store, "領収書1.pdf", 5000);
  mdg_journey_store_close (store);
  assert_taken_in (f, f->file, f->expected);
}

/* What was missing there is told here; the rest is not lost for that. */
static void
test_missing (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *store = journey_bench_open (f->here);
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, NULL);
  const MdgReceipt *receipt = g_ptr_array_index (record->receipts, 0);
  g_autofree char *receipts = journey_bench_path (f->here, "receipts");
  g_autofree char *path = journey_bench_path (receipts, receipt->sha256);
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (mdg_journey_store_export (store, f->file, NULL));
  g_free (f->expected);
  f->expected = journey_bench_describe (store);
  mdg_journey_store_close (store);
  store = journey_bench_open (f->there);
  g_assert_true (mdg_journey_store_import (store, f->file, NULL));
  missing = mdg_journey_store_get_missing (store);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "領収書1.pdf");
  text = journey_bench_describe (store);
  g_assert_cmpstr (text, ==, f->expected);
  mdg_journey_store_close (store);
}

static void
assert_unchanged (Fixture *f)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->there);
  g_autofree char *receipts = journey_bench_path (f->there, "receipts");
  g_autofree char *text = journey_bench_describe (store);

  g_assert_cmpstr (text, ==, f->former);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, 1);
  g_assert_cmpuint (journey_bench_count_files (f->there, ""), ==, 3);
}

static void
assert_refused (Fixture *f, GQuark domain, int code)
{
  MdgJourneyStore *store = journey_bench_open (f->there);
  g_autoptr (GError) error = NULL;

  g_assert_false (mdg_journey_store_import (store, f->file, &error));
  g_assert_error (error, domain, code);
  mdg_journey_store_close (store);
  assert_unchanged (f);
}

static void
assert_foreign (Fixture *f)
{
  assert_refused (f, MDG_STORE_ERROR, MDG_STORE_ERROR_FOREIGN);
}

static void
write_bytes (const char *path, const char *bytes, gsize length)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
test_no_file (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "x", "%PDF-1.7", "SQLite format 3" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_bytes (f->file, texts[i], strlen (texts[i]));
      assert_foreign (f);
    }
  g_assert_cmpint (g_unlink (f->file), ==, 0);
  assert_refused (f, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (g_mkdir (f->file, 0700), ==, 0);
  assert_foreign (f);
  g_assert_cmpint (g_rmdir (f->file), ==, 0);
#ifdef G_OS_UNIX
  /* nobody is waited for, nothing is read without end */
  g_assert_cmpint (mkfifo (f->file, 0600), ==, 0);
  assert_foreign (f);
  g_assert_cmpint (g_unlink (f->file), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", f->file), ==, 0);
  assert_foreign (f);
#endif
}

static void
test_cut_and_spoilt (Fixture *f, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length;
  guint taken = 0, n = 0;

  g_assert_true (g_file_get_contents (f->file, &bytes, &length, NULL));
  for (gsize cut = 0; cut < length; cut += length / 40)
    {
      write_bytes (f->file, bytes, cut);
      assert_foreign (f);
    }
  /* longer than it says */
  {
    g_autofree char *longer = g_malloc0 (length + 4096);

    for (gsize i = 0; i < length; i++)
      longer[i] = bytes[i];
    write_bytes (f->file, longer, length + 4096);
    assert_foreign (f);
  }
  for (gsize at = 0; at < length; at += 1999)
    {
      g_autofree char *spoilt = g_memdup2 (bytes, length);
      MdgJourneyStore *store = journey_bench_open (f->there);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      for (gsize i = at; i < MIN (at + 4, length); i++)
        spoilt[i] = (char) ~spoilt[i];
      write_bytes (f->file, spoilt, length);
      n++;
      /* where nothing is meant by those bytes it is taken in, whole */
      if (mdg_journey_store_import (store, f->file, &error))
        taken++;
      else
        g_assert_true (error->domain == MDG_STORE_ERROR);
      text = journey_bench_describe (store);
      g_assert_true (g_str_equal (text, f->former) || g_str_equal (text, f->expected));
      if (g_str_equal (text, f->expected))
        {
          g_autofree char *before = find_before (f);

          g_assert_true (mdg_journey_store_import (store, before, NULL));
        }
      mdg_journey_store_close (store);
    }
  g_test_message ("%u of %u spoilt files did not matter", taken, n);
  g_assert_cmpuint (taken, <, n / 2);
}

static void
run_sql (const char *path, const char *sql, gboolean seal)
{
  sqlite3 *db;
  char *words = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &words);
  g_assert_cmpstr (words, ==, NULL);
  if (seal)
    g_assert_true (mdg_journey_seal (db, NULL));
  sqlite3_close (db);
}

/* Files that are well formed, sealed, and not what we write. */
static void
test_hostile (Fixture *f, gconstpointer data)
{
  static const char *const sqls[] = {
    "PRAGMA application_id = 1",
    "PRAGMA application_id = 1296320335",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = -1",
    "PRAGMA journal_mode = WAL",
    "PRAGMA page_size = 8192; VACUUM",
    "PRAGMA encoding = 'UTF-16'; CREATE TABLE x (y)",
    "CREATE TABLE more (a TEXT)",
    "CREATE INDEX more ON step (note)",
    "CREATE VIEW more AS SELECT * FROM step",
    "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM step; END",
    "DROP TABLE file; CREATE VIEW file AS SELECT '' AS sha256, zeroblob (1000000000) AS bytes",
    "DROP TABLE unwanted",
    "ALTER TABLE step ADD COLUMN more TEXT",
    "ALTER TABLE value RENAME TO \"a\"\"b\"",
    "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace (sql, 'NOT NULL', '')",
    "UPDATE step SET note = char (27)",
    "UPDATE step SET who = char (8238) || who", /* turns what is behind it */
    "UPDATE value SET text = 'a' || char (8203) || 'b'",
    "UPDATE item SET name = 'a' || char (8232) || 'b'",
    "UPDATE step SET id = '../../x' WHERE id = 'apply'",
    "UPDATE step SET who = printf ('%.*c', 10000, 'x')",
    "UPDATE entry SET date = '20260230'",
    "UPDATE value SET text = CAST (x'ff' AS TEXT)",
    "UPDATE value SET text = 'a' || char (0) || 'b'",
    "UPDATE receipt SET file_name = '../x.pdf'",
    "UPDATE receipt SET media_type = 'text/html'",
    "UPDATE receipt SET id = -5 WHERE id = 1; UPDATE item SET receipt = -5 WHERE receipt = 1",
    "UPDATE receipt SET size = size + 1",
    "UPDATE receipt SET sha256 = replace (sha256, 'a', 'A')",
    "UPDATE receipt SET sha256 = '/' || substr (sha256, 2);"
    "UPDATE file SET sha256 = '/' || substr (sha256, 2)",
    "UPDATE file SET bytes = CAST (bytes || x'00' AS BLOB)",
    "UPDATE file SET bytes = zeroblob (25000000)",
    "INSERT INTO file VALUES (printf ('%064d', 1), x'00')",
    "INSERT INTO item VALUES (99, 0, '', 1, 1, 'reader')",
    "DELETE FROM journey",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 501)"
    " INSERT INTO entry SELECT NULL, 'a', i, '', 0, '', '' FROM n",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
    " INSERT INTO item SELECT 1, i, '', 1, 1, 'reader' FROM n",
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
    " INSERT INTO unwanted SELECT printf ('%064d', i) FROM n",
  };
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (f->file, &bytes, &length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (sqls); i++)
    {
      gboolean seal = strstr (sqls[i], "FROM journey") == NULL && strstr (sqls[i], "\"") == NULL;

      g_test_message ("%s", sqls[i]);
      write_bytes (f->file, bytes, length);
      run_sql (f->file, sqls[i], seal);
      assert_foreign (f);
    }
  /* good rows that were changed, and not sealed again */
  write_bytes (f->file, bytes, length);
  run_sql (f->file, "UPDATE item SET price = 1", FALSE);
  assert_foreign (f);
  write_bytes (f->file, bytes, length);
  run_sql (f->file, "DELETE FROM file WHERE rowid = 1", FALSE);
  assert_foreign (f);
  write_bytes (f->file, bytes, length);
  run_sql (f->file, "PRAGMA user_version = 2", FALSE);
  assert_refused (f, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER);
  write_bytes (f->file, bytes, length);
  assert_taken_in (f, f->file, f->expected);
}

static void
test_huge (Fixture *f, gconstpointer data)
{
#ifdef G_OS_UNIX
  /* without blocks on the disk */
  g_assert_cmpint (truncate (f->file, G_GINT64_CONSTANT (1) << 40), ==, 0);
  assert_foreign (f);
  g_assert_cmpint (truncate (f->file, G_GINT64_CONSTANT (1) << 31), ==, 0);
  assert_foreign (f);
#endif
}

/* The database itself is no such file, nor that of the facility. */
static void
test_own_database (Fixture *f, gconstpointer data)
{
  g_autofree char *path = journey_bench_path (f->here, "journey.db");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  write_bytes (f->file, bytes, length);
  assert_foreign (f);
}

static void
assert_no_export (MdgJourneyStore *store, const char *path, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mdg_journey_store_export (store, path, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
test_export_places (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->here);
  g_autofree char *over = journey_bench_path (f->here, "journey.db");
  g_autofree char *below = journey_bench_path (f->folder, "none/x");
  g_autofree char *text = NULL;

  assert_no_export (store, over, G_IO_ERROR_INVALID_ARGUMENT);
#ifdef G_OS_UNIX
  {
    g_autofree char *link = journey_bench_path (f->folder, "link");
    g_autofree char *through = journey_bench_path (link, "journey.copy");

    g_assert_cmpint (symlink (f->here, link), ==, 0);
    assert_no_export (store, through, G_IO_ERROR_INVALID_ARGUMENT);
  }
#endif
  assert_no_export (store, f->folder, G_IO_ERROR_PERMISSION_DENIED);
  assert_no_export (store, below, G_IO_ERROR_PERMISSION_DENIED);
  text = journey_bench_describe (store);
  g_assert_cmpstr (text, ==, f->expected);
  /* over one that is there */
  g_assert_true (mdg_journey_store_export (store, f->file, NULL));
  assert_taken_in (f, f->file, f->expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/journey-exchange/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("there-and-back", test_there_and_back);
  ADD ("same-receipt", test_same_receipt);
  ADD ("missing", test_missing);
  ADD ("no-file", test_no_file);
  ADD ("cut-and-spoilt", test_cut_and_spoilt);
  ADD ("hostile", test_hostile);
  ADD ("huge", test_huge);
  ADD ("own-database", test_own_database);
  ADD ("export-places", test_export_places);
  return g_test_run ();
}
