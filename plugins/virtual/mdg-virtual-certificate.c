/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes keys and certificates in the shape of reference/card.md 1.12. Nothing in them is real: each
 * name of an issuer has the words PRACTICE and 練習 in it. */
#include "config.h"

#include "mdg-virtual-certificate.h"

#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#define KEY_BITS     2048
#define PADDING_SIZE 560 /* brings a leaf to the 1.5 to 1.8 kB of 1.12 */
#define PADDING_OID  "1.2.392.200149.8.5.5.99"
#define CA_YEARS     10
#define LEAF_YEARS   5

typedef X509_NAME MdgX509Name;
typedef X509_EXTENSION MdgX509Extension;
typedef CONF MdgConf;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgConf, NCONF_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgX509Name, X509_NAME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgX509Extension, X509_EXTENSION_free)

/**
 * mdg_virtual_certificate_set_openssl_error:
 * @error: (nullable): where to set it
 * @what: what failed
 *
 * Sets %G_IO_ERROR_FAILED from what OpenSSL queued last, and empties that queue.
 *
 * Returns: %FALSE
 *
 * Thread: any.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_certificate_set_openssl_error (GError **error, const char *what)
{
  char reason[256] = "no reason given";

  if (ERR_peek_last_error () != 0)
    ERR_error_string_n (ERR_peek_last_error (), reason, sizeof reason);
  ERR_clear_error ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what, reason);
  return FALSE;
}

static gboolean
add_text (X509_NAME *name, const char *field, const char *text)
{
  return X509_NAME_add_entry_by_txt (name, field, MBSTRING_UTF8, (const guint8 *) text, -1, -1,
                                     0) == 1;
}

static X509_NAME *
make_ca_name (MdgVirtualUse use)
{
  g_autoptr (MdgX509Name) name = X509_NAME_new ();
  const char *unit = use == MDG_VIRTUAL_USE_SIGN ? "JPKI PRACTICE for digital signature"
                                                 : "JPKI PRACTICE for user authentication";

  if (name == NULL || !add_text (name, "C", "JP") || !add_text (name, "O", "JPKI PRACTICE 練習") ||
      !add_text (name, "OU", unit) ||
      !add_text (name, "OU", "PRACTICE Agency for Local Authority Information Systems"))
    return NULL;
  return g_steal_pointer (&name);
}

static gboolean
add_extension (X509 *certificate, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  g_autoptr (MdgConf) conf = NCONF_new (NULL);
  g_autoptr (MdgX509Extension) extension = NULL;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  /* policies are not made without a configuration, an empty one included */
  X509V3_set_nconf (&context, conf);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
}

/* The private extension that only takes up room: an OCTET STRING of spaces. */
static gboolean
add_padding (X509 *certificate)
{
  g_autofree char *spaces = g_strnfill (PADDING_SIZE, ' ');
  ASN1_OBJECT *oid = OBJ_txt2obj (PADDING_OID, 1);
  ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new ();
  g_autoptr (MdgX509Extension) extension = NULL;
  gboolean ok = oid != NULL && value != NULL &&
                ASN1_OCTET_STRING_set (value, (const guint8 *) spaces, PADDING_SIZE) == 1;

  if (ok)
    extension = X509_EXTENSION_create_by_OBJ (NULL, oid, 0, value);
  ok = ok && extension != NULL && X509_add_ext (certificate, extension, -1) == 1;
  ASN1_OBJECT_free (oid);
  ASN1_OCTET_STRING_free (value);
  return ok;
}

/* The directory name in a CA's subjectAltName and CRL distribution point (1.12). */
static gboolean
add_ca_directory_names (X509 *certificate, X509_NAME *subject)
{
  GENERAL_NAMES *names = GENERAL_NAMES_new ();
  GENERAL_NAME *name = GENERAL_NAME_new ();
  X509_NAME *alternative = X509_NAME_new ();
  gboolean ok = names != NULL && name != NULL && alternative != NULL &&
                add_text (alternative, "C", "JP") &&
                add_text (alternative, "O", "練習用の認証サービス");

  if (ok)
    {
      GENERAL_NAME_set0_value (name, GEN_DIRNAME, g_steal_pointer (&alternative));
      ok = sk_GENERAL_NAME_push (names, name) > 0;
      if (ok)
        name = NULL; /* the stack owns it */
    }
  ok = ok && X509_add1_ext_i2d (certificate, NID_subject_alt_name, names, 0, 0) == 1;
  GENERAL_NAME_free (name);
  GENERAL_NAMES_free (names);
  X509_NAME_free (alternative);
  if (ok)
    {
      DIST_POINT *point = DIST_POINT_new ();
      CRL_DIST_POINTS *points = sk_DIST_POINT_new_null ();
      GENERAL_NAME *full = GENERAL_NAME_new ();

      GENERAL_NAME_set0_value (full, GEN_DIRNAME, X509_NAME_dup (subject));
      point->distpoint = DIST_POINT_NAME_new ();
      point->distpoint->type = 0;
      point->distpoint->name.fullname = GENERAL_NAMES_new ();
      sk_GENERAL_NAME_push (point->distpoint->name.fullname, full);
      sk_DIST_POINT_push (points, point);
      ok = X509_add1_ext_i2d (certificate, NID_crl_distribution_points, points, 0, 0) == 1;
      sk_DIST_POINT_pop_free (points, DIST_POINT_free);
    }
  return ok;
}

/* A serial number of 31 random bits with a mark of the use in front; never zero. */
static gboolean
set_serial (X509 *certificate, MdgVirtualUse use)
{
  guint32 random;

  if (RAND_bytes ((guint8 *) &random, sizeof random) != 1)
    return FALSE;
  return ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate),
                                  ((guint64) (use + 5) << 32) | random) == 1;
}

