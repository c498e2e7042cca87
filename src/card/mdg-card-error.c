/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The errors of the card layer. What the card said travels with the error, so that no caller has to
 * take a message apart: tries left, status word, and for a lost answer why it was lost. Messages
 * are English, for logs, and say nothing about the holder. */
#include "config.h"

#include "mdg-card-error.h"

typedef struct
{
  int tries_left;
  guint sw;
  GQuark cause_domain;
  int cause_code;
  MdgCardProfile profile;
} MdgCardErrorPrivate;

static void
mdg_card_error_private_init (MdgCardErrorPrivate *priv)
{
  g_assert (priv != NULL);
  priv->tries_left = -1;
}

static void
mdg_card_error_private_copy (const MdgCardErrorPrivate *source, MdgCardErrorPrivate *target)
{
  g_assert (source != NULL && target != NULL);
  *target = *source;
}

static void
mdg_card_error_private_clear (MdgCardErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (MdgCardError, mdg_card_error)

static MdgCardErrorPrivate *
get_own (GError *error)
{
  MdgCardErrorPrivate *priv = mdg_card_error_get_private (error);

  g_assert (priv != NULL);
  return priv;
}

static const MdgCardErrorPrivate *
find_private (const GError *error)
{
  if (error == NULL || error->domain != MDG_CARD_ERROR)
    return NULL;
  return mdg_card_error_get_private (error);
}

/**
 * mdg_card_error_new:
 * @code: what happened
 * @tries_left: tries of the PIN that are left, or -1 when that is not known
 * @sw: the status word that the card answered, or 0
 * @format: message for logs, without personal data
 *
 * Thread: any. Errors: none.
 *
 * Returns: (transfer full): the error
 */
GError *
mdg_card_error_new (MdgCardError code, int tries_left, guint sw, const char *format, ...)
{
  GError *error = NULL;
  MdgCardErrorPrivate *priv = NULL;
  va_list args;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  error = g_error_new_valist (MDG_CARD_ERROR, code, format, args);
  va_end (args);
  priv = get_own (error);
  priv->tries_left = tries_left;
  priv->sw = sw;
  return error;
}

/**
 * mdg_card_error_new_caused:
 * @code: what happened
 * @cause: the error behind it
 * @message: message for logs; the cause's own follows it
 *
 * For %MDG_CARD_ERROR_PIN_UNKNOWN: people are told both that the outcome is not known and that the
 * card was taken away, if it was.
 *
 * Thread: any. Errors: none.
 *
 * Returns: (transfer full): the error
 */
GError *
mdg_card_error_new_caused (MdgCardError code, const GError *cause, const char *message)
{
  GError *error = NULL;
  MdgCardErrorPrivate *priv = NULL;

  g_return_val_if_fail (cause != NULL && message != NULL, NULL);

  error = mdg_card_error_new (code, -1, 0, "%s: %s", message, cause->message);
  priv = get_own (error);
  priv->cause_domain = cause->domain;
  priv->cause_code = cause->code;
  return error;
}

/**
 * mdg_card_error_new_unknown_card:
 * @profile: what card it looks like
 *
 * Thread: any. Errors: none.
 *
 * Returns: (transfer full): %MDG_CARD_ERROR_UNKNOWN_CARD with that profile
 */
GError *
mdg_card_error_new_unknown_card (MdgCardProfile profile)
{
  GError *error = mdg_card_error_new (MDG_CARD_ERROR_UNKNOWN_CARD, -1, 0x6a82,
                                      "the JPKI application is not on this card (%s)",
                                      mdg_card_profile_to_string (profile));
  MdgCardErrorPrivate *priv = get_own (error);

  priv->profile = profile;
  return error;
}

/**
 * mdg_card_error_get_tries_left:
 * @error: (nullable): any error
 *
 * Thread: any. Errors: none.
 *
 * Returns: tries of the PIN that are left, or -1 where the error does not tell
 */
int
mdg_card_error_get_tries_left (const GError *error)
{
  const MdgCardErrorPrivate *priv = find_private (error);

  return priv != NULL ? priv->tries_left : -1;
}

/**
 * mdg_card_error_get_sw:
 * @error: (nullable): any error
 *
 * Thread: any. Errors: none.
 *
 * Returns: the card's status word, or 0 where there was none
 */
guint
mdg_card_error_get_sw (const GError *error)
{
  const MdgCardErrorPrivate *priv = find_private (error);

  return priv != NULL ? priv->sw : 0;
}

/**
 * mdg_card_error_caused_by:
 * @error: (nullable): any error
 * @domain: an error domain
 * @code: a code of it
 *
 * Whether @error is, or was caused by, an error of that domain and code: "was the card removed"
 * has one answer for a plain reader error and for a PIN whose outcome is not known.
 *
 * Thread: any. Errors: none.
 *
 * Returns: %TRUE if so
 */
gboolean
mdg_card_error_caused_by (const GError *error, GQuark domain, int code)
{
  const MdgCardErrorPrivate *priv = find_private (error);

  if (g_error_matches (error, domain, code))
    return TRUE;
  return priv != NULL && priv->cause_domain == domain && priv->cause_code == code;
}

/**
 * mdg_card_error_get_profile:
 * @error: (nullable): any error
 *
 * Thread: any. Errors: none.
 *
 * Returns: with %MDG_CARD_ERROR_UNKNOWN_CARD what card it looks like, else
 *   %MDG_CARD_PROFILE_UNKNOWN
 */
MdgCardProfile
mdg_card_error_get_profile (const GError *error)
{
  const MdgCardErrorPrivate *priv = find_private (error);

  return priv != NULL ? priv->profile : MDG_CARD_PROFILE_UNKNOWN;
}
