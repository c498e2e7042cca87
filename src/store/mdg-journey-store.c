/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A journey that is opened, read and changed. Each change is one transaction that ends with the
 * seal, and is reported only when the database and its copy are on the disk. */
#include "config.h"

#include "mdg-journey-store.h"

#include <glib/gstdio.h>

#include "mdg-journey-check.h"
#include "mdg-journey-copy.h"
#include "mdg-journey-files.h"
#include "mdg-journey-private.h"
#include "mdg-journey-receipt.h"
#include "mdg-journey-table.h"
#include "mdg-private-file.h"

static void
free_receipt (gpointer receipt)
{
  mdg_receipt_free (receipt);
}

/* Without this, what is written would go into a file that nobody finds any more. */
static gboolean
check_place (MdgJourneyStore *self, GError **error)
{
  int moved = 0;

  sqlite3_file_control (self->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (!moved)
    return TRUE;
  g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED,
               "the journey in %s was put in another place while it was open", self->folder);
  return FALSE;
}

/**
 * mdg_journey_store_begin:
 * @self: a journey
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether a transaction is open
 */
gboolean
mdg_journey_store_begin (MdgJourneyStore *self, GError **error)
{
  if (!mdg_store_database_begin (self->db, error))
    return FALSE;
  return check_place (self, error) || mdg_store_database_end (self->db, FALSE, NULL);
}

/**
 * mdg_journey_store_end_quietly:
 * @self: a journey with an open transaction
 * @good: whether all went well so far
 * @error: return location; set already where not @good
 *
 * Thread: that of the journey; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether it is on the disk
 */
gboolean
mdg_journey_store_end_quietly (MdgJourneyStore *self, gboolean good, GError **error)
{
  return mdg_store_database_end (self->db, good && mdg_journey_seal (self->db, error), error);
}

/**
 * mdg_journey_store_end:
 * @self: a journey with an open transaction
 * @good: whether all went well so far
 * @error: return location; set already where not @good
 *
 * The copy is written before the commit and gets its name after it. Only where that renaming
 * fails, on a disk that has just taken the bytes, %FALSE comes with a change that is kept.
 *
 * Thread: that of the journey; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether the change is on the disk twice
 */
gboolean
mdg_journey_store_end (MdgJourneyStore *self, gboolean good, GError **error)
{
  g_autofree char *beside = NULL;
  MdgJourneyMark mark;

  good = good && mdg_journey_table_check_counts (self->db, error) &&
         mdg_store_database_run (self->db, "UPDATE journey SET revision = revision + 1", error) &&
         mdg_journey_mark_read (self->db, &mark, error) && mdg_journey_seal (self->db, error) &&
         (beside = mdg_journey_copy_write_beside (self->db, self->folder, error)) != NULL;
  if (mdg_store_database_end (self->db, good, error))
    return mdg_journey_copy_put (self->db, self->folder, beside, mark.revision, error);
  if (beside != NULL)
    g_unlink (beside);
  return FALSE;
}

/**
 * mdg_journey_store_tidy:
 * @self: a journey
 *
 * Removes the files of receipts that were deleted or did not come to be. What cannot be removed is
 * tried again at the next opening.
 *
 * Thread: that of the journey; blocking.
 */
void
mdg_journey_store_tidy (MdgJourneyStore *self)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) hashes = NULL;
  gboolean good = TRUE;

  if (!mdg_journey_store_begin (self, &local))
    return;
  hashes = mdg_journey_unwanted_list (self->db, &local);
  for (guint i = 0; hashes != NULL && good && i < hashes->len; i++)
    {
      const char *hash = g_ptr_array_index (hashes, i);

      good = mdg_journey_files_remove_receipt (self->folder, hash, &local) &&
             mdg_journey_unwanted_clear (self->db, hash, &local);
    }
  good = good && hashes != NULL;
  if (good && hashes->len == 0)
    mdg_store_database_end (self->db, FALSE, NULL);
  else if (!mdg_journey_store_end_quietly (self, good, good ? &local : NULL))
    g_debug ("not tidied: %s", local->message);
}

/**
 * mdg_journey_store_find_missing:
 * @self: a journey
 * @error: return location
 *
 * Reads every receipt's file.
 *
 * Thread: that of the journey; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether the rows could be read; which files are missing is in @self then
 */
gboolean
mdg_journey_store_find_missing (MdgJourneyStore *self, GError **error)
{
  g_autoptr (GPtrArray) receipts = mdg_journey_receipt_load (self->db, error);

  if (receipts == NULL)
    return FALSE;
  g_ptr_array_set_size (self->missing, 0);
  for (guint i = 0; i < receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (receipts, i);
      g_autoptr (GBytes) bytes = mdg_journey_files_read_receipt (self->folder, receipt, NULL);

      if (bytes == NULL)
        g_ptr_array_add (self->missing, mdg_receipt_copy (receipt));
    }
  return TRUE;
}

