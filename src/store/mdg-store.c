/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the program remembers of the facility, its terminal and its settings. An activation is one
 * transaction; what is read back is checked, because a file can be changed by anybody who can
 * write it. */
#include "config.h"

#include "mdg-store.h"

#include "mdg-store-database.h"

#define MAX_TEXT (256 * 1024)

struct _MdgStore
{
  sqlite3 *db;
};

G_DEFINE_QUARK (mdg - store - error - quark, mdg_store_error)

static void
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

static void
bind_time (sqlite3_stmt *statement, int index, GDateTime *time)
{
  if (time != NULL)
    sqlite3_bind_int64 (statement, index, g_date_time_to_unix (time));
}

static gboolean
step_done (MdgStore *self, sqlite3_stmt *statement, GError **error)
{
  return sqlite3_step (statement) == SQLITE_DONE ||
         mdg_store_database_fail (self->db, "write", error);
}

/* FALSE: the value is not a text that we could have written. */
static gboolean
take_text (sqlite3_stmt *statement, int column, char **text)
{
  const char *bytes = (const char *) sqlite3_column_text (statement, column);
  int length = sqlite3_column_bytes (statement, column);

  *text = NULL;
  if (bytes == NULL)
    return TRUE;
  if (length > MAX_TEXT || !g_utf8_validate_len (bytes, (gsize) length, NULL))
    return FALSE;
  *text = g_strndup (bytes, (gsize) length);
  return TRUE;
}

static GDateTime *
take_time (sqlite3_stmt *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  return g_date_time_new_from_unix_utc (sqlite3_column_int64 (statement, column));
}

static gboolean
is_sendable (const char *text, gboolean needed)
{
  if (text == NULL)
    return !needed;
  return strlen (text) <= MAX_TEXT && g_utf8_validate (text, -1, NULL);
}

static gboolean
check_values (const MdgFacility *facility, const MdgTerminal *terminal, GError **error)
{
  if (is_sendable (facility->service_url, TRUE) && is_sendable (facility->ca_pem, FALSE) &&
      is_sendable (facility->institution_code, TRUE) &&
      is_sendable (facility->institution_name, FALSE) && is_sendable (facility->user_id, TRUE) &&
      is_sendable (terminal->terminal_id, TRUE) && is_sendable (terminal->name, TRUE) &&
      is_sendable (terminal->certificate_pem, TRUE))
    return TRUE;
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                       "the activation is incomplete or too large");
  return FALSE;
}

