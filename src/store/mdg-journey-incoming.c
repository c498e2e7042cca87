/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The file is hostile until proven otherwise: its header is read by ourselves; it is attached to
 * read only, as a file that nobody changes, to a database in memory that has the tables which that
 * version wrote; its own description of its tables must be the same to the letter, so that no
 * view, trigger, index or further table is in it; then SQLite's checks, the seal, the counts; then
 * its rows are copied into our tables, brought to the newest version and read with the bounds that
 * hold for what a person types. */
#include "config.h"

#include "mdg-journey-incoming.h"

#include <gio/gio.h>
#include <string.h>

#include "mdg-journey-check.h"
#include "mdg-journey-files.h"
#include "mdg-journey-row.h"
#include "mdg-journey-schema.h"
#include "mdg-journey-table.h"

#define HEADER_BYTES 100
#define PAGE_BYTES   4096
/* every receipt at its largest, with the pages that hold it together, and the database */
#define FILE_BYTES_MAX                                                                             \
  ((guint64) MDG_JOURNEY_RECEIPTS_MAX * (MDG_RECEIPT_BYTES_MAX + 64 * 1024) +                      \
   MDG_JOURNEY_DATABASE_MAX)

struct _MdgJourneyIncoming
{
  sqlite3 *db; /* in memory; the file is its "incoming" */
  MdgJourneyRecord *record;
};

static gboolean
fail_foreign (GError **error, const char *why)
{
  g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FOREIGN, "not taken in: %s", why);
  return FALSE;
}

static guint32
get_32 (const guint8 *header, guint at)
{
  return (guint32) header[at] << 24 | (guint32) header[at + 1] << 16 |
         (guint32) header[at + 2] << 8 | header[at + 3];
}

/* sqlite.org, "Database File Format", 1.3 */
static gboolean
check_header (const guint8 *header, guint64 size, guint *version, GError **error)
{
  if (memcmp (header, "SQLite format 3", 16) != 0)
    return fail_foreign (error, "no database");
  if (get_32 (header, 68) != MDG_JOURNEY_EXPORT_ID)
    return fail_foreign (error, "another program's database");
  *version = get_32 (header, 60);
  if (*version > mdg_journey_schema.n_steps && *version < G_MAXINT16)
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER,
                   "the file has version %u, this program knows %u", *version,
                   mdg_journey_schema.n_steps);
      return FALSE;
    }
  if (*version == 0 || *version > mdg_journey_schema.n_steps)
    return fail_foreign (error, "no version");
  if (header[16] << 8 != PAGE_BYTES || header[17] != 0 || header[18] != 1 || header[19] != 1 ||
      header[20] != 0 || (guint64) get_32 (header, 28) * PAGE_BYTES != size)
    return fail_foreign (error, "it was cut or changed");
  return TRUE;
}

static gboolean
look_at_file (GFile *file, guint *version, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  guint8 header[HEADER_BYTES];
  gsize length = 0;
  goffset size;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, NULL, error);
  if (info == NULL)
    return FALSE;
  size = g_file_info_get_size (info);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || size < HEADER_BYTES)
    return fail_foreign (error, "no database");
  if ((guint64) size > FILE_BYTES_MAX)
    return fail_foreign (error, "too large");
  stream = g_file_read (file, NULL, error);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), header, sizeof header,
                                                  &length, NULL, error))
    return FALSE;
  if (length < sizeof header)
    return fail_foreign (error, "no database");
  return check_header (header, (guint64) size, version, error);
}

/* Limits for a file that wants to be dear: nothing of ours comes near them. */
static void
limit (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MDG_RECEIPT_BYTES_MAX + 64 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_SQL_LENGTH, 64 * 1024);
  sqlite3_limit (db, SQLITE_LIMIT_COLUMN, 64);
  sqlite3_limit (db, SQLITE_LIMIT_EXPR_DEPTH, 64);
  sqlite3_limit (db, SQLITE_LIMIT_COMPOUND_SELECT, 8);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 1);
}

