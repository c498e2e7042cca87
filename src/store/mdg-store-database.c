/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opens the database file: settings first, then the checks that must pass before anything is
 * written, then the missing steps of the schema. A file that is not ours, is damaged, or was
 * written by a newer version is closed as it was found. */
#include "config.h"

#include "mdg-store-database.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "mdg-private-file.h"
#include "mdg-store.h"

#define BUSY_MS 3000
/* reading every page takes about a second a gigabyte from memory, and ten from an old disk */
#define CHECKED_WHOLE (16 * 1024 * 1024)

static MdgStoreError
translate_code (sqlite3 *db, int code)
{
  int number = db != NULL ? sqlite3_system_errno (db) : 0;

  switch (code & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
      return MDG_STORE_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MDG_STORE_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return MDG_STORE_ERROR_LOCKED;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return MDG_STORE_ERROR_ACCESS;
    case SQLITE_IOERR:
      if (number == EACCES || number == EPERM || number == EROFS)
        return MDG_STORE_ERROR_ACCESS;
      /* SQLite knows only ENOSPC as full and often loses errno on the way; a write that fails and
       * is no broken disk is a quota or a file size limit, which is the same to people */
      if (number != EIO && (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE))
        return MDG_STORE_ERROR_FULL;
      return MDG_STORE_ERROR_FAILED;
    default:
      return MDG_STORE_ERROR_FAILED;
    }
}

/* SQLite would take a file of another kind for an empty or a damaged one only later. */
static gboolean
check_first_bytes (const char *path, GError **error)
{
  static const char magic[16] = "SQLite format 3";
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local = NULL;
  char head[sizeof magic];
  gsize length = 0;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS, "%s is a folder", path);
      return FALSE;
    }
  stream = g_file_read (file, NULL, &local);
  if (stream == NULL && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, NULL, &local))
    {
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS, local->message);
      return FALSE;
    }
  /* an empty file is what a power cut leaves of a new one */
  if (length == 0 || (length == sizeof magic && strncmp (head, magic, sizeof magic) == 0))
    return TRUE;
  g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s is not a database", path);
  return FALSE;
}

/* SQLite tells a page that could not be read in the same breath as one that is wrong: 0 where
 * nothing was the matter with reading, else the code, SQLITE_IOERR where it does not give it. */
static int
find_trouble (const char *words)
{
  static const char coded[] = "error code=";
  const char *code = strstr (words, coded);
  int number = code != NULL ? (int) g_ascii_strtoll (code + strlen (coded), NULL, 10) : 0;

  if (code != NULL)
    return (number & 0xff) == SQLITE_CORRUPT || (number & 0xff) == SQLITE_NOTADB ? 0 : number;
  return strstr (words, "ailed to get page") != NULL || strstr (words, "ailed to read ") != NULL
             ? SQLITE_IOERR
             : 0;
}

static gboolean
check_integrity (sqlite3 *db, const char *sql, GError **error)
{
  g_autoptr (MdgStatement) integrity = mdg_store_database_prepare (db, sql, error);
  const char *words;
  int trouble;

  if (integrity == NULL)
    return FALSE;
  if (sqlite3_step (integrity) != SQLITE_ROW)
    return mdg_store_database_fail (db, "check", error);
  words = (const char *) sqlite3_column_text (integrity, 0);
  if (g_strcmp0 (words, "ok") == 0)
    return TRUE;
  if (words == NULL) /* no memory for it */
    return mdg_store_database_fail (db, "check", error);
  trouble = find_trouble (words);
  g_set_error (error, MDG_STORE_ERROR,
               trouble != 0 ? translate_code (db, trouble) : MDG_STORE_ERROR_CORRUPT, "%s: %s",
               trouble != 0 ? "the database cannot be read" : "the database is damaged", words);
  return FALSE;
}

/* A history of years is not read at each start: its rows are authenticated one by one. The tables
 * that the program cannot do without always are. */
static gboolean
check_at_opening (sqlite3 *db, const MdgStoreSchema *schema, GError **error)
{
  gint64 pages = 0, page_size = 0;
  gboolean good = TRUE;

  if (!mdg_store_database_read_number (db, "PRAGMA page_count", &pages, error) ||
      !mdg_store_database_read_number (db, "PRAGMA page_size", &page_size, error))
    return FALSE;
  if (schema->vital == NULL || pages <= CHECKED_WHOLE / page_size)
    return mdg_store_database_check (db, error);
  for (guint i = 0; good && schema->vital[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA integrity_check (%s)", schema->vital[i]);

      good = check_integrity (db, sql, error);
    }
  return good;
}

/* Everything that may refuse the file, before the first write to it; within one transaction, for
 * another process may be making the tables just now. */
static gboolean
check_whose (sqlite3 *db,
             const char *path,
             const MdgStoreSchema *schema,
             gint64 *version,
             GError **error)
{
  gint64 application = 0, tables = 0;

  if (!mdg_store_database_read_number (db, "PRAGMA user_version", version, error) ||
      !mdg_store_database_read_number (db, "PRAGMA application_id", &application, error) ||
      !mdg_store_database_read_number (db, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (tables > 0 && application != schema->application_id)
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                   "%s is another program's database", path);
      return FALSE;
    }
  if (*version > (gint64) schema->n_steps)
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER,
                   "%s has schema %" G_GINT64_FORMAT ", this program knows %u", path, *version,
                   schema->n_steps);
      return FALSE;
    }
  if (*version < 0 || (tables == 0) != (*version == 0))
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s has no valid schema", path);
      return FALSE;
    }
  return check_at_opening (db, schema, error) &&
         (tables == 0 || schema->check == NULL || schema->check (db, error));
}