/**
 * mdg_journey_store_open:
 * @folder: a facility's folder (mdg_profile_dir()) or practice mode's; made where it is missing
 * @error: return location
 *
 * Opens the journey; makes an empty one where there is none. A damaged database is kept aside and
 * made again from its copy (mdg_journey_store_get_health()).
 *
 * Thread: any, one at a time for one journey; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where the database and its copy are both damaged: they stay as
 * they are; _NEWER; every other of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the journey
 */
MdgJourneyStore *
mdg_journey_store_open (const char *folder, GError **error)
{
  g_autoptr (MdgJourneyStore) self = NULL;
  g_autoptr (MdgJourneyRecord) record = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!mdg_private_dir_make (folder, error))
    return NULL;
  self = g_new0 (MdgJourneyStore, 1);
  self->folder = g_strdup (folder);
  self->missing = g_ptr_array_new_with_free_func (free_receipt);
  self->db = mdg_journey_copy_open (folder, &self->restored, error);
  if (self->db == NULL)
    return NULL;
  if (mdg_store_database_begin (self->db, NULL))
    {
      mdg_journey_files_sweep (folder);
      mdg_store_database_end (self->db, FALSE, NULL);
    }
  mdg_journey_store_tidy (self);
  record = mdg_journey_store_load (self, error);
  if (record == NULL || !mdg_journey_store_find_missing (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_journey_store_close:
 * @self: (nullable): a journey
 *
 * Thread: that of the journey; blocking.
 */
void
mdg_journey_store_close (MdgJourneyStore *self)
{
  if (self == NULL)
    return;
  sqlite3_close_v2 (self->db);
  g_ptr_array_unref (self->missing);
  g_free (self->folder);
  g_free (self);
}

/**
 * mdg_journey_store_get_health:
 * @self: a journey
 *
 * Thread: that of the journey.
 *
 * Returns: in what state it was found when it was opened, or, of its receipts, is now
 */
MdgJourneyHealth
mdg_journey_store_get_health (MdgJourneyStore *self)
{
  g_return_val_if_fail (self != NULL, MDG_JOURNEY_WHOLE);

  if (self->restored)
    return MDG_JOURNEY_RESTORED;
  return self->missing->len > 0 ? MDG_JOURNEY_MISSING : MDG_JOURNEY_WHOLE;
}

/**
 * mdg_journey_store_get_missing:
 * @self: a journey
 *
 * Thread: that of the journey.
 *
 * Returns: (transfer full) (element-type utf8): file names of receipts whose bytes are gone or
 *   changed; adding such a file again puts it back
 */
GPtrArray *
mdg_journey_store_get_missing (MdgJourneyStore *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL, names);

  for (guint i = 0; i < self->missing->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (self->missing, i);

      g_ptr_array_add (names, g_strdup (receipt->file_name));
    }
  return names;
}

/**
 * mdg_journey_store_load:
 * @self: a journey
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where a value is not one that is ever written; _LOCKED, _FAILED.
 *
 * Returns: (transfer full) (nullable): all of it but the receipts' bytes, as of one moment
 */
MdgJourneyRecord *
mdg_journey_store_load (MdgJourneyStore *self, GError **error)
{
  MdgJourneyRecord *record;

  g_return_val_if_fail (self != NULL, NULL);

  if (!mdg_store_database_run (self->db, "BEGIN", error))
    return NULL;
  record = mdg_journey_table_load (self->db, error);
  mdg_store_database_end (self->db, FALSE, NULL);
  return record;
}

/**
 * mdg_journey_store_save_step:
 * @self: a journey
 * @step: how a step stands
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; every code of #MdgStoreError.
 *
 * Returns: whether it is on the disk, twice
 */
gboolean
mdg_journey_store_save_step (MdgJourneyStore *self, const MdgStepRecord *step, GError **error)
{
  g_return_val_if_fail (self != NULL && step != NULL, FALSE);

  return mdg_journey_check_step (step, error) && mdg_journey_store_begin (self, error) &&
         mdg_journey_store_end (self, mdg_journey_table_put_step (self->db, step, error), error);
}

static gboolean
check_values (const char *form, const char *const *fields, GError **error)
{
  if (!mdg_journey_check_name (form, error))
    return FALSE;
  for (guint i = 0; fields[i] != NULL; i += 2)
    if (!mdg_journey_check_name (fields[i], error) ||
        !mdg_journey_check_text (fields[i + 1], FALSE, error))
      return FALSE;
  return TRUE;
}

/**
 * mdg_journey_store_save_values:
 * @self: a journey
 * @form: a form's name
 * @fields: (array zero-terminated=1): name, value, name, value … and %NULL in the place of a name;
 *   a value that is %NULL removes
 * @error: return location
 *
 * All of them or none.
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; every code of #MdgStoreError.
 *
 * Returns: whether they are on the disk, twice
 */
gboolean
mdg_journey_store_save_values (MdgJourneyStore *self,
                               const char *form,
                               const char *const *fields,
                               GError **error)
{
  gboolean good = TRUE;

  g_return_val_if_fail (self != NULL && form != NULL && fields != NULL, FALSE);

  if (!check_values (form, fields, error) || !mdg_journey_store_begin (self, error))
    return FALSE;
  for (guint i = 0; good && fields[i] != NULL; i += 2)
    good = mdg_journey_table_put_value (self->db, form, fields[i], fields[i + 1], error);
  return mdg_journey_store_end (self, good, error);
}

/**
 * mdg_journey_store_save_entry:
 * @self: a journey
 * @entry: a line of a list; a new one where its id is 0
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; %G_IO_ERROR_NOT_FOUND where that list has no such line;
 * every code of #MdgStoreError.
 *
 * Returns: its id; 0 where it is not on the disk
 */
gint64
mdg_journey_store_save_entry (MdgJourneyStore *self, const MdgJourneyEntry *entry, GError **error)
{
  gint64 id;

  g_return_val_if_fail (self != NULL && entry != NULL, 0);

  if (!mdg_journey_check_entry (entry, error) || !mdg_journey_store_begin (self, error))
    return 0;
  id = mdg_journey_table_put_entry (self->db, entry, error);
  return mdg_journey_store_end (self, id != 0, error) ? id : 0;
}

static gboolean
fill_list (MdgJourneyStore *self, const char *list, const char *const *texts, GError **error)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      MdgJourneyEntry entry = { 0, (char *) list, (char *) texts[i], FALSE, NULL, NULL };
      gboolean there = FALSE;

      if (!mdg_journey_check_entry (&entry, error) ||
          !mdg_journey_table_find_text (self->db, list, texts[i], &there, error) ||
          (!there && mdg_journey_table_put_entry (self->db, &entry, error) == 0))
        return FALSE;
    }
  return TRUE;
}

