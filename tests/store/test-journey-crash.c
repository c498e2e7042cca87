/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journey when the program is killed, the disk is full or the folder may not be written: what
 * was reported as saved is there, and nothing is there by halves. The writers are this program
 * again, as children. 40 kills; 300 with MADOGUCHI_TEST_LONG=1. */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journey-bench.h"

#define STEPS  6
#define FIELDS 4

static const char *self_path;

/* What has been told, as "what key number": the last of each is what must be there. Of the one
 * thing that was being written when the end came, the number before is told first. */
static void
say (const char *what, const char *key, guint n)
{
  g_print ("%s %s %u\n", what, key, n);
  fflush (stdout);
}

static void
write_step (MdgJourneyStore *store, guint n, GError **error)
{
  g_autofree char *id = g_strdup_printf ("s%d", g_random_int_range (0, STEPS));
  g_autofree char *note = g_strdup_printf ("%u", n);
  MdgStepRecord step = { id, (char *) "done", (char *) "20261122", note, note };

  if (mdg_journey_store_save_step (store, &step, error))
    say ("step", id, n);
}

/* all fields of a form say the same number */
static void
write_values (MdgJourneyStore *store, guint n, GError **error)
{
  g_autofree char *form = g_strdup_printf ("f%d", g_random_int_range (0, 3));
  g_autofree char *text = g_strdup_printf ("%u", n);
  const char *fields[] = { "a", text, "b", text, "c", text, "d", text, NULL };

  if (mdg_journey_store_save_values (store, form, fields, error))
    say ("values", form, n);
}

static void
write_entry (MdgJourneyStore *store, guint n, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *key = NULL;
  MdgJourneyEntry entry = { 0, (char *) "list", text, FALSE, NULL, text };
  gint64 id = mdg_journey_store_save_entry (store, &entry, error);

  key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  if (id == 0)
    return;
  say ("entry", key, n);
  if (g_random_int_range (0, 3) > 0)
    return;
  say ("entry-going", key, n);
  if (mdg_journey_store_delete_entry (store, id, error))
    say ("entry-gone", key, n);
}

static void
write_receipt (MdgJourneyStore *store, guint n, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%u.pdf", n);
  g_autoptr (MdgReceipt) receipt = journey_bench_receipt (name);
  g_autoptr (GBytes) bytes =
      journey_bench_bytes (name, (gsize) g_random_int_range (1000, 300 * 1000));
  g_autofree char *key = NULL;
  gint64 id = mdg_journey_store_add_receipt (store, receipt, bytes, error);

  key = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  if (id == 0)
    return;
  say ("receipt", key, n);
  if (g_random_int_range (0, 2) == 0)
    {
      say ("receipt-going", key, n);
      if (mdg_journey_store_delete_receipt (store, id, error))
        say ("receipt-gone", key, n);
    }
}

static int
run_writer (const char *folder, const char *mode)
{
  static void (*const writers[]) (MdgJourneyStore *, guint, GError **) = { write_step, write_values,
                                                                           write_entry,
                                                                           write_receipt };
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgJourneyStore) store = NULL;
  guint n = (guint) g_ascii_strtoull (mode, NULL, 10);

  store = mdg_journey_store_open (folder, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 3;
    }
  say ("open", "-", 0);
  for (;; n++)
    {
      writers[g_random_int_range (0, G_N_ELEMENTS (writers))](store, n, &error);
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
        {
          g_printerr ("%s\n", error->message);
          return g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL) ? 0 : 4;
        }
      g_clear_error (&error);
    }
}

static int
run_full (const char *folder)
{
  struct rlimit limit = { 150 * 1024, 150 * 1024 };

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 2;
  return run_writer (folder, "1");
}

static GSubprocess *
start_writer (const char *folder, const char *mode)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self_path,
                                         "--writer", folder, mode, NULL);

  g_assert_no_error (error);
  return child;
}

/* Puts the child's words into @told; returns how many whole lines there were. */
static guint
take_words (GSubprocess *child, GHashTable *told)
{
  g_autoptr (GDataInputStream) words =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  guint n = 0;

  for (;;)
    {
      gsize length;
      g_autofree char *line = g_data_input_stream_read_line (words, &length, NULL, NULL);
      g_auto (GStrv) parts = NULL;

      if (line == NULL)
        return n;
      parts = g_strsplit (line, " ", 3);
      g_assert_cmpuint (g_strv_length (parts), ==, 3);
      n += g_str_equal (parts[0], "open") ? 0 : 1;
      g_hash_table_insert (told, g_strdup_printf ("%s %s", parts[0], parts[1]),
                           g_strdup (parts[2]));
    }
}

