/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as a journey of another PC: taken in whole, or refused with the journey as it was. The
 * corpus is SQL that is run on a good file, for a byte that is changed in a sealed file is always
 * found; bytes that begin as a database are taken as they are. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "fuzz.h"
#include "mdg-journey-schema.h"
#include "mdg-journey-store.h"

typedef struct
{
  char *folder;
  char *file;
  MdgJourneyStore *store;
  char *good; /* an exported journey */
  gsize length;
} Place;

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      g_remove (path);
    }
}

static Place place;

static void
leave_place (void)
{
  g_clear_pointer (&place.store, mdg_journey_store_close);
  remove_all (place.folder);
  g_rmdir (place.folder);
  g_clear_pointer (&place.folder, g_free);
  g_clear_pointer (&place.file, g_free);
  g_clear_pointer (&place.good, g_free);
}

static void
make_place (void)
{
  MdgStepRecord step = { (char *) "apply", (char *) "done", (char *) "20261122", (char *) "花子",
                         (char *) "一\n二" };
  g_autoptr (MdgReceipt) receipt = mdg_receipt_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-1.7 a receipt", 18);
  g_autofree char *journey = NULL;
  MdgReceiptItem *item = g_new0 (MdgReceiptItem, 1);

  place.folder = g_dir_make_tmp ("mdg-fuzz-journey-XXXXXX", NULL);
  place.file = g_build_filename (place.folder, "file", NULL);
  journey = g_build_filename (place.folder, "journey", NULL);
  place.store = mdg_journey_store_open (journey, NULL);
  g_assert_nonnull (place.store);
  receipt->file_name = g_strdup ("a.pdf");
  receipt->media_type = g_strdup ("application/pdf");
  item->name = g_strdup ("reader");
  item->kind = g_strdup ("reader");
  item->quantity = 1;
  item->price = 3980;
  g_ptr_array_add (receipt->items, item);
  g_assert_true (mdg_journey_store_save_step (place.store, &step, NULL));
  g_assert_cmpint (mdg_journey_store_add_receipt (place.store, receipt, bytes, NULL), >, 0);
  g_assert_true (mdg_journey_store_export (place.store, place.file, NULL));
  g_assert_true (g_file_get_contents (place.file, &place.good, &place.length, NULL));
  atexit (leave_place);
}

/* The seal is made good again, so that what is behind it is reached. */
static void
change_good_file (const uint8_t *data, size_t size)
{
  g_autofree char *sql = g_strndup ((const char *) data, size);
  sqlite3 *db = NULL;

  g_assert_true (g_file_set_contents (place.file, place.good, (gssize) place.length, NULL));
  g_assert_cmpint (sqlite3_open (place.file, &db), ==, SQLITE_OK);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, 1024 * 1024);
  sqlite3_exec (db, sql, NULL, NULL, NULL);
  mdg_journey_seal (db, NULL);
  sqlite3_close (db);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (MdgJourneyRecord) record = NULL;

  if (place.store == NULL)
    make_place ();
  if (size >= 16 && memcmp (data, "SQLite format 3", 16) == 0)
    g_assert_true (g_file_set_contents (place.file, (const char *) data, (gssize) size, NULL));
  else
    change_good_file (data, size);
  if (!mdg_journey_store_import (place.store, place.file, &error))
    g_assert_true (g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FOREIGN) ||
                   g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER));
  /* whatever came in passes all that is checked when it is read */
  record = mdg_journey_store_load (place.store, &local);
  g_assert_no_error (local);
  g_assert_cmpint (mdg_journey_store_get_health (place.store), !=, MDG_JOURNEY_RESTORED);
  return 0;
}