static gboolean
set_validity (X509 *certificate, int years, gboolean expired)
{
  if (expired)
    return ASN1_TIME_set_string_X509 (X509_getm_notBefore (certificate), "20150101000000Z") == 1 &&
           ASN1_TIME_set_string_X509 (X509_getm_notAfter (certificate), "20200101000000Z") == 1;
  /* a day back: the clocks of two machines differ */
  return X509_time_adj_ex (X509_getm_notBefore (certificate), -1, 0, NULL) != NULL &&
         X509_time_adj_ex (X509_getm_notAfter (certificate), 365 * years, 0, NULL) != NULL;
}

/**
 * mdg_virtual_certificate_make_key:
 * @error: (nullable): an error
 *
 * Makes an RSA-2048 key. Takes some tenths of a second.
 *
 * Returns: (transfer full) (nullable): the key
 *
 * Thread: any but the main one.
 *
 * Errors: %G_IO_ERROR_FAILED.
 */
EVP_PKEY *
mdg_virtual_certificate_make_key (GError **error)
{
  EVP_PKEY *key = EVP_RSA_gen (KEY_BITS);

  if (key == NULL)
    mdg_virtual_certificate_set_openssl_error (error, "cannot make a key");
  return key;
}

/**
 * mdg_virtual_certificate_make_ca:
 * @use: what its leaves are for
 * @key: its key
 * @error: (nullable): an error
 *
 * Makes a self-signed CA certificate in the shape of reference/card.md 1.12.
 *
 * Returns: (transfer full) (nullable): the certificate
 *
 * Thread: any.
 *
 * Errors: %G_IO_ERROR_FAILED.
 */
X509 *
mdg_virtual_certificate_make_ca (MdgVirtualUse use, EVP_PKEY *key, GError **error)
{
  g_autoptr (X509) ca = X509_new ();
  g_autoptr (MdgX509Name) name = make_ca_name (use);

  if (ca == NULL || name == NULL || !X509_set_version (ca, X509_VERSION_3) ||
      !set_serial (ca, use) || !X509_set_subject_name (ca, name) ||
      !X509_set_issuer_name (ca, name) || !set_validity (ca, CA_YEARS, FALSE) ||
      !X509_set_pubkey (ca, key) ||
      !add_extension (ca, ca, NID_basic_constraints, "critical,CA:TRUE") ||
      !add_extension (ca, ca, NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension (ca, ca, NID_subject_key_identifier, "hash") ||
      !add_ca_directory_names (ca, name) || X509_sign (ca, key, EVP_sha256 ()) == 0)
    {
      mdg_virtual_certificate_set_openssl_error (error, "cannot make a CA certificate");
      return NULL;
    }
  return g_steal_pointer (&ca);
}

/**
 * mdg_virtual_certificate_make_leaf:
 * @use: what it is for
 * @cn: the common name, which is all that tells the holder
 * @expired: whether it ended in 2020
 * @key: the holder's key
 * @ca: the issuer
 * @ca_key: the issuer's key
 * @error: (nullable): an error
 *
 * Makes a holder's certificate of 1.5 to 1.8 kB (reference/card.md 1.12).
 *
 * Returns: (transfer full) (nullable): the certificate
 *
 * Thread: any.
 *
 * Errors: %G_IO_ERROR_FAILED.
 */
X509 *
mdg_virtual_certificate_make_leaf (MdgVirtualUse use,
                                   const char *cn,
                                   gboolean expired,
                                   EVP_PKEY *key,
                                   X509 *ca,
                                   EVP_PKEY *ca_key,
                                   GError **error)
{
  g_autoptr (X509) leaf = X509_new ();
  g_autoptr (MdgX509Name) name = X509_NAME_new ();
  gboolean sign = use == MDG_VIRTUAL_USE_SIGN;

  if (leaf == NULL || name == NULL || !add_text (name, "C", "JP") || !add_text (name, "CN", cn) ||
      !X509_set_version (leaf, X509_VERSION_3) || !set_serial (leaf, use) ||
      !X509_set_subject_name (leaf, name) ||
      !X509_set_issuer_name (leaf, X509_get_subject_name (ca)) ||
      !set_validity (leaf, LEAF_YEARS, expired) || !X509_set_pubkey (leaf, key) ||
      !add_extension (leaf, ca, NID_key_usage,
                      sign ? "critical,digitalSignature,nonRepudiation"
                           : "critical,digitalSignature") ||
      !add_extension (leaf, ca, NID_ext_key_usage, "clientAuth") ||
      !add_extension (leaf, ca, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension (leaf, ca, NID_certificate_policies,
                      sign ? "critical,1.2.392.200149.8.5.1.1.20"
                           : "critical,1.2.392.200149.8.5.1.3.30") ||
      !add_extension (leaf, ca, NID_crl_distribution_points,
                      "URI:http://crl.practice.invalid/crl") ||
      !add_extension (leaf, ca, NID_info_access, "OCSP;URI:http://ocsp.practice.invalid") ||
      !add_extension (leaf, ca, NID_authority_key_identifier, "keyid") ||
      !add_extension (leaf, ca, NID_subject_key_identifier, "hash") || !add_padding (leaf) ||
      X509_sign (leaf, ca_key, EVP_sha256 ()) == 0)
    {
      mdg_virtual_certificate_set_openssl_error (error, "cannot make a certificate");
      return NULL;
    }
  return g_steal_pointer (&leaf);
}