static gboolean
is_told (GHashTable *told, const char *what, const char *key, const char **number)
{
  g_autofree char *name = g_strdup_printf ("%s %s", what, key);

  *number = g_hash_table_lookup (told, name);
  return *number != NULL;
}

/* What was told may have been followed by one change that was not. */
static void
assert_at_least (const char *there, const char *told)
{
  g_assert_nonnull (there);
  g_assert_cmpuint (g_ascii_strtoull (there, NULL, 10), >=, g_ascii_strtoull (told, NULL, 10));
}

static const MdgStepRecord *
find_step (const MdgJourneyRecord *record, const char *id)
{
  const MdgStepRecord *step;

  for (guint i = 0; i < record->steps->len; i++)
    if (step = g_ptr_array_index (record->steps, i), g_str_equal (step->id, id))
      return step;
  return NULL;
}

static const MdgJourneyEntry *
find_entry (const MdgJourneyRecord *record, gint64 id)
{
  const MdgJourneyEntry *entry;

  for (guint i = 0; i < record->entries->len; i++)
    if (entry = g_ptr_array_index (record->entries, i), entry->id == id)
      return entry;
  return NULL;
}

static const MdgReceipt *
find_receipt (const MdgJourneyRecord *record, gint64 id)
{
  const MdgReceipt *receipt;

  for (guint i = 0; i < record->receipts->len; i++)
    if (receipt = g_ptr_array_index (record->receipts, i), receipt->id == id)
      return receipt;
  return NULL;
}

static void
assert_values (const MdgJourneyRecord *record, const char *form, const char *number)
{
  static const char *const names[FIELDS] = { "a", "b", "c", "d" };
  g_autofree char *first = g_strdup_printf ("%s/a", form);
  const char *one = g_hash_table_lookup (record->values, first);

  assert_at_least (one, number);
  for (guint i = 0; i < FIELDS; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s/%s", form, names[i]);

      g_assert_cmpstr (g_hash_table_lookup (record->values, key), ==, one);
    }
}

static void
assert_told (GHashTable *told, const MdgJourneyRecord *record)
{
  GHashTableIter iter;
  gpointer name, number;
  const char *other;

  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &name, &number))
    {
      const char *key = strchr (name, ' ') + 1;
      gint64 id = g_ascii_strtoll (key, NULL, 10);

      if (g_str_has_prefix (name, "step "))
        {
          const MdgStepRecord *step = find_step (record, key);

          g_assert (step != NULL);
          assert_at_least (step->note, number);
          g_assert_cmpstr (step->note, ==, step->who);
        }
      else if (g_str_has_prefix (name, "values "))
        assert_values (record, key, number);
      else if (g_str_has_prefix (name, "entry ") && !is_told (told, "entry-going", key, &other))
        {
          const MdgJourneyEntry *entry = find_entry (record, id);

          g_assert (entry != NULL);
          g_assert_cmpstr (entry->text, ==, number);
          g_assert_cmpstr (entry->who, ==, number);
        }
      else if (g_str_has_prefix (name, "entry-gone "))
        g_assert_null (find_entry (record, id));
      else if (g_str_has_prefix (name, "receipt ") && !is_told (told, "receipt-going", key, &other))
        g_assert_nonnull (find_receipt (record, id));
      else if (g_str_has_prefix (name, "receipt-gone "))
        g_assert_null (find_receipt (record, id));
    }
}

/* Each row has its whole file, each file its row, and nothing lies beside them. */
static void
assert_no_halves (const char *folder, MdgJourneyStore *store, const MdgJourneyRecord *record)
{
  g_autofree char *receipts = journey_bench_path (folder, "receipts");

  for (guint i = 0; i < record->receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (record->receipts, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = mdg_journey_store_read_receipt (store, receipt->id, &error);
      g_autoptr (GBytes) expected = journey_bench_bytes (receipt->file_name, receipt->size);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, expected));
      g_assert_cmpuint (receipt->items->len, ==, 1);
    }
  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, record->receipts->len);
  g_assert_cmpuint (journey_bench_count_files (folder, "journey.db."), ==, 0);
  g_assert_cmpuint (journey_bench_count_files (folder, "journey.copy."), ==, 0);
}

