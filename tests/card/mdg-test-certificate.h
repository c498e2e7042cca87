/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

/* Invented certificates and signatures, made in the process. */
typedef struct
{
  const char *organisation; /* of the issuer; NULL: none */
  const char *second;       /* another organisation in the same name */
  const char *not_before;   /* as in ASN.1: "20250401000000Z" */
  const char *not_after;
  gsize size; /* bytes of the whole, reached with an extension; 0: as it comes */
} MdgTestCertificate;

EVP_PKEY *mdg_test_key_rsa (void);   /* (transfer none): 2048 bits, made once */
EVP_PKEY *mdg_test_key_other (void); /* (transfer none): another RSA key, 2048 bits, made once */
EVP_PKEY *mdg_test_key_small (void); /* (transfer none): RSA, 1024 bits, made once */
EVP_PKEY *mdg_test_key_ec (void);    /* (transfer none): P-384, made once */
GBytes *mdg_test_certificate_new (const MdgTestCertificate *what, EVP_PKEY *key);
/* what a card makes of a DigestInfo: PKCS#1 v1.5 type 1 padding and the private key */
GBytes *mdg_test_sign_raw (EVP_PKEY *key, const guint8 *data, gsize length);

G_END_DECLS
