/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Certificates of tests, made at run time: a CA, a service, terminals. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TestCa TestCa;

typedef enum
{
  TEST_CERT_SERVER = 1 << 0,
  TEST_CERT_CLIENT = 1 << 1,
  TEST_CERT_EXPIRED = 1 << 2,
  TEST_CERT_FUTURE = 1 << 3
} TestCertFlags;

TestCa *test_ca_new (const char *name);
void test_ca_free (TestCa *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCa, test_ca_free)
const char *test_ca_get_pem (TestCa *self);
/* @san: as OpenSSL writes it, "IP:127.0.0.1,DNS:localhost"; certificate and key in one PEM */
char *test_ca_make_pair (TestCa *self, const char *san, TestCertFlags flags);
/* a certificate for the key of a signing request; NULL where that is not sound */
char *test_ca_sign_request (TestCa *self, const char *csr_pem, TestCertFlags flags);

/* a card: an RSA key and its certificate, DER; and its signature over a SHA-256 digest */
typedef struct _TestCard TestCard;
TestCard *test_card_new (TestCa *ca, const char *name);
void test_card_free (TestCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCard, test_card_free)
GBytes *test_card_get_certificate (TestCard *self); /* (transfer none) */
GBytes *test_card_sign (TestCard *self, const guint8 digest[32]);

G_END_DECLS
