/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cards for the tests of the practice service. The block that a card signs is written here byte by
 * byte from service-protocol.md and RFC 8017, apart from the service's own.
 */
#include "config.h"

#include "practice-card.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include <string.h>

static EVP_PKEY *
make_rsa (guint bits, guint exponent)
{
  EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name (NULL, "RSA", NULL);
  BIGNUM *e = BN_new ();
  EVP_PKEY *key = NULL;

  BN_set_word (e, exponent);
  g_assert_cmpint (EVP_PKEY_keygen_init (ctx), ==, 1);
  EVP_PKEY_CTX_set_rsa_keygen_bits (ctx, (int) bits);
  EVP_PKEY_CTX_set1_rsa_keygen_pubexp (ctx, e);
  g_assert_cmpint (EVP_PKEY_generate (ctx, &key), ==, 1);
  BN_free (e);
  EVP_PKEY_CTX_free (ctx);
  return key;
}

static void
add_extension (X509 *certificate, int nid, const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

PracticeCard *
practice_card_new (const PracticeCardOptions *options, PracticeCard *issuer)
{
  static guint serial = 0x1000;
  PracticeCard *card = g_new0 (PracticeCard, 1);
  X509 *certificate = X509_new ();
  const char *usage = options->usage != NULL ? options->usage : "critical,digitalSignature";

  card->certificate = certificate;
  card->key = options->curve != NULL ? EVP_EC_gen (options->curve)
                                     : make_rsa (options->bits ? options->bits : 2048,
                                                 options->exponent ? options->exponent : 65537);
  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), (long) serial++);
  X509_gmtime_adj (X509_getm_notBefore (certificate),
                   (long) (options->from ? options->from : -86400));
  X509_gmtime_adj (X509_getm_notAfter (certificate),
                   (long) (options->to ? options->to : 365 * 86400));
  X509_set_pubkey (certificate, card->key);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (certificate), "C", MBSTRING_UTF8,
                              (const guint8 *) "JP", -1, -1, 0);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (certificate), "CN", MBSTRING_UTF8,
                              (const guint8 *) options->cn, -1, -1, 0);
  X509_set_issuer_name (certificate,
                        X509_get_subject_name (issuer != NULL ? issuer->certificate : certificate));
  add_extension (certificate, NID_basic_constraints,
                 options->ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (!options->no_usage)
    add_extension (certificate, NID_key_usage, usage);
  X509_sign (certificate, issuer != NULL ? issuer->key : card->key,
             options->hash != NULL ? options->hash : EVP_sha256 ());
  return card;
}

PracticeCard *
practice_card_ca (const char *name)
{
  PracticeCardOptions options = {
    .cn = name, .ca = TRUE, .usage = "critical,keyCertSign,cRLSign", .to = 3650 * 86400LL
  };

  return practice_card_new (&options, NULL);
}

void
practice_card_free (PracticeCard *card)
{
  EVP_PKEY_free (card->key);
  X509_free (card->certificate);
  g_free (card);
}

char *
practice_card_pem (PracticeCard *card)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data = NULL;
  char *pem;
  long n;

  PEM_write_bio_X509 (bio, card->certificate);
  n = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize) n);
  BIO_free (bio);
  return pem;
}

char *
practice_card_base64 (PracticeCard *card)
{
  guint8 *der = NULL;
  int n = i2d_X509 (card->certificate, &der);
  char *text = g_base64_encode (der, (gsize) n);

  OPENSSL_free (der);
  return text;
}

char *
practice_card_sign_raw (PracticeCard *card, const guint8 *block, gsize n)
{
  EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new (card->key, NULL);
  g_autofree guint8 *signature = g_malloc (n);
  gsize got = n;

  EVP_PKEY_sign_init (ctx);
  EVP_PKEY_CTX_set_rsa_padding (ctx, RSA_NO_PADDING);
  g_assert_cmpint (EVP_PKEY_sign (ctx, signature, &got, block, n), ==, 1);
  EVP_PKEY_CTX_free (ctx);
  return g_base64_encode (signature, got);
}

void
practice_card_block (PracticeCard *card,
                     const char *institution,
                     const char *challenge,
                     guint8 *block,
                     gsize n)
{
  static const guint8 info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autofree char *plain = g_strconcat (challenge, "=", NULL);
  g_autofree guint8 *nonce = NULL;
  guint8 *der = NULL;
  gsize n_nonce = 0;
  int n_der = i2d_X509 (card->certificate, &der);
  guint8 hash[32];

  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');
  nonce = g_base64_decode (plain, &n_nonce);
  g_assert_cmpuint (n_nonce, ==, 32);
  g_byte_array_append (text, (const guint8 *) "madoguchi-card-check-v1", 24);
  g_byte_array_append (text, (const guint8 *) institution, (guint) strlen (institution) + 1);
  g_byte_array_append (text, nonce, 32);
  SHA256 (der, (gsize) n_der, hash);
  g_byte_array_append (text, hash, 32);
  SHA256 (text->data, text->len, hash);
  OPENSSL_free (der);
  memset (block, 0xff, n);
  block[0] = 0x00;
  block[1] = 0x01;
  block[n - 52] = 0x00;
  for (gsize i = 0; i < sizeof info; i++)
    block[n - 51 + i] = info[i];
  for (gsize i = 0; i < 32; i++)
    block[n - 32 + i] = hash[i];
}

char *
practice_card_sign (PracticeCard *card, const char *institution, const char *challenge)
{
  gsize n = (gsize) EVP_PKEY_get_size (card->key);
  g_autofree guint8 *block = g_malloc (n);

  practice_card_block (card, institution, challenge, block, n);
  return practice_card_sign_raw (card, block, n);
}
