/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The store when things go wrong around it: killed while it writes, a full disk, a folder that may
 * not be written, two processes at once. The writers are this program again, as children. */
#include "config.h"

#include "mdg-store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *self_path;

/* Every field of generation N says N, so that a mixture shows. */
static gboolean
save_generation (MdgStore *store, guint n, gsize padding, GError **error)
{
  g_autofree char *name = g_strdup_printf ("generation-%u", n);
  g_autofree char *code = g_strdup_printf ("%010u", n);
  g_autofree char *fill = g_strnfill (padding, 'x');
  g_autofree char *certificate = g_strdup_printf ("%s %s", name, fill);
  MdgFacility facility = { (char *) "https://service.example/", certificate, code, name, name };
  MdgTerminal terminal = { name, name, certificate, NULL, n, n, NULL };

  return mdg_store_save_activation (store, &facility, &terminal, error);
}

static void
assert_whole (const char *path, gboolean needed)
{
  g_autoptr (MdgFacility) facility = NULL;
  g_autoptr (MdgTerminal) terminal = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgStore) store = mdg_store_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (mdg_store_check (store, &error));
  g_assert_true (mdg_store_load_activation (store, &facility, &terminal, &error));
  g_assert_no_error (error);
  g_assert_true ((facility == NULL) == (terminal == NULL));
  if (facility == NULL)
    {
      g_assert_false (needed);
      return;
    }
  g_assert_cmpstr (facility->user_id, ==, terminal->terminal_id);
  g_assert_cmpstr (facility->user_id, ==, terminal->name);
  g_assert_cmpstr (facility->ca_pem, ==, terminal->certificate_pem);
  g_assert_true (g_str_has_prefix (terminal->certificate_pem, facility->user_id));
}

static int
run_writer (const char *path, const char *mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgStore) store = NULL;
  struct rlimit limit = { 200 * 1024, 200 * 1024 };
  gboolean full = g_str_equal (mode, "full");

  if (full)
    {
      signal (SIGXFSZ, SIG_IGN);
      if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
        return 2;
    }
  store = mdg_store_open (path, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 3;
    }
  for (guint n = 1;; n++)
    {
      if (full && !save_generation (store, n, 1000 * n, &error))
        {
          g_printerr ("%s\n", error->message);
          return g_error_matches (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL) ? 0 : 4;
        }
      if (!full && !save_generation (store, n, 20000, &error))
        return 5;
      if (g_str_equal (mode, "short") && n == 50)
        return 0;
      if (n == 1)
        {
          g_print ("writing\n");
          fflush (stdout);
        }
    }
}

static GSubprocess *
start_writer (const char *path, const char *mode)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self_path,
                                         "--writer", path, mode, NULL);

  g_assert_no_error (error);
  return child;
}

static void
clean (const char *folder, const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_unlink (name);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_killed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-crash-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "madoguchi.db", NULL);

  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (GSubprocess) child = start_writer (path, "forever");
      char word[8];

      /* it says when it writes; the pause after that is what is varied, not waited for */
      g_assert_true (g_input_stream_read_all (g_subprocess_get_stdout_pipe (child), word,
                                              sizeof word, NULL, NULL, NULL));
      /* pause: the moment of the kill is what is tested */
      g_usleep (g_random_int_range (0, 8000));
      g_subprocess_force_exit (child);
      g_subprocess_wait (child, NULL, NULL);
      assert_whole (path, TRUE);
    }
  clean (folder, path);
}

/* Killed at its very first steps: no activation is fine, half a one is not. */
static void
test_killed_early (void)
{
  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("mdg-crash-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "madoguchi.db", NULL);
      g_autoptr (GSubprocess) child = start_writer (path, "forever");

      /* pause: the moment of the kill is what is tested */
      g_usleep (1000 + i * 700);
      g_subprocess_force_exit (child);
      g_subprocess_wait (child, NULL, NULL);
      assert_whole (path, FALSE);
      clean (folder, path);
    }
}

static void
test_full (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-full-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "madoguchi.db", NULL);
  g_autoptr (GSubprocess) child = start_writer (path, "full");

  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (child));
  g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  assert_whole (path, TRUE);
  clean (folder, path);
}

static void
test_two_at_once (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-two-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "madoguchi.db", NULL);
  g_autoptr (GSubprocess) one = start_writer (path, "short");
  g_autoptr (GSubprocess) two = start_writer (path, "short");

  g_subprocess_wait (one, NULL, NULL);
  g_subprocess_wait (two, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (one), ==, 0);
  g_assert_cmpint (g_subprocess_get_exit_status (two), ==, 0);
  assert_whole (path, TRUE);
  clean (folder, path);
}

static void
test_read_only (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-read-only-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "madoguchi.db", NULL);

  if (!g_test_subprocess ())
    {
      g_setenv ("MDG_TEST_FOLDER", folder, TRUE);
      g_assert_cmpint (chmod (folder, 0555), ==, 0);
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      g_assert_cmpint (chmod (folder, 0700), ==, 0);
      g_assert_cmpint (g_rmdir (folder), ==, 0);
      return;
    }
  g_rmdir (folder);
  {
    g_autofree char *there = g_build_filename (g_getenv ("MDG_TEST_FOLDER"), "madoguchi.db", NULL);
    g_autoptr (GError) error = NULL;

    /* rights do not bind root */
    if (geteuid () == 0)
      g_assert_cmpint (setuid (65534), ==, 0);
    g_assert_null (mdg_store_open (there, &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  }
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--writer"))
    return run_writer (argv[2], argv[3]);

  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-crash/killed", test_killed);
  g_test_add_func ("/store-crash/killed-early", test_killed_early);
  g_test_add_func ("/store-crash/full", test_full);
  g_test_add_func ("/store-crash/two-at-once", test_two_at_once);
  g_test_add_func ("/store-crash/read-only", test_read_only);
  return g_test_run ();
}