static gboolean
migrate (sqlite3 *db, const MdgStoreSchema *schema, GError **error)
{
  gint64 version = 0;
  gboolean good;

  if (!mdg_store_database_begin (db, error))
    return FALSE;
  /* asked again inside the transaction: another process may have been faster */
  good = mdg_store_database_read_number (db, "PRAGMA user_version", &version, error);
  for (gint64 i = version; good && i < (gint64) schema->n_steps; i++)
    {
      g_autofree char *stamp =
          g_strdup_printf ("PRAGMA user_version = %d; PRAGMA application_id = %d;", (int) i + 1,
                           schema->application_id);

      good = mdg_store_database_run (db, schema->steps[i], error) &&
             mdg_store_database_run (db, stamp, error);
    }
  if (good && version < (gint64) schema->n_steps && schema->seal != NULL)
    good = schema->seal (db, error);
  return mdg_store_database_end (db, good, error);
}

/* Another process that opens the file at the same moment makes this fail at once: SQLite does not
 * use the busy time here (sqlite.org, "Write-Ahead Logging", 2.1). */
static gboolean
switch_to_wal (sqlite3 *db, GError **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_MS * 1000;

  while (sqlite3_exec (db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) != SQLITE_OK)
    {
      if ((sqlite3_errcode (db) & 0xff) != SQLITE_BUSY || g_get_monotonic_time () > end)
        return mdg_store_database_fail (db, "open", error);
      /* pause: there is no event to wait for, and it is over within BUSY_MS */
      g_usleep (5000);
    }
  return TRUE;
}

/* EXTRA: that the rollback journal is gone is on the disk, too, or a power cut would bring back
 * what was before (sqlite.org, "PRAGMA synchronous"). */
static gboolean
switch_journal (sqlite3 *db, const MdgStoreSchema *schema, GError **error)
{
  if (schema->one_file)
    return mdg_store_database_run (db, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA",
                                   error);
  return switch_to_wal (db, error) &&
         mdg_store_database_run (db, "PRAGMA synchronous = FULL", error);
}

static gboolean
prepare_file (sqlite3 *db, const char *path, const MdgStoreSchema *schema, GError **error)
{
  gint64 version = 0;
  gboolean good;

  if (!mdg_store_database_configure (db, error) || !mdg_store_database_run (db, "BEGIN", error))
    return FALSE;
  good = check_whose (db, path, schema, &version, error);
  if (!mdg_store_database_end (db, good, error) || !switch_journal (db, schema, error))
    return FALSE;
  if (version < (gint64) schema->n_steps && !migrate (db, schema, error))
    return FALSE;
  /* from here on the file is ours: what is in the log goes into it when it is closed */
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return TRUE;
}

/**
 * mdg_store_database_configure:
 * @db: a database that was just opened
 * @error: return location
 *
 * Makes it careful with what stands in the file.
 *
 * Thread: that of @db.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether that is so now
 */
gboolean
mdg_store_database_configure (sqlite3 *db, GError **error)
{
  static const int on[] = { SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY,
                            SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE };

  sqlite3_extended_result_codes (db, 1);
  sqlite3_busy_timeout (db, BUSY_MS);
  for (guint i = 0; i < G_N_ELEMENTS (on); i++)
    sqlite3_db_config (db, on[i], 1, NULL);
  /* 512 KiB of pages are kept: the usual 2 MiB would fill up with the checks of a few days */
  return mdg_store_database_run (db,
                                 "PRAGMA cache_size = -512;"
                                 "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                                 "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
                                 "PRAGMA foreign_keys = ON;",
                                 error);
}

/**
 * mdg_store_database_open:
 * @path: the file; made where it is missing
 * @schema: whose file it must be, and its tables
 * @error: return location
 *
 * Thread: any, one at a time for one database; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the database at the newest schema
 */
sqlite3 *
mdg_store_database_open (const char *path, const MdgStoreSchema *schema, GError **error)
{
  sqlite3 *db = NULL;
  int code;

  g_return_val_if_fail (path != NULL && schema != NULL, NULL);

  if (!mdg_private_file_touch (path, error) || !check_first_bytes (path, error))
    return NULL;

  code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (code != SQLITE_OK)
    g_set_error (error, MDG_STORE_ERROR, translate_code (db, code), "cannot open %s: %s", path,
                 sqlite3_errstr (code));
  else if (prepare_file (db, path, schema, error))
    return db;

  sqlite3_close_v2 (db);
  return NULL;
}

