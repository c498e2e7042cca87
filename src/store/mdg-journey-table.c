/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Steps, values and lines of lists as rows; the receipts are in mdg-journey-receipt.c. */
#include "config.h"

#include "mdg-journey-table.h"

#include "mdg-journey-check.h"
#include "mdg-journey-receipt.h"
#include "mdg-journey-row.h"

static gboolean
fail_missing (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no such %s", what);
  return FALSE;
}

static gboolean
load_steps (sqlite3 *db, GPtrArray *steps, GError **error)
{
  g_autoptr (MdgStatement) rows = mdg_journey_row_bind (
      db, error, "SELECT id, state, date, who, note FROM step ORDER BY id", "");
  g_autoptr (GError) local = NULL;

  while (rows != NULL && mdg_journey_row_next (db, rows, &local))
    {
      g_autoptr (MdgStepRecord) step = g_new0 (MdgStepRecord, 1);

      step->id = mdg_journey_row_take_text (rows, 0);
      step->state = mdg_journey_row_take_text (rows, 1);
      step->date = mdg_journey_row_take_text (rows, 2);
      step->who = mdg_journey_row_take_text (rows, 3);
      step->note = mdg_journey_row_take_text (rows, 4);
      if (step->date == NULL || step->who == NULL || step->note == NULL ||
          !mdg_journey_check_step (step, NULL))
        return mdg_journey_fail_row (error);
      g_ptr_array_add (steps, g_steal_pointer (&step));
    }
  if (local == NULL)
    return rows != NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_values (sqlite3 *db, GHashTable *values, GError **error)
{
  g_autoptr (MdgStatement) rows =
      mdg_journey_row_bind (db, error, "SELECT form, field, text FROM value", "");
  g_autoptr (GError) local = NULL;

  while (rows != NULL && mdg_journey_row_next (db, rows, &local))
    {
      g_autofree char *form = mdg_journey_row_take_text (rows, 0);
      g_autofree char *field = mdg_journey_row_take_text (rows, 1);
      g_autofree char *text = mdg_journey_row_take_text (rows, 2);

      if (text == NULL || !mdg_journey_check_name (form, NULL) ||
          !mdg_journey_check_name (field, NULL) || !mdg_journey_check_text (text, FALSE, NULL))
        return mdg_journey_fail_row (error);
      g_hash_table_insert (values, g_strconcat (form, "/", field, NULL), g_steal_pointer (&text));
    }
  if (local == NULL)
    return rows != NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_entries (sqlite3 *db, GPtrArray *entries, GError **error)
{
  g_autoptr (MdgStatement) rows =
      mdg_journey_row_bind (db, error,
                            "SELECT id, list, text, done, date, who FROM entry"
                            " ORDER BY list, position, id",
                            "");
  g_autoptr (GError) local = NULL;

  while (rows != NULL && mdg_journey_row_next (db, rows, &local))
    {
      g_autoptr (MdgJourneyEntry) entry = g_new0 (MdgJourneyEntry, 1);

      entry->id = sqlite3_column_int64 (rows, 0);
      entry->list = mdg_journey_row_take_text (rows, 1);
      entry->text = mdg_journey_row_take_text (rows, 2);
      entry->done = sqlite3_column_int (rows, 3) != 0;
      entry->date = mdg_journey_row_take_text (rows, 4);
      entry->who = mdg_journey_row_take_text (rows, 5);
      if (entry->id <= 0 || entry->text == NULL || entry->date == NULL || entry->who == NULL ||
          !mdg_journey_check_entry (entry, NULL))
        return mdg_journey_fail_row (error);
      g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  if (local == NULL)
    return rows != NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
free_step (gpointer step)
{
  mdg_step_record_free (step);
}

static void
free_entry (gpointer entry)
{
  mdg_journey_entry_free (entry);
}

/* The row is SQL's idea of right, and not ours. */
gboolean
mdg_journey_fail_row (GError **error)
{
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                       "the journey has a row that this program never writes");
  return FALSE;
}

/* Reads all, within one transaction of the caller's, and checks each value. CORRUPT where one is
 * not what we write. */
MdgJourneyRecord *
mdg_journey_table_load (sqlite3 *db, GError **error)
{
  g_autoptr (MdgJourneyRecord) record = g_new0 (MdgJourneyRecord, 1);
  g_autoptr (GError) local = NULL;

  if (!mdg_journey_table_check_counts (db, &local))
    {
      if (local->domain == G_IO_ERROR)
        mdg_journey_fail_row (error);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  record->steps = g_ptr_array_new_with_free_func (free_step);
  record->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  record->entries = g_ptr_array_new_with_free_func (free_entry);
  if (load_steps (db, record->steps, error) && load_values (db, record->values, error) &&
      load_entries (db, record->entries, error) &&
      (record->receipts = mdg_journey_receipt_load (db, error)) != NULL)
    return g_steal_pointer (&record);
  return NULL;
}

static gboolean
put_values (sqlite3 *db, GHashTable *values, GError **error)
{
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      g_auto (GStrv) names = g_strsplit (key, "/", 2);

      if (!mdg_journey_table_put_value (db, names[0], names[1], text, error))
        return FALSE;
    }
  return TRUE;
}

/* @record was read from tables that passed every check. */
gboolean
mdg_journey_table_replace (sqlite3 *db, const MdgJourneyRecord *record, GError **error)
{
  /* the ids of the lines are given anew: nobody holds one of the other PC's */
  if (!mdg_store_database_run (db,
                               "INSERT OR IGNORE INTO unwanted SELECT sha256 FROM receipt;"
                               "DELETE FROM step; DELETE FROM value; DELETE FROM entry;"
                               "DELETE FROM receipt;",
                               error) ||
      !put_values (db, record->values, error))
    return FALSE;
  for (guint i = 0; i < record->steps->len; i++)
    if (!mdg_journey_table_put_step (db, g_ptr_array_index (record->steps, i), error))
      return FALSE;
  for (guint i = 0; i < record->entries->len; i++)
    {
      g_autoptr (MdgJourneyEntry) entry =
          mdg_journey_entry_copy (g_ptr_array_index (record->entries, i));

      entry->id = 0;
      if (mdg_journey_table_put_entry (db, entry, error) == 0)
        return FALSE;
    }
  for (guint i = 0; i < record->receipts->len; i++)
    {
      g_autoptr (MdgReceipt) receipt = mdg_receipt_copy (g_ptr_array_index (record->receipts, i));

      receipt->id = 0;
      if (mdg_journey_receipt_add (db, receipt, error) == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
mdg_journey_table_put_step (sqlite3 *db, const MdgStepRecord *step, GError **error)
{
  return mdg_journey_row_run (db, error,
                              "INSERT INTO step (id, state, date, who, note)"
                              " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE"
                              " SET state = ?2, date = ?3, who = ?4, note = ?5",
                              "ttttt", step->id, step->state, step->date, step->who, step->note);
}

gboolean
mdg_journey_table_put_value (sqlite3 *db,
                             const char *form,
                             const char *field,
                             const char *text,
                             GError **error)
{
  if (text == NULL)
    return mdg_journey_row_run (db, error, "DELETE FROM value WHERE form = ? AND field = ?", "tt",
                                form, field);
  return mdg_journey_row_run (db, error,
                              "INSERT INTO value (form, field, text) VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (form, field) DO UPDATE SET text = ?3",
                              "ttt", form, field, text);
}

/* A line stays in its list; a new one goes to the end. Returns its id. */
gint64
mdg_journey_table_put_entry (sqlite3 *db, const MdgJourneyEntry *entry, GError **error)
{
  gint64 done = entry->done ? 1 : 0;

  if (entry->id == 0)
    return mdg_journey_row_run (db, error,
                                "INSERT INTO entry (list, position, text, done, date, who) VALUES"
                                " (?1, (SELECT coalesce (max (position) + 1, 0) FROM entry"
                                " WHERE list = ?1), ?2, ?3, ?4, ?5)",
                                "ttitt", entry->list, entry->text, done, entry->date, entry->who)
               ? sqlite3_last_insert_rowid (db)
               : 0;
  if (!mdg_journey_row_run (db, error,
                            "UPDATE entry SET text = ?1, done = ?2, date = ?3, who = ?4"
                            " WHERE id = ?5 AND list = ?6",
                            "tittit", entry->text, done, entry->date, entry->who, entry->id,
                            entry->list))
    return 0;
  if (sqlite3_changes (db) == 1)
    return entry->id;
  fail_missing (error, "line in this list");
  return 0;
}

static gboolean
find (sqlite3 *db, const char *sql, const char *a, const char *b, gboolean *found, GError **error)
{
  g_autoptr (MdgStatement) row = mdg_journey_row_bind (db, error, sql, "tt", a, b);
  g_autoptr (GError) local = NULL;

  if (row == NULL)
    return FALSE;
  *found = mdg_journey_row_next (db, row, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
mdg_journey_table_find_text (sqlite3 *db,
                             const char *list,
                             const char *text,
                             gboolean *found,
                             GError **error)
{
  return find (db, "SELECT 1 FROM entry WHERE list = ? AND text = ?", list, text, found, error);
}

gboolean
mdg_journey_table_find_value (sqlite3 *db,
                              const char *form,
                              const char *field,
                              gboolean *found,
                              GError **error)
{
  return find (db, "SELECT 1 FROM value WHERE form = ? AND field = ?", form, field, found, error);
}

gboolean
mdg_journey_table_delete_entry (sqlite3 *db, gint64 id, GError **error)
{
  if (!mdg_journey_row_run (db, error, "DELETE FROM entry WHERE id = ?", "i", id))
    return FALSE;
  return sqlite3_changes (db) == 1 || fail_missing (error, "line");
}

/* the ids of the list of @id, in order; NULL with an error where there is none */
static GArray *
list_neighbours (sqlite3 *db, gint64 id, GError **error)
{
  g_autoptr (MdgStatement) rows = mdg_journey_row_bind (
      db, error,
      "SELECT id FROM entry WHERE list = (SELECT list FROM entry WHERE id = ?)"
      " ORDER BY position, id",
      "i", id);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;

  while (rows != NULL && mdg_journey_row_next (db, rows, &local))
    {
      gint64 other = sqlite3_column_int64 (rows, 0);

      if (other != id)
        g_array_append_val (ids, other);
    }
  if (rows == NULL)
    return NULL;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    return g_steal_pointer (&ids);
  return NULL;
}

gboolean
mdg_journey_table_move_entry (sqlite3 *db, gint64 id, guint position, GError **error)
{
  g_autoptr (GArray) ids = list_neighbours (db, id, error);

  if (ids == NULL)
    return FALSE;
  g_array_insert_val (ids, MIN (position, ids->len), id);
  for (guint i = 0; i < ids->len; i++)
    if (!mdg_journey_row_run (db, error, "UPDATE entry SET position = ? WHERE id = ?", "ii",
                              (gint64) i, g_array_index (ids, gint64, i)))
      return FALSE;
  /* the last one looked for may be the one that is not there */
  if (!mdg_journey_row_run (db, error, "UPDATE entry SET list = list WHERE id = ?", "i", id))
    return FALSE;
  return sqlite3_changes (db) == 1 || fail_missing (error, "line");
}

gboolean
mdg_journey_table_check_counts (sqlite3 *db, GError **error)
{
  static const struct
  {
    const char *sql;
    gint64 most;
  } bounds[] = {
    { "SELECT count(*) FROM step", MDG_JOURNEY_STEPS_MAX },
    { "SELECT count(*) FROM value", MDG_JOURNEY_VALUES_MAX },
    { "SELECT count(*) FROM entry", MDG_JOURNEY_ENTRIES_MAX },
    { "SELECT count(*) FROM receipt", MDG_JOURNEY_RECEIPTS_MAX },
    { "SELECT coalesce (max (n), 0) FROM"
      " (SELECT count(*) AS n FROM item GROUP BY receipt)",
      MDG_JOURNEY_ITEMS_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      gint64 count = 0;

      if (!mdg_store_database_read_number (db, bounds[i].sql, &count, error))
        return FALSE;
      if (count > bounds[i].most)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                               "a journey cannot hold more of this");
          return FALSE;
        }
    }
  return TRUE;
}
