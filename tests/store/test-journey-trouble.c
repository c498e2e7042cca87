/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A machine in trouble is no damage: where the file cannot be read just now, memory is short or
 * another program has the lock, opening fails and leaves everything as it was. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#ifdef G_OS_UNIX
#include <unistd.h>
#endif

#include "journey-bench.h"

#define MOST 2000

/* ---- a file system whose reads fail once ---- */

typedef struct
{
  sqlite3_file base;
  gboolean database;
  sqlite3_file *real; /* behind this */
} File;

static sqlite3_vfs *real_vfs;
static int reads_left = -1; /* the read that fails; -1 none */
static gboolean failed;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((File *) file)->real;
}

static int
close_file (sqlite3_file *file)
{
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
read_file (sqlite3_file *file, void *buffer, int n, sqlite3_int64 at)
{
  if (((File *) file)->database && reads_left >= 0 && reads_left-- == 0)
    {
      failed = TRUE;
      return SQLITE_IOERR_READ;
    }
  return get_real (file)->pMethods->xRead (get_real (file), buffer, n, at);
}

static int
write_file (sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
  return get_real (file)->pMethods->xWrite (get_real (file), bytes, n, at);
}

static int
truncate_file (sqlite3_file *file, sqlite3_int64 size)
{
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
sync_file (sqlite3_file *file, int flags)
{
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
get_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
lock_file (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
unlock_file (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
check_lock (sqlite3_file *file, int *reserved)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), reserved);
}

static int
control_file (sqlite3_file *file, int what, void *value)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), what, value);
}

static int
get_sector (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
get_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector,
  .xDeviceCharacteristics = get_characteristics,
};

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given)
{
  File *self = (File *) file;
  int code;

  self->real = (sqlite3_file *) (self + 1);
  self->database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  code = real_vfs->xOpen (real_vfs, name, self->real, flags, given);
  self->base.pMethods = self->real->pMethods != NULL ? &methods : NULL;
  return code;
}

static void
use_failing_files (void)
{
  static sqlite3_vfs vfs;

  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "failing";
  vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  vfs.xOpen = open_file;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

/* ---- the tests ---- */

/* Nothing was put aside, nothing was made again, and it opens whole when the trouble is over. */
static void
assert_untouched (const char *folder, const char *expected)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (folder);
  g_autofree char *text = journey_bench_describe (store);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (journey_bench_count_files (folder, "journey.db.damaged-"), ==, 0);
}

static char *
make_journey (const char *folder)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (folder);

  g_autofree char *text = g_strnfill (MDG_JOURNEY_TEXT_MAX, 'x');
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  journey_bench_fill (store);
  /* pages that hold the rest of a long text, and pages that nobody uses any more */
  for (guint i = 0; i < 12; i++)
    {
      gint64 id = journey_bench_entry (store, "poster", text);

      g_array_append_val (ids, id);
    }
  g_assert_true (journey_bench_step (store, "grant", text, NULL));
  for (guint i = 0; i < ids->len; i++)
    g_assert_true (mdg_journey_store_delete_entry (store, g_array_index (ids, gint64, i), NULL));
  g_array_unref (ids);
  return journey_bench_describe (store);
}

static void
assert_trouble (MdgJourneyStore *store, const GError *error)
{
  if (store != NULL)
    g_assert_cmpint (mdg_journey_store_get_health (store), !=, MDG_JOURNEY_RESTORED);
  else
    g_assert_false (g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT));
}

static void
test_unreadable (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autofree char *expected = make_journey (folder);
  guint n = 0;

  for (; n < MOST; n++)
    {
      g_autoptr (GError) error = NULL;
      MdgJourneyStore *store;

      failed = FALSE;
      reads_left = (int) n;
      store = mdg_journey_store_open (folder, &error);
      reads_left = -1;
      assert_trouble (store, error);
      mdg_journey_store_close (store);
      if (!failed)
        break;
      assert_untouched (folder, expected);
    }
  g_test_message ("%u reads", n);
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (n, <, MOST);
  journey_bench_clean (folder);
}

static void
test_no_memory (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autofree char *expected = make_journey (folder);
  guint refused = 0;

  for (sqlite3_int64 limit = 20 * 1024; limit < 600 * 1024; limit += 2 * 1024)
    {
      g_autoptr (GError) error = NULL;
      MdgJourneyStore *store;

      sqlite3_hard_heap_limit64 (limit);
      store = mdg_journey_store_open (folder, &error);
      sqlite3_hard_heap_limit64 (0);
      assert_trouble (store, error);
      refused += store == NULL;
      mdg_journey_store_close (store);
      g_assert_cmpuint (journey_bench_count_files (folder, "journey.db.damaged-"), ==, 0);
    }
  g_test_message ("%u without memory", refused);
  g_assert_cmpuint (refused, >, 5);
  assert_untouched (folder, expected);
  journey_bench_clean (folder);
}

static void
test_locked (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autofree char *expected = make_journey (folder);
  g_autofree char *path = journey_bench_path (folder, "journey.db");
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_null (mdg_journey_store_open (folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
  sqlite3_close (db);
  assert_untouched (folder, expected);
  journey_bench_clean (folder);
}

#ifdef G_OS_UNIX
/* What cannot be looked at may be there: it is not made again over it. */
static void
test_not_to_be_looked_at (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autofree char *expected = make_journey (folder);
  g_autofree char *path = journey_bench_path (folder, "journey.db");
  g_autofree char *away = journey_bench_path (folder, "elsewhere");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (path, away), ==, 0);
  g_assert_cmpint (symlink ("journey.db", path), ==, 0); /* ELOOP */
  g_assert_null (mdg_journey_store_open (folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_assert_cmpint (g_rename (away, path), ==, 0);
  assert_untouched (folder, expected);
  journey_bench_clean (folder);
}
#endif

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  use_failing_files ();
  g_test_add_func ("/journey-trouble/unreadable", test_unreadable);
  g_test_add_func ("/journey-trouble/no-memory", test_no_memory);
  g_test_add_func ("/journey-trouble/locked", test_locked);
#ifdef G_OS_UNIX
  g_test_add_func ("/journey-trouble/not-to-be-looked-at", test_not_to_be_looked_at);
#endif
  return g_test_run ();
}
