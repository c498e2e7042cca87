/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A journey whose files were cut, spoilt, emptied, removed or exchanged: what was saved comes back
 * from the copy, or it is told and nothing is touched. */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#ifdef G_OS_UNIX
#include <unistd.h>
#endif

#include "journey-bench.h"
#include "mdg-journey-schema.h"

typedef struct
{
  char *folder;
  char *db;
  char *copy;
  char *receipts;
  char *expected; /* of the filled journey */
  char *bytes;    /* of its database */
  gsize length;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *store;

  f->folder = journey_bench_folder ();
  f->db = journey_bench_path (f->folder, "journey.db");
  f->copy = journey_bench_path (f->folder, "journey.copy");
  f->receipts = journey_bench_path (f->folder, "receipts");
  store = journey_bench_open (f->folder);
  journey_bench_fill (store);
  f->expected = journey_bench_describe (store);
  mdg_journey_store_close (store);
  g_assert_true (g_file_get_contents (f->db, &f->bytes, &f->length, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  journey_bench_clean (f->folder);
  g_free (f->folder);
  g_free (f->db);
  g_free (f->copy);
  g_free (f->receipts);
  g_free (f->expected);
  g_free (f->bytes);
}

static void
write_bytes (const char *path, const char *bytes, gsize length)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
assert_opens (Fixture *f, MdgJourneyHealth health)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autofree char *text = journey_bench_describe (store);

  g_assert_cmpstr (text, ==, f->expected);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, health);
}

/* It comes back whole, stays so, can be written to, and what was damaged is still there. */
static void
assert_restored (Fixture *f)
{
  guint aside = journey_bench_count_files (f->folder, "journey.db.damaged-");

  assert_opens (f, MDG_JOURNEY_RESTORED);
  assert_opens (f, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (journey_bench_count_files (f->folder, "journey.db.damaged-"), >=,
                    MIN (aside + 1, 5));
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  for (gsize length = 0; length < f->length;
       length += length < 120 ? 1 : MAX (f->length / 60, 1) | 1)
    {
      g_autoptr (MdgJourneyStore) store = NULL;
      g_autofree char *text = NULL;

      write_bytes (f->db, f->bytes, length);
      store = journey_bench_open (f->folder);
      text = journey_bench_describe (store);
      g_assert_cmpstr (text, ==, f->expected);
      /* of the last page only zeros may be gone, which SQLite takes for there */
      if (length <= f->length - 4096)
        g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_RESTORED);
    }
  for (gsize length = 4096; length < f->length; length += 4096)
    {
      write_bytes (f->db, f->bytes, length);
      assert_restored (f);
    }
}

/* Eight bytes anywhere: either it does not matter, or it is found. */
static void
test_garbage (Fixture *f, gconstpointer data)
{
  guint restored = 0, n = 0;

  for (gsize at = 0; at < f->length; at += 211)
    {
      g_autofree char *spoilt = g_memdup2 (f->bytes, f->length);
      g_autoptr (MdgJourneyStore) store = NULL;
      g_autofree char *text = NULL;

      for (gsize i = at; i < MIN (at + 8, f->length); i++)
        spoilt[i] = (char) ~spoilt[i];
      write_bytes (f->db, spoilt, f->length);
      store = journey_bench_open (f->folder);
      text = journey_bench_describe (store);
      g_assert_cmpstr (text, ==, f->expected);
      restored += mdg_journey_store_get_health (store) == MDG_JOURNEY_RESTORED ? 1 : 0;
      n++;
    }
  g_test_message ("%u of %u spoilt files were made again", restored, n);
  g_assert_cmpuint (restored, >, 10);
}

/* One letter of a text: every page is good for SQLite, and it is not what was saved. */
static void
test_letter (Fixture *f, gconstpointer data)
{
  gsize at = 0;

  while (at + 12 < f->length && memcmp (f->bytes + at, "03-0000-0000", 12) != 0)
    at++;
  g_assert_cmpuint (at + 12, <, f->length);
  f->bytes[at + 3] = '9';
  write_bytes (f->db, f->bytes, f->length);
  assert_restored (f);
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (g_unlink (f->db), ==, 0);
  assert_opens (f, MDG_JOURNEY_RESTORED);
  assert_opens (f, MDG_JOURNEY_WHOLE);
}

