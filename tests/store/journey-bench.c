/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "journey-bench.h"

#include <glib/gstdio.h>
#include <string.h>

char *
journey_bench_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("mdg-journey-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
journey_bench_clean (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        journey_bench_clean (path);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

char *
journey_bench_path (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

guint
journey_bench_count_files (const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    count += g_str_has_prefix (name, prefix) ? 1 : 0;
  return count;
}

MdgJourneyStore *
journey_bench_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  MdgJourneyStore *store = mdg_journey_store_open (folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

MdgReceipt *
journey_bench_receipt (const char *name)
{
  MdgReceipt *receipt = mdg_receipt_new ();
  MdgReceiptItem *item = g_new0 (MdgReceiptItem, 1);

  receipt->file_name = g_strdup (name);
  receipt->media_type = g_strdup ("application/pdf");
  receipt->vendor = g_strdup ("架空電器 霞が関店");
  receipt->date = g_strdup ("20261101");
  receipt->note = g_strdup ("一行目\n二行目");
  item->name = g_strdup ("汎用カードリーダー");
  item->quantity = 2;
  item->price = 3980;
  item->kind = g_strdup ("reader");
  g_ptr_array_add (receipt->items, item);
  return receipt;
}

GBytes *
journey_bench_bytes (const char *name, gsize size)
{
  gsize length = strlen (name);
  char *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (char) (name[i % length] + (char) (i / length));
  return g_bytes_new_take (bytes, size);
}

gint64
journey_bench_add (MdgJourneyStore *store, const char *name, gsize size)
{
  g_autoptr (MdgReceipt) receipt = journey_bench_receipt (name);
  g_autoptr (GBytes) bytes = journey_bench_bytes (name, size);
  g_autoptr (GError) error = NULL;
  gint64 id = mdg_journey_store_add_receipt (store, receipt, bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

gboolean
journey_bench_step (MdgJourneyStore *store, const char *id, const char *note, GError **error)
{
  MdgStepRecord step = { (char *) id, (char *) "waiting", (char *) "20261120", (char *) "見本 花子",
                         (char *) note };

  return mdg_journey_store_save_step (store, &step, error);
}

gint64
journey_bench_entry (MdgJourneyStore *store, const char *list, const char *text)
{
  MdgJourneyEntry entry = { 0, (char *) list, (char *) text, TRUE, (char *) "20261121", NULL };
  g_autoptr (GError) error = NULL;
  gint64 id = mdg_journey_store_save_entry (store, &entry, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

void
journey_bench_fill (MdgJourneyStore *store)
{
  static const char *const fields[] = { "person",  "見本 太郎", "phone", "03-0000-0000",
                                        "account", "1234",      NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (journey_bench_step (store, "apply", "投函した\n控えあり", &error));
  g_assert_true (journey_bench_step (store, "select", "", &error));
  g_assert_true (mdg_journey_store_save_values (store, "apply", fields, &error));
  g_assert_no_error (error);
  journey_bench_entry (store, "reception", "受付の掲示");
  journey_bench_entry (store, "reception", "レセコンへの転記");
  journey_bench_entry (store, "practise", "見本 花子");
  journey_bench_add (store, "領収書1.pdf", 5000);
  journey_bench_add (store, "領収書2.pdf", 70000);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
describe_values (GString *text, GHashTable *values)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_ptr_array_add (lines, g_strdup_printf ("value %s=%s\n", (char *) key, (char *) value));
  g_ptr_array_sort (lines, compare_texts);
  for (guint i = 0; i < lines->len; i++)
    g_string_append (text, g_ptr_array_index (lines, i));
}

static void
describe_receipt (GString *text, MdgJourneyStore *store, const MdgReceipt *receipt)
{
  g_autoptr (GBytes) bytes = mdg_journey_store_read_receipt (store, receipt->id, NULL);
  g_autofree char *sum =
      bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : g_strdup ("gone");

  g_string_append_printf (text, "receipt %s|%s|%s|%s|%s|%s|%s|%" G_GUINT64_FORMAT "\n",
                          receipt->file_name, receipt->media_type, receipt->sha256, sum,
                          receipt->vendor, receipt->date, receipt->note, receipt->size);
  for (guint i = 0; i < receipt->items->len; i++)
    {
      const MdgReceiptItem *item = g_ptr_array_index (receipt->items, i);

      g_string_append_printf (text, " item %s|%u|%" G_GINT64_FORMAT "|%s\n", item->name,
                              item->quantity, item->price, item->kind);
    }
}

char *
journey_bench_describe (MdgJourneyStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < record->steps->len; i++)
    {
      const MdgStepRecord *step = g_ptr_array_index (record->steps, i);

      g_string_append_printf (text, "step %s|%s|%s|%s|%s\n", step->id, step->state, step->date,
                              step->who, step->note);
    }
  describe_values (text, record->values);
  for (guint i = 0; i < record->entries->len; i++)
    {
      const MdgJourneyEntry *entry = g_ptr_array_index (record->entries, i);

      g_string_append_printf (text, "entry %s|%s|%d|%s|%s\n", entry->list, entry->text, entry->done,
                              entry->date, entry->who);
    }
  for (guint i = 0; i < record->receipts->len; i++)
    describe_receipt (text, store, g_ptr_array_index (record->receipts, i));
  return g_string_free (text, FALSE);
}
