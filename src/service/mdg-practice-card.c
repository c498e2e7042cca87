/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a card's certificate and signature prove its holder (service-protocol.md,
 * "CardHolderConfirmation"). The order is: form and trust of the certificate, then the signature,
 * then the time: that a certificate has expired is told only to who proved to hold the card. The
 * PKCS#1 v1.5 block is rebuilt and compared in full (RFC 8017 8.2.2), nothing of it is parsed.
 */
#include "config.h"

#include "mdg-practice-card.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <string.h>

#define MAX_FILE        (256 * 1024)
#define MIN_BITS        2048
#define MAX_BITS        4096
#define PUBLIC_EXPONENT 65537
#define PURPOSE         "madoguchi-card-check-v1"
#define MAX_CN          128

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)

struct _MdgPracticeTrust
{
  X509_STORE *store;
  GPtrArray *files;
};

/* DigestInfo of SHA-256 without the hash (RFC 8017 9.2, note 1) */
static const guint8 DIGEST_INFO[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                      0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

static X509 *
parse_certificate (GBytes *der)
{
  gsize n = 0;
  const guint8 *data = g_bytes_get_data (der, &n);
  const guint8 *end = data;
  g_autoptr (X509) certificate = d2i_X509 (NULL, &end, (long) n);

  /* Bytes after the end would change the fingerprint and mean nothing. */
  if (certificate == NULL || end != data + n)
    {
      ERR_clear_error ();
      return NULL;
    }
  return g_steal_pointer (&certificate);
}

static char *
get_common_name (X509 *certificate)
{
  X509_NAME *name = X509_get_subject_name (certificate);
  int at = X509_NAME_get_index_by_NID (name, NID_commonName, -1);
  guint8 *utf8 = NULL;
  int n;
  char *cn = NULL;

  /* one and only one */
  if (at < 0 || X509_NAME_get_index_by_NID (name, NID_commonName, at) >= 0)
    return NULL;
  n = ASN1_STRING_to_UTF8 (&utf8, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at)));
  if (n > 0 && n <= MAX_CN && memchr (utf8, 0, (gsize) n) == NULL &&
      g_utf8_validate ((char *) utf8, n, NULL))
    cn = g_strndup ((char *) utf8, (gsize) n);
  OPENSSL_free (utf8);
  return cn;
}