static gboolean
attach (sqlite3 *db, const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *readonly = uri != NULL ? g_strconcat (uri, "?mode=ro&immutable=1", NULL) : NULL;

  return readonly != NULL && mdg_journey_row_run (db, error, "ATTACH ? AS incoming", "t", readonly);
}

static gboolean
make_tables (sqlite3 *db, guint version, GError **error)
{
  for (guint i = 0; i < version; i++)
    if (!mdg_store_database_run (db, mdg_journey_schema.steps[i], error))
      return FALSE;
  return mdg_store_database_run (db, MDG_JOURNEY_EXPORT_TABLE, error);
}

static gboolean
check_tables (sqlite3 *db, GError **error)
{
  static const char differences[] =
      "SELECT count(*) FROM ("
      " SELECT * FROM (SELECT type, name, tbl_name, sql FROM main.sqlite_schema"
      "  EXCEPT SELECT type, name, tbl_name, sql FROM incoming.sqlite_schema)"
      " UNION ALL"
      " SELECT * FROM (SELECT type, name, tbl_name, sql FROM incoming.sqlite_schema"
      "  EXCEPT SELECT type, name, tbl_name, sql FROM main.sqlite_schema))";
  gint64 different = 0, count = 0, ours = 0;

  if (!mdg_store_database_read_number (db, "SELECT count(*) FROM main.sqlite_schema", &ours,
                                       error) ||
      !mdg_store_database_read_number (db, "SELECT count(*) FROM incoming.sqlite_schema", &count,
                                       error))
    return FALSE;
  if (count != ours)
    return fail_foreign (error, "it has other tables");
  if (!mdg_store_database_read_number (db, differences, &different, error))
    return FALSE;
  return different == 0 || fail_foreign (error, "it has other tables");
}

static gboolean
check_integrity (sqlite3 *db, GError **error)
{
  g_autoptr (MdgStatement) row =
      mdg_store_database_prepare (db, "PRAGMA incoming.integrity_check (1)", error);

  if (row == NULL)
    return FALSE;
  if (sqlite3_step (row) != SQLITE_ROW)
    return mdg_store_database_fail (db, "check", error);
  return g_strcmp0 ((const char *) sqlite3_column_text (row, 0), "ok") == 0 ||
         fail_foreign (error, "it is damaged");
}

/* names of the tables of that version, but for the receipts' bytes */
static GPtrArray *
list_tables (sqlite3 *db, GError **error)
{
  g_autoptr (MdgStatement) rows = mdg_store_database_prepare (
      db,
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'file'"
      " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name = 'item', name",
      error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  while (rows != NULL && sqlite3_step (rows) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (rows, 0)));
  return rows != NULL ? g_steal_pointer (&names) : NULL;
}

/* No table holds more than this; the exact counts are looked at with the rest of the bounds. */
static gboolean
copy_rows (sqlite3 *db, GError **error)
{
  const gint64 most = (gint64) MDG_JOURNEY_RECEIPTS_MAX * MDG_JOURNEY_ITEMS_MAX;
  g_autoptr (GPtrArray) names = list_tables (db, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *count_sql = g_strdup_printf ("SELECT count(*) FROM incoming.%s", name);
      g_autofree char *sql = g_strdup_printf ("DELETE FROM main.%s;"
                                              "INSERT INTO main.%s SELECT * FROM incoming.%s;",
                                              name, name, name);
      gint64 count = 0;

      if (!mdg_store_database_read_number (db, count_sql, &count, error))
        return FALSE;
      if (count > most)
        return fail_foreign (error, "it holds too much");
      if (!mdg_store_database_run (db, sql, error))
        return FALSE;
    }
  return names != NULL;
}