/**
 * mdg_store_database_open_image:
 * @image: the bytes of a whole database file; must outlive the database
 * @schema: whose it must be
 * @error: return location
 *
 * Opens bytes in memory, to be read only, after all the checks that a file has to pass.
 *
 * Thread: any, one at a time for one database.
 * Errors: MDG_STORE_ERROR_CORRUPT, _NEWER, _FAILED.
 *
 * Returns: (transfer full) (nullable): the database at the version that it has
 */
sqlite3 *
mdg_store_database_open_image (GBytes *image, const MdgStoreSchema *schema, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (image, &length);
  sqlite3 *db = NULL;
  gint64 version = 0;

  if (length == 0)
    g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "there are no bytes");
  else if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED, "no memory");
  else if (sqlite3_deserialize (db, "main", (guint8 *) bytes, (gint64) length, (gint64) length,
                                SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    mdg_store_database_fail (db, "read", error);
  else if (mdg_store_database_configure (db, error) &&
           check_whose (db, "the copy", schema, &version, error) && version > 0)
    return db;

  sqlite3_close_v2 (db);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "the copy is empty");
  return NULL;
}

/**
 * mdg_store_database_check:
 * @db: a database
 * @error: return location
 *
 * Reads the whole file: pages, indexes, constraints, references.
 *
 * Thread: that of @db; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where something is damaged; others where it cannot be read.
 *
 * Returns: whether all is well
 */
gboolean
mdg_store_database_check (sqlite3 *db, GError **error)
{
  g_autoptr (MdgStatement) references = NULL;

  if (!check_integrity (db, "PRAGMA integrity_check (1)", error))
    return FALSE;
  references = mdg_store_database_prepare (db, "PRAGMA foreign_key_check", error);
  if (references == NULL)
    return FALSE;
  switch (sqlite3_step (references))
    {
    case SQLITE_DONE:
      return TRUE;
    case SQLITE_ROW:
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                           "the database is damaged: a row without the one it belongs to");
      return FALSE;
    default:
      return mdg_store_database_fail (db, "check", error);
    }
}

/**
 * mdg_store_database_get_version:
 * @db: a database
 *
 * Thread: that of @db; blocking.
 * Errors: none.
 *
 * Returns: the version of its schema, -1 where it cannot be read
 */
int
mdg_store_database_get_version (sqlite3 *db)
{
  gint64 version = -1;

  return mdg_store_database_read_number (db, "PRAGMA user_version", &version, NULL) ? (int) version
                                                                                    : -1;
}

/**
 * mdg_store_database_run:
 * @db: a database
 * @sql: statements without parameters
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether all of them ran
 */
gboolean
mdg_store_database_run (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         mdg_store_database_fail (db, "change", error);
}

/**
 * mdg_store_database_prepare:
 * @db: a database
 * @sql: one statement
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the statement, for sqlite3_finalize()
 */
sqlite3_stmt *
mdg_store_database_prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK)
    return statement;
  mdg_store_database_fail (db, "read", error);
  return NULL;
}

/**
 * mdg_store_database_fail:
 * @db: a database whose last call failed
 * @action: what was tried, a verb for the message
 * @error: return location
 *
 * Thread: that of @db.
 * Errors: always sets one.
 *
 * Returns: %FALSE
 */
gboolean
mdg_store_database_fail (sqlite3 *db, const char *action, GError **error)
{
  int code = sqlite3_extended_errcode (db);

  /* the fixed text: sqlite3_errmsg() may quote values */
  g_set_error (error, MDG_STORE_ERROR, translate_code (db, code), "cannot %s the database: %s (%d)",
               action, sqlite3_errstr (code), code);
  return FALSE;
}

/**
 * mdg_store_database_begin:
 * @db: a database
 * @error: return location
 *
 * Takes the write lock at once, so that a transaction never fails half-way for being late.
 *
 * Thread: that of @db; blocking up to the busy time.
 * Errors: MDG_STORE_ERROR_LOCKED, _ACCESS, _CORRUPT, _FAILED.
 *
 * Returns: whether a transaction is open
 */
gboolean
mdg_store_database_begin (sqlite3 *db, GError **error)
{
  return mdg_store_database_run (db, "BEGIN IMMEDIATE", error);
}

/**
 * mdg_store_database_end:
 * @db: a database with an open transaction
 * @good: whether all its statements ran
 * @error: return location; set already where not @good
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether the transaction is on the disk
 */
gboolean
mdg_store_database_end (sqlite3 *db, gboolean good, GError **error)
{
  if (good && mdg_store_database_run (db, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * mdg_store_database_read_number:
 * @db: a database
 * @sql: a statement that gives one number
 * @value: (out): the number
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether it could be read
 */
gboolean
mdg_store_database_read_number (sqlite3 *db, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (MdgStatement) statement = mdg_store_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return mdg_store_database_fail (db, "read", error);
  *value = sqlite3_column_int64 (statement, 0);
  return TRUE;
}
