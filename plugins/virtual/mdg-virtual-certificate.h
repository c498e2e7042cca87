/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_VIRTUAL_USE_AUTH,
  MDG_VIRTUAL_USE_SIGN
} MdgVirtualUse;

EVP_PKEY *mdg_virtual_certificate_make_key (GError **error); /* (transfer full) */
X509 *mdg_virtual_certificate_make_ca (MdgVirtualUse use, EVP_PKEY *key, GError **error);
X509 *mdg_virtual_certificate_make_leaf (MdgVirtualUse use,
                                         const char *cn,
                                         gboolean expired,
                                         EVP_PKEY *key,
                                         X509 *ca,
                                         EVP_PKEY *ca_key,
                                         GError **error);
gboolean mdg_virtual_certificate_set_openssl_error (GError **error, const char *what);

G_END_DECLS
