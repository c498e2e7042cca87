/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Invented certificates for the tests: every name in them is visibly made up, and the keys live as
 * long as the test program. */
#include "config.h"

#include "mdg-test-certificate.h"

#include <openssl/asn1.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

EVP_PKEY *
mdg_test_key_rsa (void)
{
  static EVP_PKEY *key = NULL;

  if (key == NULL)
    key = EVP_RSA_gen (2048);
  g_assert_nonnull (key);
  return key;
}

EVP_PKEY *
mdg_test_key_other (void)
{
  static EVP_PKEY *key = NULL;

  if (key == NULL)
    key = EVP_RSA_gen (2048);
  g_assert_nonnull (key);
  return key;
}

EVP_PKEY *
mdg_test_key_small (void)
{
  static EVP_PKEY *key = NULL;

  if (key == NULL)
    key = EVP_RSA_gen (1024);
  g_assert_nonnull (key);
  return key;
}

EVP_PKEY *
mdg_test_key_ec (void)
{
  static EVP_PKEY *key = NULL;

  if (key == NULL)
    key = EVP_EC_gen ("P-384");
  g_assert_nonnull (key);
  return key;
}

static void
add_name (X509_NAME *name, const char *field, const char *text)
{
  g_assert_cmpint (
      X509_NAME_add_entry_by_txt (name, field, MBSTRING_UTF8, (const guint8 *) text, -1, -1, 0), ==,
      1);
}

static void
add_filler (X509 *x509, gsize length)
{
  g_autofree guint8 *bytes = g_malloc0 (length + 1);
  ASN1_OBJECT *object = OBJ_txt2obj ("1.2.3.4.5", 1);
  ASN1_OCTET_STRING *string = ASN1_OCTET_STRING_new ();
  X509_EXTENSION *extension = NULL;

  ASN1_OCTET_STRING_set (string, bytes, (int) length);
  extension = X509_EXTENSION_create_by_OBJ (NULL, object, 0, string);
  g_assert_cmpint (X509_add_ext (x509, extension, -1), ==, 1);
  X509_EXTENSION_free (extension);
  ASN1_OCTET_STRING_free (string);
  ASN1_OBJECT_free (object);
}

static GBytes *
make (const MdgTestCertificate *what, EVP_PKEY *key, gsize filler)
{
  X509 *x509 = X509_new ();
  X509_NAME *issuer = X509_NAME_new ();
  X509_NAME *subject = X509_NAME_new ();
  guint8 *der = NULL;
  int size = 0;
  GBytes *bytes = NULL;

  X509_set_version (x509, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), 0x5a5a5a);
  ASN1_TIME_set_string_X509 (X509_getm_notBefore (x509),
                             what->not_before ? what->not_before : "20250401000000Z");
  ASN1_TIME_set_string_X509 (X509_getm_notAfter (x509),
                             what->not_after ? what->not_after : "20300217145959Z");
  add_name (issuer, "C", "JP");
  if (what->organisation != NULL)
    add_name (issuer, "O", what->organisation);
  if (what->second != NULL)
    add_name (issuer, "O", what->second);
  add_name (subject, "CN", "000000000TEST00000000A");
  X509_set_issuer_name (x509, issuer);
  X509_set_subject_name (x509, subject);
  X509_set_pubkey (x509, key);
  if (filler > 0)
    add_filler (x509, filler);
  g_assert_cmpint (X509_sign (x509, mdg_test_key_rsa (), EVP_sha256 ()), >, 0);
  size = i2d_X509 (x509, &der);
  g_assert_cmpint (size, >, 0);
  bytes = g_bytes_new (der, (gsize) size);
  OPENSSL_free (der);
  X509_NAME_free (issuer);
  X509_NAME_free (subject);
  X509_free (x509);
  return bytes;
}

GBytes *
mdg_test_certificate_new (const MdgTestCertificate *what, EVP_PKEY *key)
{
  GBytes *bytes = make (what, key, 0);
  gsize filler = 0;

  if (what->size == 0)
    return bytes;
  /* the headers of the extension grow with it: come near, then step */
  filler = what->size - g_bytes_get_size (bytes) - 40;
  while (g_bytes_get_size (bytes) != what->size)
    {
      g_assert_cmpuint (g_bytes_get_size (bytes), <, what->size);
      g_bytes_unref (bytes);
      bytes = make (what, key, filler++);
    }
  return bytes;
}

GBytes *
mdg_test_sign_raw (EVP_PKEY *key, const guint8 *data, gsize length)
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (key, NULL);
  guint8 signature[1024];
  gsize size = sizeof signature;

  g_assert_cmpint (EVP_PKEY_sign_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING), ==, 1);
  g_assert_cmpint (EVP_PKEY_sign (context, signature, &size, data, length), ==, 1);
  EVP_PKEY_CTX_free (context);
  return g_bytes_new (signature, size);
}
