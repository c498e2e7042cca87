/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Rows of checks, sealed one by one. In the clear stand the id, the time and whether it was
 * practice: what a purge needs. These three are authenticated with the sealed bytes, so that no
 * row can be given another's contents or another day. An audit line is in the same transaction as
 * what it tells of, and before it: nobody looks unseen. */
#include "config.h"

#include "mdg-visit-table.h"

#include <openssl/crypto.h>

#include "mdg-audit-table.h"
#include "mdg-seal.h"
#include "mdg-store-database.h"
#include "mdg-store.h"
#include "mdg-visit-private.h"

#define HEAD_TEXTS    4 /* verdict, initials, code, method */
#define MAX_HEAD_TEXT 256

struct _MdgVisitTable
{
  sqlite3 *db;
  GBytes *key;
  gboolean must_truncate; /* what was deleted may still be in the write-ahead log */
};

static void
clear_table (gpointer data)
{
  mdg_visit_table_close (data);
}

static char *
describe (const char *column, gint64 id, gint64 time, gboolean practice)
{
  return g_strdup_printf ("madoguchi visit %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d", column,
                          id, time, practice ? 1 : 0);
}

static gboolean
step_done (MdgVisitTable *self, sqlite3_stmt *statement, GError **error)
{
  return sqlite3_step (statement) == SQLITE_DONE ||
         mdg_store_database_fail (self->db, "write", error);
}

static void
bind_bytes (sqlite3_stmt *statement, int index, GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &length);
  sqlite3_bind_blob64 (statement, index, data, length, SQLITE_TRANSIENT);
}

/* The four texts, each with its NUL. */
static GBytes *
pack_head (const MdgVisitRecord *record, GError **error)
{
  const char *const texts[HEAD_TEXTS] = { record->verdict, record->initials, record->code,
                                          record->method };
  /* large enough from the start: growing it would leave a copy behind */
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (HEAD_TEXTS * (MAX_HEAD_TEXT + 1));
  GBytes *head;

  for (guint i = 0; i < HEAD_TEXTS; i++)
    {
      const char *text = texts[i] != NULL ? texts[i] : "";

      if (strlen (text) > MAX_HEAD_TEXT || !g_utf8_validate (text, -1, NULL))
        {
          OPENSSL_cleanse (bytes->data, bytes->len);
          g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                               "a check's words are no text or too long");
          return NULL;
        }
      g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text) + 1);
    }
  head = mdg_secret_bytes_new (bytes->data, bytes->len);
  OPENSSL_cleanse (bytes->data, bytes->len);
  return head;
}

/* Points into @head; FALSE: it is none of ours. */
static gboolean
unpack_head (GBytes *head, MdgVisitRecord *record)
{
  const char **const texts[HEAD_TEXTS] = { &record->verdict, &record->initials, &record->code,
                                           &record->method };
  gsize length;
  const char *at = g_bytes_get_data (head, &length);

  for (guint i = 0; i < HEAD_TEXTS; i++)
    {
      gsize n = at != NULL ? strnlen (at, length) : 0;

      if (n >= length || n > MAX_HEAD_TEXT || !g_utf8_validate_len (at, n, NULL))
        return FALSE;
      *texts[i] = at;
      at += n + 1;
      length -= n + 1;
    }
  return length == 0;
}

/* secure_delete has overwritten the pages; the older copies of them are in the write-ahead log
 * until it is emptied (sqlite.org, "PRAGMA wal_checkpoint"). While somebody reads, that has to
 * wait for the next time. */
static void
truncate_log (MdgVisitTable *self)
{
  int code = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  self->must_truncate = code != SQLITE_OK;
  if (code != SQLITE_OK)
    g_debug ("the write-ahead log was not emptied: %s", sqlite3_errstr (code));
}

/* Ends what may have deleted rows. */
static gboolean
end_deletion (MdgVisitTable *self, gboolean good, GError **error)
{
  if (!mdg_store_database_end (self->db, good, error))
    return FALSE;
  if (self->must_truncate)
    truncate_log (self);
  return TRUE;
}