/**
 * mdg_journey_store_fill_list:
 * @self: a journey
 * @list: a list
 * @texts: (array zero-terminated=1): its lines
 * @form: where it is kept that this was done
 * @field: its field, "1" then
 * @error: return location
 *
 * Does nothing where it was done before, by whichever program: of two that open a new journey at
 * the same moment one does it.
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; every code of #MdgStoreError.
 *
 * Returns: whether the list is there
 */
gboolean
mdg_journey_store_fill_list (MdgJourneyStore *self,
                             const char *list,
                             const char *const *texts,
                             const char *form,
                             const char *field,
                             GError **error)
{
  gboolean done = FALSE;
  gboolean good;

  g_return_val_if_fail (self != NULL && list != NULL && texts != NULL, FALSE);

  if (!mdg_journey_check_name (form, error) || !mdg_journey_check_name (field, error) ||
      !mdg_journey_store_begin (self, error))
    return FALSE;
  good = mdg_journey_table_find_value (self->db, form, field, &done, error);
  if (good && done)
    {
      mdg_store_database_end (self->db, FALSE, NULL);
      return TRUE;
    }
  good = good && fill_list (self, list, texts, error) &&
         mdg_journey_table_put_value (self->db, form, field, "1", error);
  return mdg_journey_store_end (self, good, error);
}

/**
 * mdg_journey_store_delete_entry:
 * @self: a journey
 * @id: a line's
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_NOT_FOUND; every code of #MdgStoreError.
 *
 * Returns: whether it is gone
 */
gboolean
mdg_journey_store_delete_entry (MdgJourneyStore *self, gint64 id, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mdg_journey_store_begin (self, error) &&
         mdg_journey_store_end (self, mdg_journey_table_delete_entry (self->db, id, error), error);
}

/**
 * mdg_journey_store_move_entry:
 * @self: a journey
 * @id: a line's
 * @position: from 0 within its list; the end where there are not so many
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_NOT_FOUND; every code of #MdgStoreError.
 *
 * Returns: whether it stands there, on the disk
 */
gboolean
mdg_journey_store_move_entry (MdgJourneyStore *self, gint64 id, guint position, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return mdg_journey_store_begin (self, error) &&
         mdg_journey_store_end (self, mdg_journey_table_move_entry (self->db, id, position, error),
                                error);
}
