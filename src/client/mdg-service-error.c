/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors of an eligibility source. What the service itself said, its code, its words and when to
 * come again, travels inside the error. */
#include "config.h"

#include "mdg-service-error.h"

typedef struct
{
  char *code;
  char *message;
  guint retry_after;
} MdgServiceErrorPrivate;

static void
mdg_service_error_private_init (MdgServiceErrorPrivate *priv)
{
}

static void
mdg_service_error_private_copy (const MdgServiceErrorPrivate *source, MdgServiceErrorPrivate *copy)
{
  g_return_if_fail (source != NULL && copy != NULL);

  copy->code = g_strdup (source->code);
  copy->message = g_strdup (source->message);
  copy->retry_after = source->retry_after;
}

static void
mdg_service_error_private_clear (MdgServiceErrorPrivate *priv)
{
  g_return_if_fail (priv != NULL);

  g_free (priv->code);
  g_free (priv->message);
}

G_DEFINE_EXTENDED_ERROR (MdgServiceError, mdg_service_error)

static MdgServiceErrorPrivate *
get_private (const GError *error)
{
  if (error == NULL || error->domain != MDG_SERVICE_ERROR)
    return NULL;
  return mdg_service_error_get_private (error);
}

/**
 * mdg_service_error_new:
 * @code: what happened
 * @service_code: (nullable): the service's ErrorCode
 * @service_message: (nullable): the service's words, bounded and without control characters
 * @retry_after: seconds, 0 for none
 * @format: an English message for logs, without personal data
 * @...: its arguments
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the error
 */
GError *
mdg_service_error_new (MdgServiceError code,
                       const char *service_code,
                       const char *service_message,
                       guint retry_after,
                       const char *format,
                       ...)
{
  MdgServiceErrorPrivate *priv;
  GError *error;
  va_list args;

  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  error = g_error_new_valist (MDG_SERVICE_ERROR, (int) code, format, args);
  va_end (args);
  priv = get_private (error);
  g_return_val_if_fail (priv != NULL, error);
  priv->code = g_strdup (service_code);
  priv->message = g_strdup (service_message);
  priv->retry_after = retry_after;
  return error;
}

/**
 * mdg_service_error_get_code:
 * @error: (nullable): any error
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the service's ErrorCode, as "MDG-ACT-003"
 */
const char *
mdg_service_error_get_code (const GError *error)
{
  MdgServiceErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->code : NULL;
}

/**
 * mdg_service_error_get_message:
 * @error: (nullable): any error
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the service's Japanese words, for people
 */
const char *
mdg_service_error_get_message (const GError *error)
{
  MdgServiceErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->message : NULL;
}

/**
 * mdg_service_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: seconds after which a new try makes sense, 0 where the service said nothing
 */
guint
mdg_service_error_get_retry_after (const GError *error)
{
  MdgServiceErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->retry_after : 0;
}
