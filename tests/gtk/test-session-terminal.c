/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal's life in the session: registered with the letter's values against a service that is
 * another program's at a counter, refused, renewed, given up; and again and again in practice. */
#include "config.h"

#include "mdg-profiles.h"
#include "mdg-service-error.h"
#include "mdg-session.h"
#include "mdg-store.h"
#include "mdg-test-wait.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

typedef enum
{
  CHANGE_ACTIVATE,
  CHANGE_RENEW,
  CHANGE_DEACTIVATE
} Change;

static MdgSession *
open_session (gboolean practice)
{
  MdgSession *session = mdg_session_new (NULL, practice);

  if (!practice)
    mdg_session_set_drivers (session, "none");
  mdg_session_open (session);
  WAIT_UNTIL (mdg_session_get_state (session) != MDG_SESSION_OPENING);
  return session;
}

static gboolean
change_terminal (MdgSession *session,
                 Change change,
                 const MdgPracticeInfo *letter,
                 const char *code,
                 GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (change == CHANGE_ACTIVATE)
    {
      g_autofree char *ca_pem = NULL;
      g_autoptr (GBytes) password =
          mdg_secret_bytes_new (letter->password, strlen (letter->password));
      g_autoptr (GBytes) digits = mdg_secret_bytes_new (code, strlen (code));
      MdgActivationRequest request = { letter->url,     NULL,     letter->institution_code,
                                       letter->user_id, password, digits,
                                       "受付1" };

      g_assert_true (g_file_get_contents (letter->ca_file, &ca_pem, NULL, NULL));
      request.ca_pem = ca_pem;
      mdg_session_activate_async (session, &request, TRUE, NULL, mdg_test_on_result_cb, &result);
    }
  else if (change == CHANGE_RENEW)
    mdg_session_renew_async (session, NULL, mdg_test_on_result_cb, &result);
  else
    mdg_session_deactivate_async (session, FALSE, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  return mdg_session_terminal_finish (session, result, error);
}

static gboolean
log_in (MdgSession *session, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = mdg_secret_bytes_new (password, strlen (password));

  mdg_session_log_in_async (session, bytes, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  return mdg_session_log_in_finish (session, result, NULL);
}

static MdgPracticeService *
start_service (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-service-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  MdgPracticeService *service = mdg_practice_service_new (folder, &error);

  g_assert_no_error (error);
  g_assert_true (mdg_practice_service_start (service, 0, &error));
  g_object_set_data_full (G_OBJECT (service), "folder", g_steal_pointer (&folder), g_free);
  return service;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (inner);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        g_file_delete (file, NULL, NULL);
    }
  g_file_delete (g_file_new_for_path (path), NULL, NULL);
}

static void
stop_service (MdgPracticeService *service)
{
  g_autofree char *folder = g_strdup (g_object_get_data (G_OBJECT (service), "folder"));

  mdg_practice_service_stop (service);
  g_object_unref (service);
  remove_folder (folder);
}

/* What is refused changes nothing; what is accepted opens the reception, and is there again at the
 * next start. */
static void
test_register (void)
{
  MdgPracticeService *service = start_service ();
  g_autoptr (MdgPracticeInfo) letter = mdg_practice_service_get_info (service);
  g_autoptr (MdgSession) session = open_session (FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NOT_ACTIVATED);
  g_assert_false (change_terminal (session, CHANGE_ACTIVATE, letter, "000000000000", &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_ACTIVATION_CODE);
  g_clear_error (&error);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NOT_ACTIVATED);
  g_assert_null (mdg_session_get_terminal (session));

  g_assert_true (
      change_terminal (session, CHANGE_ACTIVATE, letter, letter->activation_code, &error));
  g_assert_no_error (error);
  WAIT_UNTIL (mdg_session_get_state (session) == MDG_SESSION_READY);
  g_assert_cmpstr (mdg_session_get_terminal (session)->name, ==, "受付1");
  g_assert_nonnull (mdg_session_get_reception (session));
  mdg_session_close (session);
  g_clear_object (&session);

  session = open_session (FALSE);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_READY);
  mdg_session_close (session);
  stop_service (service);
}