static void
test_other_database (Fixture *f, gconstpointer data)
{
  sqlite3 *db;

  g_assert_cmpint (g_unlink (f->db), ==, 0);
  g_assert_cmpint (sqlite3_open (f->db, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE bookmark (url)", NULL, NULL, NULL), ==, 0);
  sqlite3_close (db);
  assert_restored (f);
}

/* A disk that forgot the last change, or a backup of last week. */
static void
test_older (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *store = journey_bench_open (f->folder);

  g_assert_true (journey_bench_step (store, "grant", "あとから", NULL));
  g_free (f->expected);
  f->expected = journey_bench_describe (store);
  mdg_journey_store_close (store);
  write_bytes (f->db, f->bytes, f->length);
  assert_restored (f);
}

/* Another facility's file in this one's place is not overwritten with ours, nor ours lost. */
static void
test_exchanged (Fixture *f, gconstpointer data)
{
  g_autofree char *other = journey_bench_folder ();
  g_autofree char *path = journey_bench_path (other, "journey.db");
  g_autofree char *bytes = NULL;
  gsize length;
  MdgJourneyStore *store = journey_bench_open (other);

  g_assert_true (journey_bench_step (store, "select", "別の施設", NULL));
  g_free (f->expected);
  f->expected = journey_bench_describe (store);
  mdg_journey_store_close (store);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  write_bytes (f->db, bytes, length);
  assert_opens (f, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (journey_bench_count_files (f->folder, "journey.copy.other-"), ==, 1);
  /* no file that only the other journey speaks of was removed */
  g_assert_cmpuint (journey_bench_count_files (f->receipts, ""), ==, 2);
  journey_bench_clean (other);
}

static void
test_copy_damaged (Fixture *f, gconstpointer data)
{
  static const gsize lengths[] = { 0, 1, 99, 100, 4096, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      write_bytes (f->copy, f->bytes, lengths[i]);
      assert_opens (f, MDG_JOURNEY_WHOLE);
      /* made anew: it can be relied on again */
      g_assert_cmpint (g_unlink (f->db), ==, 0);
      assert_opens (f, MDG_JOURNEY_RESTORED);
    }
  g_assert_cmpint (g_unlink (f->copy), ==, 0);
  assert_opens (f, MDG_JOURNEY_WHOLE);
  g_assert_true (g_file_test (f->copy, G_FILE_TEST_EXISTS));
}

static void
assert_refused (Fixture *f, MdgStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *db[2] = { NULL, NULL };
  g_autofree char *copy[2] = { NULL, NULL };
  gsize db_length[2] = { 0, 0 }, copy_length[2] = { 0, 0 };

  g_file_get_contents (f->db, &db[0], &db_length[0], NULL);
  g_file_get_contents (f->copy, &copy[0], &copy_length[0], NULL);
  g_assert_null (mdg_journey_store_open (f->folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, (int) code);
  g_file_get_contents (f->db, &db[1], &db_length[1], NULL);
  g_file_get_contents (f->copy, &copy[1], &copy_length[1], NULL);
  g_assert_cmpmem (db[0], db_length[0], db[1], db_length[1]);
  g_assert_cmpmem (copy[0], copy_length[0], copy[1], copy_length[1]);
  g_assert_cmpuint (journey_bench_count_files (f->receipts, ""), ==, 2);
  g_assert_cmpuint (journey_bench_count_files (f->folder, "journey."), <=, 2);
  g_free (db[1]);
  g_free (copy[1]);
}

static void
test_both_damaged (Fixture *f, gconstpointer data)
{
  static const gsize lengths[] = { 1, 50, 4096, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (lengths); j++)
      {
        write_bytes (f->db, f->bytes, lengths[i]);
        write_bytes (f->copy, f->bytes, lengths[j]);
        assert_refused (f, MDG_STORE_ERROR_CORRUPT);
      }
  write_bytes (f->db, "", 0);
  assert_refused (f, MDG_STORE_ERROR_CORRUPT);
  g_assert_cmpint (g_unlink (f->db), ==, 0);
  assert_refused (f, MDG_STORE_ERROR_CORRUPT);
  g_assert_cmpint (g_unlink (f->copy), ==, 0);
  write_bytes (f->db, f->bytes, 5000);
  assert_refused (f, MDG_STORE_ERROR_CORRUPT);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  run_sql (f->db, "PRAGMA user_version = 99");
  assert_refused (f, MDG_STORE_ERROR_NEWER);
  write_bytes (f->db, f->bytes, f->length);
  run_sql (f->copy, "PRAGMA user_version = 99");
  assert_refused (f, MDG_STORE_ERROR_NEWER);
  g_assert_cmpint (g_unlink (f->db), ==, 0);
  assert_refused (f, MDG_STORE_ERROR_NEWER);
}

/* A row with a good seal and a value that no function lets in. */
static void
test_strange_row (Fixture *f, gconstpointer data)
{
  static const char *const sqls[] = {
    "UPDATE step SET note = char (7)",
    "UPDATE step SET id = 'a/b' WHERE id = 'apply'",
    "UPDATE value SET field = ''  WHERE field = 'phone'",
    "UPDATE entry SET date = '20261399'",
    "UPDATE receipt SET file_name = '../../x' WHERE id = 1",
    "UPDATE receipt SET sha256 = '../' || substr (sha256, 4) WHERE id = 1",
    "UPDATE receipt SET added_at = 9223372036854775807 WHERE id = 1",
    "UPDATE item SET kind = 'x y'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sqls); i++)
    {
      g_autoptr (GError) error = NULL;
      sqlite3 *db;

      write_bytes (f->db, f->bytes, f->length);
      g_assert_cmpint (sqlite3_open (f->db, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, sqls[i], NULL, NULL, NULL), ==, SQLITE_OK);
      g_assert_true (mdg_journey_seal (db, NULL));
      sqlite3_close (db);
      g_assert_null (mdg_journey_store_open (f->folder, &error));
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
      g_assert_cmpuint (journey_bench_count_files (f->receipts, ""), ==, 2);
    }
}

static void
test_aside_is_bounded (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *bytes = g_strdup_printf ("damaged %u", i);

      write_bytes (f->db, bytes, strlen (bytes));
      assert_opens (f, MDG_JOURNEY_RESTORED);
    }
  g_assert_cmpuint (journey_bench_count_files (f->folder, "journey.db.damaged-"), ==, 5);
}

/* The clock of an old PC may have run ahead: what was put aside last is not what goes. */
static void
test_aside_clock_went_back (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("journey.db.damaged-20990101T000000Z.%03u", i);
      g_autofree char *path = journey_bench_path (f->folder, name);

      write_bytes (path, "older", 5);
    }
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("journey.db.damaged-20990101T000000Z.%03u", 5 + i);
      g_autofree char *path = journey_bench_path (f->folder, name);
      g_autofree char *bytes = g_strdup_printf ("damaged %u", i);
      g_autofree char *kept = NULL;

      write_bytes (f->db, bytes, strlen (bytes));
      assert_opens (f, MDG_JOURNEY_RESTORED);
      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, bytes);
    }
  g_assert_cmpuint (journey_bench_count_files (f->folder, "journey.db.damaged-"), ==, 5);
}

static char *
first_receipt (Fixture *f)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, NULL);
  const MdgReceipt *receipt = g_ptr_array_index (record->receipts, 0);

  return journey_bench_path (f->receipts, receipt->sha256);
}

