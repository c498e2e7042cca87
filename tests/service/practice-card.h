/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cards for the tests of the practice service: keys, certificates and signatures by OpenSSL. */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

typedef struct
{
  EVP_PKEY *key;
  X509 *certificate;
} PracticeCard;

typedef struct
{
  const char *cn;
  const char *usage; /* (nullable): no keyUsage; default critical,digitalSignature */
  gboolean no_usage;
  gboolean ca;
  guint bits;         /* default 2048 */
  guint exponent;     /* default 65537 */
  const char *curve;  /* (nullable): not RSA */
  const EVP_MD *hash; /* (nullable): SHA-256 */
  gint64 from;        /* seconds from now; default a day ago */
  gint64 to;          /* seconds from now; default a year */
} PracticeCardOptions;

PracticeCard *practice_card_new (const PracticeCardOptions *options, PracticeCard *issuer);
PracticeCard *practice_card_ca (const char *name);
void practice_card_free (PracticeCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeCard, practice_card_free)
char *practice_card_pem (PracticeCard *card);
char *practice_card_base64 (PracticeCard *card);
/* the block is encrypted as it is */
char *practice_card_sign_raw (PracticeCard *card, const guint8 *block, gsize n);
void practice_card_block (PracticeCard *card,
                          const char *institution,
                          const char *challenge,
                          guint8 *block,
                          gsize n);
char *practice_card_sign (PracticeCard *card, const char *institution, const char *challenge);

G_END_DECLS
