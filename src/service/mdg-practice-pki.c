/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service's own certification authority: made at first use, kept in ca.pem (for the
 * clients) and ca-key.pem (mode 0600), issues the certificate of the server, made anew at each
 * start, and those of the terminals. All keys are P-256, as service-protocol.md asks of terminals.
 */
#include "config.h"

#include "mdg-practice-pki.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#define DAY           G_GINT64_CONSTANT (86400)
#define CA_DAYS       7300
#define SERVER_DAYS   800
#define TERMINAL_DAYS 1095

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)

struct _MdgPracticePki
{
  char *ca_file;
  EVP_PKEY *key;
  X509 *certificate;
};

static gboolean
report_failure (GError **error, const char *what)
{
  ERR_clear_error ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s could not be made", what);
  return FALSE;
}

static char *
read_bio (BIO *bio)
{
  char *data = NULL;
  long n = BIO_get_mem_data (bio, &data);

  return g_strndup (data, (gsize) MAX (n, 0));
}

static gboolean
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX ctx;
  g_autoptr (X509_EXTENSION) extension = NULL;

  X509V3_set_ctx (&ctx, issuer, certificate, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &ctx, nid, value);
  return extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
}

static gboolean
add_name (X509_NAME *name, const char *field, const char *value)
{
  return X509_NAME_add_entry_by_txt (name, field, MBSTRING_UTF8, (const guint8 *) value, -1, -1,
                                     0) == 1;
}

static gboolean
set_serial (X509 *certificate, GError **error)
{
  guint8 bytes[16];
  BIGNUM *number;
  gboolean done;

  if (!mdg_practice_random (bytes, sizeof bytes, error))
    return FALSE;
  bytes[0] = (bytes[0] & 0x3f) | 0x40; /* positive, and always 16 bytes */
  number = BN_bin2bn (bytes, sizeof bytes, NULL);
  done = BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;
  BN_free (number);
  return done || report_failure (error, "a serial number");
}

/* a certificate with everything but its extensions and its signature */
static X509 *
begin_certificate (EVP_PKEY *key,
                   const char *common_name,
                   const char *organization,
                   X509 *issuer,
                   gint64 from,
                   gint64 to,
                   GError **error)
{
  g_autoptr (X509) certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);

  if (!set_serial (certificate, error))
    return NULL;
  if (X509_set_version (certificate, X509_VERSION_3) != 1 ||
      ASN1_TIME_set (X509_getm_notBefore (certificate), (time_t) from) == NULL ||
      ASN1_TIME_set (X509_getm_notAfter (certificate), (time_t) to) == NULL ||
      X509_set_pubkey (certificate, key) != 1 || !add_name (name, "C", "JP") ||
      !add_name (name, "O", organization) || !add_name (name, "CN", common_name) ||
      X509_set_issuer_name (certificate, issuer ? X509_get_subject_name (issuer) : name) != 1)
    {
      report_failure (error, "a certificate");
      return NULL;
    }
  return g_steal_pointer (&certificate);
}