static void
assert_copy_is_good (const char *folder, const char *expected)
{
  g_autofree char *db = journey_bench_path (folder, "journey.db");
  g_autofree char *journal = journey_bench_path (folder, "journey.db-journal");
  g_autofree char *aside = journey_bench_path (folder, "db.aside");
  g_autofree char *text = NULL;
  MdgJourneyStore *store;

  /* one that was not begun yet when the end came is nothing, until the next change removes it */
  g_unlink (journal);

  g_assert_cmpint (g_rename (db, aside), ==, 0);
  store = journey_bench_open (folder);
  text = journey_bench_describe (store);
  g_assert_cmpstr (text, ==, expected);
  mdg_journey_store_close (store);
  g_assert_cmpint (g_rename (aside, db), ==, 0);
}

static void
assert_all_kept (const char *folder, GHashTable *told)
{
  MdgJourneyStore *store = journey_bench_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  /* a kill is no damage: the words for it must not come up */
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  assert_told (told, record);
  assert_no_halves (folder, store, record);
  text = journey_bench_describe (store);
  mdg_journey_store_close (store);
  assert_copy_is_good (folder, text);
}

/* What the killed one had told must be in the copy by itself, before anybody renews it: alone in
 * another folder. */
static void
assert_copy_alone (const char *folder, GHashTable *told)
{
  g_autofree char *other = journey_bench_folder ();
  g_autofree char *from = journey_bench_path (folder, "journey.copy");
  g_autofree char *to = journey_bench_path (other, "journey.copy");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgJourneyRecord) record = NULL;
  MdgJourneyStore *store;
  gsize length = 0;

  if (g_file_get_contents (from, &bytes, &length, NULL))
    g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
  store = journey_bench_open (other);
  record = mdg_journey_store_load (store, &error);
  g_assert_no_error (error);
  assert_told (told, record);
  mdg_journey_store_close (store);
  journey_bench_clean (other);
}

static void
test_killed (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean is_long = g_strcmp0 (g_getenv ("MADOGUCHI_TEST_LONG"), "1") == 0;
  guint kills = is_long ? 300 : 40;
  guint total = 0, without = 0;

  for (guint i = 0; i < kills; i++)
    {
      g_autofree char *start = g_strdup_printf ("%u", (i + 1) * 100000);
      g_autoptr (GSubprocess) child = start_writer (folder, start);
      guint n;

      /* pause: the moment of the kill is what is tested */
      g_usleep (g_random_int_range (0, is_long ? 600000 : 250000));
      g_subprocess_force_exit (child);
      g_subprocess_wait (child, NULL, NULL);
      g_assert_true (g_subprocess_get_if_signaled (child));
      n = take_words (child, told);
      total += n;
      without += n == 0 ? 1 : 0;
      assert_copy_alone (folder, told);
      assert_all_kept (folder, told);
      /* lists and receipts have an end: begin again before they are full */
      if (g_hash_table_size (told) > 250)
        {
          journey_bench_clean (folder);
          g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
          g_hash_table_remove_all (told);
        }
    }
  g_test_message ("%u kills, %u things told before them, %u kills before the first", kills, total,
                  without);
  g_assert_cmpuint (total, >, kills);
  journey_bench_clean (folder);
}

static void
test_full (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GSubprocess) child = start_writer (folder, "full");

      g_subprocess_wait (child, NULL, NULL);
      g_assert_true (g_subprocess_get_if_exited (child));
      g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
      take_words (child, told);
    }
  assert_all_kept (folder, told);
  journey_bench_clean (folder);
}

/* The disk is full: the smallest thing does not fit any more, or the database does and its copy
 * does not. It is opened and read as before. */
