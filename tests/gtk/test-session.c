/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The session behind the window, in a home of its own: practice from nothing to the question for a
 * PIN and to an answer, log-in, lock, a terminal that is not registered, a store that is damaged.
 */
#include "config.h"

#include "mdg-session.h"
#include "mdg-store.h"
#include "mdg-test-wait.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static MdgScene
get_scene (MdgSession *session)
{
  return mdg_reception_get_screen (mdg_session_get_reception (session), MDG_SIDE_STAFF)->scene;
}

static void
command (MdgSession *session, const char *line)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  mdg_session_practice_command_async (session, line, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  answer = mdg_session_practice_command_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
}

static MdgSession *
open_practice (void)
{
  MdgSession *session = mdg_session_new (NULL, TRUE);

  mdg_session_open (session);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_OPENING);
  WAIT_UNTIL (mdg_session_get_state (session) != MDG_SESSION_OPENING);
  return session;
}

static void
type_pin (MdgSession *session)
{
  MdgReception *reception = mdg_session_get_reception (session);

  for (const char *p = "1234"; *p != '\0'; p++)
    g_assert_true (mdg_reception_push_digit (reception, *p));
  g_assert_true (mdg_reception_submit_pin (reception));
}

static void
test_practice (void)
{
  g_autoptr (MdgSession) session = open_practice ();
  GListModel *log;

  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_READY);
  g_assert_nonnull (mdg_session_get_institution_name (session));
  g_assert_nonnull (mdg_session_get_terminal (session));
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  WAIT_UNTIL (mdg_session_get_visit_log (session) != NULL);
  log = G_LIST_MODEL (mdg_session_get_visit_log (session));
  g_assert_cmpuint (g_list_model_get_n_items (log), ==, 0);

  command (session, "insert PRACTICE0001");
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PIN);
  type_pin (session);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_ANSWER);
  g_assert_true (mdg_reception_get_answer (mdg_session_get_reception (session))->practice);
  WAIT_UNTIL (g_list_model_get_n_items (log) == 1);

  command (session, "remove");
  mdg_reception_activate (mdg_session_get_reception (session), MDG_ACTION_DISMISS);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  command (session, "insert PRACTICE0001");
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PIN);
  g_assert_true (mdg_session_practice_fault (session, "status=503", NULL));
  type_pin (session);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PROBLEM);
  WAIT_UNTIL (g_list_model_get_n_items (log) == 2);
  g_assert_false (mdg_session_practice_fault (session, "no-such-fault", NULL));
  mdg_session_close (session);
  mdg_session_close (session);
}

/* How many lines of the audit say this; none of them is about a check. */
static guint
count_entries (MdgSession *session, const char *action)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  MdgVisitLog *log;
  guint n = 0;

  WAIT_UNTIL (mdg_session_get_visit_log (session) != NULL);
  log = mdg_session_get_visit_log (session);
  mdg_visit_log_load_audit_async (log, 1000, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  lines = mdg_visit_log_load_audit_finish (log, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    {
      const MdgAuditLine *line = lines->pdata[i];

      if (!g_str_equal (line->action, action))
        continue;
      g_assert_cmpstr (line->who, ==, mdg_session_get_user_id (session));
      g_assert_cmpint (line->visit_id, ==, 0);
      n++;
    }
  return n;
}

static gboolean
unlock (MdgSession *session, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (password, strlen (password));

  mdg_staff_lock_unlock_async (mdg_session_get_lock (session), bytes, NULL, mdg_test_on_result_cb,
                               &result);
  WAIT_UNTIL (result != NULL);
  return mdg_staff_lock_unlock_finish (mdg_session_get_lock (session), result, NULL);
}

/* A lock takes away what is shown, takes no card, and opens with the practice password. */
static void
test_lock (void)
{
  g_autoptr (MdgSession) session = open_practice ();
  g_autofree char *password = mdg_session_get_practice_password (session);

  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  command (session, "insert PRACTICE0002");
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PIN);
  mdg_staff_lock_lock (mdg_session_get_lock (session));
  WAIT_UNTIL (mdg_staff_lock_get_locked (mdg_session_get_lock (session)));
  g_assert_cmpint (get_scene (session), !=, MDG_SCENE_PIN);
  g_assert_false (mdg_reception_push_digit (mdg_session_get_reception (session), '1'));
  g_assert_false (unlock (session, "wrong-password-1"));
  g_assert_cmpuint (count_entries (session, "unlock"), ==, 0);
  g_assert_true (unlock (session, password));
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PIN);
  g_assert_cmpuint (count_entries (session, "unlock"), ==, 1);
  g_assert_cmpuint (count_entries (session, "log-in"), ==, 0);
  mdg_session_close (session);
}

