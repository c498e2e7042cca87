/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journey: what is written comes back, what may not be written does not get in, and a file of
 * the first version opens for ever. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "journey-bench.h"
#include "mdg-journey-schema.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = journey_bench_folder ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  journey_bench_clean (f->folder);
  g_free (f->folder);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autoptr (GPtrArray) missing = mdg_journey_store_get_missing (store);
  g_autofree char *text = journey_bench_describe (store);
  g_autofree char *copy = journey_bench_path (f->folder, "journey.copy");

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_true (g_file_test (copy, G_FILE_TEST_IS_REGULAR));
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *store = journey_bench_open (f->folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  journey_bench_fill (store);
  before = journey_bench_describe (store);
  g_assert_nonnull (strstr (before, "step apply|waiting|20261120|見本 花子|投函した\n控えあり\n"));
  g_assert_nonnull (strstr (before, "value apply/person=見本 太郎\n"));
  g_assert_nonnull (strstr (before, "entry practise|見本 花子|1|20261121|\n"));
  g_assert_nonnull (strstr (before, " item 汎用カードリーダー|2|3980|reader\n"));
  mdg_journey_store_close (store);
  store = journey_bench_open (f->folder);
  after = journey_bench_describe (store);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  mdg_journey_store_close (store);
}

static void
test_values (Fixture *f, gconstpointer data)
{
  static const char *const first[] = { "a", "1", "b", "2", NULL };
  static const char *const second[] = { "a", NULL, "b", "3", "c", "", NULL };
  static const char *const bad[] = { "a", "4", "b", "\x01", NULL };
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (mdg_journey_store_save_values (store, "grant", first, &error));
  g_assert_true (mdg_journey_store_save_values (store, "grant", second, &error));
  g_assert_no_error (error);
  /* all or none */
  g_assert_false (mdg_journey_store_save_values (store, "grant", bad, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  text = journey_bench_describe (store);
  g_assert_cmpstr (text, ==, "value grant/b=3\nvalue grant/c=\n");
}

static char *
list_texts (MdgJourneyStore *store)
{
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < record->entries->len; i++)
    {
      const MdgJourneyEntry *entry = g_ptr_array_index (record->entries, i);

      g_string_append (text, entry->text);
    }
  return g_string_free (text, FALSE);
}

static void
test_entries (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  gint64 a = journey_bench_entry (store, "reception", "A");
  gint64 b = journey_bench_entry (store, "reception", "B");
  gint64 c = journey_bench_entry (store, "reception", "C");
  gint64 z = journey_bench_entry (store, "poster", "Z");
  MdgJourneyEntry entry = { b, (char *) "reception", (char *) "b", FALSE, NULL, NULL };
  g_autoptr (GError) error = NULL;
  static const struct
  {
    guint from, to;
    const char *text;
  } moves[] = { { 2, 0, "ZCAb" }, { 0, 1, "ZCAb" }, { 0, 9, "ZCbA" }, { 1, 0, "ZbCA" } };
  gint64 ids[] = { a, b, c };

  g_assert_cmpint (mdg_journey_store_save_entry (store, &entry, &error), ==, b);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (mdg_journey_store_move_entry (store, ids[moves[i].from], moves[i].to, &error));
      text = list_texts (store);
      g_assert_cmpstr (text, ==, moves[i].text);
    }
  g_assert_true (mdg_journey_store_delete_entry (store, c, &error));
  g_assert_no_error (error);
  g_assert_false (mdg_journey_store_delete_entry (store, c, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mdg_journey_store_move_entry (store, c, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  entry.id = z; /* of another list */
  g_assert_cmpint (mdg_journey_store_save_entry (store, &entry, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  {
    g_autofree char *text = list_texts (store);

    g_assert_cmpstr (text, ==, "ZbA");
  }
}

static void
test_receipts (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autofree char *receipts = journey_bench_path (f->folder, "receipts");
  gint64 one = journey_bench_add (store, "一.pdf", 3000);
  gint64 two = journey_bench_add (store, "二.pdf", 20);
  g_autoptr (MdgReceipt) again = journey_bench_receipt ("別名.pdf");
  g_autoptr (GBytes) bytes = journey_bench_bytes ("一.pdf", 3000);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (MdgJourneyRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  const MdgReceipt *kept;

  g_assert_cmpint (mdg_journey_store_add_receipt (store, again, bytes, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  back = mdg_journey_store_read_receipt (store, one, &error);
  g_assert_true (g_bytes_equal (back, bytes));

  /* what is said of the file cannot be changed, what is said of the purchase can */
  again->id = two;
  g_ptr_array_set_size (again->items, 0);
  g_free (again->vendor);
  again->vendor = g_strdup ("別の店");
  g_assert_true (mdg_journey_store_save_receipt (store, again, &error));
  record = mdg_journey_store_load (store, &error);
  g_assert_cmpuint (record->receipts->len, ==, 2);
  kept = g_ptr_array_index (record->receipts, 0);
  g_assert_cmpint (mdg_receipt_get_total (kept), ==, 7960);
  g_assert_cmpuint (kept->size, ==, 3000);
  kept = g_ptr_array_index (record->receipts, 1);
  g_assert_cmpstr (kept->vendor, ==, "別の店");
  g_assert_cmpstr (kept->file_name, ==, "二.pdf");
  g_assert_cmpint (mdg_receipt_get_total (kept), ==, 0);

  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, 2);
  g_assert_true (mdg_journey_store_delete_receipt (store, one, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, 1);
  g_assert_null (mdg_journey_store_read_receipt (store, one, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mdg_journey_store_delete_receipt (store, one, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  again->id = one;
  g_assert_false (mdg_journey_store_save_receipt (store, again, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* an id is not given twice, also not that of the last one */
  g_assert_true (mdg_journey_store_delete_receipt (store, two, NULL));
  g_assert_cmpint (journey_bench_add (store, "一.pdf", 3000), >, two);
}

static void
assert_step_refused (MdgJourneyStore *store,
                     const char *id,
                     const char *state,
                     const char *date,
                     const char *who,
                     const char *note)
{
  MdgStepRecord step = { (char *) id, (char *) state, (char *) date, (char *) who, (char *) note };
  g_autoptr (GError) error = NULL;

  g_assert_false (mdg_journey_store_save_step (store, &step, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_bounds_of_texts (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autofree char *longest = g_strnfill (MDG_JOURNEY_TEXT_MAX, 'x');
  g_autofree char *longer = g_strnfill (MDG_JOURNEY_TEXT_MAX + 1, 'x');
  g_autofree char *text = NULL;
  GString *wide = g_string_new (NULL);
  static const char *const dates[] = { "2026112",  "20260229",  "20261301", "2026-1-1",
                                       "00000000", "202611211", "x" };

  for (guint i = 0; i < MDG_JOURNEY_TEXT_MAX; i++)
    g_string_append (wide, "𠮷");
  assert_step_refused (store, "", "done", "", "", "");
  assert_step_refused (store, "a/b", "done", "", "", "");
  assert_step_refused (store, NULL, "done", "", "", "");
  assert_step_refused (store, "a", "finished", "", "", "");
  assert_step_refused (store, "a", NULL, "", "", "");
  assert_step_refused (store, "a", "done", "", "two\nlines", "");
  assert_step_refused (store, "a", "done", "", "", "tab\t");
  assert_step_refused (store, "a", "done", "", "", "\x7f");
  assert_step_refused (store, "a", "done", "", "", "\xc2\x85");
  assert_step_refused (store, "a", "done", "", "", "\xff");
  assert_step_refused (store, "a", "done", "", longer, "");
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    assert_step_refused (store, "a", "done", dates[i], "", "");
  text = journey_bench_describe (store);
  g_assert_cmpstr (text, ==, "");

  g_assert_true (journey_bench_step (store, "a", longest, NULL));
  g_assert_true (journey_bench_step (store, "b", wide->str, NULL));
  g_string_free (wide, TRUE);
}

static void
assert_receipt_refused (MdgJourneyStore *store, MdgReceipt *receipt, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mdg_journey_store_add_receipt (store, receipt, bytes, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  mdg_receipt_free (receipt);
}

static void
test_bounds_of_receipts (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "", ".", "..", "a/b", "a\\b", "a\nb", "\xff" };
  static const struct
  {
    guint quantity;
    gint64 price;
  } items[] = { { 0, 1 }, { 1001, 1 }, { G_MAXUINT, 1 }, { 1, -1 }, { 1, 10000001 } };
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autofree char *receipts = journey_bench_path (f->folder, "receipts");
  MdgReceipt *receipt;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_receipt_refused (store, journey_bench_receipt (names[i]), 10);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      MdgReceiptItem *item;

      receipt = journey_bench_receipt ("a.pdf");
      item = g_ptr_array_index (receipt->items, 0);
      item->quantity = items[i].quantity;
      item->price = items[i].price;
      assert_receipt_refused (store, receipt, 10);
    }
  receipt = journey_bench_receipt ("a.pdf");
  receipt->media_type[0] = 'x';
  assert_receipt_refused (store, receipt, 10);
  receipt = journey_bench_receipt ("a.pdf");
  for (guint i = 0; i < MDG_JOURNEY_ITEMS_MAX; i++)
    g_ptr_array_add (receipt->items, mdg_receipt_item_copy (g_ptr_array_index (receipt->items, 0)));
  assert_receipt_refused (store, receipt, 10);
  assert_receipt_refused (store, journey_bench_receipt ("a.pdf"), 0);
  assert_receipt_refused (store, journey_bench_receipt ("a.pdf"), MDG_RECEIPT_BYTES_MAX + 1);
  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, 0);

  receipt = journey_bench_receipt ("a.pdf");
  {
    MdgReceiptItem *item = g_ptr_array_index (receipt->items, 0);
    g_autoptr (GBytes) bytes = journey_bench_bytes ("large", MDG_RECEIPT_BYTES_MAX);

    item->quantity = 1000;
    item->price = 10000000;
    g_assert_cmpint (mdg_journey_store_add_receipt (store, receipt, bytes, NULL), >, 0);
    g_assert_cmpint (mdg_receipt_get_total (receipt), ==, G_GINT64_CONSTANT (10000000000));
    mdg_receipt_free (receipt);
  }
}

static void
test_counts (Fixture *f, gconstpointer data)
{
  g_autofree char *path = journey_bench_path (f->folder, "journey.db");
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  MdgJourneyEntry entry = { 0, (char *) "a", (char *) "one more", FALSE, NULL, NULL };
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  sqlite3 *db;

  /* as 499 calls would, but in one transaction */
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "BEGIN; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                 " FROM n WHERE i < 499) INSERT INTO entry"
                                 " SELECT i, 'a', i, 'x', 0, '', '' FROM n",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_true (mdg_journey_seal (db, NULL));
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  journey_bench_entry (store, "b", "the last one");
  g_assert_cmpint (mdg_journey_store_save_entry (store, &entry, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  for (guint i = 0; i <= 1000; i++)
    {
      g_ptr_array_add (fields, g_strdup_printf ("f%u", i));
      g_ptr_array_add (fields, g_strdup ("x"));
    }
  g_ptr_array_add (fields, NULL);
  g_assert_false (
      mdg_journey_store_save_values (store, "a", (const char *const *) fields->pdata, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_true (journey_bench_step (store, "a", "", NULL));
}

static void
test_modes (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "journey.db", "journey.copy" };
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autofree char *receipts = journey_bench_path (f->folder, "receipts");
  g_autoptr (GDir) dir = NULL;
  g_autofree char *receipt = NULL;
  GStatBuf info;

  journey_bench_fill (store);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = journey_bench_path (f->folder, names[i]);

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0777, ==, 0600);
    }
  g_assert_cmpint (g_stat (receipts, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  dir = g_dir_open (receipts, 0, NULL);
  receipt = journey_bench_path (receipts, g_dir_read_name (dir));
  g_assert_cmpint (g_stat (receipt, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  /* a backup that was put back gave rights to others: taken away, and not held against it */
  g_assert_cmpint (g_chmod (receipt, 0644), ==, 0);
  g_clear_pointer (&store, mdg_journey_store_close);
  store = journey_bench_open (f->folder);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_cmpint (g_stat (receipt, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* A journey of version 1 as the first program wrote it. KEPT FOR EVER: never change this text; a
 * new version of the schema gets a text of its own beside it. */
static const char version_1[] =
    "PRAGMA application_id = 1296320335; PRAGMA user_version = 1;"
    "CREATE TABLE journey ("
    "  id INTEGER PRIMARY KEY CHECK (id = 1),"
    "  identity TEXT NOT NULL CHECK (length (identity) = 32),"
    "  revision INTEGER NOT NULL CHECK (revision >= 0),"
    "  digest BLOB NOT NULL) STRICT;"
    "CREATE TABLE step ("
    "  id TEXT PRIMARY KEY,"
    "  state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'done', 'skipped')),"
    "  date TEXT NOT NULL,"
    "  who TEXT NOT NULL,"
    "  note TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE value ("
    "  form TEXT NOT NULL,"
    "  field TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  PRIMARY KEY (form, field)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE entry ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  list TEXT NOT NULL,"
    "  position INTEGER NOT NULL,"
    "  text TEXT NOT NULL,"
    "  done INTEGER NOT NULL CHECK (done IN (0, 1)),"
    "  date TEXT NOT NULL,"
    "  who TEXT NOT NULL) STRICT;"
    "CREATE TABLE receipt ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  file_name TEXT NOT NULL,"
    "  media_type TEXT NOT NULL,"
    "  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),"
    "  sha256 TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64),"
    "  vendor TEXT NOT NULL,"
    "  date TEXT NOT NULL,"
    "  note TEXT NOT NULL,"
    "  added_at INTEGER NOT NULL) STRICT;"
    "CREATE TABLE item ("
    "  receipt INTEGER NOT NULL REFERENCES receipt (id) ON DELETE CASCADE,"
    "  position INTEGER NOT NULL,"
    "  name TEXT NOT NULL,"
    "  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000),"
    "  price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 10000000),"
    "  kind TEXT NOT NULL,"
    "  PRIMARY KEY (receipt, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE unwanted (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "INSERT INTO step VALUES ('apply', 'waiting', '20261120', '見本 花子', '投函した');"
    "INSERT INTO step VALUES ('select', 'done', '20261101', '', '');"
    "INSERT INTO value VALUES ('apply', 'person', '見本 太郎');"
    "INSERT INTO entry VALUES (3, 'reception', 1, '二番目', 0, '', '');"
    "INSERT INTO entry VALUES (4, 'reception', 0, '一番目', 1, '20261121', '見本 花子');"
    "INSERT INTO receipt VALUES (7, '領収書.pdf', 'application/pdf', 12,"
    " 'a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447',"
    " '架空電器', '20261101', '', 1793491200);"
    "INSERT INTO item VALUES (7, 0, '汎用カードリーダー', 1, 3980, 'reader');"
    "INSERT INTO journey VALUES (1, '0123456789abcdef0123456789abcdef', 12,"
    " x'd502f91bfb0d6a701f876bd4800d28729428d00348a454b6a31b9f018cdab56e');";

static char *
write_version_1 (Fixture *f)
{
  char *path = journey_bench_path (f->folder, "journey.db");
  g_autofree char *receipts = journey_bench_path (f->folder, "receipts");
  g_autofree char *receipt = journey_bench_path (
      receipts, "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447");
  sqlite3 *db;

  g_assert_cmpint (g_mkdir (receipts, 0700), ==, 0);
  g_assert_true (g_file_set_contents (receipt, "hello world\n", -1, NULL));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, version_1, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  return path;
}

static void
test_version_1 (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (MdgJourneyStore) store = NULL;
  g_autofree char *text = NULL;

  path = write_version_1 (f);
  store = journey_bench_open (f->folder);
  text = journey_bench_describe (store);
  g_assert_cmpstr (
      text, ==,
      "step apply|waiting|20261120|見本 花子|投函した\n"
      "step select|done|20261101||\n"
      "value apply/person=見本 太郎\n"
      "entry reception|一番目|1|20261121|見本 花子\n"
      "entry reception|二番目|0||\n"
      "receipt 領収書.pdf|application/pdf|"
      "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447|"
      "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447|架空電器|20261101||12\n"
      " item 汎用カードリーダー|1|3980|reader\n");
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_true (journey_bench_step (store, "apply", "", NULL));
}

/* As the next version will: one step more, by the same mechanism, and sealed again. */
static void
test_next_version (Fixture *f, gconstpointer data)
{
  const char *const steps[] = { mdg_journey_schema.steps[0],
                                "ALTER TABLE step ADD COLUMN more TEXT NOT NULL DEFAULT 'new'" };
  MdgStoreSchema next = mdg_journey_schema;
  g_autofree char *path = write_version_1 (f);
  g_autoptr (GError) error = NULL;
  sqlite3 *db;
  gint64 count = 0;

  next.steps = steps;
  next.n_steps = 2;
  for (guint i = 0; i < 2; i++)
    {
      db = mdg_store_database_open (path, &next, &error);
      g_assert_no_error (error);
      g_assert_cmpint (mdg_store_database_get_version (db), ==, 2);
      g_assert_true (mdg_journey_check_seal (db, "main", &error));
      g_assert_true (mdg_store_database_read_number (
          db, "SELECT count(*) FROM step WHERE more = 'new'", &count, &error));
      g_assert_cmpint (count, ==, 2);
      sqlite3_close (db);
    }
  /* and the program of today leaves it alone */
  g_assert_null (mdg_journey_store_open (f->folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_NEWER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/journey/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("empty", test_empty);
  ADD ("round-trip", test_round_trip);
  ADD ("values", test_values);
  ADD ("entries", test_entries);
  ADD ("receipts", test_receipts);
  ADD ("bounds-of-texts", test_bounds_of_texts);
  ADD ("bounds-of-receipts", test_bounds_of_receipts);
  ADD ("counts", test_counts);
  ADD ("modes", test_modes);
  ADD ("version-1", test_version_1);
  ADD ("next-version", test_next_version);
  return g_test_run ();
}
