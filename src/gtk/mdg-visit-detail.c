/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The detail of a visit as the list keeps it: one writer, one reader. A GVariant on this machine
 * only: a version, what is not in the message, and the message as JSON. It comes back from a file:
 * whatever does not read exactly as it was written is refused as a whole. */
#include "config.h"

#include "mdg-pages.h"

/* version, practice, asked at (microseconds), method, confirmed, not confirmed, {"XmlMsg": …} */
#define DETAIL_TYPE    "(ybxyasass)"
#define DETAIL_VERSION 1
#define MAX_BYTES      (4 * MDG_OQS_MAX_BYTES)
#define MAX_WORDS      8

/* what the desk says of an answer (mdg-desk-answer.c) */
static const char *const known_words[] = { "pin",        "key-possession", "service-trust",
                                           "staff-face", "revocation",     NULL };

static gboolean
are_known (const char *const *words)
{
  gsize n = 0;

  for (; words[n] != NULL; n++)
    if (n >= MAX_WORDS || !g_strv_contains (known_words, words[n]))
      return FALSE;
  return TRUE;
}

/**
 * mdg_visit_detail_new:
 * @answer: an answer that was shown
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): what the list keeps of it
 */
GBytes *
mdg_visit_detail_new (const MdgDeskAnswer *answer)
{
  g_autofree char *json = mdg_oqs_message_to_json (answer->message);
  gint64 asked_at = g_date_time_to_unix (answer->asked_at) * G_USEC_PER_SEC +
                    g_date_time_get_microsecond (answer->asked_at);
  g_autoptr (GVariant) detail = g_variant_ref_sink (
      g_variant_new ("(ybxy^as^ass)", DETAIL_VERSION, answer->practice, asked_at,
                     (guchar) answer->method, answer->confirmed, answer->not_confirmed, json));

  return g_variant_get_data_as_bytes (detail);
}

static GVariant *
read_detail (GBytes *detail)
{
  g_autoptr (GVariant) variant = NULL;

  if (g_bytes_get_size (detail) == 0 || g_bytes_get_size (detail) > MAX_BYTES)
    return NULL;
  variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DETAIL_TYPE), detail, FALSE));
  return g_variant_is_normal_form (variant) ? g_steal_pointer (&variant) : NULL;
}

static GDateTime *
get_time (gint64 microseconds)
{
  g_autoptr (GDateTime) utc = NULL;

  if (microseconds <= 0)
    return NULL;
  utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

/**
 * mdg_visit_detail_to_view:
 * @detail: what mdg_visit_detail_new() made, or anything else
 * @language: of the words
 * @calendar: of the dates
 * @error: return location
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full) (nullable): the answer as it was shown
 */
MdgAnswerView *
mdg_visit_detail_to_view (GBytes *detail,
                          MdgOqsLanguage language,
                          MdgCalendar calendar,
                          GError **error)
{
  g_autoptr (GVariant) variant = read_detail (detail);
  g_autofree const char **confirmed = NULL, **not_confirmed = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;
  g_autoptr (GDateTime) asked_at = NULL;
  guchar version = 0, method = 0;
  gboolean practice = FALSE;
  gint64 microseconds = 0;
  const char *json = NULL;

  if (variant != NULL)
    {
      g_variant_get (variant, "(ybxy^a&s^a&s&s)", &version, &practice, &microseconds, &method,
                     &confirmed, &not_confirmed, &json);
      asked_at = get_time (microseconds);
    }
  if (version == DETAIL_VERSION && method <= MDG_DESK_METHOD_VISUAL && asked_at != NULL &&
      are_known (confirmed) && are_known (not_confirmed))
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

      message = mdg_oqs_message_parse_json (bytes, NULL);
    }
  if (message == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the detail of this visit cannot be read");
      return NULL;
    }
  return mdg_answer_view_new_parts (message, asked_at, practice, confirmed, not_confirmed, language,
                                    calendar);
}