static gboolean
make_ca (MdgPracticePki *self, const char *key_file, gint64 now, GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) ca = NULL;
  g_autoptr (BIO) key_bio = BIO_new (BIO_s_mem ());
  g_autoptr (BIO) ca_bio = BIO_new (BIO_s_mem ());
  g_autofree char *key_pem = NULL;
  g_autofree char *ca_pem = NULL;
  g_autofree char *mark = mdg_practice_random_text ("0123456789ABCDEF", 8, error);
  g_autofree char *name = NULL;
  gboolean written;

  if (mark == NULL)
    return FALSE;
  name = g_strdup_printf ("Madoguchi Practice CA %s (not real)", mark);
  if (key == NULL)
    return report_failure (error, "a key");
  ca = begin_certificate (key, name, "Madoguchi Practice", NULL, now - 2 * DAY, now + CA_DAYS * DAY,
                          error);
  if (ca == NULL)
    return FALSE;
  if (!add_extension (ca, ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension (ca, ca, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension (ca, ca, NID_subject_key_identifier, "hash") ||
      X509_sign (ca, key, EVP_sha256 ()) == 0 || PEM_write_bio_X509 (ca_bio, ca) != 1 ||
      PEM_write_bio_PKCS8PrivateKey (key_bio, key, NULL, NULL, 0, NULL, NULL) != 1)
    return report_failure (error, "the practice CA");
  key_pem = read_bio (key_bio);
  ca_pem = read_bio (ca_bio);
  /* The key first: a certificate without its key would stop every later start. */
  written = g_file_set_contents_full (key_file, key_pem, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                      error) &&
            g_file_set_contents_full (self->ca_file, ca_pem, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0644, error);
  OPENSSL_cleanse (key_pem, strlen (key_pem));
  return written;
}

static gboolean
load_ca (MdgPracticePki *self, const char *key_file, GError **error)
{
  g_autofree char *key_pem = NULL;
  g_autofree char *ca_pem = NULL;
  g_autoptr (BIO) key_bio = NULL;
  g_autoptr (BIO) ca_bio = NULL;

  if (!g_file_get_contents (key_file, &key_pem, NULL, error) ||
      !g_file_get_contents (self->ca_file, &ca_pem, NULL, error))
    return FALSE;
  key_bio = BIO_new_mem_buf (key_pem, -1);
  ca_bio = BIO_new_mem_buf (ca_pem, -1);
  self->key = PEM_read_bio_PrivateKey (key_bio, NULL, NULL, NULL);
  self->certificate = PEM_read_bio_X509 (ca_bio, NULL, NULL, NULL);
  OPENSSL_cleanse (key_pem, strlen (key_pem));
  ERR_clear_error ();
  if (self->key == NULL || self->certificate == NULL ||
      X509_check_private_key (self->certificate, self->key) != 1)
    {
      ERR_clear_error ();
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s and %s are not a CA and its key",
                   self->ca_file, key_file);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_p256 (EVP_PKEY *key)
{
  char group[32] = "";

  return key != NULL && EVP_PKEY_is_a (key, "EC") &&
         EVP_PKEY_get_utf8_string_param (key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group,
                                         NULL) == 1 &&
         (strcmp (group, "prime256v1") == 0 || strcmp (group, "P-256") == 0);
}

/**
 * mdg_practice_pki_open:
 * @state_dir: an existing folder
 * @now: Unix seconds
 * @error: return location
 *
 * Opens the CA kept in @state_dir, or makes one where there is none yet.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_DATA for files that do not belong together, or those of #GFileError.
 * Returns: (transfer full) (nullable): the CA
 */
MdgPracticePki *
mdg_practice_pki_open (const char *state_dir, gint64 now, GError **error)
{
  g_autoptr (MdgPracticePki) self = g_new0 (MdgPracticePki, 1);
  g_autofree char *key_file = g_build_filename (state_dir, "ca-key.pem", NULL);

  self->ca_file = g_build_filename (state_dir, "ca.pem", NULL);
  if (!g_file_test (self->ca_file, G_FILE_TEST_EXISTS) && !make_ca (self, key_file, now, error))
    return NULL;
  if (!load_ca (self, key_file, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_practice_pki_free:
 * @self: (nullable) (transfer full): the CA
 *
 * Frees it; the library erases the key.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_pki_free (MdgPracticePki *self)
{
  if (self == NULL)
    return;
  EVP_PKEY_free (self->key);
  X509_free (self->certificate);
  g_free (self->ca_file);
  g_free (self);
}

/**
 * mdg_practice_pki_get_ca_file:
 * @self: the CA
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer none): path of the PEM file that clients trust
 */
const char *
mdg_practice_pki_get_ca_file (MdgPracticePki *self)
{
  return self->ca_file;
}

/**
 * mdg_practice_pki_derive_key:
 * @self: the CA
 * @purpose: what the key is for
 * @key: (out caller-allocates): 32 bytes, to be erased by the caller
 *
 * A key that only the holder of the CA's key can make, another one for each purpose.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_pki_derive_key (MdgPracticePki *self,
                             const char *purpose,
                             guint8 key[MDG_PRACTICE_DIGEST_SIZE])
{
  guint8 *der = NULL;
  int n = i2d_PrivateKey (self->key, &der);
  guint8 digest[MDG_PRACTICE_DIGEST_SIZE];

  mdg_practice_sha256 (der, (gsize) MAX (n, 0), digest);
  mdg_practice_hmac (digest, purpose, strlen (purpose), key);
  OPENSSL_cleanse (digest, sizeof digest);
  OPENSSL_clear_free (der, (gsize) MAX (n, 0));
}

/**
 * mdg_practice_pki_make_server_certificate:
 * @self: the CA
 * @now: Unix seconds
 * @error: return location
 *
 * A new key and certificate for 127.0.0.1, ::1 and localhost. The key is never written anywhere.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_FAILED, #GTlsError.
 * Returns: (transfer full) (nullable): certificate with its private key
 */
GTlsCertificate *
mdg_practice_pki_make_server_certificate (MdgPracticePki *self, gint64 now, GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_EC_gen ("P-256");
  g_autoptr (X509) certificate = NULL;
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  g_autoptr (GTlsCertificate) result = NULL;
  g_autofree char *pem = NULL;

  if (key == NULL)
    {
      report_failure (error, "a key");
      return NULL;
    }
  certificate = begin_certificate (key, "localhost", "Madoguchi Practice", self->certificate,
                                   now - DAY, now + SERVER_DAYS * DAY, error);
  if (certificate == NULL)
    return NULL;
  if (!add_extension (certificate, self->certificate, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension (certificate, self->certificate, NID_key_usage, "critical,digitalSignature") ||
      !add_extension (certificate, self->certificate, NID_ext_key_usage, "serverAuth") ||
      !add_extension (certificate, self->certificate, NID_authority_key_identifier, "keyid") ||
      !add_extension (certificate, self->certificate, NID_subject_alt_name,
                      "DNS:localhost,IP:127.0.0.1,IP:::1") ||
      X509_sign (certificate, self->key, EVP_sha256 ()) == 0 ||
      PEM_write_bio_X509 (bio, certificate) != 1 ||
      PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL) != 1)
    {
      report_failure (error, "the server's certificate");
      return NULL;
    }
  pem = read_bio (bio);
  result = g_tls_certificate_new_from_pem (pem, -1, error);
  OPENSSL_cleanse (pem, strlen (pem));
  return g_steal_pointer (&result);
}

static MdgPracticeIssued *
finish_terminal (MdgPracticePki *self, X509 *certificate, gint64 not_after, GError **error)
{
  g_autoptr (MdgPracticeIssued) issued = g_new0 (MdgPracticeIssued, 1);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  guint8 *der = NULL;
  int n = 0;

  if (X509_sign (certificate, self->key, EVP_sha256 ()) != 0)
    n = i2d_X509 (certificate, &der);
  if (n <= 0 || PEM_write_bio_X509 (bio, certificate) != 1 ||
      PEM_write_bio_X509 (bio, self->certificate) != 1)
    {
      OPENSSL_free (der);
      report_failure (error, "the terminal's certificate");
      return NULL;
    }
  mdg_practice_sha256 (der, (gsize) n, issued->fingerprint);
  OPENSSL_free (der);
  issued->chain = read_bio (bio);
  issued->not_after = not_after;
  return g_steal_pointer (&issued);
}

/**
 * mdg_practice_pki_issue_terminal:
 * @self: the CA
 * @request_pem: a PKCS#10 request in PEM, with a P-256 key and signed with it
 * @terminal_id: becomes the common name, whatever the request says
 * @institution_code: 10 digits
 * @now: Unix seconds
 * @error: return location
 *
 * Issues a terminal's certificate. Nothing of the request but its key is taken over.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_DATA for a request that is not one, %G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable): what was issued
 */
MdgPracticeIssued *
mdg_practice_pki_issue_terminal (MdgPracticePki *self,
                                 const char *request_pem,
                                 const char *terminal_id,
                                 const char *institution_code,
                                 gint64 now,
                                 GError **error)
{
  g_autoptr (BIO) bio = BIO_new_mem_buf (request_pem, -1);
  g_autoptr (X509_REQ) request = PEM_read_bio_X509_REQ (bio, NULL, NULL, NULL);
  g_autoptr (X509) certificate = NULL;
  gint64 not_after = now + TERMINAL_DAYS * DAY;
  EVP_PKEY *key = request != NULL ? X509_REQ_get0_pubkey (request) : NULL;

  if (!is_p256 (key) || X509_REQ_verify (request, key) != 1)
    {
      ERR_clear_error ();
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "not a certificate request with a P-256 key of its own");
      return NULL;
    }
  certificate = begin_certificate (key, terminal_id, institution_code, self->certificate, now - DAY,
                                   not_after, error);
  if (certificate == NULL)
    return NULL;
  if (!add_extension (certificate, self->certificate, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension (certificate, self->certificate, NID_key_usage, "critical,digitalSignature") ||
      !add_extension (certificate, self->certificate, NID_ext_key_usage, "clientAuth") ||
      !add_extension (certificate, self->certificate, NID_authority_key_identifier, "keyid"))
    {
      report_failure (error, "the terminal's certificate");
      return NULL;
    }
  return finish_terminal (self, certificate, not_after, error);
}

/**
 * mdg_practice_issued_free:
 * @self: (nullable) (transfer full): what was issued
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_issued_free (MdgPracticeIssued *self)
{
  if (self == NULL)
    return;
  g_free (self->chain);
  g_free (self);
}
