/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any requests to the practice service, without its network: each gets a reply that is JSON or
 * empty, and none makes it fail.
 *
 * The input: requests, each of a byte that names the call, a byte of options, two bytes of length
 * and as many bytes of body. In a body @CHALLENGE@, @PASSWORD@, @CODE@ and @TIME@ stand for what
 * nobody can guess. */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "fuzz-input.h"
#include "mdg-oqs-message.h"
#include "mdg-practice-core.h"

#define REQUESTS_MAX 8
#define FOREVER      (G_MAXINT64 / 2)

static const struct
{
  const char *method;
  const char *call;
} calls[] = { { "GET", "status" },       { "POST", "activation" }, { "POST", "auth" },
              { "POST", "password" },    { "POST", "renewal" },    { "DELETE", "terminal" },
              { "POST", "challenge" },   { "POST", "search" },     { "POST", "card-eligibility" },
              { "GET", "../activation" } };

typedef struct
{
  char *folder;
  MdgPracticeCore *core;
  GBytes *certificate; /* of the terminal; no certificate, but nobody here looks into it */
  char *terminal_id;
  char *authorization;
  guint terminals;
  guint inputs;
} Service;

static Service service;

static void
remove_folder (void)
{
  g_autoptr (GDir) folder = g_dir_open (service.folder, 0, NULL);
  const char *name;

  g_clear_pointer (&service.core, mdg_practice_core_free);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (service.folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (service.folder);
}

static void
make_terminal (void)
{
  g_autofree char *token = NULL;
  MdgPracticeIssued issued = { .not_after = FOREVER };

  g_clear_pointer (&service.certificate, g_bytes_unref);
  g_free (service.terminal_id);
  g_free (service.authorization);
  service.terminal_id = g_strdup_printf ("FUZZ%u", ++service.terminals);
  service.certificate = g_bytes_new (service.terminal_id, strlen (service.terminal_id));
  mdg_practice_sha256 (service.terminal_id, strlen (service.terminal_id), issued.fingerprint);
  g_assert_true (mdg_practice_state_add_terminal (service.core->state, service.terminal_id, "試験",
                                                  MDG_PRACTICE_INSTITUTION, 0, NULL));
  g_assert_true (
      mdg_practice_state_add_certificate (service.core->state, service.terminal_id, &issued, NULL));
  token = mdg_practice_memory_add_token (service.core->memory, service.terminal_id,
                                         MDG_PRACTICE_USER, FOREVER, NULL);
  service.authorization = g_strconcat ("Bearer ", token, NULL);
}

static void
ensure_service (void)
{
  g_autoptr (GError) error = NULL;

  if (service.core != NULL)
    return;
  service.folder = g_dir_make_tmp ("mdg-fuzz-XXXXXX", &error);
  g_assert_no_error (error);
  service.core = mdg_practice_core_new (service.folder, &error);
  g_assert_no_error (error);
  make_terminal ();
  atexit (remove_folder);
}

static void
replace (GString *text, const char *mark, const char *value)
{
  if (value != NULL && strstr (text->str, mark) != NULL)
    g_string_replace (text, mark, value, 1);
}

static GBytes *
fill_in (GBytes *body)
{
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *challenge = NULL;

  if (strstr (text->str, "@CHALLENGE@") != NULL)
    challenge = mdg_practice_memory_add_challenge (service.core->memory, service.terminal_id,
                                                   mdg_practice_core_uptime (service.core), NULL);
  replace (text, "@CHALLENGE@", challenge);
  replace (text, "@PASSWORD@", mdg_practice_login_get_password (service.core->login));
  if (strstr (text->str, "@CODE@") != NULL)
    replace (text, "@CODE@", mdg_practice_login_get_code (service.core->login, NULL));
  replace (text, "@TIME@", time);
  return g_bytes_new (text->str, text->len);
}

static void
check_reply (const char *call, const MdgPracticeReply *reply)
{
  g_autoptr (json_t) json = NULL;

  g_assert_nonnull (reply);
  g_assert_cmpuint (reply->status, >=, 200);
  g_assert_cmpuint (reply->status, <, 500);
  if (reply->body == NULL)
    {
      g_assert_cmpuint (reply->status, ==, 204);
      return;
    }
  if (g_bytes_get_size (reply->body) == 0)
    return;
  json = json_loadb (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body),
                     JSON_REJECT_DUPLICATES, NULL);
  g_assert_true (json_is_object (json));
  g_assert_true (reply->status < 400 || json_object_get (json, "ErrorCode") != NULL);
  if (reply->status == 200 && (g_str_equal (call, "search") || strstr (call, "card") != NULL))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_json (reply->body, &error);

      g_assert_no_error (error);
    }
}

static void
send (FuzzInput *input)
{
  guint what = fuzz_input_take_byte (input) % G_N_ELEMENTS (calls);
  guint how = fuzz_input_take_byte (input);
  g_autoptr (GBytes) raw = fuzz_input_take_block (input, fuzz_input_take_16 (input));
  g_autoptr (GBytes) body = fill_in (raw);
  g_autofree char *key =
      g_strdup_printf ("00000000-0000-4000-8000-%08x%04x", service.inputs, how & 3);
  g_auto (MdgPracticeRequest) request = { 0 };
  g_autoptr (MdgPracticeReply) reply = NULL;

  request.method = calls[what].method;
  request.call = calls[what].call;
  request.content_type = how & 4 ? "text/plain" : "application/json; charset=utf-8";
  request.authorization = how & 8 ? "Bearer x" : service.authorization;
  request.certificate = how & 16 ? NULL : service.certificate;
  request.idempotency_key = how & 32 ? key : NULL;
  request.body = body;
  reply = mdg_practice_core_answer (service.core, &request);
  check_reply (request.call, reply);
  /* so that the next input finds it as this one did */
  if (g_str_equal (request.call, "terminal") && reply->status == 204)
    make_terminal ();
  if (reply->status == 429 || reply->status == 423)
    {
      mdg_practice_state_clear_failures (service.core->state, "user", MDG_PRACTICE_USER, NULL);
      mdg_practice_state_clear_failures (service.core->state, "institution",
                                         MDG_PRACTICE_INSTITUTION, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };

  ensure_service ();
  service.inputs++;
  for (guint i = 0; i < REQUESTS_MAX && input.size >= 4; i++)
    send (&input);
  return 0;
}
