/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The store: what is written comes back, and what is not ours is left as it was found. */
#include "config.h"

#include "mdg-store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#ifdef G_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mdg-store-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "madoguchi.db", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (f->path, suffixes[i], NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

static MdgFacility *
make_facility (void)
{
  MdgFacility *facility = g_new0 (MdgFacility, 1);

  facility->service_url = g_strdup ("https://service.example/");
  facility->ca_pem = g_strdup ("-----BEGIN CERTIFICATE-----\n");
  facility->institution_code = g_strdup ("1319999015");
  facility->institution_name = g_strdup ("架空診療所");
  facility->user_id = g_strdup ("user-1");
  return facility;
}

static MdgTerminal *
make_terminal (void)
{
  MdgTerminal *terminal = g_new0 (MdgTerminal, 1);

  terminal->terminal_id = g_strdup ("T-0001");
  terminal->name = g_strdup ("受付１");
  terminal->certificate_pem = g_strdup ("-----BEGIN CERTIFICATE-----\nAAAA\n");
  terminal->not_after = g_date_time_new_utc (2027, 11, 22, 1, 2, 3);
  terminal->terminal_limit = 3;
  terminal->terminal_count = 2;
  terminal->activated_at = g_date_time_new_utc (2026, 11, 22, 0, 0, 0);
  return terminal;
}

