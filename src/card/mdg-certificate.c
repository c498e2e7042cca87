/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What may be known of a holder's certificate: how long it holds, whether it is real, and whether a
 * signature was made with its key. It gives out neither the serial number nor the subject, which
 * identify a person (reference/card.md 1.12), and it does not say that a certificate is genuine:
 * the chain is the service's to check. A value never changes after it was made. */
#include "config.h"

#include "mdg-certificate.h"

#include "mdg-card-error.h"
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#define DER_BYTES_MAX   8192 /* four times the largest that was seen: reference/card.md 1.12 */
#define YEAR_MAX        9998 /* so that every time below can be said in every zone */
#define KEY_BITS_MIN    2048 /* reference/card.md 3.3 */
#define KEY_BITS_MAX    8192 /* beyond it a hostile key costs seconds */
#define DIGEST_BYTES    32
#define JAPAN_SECONDS   (9 * 3600)
#define ELIGIBLE_MONTHS 3

struct _MdgCertificate
{
  EVP_PKEY *key; /* (nullable): of a kind that OpenSSL does not know */
  GDateTime *not_before;
  GDateTime *not_after;
  MdgCertificateKind kind;
};

static gpointer
fail (GError **error, MdgCardError code, const char *message)
{
  ERR_clear_error ();
  g_set_error_literal (error, MDG_CARD_ERROR, code, message);
  return NULL;
}

static GDateTime *
convert_time (const ASN1_TIME *time)
{
  struct tm tm = { 0 };

  if (time == NULL || ASN1_TIME_to_tm (time, &tm) != 1 || tm.tm_year + 1900 > YEAR_MAX)
    return NULL;
  return g_date_time_new_utc (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                              tm.tm_sec);
}

static gboolean
matches (const ASN1_STRING *string, const char *text)
{
  return (gsize) ASN1_STRING_length (string) == strlen (text) &&
         strncmp ((const char *) ASN1_STRING_get0_data (string), text, strlen (text)) == 0;
}

/* By the one organisation of the issuer; two of them are nobody's. */
static MdgCertificateKind
find_kind (const X509 *x509)
{
  const X509_NAME *issuer = X509_get_issuer_name (x509);
  int index = X509_NAME_get_index_by_NID (issuer, NID_organizationName, -1);
  const ASN1_STRING *name = NULL;

  if (index < 0 || X509_NAME_get_index_by_NID (issuer, NID_organizationName, index) >= 0)
    return MDG_CERTIFICATE_PRACTICE;
  name = X509_NAME_ENTRY_get_data (X509_NAME_get_entry (issuer, index));
  if (matches (name, "JPKI"))
    return MDG_CERTIFICATE_REAL;
  if (matches (name, "JPKI-TEST"))
    return MDG_CERTIFICATE_TEST;
  return MDG_CERTIFICATE_PRACTICE;
}

static GDateTime *
convert_to_japan (GDateTime *time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (JAPAN_SECONDS);

  return g_date_time_to_timezone (time, zone);
}

static guint32
get_julian_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = convert_to_japan (time);
  GDate date;
  int year = 0, month = 0, day = 0;

  g_date_time_get_ymd (local, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian (&date);
}

/**
 * mdg_certificate_new:
 * @der: the certificate, exactly its length
 * @error: return location for an error
 *
 * Parsed strictly: nothing may follow the certificate, and both its dates have to be dates.
 *
 * Source: RFC 5280 4.1; issuers in reference/card.md 1.12.
 * Thread: any. Errors: %MDG_CARD_ERROR_MALFORMED.
 *
 * Returns: (transfer full): the certificate, or %NULL with an error
 */
