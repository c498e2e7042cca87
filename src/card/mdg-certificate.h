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
gboolean mdg_certificate_verify (MdgCertificate *self,
                                 const guint8 digest[32],
                                 GBytes *signature,
                                 GError **error);

G_END_DECLS
