/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the practice service must not forget, in SQLite with full synchronisation: a code that was
 * used, a terminal that was revoked and a lockout stay so through a crash. Passwords and codes are
 * here as hashes only; the answers kept are those to activation, renewal and the like (at most
 * KEPT_ANSWERS for a day), which must not be lost with the process that gave them.
 */
#include "config.h"

#include "mdg-practice-sql.h"
#include "mdg-practice-state.h"

#include <glib/gstdio.h>
#include <string.h>

#define SALT_SIZE    16
#define KEPT_ANSWERS G_GINT64_CONSTANT (512)
#define KEPT_SECONDS G_GINT64_CONSTANT (86400)

static const char SCHEMA[] =
    "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);"
    "CREATE TABLE IF NOT EXISTS user (id TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT "
    "NULL);"
    "CREATE TABLE IF NOT EXISTS code (hash BLOB PRIMARY KEY, used INTEGER);"
    "CREATE TABLE IF NOT EXISTS lockout (kind TEXT, id TEXT, failures INTEGER NOT NULL,"
    " until INTEGER NOT NULL, PRIMARY KEY (kind, id));"
    "CREATE TABLE IF NOT EXISTS terminal (id TEXT PRIMARY KEY, name TEXT NOT NULL,"
    " institution TEXT NOT NULL, made INTEGER NOT NULL, ended INTEGER);"
    "CREATE TABLE IF NOT EXISTS certificate (fingerprint BLOB PRIMARY KEY,"
    " terminal TEXT NOT NULL REFERENCES terminal (id), not_after INTEGER NOT NULL,"
    " seen INTEGER NOT NULL, revoked INTEGER);"
    "CREATE INDEX IF NOT EXISTS certificate_of ON certificate (terminal);"
    "CREATE TABLE IF NOT EXISTS answer (scope TEXT, key TEXT, mark BLOB NOT NULL,"
    " status INTEGER NOT NULL, body BLOB NOT NULL, time INTEGER NOT NULL,"
    " PRIMARY KEY (scope, key));";

static gboolean
load_salt (MdgPracticeState *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  const guint8 *kept;

  statement = mdg_practice_sql_prepare (self->db, error,
                                        "SELECT value FROM meta WHERE name = 'code-salt'", "");
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return mdg_practice_random (self->code_salt, sizeof self->code_salt, error) &&
           mdg_practice_sql_run (self->db, error, "INSERT INTO meta VALUES ('code-salt', ?)", "b",
                                 self->code_salt);
  kept = sqlite3_column_blob (statement, 0);
  if (sqlite3_column_bytes (statement, 0) != (int) sizeof self->code_salt)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the practice service's state is damaged");
      return FALSE;
    }
  for (guint i = 0; i < sizeof self->code_salt; i++)
    self->code_salt[i] = kept[i];
  return TRUE;
}

/**
 * mdg_practice_state_open:
 * @path: the database
 * @error: return location
 *
 * Opens it or makes it. It is held alone: a second service on the same state is refused.
 *
 * Thread: any; then one at a time.
 * Errors: %G_IO_ERROR_BUSY, %G_IO_ERROR_FAILED, %G_IO_ERROR_INVALID_DATA.
 * Returns: (transfer full) (nullable): the state
 */