static gboolean
has_good_key (X509 *certificate)
{
  EVP_PKEY *key = X509_get0_pubkey (certificate);
  BIGNUM *exponent = NULL;
  gboolean good;

  if (key == NULL || !EVP_PKEY_is_a (key, "RSA") || EVP_PKEY_get_bits (key) < MIN_BITS ||
      EVP_PKEY_get_bits (key) > MAX_BITS)
    return FALSE;
  good = EVP_PKEY_get_bn_param (key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 &&
         BN_is_word (exponent, PUBLIC_EXPONENT);
  BN_free (exponent);
  return good;
}

/* a certificate for proving the holder: not a CA's, not the one for signing documents */
static gboolean
has_good_usage (X509 *certificate)
{
  guint32 flags = X509_get_extension_flags (certificate);
  guint32 usage = X509_get_key_usage (certificate);

  if (flags & (EXFLAG_INVALID | EXFLAG_CA) || !(flags & EXFLAG_KUSAGE))
    return FALSE;
  return usage & KU_DIGITAL_SIGNATURE && !(usage & (KU_KEY_CERT_SIGN | KU_NON_REPUDIATION)) &&
         X509_check_ca (certificate) == 0;
}

static gboolean
has_trusted_chain (MdgPracticeTrust *self, X509 *certificate, gint64 now)
{
  g_autoptr (X509_STORE_CTX) ctx = X509_STORE_CTX_new ();
  X509_VERIFY_PARAM *param;
  STACK_OF (X509) * chain;
  time_t at = (time_t) now;
  gboolean good;

  if (ctx == NULL || X509_STORE_CTX_init (ctx, self->store, certificate, NULL) != 1)
    return FALSE;
  param = X509_STORE_CTX_get0_param (ctx);
  X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_auth_level (param, 2); /* no SHA-1, no short keys */
  good = X509_verify_cert (ctx) == 1;
  chain = X509_STORE_CTX_get0_chain (ctx);
  good = good && sk_X509_num (chain) >= 2; /* itself in the store is no chain */
  for (int i = 1; good && i < sk_X509_num (chain); i++)
    good = X509_cmp_time (X509_get0_notAfter (sk_X509_value (chain, i)), &at) > 0 &&
           X509_cmp_time (X509_get0_notBefore (sk_X509_value (chain, i)), &at) < 0;
  ERR_clear_error ();
  return good;
}

static gboolean
has_good_signature (X509 *certificate, GBytes *signature, const guint8 *digest)
{
  EVP_PKEY *key = X509_get0_pubkey (certificate);
  g_autoptr (EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new (key, NULL);
  gsize n = (gsize) EVP_PKEY_get_size (key);
  gsize got = n;
  gsize head = n - MDG_PRACTICE_DIGEST_SIZE - sizeof DIGEST_INFO;
  g_autofree guint8 *block = g_malloc0 (n);
  g_autofree guint8 *wanted = g_malloc (n);
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (signature, &length);

  for (gsize i = 0; i < n; i++)
    {
      if (i >= n - MDG_PRACTICE_DIGEST_SIZE)
        wanted[i] = digest[i - (n - MDG_PRACTICE_DIGEST_SIZE)];
      else if (i >= head)
        wanted[i] = DIGEST_INFO[i - head];
      else
        wanted[i] = i == 0 || i == head - 1 ? 0x00 : i == 1 ? 0x01 : 0xff;
    }
  if (length != n || ctx == NULL || EVP_PKEY_verify_recover_init (ctx) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding (ctx, RSA_NO_PADDING) != 1 ||
      EVP_PKEY_verify_recover (ctx, block, &got, data, length) != 1 || got != n)
    {
      ERR_clear_error ();
      return FALSE;
    }
  return mdg_practice_equal (block, wanted, n);
}

/* The end of the third month after the month of the end (reference/domain.md 1.5). */
static gboolean
is_in_grace (X509 *certificate, gint64 now)
{
  struct tm end = { 0 };
  g_autoptr (GDateTime) month = NULL;
  g_autoptr (GDateTime) last = NULL;

  if (ASN1_TIME_to_tm (X509_get0_notAfter (certificate), &end) != 1)
    return FALSE;
  month = g_date_time_new_utc (end.tm_year + 1900, end.tm_mon + 1, 1, 0, 0, 0);
  last = month != NULL ? g_date_time_add_months (month, 4) : NULL;
  return last != NULL && now < g_date_time_to_unix (last);
}

static gboolean
is_valid_now (X509 *certificate, gint64 now, gboolean grace)
{
  time_t at = (time_t) now;

  if (X509_cmp_time (X509_get0_notBefore (certificate), &at) >= 0)
    return FALSE;
  return X509_cmp_time (X509_get0_notAfter (certificate), &at) > 0 ||
         (grace && is_in_grace (certificate, now));
}

/**
 * mdg_practice_trust_new:
 *
 * Thread: any; then one at a time.
 * Errors: none.
 * Returns: (transfer full): trusts nobody yet
 */
MdgPracticeTrust *
mdg_practice_trust_new (void)
{
  MdgPracticeTrust *self = g_new0 (MdgPracticeTrust, 1);

  self->store = X509_STORE_new ();
  self->files = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * mdg_practice_trust_free:
 * @self: (nullable) (transfer full): the trust
 *
 * Thread: any, when nobody uses it.
 * Errors: none.
 */
void
mdg_practice_trust_free (MdgPracticeTrust *self)
{
  if (self == NULL)
    return;
  X509_STORE_free (self->store);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * mdg_practice_trust_add_file:
 * @self: the trust
 * @file: certificates of CAs in PEM, at most 256 KiB
 * @error: return location
 *
 * Trusts the CAs in @file for cards.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_INVALID_DATA, #GFileError.
 * Returns: whether there was at least one, and all were CAs
 */
gboolean
mdg_practice_trust_add_file (MdgPracticeTrust *self, const char *file, GError **error)
{
  g_autofree char *pem = NULL;
  gsize n = 0;
  guint added = 0;
  g_autoptr (BIO) bio = NULL;

  if (!g_file_get_contents (file, &pem, &n, error))
    return FALSE;
  bio = BIO_new_mem_buf (pem, (int) MIN (n, MAX_FILE));
  while (TRUE)
    {
      g_autoptr (X509) ca = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

      if (ca == NULL)
        break;
      if (X509_check_ca (ca) == 0 || X509_STORE_add_cert (self->store, ca) != 1)
        {
          added = 0;
          break;
        }
      added++;
    }
  ERR_clear_error ();
  if (added == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: no certificate of a CA", file);
      return FALSE;
    }
  g_ptr_array_add (self->files, g_strdup (file));
  return TRUE;
}

/**
 * mdg_practice_trust_get_files:
 * @self: the trust
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer none) (element-type filename): the files that were added
 */
const GPtrArray *
mdg_practice_trust_get_files (MdgPracticeTrust *self)
{
  return self->files;
}

/**
 * mdg_practice_trust_check_card:
 * @self: the trust
 * @proof: what was sent
 * @cn: (out) (transfer full) (nullable): the card's common name, where the verdict is
 *   %MDG_PRACTICE_CARD_OK
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: what is to be thought of it
 */
MdgPracticeCardVerdict
mdg_practice_trust_check_card (MdgPracticeTrust *self, const MdgPracticeCardProof *proof, char **cn)
{
  g_autoptr (X509) certificate = parse_certificate (proof->certificate);
  g_autofree char *name = NULL;

  *cn = NULL;
  if (certificate == NULL)
    return MDG_PRACTICE_CARD_MALFORMED;
  name = get_common_name (certificate);
  if (name == NULL || !has_good_key (certificate) || !has_good_usage (certificate) ||
      !has_trusted_chain (self, certificate, proof->now))
    return MDG_PRACTICE_CARD_UNTRUSTED;
  if (proof->signature != NULL &&
      !has_good_signature (certificate, proof->signature, proof->digest))
    return MDG_PRACTICE_CARD_BAD_SIGNATURE;
  if (!is_valid_now (certificate, proof->now, proof->grace))
    return MDG_PRACTICE_CARD_EXPIRED;
  *cn = g_steal_pointer (&name);
  return MDG_PRACTICE_CARD_OK;
}

/**
 * mdg_practice_card_digest:
 * @institution_code: 10 digits
 * @challenge: 32 bytes
 * @certificate: DER
 * @digest: (out caller-allocates): 32 bytes
 *
 * What the card signs: purpose, facility, challenge and certificate in one hash
 * (service-protocol.md, "CardHolderConfirmation").
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_card_digest (const char *institution_code,
                          const guint8 challenge[32],
                          GBytes *certificate,
                          guint8 digest[MDG_PRACTICE_DIGEST_SIZE])
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE];

  mdg_practice_sha256 (g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate),
                       fingerprint);
  g_byte_array_append (text, (const guint8 *) PURPOSE, sizeof PURPOSE); /* with its 0x00 */
  g_byte_array_append (text, (const guint8 *) institution_code,
                       (guint) strlen (institution_code) + 1);
  g_byte_array_append (text, challenge, 32);
  g_byte_array_append (text, fingerprint, sizeof fingerprint);
  mdg_practice_sha256 (text->data, text->len, digest);
}