/* The code is used up at the service: a disk that takes nothing just then does not lose it. */
static void
test_not_kept (void)
{
  MdgPracticeService *service = start_service ();
  g_autoptr (MdgPracticeInfo) letter = mdg_practice_service_get_info (service);
  g_autoptr (MdgSession) session = open_session (FALSE);
  g_autofree char *database = mdg_profile_database (MDG_PROFILE_DEFAULT);
  g_autofree char *away = g_strconcat (database, ".away", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (database, away), ==, 0);
  g_assert_cmpint (g_mkdir (database, 0700), ==, 0);
  g_assert_false (
      change_terminal (session, CHANGE_ACTIVATE, letter, letter->activation_code, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
  g_clear_error (&error);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NOT_ACTIVATED);
  g_assert_cmpint (g_rmdir (database), ==, 0);
  g_assert_cmpint (g_rename (away, database), ==, 0);

  g_assert_true (
      change_terminal (session, CHANGE_ACTIVATE, letter, letter->activation_code, &error));
  g_assert_no_error (error);
  WAIT_UNTIL (mdg_session_get_state (session) == MDG_SESSION_READY);
  g_assert_cmpstr (mdg_session_get_terminal (session)->name, ==, "受付1");
  g_assert_true (change_terminal (session, CHANGE_DEACTIVATE, letter, NULL, &error));
  mdg_session_close (session);
  stop_service (service);
}

/* The reception that is open asks with the new certificate; what is given up is gone. */
static void
test_renew_and_give_up (void)
{
  MdgPracticeService *service = start_service ();
  g_autoptr (MdgPracticeInfo) letter = mdg_practice_service_get_info (service);
  g_autoptr (MdgSession) session = open_session (FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;

  /* that of the former test is there, of a service that is gone */
  g_assert_true (
      change_terminal (session, CHANGE_ACTIVATE, letter, letter->activation_code, &error));
  g_assert_no_error (error);
  WAIT_UNTIL (mdg_session_get_state (session) == MDG_SESSION_READY);
  before = g_strdup (mdg_session_get_terminal (session)->certificate_pem);
  g_assert_true (change_terminal (session, CHANGE_RENEW, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (mdg_session_get_terminal (session)->certificate_pem, !=, before);
  g_assert_true (log_in (session, letter->password));

  g_assert_true (change_terminal (session, CHANGE_DEACTIVATE, NULL, NULL, &error));
  g_assert_no_error (error);
  mdg_session_close (session);
  g_clear_object (&session);
  session = open_session (FALSE);
  g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_NOT_ACTIVATED);
  mdg_session_close (session);
  stop_service (service);
}

static MdgStepState
get_step (MdgSession *session)
{
  return mdg_guide_get_step (mdg_session_get_guide (session), MDG_STEP_ACTIVATE).state;
}

/* A certificate that ends in ten days is renewed by itself at the next start. */
static void
test_in_time (void)
{
  MdgPracticeService *service = start_service ();
  g_autoptr (MdgPracticeInfo) letter = mdg_practice_service_get_info (service);
  g_autoptr (MdgSession) session = open_session (FALSE);
  g_autofree char *path = mdg_paths_database (FALSE);
  g_autofree char *sql = NULL;
  gint64 soon = g_get_real_time () / G_USEC_PER_SEC + 10 * 86400;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  g_assert_true (
      change_terminal (session, CHANGE_ACTIVATE, letter, letter->activation_code, &error));
  g_assert_no_error (error);
  WAIT_UNTIL (mdg_session_get_state (session) == MDG_SESSION_READY);
  mdg_session_close (session);
  g_clear_object (&session);
  sql = g_strdup_printf ("UPDATE terminal SET not_after = %" G_GINT64_FORMAT, soon);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, PATIENCE_SECONDS * 1000); /* the session's workers end by themselves */
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  session = open_session (FALSE);
  WAIT_UNTIL (g_date_time_to_unix (mdg_session_get_terminal (session)->not_after) >
              soon + 100 * 86400);
  g_assert_true (log_in (session, letter->password));
  g_assert_true (change_terminal (session, CHANGE_DEACTIVATE, NULL, NULL, &error));
  mdg_session_close (session);
  stop_service (service);
}

/* Who practises registers as often as they like: the limit of terminals is five. */
static void
test_practise (void)
{
  g_autoptr (MdgSession) session = open_session (TRUE);
  g_autofree char *first = g_strdup (mdg_session_get_terminal (session)->terminal_id);
  g_autoptr (GError) error = NULL;

  WAIT_UNTIL (mdg_session_get_guide (session) != NULL);
  /* ready at once, and yet to be practised */
  g_assert_cmpint (get_step (session), ==, MDG_STEP_OPEN);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (MdgPracticeInfo) letter = mdg_session_get_practice_letter (session);

      g_assert_true (
          change_terminal (session, CHANGE_ACTIVATE, letter, letter->activation_code, &error));
      g_assert_no_error (error);
      g_assert_cmpint (mdg_session_get_state (session), ==, MDG_SESSION_READY);
      g_assert_cmpuint (mdg_session_get_terminal (session)->terminal_count, ==, 1);
      g_assert_true (log_in (session, letter->password));
    }
  g_assert_cmpstr (mdg_session_get_terminal (session)->terminal_id, !=, first);
  WAIT_UNTIL (get_step (session) == MDG_STEP_DONE);
  mdg_session_close (session);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-terminal/not-kept", test_not_kept);
  g_test_add_func ("/session-terminal/register", test_register);
  g_test_add_func ("/session-terminal/renew-and-give-up", test_renew_and_give_up);
  g_test_add_func ("/session-terminal/in-time", test_in_time);
  g_test_add_func ("/session-terminal/practise", test_practise);
  return g_test_run ();
}