static void
run_sql (const char *sql)
{
  g_autofree char *path = mdg_paths_database (TRUE);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* A check that the list cannot keep is told, and told no more when the next one is kept. */
static void
test_not_kept (void)
{
  g_autoptr (MdgSession) session = open_practice ();
  GListModel *log;
  guint before;

  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  WAIT_UNTIL (mdg_session_get_visit_log (session) != NULL);
  log = G_LIST_MODEL (mdg_session_get_visit_log (session));
  before = g_list_model_get_n_items (log);
  run_sql ("CREATE TRIGGER full BEFORE INSERT ON visit BEGIN SELECT RAISE (ABORT, 'full'); END;");
  command (session, "insert PRACTICE0001");
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PIN);
  type_pin (session);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_ANSWER);
  g_assert_null (mdg_session_get_record_problem (session));
  g_test_expect_message ("MdgGtk", G_LOG_LEVEL_WARNING, "a check was not kept*");
  WAIT_UNTIL (mdg_session_get_record_problem (session) != NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (g_list_model_get_n_items (log), ==, before);

  run_sql ("DROP TRIGGER full;");
  mdg_reception_activate (mdg_session_get_reception (session), MDG_ACTION_DISMISS);
  command (session, "remove");
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  command (session, "insert PRACTICE0001");
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_PIN);
  type_pin (session);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_ANSWER);
  WAIT_UNTIL (mdg_session_get_record_problem (session) == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (log), ==, before + 1);
  mdg_session_close (session);
}

static gboolean
log_in (MdgSession *session, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (password, strlen (password));

  mdg_session_log_in_async (session, bytes, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  return mdg_session_log_in_finish (session, result, NULL);
}

/* To close the program and to start it again opens no lock. */
static void
test_locked_again (void)
{
  g_autoptr (MdgSession) session = open_practice ();
  g_autofree char *password = mdg_session_get_practice_password (session);
  gboolean locked = TRUE;

  mdg_staff_lock_lock (mdg_session_get_lock (session));
  WAIT_UNTIL (mdg_staff_lock_get_locked (mdg_session_get_lock (session)));
  mdg_session_close (session);
  g_clear_object (&session);

  session = open_practice ();
  WAIT_UNTIL (mdg_staff_lock_get_locked (mdg_session_get_lock (session)));
  WAIT_UNTIL (mdg_session_get_state (session) == MDG_SESSION_NEED_PASSWORD);
  g_assert_null (mdg_session_get_reception (session));
  g_assert_true (log_in (session, password));
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_READY);
  g_assert_false (mdg_staff_lock_get_locked (mdg_session_get_lock (session)));
  /* the log was opened after it; and that it opened the lock, too, is not told twice */
  g_assert_cmpuint (count_entries (session, "log-in"), ==, 1);
  g_assert_cmpuint (count_entries (session, "unlock"), ==, 1);
  g_object_get (mdg_session_get_preferences (session), "locked", &locked, NULL);
  g_assert_false (locked);
  mdg_session_close (session);
}

