/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-card-error.h"
#include "mdg-card.h"
#include "mdg-pin.h"

G_BEGIN_DECLS

/* How the files of the application are named: found out before any VERIFY, never after one. */
typedef enum
{
  MDG_JPKI_FORM_UNKNOWN,
  MDG_JPKI_FORM_SHORT_ID,
  MDG_JPKI_FORM_CLASSIC
} MdgJpkiForm;

/* A session with the JPKI application on one open card. Reader thread, inside a run. */
typedef struct _MdgJpki MdgJpki;

/* SELECT; @form: what an earlier run on the same insertion found out, or UNKNOWN */
MdgJpki *mdg_jpki_open (MdgCard *card, MdgJpkiForm form, GError **error);
MdgJpkiForm mdg_jpki_get_form (MdgJpki *self);
/* the user-authentication certificate, DER, exactly its length */
GBytes *mdg_jpki_read_certificate (MdgJpki *self, GError **error);
/* tries left of the user-authentication PIN: 1 to 15; -1 with an error, PIN_BLOCKED among them */
int mdg_jpki_get_tries_left (MdgJpki *self, GError **error);
#define MDG_JPKI_TRIES_NO_LIMIT 15 /* the card keeps none: no number to tell people */
/* sends VERIFY exactly once. Refuses with LAST_TRY at one try left unless @confirmed_last_try, and
 * when mdg_jpki_get_tries_left() was not asked in this session and answered. @pin is used up in any
 * case. */
gboolean mdg_jpki_verify (MdgJpki *self, MdgPin *pin, gboolean confirmed_last_try, GError **error);
/* RSASSA-PKCS1-v1_5 with SHA-256 over @digest; checked against @certificate before it is returned
 */
GBytes *mdg_jpki_sign (MdgJpki *self, const guint8 digest[32], GBytes *certificate, GError **error);
/* whether VERIFY was sent in this session: a run that failed may be started again only if not */
gboolean mdg_jpki_pin_was_sent (MdgJpki *self);
/* selects another application, so that the PIN's state is gone, and frees. Always call it. */
void mdg_jpki_close (MdgJpki *self);
/* frees without a word to the card: the next run goes on with the same insertion. Where a PIN was
 * sent it closes instead */
void mdg_jpki_suspend (MdgJpki *self);

G_END_DECLS