static void
assert_missing (Fixture *f)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (f->folder);
  g_autoptr (GPtrArray) missing = mdg_journey_store_get_missing (store);
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_MISSING);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "領収書1.pdf");
  g_assert_cmpuint (record->receipts->len, ==, 2);
  g_assert_null (mdg_journey_store_read_receipt (store, 1, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
}

static void
test_receipt_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = first_receipt (f);
  g_autofree char *bytes = NULL;
  g_autoptr (MdgReceipt) receipt = journey_bench_receipt ("もう一度.pdf");
  g_autoptr (GBytes) again = journey_bench_bytes ("領収書1.pdf", 5000);
  g_autoptr (GError) error = NULL;
  MdgJourneyStore *store;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[17] ^= 1;
  write_bytes (path, bytes, length);
  assert_missing (f);
  write_bytes (path, bytes, length - 1);
  assert_missing (f);
  write_bytes (path, "", 0);
  assert_missing (f);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_missing (f);
#ifdef G_OS_UNIX
  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  store = journey_bench_open (f->folder);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_MISSING);
  mdg_journey_store_close (store);
  g_assert_cmpint (g_unlink (path), ==, 0);
#endif

  /* the same file again heals it */
  store = journey_bench_open (f->folder);
  g_assert_cmpint (mdg_journey_store_add_receipt (store, receipt, again, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  mdg_journey_store_close (store);
  assert_opens (f, MDG_JOURNEY_WHOLE);

  /* or it is given up */
  g_assert_cmpint (g_unlink (path), ==, 0);
  store = journey_bench_open (f->folder);
  g_assert_true (mdg_journey_store_delete_receipt (store, 1, &error));
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  mdg_journey_store_close (store);
}

/* What a crash leaves goes; what carries any other name stays. */
static void
test_left_overs (Fixture *f, gconstpointer data)
{
  static const char *const ours[] = {
    "journey.copy.aB3dE6",
    "journey.db.Zz9999",
    "receipts/"
    "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447.abcdef",
  };
  static const char *const theirs[] = {
    "journey.copy.ab",
    "journey.dbx.abcdef",
    "notes.txt.abcdef",
    "receipts/scan.pdf.abcdef",
    "receipts/a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a448",
  };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autofree char *path = journey_bench_path (f->folder, ours[i]);

      write_bytes (path, "x", 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      g_autofree char *path = journey_bench_path (f->folder, theirs[i]);

      write_bytes (path, "x", 1);
    }
  assert_opens (f, MDG_JOURNEY_WHOLE);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autofree char *path = journey_bench_path (f->folder, ours[i]);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      g_autofree char *path = journey_bench_path (f->folder, theirs[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

#ifdef G_OS_UNIX
/* While it is open its file is put elsewhere: nothing is reported as saved that nobody finds. */
static void
test_moved_while_open (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *store = journey_bench_open (f->folder);
  g_autofree char *elsewhere = journey_bench_path (f->folder, "elsewhere");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (f->db, elsewhere), ==, 0);
  g_assert_false (journey_bench_step (store, "grant", "", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
  mdg_journey_store_close (store);
  assert_opens (f, MDG_JOURNEY_RESTORED);
}
#endif

/* Two windows: each change of either is in the database and in the copy. */
static void
test_two_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (MdgJourneyStore) one = journey_bench_open (f->folder);
  g_autoptr (MdgJourneyStore) two = journey_bench_open (f->folder);

  for (guint i = 0; i < 5; i++)
    {
      journey_bench_entry (one, "poster", "one");
      journey_bench_entry (two, "poster", "two");
      g_assert_true (journey_bench_step (i % 2 == 0 ? one : two, "grant", "x", NULL));
      g_free (f->expected);
      f->expected = journey_bench_describe (one);
      {
        g_autofree char *other = journey_bench_describe (two);

        g_assert_cmpstr (f->expected, ==, other);
      }
    }
  g_clear_pointer (&one, mdg_journey_store_close);
  g_clear_pointer (&two, mdg_journey_store_close);
  g_assert_cmpint (g_unlink (f->db), ==, 0);
  assert_opens (f, MDG_JOURNEY_RESTORED);
}

static gpointer
fill_list (gpointer store)
{
  static const char *const texts[] = { "1", "2", "3", "4", "5", "6", "7", NULL };

  g_assert_true (mdg_journey_store_fill_list (store, "first", texts, "guide", "filled", NULL));
  return NULL;
}

/* The window and the command line open a new journey at the same moment: its lists are filled
 * once. */
static void
test_filled_once (Fixture *f, gconstpointer data)
{
  MdgJourneyStore *one = journey_bench_open (f->folder);
  MdgJourneyStore *two = journey_bench_open (f->folder);
  GThread *threads[] = { g_thread_new ("one", fill_list, one),
                         g_thread_new ("two", fill_list, two) };
  g_autoptr (MdgJourneyRecord) record = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  record = mdg_journey_store_load (one, NULL);
  for (guint i = 0; i < record->entries->len; i++)
    n += g_str_equal (((MdgJourneyEntry *) g_ptr_array_index (record->entries, i))->list, "first");
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpstr (g_hash_table_lookup (record->values, "guide/filled"), ==, "1");
  mdg_journey_store_close (one);
  mdg_journey_store_close (two);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/journey-damage/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("cut", test_cut);
  ADD ("garbage", test_garbage);
  ADD ("letter", test_letter);
  ADD ("gone", test_gone);
  ADD ("other-database", test_other_database);
  ADD ("older", test_older);
  ADD ("exchanged", test_exchanged);
  ADD ("copy-damaged", test_copy_damaged);
  ADD ("both-damaged", test_both_damaged);
  ADD ("newer", test_newer);
  ADD ("strange-row", test_strange_row);
  ADD ("aside-is-bounded", test_aside_is_bounded);
  ADD ("aside-clock-went-back", test_aside_clock_went_back);
  ADD ("receipt-missing", test_receipt_missing);
  ADD ("left-overs", test_left_overs);
#ifdef G_OS_UNIX
  ADD ("moved-while-open", test_moved_while_open);
#endif
  ADD ("two-at-once", test_two_at_once);
  ADD ("filled-once", test_filled_once);
  return g_test_run ();
}
