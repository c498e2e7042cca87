/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A change, an import and a restoring that end at each of their steps: the child is killed before
 * its first, second, third … fsync(), rename() or unlink(), until there are no more. What is there
 * afterwards is all of the journey before, or all of the one after. And: what a new folder hangs
 * on is on the disk, too. */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "journey-bench.h"

#define MOST 200

static const char *self_path;
static int steps_left = -1; /* -1: without end */
static GArray *synced;      /* (nullable): of ino_t */

/* ---- in the place of libc's, for SQLite and GLib, too ---- */

#define SHOWN __attribute__ ((visibility ("default")))

static void
count_step (void)
{
  if (steps_left >= 0 && steps_left-- == 0)
    kill (getpid (), SIGKILL);
}

SHOWN int
fsync (int fd)
{
  struct stat info;

  count_step ();
  if (synced != NULL && fstat (fd, &info) == 0)
    g_array_append_val (synced, info.st_ino);
  return (int) syscall (SYS_fsync, fd);
}

SHOWN int
fdatasync (int fd)
{
  count_step ();
  return (int) syscall (SYS_fdatasync, fd);
}

SHOWN int
rename (const char *from, const char *to)
{
  count_step ();
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

SHOWN int
unlink (const char *path)
{
  count_step ();
  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

/* ---- what is done ---- */

typedef struct
{
  const char *name;
  gboolean (*run) (MdgJourneyStore *store, const char *other);
} Change;

static gboolean
change_step (MdgJourneyStore *store, const char *other)
{
  return journey_bench_step (store, "grant", "新しい", NULL);
}

static gboolean
change_receipt (MdgJourneyStore *store, const char *other)
{
  g_autoptr (MdgReceipt) receipt = journey_bench_receipt ("領収書3.pdf");
  g_autoptr (GBytes) bytes = journey_bench_bytes ("領収書3.pdf", 9000);

  return mdg_journey_store_add_receipt (store, receipt, bytes, NULL) != 0;
}

static gboolean
change_deletion (MdgJourneyStore *store, const char *other)
{
  return mdg_journey_store_delete_receipt (store, 1, NULL);
}

static gboolean
change_all (MdgJourneyStore *store, const char *other)
{
  return mdg_journey_store_import (store, other, NULL);
}

/* the file is damaged, and opening it makes it again */
static gboolean
change_nothing (MdgJourneyStore *store, const char *other)
{
  return TRUE;
}

static const Change changes[] = { { "step", change_step },
                                  { "receipt", change_receipt },
                                  { "deletion", change_deletion },
                                  { "import", change_all },
                                  { "restoring", change_nothing } };

/* in the child */
static int
run_change (const char *folder, const char *other, guint which, const char *steps)
{
  MdgJourneyStore *store;
  gboolean good;

  /* opening is of interest only where it makes the file again */
  if (changes[which].run == change_nothing)
    steps_left = (int) g_ascii_strtoll (steps, NULL, 10);
  store = mdg_journey_store_open (folder, NULL);
  if (store == NULL)
    return 3;
  steps_left = (int) g_ascii_strtoll (steps, NULL, 10);
  good = changes[which].run (store, other);
  steps_left = -1;
  mdg_journey_store_close (store);
  return good ? 0 : 4;
}

/* ---- the tests ---- */

static char *
describe (const char *folder)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (folder);

  return journey_bench_describe (store);
}

static void
fill (const char *folder)
{
  g_autoptr (MdgJourneyStore) store = journey_bench_open (folder);

  journey_bench_fill (store);
}

/* a journey of another PC as a file */
static char *
write_other (const char *folder)
{
  g_autofree char *there = journey_bench_path (folder, "there");
  char *path = journey_bench_path (folder, "other.mdg");
  g_autoptr (MdgJourneyStore) store = journey_bench_open (there);

  journey_bench_step (store, "select", "別のPC", NULL);
  journey_bench_entry (store, "practise", "見本 次郎");
  journey_bench_add (store, "領収書2.pdf", 70000); /* the same file as here */
  journey_bench_add (store, "領収書9.pdf", 12000);
  g_assert_true (mdg_journey_store_export (store, path, NULL));
  return path;
}

static void
damage (const char *folder)
{
  g_autofree char *path = journey_bench_path (folder, "journey.db");

  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
}

/* Each row has its file, each file its row, nothing that was being written lies beside them. */
static void
assert_tidy (const char *folder)
{
  g_autofree char *receipts = journey_bench_path (folder, "receipts");
  g_autoptr (MdgJourneyStore) store = journey_bench_open (folder);
  g_autoptr (MdgJourneyRecord) record = mdg_journey_store_load (store, NULL);

  g_assert_cmpint (mdg_journey_store_get_health (store), ==, MDG_JOURNEY_WHOLE);
  g_assert_cmpuint (journey_bench_count_files (receipts, ""), ==, record->receipts->len);
  g_assert_cmpuint (journey_bench_count_files (folder, "journey.copy."), ==, 0);
  g_assert_cmpuint (journey_bench_count_files (folder, "journey.db."), ==,
                    journey_bench_count_files (folder, "journey.db.before-2") +
                        journey_bench_count_files (folder, "journey.db.damaged-2"));
}

/* TRUE where the child came to its end */
static gboolean
kill_at (const char *folder, const char *other, guint which, guint n)
{
  g_autofree char *change = g_strdup_printf ("%u", which);
  g_autofree char *steps = g_strdup_printf ("%u", n);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self_path,
                                                    "--change", folder, other, change, steps, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  if (g_subprocess_get_if_signaled (child))
    return FALSE;
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  return TRUE;
}

static void
test_change (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);
  g_autofree char *base = journey_bench_folder ();
  g_autofree char *other = write_other (base);
  g_autofree char *folder = journey_bench_path (base, "here");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n = 0, n_after = 0;
  gboolean ended = FALSE;

  fill (folder);
  before = describe (folder);
  g_assert_true (kill_at (folder, other, which, MOST * 10));
  after = describe (folder);
  for (; !ended && n < MOST; n++)
    {
      g_autofree char *there = NULL;
      MdgJourneyStore *store;

      journey_bench_clean (folder);
      fill (folder);
      if (changes[which].run == change_nothing)
        damage (folder);
      ended = kill_at (folder, other, which, n);
      store = journey_bench_open (folder);
      there = journey_bench_describe (store);
      mdg_journey_store_close (store);
      if (g_str_equal (there, after))
        n_after++;
      else
        g_assert_cmpstr (there, ==, before);
      g_assert_true (!ended || g_str_equal (there, after));
      assert_tidy (folder);
    }
  g_test_message ("%s: %u steps, %u after", changes[which].name, n, n_after);
  g_assert_true (ended);
  g_assert_cmpuint (n, >, 4);
  journey_bench_clean (base);
}

