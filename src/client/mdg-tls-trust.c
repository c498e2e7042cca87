/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service's certificate against the CA that the facility was given, and no other. GIO can make
 * a database only of a file, and its verification of single certificates does not look at the
 * extended key usage: a terminal's certificate comes from the same CA and must not pass for the
 * service's. So OpenSSL does it: chain, dates, name, purpose (RFC 5280 6, RFC 9525). */
#include "config.h"

#include "mdg-tls-trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "mdg-service-error.h"

#define MAX_PEM          (256 * 1024)
#define MAX_CERTIFICATES 64

struct _MdgTlsTrust
{
  X509_STORE *store;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_STORE_CTX, X509_STORE_CTX_free)

static X509 *
convert_certificate (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  const guint8 *data;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return NULL;
  data = der->data;
  return d2i_X509 (NULL, &data, (long) der->len);
}

static STACK_OF (X509) * convert_chain (GTlsCertificate *leaf)
{
  STACK_OF (X509) *chain = sk_X509_new_null ();
  GTlsCertificate *issuer = g_tls_certificate_get_issuer (leaf);

  for (int i = 0; issuer != NULL && i < MAX_CERTIFICATES; i++)
    {
      X509 *certificate = convert_certificate (issuer);

      if (certificate != NULL && !sk_X509_push (chain, certificate))
        X509_free (certificate);
      issuer = g_tls_certificate_get_issuer (issuer);
    }
  return chain;
}

/**
 * mdg_tls_trust_new:
 * @ca_pem: one or more certificates
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_TLS where there is no certificate in it.
 *
 * Returns: (transfer full) (nullable): the trust
 */
MdgTlsTrust *
mdg_tls_trust_new (const char *ca_pem, GError **error)
{
  gsize length = strlen (ca_pem);
  g_autoptr (BIO) bio = NULL;
  MdgTlsTrust *self;
  guint n = 0;

  self = g_new0 (MdgTlsTrust, 1);
  self->store = X509_STORE_new ();
  bio = length <= MAX_PEM ? BIO_new_mem_buf (ca_pem, (int) length) : NULL;
  while (bio != NULL && n < MAX_CERTIFICATES)
    {
      g_autoptr (X509) certificate = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

      if (certificate == NULL || X509_STORE_add_cert (self->store, certificate) != 1)
        break;
      n++;
    }
  ERR_clear_error ();
  if (n > 0)
    return self;
  mdg_tls_trust_free (self);
  g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TLS,
                       "there is no certificate in the CA given");
  return NULL;
}

/**
 * mdg_tls_trust_free:
 * @self: (transfer full) (nullable): a trust
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_tls_trust_free (MdgTlsTrust *self)
{
  if (self == NULL)
    return;

  X509_STORE_free (self->store);
  g_free (self);
}

/**
 * mdg_tls_trust_verify:
 * @self: a trust
 * @peer: the certificate the service showed, with its issuers
 * @host: the name or address in its URL
 * @error: return location
 *
 * Thread: any, one at a time.
 * Errors: MDG_SERVICE_ERROR_TLS.
 *
 * Returns: whether it is the service's
 */
gboolean
mdg_tls_trust_verify (MdgTlsTrust *self, GTlsCertificate *peer, const char *host, GError **error)
{
  g_autoptr (X509) leaf = convert_certificate (peer);
  g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();
  STACK_OF (X509) *chain = convert_chain (peer);
  X509_VERIFY_PARAM *param;
  const char *reason = "it cannot be read";
  gboolean good = FALSE;

  if (leaf != NULL && X509_STORE_CTX_init (context, self->store, leaf, chain) == 1)
    {
      param = X509_STORE_CTX_get0_param (context);
      /* what was pinned is the anchor, be it a root or not */
      X509_VERIFY_PARAM_set_flags (param, X509_V_FLAG_PARTIAL_CHAIN);
      X509_VERIFY_PARAM_set_hostflags (param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
      X509_STORE_CTX_set_purpose (context, X509_PURPOSE_SSL_SERVER);
      if ((g_hostname_is_ip_address (host) ? X509_VERIFY_PARAM_set1_ip_asc (param, host)
                                           : X509_VERIFY_PARAM_set1_host (param, host, 0)) == 1)
        good = X509_verify_cert (context) == 1;
      reason = X509_verify_cert_error_string (X509_STORE_CTX_get_error (context));
    }
  if (!good)
    g_set_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TLS,
                 "the service's certificate is not accepted: %s", reason);
  sk_X509_pop_free (chain, X509_free);
  ERR_clear_error ();
  return good;
}