static gboolean
migrate (sqlite3 *db, guint version, GError **error)
{
  for (guint i = version; i < mdg_journey_schema.n_steps; i++)
    if (!mdg_store_database_run (db, mdg_journey_schema.steps[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_files (MdgJourneyIncoming *self, GError **error)
{
  gint64 strangers = 0;

  if (!mdg_store_database_read_number (self->db,
                                       "SELECT count(*) FROM incoming.file WHERE sha256 NOT IN"
                                       " (SELECT sha256 FROM main.receipt)",
                                       &strangers, error))
    return FALSE;
  if (strangers > 0)
    return fail_foreign (error, "a file that no receipt speaks of");
  for (guint i = 0; i < self->record->receipts->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (GBytes) bytes = mdg_journey_incoming_read_file (
          self, g_ptr_array_index (self->record->receipts, i), &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
prove (MdgJourneyIncoming *self, const char *path, guint version, GError **error)
{
  sqlite3 *db = self->db;

  limit (db);
  if (!mdg_store_database_configure (db, error) || !make_tables (db, version, error) ||
      !attach (db, path, error) ||
      !mdg_store_database_run (db, "PRAGMA incoming.mmap_size = 0; BEGIN", error) ||
      !check_tables (db, error) || !check_integrity (db, error) ||
      !mdg_journey_check_seal (db, "incoming", error) || !copy_rows (db, error) ||
      !migrate (db, version, error) || !mdg_store_database_check (db, error))
    return FALSE;
  self->record = mdg_journey_table_load (db, error);
  return self->record != NULL && check_files (self, error);
}

/**
 * mdg_journey_incoming_open:
 * @path: a file
 * @error: return location
 *
 * Reads the whole file, twice, and believes none of it that was not looked at.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FOREIGN; MDG_STORE_ERROR_NEWER; #GIOErrorEnum where it cannot be read.
 *
 * Returns: (transfer full) (nullable): the journey in it
 */
MdgJourneyIncoming *
mdg_journey_incoming_open (const char *path, GError **error)
{
  g_autoptr (MdgJourneyIncoming) self = g_new0 (MdgJourneyIncoming, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  guint version = 0;

  if (!look_at_file (file, &version, error))
    return NULL;
  if (sqlite3_open_v2 (":memory:", &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL) ==
          SQLITE_OK &&
      prove (self, path, version, &local))
    return g_steal_pointer (&self);
  fail_foreign (error, local != NULL ? local->message : "no memory");
  return NULL;
}

/**
 * mdg_journey_incoming_free:
 * @self: (nullable): a file that was looked at
 *
 * Thread: that of @self.
 */
void
mdg_journey_incoming_free (MdgJourneyIncoming *self)
{
  if (self == NULL)
    return;
  sqlite3_close_v2 (self->db);
  mdg_journey_record_free (self->record);
  g_free (self);
}

/**
 * mdg_journey_incoming_get_record:
 * @self: a file that has proven to be a journey
 *
 * Thread: that of @self.
 *
 * Returns: (transfer none): all of it but the receipts' bytes
 */
const MdgJourneyRecord *
mdg_journey_incoming_get_record (MdgJourneyIncoming *self)
{
  return self->record;
}

/**
 * mdg_journey_incoming_read_file:
 * @self: a file
 * @receipt: one of its receipts
 * @error: return location
 *
 * Thread: that of @self; blocking.
 * Errors: MDG_STORE_ERROR_FOREIGN where the bytes are not those of the receipt.
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL without an error where they were missing
 *   when it was written
 */
GBytes *
mdg_journey_incoming_read_file (MdgJourneyIncoming *self, const MdgReceipt *receipt, GError **error)
{
  g_autoptr (MdgStatement) row = mdg_journey_row_bind (
      self->db, error, "SELECT bytes FROM incoming.file WHERE sha256 = ?", "t", receipt->sha256);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sum = NULL;
  int code = row != NULL ? sqlite3_step (row) : SQLITE_ERROR;

  if (code == SQLITE_DONE)
    return NULL;
  if (code == SQLITE_ROW)
    {
      bytes = g_bytes_new (sqlite3_column_blob (row, 0), (gsize) sqlite3_column_bytes (row, 0));
      sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    }
  if (bytes != NULL && g_bytes_get_size (bytes) == receipt->size &&
      g_strcmp0 (sum, receipt->sha256) == 0)
    return g_steal_pointer (&bytes);
  g_clear_error (error);
  fail_foreign (error, "a receipt's bytes are not what they were");
  return NULL;
}