static gboolean
delete_row (MdgVisitTable *self, gint64 id, GError **error)
{
  g_autoptr (MdgStatement) statement =
      mdg_store_database_prepare (self->db, "DELETE FROM visit WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  if (!step_done (self, statement, error))
    return FALSE;
  self->must_truncate = self->must_truncate || sqlite3_changes (self->db) > 0;
  return TRUE;
}

static gboolean
delete_all (MdgVisitTable *self, GError **error)
{
  if (!mdg_store_database_run (self->db, "DELETE FROM visit", error))
    return FALSE;
  self->must_truncate = self->must_truncate || sqlite3_changes (self->db) > 0;
  return TRUE;
}

static gboolean
has_rows (MdgVisitTable *self, gboolean *any, GError **error)
{
  g_autoptr (MdgStatement) row =
      mdg_store_database_prepare (self->db, "SELECT EXISTS (SELECT 1 FROM visit)", error);

  if (row == NULL)
    return FALSE;
  if (sqlite3_step (row) != SQLITE_ROW)
    return mdg_store_database_fail (self->db, "read", error);
  *any = sqlite3_column_int (row, 0) != 0;
  return TRUE;
}

/* The new key is kept before the rows of the old one go: a failure in between loses nothing. */
static gboolean
make_key (MdgVisitTable *self, MdgSecretStore *secrets, GError **problem, GError **error)
{
  gboolean any = FALSE;

  self->key = mdg_seal_key_new (error);
  if (self->key == NULL || !has_rows (self, &any, error) ||
      !mdg_secret_store_save (secrets, MDG_SECRET_HISTORY_KEY, self->key, error))
    return FALSE;
  if (!any)
    return TRUE;
  if (!mdg_store_database_begin (self->db, error) ||
      !end_deletion (self,
                     mdg_audit_table_write (self->db, "delete", 0, "", error) &&
                         delete_all (self, error),
                     error))
    return FALSE;
  g_set_error_literal (problem, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                       "the history's key was lost: what it had sealed was deleted");
  return TRUE;
}

static gboolean
load_key (MdgVisitTable *self, MdgSecretStore *secrets, GError **problem, GError **error)
{
  GError *local = NULL;

  self->key = mdg_secret_store_load (secrets, MDG_SECRET_HISTORY_KEY, &local);
  /* a keyring that is locked is not a key that is lost */
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (self->key != NULL && g_bytes_get_size (self->key) == MDG_SEAL_KEY_BYTES)
    return TRUE;
  g_clear_pointer (&self->key, g_bytes_unref);
  return make_key (self, secrets, problem, error);
}

/**
 * mdg_visit_table_open:
 * @path: the database
 * @secrets: where the key lives
 * @problem: (out) (nullable): set where the key was lost
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError, of the file and of the secret store.
 *
 * Returns: (transfer full) (nullable): the tables
 */
MdgVisitTable *
mdg_visit_table_open (const char *path, MdgSecretStore *secrets, GError **problem, GError **error)
{
  g_autoptr (MdgVisitTable) self = g_atomic_rc_box_new0 (MdgVisitTable);

  self->db = mdg_store_database_open (path, &mdg_store_schema, error);
  if (self->db == NULL || !load_key (self, secrets, problem, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_visit_table_ref:
 * @self: the tables
 *
 * Thread: any.
 *
 * Returns: (transfer full): @self
 */
MdgVisitTable *
mdg_visit_table_ref (MdgVisitTable *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_visit_table_unref:
 * @self: (transfer full): the tables
 *
 * Thread: any.
 */
void
mdg_visit_table_unref (MdgVisitTable *self)
{
  g_atomic_rc_box_release_full (self, clear_table);
}

/**
 * mdg_visit_table_close:
 * @self: the tables
 *
 * Closes the file and erases the key; what comes after fails. May be called twice.
 *
 * Thread: the worker; blocking.
 */
void
mdg_visit_table_close (MdgVisitTable *self)
{
  g_clear_pointer (&self->db, sqlite3_close_v2);
  g_clear_pointer (&self->key, g_bytes_unref);
}

/* NULL: damaged. */
static MdgVisit *
take_visit (MdgVisitTable *self, sqlite3_stmt *row)
{
  gint64 id = sqlite3_column_int64 (row, 0);
  gint64 time = sqlite3_column_int64 (row, 1);
  MdgVisitRecord record = { .practice = sqlite3_column_int (row, 2) != 0 };
  g_autofree char *about = describe ("head", id, time, record.practice);
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (time);
  g_autoptr (GBytes) head = mdg_seal_open (self->key, about, sqlite3_column_blob (row, 3),
                                           (gsize) sqlite3_column_bytes (row, 3), NULL);

  if (when == NULL || head == NULL || !unpack_head (head, &record))
    return NULL;
  record.time = when;
  return mdg_visit_new (id, &record);
}

static gboolean
delete_damaged (MdgVisitTable *self, GArray *ids, GError **error)
{
  gboolean good;

  if (!mdg_store_database_begin (self->db, error))
    return FALSE;
  good = mdg_audit_table_write (self->db, "delete", 0, "", error);
  for (guint i = 0; good && i < ids->len; i++)
    good = delete_row (self, g_array_index (ids, gint64, i), error);
  return end_deletion (self, good, error);
}

/**
 * mdg_visit_table_load:
 * @self: the tables
 * @limit: the most to load
 * @problem: (out) (nullable): set where rows were damaged; nobody can read them, so they are gone
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: (transfer full) (element-type MdgVisit) (nullable): newest first
 */
GPtrArray *
mdg_visit_table_load (MdgVisitTable *self, guint limit, GError **problem, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) damaged = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (MdgStatement) row = mdg_store_database_prepare (
      self->db, "SELECT id, time, practice, head FROM visit ORDER BY id DESC LIMIT ?", error);
  int code;

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, limit);
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    {
      MdgVisit *visit = take_visit (self, row);
      gint64 id = sqlite3_column_int64 (row, 0);

      if (visit != NULL)
        g_ptr_array_add (visits, visit);
      else
        g_array_append_val (damaged, id);
    }
  if (code != SQLITE_DONE)
    {
      mdg_store_database_fail (self->db, "read", error);
      return NULL;
    }
  g_clear_pointer (&row, sqlite3_finalize);
  if (damaged->len > 0)
    {
      if (!delete_damaged (self, damaged, error))
        return NULL;
      g_set_error (problem, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                   "%u kept checks were damaged and are deleted", damaged->len);
    }
  return g_steal_pointer (&visits);
}

static gboolean
insert_visit (MdgVisitTable *self, gint64 id, const MdgVisitRecord *record, GError **error)
{
  gint64 time = g_date_time_to_unix (record->time);
  g_autofree char *about_head = describe ("head", id, time, record->practice);
  g_autofree char *about_detail = describe ("detail", id, time, record->practice);
  g_autoptr (GBytes) head = pack_head (record, error);
  g_autoptr (GBytes) sealed_head = NULL;
  g_autoptr (GBytes) sealed_detail = NULL;
  g_autoptr (MdgStatement) statement = NULL;

  if (head == NULL)
    return FALSE;
  sealed_head = mdg_seal_close (self->key, about_head, head, error);
  if (sealed_head == NULL)
    return FALSE;
  if (record->detail != NULL)
    {
      sealed_detail = mdg_seal_close (self->key, about_detail, record->detail, error);
      if (sealed_detail == NULL)
        return FALSE;
    }
  statement = mdg_store_database_prepare (
      self->db, "INSERT INTO visit (id, time, practice, head, detail) VALUES (?, ?, ?, ?, ?)",
      error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, time);
  sqlite3_bind_int (statement, 3, record->practice ? 1 : 0);
  bind_bytes (statement, 4, sealed_head);
  bind_bytes (statement, 5, sealed_detail);
  return step_done (self, statement, error);
}

/**
 * mdg_visit_table_add:
 * @self: the tables
 * @id: a new one
 * @record: the check
 * @who: who made it
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether it is on the disk, with its audit line
 */
gboolean
mdg_visit_table_add (MdgVisitTable *self,
                     gint64 id,
                     const MdgVisitRecord *record,
                     const char *who,
                     GError **error)
{
  gboolean good;

  if (!mdg_store_database_begin (self->db, error))
    return FALSE;
  good = mdg_audit_table_write (self->db, "check", id, who, error) &&
         insert_visit (self, id, record, error);
  return mdg_store_database_end (self->db, good, error);
}

/* An empty text where none was kept; NULL with the error set. */
static GBytes *
take_detail (MdgVisitTable *self, gint64 id, GError **error)
{
  g_autoptr (MdgStatement) row = mdg_store_database_prepare (
      self->db, "SELECT time, practice, detail FROM visit WHERE id = ?", error);
  g_autofree char *about = NULL;
  int code;

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, id);
  code = sqlite3_step (row);
  if (code == SQLITE_DONE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the check is not kept");
      return NULL;
    }
  if (code != SQLITE_ROW)
    {
      mdg_store_database_fail (self->db, "read", error);
      return NULL;
    }
  if (sqlite3_column_type (row, 2) == SQLITE_NULL)
    return mdg_secret_bytes_new (NULL, 0);
  about = describe ("detail", id, sqlite3_column_int64 (row, 0), sqlite3_column_int (row, 1) != 0);
  return mdg_seal_open (self->key, about, sqlite3_column_blob (row, 2),
                        (gsize) sqlite3_column_bytes (row, 2), error);
}

/**
 * mdg_visit_table_look:
 * @self: the tables
 * @id: a visit
 * @action: what is done with it
 * @who: who does it
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: %G_IO_ERROR_NOT_FOUND; #MdgStoreError, _CORRUPT where the row was changed.
 *
 * Returns: (transfer full) (nullable): the detail, once the audit line is on the disk
 */
GBytes *
mdg_visit_table_look (MdgVisitTable *self,
                      gint64 id,
                      const char *action,
                      const char *who,
                      GError **error)
{
  g_autoptr (GBytes) detail = NULL;
  gboolean good;

  if (!mdg_store_database_begin (self->db, error))
    return NULL;
  detail = take_detail (self, id, error);
  good = detail != NULL && mdg_audit_table_write (self->db, action, id, who, error);
  if (!mdg_store_database_end (self->db, good, error))
    return NULL;
  return g_steal_pointer (&detail);
}

/**
 * mdg_visit_table_delete:
 * @self: the tables
 * @id: a visit; 0 for all
 * @who: who does it
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether it is gone
 */
gboolean
mdg_visit_table_delete (MdgVisitTable *self, gint64 id, const char *who, GError **error)
{
  gboolean good;

  if (!mdg_store_database_begin (self->db, error))
    return FALSE;
  good = mdg_audit_table_write (self->db, "delete", id, who, error) &&
         (id == 0 ? delete_all (self, error) : delete_row (self, id, error));
  return end_deletion (self, good, error);
}

static gboolean
purge_visits (MdgVisitTable *self, const MdgVisitSpan *span, GError **error)
{
  g_autoptr (MdgStatement) statement =
      mdg_store_database_prepare (self->db, "DELETE FROM visit WHERE time < ? OR time >= ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, span->from);
  sqlite3_bind_int64 (statement, 2, span->until);
  if (!step_done (self, statement, error))
    return FALSE;
  self->must_truncate = self->must_truncate || sqlite3_changes (self->db) > 0;
  return TRUE;
}

/**
 * mdg_visit_table_purge:
 * @self: the tables
 * @span: what stays
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether all else is gone
 */
gboolean
mdg_visit_table_purge (MdgVisitTable *self, const MdgVisitSpan *span, GError **error)
{
  gboolean good;

  if (!mdg_store_database_begin (self->db, error))
    return FALSE;
  good =
      purge_visits (self, span, error) && mdg_audit_table_purge (self->db, span->audit_from, error);
  return end_deletion (self, good, error);
}

/**
 * mdg_visit_table_audit:
 * @self: the tables
 * @action: what was done
 * @visit_id: with which visit; 0 none
 * @who: who did it
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether the line is on the disk
 */
gboolean
mdg_visit_table_audit (MdgVisitTable *self,
                       const char *action,
                       gint64 visit_id,
                       const char *who,
                       GError **error)
{
  return mdg_audit_table_write (self->db, action, visit_id, who, error);
}

/**
 * mdg_visit_table_load_audit:
 * @self: the tables
 * @limit: the most to load
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: (transfer full) (element-type MdgAuditLine) (nullable): newest first
 */
GPtrArray *
mdg_visit_table_load_audit (MdgVisitTable *self, guint limit, GError **error)
{
  return mdg_audit_table_load (self->db, limit, error);
}
