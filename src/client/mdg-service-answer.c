/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a complete answer means: one table from the service's ErrorCode to our error, and a few
 * rules for statuses without one (the online source's protocol, version 1). */
#include "config.h"

#include "mdg-service-answer.h"

#include "mdg-service-error.h"

#define MAX_CODE        32
#define MAX_WORDS       400
#define MAX_RETRY_AFTER (7 * 24 * 60 * 60)

static const struct
{
  const char *code;
  MdgServiceError error;
} table[] = {
  { "MDG-ACT-001", MDG_SERVICE_ERROR_ACTIVATION_FORM },
  { "MDG-ACT-002", MDG_SERVICE_ERROR_ACTIVATION_LOGIN },
  { "MDG-ACT-003", MDG_SERVICE_ERROR_ACTIVATION_CODE },
  { "MDG-ACT-004", MDG_SERVICE_ERROR_TERMINAL_LIMIT },
  { "MDG-ACT-005", MDG_SERVICE_ERROR_TERMINAL_REVOKED },
  /* not in the protocol's table: a certificate that the service does not know, a token it no
   * longer takes (after a new log-in) */
  { "MDG-ACT-006", MDG_SERVICE_ERROR_TERMINAL },
  { "MDG-AUTH-004", MDG_SERVICE_ERROR_LOGIN },
  { "MDG-AUTH-001", MDG_SERVICE_ERROR_LOGIN },
  { "MDG-AUTH-002", MDG_SERVICE_ERROR_LOCKED },
  { "MDG-AUTH-003", MDG_SERVICE_ERROR_PASSWORD_FORM },
  { "MDG-CARD-001", MDG_SERVICE_ERROR_CARD_FORM },
  { "MDG-CARD-002", MDG_SERVICE_ERROR_CHALLENGE },
  { "MDG-CARD-003", MDG_SERVICE_ERROR_CARD_SIGNATURE },
  { "MDG-CARD-004", MDG_SERVICE_ERROR_CARD_TRUST },
  { "MDG-CARD-005", MDG_SERVICE_ERROR_CARD_EXPIRED },
  { "MDG-CARD-006", MDG_SERVICE_ERROR_VISUAL_REFUSED },
  { "MDG-SRCH-001", MDG_SERVICE_ERROR_SEARCH_FORM },
};

/* A code of a form that can be shown and logged. */
static const char *
get_code (json_t *json)
{
  const char *code = mdg_json_get_text (json, "ErrorCode", MAX_CODE);

  if (code == NULL || strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != strlen (code))
    return NULL;
  return code;
}

static MdgServiceError
find_error (guint status, const char *code, guint retry_after)
{
  if (status >= 500)
    return MDG_SERVICE_ERROR_UNAVAILABLE;
  if (status < 400)
    return MDG_SERVICE_ERROR_BAD_ANSWER;
  /* the institution is locked, whatever the last code was (POST activation) */
  if (g_strcmp0 (code, "MDG-ACT-003") == 0 && (retry_after > 0 || status == 429))
    return MDG_SERVICE_ERROR_LOCKED;
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (code, table[i].code))
      return table[i].error;
  return MDG_SERVICE_ERROR_REFUSED;
}

static guint
parse_seconds (const char *text)
{
  guint64 seconds;

  /* the date form of RFC 9110 10.2.3 is left alone: it needs a clock that is right */
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, MAX_RETRY_AFTER, &seconds, NULL))
    return 0;
  return (guint) seconds;
}

static gboolean
is_json_type (const char *content_type)
{
  return content_type != NULL && g_ascii_strcasecmp (content_type, "application/json") == 0;
}

/**
 * mdg_service_answer_new:
 * @status: the HTTP status
 * @content_type: (nullable): the media type without parameters
 * @retry_after: (nullable): the Retry-After header
 * @body: the whole body
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the answer
 */
MdgServiceAnswer *
mdg_service_answer_new (guint status,
                        const char *content_type,
                        const char *retry_after,
                        GBytes *body)
{
  MdgServiceAnswer *self = g_new0 (MdgServiceAnswer, 1);
  gint64 seconds;

  self->status = status;
  self->body = g_bytes_ref (body);
  self->retry_after = parse_seconds (retry_after);
  if (is_json_type (content_type))
    self->json = mdg_json_parse (body, NULL);
  if (self->json != NULL &&
      mdg_json_get_number (self->json, "RetryAfter", MAX_RETRY_AFTER, &seconds))
    self->retry_after = (guint) seconds;
  return self;
}

/**
 * mdg_service_answer_free:
 * @self: (transfer full) (nullable): an answer
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_service_answer_free (MdgServiceAnswer *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->body);
  json_decref (self->json);
  g_free (self);
}

/**
 * mdg_service_answer_check:
 * @self: an answer
 * @may_be_empty: whether a success without a body is one
 * @error: return location
 *
 * Thread: any.
 * Errors: the #MdgServiceError of the status and the code.
 *
 * Returns: whether it is a success
 */
gboolean
mdg_service_answer_check (const MdgServiceAnswer *self, gboolean may_be_empty, GError **error)
{
  g_autofree char *words = NULL;
  const char *code;

  if (self->status >= 200 && self->status < 300)
    {
      if (self->json != NULL || (may_be_empty && g_bytes_get_size (self->body) == 0))
        return TRUE;
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                           "the answer is no JSON object");
      return FALSE;
    }

  code = get_code (self->json);
  words = mdg_json_dup_words (self->json, "ErrorMessage", MAX_WORDS);
  g_propagate_error (
      error, mdg_service_error_new (find_error (self->status, code, self->retry_after), code, words,
                                    self->retry_after, "the service answered %u %s", self->status,
                                    code != NULL ? code : "without a code"));
  return FALSE;
}
