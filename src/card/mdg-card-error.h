/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-card-profile.h"

G_BEGIN_DECLS

#define MDG_CARD_ERROR (mdg_card_error_quark ())
typedef enum
{
  MDG_CARD_ERROR_FAILED,       /* a status word nobody expected there */
  MDG_CARD_ERROR_UNKNOWN_CARD, /* no My Number Card: the JPKI application is not on it */
  MDG_CARD_ERROR_NOT_FOUND,    /* a My Number Card without the user-authentication certificate */
  MDG_CARD_ERROR_PIN_REQUIRED, /* a phone: the certificate is readable after the PIN only */
  MDG_CARD_ERROR_PIN_WRONG,    /* tries left travel with the error */
  MDG_CARD_ERROR_PIN_BLOCKED,
  MDG_CARD_ERROR_PIN_UNKNOWN, /* VERIFY was sent and its answer was lost: nobody knows the outcome
                               */
  MDG_CARD_ERROR_LAST_TRY,    /* one try left and not confirmed: nothing was sent */
  MDG_CARD_ERROR_SECURITY,    /* 6982 after the PIN: the card lost its state */
  MDG_CARD_ERROR_MALFORMED,   /* data that are no certificate, no TLV, no count */
  MDG_CARD_ERROR_SIGNATURE,   /* the signature does not fit the certificate: swapped or damaged */
  MDG_CARD_ERROR_TEST_CARD    /* a J-LIS test card where a real one is due */
} MdgCardError;
GQuark mdg_card_error_quark (void);

/* A GError of this domain with what the card said. @tries_left: -1 unknown; @sw: 0 none */
GError *mdg_card_error_new (MdgCardError code, int tries_left, guint sw, const char *format, ...)
    G_GNUC_PRINTF (4, 5);
GError *mdg_card_error_new_caused (MdgCardError code, const GError *cause, const char *message);
GError *mdg_card_error_new_unknown_card (MdgCardProfile profile);
int mdg_card_error_get_tries_left (const GError *error); /* -1 unknown */
guint mdg_card_error_get_sw (const GError *error);       /* 0 none */
/* whether @error is of @domain and @code or was caused by one: PIN_UNKNOWN by NO_CARD, GONE … */
gboolean mdg_card_error_caused_by (const GError *error, GQuark domain, int code);
MdgCardProfile mdg_card_error_get_profile (const GError *error); /* with UNKNOWN_CARD */

G_END_DECLS
