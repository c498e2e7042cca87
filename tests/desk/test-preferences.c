/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a facility sets stays set; what cannot be kept is taken back and told. */
#include "config.h"

#include "mdg-preferences.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

typedef struct
{
  char *folder;
  char *path;
  MdgPreferences *preferences;
  GPtrArray *failures;
  guint notified;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("mdg-preferences-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "madoguchi.db", NULL);
  f->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

static void
on_gone_cb (gpointer data, GObject *object)
{
  *(gboolean *) data = TRUE;
}

/* Until its file is closed: the worker's last answer brings the last reference. */
static void
close_preferences (Fixture *f)
{
  gboolean gone = FALSE;

  if (f->preferences == NULL)
    return;
  g_object_weak_ref (G_OBJECT (f->preferences), on_gone_cb, &gone);
  mdg_preferences_flush (f->preferences, 20000);
  g_clear_object (&f->preferences);
  while (!gone)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

  close_preferences (f);
  /* the file is closed by the worker; SQLite removes its log then */
  while (g_file_test (log, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (f->path, suffixes[i], NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  g_ptr_array_unref (f->failures);
}

static void
on_failed_cb (MdgPreferences *preferences, const GError *error, gpointer data)
{
  g_ptr_array_add (data, g_error_copy (error));
}

static void
on_notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
reopen (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  close_preferences (f);
  f->preferences = mdg_preferences_new (f->path, &error);
  g_assert_no_error (error);
  g_signal_connect (f->preferences, "failed", G_CALLBACK (on_failed_cb), f->failures);
  g_signal_connect (f->preferences, "notify", G_CALLBACK (on_notify_cb), &f->notified);
}

static void
run_sql (Fixture *f, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static guint
get_number (Fixture *f, const char *name)
{
  guint number;

  g_object_get (f->preferences, name, &number, NULL);
  return number;
}

static void
assert_defaults (MdgPreferences *preferences)
{
  static const struct
  {
    const char *name;
    guint number;
  } wanted[] = { { "show-seconds", 60 },      { "lock-minutes", 10 },
                 { "ask-log-in", FALSE },     { "history-days", 0 },
                 { "sound", TRUE },           { "text-percent", 100 },
                 { "western-years", FALSE },  { "patient-window", FALSE },
                 { "shuffle-keypad", FALSE }, { "default-visual", FALSE },
                 { "ask-consent", TRUE },     { "locked", FALSE } };
  g_autofree char *style = NULL;
  g_autofree char *source = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      guint number = 12345;

      g_object_get (preferences, wanted[i].name, &number, NULL);
      g_assert_cmpuint (number, ==, wanted[i].number);
    }
  g_object_get (preferences, "style", &style, "source", &source, NULL);
  g_assert_cmpstr (style, ==, "system");
  g_assert_cmpstr (source, ==, "online");
}

static void
test_nothing_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgPreferences) preferences = mdg_preferences_new (NULL, &error);
  guint number;

  g_assert_no_error (error);
  assert_defaults (preferences);
  g_object_set (preferences, "show-seconds", 0, NULL);
  g_object_get (preferences, "show-seconds", &number, NULL);
  g_assert_cmpuint (number, ==, 0);
  g_assert_true (mdg_preferences_flush (preferences, 0));
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *style = NULL;
  gboolean sound = TRUE;

  reopen (f);
  assert_defaults (f->preferences);
  for (guint i = 0; i <= 50; i++)
    g_object_set (f->preferences, "show-seconds", i, NULL);
  g_object_set (f->preferences, "sound", FALSE, "style", "dark", "history-days", 1826, NULL);
  /* the same again is no change */
  g_object_set (f->preferences, "style", "dark", NULL);
  g_assert_cmpuint (f->notified, ==, 54);
  g_assert_true (mdg_preferences_flush (f->preferences, 20000));
  reopen (f);
  g_assert_cmpuint (get_number (f, "show-seconds"), ==, 50);
  g_assert_cmpuint (get_number (f, "history-days"), ==, 1826);
  g_object_get (f->preferences, "sound", &sound, "style", &style, NULL);
  g_assert_false (sound);
  g_assert_cmpstr (style, ==, "dark");
  g_assert_cmpuint (f->failures->len, ==, 0);
}

/* Given up without a flush: what was changed is written all the same. */
static void
test_given_up (Fixture *f, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  guint number = 0;

  reopen (f);
  g_object_set (f->preferences, "show-seconds", 77, NULL);
  g_clear_object (&f->preferences);
  while (number != 77 && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      reopen (f);
      number = get_number (f, "show-seconds");
    }
  g_assert_cmpuint (number, ==, 77);
}

static void
test_hostile_file (Fixture *f, gconstpointer data)
{
  reopen (f);
  close_preferences (f);
  run_sql (f, "INSERT OR REPLACE INTO setting VALUES"
              " ('preferences/show-seconds', '601'), ('preferences/lock-minutes', '-1'),"
              " ('preferences/ask-log-in', 'yes'), ('preferences/history-days', '0x10'),"
              " ('preferences/sound', ''), ('preferences/text-percent', '99'),"
              " ('preferences/style', 'DARK'), ('preferences/western-years', '1'),"
              " ('preferences/patient-window', CAST (x'fffe' AS TEXT)),"
              " ('preferences/shuffle-keypad', 'true '), ('preferences/source', 'online2'),"
              " ('preferences/unknown', '1')");
  reopen (f);
  assert_defaults (f->preferences);
}

static void
test_wrong_values (Fixture *f, gconstpointer data)
{
  reopen (f);
  g_test_expect_message ("GLib-GObject", G_LOG_LEVEL_WARNING, "*out of range*");
  g_object_set (f->preferences, "show-seconds", 601, NULL);
  g_test_assert_expected_messages ();
  g_test_expect_message ("MdgDesk", G_LOG_LEVEL_CRITICAL, "*find_choice*");
  g_object_set (f->preferences, "style", "pink", NULL);
  g_test_assert_expected_messages ();
  g_test_expect_message ("MdgDesk", G_LOG_LEVEL_CRITICAL, "*find_choice*");
  g_object_set (f->preferences, "source", NULL, NULL);
  g_test_assert_expected_messages ();
  assert_defaults (f->preferences);
  g_assert_cmpuint (f->notified, ==, 0);
}

static void
wait_failures (Fixture *f, guint number)
{
  while (f->failures->len < number)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_taken_back (Fixture *f, gconstpointer data)
{
  reopen (f);
  g_object_set (f->preferences, "show-seconds", 30, NULL);
  g_assert_true (mdg_preferences_flush (f->preferences, 20000));
  run_sql (f, "CREATE TRIGGER refuse BEFORE UPDATE ON setting WHEN NEW.value = '7'"
              " BEGIN SELECT raise (ABORT, 'no'); END");
  f->notified = 0;
  g_object_set (f->preferences, "show-seconds", 7, NULL);
  g_assert_cmpuint (get_number (f, "show-seconds"), ==, 7);
  g_assert_false (mdg_preferences_flush (f->preferences, 20000));
  wait_failures (f, 1);
  g_assert_cmpuint (get_number (f, "show-seconds"), ==, 30);
  g_assert_cmpuint (f->notified, ==, 2);

  /* a newer change is not taken back with an older one */
  g_object_set (f->preferences, "show-seconds", 7, NULL);
  g_object_set (f->preferences, "show-seconds", 8, NULL);
  wait_failures (f, 2);
  g_assert_cmpuint (get_number (f, "show-seconds"), ==, 8);
  /* and goes back to what the file has, not to what was tried */
  g_object_set (f->preferences, "show-seconds", 9, NULL);
  g_object_set (f->preferences, "show-seconds", 7, NULL);
  wait_failures (f, 3);
  g_assert_cmpuint (get_number (f, "show-seconds"), ==, 9);
  reopen (f);
  g_assert_cmpuint (get_number (f, "show-seconds"), ==, 9);
  run_sql (f, "DROP TRIGGER refuse");
}

/* Somebody else holds the file: nothing waits for it but the worker. */
static void
test_held_up (Fixture *f, gconstpointer data)
{
  sqlite3 *other;
  gint64 start;

  reopen (f);
  g_assert_cmpint (sqlite3_open (f->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  start = g_get_monotonic_time ();
  g_object_set (f->preferences, "lock-minutes", 3, NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC / 10);
  g_assert_false (mdg_preferences_flush (f->preferences, 50));
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
  sqlite3_close (other);
  g_assert_true (mdg_preferences_flush (f->preferences, 20000));
  g_assert_cmpuint (get_number (f, "lock-minutes"), ==, 3);
}

static void
test_no_file (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_preferences_new (f->folder, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/preferences/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preferences/nothing-kept", test_nothing_kept);
  ADD ("kept", test_kept);
  ADD ("given-up", test_given_up);
  ADD ("hostile-file", test_hostile_file);
  ADD ("wrong-values", test_wrong_values);
  ADD ("taken-back", test_taken_back);
  ADD ("held-up", test_held_up);
  ADD ("no-file", test_no_file);
  return g_test_run ();
}