/* Who wants to be asked is asked; a wrong password opens nothing. */
static void
test_log_in (void)
{
  g_autofree char *password = NULL;
  g_autoptr (MdgSession) session = open_practice ();
  guint before;

  g_object_set (mdg_session_get_preferences (session), "ask-log-in", TRUE, NULL);
  mdg_session_close (session);
  g_clear_object (&session);

  session = open_practice ();
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NEED_PASSWORD);
  g_assert_null (mdg_session_get_reception (session));
  g_assert_false (log_in (session, "wrong-password-1"));
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NEED_PASSWORD);
  password = mdg_session_get_practice_password (session);
  /* the idle time ran out before anybody came: one password is enough */
  mdg_staff_lock_lock (mdg_session_get_lock (session));
  WAIT_UNTIL (mdg_staff_lock_get_locked (mdg_session_get_lock (session)));
  g_assert_true (log_in (session, password));
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_READY);
  g_assert_false (mdg_staff_lock_get_locked (mdg_session_get_lock (session)));
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  mdg_session_ask_password (session, TRUE);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NEED_PASSWORD);
  /* nobody is checked behind it */
  g_assert_cmpint (get_scene (session), ==, MDG_SCENE_NO_READER);
  mdg_session_ask_password (session, FALSE);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  mdg_session_ask_password (session, TRUE);
  before = count_entries (session, "log-in");
  g_assert_true (log_in (session, password));
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_READY);
  g_assert_cmpuint (count_entries (session, "log-in"), ==, before + 1);
  WAIT_UNTIL (get_scene (session) == MDG_SCENE_WAITING);
  g_object_set (mdg_session_get_preferences (session), "ask-log-in", FALSE, NULL);
  mdg_session_close (session);
}

static void
test_not_activated (void)
{
  g_autoptr (MdgSession) session = mdg_session_new (NULL, FALSE);

  mdg_session_set_drivers (session, "none");
  mdg_session_open (session);
  WAIT_UNTIL (mdg_session_get_state (session) != MDG_SESSION_OPENING);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NOT_ACTIVATED);
  g_assert_null (mdg_session_get_reception (session));
  g_assert_nonnull (mdg_session_get_readers (session));
  g_assert_nonnull (mdg_session_get_preferences (session));
  mdg_session_close (session);
}

/* What is damaged is told, and another try begins where the first one stopped. */
static void
test_damaged (void)
{
  g_autofree char *path = mdg_paths_database (FALSE);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (MdgSession) session = mdg_session_new (NULL, FALSE);

  g_unlink (wal);
  g_assert_true (
      g_file_set_contents (path, "This is no database at all, it only looks so.\n", -1, NULL));
  mdg_session_set_drivers (session, "none");
  mdg_session_open (session);
  WAIT_UNTIL (mdg_session_get_state (session) != MDG_SESSION_OPENING);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_FAILED);
  g_assert_nonnull (mdg_session_get_problem (session));
  g_unlink (path);
  mdg_session_open (session);
  WAIT_UNTIL (mdg_session_get_state (session) != MDG_SESSION_OPENING);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NOT_ACTIVATED);
  g_assert_null (mdg_session_get_problem (session));
  mdg_session_close (session);
}

/* Closing in the middle of opening waits for it and leaves nothing running. */
static void
test_close_early (void)
{
  g_autoptr (MdgSession) session = mdg_session_new (NULL, TRUE);

  mdg_session_open (session);
  mdg_session_close (session);
  g_assert_null (mdg_session_get_reception (session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/close-early", test_close_early);
  g_test_add_func ("/session/practice", test_practice);
  g_test_add_func ("/session/lock", test_lock);
  g_test_add_func ("/session/locked-again", test_locked_again);
  g_test_add_func ("/session/not-kept", test_not_kept);
  g_test_add_func ("/session/log-in", test_log_in);
  g_test_add_func ("/session/not-activated", test_not_activated);
  g_test_add_func ("/session/damaged", test_damaged);
  return g_test_run ();
}
