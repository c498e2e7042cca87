/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client and the practice service, which were written apart from the same document: each call
 * and each refusal that the service can make. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mdg-practice-service.h"
#include "mdg-service-error.h"
#include "test-calls.h"

typedef struct
{
  char *folder;
  char *ca_file;
  TestCa *card_ca;
  TestCard *card;
  MdgPracticeService *service;
  MdgPracticeInfo *info;
  char *ca_pem;
  MdgOnlineSource *source;
} Fixture;

static MdgActivation *
activate (Fixture *f, const char *password, const char *code, GError **error)
{
  return test_activate_full (f->info->url, f->ca_pem, f->info->institution_code, f->info->user_id,
                             password, code, error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) people = mdg_practice_people_list ();
  g_autoptr (MdgActivation) activation = NULL;
  g_autoptr (GBytes) password = NULL;

  f->folder = g_dir_make_tmp ("mdg-practice-XXXXXX", NULL);
  f->ca_file = g_build_filename (f->folder, "card-ca.pem", NULL);
  f->card_ca = test_ca_new ("架空カード認証局");
  f->card = test_card_new (f->card_ca, people[0]);
  g_assert_true (g_file_set_contents (f->ca_file, test_ca_get_pem (f->card_ca), -1, NULL));
  f->service = mdg_practice_service_new (f->folder, &error);
  g_assert_no_error (error);
  g_assert_true (mdg_practice_service_add_card_ca (f->service, f->ca_file, &error));
  g_assert_true (mdg_practice_service_start (f->service, 0, &error));
  g_assert_no_error (error);
  f->info = mdg_practice_service_get_info (f->service);
  g_assert_true (g_file_get_contents (f->info->ca_file, &f->ca_pem, NULL, &error));

  activation = activate (f, f->info->password, f->info->activation_code, &error);
  g_assert_no_error (error);
  password = mdg_secret_bytes_new (f->info->password, strlen (f->info->password));
  f->source = mdg_online_source_new (activation->facility, activation->terminal,
                                     activation->terminal_key, password, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        remove_tree (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->source);
  mdg_practice_service_stop (f->service);
  g_clear_object (&f->service);
  mdg_practice_info_free (f->info);
  test_card_free (f->card);
  test_ca_free (f->card_ca);
  remove_tree (f->folder);
  g_free (f->ca_pem);
  g_free (f->ca_file);
  g_free (f->folder);
}

static void
set_fault (Fixture *f, const char *fault)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_practice_service_set_fault (f->service, fault, &error));
  g_assert_no_error (error);
}

static MdgOqsMessage *
ask_with (Fixture *f,
          TestCard *card,
          const MdgChallenge *challenge,
          gboolean visual,
          GError **error)
{
  guint8 digest[32];
  g_autoptr (GBytes) signature = NULL;
  MdgCardQuestion question = {
    test_card_get_certificate (card), challenge, NULL, "20261122", TRUE, TRUE
  };

  mdg_card_question_digest (f->info->institution_code, challenge->nonce,
                            test_card_get_certificate (card), digest);
  signature = test_card_sign (card, digest);
  if (!visual)
    question.signature = signature;
  return test_ask (f->source, &question, NULL, error);
}

static MdgOqsMessage *
ask (Fixture *f, TestCard *card, gboolean visual, GError **error)
{
  g_autoptr (MdgChallenge) challenge = test_challenge (f->source, error);

  return challenge != NULL ? ask_with (f, card, challenge, visual, error) : NULL;
}

