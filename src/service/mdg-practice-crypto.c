/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Random values, digests and sealing for the practice service. Everything here is a thin, checked
 * step over OpenSSL; a failure of the library is an error and never a weaker value.
 */
#include "config.h"

#include "mdg-practice-crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <string.h>

#define STRETCH_ROUNDS 60000
#define SEAL_NONCE     12
#define SEAL_TAG       16

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

static gboolean
report_failure (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s failed in the crypto library", what);
  return FALSE;
}

/**
 * mdg_practice_random:
 * @bytes: (out caller-allocates) (array length=n): where to
 * @n: how many, in bytes
 * @error: return location
 *
 * Fills @bytes from the library's generator.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it did
 */
gboolean
mdg_practice_random (guint8 *bytes, gsize n, GError **error)
{
  if (RAND_bytes (bytes, (int) n) != 1)
    return report_failure (error, "a random value");
  return TRUE;
}

/**
 * mdg_practice_random_text:
 * @alphabet: ASCII characters to choose from, at most 128
 * @length: characters wanted
 * @error: return location
 *
 * A text whose characters are chosen evenly: bytes beyond the last whole multiple are thrown away.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable): the text
 */
char *
mdg_practice_random_text (const char *alphabet, guint length, GError **error)
{
  guint n = (guint) strlen (alphabet);
  guint limit = 256 - 256 % n;
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < length)
    {
      guint8 byte = 0;

      if (!mdg_practice_random (&byte, 1, error))
        return NULL;
      if (byte < limit)
        g_string_append_c (text, alphabet[byte % n]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * mdg_practice_sha256:
 * @data: (array length=n): what to hash
 * @n: its length in bytes
 * @digest: (out caller-allocates): 32 bytes
 *
 * SHA-256 (FIPS 180-4).
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_sha256 (const void *data, gsize n, guint8 digest[MDG_PRACTICE_DIGEST_SIZE])
{
  SHA256 (data, n, digest);
}

/**
 * mdg_practice_hmac:
 * @key: 32 bytes
 * @data: (array length=n): what to authenticate
 * @n: its length in bytes
 * @digest: (out caller-allocates): 32 bytes
 *
 * HMAC-SHA-256 (RFC 2104), so that what is kept says nothing without the key.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_hmac (const guint8 key[MDG_PRACTICE_DIGEST_SIZE],
                   const void *data,
                   gsize n,
                   guint8 digest[MDG_PRACTICE_DIGEST_SIZE])
{
  HMAC (EVP_sha256 (), key, MDG_PRACTICE_DIGEST_SIZE, data, n, digest, NULL);
}

/**
 * mdg_practice_stretch:
 * @secret: a password or an activation code
 * @salt: (array length=n_salt): its salt
 * @n_salt: bytes of the salt
 * @digest: (out caller-allocates): 32 bytes
 * @error: return location
 *
 * PBKDF2-HMAC-SHA-256 (RFC 8018): the only form in which secrets are in the database.
 *
 * Thread: any; takes some ten milliseconds.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it did
 */
gboolean
mdg_practice_stretch (const char *secret,
                      const guint8 *salt,
                      gsize n_salt,
                      guint8 digest[MDG_PRACTICE_DIGEST_SIZE],
                      GError **error)
{
  if (PKCS5_PBKDF2_HMAC (secret, (int) strlen (secret), salt, (int) n_salt, STRETCH_ROUNDS,
                         EVP_sha256 (), MDG_PRACTICE_DIGEST_SIZE, digest) != 1)
    return report_failure (error, "key stretching");
  return TRUE;
}

/**
 * mdg_practice_equal:
 * @a: (array length=n): one
 * @b: (array length=n): the other
 * @n: bytes of both
 *
 * Compares in a time that does not depend on where they differ.
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether they are the same
 */
gboolean
mdg_practice_equal (const void *a, const void *b, gsize n)
{
  return CRYPTO_memcmp (a, b, n) == 0;
}

/**
 * mdg_practice_wipe_text:
 * @secret: (nullable) (transfer full): a text
 *
 * Erases and frees a secret text.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_wipe_text (char *secret)
{
  if (secret != NULL)
    OPENSSL_cleanse (secret, strlen (secret));
  g_free (secret);
}

/**
 * mdg_practice_base64url_encode:
 * @bytes: (array length=n): bytes
 * @n: how many
 *
 * base64url without padding (RFC 4648 5).
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): the text
 */
char *
mdg_practice_base64url_encode (const guint8 *bytes, gsize n)
{
  char *text = g_base64_encode (bytes, n);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/**
 * mdg_practice_base64_decode:
 * @text: plain base64 with padding (RFC 4648 4)
 * @max: bytes that the value may have at most
 *
 * Decodes strictly: no line breaks, no characters outside of the alphabet, padding in its place,
 * and no second spelling of the same bytes.
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full) (nullable): the bytes; %NULL where it is not that
 */
GBytes *
mdg_practice_base64_decode (const char *text, gsize max)
{
  gsize length = strlen (text);
  gsize n = 0;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;

  if (length == 0 || length % 4 != 0 || length > (max + 2) / 3 * 4)
    return NULL;
  bytes = g_base64_decode (text, &n);
  if (n == 0 || n > max)
    return NULL;
  again = g_base64_encode (bytes, n);
  if (strcmp (again, text) != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), n);
}

/**
 * mdg_practice_seal:
 * @key: 32 bytes
 * @plain: what to keep secret
 * @error: return location
 *
 * AES-256-GCM with a random nonce: nonce, text, tag.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable): the sealed bytes
 */
GBytes *
mdg_practice_seal (const guint8 key[MDG_PRACTICE_DIGEST_SIZE], GBytes *plain, GError **error)
{
  g_autoptr (EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize n = 0;
  const guint8 *data = g_bytes_get_data (plain, &n);
  int got = 0;
  int rest = 0;

  g_byte_array_set_size (out, (guint) (SEAL_NONCE + n + SEAL_TAG));
  if (!mdg_practice_random (out->data, SEAL_NONCE, error))
    return NULL;
  if (EVP_EncryptInit_ex2 (ctx, EVP_aes_256_gcm (), key, out->data, NULL) != 1 ||
      EVP_EncryptUpdate (ctx, out->data + SEAL_NONCE, &got, data, (int) n) != 1 ||
      EVP_EncryptFinal_ex (ctx, out->data + SEAL_NONCE + got, &rest) != 1 ||
      EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_GCM_GET_TAG, SEAL_TAG, out->data + SEAL_NONCE + n) != 1)
    {
      report_failure (error, "sealing");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * mdg_practice_unseal:
 * @key: 32 bytes
 * @sealed: from mdg_practice_seal()
 * @error: return location
 *
 * Opens sealed bytes, and refuses them where a single bit is another one.
 *
 * Thread: any.
 * Errors: %G_IO_ERROR_INVALID_DATA.
 * Returns: (transfer full) (nullable): what was sealed
 */
GBytes *
mdg_practice_unseal (const guint8 key[MDG_PRACTICE_DIGEST_SIZE], GBytes *sealed, GError **error)
{
  g_autoptr (EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new ();
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize n = 0;
  const guint8 *data = g_bytes_get_data (sealed, &n);
  guint8 tag[SEAL_TAG] = { 0 };
  gsize length = n < SEAL_NONCE + SEAL_TAG ? 0 : n - SEAL_NONCE - SEAL_TAG;
  int got = 0;
  int rest = 0;

  for (guint i = 0; i < SEAL_TAG && n >= SEAL_NONCE + SEAL_TAG; i++)
    tag[i] = data[SEAL_NONCE + length + i];
  g_byte_array_set_size (out, (guint) length + SEAL_TAG);
  if (n < SEAL_NONCE + SEAL_TAG ||
      EVP_DecryptInit_ex2 (ctx, EVP_aes_256_gcm (), key, data, NULL) != 1 ||
      EVP_DecryptUpdate (ctx, out->data, &got, data + SEAL_NONCE, (int) length) != 1 ||
      EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_GCM_SET_TAG, SEAL_TAG, tag) != 1 ||
      EVP_DecryptFinal_ex (ctx, out->data + got, &rest) != 1)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "a sealed file was changed or belongs to another key");
      return NULL;
    }
  g_byte_array_set_size (out, (guint) length);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