static gboolean
write_facility (MdgStore *self, const MdgFacility *facility, GError **error)
{
  g_autoptr (MdgStatement) statement = mdg_store_database_prepare (
      self->db,
      "INSERT INTO facility (id, service_url, ca_pem, institution_code, institution_name, user_id)"
      " VALUES (1, ?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, facility->service_url);
  bind_text (statement, 2, facility->ca_pem);
  bind_text (statement, 3, facility->institution_code);
  bind_text (statement, 4, facility->institution_name);
  bind_text (statement, 5, facility->user_id);
  return step_done (self, statement, error);
}

static gboolean
write_terminal (MdgStore *self, const MdgTerminal *terminal, GError **error)
{
  g_autoptr (MdgStatement) statement = mdg_store_database_prepare (
      self->db,
      "INSERT INTO terminal (id, terminal_id, name, certificate_pem, not_after, terminal_limit,"
      " terminal_count, activated_at) VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, terminal->terminal_id);
  bind_text (statement, 2, terminal->name);
  bind_text (statement, 3, terminal->certificate_pem);
  bind_time (statement, 4, terminal->not_after);
  sqlite3_bind_int64 (statement, 5, terminal->terminal_limit);
  sqlite3_bind_int64 (statement, 6, terminal->terminal_count);
  bind_time (statement, 7, terminal->activated_at);
  return step_done (self, statement, error);
}

static gboolean
take_activation (sqlite3_stmt *row, MdgFacility *facility, MdgTerminal *terminal)
{
  gint64 limit = sqlite3_column_int64 (row, 9);
  gint64 count = sqlite3_column_int64 (row, 10);

  if (!take_text (row, 0, &facility->service_url) || !take_text (row, 1, &facility->ca_pem) ||
      !take_text (row, 2, &facility->institution_code) ||
      !take_text (row, 3, &facility->institution_name) || !take_text (row, 4, &facility->user_id) ||
      !take_text (row, 5, &terminal->terminal_id) || !take_text (row, 6, &terminal->name) ||
      !take_text (row, 7, &terminal->certificate_pem))
    return FALSE;
  if (limit < 0 || limit > G_MAXUINT16 || count < 0 || count > G_MAXUINT16)
    return FALSE;
  terminal->not_after = take_time (row, 8);
  terminal->terminal_limit = (guint) limit;
  terminal->terminal_count = (guint) count;
  terminal->activated_at = take_time (row, 11);
  return TRUE;
}

/**
 * mdg_store_open:
 * @path: the file; made with mode 0600 where it is missing
 * @error: return location
 *
 * Opens the store and brings its tables to this version. A file that is damaged, not ours or
 * newer is left as it is.
 *
 * Thread: any, one at a time for one store; blocking, at most about 3 s for another process.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the store, for mdg_store_close()
 */
MdgStore *
mdg_store_open (const char *path, GError **error)
{
  sqlite3 *db;
  MdgStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  db = mdg_store_database_open (path, &mdg_store_schema, error);
  if (db == NULL)
    return NULL;
  self = g_new0 (MdgStore, 1);
  self->db = db;
  return self;
}

/**
 * mdg_store_close:
 * @self: (transfer full) (nullable): a store
 *
 * Thread: that of the store; blocking.
 * Errors: none.
 */
void
mdg_store_close (MdgStore *self)
{
  if (self == NULL)
    return;

  sqlite3_close_v2 (self->db);
  g_free (self);
}

/**
 * mdg_store_save_activation:
 * @self: a store
 * @facility: the facility
 * @terminal: its terminal
 * @error: return location
 *
 * Replaces what was there, in one transaction that is on the disk when this returns.
 *
 * Thread: that of the store; blocking.
 * Errors: every code of #MdgStoreError but MDG_STORE_ERROR_NEWER.
 *
 * Returns: whether it is kept; where not, the former activation is
 */
gboolean
mdg_store_save_activation (MdgStore *self,
                           const MdgFacility *facility,
                           const MdgTerminal *terminal,
                           GError **error)
{
  gboolean good;

  g_return_val_if_fail (self != NULL && facility != NULL && terminal != NULL, FALSE);

  if (!check_values (facility, terminal, error) || !mdg_store_database_begin (self->db, error))
    return FALSE;
  good = mdg_store_database_run (self->db, "DELETE FROM facility", error) &&
         write_facility (self, facility, error) && write_terminal (self, terminal, error);
  return mdg_store_database_end (self->db, good, error);
}

/**
 * mdg_store_load_activation:
 * @self: a store
 * @facility: (out) (transfer full) (optional) (nullable): the facility, %NULL where there is none
 * @terminal: (out) (transfer full) (optional) (nullable): its terminal, likewise
 * @error: return location
 *
 * Thread: that of the store; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT, _LOCKED, _FAILED.
 *
 * Returns: %TRUE where the store could be read, with or without an activation in it
 */
gboolean
mdg_store_load_activation (MdgStore *self,
                           MdgFacility **facility,
                           MdgTerminal **terminal,
                           GError **error)
{
  g_autoptr (MdgFacility) f = g_new0 (MdgFacility, 1);
  g_autoptr (MdgTerminal) t = g_new0 (MdgTerminal, 1);
  g_autoptr (MdgStatement) row = NULL;
  int code;

  g_return_val_if_fail (self != NULL, FALSE);

  if (facility != NULL)
    *facility = NULL;
  if (terminal != NULL)
    *terminal = NULL;
  row = mdg_store_database_prepare (
      self->db,
      "SELECT service_url, ca_pem, institution_code, institution_name, user_id, terminal_id, name,"
      " certificate_pem, not_after, terminal_limit, terminal_count, activated_at"
      " FROM facility JOIN terminal USING (id)",
      error);
  if (row == NULL)
    return FALSE;
  code = sqlite3_step (row);
  if (code == SQLITE_DONE)
    return TRUE;
  if (code != SQLITE_ROW)
    return mdg_store_database_fail (self->db, "read", error);
  if (!take_activation (row, f, t))
    {
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                           "the stored activation cannot be read");
      return FALSE;
    }
  if (facility != NULL)
    *facility = g_steal_pointer (&f);
  if (terminal != NULL)
    *terminal = g_steal_pointer (&t);
  return TRUE;
}

/**
 * mdg_store_clear_activation:
 * @self: a store
 * @error: return location
 *
 * Thread: that of the store; blocking.
 * Errors: every code of #MdgStoreError but MDG_STORE_ERROR_NEWER.
 *
 * Returns: whether there is none any more
 */
gboolean
mdg_store_clear_activation (MdgStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mdg_store_database_begin (self->db, error) &&
         mdg_store_database_end (
             self->db, mdg_store_database_run (self->db, "DELETE FROM facility", error), error);
}

/**
 * mdg_store_get_setting:
 * @self: a store
 * @key: the name
 * @error: return location
 *
 * Thread: that of the store; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT, _LOCKED, _FAILED.
 *
 * Returns: (transfer full) (nullable): the value; %NULL without an error where there is none
 */
char *
mdg_store_get_setting (MdgStore *self, const char *key, GError **error)
{
  g_autoptr (MdgStatement) row = NULL;
  char *value = NULL;
  int code;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  row = mdg_store_database_prepare (self->db, "SELECT value FROM setting WHERE key = ?", error);
  if (row == NULL)
    return NULL;
  bind_text (row, 1, key);
  code = sqlite3_step (row);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    mdg_store_database_fail (self->db, "read", error);
  else if (code == SQLITE_ROW && !take_text (row, 0, &value))
    g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "setting %s cannot be read", key);
  return value;
}

