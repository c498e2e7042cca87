/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The calls that begin, renew and end a terminal (service-protocol.md: activation, renewal,
 * DELETE terminal), and status. What changes is committed together with the answer to a repeat.
 */
#include "config.h"

#include "mdg-practice-core.h"
#include "mdg-practice-field.h"

#include <string.h>

static const MdgPracticeField ACTIVATION[] = {
  { "MedicalInstitutionCode", TRUE, 10, 10, mdg_practice_is_digits },
  { "UserId", TRUE, 1, 64, mdg_practice_is_token },
  { "Password", TRUE, 1, 100, NULL },
  { "ActivationCode", TRUE, 12, 12, mdg_practice_is_digits },
  { "TerminalName", TRUE, 1, 64, NULL },
  { "CertificateSigningRequest", TRUE, 1, 8192, mdg_practice_is_pem },
};

static const MdgPracticeField RENEWAL[] = {
  { "CertificateSigningRequest", TRUE, 1, 8192, mdg_practice_is_pem },
};

static char *
format_utc (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

static MdgPracticeReply *
make_issued_reply (MdgPracticeCore *self, const char *terminal_id, MdgPracticeIssued *issued)
{
  g_autofree char *not_after = format_utc (issued->not_after);
  g_autoptr (json_t) body = json_pack (
      "{ssssss sI sI ss}", "TerminalId", terminal_id, "TerminalCertificate", issued->chain,
      "InstitutionName", MDG_PRACTICE_INSTITUTION_NAME, "TerminalLimit",
      (json_int_t) self->fault.terminal_limit, "TerminalCount",
      (json_int_t) mdg_practice_state_count_terminals (self->state), "NotAfter", not_after);

  return mdg_practice_reply_new (201, body);
}

static MdgPracticeReply *
explain_issue (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_FORM, "CertificateSigningRequest");
  return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
}

/* institution, user and password; wrong passwords count towards the user's lock here as well */
static MdgPracticeReply *
check_person (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *institution = mdg_practice_field_get (request->json, "MedicalInstitutionCode");
  const char *user = mdg_practice_field_get (request->json, "UserId");
  const char *password = mdg_practice_field_get (request->json, "Password");
  gint64 now = mdg_practice_core_now (self);
  gboolean known = mdg_practice_state_has_user (self->state, user);
  gint64 lock = known ? mdg_practice_state_get_lock (self->state, "user", user, now) : 0;

  if (lock > 0)
    return mdg_practice_reply_new_wait (MDG_PRACTICE_ERROR_AUTH_LOCKED, 0, lock);
  if (!mdg_practice_state_check_password (self->state, user, password))
    {
      if (known && !mdg_practice_state_note_failure (self->state, "user", user, now, NULL))
        return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
      return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_LOGIN, NULL);
    }
  if (strcmp (institution, MDG_PRACTICE_INSTITUTION) != 0)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_LOGIN, NULL);
  return NULL;
}

static MdgPracticeReply *
check_code (MdgPracticeCore *self,
            MdgPracticeRequest *request,
            guint8 hash[MDG_PRACTICE_DIGEST_SIZE])
{
  const char *code = mdg_practice_field_get (request->json, "ActivationCode");
  gint64 now = mdg_practice_core_now (self);
  gint64 lock =
      mdg_practice_state_get_lock (self->state, "institution", MDG_PRACTICE_INSTITUTION, now);

  if (lock > 0)
    return mdg_practice_reply_new_wait (MDG_PRACTICE_ERROR_ACT_LOCKED, 0, lock);
  if (mdg_practice_state_find_code (self->state, code, hash))
    return NULL;
  if (!mdg_practice_state_note_failure (self->state, "institution", MDG_PRACTICE_INSTITUTION, now,
                                        NULL))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_CODE, NULL);
}

static gboolean
write_activation (MdgPracticeCore *self,
                  MdgPracticeRequest *request,
                  const char *terminal_id,
                  MdgPracticeIssued *issued,
                  const guint8 hash[MDG_PRACTICE_DIGEST_SIZE],
                  MdgPracticeReply **reply)
{
  gint64 now = mdg_practice_core_now (self);
  const char *user = mdg_practice_field_get (request->json, "UserId");

  if (!mdg_practice_state_use_code (self->state, hash, now, NULL) ||
      !mdg_practice_state_add_terminal (self->state, terminal_id,
                                        mdg_practice_field_get (request->json, "TerminalName"),
                                        MDG_PRACTICE_INSTITUTION, now, NULL) ||
      !mdg_practice_state_add_certificate (self->state, terminal_id, issued, NULL) ||
      !mdg_practice_state_clear_failures (self->state, "institution", MDG_PRACTICE_INSTITUTION,
                                          NULL) ||
      !mdg_practice_state_clear_failures (self->state, "user", user, NULL))
    return FALSE;
  *reply = make_issued_reply (self, terminal_id, issued);
  return mdg_practice_core_keep_answer (self, request, NULL, *reply, NULL);
}