static int
run_no_room (const char *folder, const char *room)
{
  struct rlimit limit = { (rlim_t) g_ascii_strtoull (room, NULL, 10),
                          (rlim_t) g_ascii_strtoull (room, NULL, 10) };
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgJourneyStore) store = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *place = g_strconcat (folder, ".export", NULL);
  g_autoptr (MdgReceipt) receipt = journey_bench_receipt ("x.pdf");
  g_autoptr (GBytes) bytes = journey_bench_bytes ("x.pdf", 1000);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  store = journey_bench_open (folder);
  before = journey_bench_describe (store);
  g_assert_false (journey_bench_step (store, "apply", "", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
  g_clear_error (&error);
  if (limit.rlim_cur == 0)
    {
      g_assert_cmpint (mdg_journey_store_add_receipt (store, receipt, bytes, &error), ==, 0);
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
      g_clear_error (&error);
      g_assert_false (mdg_journey_store_export (store, place, &error));
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
    }
  after = journey_bench_describe (store);
  g_assert_cmpstr (before, ==, after);
  return 0;
}

static void
test_no_room (gconstpointer room)
{
  g_autofree char *folder = journey_bench_folder ();
  MdgJourneyStore *store = journey_bench_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  journey_bench_fill (store);
  before = journey_bench_describe (store);
  mdg_journey_store_close (store);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self_path, "--no-room", folder, room,
                            NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
  store = journey_bench_open (folder);
  after = journey_bench_describe (store);
  g_assert_cmpstr (before, ==, after);
  mdg_journey_store_close (store);
  journey_bench_clean (folder);
}

/* What cannot be made again for want of room is not touched. */
static int
run_no_room_damaged (const char *folder)
{
  struct rlimit limit = { 0, 0 };
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_null (mdg_journey_store_open (folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
  return 0;
}

static void
test_no_room_damaged (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autofree char *path = journey_bench_path (folder, "journey.db");
  MdgJourneyStore *store = journey_bench_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *bytes = NULL;

  journey_bench_fill (store);
  mdg_journey_store_close (store);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self_path, "--no-room-damaged", folder,
                            NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "damaged");
  g_assert_cmpuint (journey_bench_count_files (folder, ""), ==, 3);
  store = journey_bench_open (folder);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_RESTORED);
  mdg_journey_store_close (store);
  journey_bench_clean (folder);
}

/* The folder may not be written any more while the journey is open, and when it is opened. */
static int
run_read_only (const char *folder)
{
  g_autofree char *path = journey_bench_path (folder, "journey.db");
  g_autoptr (GError) error = NULL;
  MdgJourneyStore *store;

  /* rights do not bind root */
  if (geteuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  store = journey_bench_open (folder);
  journey_bench_fill (store);
  g_assert_cmpint (chmod (folder, 0500), ==, 0);
  g_assert_false (journey_bench_step (store, "apply", "", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  /* it still opens, and is read */
  mdg_journey_store_close (store);
  store = journey_bench_open (folder);
  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_false (journey_bench_step (store, "apply", "", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  g_assert_cmpint (chmod (folder, 0700), ==, 0);
  mdg_journey_store_close (store);
  g_assert_cmpint (chmod (path, 0400), ==, 0);
  store = journey_bench_open (folder);
  g_assert_false (journey_bench_step (store, "apply", "", &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  mdg_journey_store_close (store);
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  store = journey_bench_open (folder);
  /* as soon as it can be written again, it is */
  g_assert_true (journey_bench_step (store, "apply", "", &error));
  g_assert_no_error (error);
  mdg_journey_store_close (store);
  return 0;
}

static void
test_read_only (void)
{
  g_autofree char *folder = journey_bench_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (chown (folder, 65534, 65534), ==, 0);
  child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self_path, "--read-only", folder, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (child, NULL, &error));
  g_assert_no_error (error);
  journey_bench_clean (folder);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--writer"))
    return g_str_equal (argv[3], "full") ? run_full (argv[2]) : run_writer (argv[2], argv[3]);
  if (argc == 4 && g_str_equal (argv[1], "--no-room"))
    return run_no_room (argv[2], argv[3]);
  if (argc == 3 && g_str_equal (argv[1], "--no-room-damaged"))
    return run_no_room_damaged (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--read-only"))
    return run_read_only (argv[2]);

  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey-crash/killed", test_killed);
  g_test_add_func ("/journey-crash/full", test_full);
  g_test_add_data_func ("/journey-crash/no-room", "0", test_no_room);
  g_test_add_data_func ("/journey-crash/no-room-for-the-copy", "30000", test_no_room);
  g_test_add_func ("/journey-crash/no-room-damaged", test_no_room_damaged);
  g_test_add_func ("/journey-crash/read-only", test_read_only);
  return g_test_run ();
}
