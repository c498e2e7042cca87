/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service without its network: what it has, and the way of one request through the
 * checks that all calls share, in this order: the call, the terminal's certificate, the log-in, a
 * repeat of something answered before, the JSON. One thread at a time uses all of it.
 */
#include "config.h"

#include "mdg-practice-core.h"
#include "mdg-practice-field.h"

#include <glib/gstdio.h>
#include <string.h>

#define SCOPE_OF_NOBODY "activation"

typedef enum
{
  NEEDS_NOTHING = 0,
  NEEDS_TERMINAL = 1 << 0,
  NEEDS_LOGIN = 1 << 1,
  HAS_BODY = 1 << 2,
  REPEATS_WHEN_REVOKED = 1 << 3,
} Needs;

typedef struct
{
  const char *method;
  const char *call;
  Needs needs;
  MdgPracticeError malformed;
  MdgPracticeCall run;
} Route;

static const Route ROUTES[] = {
  { "GET", "status", NEEDS_NOTHING, MDG_PRACTICE_ERROR_REQUEST, mdg_practice_call_status },
  { "POST", "activation", HAS_BODY, MDG_PRACTICE_ERROR_ACT_FORM, mdg_practice_call_activation },
  { "POST", "auth", NEEDS_TERMINAL | HAS_BODY, MDG_PRACTICE_ERROR_REQUEST, mdg_practice_call_auth },
  { "POST", "password", NEEDS_TERMINAL | NEEDS_LOGIN | HAS_BODY, MDG_PRACTICE_ERROR_AUTH_PASSWORD,
    mdg_practice_call_password },
  { "POST", "renewal", NEEDS_TERMINAL | HAS_BODY, MDG_PRACTICE_ERROR_ACT_FORM,
    mdg_practice_call_renewal },
  { "DELETE", "terminal", NEEDS_TERMINAL | NEEDS_LOGIN | REPEATS_WHEN_REVOKED,
    MDG_PRACTICE_ERROR_REQUEST, mdg_practice_call_terminal },
  { "POST", "challenge", NEEDS_TERMINAL | NEEDS_LOGIN, MDG_PRACTICE_ERROR_REQUEST,
    mdg_practice_call_challenge },
  { "POST", "card-eligibility", NEEDS_TERMINAL | NEEDS_LOGIN | HAS_BODY,
    MDG_PRACTICE_ERROR_CARD_FORM, mdg_practice_call_card },
  { "POST", "search", NEEDS_TERMINAL | NEEDS_LOGIN | HAS_BODY, MDG_PRACTICE_ERROR_SEARCH_FORM,
    mdg_practice_call_search },
};

static const Route *
find_route (MdgPracticeRequest *request, MdgPracticeError *error)
{
  *error = MDG_PRACTICE_ERROR_NO_CALL;
  for (guint i = 0; i < G_N_ELEMENTS (ROUTES); i++)
    if (strcmp (ROUTES[i].call, request->call) == 0)
      {
        if (strcmp (ROUTES[i].method, request->method) == 0)
          return &ROUTES[i];
        *error = MDG_PRACTICE_ERROR_METHOD;
      }
  return NULL;
}

/* the same key with another body is a mistake that must not be answered as if it were a repeat */
static MdgPracticeReply *
repeat_answer (const MdgPracticeAnswer *answer, const guint8 *mark)
{
  if (!mdg_practice_equal (answer->body_mark, mark, MDG_PRACTICE_DIGEST_SIZE))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_KEY_REUSED, NULL);
  return mdg_practice_reply_new_bytes (answer->status, answer->body);
}

static MdgPracticeReply *
find_repeat (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *scope = request->terminal != NULL ? request->terminal->id : SCOPE_OF_NOBODY;
  const MdgPracticeAnswer *in_memory;
  g_autoptr (MdgPracticeAnswer) kept = NULL;

  if (request->idempotency_key == NULL)
    return NULL;
  in_memory = mdg_practice_memory_get_answer (self->memory, scope, request->idempotency_key,
                                              mdg_practice_core_uptime (self));
  if (in_memory != NULL)
    return repeat_answer (in_memory, request->body_mark);
  kept = mdg_practice_state_get_answer (self->state, scope, request->idempotency_key,
                                        mdg_practice_core_now (self));
  return kept != NULL ? repeat_answer (kept, request->body_mark) : NULL;
}

static MdgPracticeReply *
check_terminal (MdgPracticeCore *self, const Route *route, MdgPracticeRequest *request)
{
  gint64 now = mdg_practice_core_now (self);

  if (request->certificate == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_UNKNOWN, NULL);
  mdg_practice_sha256 (g_bytes_get_data (request->certificate, NULL),
                       g_bytes_get_size (request->certificate), request->fingerprint);
  request->terminal = mdg_practice_state_find_terminal (self->state, request->fingerprint);
  if (request->terminal == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_UNKNOWN, NULL);
  if (request->terminal->revoked || request->terminal->not_after <= now)
    {
      /* The answer to the call that revoked it may have been lost. */
      MdgPracticeReply *again =
          route->needs & REPEATS_WHEN_REVOKED ? find_repeat (self, request) : NULL;

      return again != NULL ? again
                           : mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_REVOKED, NULL);
    }
  if (!request->terminal->seen &&
      !mdg_practice_state_settle_certificate (self->state, request->terminal->id,
                                              request->fingerprint, now, NULL))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  return NULL;
}