/**
 * mdg_practice_call_activation:
 * @self: the service
 * @request: what came
 *
 * A new terminal. The activation code is used up only when the terminal exists: a full house or a
 * bad request costs nothing.
 *
 * Thread: the service's.
 * Errors: MDG-ACT-001 to -004, MDG-AUTH-002.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_activation (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *wrong = mdg_practice_fields_check (
      request->json, ACTIVATION, G_N_ELEMENTS (ACTIVATION), MDG_PRACTICE_FIELDS_ONLY);
  guint8 hash[MDG_PRACTICE_DIGEST_SIZE];
  g_autofree char *number = mdg_practice_random_text ("0123456789", 10, NULL);
  g_autofree char *terminal_id = number != NULL ? g_strconcat ("T", number, NULL) : NULL;
  g_autoptr (MdgPracticeIssued) issued = NULL;
  g_autoptr (MdgPracticeReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (wrong != NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_FORM, *wrong ? wrong : NULL);
  if (terminal_id == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  issued = mdg_practice_pki_issue_terminal (
      self->pki, mdg_practice_field_get (request->json, "CertificateSigningRequest"), terminal_id,
      MDG_PRACTICE_INSTITUTION, mdg_practice_core_now (self), &error);
  if (issued == NULL)
    return explain_issue (error);
  reply = check_person (self, request);
  if (reply == NULL)
    reply = check_code (self, request, hash);
  if (reply != NULL)
    return g_steal_pointer (&reply);
  if ((gint64) mdg_practice_state_count_terminals (self->state) >= self->fault.terminal_limit)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_LIMIT, NULL);
  done = mdg_practice_state_begin (self->state, NULL) &&
         write_activation (self, request, terminal_id, issued, hash, &reply);
  if (!mdg_practice_state_end (self->state, done, NULL) || !done)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  mdg_practice_login_drop_code (self->login,
                                mdg_practice_field_get (request->json, "ActivationCode"), NULL);
  return g_steal_pointer (&reply);
}

/**
 * mdg_practice_call_renewal:
 * @self: the service
 * @request: what came
 *
 * A new certificate for the same terminal; the old one stays good until the new one is used.
 *
 * Thread: the service's.
 * Errors: MDG-ACT-001, MDG-ACT-005.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_renewal (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *id = request->terminal->id;
  const char *wrong = mdg_practice_fields_check (request->json, RENEWAL, G_N_ELEMENTS (RENEWAL),
                                                 MDG_PRACTICE_FIELDS_ONLY);
  g_autoptr (MdgPracticeIssued) issued = NULL;
  g_autoptr (MdgPracticeReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (wrong != NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_ACT_FORM, *wrong ? wrong : NULL);
  issued = mdg_practice_pki_issue_terminal (
      self->pki, mdg_practice_field_get (request->json, "CertificateSigningRequest"), id,
      request->terminal->institution_code, mdg_practice_core_now (self), &error);
  if (issued == NULL)
    return explain_issue (error);
  reply = make_issued_reply (self, id, issued);
  done = mdg_practice_state_begin (self->state, NULL) &&
         mdg_practice_state_add_certificate (self->state, id, issued, NULL) &&
         mdg_practice_core_keep_answer (self, request, id, reply, NULL);
  if (!mdg_practice_state_end (self->state, done, NULL) || !done)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  return g_steal_pointer (&reply);
}

/**
 * mdg_practice_call_terminal:
 * @self: the service
 * @request: what came
 *
 * Ends a terminal: its certificates are revoked, its log-ins end, the count falls.
 *
 * Thread: the service's.
 * Errors: none of its own.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_terminal (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  const char *id = request->terminal->id;
  g_autoptr (MdgPracticeReply) reply = mdg_practice_reply_new (204, NULL);
  gboolean done;

  done = mdg_practice_state_begin (self->state, NULL) &&
         mdg_practice_state_end_terminal (self->state, id, mdg_practice_core_now (self), NULL) &&
         mdg_practice_core_keep_answer (self, request, id, reply, NULL);
  if (!mdg_practice_state_end (self->state, done, NULL) || !done)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  mdg_practice_memory_drop_tokens (self->memory, id, NULL, NULL);
  return g_steal_pointer (&reply);
}

/**
 * mdg_practice_call_status:
 * @self: the service
 * @request: what came
 *
 * Time, name, version and announced maintenance, for everybody.
 *
 * Thread: the service's.
 * Errors: none.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_status (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  gint64 now = mdg_practice_core_now (self);
  g_autofree char *time = format_utc (now);
  g_autofree char *from = format_utc (now - 600);
  g_autofree char *to = format_utc (now + 3000);
  g_autoptr (json_t) maintenance = json_array ();
  g_autoptr (json_t) body = NULL;

  if (self->fault.maintenance)
    json_array_append_new (maintenance,
                           json_pack ("{ssssss}", "From", from, "To", to, "Message",
                                      "定期メンテナンスのため、ご利用いただけません（練習）。"));
  body = json_pack ("{sssssssO}", "Time", time, "Service", "practice", "Version", PACKAGE_VERSION,
                    "Maintenance", maintenance);
  return mdg_practice_reply_new (200, body);
}
