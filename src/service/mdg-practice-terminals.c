/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminals that were activated and their certificates. A certificate is ours when its bytes
 * are those of one that we issued: nothing in it has to be believed. After a renewal the old one
 * stays good until the new one is used, so that a lost answer locks nobody out.
 */
#include "config.h"

#include "mdg-practice-sql.h"
#include "mdg-practice-terminals.h"

/**
 * mdg_practice_terminal_free:
 * @self: (nullable) (transfer full): a terminal
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_terminal_free (MdgPracticeTerminal *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->institution_code);
  g_free (self);
}

/**
 * mdg_practice_state_count_terminals:
 * @self: the state
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: terminals that are active now
 */
guint
mdg_practice_state_count_terminals (MdgPracticeState *self)
{
  g_autoptr (sqlite3_stmt) statement = mdg_practice_sql_prepare (
      self->db, NULL, "SELECT COUNT (*) FROM terminal WHERE ended IS NULL", "");

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return G_MAXUINT; /* nobody more, when it cannot be known */
  return (guint) sqlite3_column_int (statement, 0);
}

/**
 * mdg_practice_state_add_terminal:
 * @self: the state
 * @id: its new id
 * @name: what people call it
 * @institution_code: 10 digits
 * @now: Unix seconds
 * @error: return location
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_add_terminal (MdgPracticeState *self,
                                 const char *id,
                                 const char *name,
                                 const char *institution_code,
                                 gint64 now,
                                 GError **error)
{
  return mdg_practice_sql_run (self->db, error, "INSERT INTO terminal VALUES (?, ?, ?, ?, NULL)",
                               "sssi", id, name, institution_code, now);
}

/**
 * mdg_practice_state_add_certificate:
 * @self: the state
 * @terminal_id: whose
 * @issued: what was issued
 * @error: return location
 *
 * Keeps a new certificate. An earlier one that was never used goes: there are at most two.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_add_certificate (MdgPracticeState *self,
                                    const char *terminal_id,
                                    const MdgPracticeIssued *issued,
                                    GError **error)
{
  return mdg_practice_sql_run (self->db, error,
                               "DELETE FROM certificate WHERE terminal = ? AND seen = 0", "s",
                               terminal_id) &&
         mdg_practice_sql_run (self->db, error, "INSERT INTO certificate VALUES (?, ?, ?, 0, NULL)",
                               "bsi", issued->fingerprint, terminal_id, issued->not_after);
}

/**
 * mdg_practice_state_find_terminal:
 * @self: the state
 * @fingerprint: SHA-256 of the certificate that the client proved to hold
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer full) (nullable): whose it is; %NULL where it is not one of ours
 */
MdgPracticeTerminal *
mdg_practice_state_find_terminal (MdgPracticeState *self,
                                  const guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE])
{
  MdgPracticeTerminal *terminal;
  g_autoptr (sqlite3_stmt) statement = mdg_practice_sql_prepare (
      self->db, NULL,
      "SELECT t.id, t.institution, c.not_after, c.revoked IS NOT NULL OR t.ended IS NOT NULL,"
      " c.seen FROM certificate c JOIN terminal t ON t.id = c.terminal WHERE c.fingerprint = ?",
      "b", fingerprint);

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return NULL;
  terminal = g_new0 (MdgPracticeTerminal, 1);
  terminal->id = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  terminal->institution_code = g_strdup ((const char *) sqlite3_column_text (statement, 1));
  terminal->not_after = sqlite3_column_int64 (statement, 2);
  terminal->revoked = sqlite3_column_int (statement, 3) != 0;
  terminal->seen = sqlite3_column_int (statement, 4) != 0;
  return terminal;
}

/**
 * mdg_practice_state_settle_certificate:
 * @self: the state
 * @terminal_id: whose
 * @fingerprint: the certificate that is used now for the first time
 * @now: Unix seconds
 * @error: return location
 *
 * A new certificate was used: the ones before it are revoked.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_settle_certificate (MdgPracticeState *self,
                                       const char *terminal_id,
                                       const guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE],
                                       gint64 now,
                                       GError **error)
{
  gboolean done = mdg_practice_state_begin (self, error) &&
                  mdg_practice_sql_run (self->db, error,
                                        "UPDATE certificate SET revoked = ? WHERE terminal = ?"
                                        " AND fingerprint <> ? AND revoked IS NULL",
                                        "isb", now, terminal_id, fingerprint) &&
                  mdg_practice_sql_run (self->db, error,
                                        "UPDATE certificate SET seen = 1 WHERE fingerprint = ?",
                                        "b", fingerprint);

  return mdg_practice_state_end (self, done, done ? error : NULL) && done;
}

/**
 * mdg_practice_state_end_terminal:
 * @self: the state
 * @terminal_id: which
 * @now: Unix seconds
 * @error: return location
 *
 * Revokes every certificate of a terminal and lowers the count. To be called within
 * mdg_practice_state_begin().
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept
 */
gboolean
mdg_practice_state_end_terminal (MdgPracticeState *self,
                                 const char *terminal_id,
                                 gint64 now,
                                 GError **error)
{
  return mdg_practice_sql_run (self->db, error,
                               "UPDATE certificate SET revoked = ? WHERE terminal = ?"
                               " AND revoked IS NULL",
                               "is", now, terminal_id) &&
         mdg_practice_sql_run (self->db, error, "UPDATE terminal SET ended = ? WHERE id = ?", "is",
                               now, terminal_id);
}