MdgCertificate *
mdg_certificate_new (GBytes *der, GError **error)
{
  g_autoptr (MdgCertificate) self = NULL;
  gsize size = 0;
  const guint8 *bytes = NULL;
  const guint8 *p = NULL;
  X509 *x509 = NULL;

  g_return_val_if_fail (der != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  bytes = g_bytes_get_data (der, &size);
  if (size == 0 || size > DER_BYTES_MAX)
    return fail (error, MDG_CARD_ERROR_MALFORMED, "certificate: impossible length");
  p = bytes;
  x509 = d2i_X509 (NULL, &p, (long) size);
  if (x509 == NULL)
    return fail (error, MDG_CARD_ERROR_MALFORMED, "certificate: no X.509 certificate");
  self = g_new0 (MdgCertificate, 1);
  self->key = X509_get_pubkey (x509);
  self->not_before = convert_time (X509_get0_notBefore (x509));
  self->not_after = convert_time (X509_get0_notAfter (x509));
  self->kind = find_kind (x509);
  X509_free (x509);
  ERR_clear_error ();
  if (p != bytes + size)
    return fail (error, MDG_CARD_ERROR_MALFORMED, "certificate: something follows it");
  if (self->not_before == NULL || self->not_after == NULL ||
      g_date_time_compare (self->not_before, self->not_after) > 0)
    return fail (error, MDG_CARD_ERROR_MALFORMED, "certificate: impossible dates");
  return g_steal_pointer (&self);
}

/**
 * mdg_certificate_free:
 * @self: (transfer full) (nullable): a certificate
 *
 * Thread: any. Errors: none.
 */
void
mdg_certificate_free (MdgCertificate *self)
{
  if (self == NULL)
    return;
  EVP_PKEY_free (self->key);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self);
}

/**
 * mdg_certificate_get_not_before:
 * @self: a certificate
 *
 * Thread: any. Errors: none.
 *
 * Returns: (transfer none): UTC
 */
GDateTime *
mdg_certificate_get_not_before (MdgCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->not_before;
}

/**
 * mdg_certificate_get_not_after:
 * @self: a certificate
 *
 * Thread: any. Errors: none.
 *
 * Returns: (transfer none): UTC
 */
GDateTime *
mdg_certificate_get_not_after (MdgCertificate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->not_after;
}

/**
 * mdg_certificate_get_kind:
 * @self: a certificate
 *
 * What the issuer's name claims. A test certificate must never pass as a real one, and an invented
 * one as neither.
 *
 * Source: reference/card.md 1.12.
 * Thread: any. Errors: none.
 *
 * Returns: the kind
 */
MdgCertificateKind
mdg_certificate_get_kind (MdgCertificate *self)
{
  g_return_val_if_fail (self != NULL, MDG_CERTIFICATE_PRACTICE);

  return self->kind;
}

/**
 * mdg_certificate_get_signature_size:
 * @self: a certificate
 * @error: return location for an error
 *
 * The algorithm comes from the key's type, not from a constant. RSA of 2048 bits or more is the
 * only one that cards have today; the next card's ECDSA (reference/card.md 1.15) is refused in
 * words until it is known.
 *
 * Source: reference/card.md 1.12, 1.15, 3.3.
 * Thread: any.
 * Errors: %MDG_CARD_ERROR_FAILED for a key type that is not supported, %MDG_CARD_ERROR_MALFORMED
 *   for an RSA key of a size that is not acceptable.
 *
 * Returns: bytes of a signature; 0 with an error
 */
gsize
mdg_certificate_get_signature_size (MdgCertificate *self, GError **error)
{
  int bits = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (self->key == NULL || EVP_PKEY_get_base_id (self->key) != EVP_PKEY_RSA)
    {
      fail (error, MDG_CARD_ERROR_FAILED, "certificate: this type of key is not supported yet");
      return 0;
    }
  bits = EVP_PKEY_get_bits (self->key);
  if (bits < KEY_BITS_MIN || bits > KEY_BITS_MAX)
    {
      fail (error, MDG_CARD_ERROR_MALFORMED, "certificate: an RSA key of an impossible size");
      return 0;
    }
  return ((gsize) bits + 7) / 8;
}

/**
 * mdg_certificate_verify:
 * @self: a certificate
 * @digest: (array fixed-size=32): SHA-256 of what was signed
 * @signature: the signature
 * @error: return location for an error
 *
 * RSASSA-PKCS1-v1_5 with SHA-256: the whole encoded message is compared, not only the hash in it,
 * and the signature has exactly the modulus' length.
 *
 * Source: RFC 8017 8.2.2, reference/card.md 3.3.
 * Thread: any.
 * Errors: %MDG_CARD_ERROR_SIGNATURE; those of mdg_certificate_get_signature_size().
 *
 * Returns: %TRUE when the key of this certificate made it
 */
