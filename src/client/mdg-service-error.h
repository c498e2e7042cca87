/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What an eligibility source says instead of an answer. Where the service sent an ErrorCode it
 * travels with the error: mdg_service_error_get_code(). */
#define MDG_SERVICE_ERROR (mdg_service_error_quark ())
typedef enum
{
  MDG_SERVICE_ERROR_FAILED,
  MDG_SERVICE_ERROR_UNREACHABLE, /* no network, no name, refused, cut: nothing was answered */
  MDG_SERVICE_ERROR_TIMED_OUT,
  MDG_SERVICE_ERROR_TLS,         /* the service's certificate is not the pinned one's */
  MDG_SERVICE_ERROR_UNAVAILABLE, /* 5xx */
  MDG_SERVICE_ERROR_MAINTENANCE,
  MDG_SERVICE_ERROR_BAD_ANSWER, /* not JSON, too large, a field is missing, another person */
  MDG_SERVICE_ERROR_NOT_ACTIVATED,
  MDG_SERVICE_ERROR_TERMINAL, /* the terminal's certificate is revoked, expired or not accepted */
  MDG_SERVICE_ERROR_LOGIN,    /* MDG-AUTH-001 */
  MDG_SERVICE_ERROR_LOCKED,   /* MDG-AUTH-002, MDG-ACT-003 with RetryAfter */
  MDG_SERVICE_ERROR_NO_PASSWORD,      /* none kept and none given */
  MDG_SERVICE_ERROR_PASSWORD_FORM,    /* MDG-AUTH-003 */
  MDG_SERVICE_ERROR_ACTIVATION_FORM,  /* MDG-ACT-001 */
  MDG_SERVICE_ERROR_ACTIVATION_LOGIN, /* MDG-ACT-002 */
  MDG_SERVICE_ERROR_ACTIVATION_CODE,  /* MDG-ACT-003 */
  MDG_SERVICE_ERROR_TERMINAL_LIMIT,   /* MDG-ACT-004 */
  MDG_SERVICE_ERROR_TERMINAL_REVOKED, /* MDG-ACT-005 */
  MDG_SERVICE_ERROR_CARD_FORM,        /* MDG-CARD-001 */
  MDG_SERVICE_ERROR_CHALLENGE,        /* MDG-CARD-002 */
  MDG_SERVICE_ERROR_CARD_SIGNATURE,   /* MDG-CARD-003 */
  MDG_SERVICE_ERROR_CARD_TRUST,       /* MDG-CARD-004 */
  MDG_SERVICE_ERROR_CARD_EXPIRED,     /* MDG-CARD-005 */
  MDG_SERVICE_ERROR_VISUAL_REFUSED,   /* MDG-CARD-006 */
  MDG_SERVICE_ERROR_SEARCH_FORM,      /* MDG-SRCH-001 */
  MDG_SERVICE_ERROR_REFUSED,          /* another 4xx: its code is shown as it is */
  MDG_SERVICE_ERROR_CLOCK             /* this PC's clock is off by more than the challenge lives */
} MdgServiceError;
GQuark mdg_service_error_quark (void);

GError *mdg_service_error_new (MdgServiceError code,
                               const char *service_code,
                               const char *service_message,
                               guint retry_after,
                               const char *format,
                               ...) G_GNUC_PRINTF (5, 6);
const char *mdg_service_error_get_code (const GError *error); /* (nullable) "MDG-ACT-003" */
const char *
mdg_service_error_get_message (const GError *error); /* (nullable): the service's Japanese words */
guint mdg_service_error_get_retry_after (const GError *error); /* seconds; 0 none */

G_END_DECLS
