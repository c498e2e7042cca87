/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The facts of a holder's certificate that may be shown. Never the serial number (reference 1.12).
 */
typedef struct _MdgCertificate MdgCertificate;

typedef enum
{
  MDG_CERTIFICATE_REAL,
  MDG_CERTIFICATE_TEST,    /* O=JPKI-TEST */
  MDG_CERTIFICATE_PRACTICE /* invented: any other issuer */
} MdgCertificateKind;

MdgCertificate *mdg_certificate_new (GBytes *der, GError **error);
void mdg_certificate_free (MdgCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgCertificate, mdg_certificate_free)
GDateTime *mdg_certificate_get_not_before (MdgCertificate *self); /* (transfer none), UTC */
GDateTime *mdg_certificate_get_not_after (MdgCertificate *self);  /* (transfer none), UTC */
MdgCertificateKind mdg_certificate_get_kind (MdgCertificate *self);
/* bytes of a signature with this key: the modulus; 0 with an error for a key that is not used here
 */
gsize mdg_certificate_get_signature_size (MdgCertificate *self, GError **error);
gboolean mdg_certificate_verify (MdgCertificate *self,
                                 const guint8 digest[32],
                                 GBytes *signature,
                                 GError **error);

/* For people, in Japan's calendar. Expiry never keeps a certificate from being sent: the service
 * decides. */
gboolean mdg_certificate_is_valid_at (MdgCertificate *self, GDateTime *now);
int mdg_certificate_get_days_left (MdgCertificate *self, GDateTime *now); /* below 0: expired */
/* the last second of the third month after the month of expiry, Japan's time; (transfer full) */
GDateTime *mdg_certificate_get_eligible_until (MdgCertificate *self);
gboolean mdg_certificate_is_eligible_at (MdgCertificate *self, GDateTime *now);
const char *mdg_certificate_kind_to_string (MdgCertificateKind kind); /* "real" … */

G_END_DECLS