gboolean
mdg_certificate_verify (MdgCertificate *self,
                        const guint8 digest[32],
                        GBytes *signature,
                        GError **error)
{
  EVP_PKEY_CTX *context = NULL;
  gsize size = 0, expected = 0;
  const guint8 *bytes = NULL;
  gboolean ok = FALSE;

  g_return_val_if_fail (self != NULL && digest != NULL && signature != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  expected = mdg_certificate_get_signature_size (self, error);
  if (expected == 0)
    return FALSE;
  bytes = g_bytes_get_data (signature, &size);
  context = EVP_PKEY_CTX_new (self->key, NULL);
  ok = size == expected && context != NULL && EVP_PKEY_verify_init (context) == 1 &&
       EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) == 1 &&
       EVP_PKEY_CTX_set_signature_md (context, EVP_sha256 ()) == 1 &&
       EVP_PKEY_verify (context, bytes, size, digest, DIGEST_BYTES) == 1;
  EVP_PKEY_CTX_free (context);
  if (!ok)
    fail (error, MDG_CARD_ERROR_SIGNATURE, "the signature does not fit the certificate");
  return ok;
}

/**
 * mdg_certificate_is_valid_at:
 * @self: a certificate
 * @now: a time
 *
 * Thread: any. Errors: none.
 *
 * Returns: %TRUE from its first to its last second
 */
gboolean
mdg_certificate_is_valid_at (MdgCertificate *self, GDateTime *now)
{
  g_return_val_if_fail (self != NULL && now != NULL, FALSE);

  return g_date_time_compare (self->not_before, now) <= 0 &&
         g_date_time_compare (now, self->not_after) <= 0;
}

/**
 * mdg_certificate_get_days_left:
 * @self: a certificate
 * @now: a time
 *
 * Calendar days of Japan: 0 on the last day, below 0 after it.
 *
 * Thread: any. Errors: none.
 *
 * Returns: days
 */
int
mdg_certificate_get_days_left (MdgCertificate *self, GDateTime *now)
{
  g_return_val_if_fail (self != NULL && now != NULL, 0);

  return (int) get_julian_day (self->not_after) - (int) get_julian_day (now);
}

/**
 * mdg_certificate_get_eligible_until:
 * @self: a certificate
 *
 * An expired certificate still serves for eligibility until three months after the end of the month
 * in which it expired.
 *
 * Source: reference/domain.md 1.5.
 * Thread: any. Errors: none.
 *
 * Returns: (transfer full): the last second of that time, in Japan's
 */
GDateTime *
mdg_certificate_get_eligible_until (MdgCertificate *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (JAPAN_SECONDS);
  g_autoptr (GDateTime) expiry = NULL;
  g_autoptr (GDateTime) first = NULL;
  g_autoptr (GDateTime) after = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  expiry = convert_to_japan (self->not_after);
  first = g_date_time_new (zone, g_date_time_get_year (expiry), g_date_time_get_month (expiry), 1,
                           0, 0, 0);
  after = g_date_time_add_months (first, ELIGIBLE_MONTHS + 1);
  return g_date_time_add_seconds (after, -1);
}

/**
 * mdg_certificate_is_eligible_at:
 * @self: a certificate
 * @now: a time
 *
 * Whether the service is likely to accept it. A hint for words: the service decides.
 *
 * Source: reference/domain.md 1.5.
 * Thread: any. Errors: none.
 *
 * Returns: %TRUE until mdg_certificate_get_eligible_until()
 */
gboolean
mdg_certificate_is_eligible_at (MdgCertificate *self, GDateTime *now)
{
  g_autoptr (GDateTime) until = NULL;

  g_return_val_if_fail (self != NULL && now != NULL, FALSE);

  until = mdg_certificate_get_eligible_until (self);
  return g_date_time_compare (self->not_before, now) <= 0 && g_date_time_compare (now, until) <= 0;
}

/**
 * mdg_certificate_kind_to_string:
 * @kind: a kind
 *
 * Thread: any. Errors: none.
 *
 * Returns: a word for logs and JSON
 */
const char *
mdg_certificate_kind_to_string (MdgCertificateKind kind)
{
  switch (kind)
    {
    case MDG_CERTIFICATE_REAL:
      return "real";
    case MDG_CERTIFICATE_TEST:
      return "test";
    case MDG_CERTIFICATE_PRACTICE:
    default:
      return "practice";
    }
}