static void
test_answers (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) people = mdg_practice_people_list ();

  for (guint i = 0; people[i] != NULL; i++)
    {
      g_autoptr (TestCard) card = test_card_new (f->card_ca, people[i]);
      g_autoptr (MdgOqsMessage) message = ask (f, card, i % 2, &error);

      g_assert_no_error (error);
      g_assert_nonnull (message);
      g_assert_nonnull (
          mdg_oqs_node_find_text (mdg_oqs_message_get_header (message), "ArbitraryFileIdentifier"));
    }
  g_assert_true (mdg_eligibility_source_get_practice (MDG_ELIGIBILITY_SOURCE (f->source)));
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TestCa) other_ca = test_ca_new ("架空の他局");
  g_autoptr (TestCard) stranger = test_card_new (other_ca, "PRACTICE0001");
  g_autoptr (MdgChallenge) challenge = test_challenge (f->source, &error);
  g_autoptr (MdgOqsMessage) message = NULL;
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  MdgCardQuestion forged = {
    test_card_get_certificate (f->card), challenge, noise, "20261122", TRUE, TRUE
  };

  message = ask_with (f, f->card, challenge, FALSE, &error);
  g_assert_no_error (error);
  g_assert_null (ask_with (f, f->card, challenge, FALSE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CHALLENGE);
  g_clear_error (&error);

  g_clear_pointer (&challenge, mdg_challenge_free);
  challenge = test_challenge (f->source, &error);
  forged.challenge = challenge;
  g_assert_null (test_ask (f->source, &forged, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CARD_SIGNATURE);
  g_clear_error (&error);

  g_assert_null (ask (f, stranger, FALSE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CARD_TRUST);
  g_clear_error (&error);

  g_clear_pointer (&challenge, mdg_challenge_free);
  challenge = test_challenge (f->source, &error);
  forged.challenge = challenge;
  forged.certificate = noise;
  g_assert_null (test_ask (f->source, &forged, NULL, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CARD_FORM);
  g_clear_error (&error);

  set_fault (f, "refuse-visual=1");
  g_assert_null (ask (f, f->card, TRUE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_VISUAL_REFUSED);
}

static void
test_wrong_patient (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* of a card nothing says whose it is, so that only people can see this: of a search it shows */
  set_fault (f, "wrong-patient=1");
  g_assert_null (test_search (f->source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
}

static void
test_short_lived_token (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_fault (f, "token-seconds=1");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MdgOqsMessage) message = ask (f, f->card, FALSE, &error);

      g_assert_no_error (error);
      /* pause: past the end of the token, which is what is tested */
      g_usleep (600000);
    }
}

static void
test_maintenance (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_fault (f, "maintenance=1");
  g_assert_null (ask (f, f->card, FALSE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_MAINTENANCE);
  g_assert_nonnull (mdg_service_error_get_message (error));
}

static void
test_renew_and_leave (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgActivation) renewed = test_renew (f->source, &error);
  g_autoptr (GBytes) password = mdg_secret_bytes_new ("Atarashii-5511", 14);
  g_autoptr (MdgOnlineSource) next = NULL;
  g_autoptr (MdgActivation) refused = NULL;

  g_assert_no_error (error);
  g_assert_true (test_change_password (f->source, "Atarashii-5511", &error));
  g_assert_no_error (error);
  next = mdg_online_source_new (renewed->facility, renewed->terminal, renewed->terminal_key,
                                password, &error);
  g_assert_true (test_login (next, &error));
  g_assert_no_error (error);
  g_assert_false (test_change_password (next, "short", &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_PASSWORD_FORM);
  g_clear_error (&error);
  g_assert_true (test_deactivate (next, &error));
  g_assert_no_error (error);
  refused = test_renew (next, &error);
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TERMINAL_REVOKED);
  g_clear_error (&error);
  /* a token that is still good does not help a terminal that has left */
  g_assert_null (test_search (next, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TERMINAL_REVOKED);
}

static void
test_wrong_secrets (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgActivation) activation = NULL;

  activation = activate (f, "wrong-password", "123456789012", &error);
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_ACTIVATION_LOGIN);
  g_clear_error (&error);
  activation = activate (f, f->info->password, "12345678901", &error);
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_ACTIVATION_FORM);
  for (guint i = 0; i < 5; i++)
    {
      g_clear_error (&error);
      activation = activate (f, f->info->password, "000000000000", &error);
      g_assert_null (activation);
    }
  g_clear_error (&error);
  activation = activate (f, f->info->password, "000000000000", &error);
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_LOCKED);
  g_assert_cmpuint (mdg_service_error_get_retry_after (error), >, 0);
}

static void
test_faults (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *fault;
    MdgServiceError error;
  } faults[] = {
    { "garbage=1", MDG_SERVICE_ERROR_BAD_ANSWER },
    { "cut-after=100", MDG_SERVICE_ERROR_UNREACHABLE },
    { "status=503", MDG_SERVICE_ERROR_UNAVAILABLE },
  };
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;

  set_fault (f, faults[i].fault);
  g_assert_null (ask (f, f->card, FALSE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, (int) faults[i].error);
}

#define ADD(name, data, function)                                                                  \
  g_test_add ("/practice/" name, Fixture, GUINT_TO_POINTER (data), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answers", 0, test_answers);
  ADD ("refusals", 0, test_refusals);
  ADD ("wrong-patient", 0, test_wrong_patient);
  ADD ("short-lived-token", 0, test_short_lived_token);
  ADD ("maintenance", 0, test_maintenance);
  ADD ("renew-and-leave", 0, test_renew_and_leave);
  ADD ("wrong-secrets", 0, test_wrong_secrets);
  ADD ("garbage", 0, test_faults);
  ADD ("cut", 1, test_faults);
  ADD ("down", 2, test_faults);
  return test_run ();
}
