/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal's key: P-256, made here, kept as PKCS#8 PEM in memory that is erased. The service
 * gets a certificate signing request (RFC 2986) and never the key; the certificate that comes back
 * is looked at before anything is kept. */
#include "config.h"

#include "mdg-terminal-key.h"

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "mdg-secret-store.h"
#include "mdg-service-error.h"

#define MAX_CHAIN        (64 * 1024)
#define MAX_CERTIFICATES 8
#define MAX_YEARS        30
/* a PC's clock may be a little behind the service that has just signed */
#define CLOCK_MARGIN (24 * 60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)

/* OpenSSL's own words are for its developers; its queue must not reach the next caller. */
static gboolean
fail (GError **error, MdgServiceError code, const char *message)
{
  ERR_clear_error ();
  g_set_error_literal (error, MDG_SERVICE_ERROR, (int) code, message);
  return FALSE;
}

static EVP_PKEY *
read_key (GBytes *key)
{
  gsize length;
  const char *data = g_bytes_get_data (key, &length);
  g_autoptr (BIO) bio = length <= MAX_CHAIN ? BIO_new_mem_buf (data, (int) length) : NULL;

  /* without a password callback OpenSSL would ask for one on the terminal */
  return bio != NULL ? PEM_read_bio_PrivateKey (bio, NULL, NULL, (void *) "") : NULL;
}

/* The first certificate of a chain that holds nothing but certificates. */
static X509 *
read_first (const char *chain_pem)
{
  gsize length = strlen (chain_pem);
  g_autoptr (BIO) bio = length <= MAX_CHAIN ? BIO_new_mem_buf (chain_pem, (int) length) : NULL;
  g_autoptr (X509) first = NULL;
  guint n = 0;

  if (bio == NULL || strstr (chain_pem, "PRIVATE KEY") != NULL)
    return NULL;
  for (;;)
    {
      g_autoptr (X509) next = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

      if (next == NULL)
        break;
      if (++n > MAX_CERTIFICATES)
        return NULL;
      if (first == NULL)
        first = g_steal_pointer (&next);
    }
  ERR_clear_error ();
  return g_steal_pointer (&first);
}

static gint64
to_unix (const ASN1_TIME *time)
{
  struct tm parts = { 0 };
  g_autoptr (GDateTime) date = NULL;

  if (ASN1_TIME_to_tm (time, &parts) != 1)
    return -1;
  date = g_date_time_new_utc (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                              parts.tm_min, parts.tm_sec);
  return date != NULL ? g_date_time_to_unix (date) : -1;
}

static void
erase_array (GByteArray *array)
{
  OPENSSL_cleanse (array->data, array->len);
  g_byte_array_unref (array);
}

/* From DER: GIO would leave copies of a PEM key behind. */
static GTlsCertificate *
make_tls (X509 *certificate, EVP_PKEY *key, const char *chain_pem)
{
  const char *rest = strstr (chain_pem, "-----END CERTIFICATE-----");
  g_autoptr (GTlsCertificate) issuer = NULL;
  g_autoptr (GByteArray) shown = NULL;
  PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8 (key);
  unsigned char *certificate_der = NULL;
  unsigned char *key_der = NULL;
  int certificate_length = i2d_X509 (certificate, &certificate_der);
  int key_length = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO (info, &key_der) : 0;
  GTlsCertificate *tls = NULL;
  GByteArray *hidden;

  if (rest != NULL && strstr (rest, "-----BEGIN CERTIFICATE-----") != NULL)
    issuer =
        g_tls_certificate_new_from_pem (strstr (rest, "-----BEGIN CERTIFICATE-----"), -1, NULL);
  if (certificate_length > 0 && key_length > 0)
    {
      shown = g_byte_array_new_take (g_memdup2 (certificate_der, (gsize) certificate_length),
                                     (gsize) certificate_length);
      hidden = g_byte_array_new_take (g_memdup2 (key_der, (gsize) key_length), (gsize) key_length);
      tls = g_initable_new (g_tls_backend_get_certificate_type (g_tls_backend_get_default ()), NULL,
                            NULL, "issuer", issuer, "certificate", shown, "private-key", hidden,
                            NULL);
      erase_array (hidden);
    }
  OPENSSL_free (certificate_der);
  OPENSSL_clear_free (key_der, (size_t) MAX (key_length, 0));
  PKCS8_PRIV_KEY_INFO_free (info);
  return tls;
}

/**
 * mdg_terminal_key_new:
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_FAILED.
 *
 * Returns: (transfer full) (nullable): a new P-256 key as PKCS#8 PEM, erased when freed
 */
GBytes *
mdg_terminal_key_new (GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (BIO) bio = BIO_new (BIO_s_secmem ());
  GBytes *bytes;
  char *data;
  long length;

  if (key == NULL || bio == NULL ||
      PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL) != 1)
    {
      fail (error, MDG_SERVICE_ERROR_FAILED, "a key could not be made");
      return NULL;
    }
  length = BIO_get_mem_data (bio, &data);
  bytes = mdg_secret_bytes_new (data, (gsize) length);
  /* secmem is ordinary memory where there is no secure heap */
  OPENSSL_cleanse (data, (gsize) length);
  return bytes;
}

