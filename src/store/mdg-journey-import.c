/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Another PC's journey in the place of this one: first the file is proven, then what is here is
 * kept aside as one file that could be taken in again, then the receipts' files are written, and
 * at last one transaction puts the rows in place. */
#include "config.h"

#include <glib/gstdio.h>

#include "mdg-journey-copy.h"
#include "mdg-journey-files.h"
#include "mdg-journey-incoming.h"
#include "mdg-journey-private.h"
#include "mdg-journey-receipt.h"
#include "mdg-journey-table.h"
#include "mdg-private-file.h"

static gboolean
is_blank (const MdgJourneyRecord *record)
{
  return record->steps->len == 0 && g_hash_table_size (record->values) == 0 &&
         record->entries->len == 0 && record->receipts->len == 0;
}

/* @aside: (out): the file; NULL where there was nothing to keep */
static gboolean
keep_what_is_here (MdgJourneyStore *self, char **aside, GError **error)
{
  g_autoptr (MdgJourneyRecord) here = mdg_journey_table_load (self->db, error);
  g_autofree char *path = NULL;
  g_autofree char *beside = NULL;

  if (here == NULL)
    return FALSE;
  if (is_blank (here))
    return TRUE;
  path = mdg_journey_files_aside_path (self->folder, MDG_JOURNEY_DATABASE, "before");
  beside = mdg_journey_export_write_beside (self, path, error);
  if (beside == NULL || !mdg_private_file_put (beside, path, error))
    return FALSE;
  *aside = g_steal_pointer (&path);
  return TRUE;
}

/* From here on a crash leaves files that are known to be unwanted. */
static gboolean
announce (MdgJourneyStore *self, const MdgJourneyRecord *record, GError **error)
{
  gboolean good = TRUE;

  if (!mdg_journey_store_begin (self, error))
    return FALSE;
  for (guint i = 0; good && i < record->receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (record->receipts, i);

      good = mdg_journey_unwanted_mark (self->db, receipt->sha256, error);
    }
  return mdg_journey_store_end_quietly (self, good, error);
}

static gboolean
write_files (MdgJourneyStore *self, MdgJourneyIncoming *incoming, GError **error)
{
  const MdgJourneyRecord *record = mdg_journey_incoming_get_record (incoming);

  for (guint i = 0; i < record->receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (record->receipts, i);
      g_autoptr (GBytes) here = mdg_journey_files_read_receipt (self->folder, receipt, NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) local = NULL;

      if (here != NULL)
        continue;
      bytes = mdg_journey_incoming_read_file (incoming, receipt, &local);
      if (bytes == NULL && local == NULL)
        continue;
      if (bytes == NULL ||
          !mdg_journey_files_write_receipt (self->folder, receipt->sha256, bytes, &local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
put_in_place (MdgJourneyStore *self, MdgJourneyIncoming *incoming, GError **error)
{
  const MdgJourneyRecord *record = mdg_journey_incoming_get_record (incoming);
  g_autofree char *aside = NULL;
  MdgJourneyMark before = { 0 }, after = { 0 };
  gboolean good;

  /* the lock is held over all of it: what is kept aside is what is replaced */
  if (!mdg_journey_store_begin (self, error))
    return FALSE;
  good = mdg_journey_mark_read (self->db, &before, error) &&
         keep_what_is_here (self, &aside, error) && write_files (self, incoming, error) &&
         mdg_journey_table_replace (self->db, record, error);
  good = mdg_journey_store_end (self, good, error);
  if (good)
    mdg_journey_files_trim_aside (self->folder, MDG_JOURNEY_DATABASE, "before");
  else if (aside != NULL && mdg_journey_mark_read (self->db, &after, NULL) &&
           after.revision == before.revision)
    g_unlink (aside);
  return good;
}

/**
 * mdg_journey_store_import:
 * @self: a journey
 * @path: a file of mdg_journey_store_export()
 * @error: return location
 *
 * Puts that journey in the place of this one, whole or not at all. What was here is kept in the
 * journey's folder as `journey.db.before-<time>`, a file that can itself be taken in; the newest
 * five of them stay.
 *
 * Thread: that of the journey; blocking.
 * Errors: MDG_STORE_ERROR_FOREIGN where it is no such file or not whole; _NEWER; #GIOErrorEnum
 * where it cannot be read; every other of #MdgStoreError. Nothing was changed then.
 *
 * Returns: whether it is in place, on the disk
 */
gboolean
mdg_journey_store_import (MdgJourneyStore *self, const char *path, GError **error)
{
  g_autoptr (MdgJourneyIncoming) incoming = NULL;
  gboolean good;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  incoming = mdg_journey_incoming_open (path, error);
  if (incoming == NULL || !announce (self, mdg_journey_incoming_get_record (incoming), error))
    return FALSE;
  good = put_in_place (self, incoming, error);
  mdg_journey_store_tidy (self);
  return good && mdg_journey_store_find_missing (self, error);
}