static MdgPracticeReply *
check_login (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *token = request->authorization;
  const char *user = NULL;

  if (token != NULL && g_ascii_strncasecmp (token, "Bearer ", 7) == 0)
    user = mdg_practice_memory_find_token (self->memory, token + 7, request->terminal->id,
                                           mdg_practice_core_uptime (self));
  if (user == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_AUTH_TOKEN, NULL);
  request->user_id = g_strdup (user);
  return NULL;
}

static gboolean
is_json_type (const char *type)
{
  g_auto (GStrv) parts = type != NULL ? g_strsplit (type, ";", 3) : NULL;

  if (parts == NULL || parts[0] == NULL ||
      g_ascii_strcasecmp (g_strstrip (parts[0]), "application/json") != 0)
    return FALSE;
  return parts[1] == NULL || *g_strstrip (parts[1]) == '\0' ||
         g_ascii_strcasecmp (parts[1], "charset=utf-8") == 0 ||
         g_ascii_strcasecmp (parts[1], "charset=\"utf-8\"") == 0;
}

static MdgPracticeReply *
check_body (const Route *route, MdgPracticeRequest *request)
{
  gsize n = 0;
  const char *text = g_bytes_get_data (request->body, &n);

  if (!(route->needs & HAS_BODY))
    return NULL;
  if (!is_json_type (request->content_type))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_MEDIA_TYPE, NULL);
  request->json = n > 0 ? json_loadb (text, n, JSON_REJECT_DUPLICATES, NULL) : NULL;
  if (!json_is_object (request->json))
    return mdg_practice_reply_new_error (route->malformed, NULL);
  return NULL;
}

static void
mark_body (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) request->call, (guint) strlen (request->call) + 1);
  g_byte_array_append (all, g_bytes_get_data (request->body, NULL),
                       (guint) g_bytes_get_size (request->body));
  mdg_practice_hmac (self->mark_key, all->data, all->len, request->body_mark);
}

static MdgPracticeAnswer
make_answer (MdgPracticeRequest *request, MdgPracticeReply *reply, gint64 time)
{
  MdgPracticeAnswer answer = { .status = reply->status, .time = time };

  for (guint i = 0; i < MDG_PRACTICE_DIGEST_SIZE; i++)
    answer.body_mark[i] = request->body_mark[i];
  answer.body = reply->body != NULL ? g_bytes_ref (reply->body) : g_bytes_new_static ("", 0);
  return answer;
}

static void
remember (MdgPracticeCore *self, MdgPracticeRequest *request, MdgPracticeReply *reply)
{
  MdgPracticeAnswer answer;

  if (request->idempotency_key == NULL || !reply->lasting)
    return;
  answer = make_answer (request, reply, mdg_practice_core_uptime (self));
  mdg_practice_memory_put_answer (
      self->memory, request->terminal != NULL ? request->terminal->id : SCOPE_OF_NOBODY,
      request->idempotency_key, &answer);
  g_bytes_unref (answer.body);
}

static MdgPracticeReply *
check_faults (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  MdgPracticeFault *fault = &self->fault;

  request->faulty = mdg_practice_fault_take (fault, request->call);
  if (fault->maintenance && strcmp (request->call, "status") != 0)
    return mdg_practice_reply_new_wait (MDG_PRACTICE_ERROR_MAINTENANCE, 0,
                                        fault->retry_after > 0 ? fault->retry_after : 3000);
  if (request->faulty && fault->status != 0)
    return mdg_practice_reply_new_wait (MDG_PRACTICE_ERROR_FAULT, (guint) fault->status,
                                        fault->retry_after);
  return NULL;
}

static MdgPracticeReply *
check_request (MdgPracticeCore *self, const Route *route, MdgPracticeRequest *request)
{
  MdgPracticeReply *reply = NULL;

  if (request->idempotency_key != NULL && !mdg_practice_is_uuid (request->idempotency_key))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_REQUEST, "Idempotency-Key");
  mark_body (self, request);
  if (route->needs & NEEDS_TERMINAL)
    reply = check_terminal (self, route, request);
  if (reply == NULL && route->needs & NEEDS_LOGIN)
    reply = check_login (self, request);
  if (reply == NULL)
    reply = find_repeat (self, request);
  if (reply == NULL)
    reply = check_body (route, request);
  return reply;
}