static MdgStore *
open_store (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  MdgStore *store = mdg_store_open (f->path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

static void
run_sql (Fixture *f, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgFacility) facility = make_facility ();
  g_autoptr (MdgTerminal) terminal = make_terminal ();
  g_autoptr (MdgFacility) facility_back = NULL;
  g_autoptr (MdgTerminal) terminal_back = NULL;
  g_autoptr (GError) error = NULL;
  MdgStore *store = open_store (f);

  g_assert_true (mdg_store_load_activation (store, &facility_back, &terminal_back, &error));
  g_assert_no_error (error);
  g_assert_null (facility_back);
  g_assert_null (terminal_back);

  g_assert_true (mdg_store_save_activation (store, facility, terminal, &error));
  g_assert_no_error (error);
  mdg_store_close (store);

  store = open_store (f);
  g_assert_cmpint (mdg_store_get_schema_version (store), ==, 2);
  g_assert_true (mdg_store_load_activation (store, &facility_back, &terminal_back, &error));
  g_assert_cmpstr (facility_back->service_url, ==, facility->service_url);
  g_assert_cmpstr (facility_back->ca_pem, ==, facility->ca_pem);
  g_assert_cmpstr (facility_back->institution_code, ==, facility->institution_code);
  g_assert_cmpstr (facility_back->institution_name, ==, facility->institution_name);
  g_assert_cmpstr (facility_back->user_id, ==, facility->user_id);
  g_assert_cmpstr (terminal_back->terminal_id, ==, terminal->terminal_id);
  g_assert_cmpstr (terminal_back->name, ==, terminal->name);
  g_assert_cmpstr (terminal_back->certificate_pem, ==, terminal->certificate_pem);
  g_assert_true (g_date_time_equal (terminal_back->not_after, terminal->not_after));
  g_assert_true (g_date_time_equal (terminal_back->activated_at, terminal->activated_at));
  g_assert_cmpuint (terminal_back->terminal_limit, ==, 3);
  g_assert_cmpuint (terminal_back->terminal_count, ==, 2);
  g_assert_true (mdg_store_check (store, &error));

  g_clear_pointer (&facility_back, mdg_facility_free);
  g_assert_true (mdg_store_clear_activation (store, &error));
  g_assert_true (mdg_store_load_activation (store, &facility_back, NULL, &error));
  g_assert_null (facility_back);
  mdg_store_close (store);
}

static void
test_refused_activation_keeps_the_former (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgFacility) facility = make_facility ();
  g_autoptr (MdgTerminal) terminal = make_terminal ();
  g_autoptr (MdgFacility) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgStore) store = open_store (f);

  g_assert_true (mdg_store_save_activation (store, facility, terminal, NULL));
  /* the table's own check refuses it after the old row is gone in the same transaction */
  g_free (facility->institution_code);
  facility->institution_code = g_strdup ("131");
  g_assert_false (mdg_store_save_activation (store, facility, terminal, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_clear_pointer (&terminal->certificate_pem, g_free);
  g_assert_false (mdg_store_save_activation (store, facility, terminal, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);

  g_assert_true (mdg_store_load_activation (store, &back, NULL, NULL));
  g_assert_cmpstr (back->institution_code, ==, "1319999015");
}

static void
test_settings (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgStore) store = open_store (f);
  g_autofree char *value = NULL;

  g_assert_null (mdg_store_get_setting (store, "reader.a'b", &error));
  g_assert_no_error (error);
  g_assert_true (mdg_store_set_setting (store, "reader.a'b", "拡張", &error));
  g_assert_true (mdg_store_set_setting (store, "reader.a'b", "短縮", &error));
  value = mdg_store_get_setting (store, "reader.a'b", &error);
  g_assert_cmpstr (value, ==, "短縮");
  g_assert_true (mdg_store_set_setting (store, "reader.a'b", NULL, &error));
  g_assert_null (mdg_store_get_setting (store, "reader.a'b", &error));
  g_assert_no_error (error);
  g_assert_false (mdg_store_set_setting (store, "k", "\xff\xfe", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
}

static void
test_mode (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgStore) store = open_store (f);
  GStatBuf info;

  g_assert_true (mdg_store_set_setting (store, "a", "b", NULL));
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

#ifdef G_OS_UNIX
static void
test_mode_of_old_file (Fixture *f, gconstpointer data)
{
  g_autofree char *target = g_strconcat (f->path, ".elsewhere", NULL);
  g_autoptr (MdgStore) store = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  /* as a program with a careless umask, or a copy from another disk, leaves it */
  mdg_store_close (open_store (f));
  g_assert_cmpint (g_chmod (f->path, 0666), ==, 0);
  store = open_store (f);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_clear_pointer (&store, mdg_store_close);

  g_assert_cmpint (g_rename (f->path, target), ==, 0);
  g_assert_cmpint (symlink (target, f->path), ==, 0);
  g_assert_null (mdg_store_open (f->path, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (f->path), ==, 0);

  /* it would be waited for ever to be opened by a writer */
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  g_assert_null (mdg_store_open (f->path, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_assert_cmpint (g_unlink (f->path), ==, 0);
  g_assert_cmpint (g_unlink (target), ==, 0);
}
#endif

/* The file's bytes and those of its companions must be the same after the refusal. */
static void
assert_refused (Fixture *f, MdgStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;

  g_assert_true (g_file_get_contents (f->path, &before, &before_length, NULL));
  g_assert_null (mdg_store_open (f->path, &error));
  g_assert_error (error, MDG_STORE_ERROR, (int) code);
  g_assert_true (g_file_get_contents (f->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  mdg_store_close (open_store (f));
  run_sql (f, "PRAGMA user_version = 99");
  assert_refused (f, MDG_STORE_ERROR_NEWER);
}

static void
test_not_ours (Fixture *f, gconstpointer data)
{
  run_sql (f, "CREATE TABLE bookmark (url TEXT)");
  assert_refused (f, MDG_STORE_ERROR_CORRUPT);
}

static void
test_garbage (Fixture *f, gconstpointer data)
{
  static const char *const garbage[] = { "x", "this is no database at all, but a text",
                                         "SQLite format 3 but only so far, no header" };

  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_assert_true (g_file_set_contents (f->path, garbage[i], -1, NULL));
      assert_refused (f, MDG_STORE_ERROR_CORRUPT);
    }
  /* a header of a database and then nothing that is one */
  {
    g_autofree char *bytes = g_malloc0 (8192);

    g_strlcpy (bytes, "SQLite format 3", 16);
    g_assert_true (g_file_set_contents (f->path, bytes, 8192, NULL));
    assert_refused (f, MDG_STORE_ERROR_CORRUPT);
  }
}

/* Every page of a real file is spoilt once: an error or an intact answer, never a crash. */
static void
test_damage (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgFacility) facility = make_facility ();
  g_autoptr (MdgTerminal) terminal = make_terminal ();
  g_autofree char *bytes = NULL;
  MdgStore *store = open_store (f);
  guint refused = 0;
  gsize length;

  g_assert_true (mdg_store_save_activation (store, facility, terminal, NULL));
  mdg_store_close (store);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));

  for (gsize at = 16; at < length; at += 61)
    {
      g_autofree char *spoilt = g_memdup2 (bytes, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgFacility) back = NULL;
      g_autoptr (MdgStore) again = NULL;

      for (gsize i = at; i < MIN (at + 8, length); i++)
        spoilt[i] = (char) ~spoilt[i];
      g_assert_true (g_file_set_contents (f->path, spoilt, (gssize) length, NULL));
      again = mdg_store_open (f->path, &error);
      if (again == NULL)
        {
          g_assert_nonnull (error);
          refused++;
        }
      else
        mdg_store_load_activation (again, &back, NULL, NULL);
    }
  g_assert_cmpuint (refused, >, 8);
}

static void
spoil (Fixture *f, gsize from, gsize to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  g_assert_cmpuint (to, <, length);
  for (gsize i = from; i < to; i++)
    bytes[i] = (char) ~bytes[i];
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
}

/* A long history is not read at each start; what stands before it is, and the whole on demand. */
static void
test_damage_in_a_large_file (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MdgStore *store = open_store (f);

  g_assert_true (mdg_store_set_setting (store, "a", "b", NULL));
  mdg_store_close (store);
  run_sql (f, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
              " INSERT INTO visit SELECT i, i, 0, randomblob (300), randomblob (20000) FROM n");
  spoil (f, 10 * 1024 * 1024, 10 * 1024 * 1024 + 100 * 1024);
  store = open_store (f);
  g_assert_false (mdg_store_check (store, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  mdg_store_close (store);

  spoil (f, 4096, 10 * 4096);
  g_assert_null (mdg_store_open (f->path, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
}

static void
test_locked (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgStore) store = open_store (f);
  g_autoptr (GError) error = NULL;
  sqlite3 *other;
  gint64 start;

  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  start = g_get_monotonic_time ();
  g_assert_false (mdg_store_set_setting (store, "a", "b", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 8 * G_USEC_PER_SEC);
  sqlite3_close (other);
  g_assert_true (mdg_store_set_setting (store, "a", "b", NULL));
}

static void
test_no_place (Fixture *f, gconstpointer data)
{
  g_autofree char *below = g_build_filename (f->path, "below", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_store_open (f->folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  g_assert_null (mdg_store_open (below, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  g_assert_null (mdg_store_open (below, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
}

static void
test_erased (Fixture *f, gconstpointer data)
{
  MdgStore *store = open_store (f);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (mdg_store_set_setting (store, "note", "XYZZY-ERASED", NULL));
  g_assert_true (mdg_store_set_setting (store, "note", NULL, NULL));
  mdg_store_close (store);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) length, "XYZZY-ERASED"));
}

static void
test_paths (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-paths-XXXXXX", NULL);
  g_autofree char *real = NULL;
  g_autofree char *practice = NULL;
  g_autofree char *database = NULL;
  GStatBuf info;

  /* GLib reads the variable once, so this runs in a process of its own */
  if (!g_test_subprocess ())
    {
      g_setenv ("XDG_DATA_HOME", folder, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      practice = g_build_filename (folder, "madoguchi", "practice", NULL);
      real = g_build_filename (folder, "madoguchi", NULL);
      g_assert_cmpint (g_rmdir (practice), ==, 0);
      g_assert_cmpint (g_rmdir (real), ==, 0);
      g_assert_cmpint (g_rmdir (folder), ==, 0);
      return;
    }
  g_rmdir (folder);
  real = mdg_paths_data_dir (FALSE);
  practice = mdg_paths_data_dir (TRUE);
  database = mdg_paths_database (TRUE);
  g_assert_true (g_str_has_prefix (real, g_getenv ("XDG_DATA_HOME")));
  g_assert_true (g_str_has_suffix (real, "/madoguchi"));
  g_assert_true (g_str_has_suffix (practice, "/madoguchi/practice"));
  g_assert_true (g_str_has_prefix (database, practice));
  g_assert_cmpint (g_stat (practice, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("round-trip", test_round_trip);
  ADD ("refused-activation-keeps-the-former", test_refused_activation_keeps_the_former);
  ADD ("settings", test_settings);
  ADD ("mode", test_mode);
#ifdef G_OS_UNIX
  ADD ("mode-of-old-file", test_mode_of_old_file);
#endif
  ADD ("newer", test_newer);
  ADD ("not-ours", test_not_ours);
  ADD ("garbage", test_garbage);
  ADD ("damage", test_damage);
  ADD ("damage-in-a-large-file", test_damage_in_a_large_file);
  ADD ("locked", test_locked);
  ADD ("no-place", test_no_place);
  ADD ("erased", test_erased);
  g_test_add_func ("/store/paths", test_paths);
  return g_test_run ();
}