static gboolean
is_synced (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  for (guint i = 0; i < synced->len; i++)
    if (g_array_index (synced, ino_t, i) == info.st_ino)
      return TRUE;
  return FALSE;
}

/* A folder that is not in the one above it after a power cut takes all in it with it. */
static void
test_new_folders (void)
{
  g_autofree char *base = journey_bench_folder ();
  g_autofree char *one = journey_bench_path (base, "one");
  g_autofree char *two = journey_bench_path (one, "two");
  g_autoptr (GArray) inodes = g_array_new (FALSE, FALSE, sizeof (ino_t));
  MdgJourneyStore *store;

  synced = inodes;
  store = journey_bench_open (two);
  journey_bench_add (store, "領収書.pdf", 3000);
  g_assert_true (is_synced (base));
  g_assert_true (is_synced (one));
  g_assert_true (is_synced (two));
  synced = NULL;
  mdg_journey_store_close (store);
  journey_bench_clean (base);
}

int
main (int argc, char *argv[])
{
  if (argc == 6 && g_str_equal (argv[1], "--change"))
    return run_change (argv[2], argv[3], (guint) g_ascii_strtoull (argv[4], NULL, 10), argv[5]);
  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strconcat ("/journey-steps/", changes[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_change);
    }
  g_test_add_func ("/journey-steps/new-folders", test_new_folders);
  return g_test_run ();
}
