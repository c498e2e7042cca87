/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Certificates of tests, made at run time with OpenSSL. */
#include "config.h"

#include "test-pki.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#define DAY (24 * 60 * 60)

struct _TestCa
{
  EVP_PKEY *key;
  X509 *certificate;
  char *pem;
};

static void
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

static X509 *
make_certificate (const char *name, EVP_PKEY *key, TestCertFlags flags)
{
  X509 *certificate = X509_new ();
  long from = flags & TEST_CERT_EXPIRED ? -20 * DAY : flags & TEST_CERT_FUTURE ? 10 * DAY : -DAY;
  long to = flags & TEST_CERT_EXPIRED ? -10 * DAY : 365 * DAY;

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate), g_random_int ());
  X509_gmtime_adj (X509_getm_notBefore (certificate), from);
  X509_gmtime_adj (X509_getm_notAfter (certificate), to);
  X509_NAME_add_entry_by_txt (X509_get_subject_name (certificate), "CN", MBSTRING_UTF8,
                              (const unsigned char *) name, -1, -1, 0);
  X509_set_pubkey (certificate, key);
  return certificate;
}

static char *
write_pem (X509 *certificate, EVP_PKEY *key)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  long length;
  char *pem;

  PEM_write_bio_X509 (bio, certificate);
  if (key != NULL)
    PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  length = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize) length);
  BIO_free (bio);
  return pem;
}

TestCa *
test_ca_new (const char *name)
{
  TestCa *self = g_new0 (TestCa, 1);

  self->key = EVP_EC_gen ("P-256");
  self->certificate = make_certificate (name, self->key, 0);
  X509_set_issuer_name (self->certificate, X509_get_subject_name (self->certificate));
  add_extension (self->certificate, self->certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension (self->certificate, self->certificate, NID_key_usage,
                 "critical,keyCertSign,cRLSign");
  add_extension (self->certificate, self->certificate, NID_subject_key_identifier, "hash");
  X509_sign (self->certificate, self->key, EVP_sha256 ());
  self->pem = write_pem (self->certificate, NULL);
  return self;
}

void
test_ca_free (TestCa *self)
{
  if (self == NULL)
    return;
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self->pem);
  g_free (self);
}

const char *
test_ca_get_pem (TestCa *self)
{
  return self->pem;
}

struct _TestCard
{
  EVP_PKEY *key;
  GBytes *certificate;
};

static X509 *
issue_named (TestCa *self, const char *name, EVP_PKEY *key, const char *san, TestCertFlags flags)
{
  X509 *certificate = make_certificate (name, key, flags);

  X509_set_issuer_name (certificate, X509_get_subject_name (self->certificate));
  add_extension (certificate, self->certificate, NID_basic_constraints, "critical,CA:FALSE");
  add_extension (certificate, self->certificate, NID_key_usage, "critical,digitalSignature");
  add_extension (certificate, self->certificate, NID_authority_key_identifier, "keyid");
  if (flags & TEST_CERT_SERVER)
    add_extension (certificate, self->certificate, NID_ext_key_usage, "serverAuth");
  if (flags & TEST_CERT_CLIENT)
    add_extension (certificate, self->certificate, NID_ext_key_usage, "clientAuth");
  if (san != NULL)
    add_extension (certificate, self->certificate, NID_subject_alt_name, san);
  X509_sign (certificate, self->key, EVP_sha256 ());
  return certificate;
}

static X509 *
issue (TestCa *self, EVP_PKEY *key, const char *san, TestCertFlags flags)
{
  return issue_named (self, "架空端末", key, san, flags);
}

char *
test_ca_make_pair (TestCa *self, const char *san, TestCertFlags flags)
{
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = issue (self, key, san, flags);
  char *pem = write_pem (certificate, key);

  X509_free (certificate);
  EVP_PKEY_free (key);
  return pem;
}

char *
test_ca_sign_request (TestCa *self, const char *csr_pem, TestCertFlags flags)
{
  BIO *bio = BIO_new_mem_buf (csr_pem, -1);
  X509_REQ *request = PEM_read_bio_X509_REQ (bio, NULL, NULL, NULL);
  EVP_PKEY *key = request != NULL ? X509_REQ_get_pubkey (request) : NULL;
  g_autofree char *group = g_malloc0 (64);
  g_autofree char *leaf = NULL;
  X509 *certificate;
  char *chain = NULL;

  if (key != NULL && X509_REQ_verify (request, key) == 1 &&
      EVP_PKEY_get_group_name (key, group, 64, NULL) == 1 && g_str_equal (group, "prime256v1"))
    {
      certificate = issue (self, key, NULL, flags);
      leaf = write_pem (certificate, NULL);
      chain = g_strconcat (leaf, self->pem, NULL);
      X509_free (certificate);
    }
  EVP_PKEY_free (key);
  X509_REQ_free (request);
  BIO_free (bio);
  return chain;
}

static EVP_PKEY *card_key;

TestCard *
test_card_new (TestCa *ca, const char *name)
{
  TestCard *self = g_new0 (TestCard, 1);
  unsigned char *der = NULL;
  X509 *certificate;
  int length;

  /* one key for all cards of a test: making it is what takes time */
  if (card_key == NULL)
    card_key = EVP_RSA_gen (2048);
  EVP_PKEY_up_ref (card_key);
  self->key = card_key;
  certificate = issue_named (ca, name, self->key, NULL, 0);
  length = i2d_X509 (certificate, &der);
  self->certificate = g_bytes_new (der, (gsize) length);
  OPENSSL_free (der);
  X509_free (certificate);
  return self;
}

void
test_card_free (TestCard *self)
{
  if (self == NULL)
    return;
  EVP_PKEY_free (self->key);
  g_bytes_unref (self->certificate);
  g_free (self);
}

GBytes *
test_card_get_certificate (TestCard *self)
{
  return self->certificate;
}

GBytes *
test_card_sign (TestCard *self, const guint8 digest[32])
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (self->key, NULL);
  guint8 signature[256];
  size_t length = sizeof signature;

  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_signature_md (context, EVP_sha256 ()), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, signature, &length, digest, 32), ==, 1);
  EVP_PKEY_CTX_free (context);
  return g_bytes_new (signature, length);
}