/**
 * mdg_store_set_setting:
 * @self: a store
 * @key: the name
 * @value: (nullable): the value; %NULL removes it
 * @error: return location
 *
 * Thread: that of the store; blocking.
 * Errors: every code of #MdgStoreError but MDG_STORE_ERROR_NEWER.
 *
 * Returns: whether it is on the disk
 */
gboolean
mdg_store_set_setting (MdgStore *self, const char *key, const char *value, GError **error)
{
  g_autoptr (MdgStatement) statement = NULL;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  if (!is_sendable (key, TRUE) || !is_sendable (value, FALSE))
    {
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                           "the setting is no text or too large");
      return FALSE;
    }
  statement =
      mdg_store_database_prepare (self->db,
                                  value != NULL ? "INSERT INTO setting (key, value) VALUES (?1, ?2)"
                                                  " ON CONFLICT (key) DO UPDATE SET value = ?2"
                                                : "DELETE FROM setting WHERE key = ?1",
                                  error);
  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, key);
  bind_text (statement, 2, value);
  return step_done (self, statement, error);
}

/**
 * mdg_store_check:
 * @self: a store
 * @error: return location
 *
 * Reads the whole file, for diagnose.
 *
 * Thread: that of the store; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where something is damaged; others where it cannot be read.
 *
 * Returns: whether all is well
 */
gboolean
mdg_store_check (MdgStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mdg_store_database_check (self->db, error);
}

/**
 * mdg_store_get_schema_version:
 * @self: a store
 *
 * Thread: that of the store; blocking.
 * Errors: none.
 *
 * Returns: the version of the tables in the file, -1 where it cannot be read
 */
int
mdg_store_get_schema_version (MdgStore *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return mdg_store_database_get_version (self->db);
}