/**
 * mdg_terminal_key_make_request:
 * @key: PKCS#8 PEM
 * @name: what the terminal is called, for the request's common name
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_FAILED.
 *
 * Returns: (transfer full) (nullable): a PKCS#10 request in PEM, signed with SHA-256
 */
char *
mdg_terminal_key_make_request (GBytes *key, const char *name, GError **error)
{
  g_autoptr (EVP_PKEY) pkey = read_key (key);
  g_autoptr (X509_REQ) request = X509_REQ_new ();
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  /* ub-common-name is 64 characters (RFC 5280 A.1) */
  g_autofree char *common_name = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 64));
  X509_NAME *subject = X509_REQ_get_subject_name (request);
  char *data;
  long length;

  if (pkey == NULL || X509_REQ_set_version (request, X509_REQ_VERSION_1) != 1 ||
      X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const unsigned char *) common_name,
                                  -1, -1, 0) != 1 ||
      X509_REQ_set_pubkey (request, pkey) != 1 ||
      X509_REQ_sign (request, pkey, EVP_sha256 ()) <= 0 ||
      PEM_write_bio_X509_REQ (bio, request) != 1)
    {
      fail (error, MDG_SERVICE_ERROR_FAILED, "a certificate signing request could not be made");
      return NULL;
    }
  length = BIO_get_mem_data (bio, &data);
  return g_strndup (data, (gsize) length);
}

/**
 * mdg_terminal_key_check_certificate:
 * @key: PKCS#8 PEM
 * @chain_pem: what the service sent
 * @now: the time
 * @not_after: (out) (transfer full) (optional): the end of the certificate
 * @error: return location
 *
 * Whether the first certificate is for @key and its dates make sense.
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_BAD_ANSWER.
 *
 * Returns: whether it can be kept
 */
gboolean
mdg_terminal_key_check_certificate (GBytes *key,
                                    const char *chain_pem,
                                    GDateTime *now,
                                    GDateTime **not_after,
                                    GError **error)
{
  g_autoptr (EVP_PKEY) pkey = read_key (key);
  g_autoptr (X509) certificate = read_first (chain_pem);
  gint64 time = g_date_time_to_unix (now);
  gint64 from, to;

  if (pkey == NULL || certificate == NULL)
    return fail (error, MDG_SERVICE_ERROR_BAD_ANSWER, "the terminal's certificate cannot be read");
  if (X509_check_private_key (certificate, pkey) != 1)
    return fail (error, MDG_SERVICE_ERROR_BAD_ANSWER,
                 "the terminal's certificate is for another key");
  from = to_unix (X509_get0_notBefore (certificate));
  to = to_unix (X509_get0_notAfter (certificate));
  if (from < 0 || to <= from || to <= time || from > time + CLOCK_MARGIN ||
      to > time + MAX_YEARS * G_GINT64_CONSTANT (366 * 24 * 60 * 60))
    return fail (error, MDG_SERVICE_ERROR_BAD_ANSWER,
                 "the dates of the terminal's certificate make no sense on this PC");
  if (not_after != NULL)
    *not_after = g_date_time_new_from_unix_utc (to);
  return TRUE;
}

/**
 * mdg_terminal_key_fingerprint:
 * @chain_pem: certificates
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): 16 hexadecimal digits of the SHA-256 of the first one's
 *   SubjectPublicKeyInfo
 */
char *
mdg_terminal_key_fingerprint (const char *chain_pem)
{
  g_autoptr (X509) certificate = read_first (chain_pem);
  g_autofree char *hex = NULL;
  unsigned char *der = NULL;
  int length;

  if (certificate == NULL)
    return NULL;
  length = i2d_X509_PUBKEY (X509_get_X509_PUBKEY (certificate), &der);
  if (length <= 0)
    return NULL;
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) length);
  OPENSSL_free (der);
  return g_strndup (hex, 16);
}

/**
 * mdg_terminal_key_to_tls:
 * @key: PKCS#8 PEM
 * @chain_pem: its certificate and the issuers'
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_TERMINAL where the two cannot be used.
 *
 * Returns: (transfer full) (nullable): what a TLS connection shows
 */
GTlsCertificate *
mdg_terminal_key_to_tls (GBytes *key, const char *chain_pem, GError **error)
{
  g_autoptr (EVP_PKEY) pkey = read_key (key);
  g_autoptr (X509) certificate = read_first (chain_pem);
  GTlsCertificate *tls = NULL;

  if (pkey == NULL || certificate == NULL || X509_check_private_key (certificate, pkey) != 1)
    {
      fail (error, MDG_SERVICE_ERROR_TERMINAL, "the terminal's key and certificate do not fit");
      return NULL;
    }
  tls = make_tls (certificate, pkey, chain_pem);
  if (tls == NULL)
    fail (error, MDG_SERVICE_ERROR_TERMINAL, "the terminal's key and certificate cannot be used");
  return tls;
}