/**
 * mdg_practice_core_answer:
 * @self: the service
 * @request: what came; the rest of it is filled in
 *
 * Answers one request.
 *
 * Thread: the service's.
 * Errors: none: they are replies.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_core_answer (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  MdgPracticeError error;
  const Route *route = find_route (request, &error);
  MdgPracticeReply *reply = check_faults (self, request);

  if (reply != NULL)
    return reply;
  if (route == NULL)
    return mdg_practice_reply_new_error (error, NULL);
  reply = check_request (self, route, request);
  if (reply != NULL)
    return reply;
  reply = route->run (self, request);
  remember (self, request, reply);
  return reply;
}

/**
 * mdg_practice_core_keep_answer:
 * @self: the service
 * @request: what was asked
 * @scope: (nullable): whose key it is; %NULL for an activation
 * @reply: (transfer none): what will be answered
 * @error: return location
 *
 * Keeps the answer to a call that changes the state, together with the change: to be called before
 * the change is committed.
 *
 * Thread: the service's.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was kept, or there is nothing to keep
 */
gboolean
mdg_practice_core_keep_answer (MdgPracticeCore *self,
                               MdgPracticeRequest *request,
                               const char *scope,
                               MdgPracticeReply *reply,
                               GError **error)
{
  MdgPracticeAnswer answer;
  gboolean done;

  if (request->idempotency_key == NULL)
    return TRUE;
  answer = make_answer (request, reply, mdg_practice_core_now (self));
  done = mdg_practice_state_put_answer (self->state, scope != NULL ? scope : SCOPE_OF_NOBODY,
                                        request->idempotency_key, &answer, error);
  g_bytes_unref (answer.body);
  return done;
}

/**
 * mdg_practice_request_clear:
 * @self: a request
 *
 * Frees what was found out about it.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_request_clear (MdgPracticeRequest *self)
{
  g_clear_pointer (&self->terminal, mdg_practice_terminal_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->json, json_decref);
}

/**
 * mdg_practice_core_new:
 * @state_dir: made with mode 0700 where it does not exist
 * @error: return location
 *
 * Opens or makes everything under @state_dir.
 *
 * Thread: any; then one at a time.
 * Errors: %G_IO_ERROR, #GFileError.
 * Returns: (transfer full) (nullable): the service
 */
MdgPracticeCore *
mdg_practice_core_new (const char *state_dir, GError **error)
{
  g_autoptr (MdgPracticeCore) self = g_new0 (MdgPracticeCore, 1);
  g_autofree char *database = g_build_filename (state_dir, "state.db", NULL);

  mdg_practice_fault_init (&self->fault);
  self->memory = mdg_practice_memory_new ();
  self->trust = mdg_practice_trust_new ();
  if (g_mkdir_with_parents (state_dir, 0700) != 0 || g_chmod (state_dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be made private", state_dir);
      return NULL;
    }
  self->people = mdg_practice_people_new (error);
  if (self->people == NULL)
    return NULL;
  /* The database is held alone, so it comes before the files beside it. */
  self->state = mdg_practice_state_open (database, error);
  if (self->state == NULL)
    return NULL;
  self->pki = mdg_practice_pki_open (state_dir, mdg_practice_core_now (self), error);
  if (self->pki == NULL)
    return NULL;
  self->login = mdg_practice_login_open (state_dir, self->pki, self->state, error);
  if (self->login == NULL)
    return NULL;
  mdg_practice_pki_derive_key (self->pki, "idempotency", self->mark_key);
  return g_steal_pointer (&self);
}

/**
 * mdg_practice_core_free:
 * @self: (nullable) (transfer full): the service
 *
 * Thread: any, when nobody uses it.
 * Errors: none.
 */
void
mdg_practice_core_free (MdgPracticeCore *self)
{
  if (self == NULL)
    return;
  mdg_practice_fault_clear (&self->fault);
  mdg_practice_login_free (self->login);
  mdg_practice_state_free (self->state);
  mdg_practice_pki_free (self->pki);
  mdg_practice_people_free (self->people);
  mdg_practice_memory_free (self->memory);
  mdg_practice_trust_free (self->trust);
  g_free (self);
}

/**
 * mdg_practice_core_now:
 * @self: the service
 *
 * Thread: the service's.
 * Errors: none.
 * Returns: its clock, in Unix seconds, with the fault clock-skew
 */
gint64
mdg_practice_core_now (MdgPracticeCore *self)
{
  return g_get_real_time () / G_USEC_PER_SEC + self->fault.clock_skew;
}

/**
 * mdg_practice_core_uptime:
 * @self: the service
 *
 * Thread: the service's.
 * Errors: none.
 * Returns: seconds that no change of the PC's clock touches, but clock-skew does: for lives that
 *   end with the process
 */
gint64
mdg_practice_core_uptime (MdgPracticeCore *self)
{
  return g_get_monotonic_time () / G_USEC_PER_SEC + self->fault.clock_skew;
}