MdgPracticeState *
mdg_practice_state_open (const char *path, GError **error)
{
  g_autoptr (MdgPracticeState) self = g_new0 (MdgPracticeState, 1);
  int result = sqlite3_open_v2 (
      path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_exec (
        self->db,
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        "PRAGMA secure_delete = ON; PRAGMA cache_size = -512; BEGIN EXCLUSIVE; COMMIT;",
        NULL, NULL, NULL);
  if (result == SQLITE_BUSY)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s is in use by another practice service",
                   path);
      return NULL;
    }
  if (result != SQLITE_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be opened: %s", path,
                   sqlite3_errmsg (self->db));
      return NULL;
    }
  g_chmod (path, 0600);
  if (!mdg_practice_sql_script (self->db, SCHEMA, error) || !load_salt (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_practice_state_free:
 * @self: (nullable) (transfer full): the state
 *
 * Closes the database.
 *
 * Thread: any, when nobody uses it.
 * Errors: none.
 */
void
mdg_practice_state_free (MdgPracticeState *self)
{
  if (self == NULL)
    return;
  sqlite3_close (self->db);
  g_free (self);
}

/**
 * mdg_practice_state_begin:
 * @self: the state
 * @error: return location
 *
 * Begins a change that is done wholly or not at all.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it began
 */
gboolean
mdg_practice_state_begin (MdgPracticeState *self, GError **error)
{
  return mdg_practice_sql_script (self->db, "BEGIN IMMEDIATE", error);
}

/**
 * mdg_practice_state_end:
 * @self: the state
 * @commit: whether to keep the change
 * @error: return location
 *
 * Ends what mdg_practice_state_begin() began; what cannot be kept is taken back.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept or taken back as wanted
 */
gboolean
mdg_practice_state_end (MdgPracticeState *self, gboolean commit, GError **error)
{
  if (commit && mdg_practice_sql_script (self->db, "COMMIT", error))
    return TRUE;
  return mdg_practice_sql_script (self->db, "ROLLBACK", NULL) && !commit;
}

/**
 * mdg_practice_state_has_user:
 * @self: the state
 * @user_id: an id
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: whether there is that user
 */
gboolean
mdg_practice_state_has_user (MdgPracticeState *self, const char *user_id)
{
  g_autoptr (sqlite3_stmt) statement =
      mdg_practice_sql_prepare (self->db, NULL, "SELECT 1 FROM user WHERE id = ?", "s", user_id);

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW;
}

/**
 * mdg_practice_state_set_password:
 * @self: the state
 * @user_id: an id; the user is made where there is none
 * @password: kept as a hash
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_set_password (MdgPracticeState *self,
                                 const char *user_id,
                                 const char *password,
                                 GError **error)
{
  guint8 salt[SALT_SIZE];
  guint8 hash[MDG_PRACTICE_DIGEST_SIZE];
  g_autoptr (GBytes) salt_bytes = NULL;

  if (!mdg_practice_random (salt, sizeof salt, error) ||
      !mdg_practice_stretch (password, salt, sizeof salt, hash, error))
    return FALSE;
  salt_bytes = g_bytes_new (salt, sizeof salt);
  return mdg_practice_sql_run (self->db, error, "INSERT OR REPLACE INTO user VALUES (?, ?, ?)",
                               "sBb", user_id, salt_bytes, hash);
}

/**
 * mdg_practice_state_check_password:
 * @self: the state
 * @user_id: an id, known or not
 * @password: what was typed
 *
 * Takes the same time for a user that does not exist.
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: whether it is that user's password
 */
gboolean
mdg_practice_state_check_password (MdgPracticeState *self,
                                   const char *user_id,
                                   const char *password)
{
  g_autoptr (sqlite3_stmt) statement = mdg_practice_sql_prepare (
      self->db, NULL, "SELECT salt, hash FROM user WHERE id = ?", "s", user_id);
  guint8 hash[MDG_PRACTICE_DIGEST_SIZE];
  gboolean known = statement != NULL && sqlite3_step (statement) == SQLITE_ROW &&
                   sqlite3_column_bytes (statement, 0) == SALT_SIZE &&
                   sqlite3_column_bytes (statement, 1) == MDG_PRACTICE_DIGEST_SIZE;

  if (!known)
    {
      mdg_practice_stretch (password, self->code_salt, SALT_SIZE, hash, NULL);
      return FALSE;
    }
  return mdg_practice_stretch (password, sqlite3_column_blob (statement, 0), SALT_SIZE, hash,
                               NULL) &&
         mdg_practice_equal (hash, sqlite3_column_blob (statement, 1), sizeof hash);
}

/**
 * mdg_practice_state_add_code:
 * @self: the state
 * @code: 12 digits
 * @error: return location
 *
 * Keeps the hash of a new activation code.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_add_code (MdgPracticeState *self, const char *code, GError **error)
{
  guint8 hash[MDG_PRACTICE_DIGEST_SIZE];

  return mdg_practice_stretch (code, self->code_salt, sizeof self->code_salt, hash, error) &&
         mdg_practice_sql_run (self->db, error, "INSERT OR IGNORE INTO code (hash) VALUES (?)", "b",
                               hash);
}

/**
 * mdg_practice_state_find_code:
 * @self: the state
 * @code: 12 digits
 * @hash: (out caller-allocates): what stands for it in the database
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: whether it is an activation code that nobody has used
 */
gboolean
mdg_practice_state_find_code (MdgPracticeState *self,
                              const char *code,
                              guint8 hash[MDG_PRACTICE_DIGEST_SIZE])
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (!mdg_practice_stretch (code, self->code_salt, sizeof self->code_salt, hash, NULL))
    return FALSE;
  statement = mdg_practice_sql_prepare (
      self->db, NULL, "SELECT 1 FROM code WHERE hash = ? AND used IS NULL", "b", hash);
  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW;
}

/**
 * mdg_practice_state_use_code:
 * @self: the state
 * @hash: from mdg_practice_state_find_code()
 * @now: Unix seconds
 * @error: return location
 *
 * Marks a code as used, for good.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_use_code (MdgPracticeState *self,
                             const guint8 hash[MDG_PRACTICE_DIGEST_SIZE],
                             gint64 now,
                             GError **error)
{
  return mdg_practice_sql_run (self->db, error, "UPDATE code SET used = ? WHERE hash = ?", "ib",
                               now, hash);
}

/**
 * mdg_practice_state_get_lock:
 * @self: the state
 * @kind: "institution" or "user"
 * @id: which
 * @now: Unix seconds
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: seconds that the lock still holds; 0 where there is none
 */
gint64
mdg_practice_state_get_lock (MdgPracticeState *self, const char *kind, const char *id, gint64 now)
{
  g_autoptr (sqlite3_stmt) statement = mdg_practice_sql_prepare (
      self->db, NULL, "SELECT until FROM lockout WHERE kind = ? AND id = ?", "ss", kind, id);

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return 0;
  /* A clock that was set back must not lock for longer than the lock is long. */
  return CLAMP (sqlite3_column_int64 (statement, 0) - now, 0, MDG_PRACTICE_LOCK_SECONDS);
}

/**
 * mdg_practice_state_note_failure:
 * @self: the state
 * @kind: "institution" or "user"
 * @id: which
 * @now: Unix seconds
 * @error: return location
 *
 * Counts a wrong secret; the fifth one locks for 15 minutes and starts the count again.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_note_failure (MdgPracticeState *self,
                                 const char *kind,
                                 const char *id,
                                 gint64 now,
                                 GError **error)
{
  if (!mdg_practice_sql_run (self->db, error,
                             "INSERT INTO lockout VALUES (?, ?, 1, 0) ON CONFLICT (kind, id)"
                             " DO UPDATE SET failures = failures + 1",
                             "ss", kind, id))
    return FALSE;
  return mdg_practice_sql_run (self->db, error,
                               "UPDATE lockout SET failures = 0, until = ?"
                               " WHERE kind = ? AND id = ? AND failures >= ?",
                               "issi", now + MDG_PRACTICE_LOCK_SECONDS, kind, id,
                               (gint64) MDG_PRACTICE_LOCK_FAILURES);
}

/**
 * mdg_practice_state_clear_failures:
 * @self: the state
 * @kind: "institution" or "user"
 * @id: which
 * @error: return location
 *
 * Forgets wrong secrets after a right one; costs nothing where there were none.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_clear_failures (MdgPracticeState *self,
                                   const char *kind,
                                   const char *id,
                                   GError **error)
{
  return mdg_practice_sql_run (self->db, error, "DELETE FROM lockout WHERE kind = ? AND id = ?",
                               "ss", kind, id);
}

/**
 * mdg_practice_answer_free:
 * @self: (nullable) (transfer full): an answer
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_answer_free (MdgPracticeAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/**
 * mdg_practice_state_put_answer:
 * @self: the state
 * @scope: whose key it is: a terminal's id, or "activation"
 * @key: the Idempotency-Key
 * @answer: (transfer none): what was answered
 * @error: return location
 *
 * Keeps an answer for a repeat of the same request, and forgets those too old or too many.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_put_answer (MdgPracticeState *self,
                               const char *scope,
                               const char *key,
                               const MdgPracticeAnswer *answer,
                               GError **error)
{
  return mdg_practice_sql_run (self->db, error, "DELETE FROM answer WHERE time < ?", "i",
                               answer->time - KEPT_SECONDS) &&
         mdg_practice_sql_run (self->db, error,
                               "DELETE FROM answer WHERE rowid NOT IN"
                               " (SELECT rowid FROM answer ORDER BY time DESC LIMIT ?)",
                               "i", KEPT_ANSWERS - 1) &&
         mdg_practice_sql_run (
             self->db, error, "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?)", "ssbiBi",
             scope, key, answer->body_mark, (gint64) answer->status, answer->body, answer->time);
}

/**
 * mdg_practice_state_get_answer:
 * @self: the state
 * @scope: whose key it is
 * @key: the Idempotency-Key
 * @now: Unix seconds
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer full) (nullable): the answer kept
 */
MdgPracticeAnswer *
mdg_practice_state_get_answer (MdgPracticeState *self,
                               const char *scope,
                               const char *key,
                               gint64 now)
{
  g_autoptr (MdgPracticeAnswer) answer = g_new0 (MdgPracticeAnswer, 1);
  g_autoptr (sqlite3_stmt) statement = mdg_practice_sql_prepare (
      self->db, NULL,
      "SELECT mark, status, body, time FROM answer WHERE scope = ? AND key = ? AND time >= ?",
      "ssi", scope, key, now - KEPT_SECONDS);
  const guint8 *mark;

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW ||
      sqlite3_column_bytes (statement, 0) != MDG_PRACTICE_DIGEST_SIZE)
    return NULL;
  mark = sqlite3_column_blob (statement, 0);
  for (guint i = 0; i < MDG_PRACTICE_DIGEST_SIZE; i++)
    answer->body_mark[i] = mark[i];
  answer->status = (guint) sqlite3_column_int64 (statement, 1);
  answer->body =
      g_bytes_new (sqlite3_column_blob (statement, 2), (gsize) sqlite3_column_bytes (statement, 2));
  answer->time = sqlite3_column_int64 (statement, 3);
  return g_steal_pointer (&answer);
}
