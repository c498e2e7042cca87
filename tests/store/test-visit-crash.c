/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kept checks when the program is killed or the disk is full: what was told as saved is there,
 * and whoever saw a detail was written down. The writers are this program again, as children. */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "mdg-store.h"
#include "visit-bench.h"

static const char *self_path;

static MdgVisitLog *
open_log (const char *folder, MdgSecretStore **secrets)
{
  g_autofree char *path = g_build_filename (folder, "madoguchi.db", NULL);
  g_autoptr (GError) error = NULL;
  MdgVisitLog *log;

  *secrets = mdg_secret_store_new_file (folder, &error);
  g_assert_no_error (error);
  log = visit_bench_open (path, *secrets, 0, &error);
  g_assert_no_error (error);
  return log;
}

static void
say (const char *word, gint64 id)
{
  g_print ("%s %" G_GINT64_FORMAT "\n", word, id);
  fflush (stdout);
}

static int
run_writer (const char *folder, const char *mode)
{
  g_autoptr (MdgSecretStore) secrets = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = g_strnfill (g_str_equal (mode, "full") ? 20000 : 2000, 'd');
  struct rlimit limit = { 300 * 1024, 300 * 1024 };
  MdgVisitLog *log = open_log (folder, &secrets);

  if (g_str_equal (mode, "full"))
    {
      signal (SIGXFSZ, SIG_IGN);
      if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
        return 2;
    }
  for (;;)
    {
      guint before = visit_bench_count (log);
      gint64 id = visit_bench_add (log, "A.A", detail, NULL, &error);
      g_autofree char *seen = NULL;

      if (id == 0)
        {
          g_printerr ("%s\n", error->message);
          /* told, and out of the list again */
          return g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL) &&
                         visit_bench_count (log) == before
                     ? 0
                     : 3;
        }
      say ("added", id);
      seen = visit_bench_look (log, id, "look", &error);
      if (seen != NULL)
        say ("looked", id);
      else if (!g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL))
        return 4;
      g_clear_error (&error);
    }
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

static gboolean
has_visit (MdgVisitLog *log, gint64 id)
{
  for (guint i = 0; i < visit_bench_count (log); i++)
    {
      g_autoptr (MdgVisit) visit = g_list_model_get_item (G_LIST_MODEL (log), i);

      if (mdg_visit_get_id (visit) == id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_line (GPtrArray *lines, const char *action, gint64 id)
{
  for (guint i = 0; i < lines->len; i++)
    {
      MdgAuditLine *line = g_ptr_array_index (lines, i);

      if (line->visit_id == id && g_str_equal (line->action, action))
        return TRUE;
    }
  return FALSE;
}

/* Returns how many lines the writer had said. */
static guint
assert_all_kept (const char *folder, GInputStream *output)
{
  g_autoptr (GDataInputStream) words = g_data_input_stream_new (output);
  g_autoptr (MdgSecretStore) secrets = NULL;
  g_autoptr (GPtrArray) audit = NULL;
  MdgVisitLog *log = open_log (folder, &secrets);
  guint n = 0;

  audit = visit_bench_load_audit (log);
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (words, NULL, NULL, NULL);
      gint64 id;

      if (line == NULL)
        break;
      n++;
      id = g_ascii_strtoll (strchr (line, ' ') + 1, NULL, 10);
      g_assert_true (has_visit (log, id));
      /* the newest hundred lines are loaded; the first word lost its first letter to the wait */
      if (audit->len < 100)
        g_assert_true (has_line (audit, strstr (line, "dded") != NULL ? "check" : "look", id));
    }
  for (guint i = 0; i < visit_bench_count (log); i++)
    {
      g_autoptr (MdgVisit) visit = g_list_model_get_item (G_LIST_MODEL (log), i);
      g_autoptr (GError) error = NULL;
      g_autofree char *detail = visit_bench_look (log, mdg_visit_get_id (visit), "look", &error);

      g_assert_no_error (error);
      g_assert_cmpuint (strlen (detail), >=, 2000);
    }
  visit_bench_close (log);
  return n;
}

static void
clean (const char *folder)
{
  static const char *const names[] = { "madoguchi.db", "madoguchi.db-wal", "madoguchi.db-shm",
                                       "secrets/history-key", "secrets" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_killed (void)
{
  guint most = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("mdg-visit-crash-XXXXXX", NULL);
      g_autoptr (GSubprocess) child = start_writer (folder, "forever");
      GInputStream *output = g_subprocess_get_stdout_pipe (child);
      char word[1];
      guint said;

      g_assert_true (g_input_stream_read_all (output, word, 1, NULL, NULL, NULL));
      /* pause: the moment of the kill is what is tested */
      g_usleep (g_random_int_range (0, 30000));
      g_subprocess_force_exit (child);
      g_subprocess_wait (child, NULL, NULL);
      said = assert_all_kept (folder, output);
      most = MAX (most, said);
      clean (folder);
    }
  g_test_message ("killed after at most %u things told", most);
  g_assert_cmpuint (most, >=, 2);
}

/* Killed while the key is made and the tables, too: it opens again. */
static void
test_killed_early (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("mdg-visit-early-XXXXXX", NULL);
      g_autoptr (GSubprocess) child = start_writer (folder, "forever");
      GInputStream *output = g_subprocess_get_stdout_pipe (child);
      g_autoptr (GError) error = NULL;
      g_autofree char *secrets = g_build_filename (folder, "secrets", NULL);
      g_autoptr (GDir) dir = NULL;
      const char *name;

      /* pause: the moment of the kill is what is tested */
      g_usleep (1000 + i * 800);
      g_subprocess_force_exit (child);
      g_subprocess_wait (child, NULL, NULL);
      assert_all_kept (folder, output);
      /* what a kill leaves beside the key */
      dir = g_dir_open (secrets, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (strchr (name, '.') != NULL)
          {
            g_autofree char *path = g_build_filename (secrets, name, NULL);
            g_unlink (path);
          }
      clean (folder);
    }
}

static void
test_full (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-visit-full-XXXXXX", NULL);
  g_autoptr (GSubprocess) child = start_writer (folder, "full");
  guint said;

  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  said = assert_all_kept (folder, g_subprocess_get_stdout_pipe (child));
  g_assert_cmpuint (said, >=, 4);
  clean (folder);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--writer"))
    return run_writer (argv[2], argv[3]);

  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/visit-crash/killed", test_killed);
  g_test_add_func ("/visit-crash/killed-early", test_killed_early);
  g_test_add_func ("/visit-crash/full", test_full);
  return g_test_run ();
}
