/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The calls about the user: log-in and another password (service-protocol.md: auth, password). */
#include "config.h"

#include "mdg-practice-core.h"
#include "mdg-practice-field.h"

#include <string.h>

#define NEW_PASSWORD_MIN 8
#define NEW_PASSWORD_MAX 100

static const MdgPracticeField AUTH[] = {
  { "UserId", TRUE, 1, 64, mdg_practice_is_token },
  { "Password", TRUE, 1, 100, NULL },
};

static const MdgPracticeField PASSWORD[] = {
  { "UserId", TRUE, 1, 64, mdg_practice_is_token },
  { "Password", TRUE, 1, 100, NULL },
  { "NewPassword", TRUE, NEW_PASSWORD_MIN, NEW_PASSWORD_MAX, NULL },
};

/* %NULL where the password is right; a wrong one counts, whatever call it came with */
static MdgPracticeReply *
check_password (MdgPracticeCore *self, MdgPracticeRequest *request, MdgPracticeError wrong)
{
  const char *user = mdg_practice_field_get (request->json, "UserId");
  const char *password = mdg_practice_field_get (request->json, "Password");
  gint64 now = mdg_practice_core_now (self);
  gboolean known = mdg_practice_state_has_user (self->state, user);
  gint64 lock = known ? mdg_practice_state_get_lock (self->state, "user", user, now) : 0;
  gboolean kept = TRUE;

  if (lock > 0)
    return mdg_practice_reply_new_wait (MDG_PRACTICE_ERROR_AUTH_LOCKED, 0, lock);
  if (mdg_practice_state_check_password (self->state, user, password))
    {
      kept = mdg_practice_state_clear_failures (self->state, "user", user, NULL);
      return kept ? NULL : mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
    }
  if (known)
    kept = mdg_practice_state_note_failure (self->state, "user", user, now, NULL);
  return mdg_practice_reply_new_error (kept ? wrong : MDG_PRACTICE_ERROR_INTERNAL, NULL);
}

/**
 * mdg_practice_call_auth:
 * @self: the service
 * @request: what came
 *
 * Log-in: a token for this user on this terminal.
 *
 * Thread: the service's.
 * Errors: MDG-AUTH-001, MDG-AUTH-002.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_auth (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *wrong = mdg_practice_fields_check (request->json, AUTH, G_N_ELEMENTS (AUTH),
                                                 MDG_PRACTICE_FIELDS_ONLY);
  g_autofree char *token = NULL;
  g_autoptr (json_t) body = NULL;
  MdgPracticeReply *reply;
  gint64 life = self->fault.token_seconds;

  if (wrong != NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_REQUEST, *wrong ? wrong : NULL);
  reply = check_password (self, request, MDG_PRACTICE_ERROR_AUTH_LOGIN);
  if (reply != NULL)
    return reply;
  token = mdg_practice_memory_add_token (self->memory, request->terminal->id,
                                         mdg_practice_field_get (request->json, "UserId"),
                                         mdg_practice_core_uptime (self) + life, NULL);
  if (token == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  body = json_pack ("{sssI}", "IdToken", token, "ExpiresIn", (json_int_t) life);
  return mdg_practice_reply_new (200, body);
}

/**
 * mdg_practice_call_password:
 * @self: the service
 * @request: what came
 *
 * Another password for the user who is logged in. Log-ins of other terminals end.
 *
 * Thread: the service's.
 * Errors: MDG-AUTH-003, MDG-AUTH-002.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_password (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *wrong = mdg_practice_fields_check (request->json, PASSWORD, G_N_ELEMENTS (PASSWORD),
                                                 MDG_PRACTICE_FIELDS_ONLY);
  const char *user = mdg_practice_field_get (request->json, "UserId");
  const char *password = mdg_practice_field_get (request->json, "NewPassword");
  g_autoptr (MdgPracticeReply) reply = NULL;
  gboolean done;

  if (wrong != NULL || strcmp (user, request->user_id) != 0)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_AUTH_PASSWORD,
                                         wrong != NULL && *wrong ? wrong : NULL);
  reply = check_password (self, request, MDG_PRACTICE_ERROR_AUTH_PASSWORD);
  if (reply != NULL)
    return g_steal_pointer (&reply);
  reply = mdg_practice_reply_new (204, NULL);
  done = mdg_practice_state_begin (self->state, NULL) &&
         mdg_practice_state_set_password (self->state, user, password, NULL) &&
         mdg_practice_core_keep_answer (self, request, request->terminal->id, reply, NULL);
  if (!mdg_practice_state_end (self->state, done, NULL) || !done)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  if (strcmp (user, MDG_PRACTICE_USER) == 0)
    mdg_practice_login_set_password (self->login, password, NULL);
  mdg_practice_memory_drop_tokens (self->memory, NULL, user, request->terminal->id);
  return g_steal_pointer (&reply);
}
