/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of a journey. SQLite finds a torn page, but not a changed letter: so each transaction
 * ends with a digest of all rows, and each opening compares it. A step that has been released is
 * never changed: a new version of the program adds a step at the end. */
#include "config.h"

#include "mdg-journey-schema.h"

#include <string.h>

#include "mdg-store.h"

#define DIGEST_BYTES 32

/* Dates are yyyyMMdd or ""; times are seconds since 1970 in UTC. */
static const char *const steps[] = {
  /* 0 → 1 */
  "CREATE TABLE journey ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1),"
  "  identity TEXT NOT NULL CHECK (length (identity) = 32),"
  "  revision INTEGER NOT NULL CHECK (revision >= 0),"
  "  digest BLOB NOT NULL) STRICT;"
  "INSERT INTO journey VALUES (1, lower (hex (randomblob (16))), 0, x'');"
  "CREATE TABLE step ("
  "  id TEXT PRIMARY KEY,"
  "  state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'done', 'skipped')),"
  "  date TEXT NOT NULL,"
  "  who TEXT NOT NULL,"
  "  note TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE value ("
  "  form TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  PRIMARY KEY (form, field)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE entry ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  list TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  text TEXT NOT NULL,"
  "  done INTEGER NOT NULL CHECK (done IN (0, 1)),"
  "  date TEXT NOT NULL,"
  "  who TEXT NOT NULL) STRICT;"
  "CREATE TABLE receipt ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  file_name TEXT NOT NULL,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),"
  "  sha256 TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64),"
  "  vendor TEXT NOT NULL,"
  "  date TEXT NOT NULL,"
  "  note TEXT NOT NULL,"
  "  added_at INTEGER NOT NULL) STRICT;"
  "CREATE TABLE item ("
  "  receipt INTEGER NOT NULL REFERENCES receipt (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL,"
  "  name TEXT NOT NULL,"
  "  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000),"
  "  price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 10000000),"
  "  kind TEXT NOT NULL,"
  "  PRIMARY KEY (receipt, position)) STRICT, WITHOUT ROWID;"
  /* files that may lie in the folder without being needed: written for a receipt that did not come
   * to be, or of one that was deleted. No other file is ever removed. */
  "CREATE TABLE unwanted (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
};

static gboolean
check_main (sqlite3 *db, GError **error)
{
  return mdg_journey_check_seal (db, "main", error);
}

/* "MDGO" */
const MdgStoreSchema mdg_journey_schema = {
  .application_id = 0x4d44474f,
  .steps = steps,
  .n_steps = G_N_ELEMENTS (steps),
  .one_file = TRUE,
  .check = check_main,
  .seal = mdg_journey_seal,
};

/* A table or a column that is not there is damage; every other failure is one of the machine. */
static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql, GError **error)
{
  g_autoptr (GError) local = NULL;
  sqlite3_stmt *statement = mdg_store_database_prepare (db, sql, &local);

  if (local != NULL && (sqlite3_errcode (db) & 0xff) == SQLITE_ERROR)
    local->code = MDG_STORE_ERROR_CORRUPT;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return statement;
}

/* each value with its type and its length, so that no two rows look alike that are not */
static void
digest_row (GChecksum *sum, sqlite3_stmt *row)
{
  for (int i = 0; i < sqlite3_column_count (row); i++)
    {
      int type = sqlite3_column_type (row, i);
      const guint8 *bytes = sqlite3_column_blob (row, i);
      int length = sqlite3_column_bytes (row, i);
      g_autofree char *head = g_strdup_printf ("%d:%d:", type, length);

      g_checksum_update (sum, (const guint8 *) head, -1);
      if (bytes != NULL && length > 0)
        g_checksum_update (sum, bytes, length);
    }
  g_checksum_update (sum, (const guint8 *) "\n", 1);
}

/* The digest is not over itself, nor over the receipts' bytes, which have one each. */
static char *
make_select (sqlite3 *db, const char *schema, const char *table, GError **error)
{
  g_autofree char *start = NULL;
  g_autoptr (MdgStatement) look = NULL;
  GString *sql;

  if (g_str_equal (table, "journey"))
    return g_strdup_printf ("SELECT id, identity, revision FROM %s.journey ORDER BY 1", schema);
  if (g_str_equal (table, "file"))
    return g_strdup_printf ("SELECT sha256 FROM %s.file ORDER BY 1", schema);
  start = g_strdup_printf ("SELECT * FROM %s.\"%s\"", schema, table);
  look = prepare (db, start, error);
  if (look == NULL)
    return NULL;
  sql = g_string_new (start);
  for (int i = 1; i <= sqlite3_column_count (look); i++)
    g_string_append_printf (sql, "%s%d", i == 1 ? " ORDER BY " : ", ", i);
  return g_string_free (sql, FALSE);
}

