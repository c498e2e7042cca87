/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rules of the letter's values. A wrong check digit warns and does not stop: the institution
 * codes of some facilities follow another rule (reference/domain.md 3.1). */
#include "config.h"

#include "mdg-letter.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <string.h>

#include "mdg-language.h"
#include "mdg-secret-store.h"

#define MAX_USER     64
#define MAX_NAME     64
#define MAX_CA       65536
#define MAX_URL      500
#define MIN_PASSWORD 8
#define MAX_PASSWORD 100
#define MAX_CODE     100 /* bytes as typed: full width and separators */

static MdgOqsCheck
say (MdgOqsCheck check, const char *sentence, char **words)
{
  if (words != NULL)
    {
      g_free (*words);
      *words = g_strdup (sentence);
    }
  return check;
}

static MdgOqsCheck
check_institution (const char *text, char **normal, char **words)
{
  MdgOqsReason reason = MDG_OQS_REASON_NONE;
  MdgOqsCheck check = mdg_oqs_check_institution_code (text, normal, &reason);

  if (check == MDG_OQS_CHECK_OK)
    return check;
  return say (check, mdg_oqs_reason_describe (reason, mdg_desk_language ()), words);
}

/* As it stands on paper, but in any width: a full-width W is a W. */
static MdgOqsCheck
check_user (const char *text, char **normal, char **words)
{
  g_autofree char *folded = mdg_oqs_fold_width (text);

  g_strstrip (folded);
  if (*folded == '\0' || strlen (folded) > MAX_USER)
    return say (MDG_OQS_CHECK_BAD, _ ("Please give the user ID, up to 64 characters."), words);
  for (const char *c = folded; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return say (MDG_OQS_CHECK_BAD,
                  _ ("The user ID holds letters, digits and signs, without spaces."), words);
  if (normal != NULL)
    *normal = g_steal_pointer (&folded);
  return MDG_OQS_CHECK_OK;
}

static MdgOqsCheck
check_service (const char *text, char **normal, char **words)
{
  g_autofree char *address = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri = NULL;

  if (*address == '\0')
    return say (MDG_OQS_CHECK_BAD, _ ("Please give the address of the service."), words);
  if (strlen (address) <= MAX_URL)
    uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL)
    return say (MDG_OQS_CHECK_BAD, _ ("The address must begin with https://."), words);
  if (normal != NULL)
    *normal = g_steal_pointer (&address);
  return MDG_OQS_CHECK_OK;
}

static MdgOqsCheck
check_ca (const char *text, char **normal, char **words)
{
  if (*text != '\0' &&
      (strlen (text) > MAX_CA || strstr (text, "-----BEGIN CERTIFICATE-----") == NULL))
    return say (MDG_OQS_CHECK_BAD, _ ("The file holds no certificate (PEM)."), words);
  if (normal != NULL)
    *normal = g_strdup (text);
  return MDG_OQS_CHECK_OK;
}

static MdgOqsCheck
check_terminal (const char *text, char **normal, char **words)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  gboolean good =
      *name != '\0' && g_utf8_validate (name, -1, NULL) && g_utf8_strlen (name, -1) <= MAX_NAME;

  for (const char *c = name; good && *c != '\0'; c = g_utf8_next_char (c))
    good = !g_unichar_iscntrl (g_utf8_get_char (c));
  if (!good)
    return say (MDG_OQS_CHECK_BAD, _ ("The terminal's name has 1 to 64 characters."), words);
  if (normal != NULL)
    *normal = g_steal_pointer (&name);
  return MDG_OQS_CHECK_OK;
}

/**
 * mdg_letter_check:
 * @field: which value; no secret
 * @text: as it was typed or pasted
 * @normal: (out) (transfer full) (optional): what is sent; NULL for BAD
 * @words: (out) (transfer full) (optional): what is wrong with it, translated; "" for OK
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether it can be sent, and whether to look again before
 */
MdgOqsCheck
mdg_letter_check (MdgLetterField field, const char *text, char **normal, char **words)
{
  g_return_val_if_fail (text != NULL, MDG_OQS_CHECK_BAD);

  if (normal != NULL)
    *normal = NULL;
  if (words != NULL)
    *words = g_strdup ("");
  switch (field)
    {
    case MDG_LETTER_INSTITUTION:
      return check_institution (text, normal, words);
    case MDG_LETTER_USER:
      return check_user (text, normal, words);
    case MDG_LETTER_SERVICE:
      return check_service (text, normal, words);
    case MDG_LETTER_CA:
      return check_ca (text, normal, words);
    case MDG_LETTER_TERMINAL:
      return check_terminal (text, normal, words);
    default:
      g_return_val_if_reached (MDG_OQS_CHECK_BAD);
    }
}

static MdgOqsCheck
check_password (GBytes *secret, GBytes **normal, char **words)
{
  gsize length;
  const char *text = g_bytes_get_data (secret, &length);

  if (length == 0 || !g_utf8_validate_len (text, length, NULL) ||
      g_utf8_strlen (text, (gssize) length) < MIN_PASSWORD ||
      g_utf8_strlen (text, (gssize) length) > MAX_PASSWORD)
    return say (MDG_OQS_CHECK_BAD, _ ("A password has 8 to 100 characters."), words);
  if (normal != NULL)
    *normal = g_bytes_ref (secret);
  return MDG_OQS_CHECK_OK;
}

static void
erase (char *text)
{
  if (text != NULL)
    OPENSSL_cleanse (text, strlen (text));
  g_free (text);
}

static MdgOqsCheck
check_code (GBytes *secret, GBytes **normal, char **words)
{
  gsize length = g_bytes_get_size (secret);
  MdgOqsReason reason = length == 0 ? MDG_OQS_REASON_EMPTY : MDG_OQS_REASON_LENGTH;
  char *typed = NULL, *code = NULL;
  MdgOqsCheck check = MDG_OQS_CHECK_BAD;

  if (length > 0 && length <= MAX_CODE)
    {
      typed = g_strndup (g_bytes_get_data (secret, NULL), length);
      check = mdg_oqs_check_activation_code (typed, &code, &reason);
    }
  if (check != MDG_OQS_CHECK_BAD && normal != NULL)
    *normal = mdg_secret_bytes_new (code, strlen (code));
  erase (typed);
  erase (code);
  if (check == MDG_OQS_CHECK_OK)
    return check;
  return say (check, mdg_oqs_reason_describe (reason, mdg_desk_language ()), words);
}

/**
 * mdg_letter_check_secret:
 * @field: %MDG_LETTER_PASSWORD or %MDG_LETTER_CODE
 * @secret: as it was typed or pasted
 * @normal: (out) (transfer full) (optional): what is sent, erased when it is freed; NULL for BAD
 * @words: (out) (transfer full) (optional): what is wrong with it, translated; "" for OK. Never a
 *   character of it.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether it can be sent
 */
MdgOqsCheck
mdg_letter_check_secret (MdgLetterField field, GBytes *secret, GBytes **normal, char **words)
{
  g_return_val_if_fail (secret != NULL, MDG_OQS_CHECK_BAD);
  g_return_val_if_fail (field == MDG_LETTER_PASSWORD || field == MDG_LETTER_CODE,
                        MDG_OQS_CHECK_BAD);

  if (normal != NULL)
    *normal = NULL;
  if (words != NULL)
    *words = g_strdup ("");
  return field == MDG_LETTER_CODE ? check_code (secret, normal, words)
                                  : check_password (secret, normal, words);
}
