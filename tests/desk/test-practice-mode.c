/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Practice mode against the practice service itself: activated once, found again after a restart
 * on another port, activated anew where the service was made anew. */
#include "config.h"

#include <glib/gstdio.h>

#include "mdg-fake-reader.h"
#include "mdg-practice-mode.h"
#include "mdg-practice-service.h"

typedef struct
{
  char *dir;
  MdgStore *store;
  MdgSecretStore *secrets;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->dir = g_dir_make_tmp ("mdg-practice-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->dir, "store.sqlite", NULL);
  fixture->store = mdg_store_open (path, &error);
  g_assert_no_error (error);
  fixture->secrets = mdg_secret_store_new_memory ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mdg_store_close (fixture->store);
  g_object_unref (fixture->secrets);
  mdg_test_remove_folder (fixture->dir);
  g_free (fixture->dir);
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

static MdgOnlineSource *
open_with (Fixture *fixture, const MdgPracticeInfo *info, GError **error)
{
  const MdgPracticeAccess access = { info->url,     info->ca_file,  info->institution_code,
                                     info->user_id, info->password, info->activation_code };
  g_autoptr (GAsyncResult) result = NULL;

  mdg_practice_mode_open_async (fixture->store, fixture->secrets, &access, NULL, on_result_cb,
                                &result);
  mdg_test_wait_for (result != NULL);
  return mdg_practice_mode_open_finish (result, error);
}

/* One start of the program: the service in @state, its source, a challenge. (transfer full): the
 * terminal's id */
static char *
start_once (Fixture *fixture, const char *state)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (fixture->dir, state, NULL);
  g_autoptr (MdgPracticeService) service = NULL;
  g_autoptr (MdgOnlineSource) source = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MdgChallenge) challenge = NULL;
  g_autoptr (MdgTerminal) terminal = NULL;
  MdgPracticeInfo *info = NULL;

  g_mkdir (dir, 0700);
  service = mdg_practice_service_new (dir, &error);
  g_assert_no_error (error);
  mdg_practice_service_start (service, 0, &error);
  g_assert_no_error (error);
  info = mdg_practice_service_get_info (service);
  source = open_with (fixture, info, &error);
  mdg_practice_info_free (info);
  g_assert_no_error (error);
  g_assert_nonnull (source);

  mdg_eligibility_source_challenge_async (MDG_ELIGIBILITY_SOURCE (source), NULL, on_result_cb,
                                          &result);
  mdg_test_wait_for (result != NULL);
  challenge =
      mdg_eligibility_source_challenge_finish (MDG_ELIGIBILITY_SOURCE (source), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (challenge->nonce), ==, 32);
  g_assert_true (mdg_eligibility_source_get_practice (MDG_ELIGIBILITY_SOURCE (source)));

  mdg_store_load_activation (fixture->store, NULL, &terminal, &error);
  g_assert_no_error (error);
  mdg_practice_service_stop (service);
  return g_strdup (terminal->terminal_id);
}

static void
test_starts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = start_once (fixture, "a");
  g_autofree char *second = start_once (fixture, "a");
  g_autofree char *anew = start_once (fixture, "b");

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, anew);
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autofree char *empty = g_build_filename (fixture->dir, "empty", NULL);
  MdgPracticeInfo info = { (char *) "https://127.0.0.1:1/",
                           NULL,
                           (char *) "1319999015",
                           (char *) "practice",
                           (char *) "password",
                           (char *) "000000000000" };
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (MdgFacility) facility = NULL;

  info.ca_file = empty;
  g_assert_null (open_with (fixture, &info, &missing));
  g_assert_error (missing, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  /* neither a CA nor a service: nothing is stored half */
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_null (open_with (fixture, &info, &none));
  g_assert_nonnull (none);
  g_assert_true (mdg_store_load_activation (fixture->store, &facility, NULL, NULL));
  g_assert_null (facility);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/practice-mode/starts", Fixture, NULL, set_up, test_starts, tear_down);
  g_test_add ("/practice-mode/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
  return g_test_run ();
}