static gboolean
digest_table (sqlite3 *db, const char *schema, const char *table, GChecksum *sum, GError **error)
{
  g_autofree char *sql = make_select (db, schema, table, error);
  g_autoptr (MdgStatement) rows = sql != NULL ? prepare (db, sql, error) : NULL;
  int code;

  if (rows == NULL)
    return FALSE;
  g_checksum_update (sum, (const guint8 *) table, (gssize) strlen (table) + 1);
  while ((code = sqlite3_step (rows)) == SQLITE_ROW)
    digest_row (sum, rows);
  return code == SQLITE_DONE || mdg_store_database_fail (db, "read", error);
}

/**
 * mdg_journey_digest:
 * @db: a database with a journey's tables of whatever version
 * @schema: "main", or the name under which a file was attached
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): SHA-256 of all rows of all tables
 */
GBytes *
mdg_journey_digest (sqlite3 *db, const char *schema, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM %s.sqlite_schema WHERE type = 'table'"
                                          " AND name NOT LIKE 'sqlite~_%%' ESCAPE '~' ORDER BY 1",
                                          schema);
  g_autoptr (MdgStatement) tables = prepare (db, sql, error);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[DIGEST_BYTES];
  gsize length = sizeof digest;
  int code;

  if (tables == NULL)
    return NULL;
  while ((code = sqlite3_step (tables)) == SQLITE_ROW)
    {
      g_autofree char *table = g_strdup ((const char *) sqlite3_column_text (tables, 0));

      if (table == NULL || strchr (table, '"') != NULL)
        {
          g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "a table's name");
          return NULL;
        }
      if (!digest_table (db, schema, table, sum, error))
        return NULL;
    }
  if (code != SQLITE_DONE)
    {
      mdg_store_database_fail (db, "read", error);
      return NULL;
    }
  g_checksum_get_digest (sum, digest, &length);
  return g_bytes_new (digest, length);
}

/**
 * mdg_journey_seal:
 * @db: a journey, with an open transaction
 * @error: return location
 *
 * Writes the digest of what stands in it now; the last thing of each transaction.
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether it was written
 */
gboolean
mdg_journey_seal (sqlite3 *db, GError **error)
{
  g_autoptr (GBytes) digest = mdg_journey_digest (db, "main", error);
  g_autoptr (MdgStatement) statement = NULL;
  gsize length;
  const void *bytes;

  if (digest == NULL)
    return FALSE;
  statement = prepare (db, "UPDATE journey SET digest = ?", error);
  if (statement == NULL)
    return FALSE;
  bytes = g_bytes_get_data (digest, &length);
  sqlite3_bind_blob (statement, 1, bytes, (int) length, SQLITE_STATIC);
  return sqlite3_step (statement) == SQLITE_DONE || mdg_store_database_fail (db, "write", error);
}

/**
 * mdg_journey_check_seal:
 * @db: a database
 * @schema: "main", or the name under which a file was attached
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where a row is not what was written; others of #MdgStoreError.
 *
 * Returns: whether all rows are what was written
 */
gboolean
mdg_journey_check_seal (sqlite3 *db, const char *schema, GError **error)
{
  g_autoptr (GBytes) digest = mdg_journey_digest (db, schema, error);
  g_autofree char *sql = g_strdup_printf ("SELECT digest FROM %s.journey", schema);
  g_autoptr (MdgStatement) row = digest != NULL ? prepare (db, sql, error) : NULL;
  gsize length;
  const void *bytes;
  int code;

  if (row == NULL)
    return FALSE;
  bytes = g_bytes_get_data (digest, &length);
  code = sqlite3_step (row);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return mdg_store_database_fail (db, "read", error);
  if (code == SQLITE_ROW && sqlite3_column_bytes (row, 0) == (int) length &&
      memcmp (sqlite3_column_blob (row, 0), bytes, length) == 0)
    return TRUE;
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                       "the journey is damaged: it is not what was written");
  return FALSE;
}

/**
 * mdg_journey_mark_read:
 * @db: a journey
 * @mark: (out caller-allocates): what it is
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether it could be read
 */
gboolean
mdg_journey_mark_read (sqlite3 *db, MdgJourneyMark *mark, GError **error)
{
  g_autoptr (MdgStatement) row = prepare (db, "SELECT identity, revision FROM journey", error);
  int code;

  if (row == NULL)
    return FALSE;
  code = sqlite3_step (row);
  if (code == SQLITE_DONE)
    g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                         "the journey is damaged: it has no name");
  else if (code != SQLITE_ROW)
    mdg_store_database_fail (db, "read", error);
  if (code != SQLITE_ROW)
    return FALSE;
  g_strlcpy (mark->identity, (const char *) sqlite3_column_text (row, 0), sizeof mark->identity);
  mark->revision = sqlite3_column_int64 (row, 1);
  return TRUE;
}
