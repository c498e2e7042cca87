/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits: with one key for a facility's
 * checks, far below the 2^32 messages of its section 8.3. What it is about is authenticated, so
 * that bytes moved to another row do not open. The length is hidden up to PAD bytes, for a verdict
 * can be told from the length of its word.
 *
 * Layout: version 1 (1 byte), nonce (12), ciphertext of [length, big endian (4), text, zeros], tag
 * (16). */
#include "config.h"

#include "mdg-seal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "mdg-secret-store.h"
#include "mdg-store.h"

#define VERSION      1
#define NONCE_BYTES  12
#define TAG_BYTES    16
#define LENGTH_BYTES 4
#define HEAD_BYTES   (1 + NONCE_BYTES)
#define PAD          256
#define MAX_PLAIN    (1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

static gboolean
fail (MdgStoreError code, const char *message, GError **error)
{
  g_set_error_literal (error, MDG_STORE_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
check_key (GBytes *key, GError **error)
{
  return g_bytes_get_size (key) == MDG_SEAL_KEY_BYTES ||
         fail (MDG_STORE_ERROR_CORRUPT, "a key has the wrong size", error);
}

static gboolean
encrypt (EVP_CIPHER_CTX *ctx,
         const guint8 *key,
         const char *about,
         const guint8 *plain,
         gsize length,
         gsize padded,
         guint8 *out)
{
  static const guint8 zeros[PAD + LENGTH_BYTES];
  const guint8 head[LENGTH_BYTES] = { (guint8) (length >> 24), (guint8) (length >> 16),
                                      (guint8) (length >> 8), (guint8) length };
  guint8 *text = out + HEAD_BYTES;
  gsize rest = padded - LENGTH_BYTES - length;
  int n = 0;

  return EVP_EncryptInit_ex (ctx, EVP_aes_256_gcm (), NULL, key, out + 1) == 1 &&
         EVP_EncryptUpdate (ctx, NULL, &n, (const guint8 *) about, (int) strlen (about)) == 1 &&
         EVP_EncryptUpdate (ctx, text, &n, head, LENGTH_BYTES) == 1 &&
         (length == 0 ||
          EVP_EncryptUpdate (ctx, text + LENGTH_BYTES, &n, plain, (int) length) == 1) &&
         (rest == 0 ||
          EVP_EncryptUpdate (ctx, text + LENGTH_BYTES + length, &n, zeros, (int) rest) == 1) &&
         EVP_EncryptFinal_ex (ctx, text + padded, &n) == 1 &&
         EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, text + padded) == 1;
}

static gboolean
decrypt (const guint8 *key, const char *about, const guint8 *sealed, gsize padded, guint8 *plain)
{
  g_autoptr (EVP_CIPHER_CTX) ctx = EVP_CIPHER_CTX_new ();
  guint8 tag[TAG_BYTES];
  int n = 0;

  for (guint i = 0; i < TAG_BYTES; i++)
    tag[i] = sealed[HEAD_BYTES + padded + i];
  return ctx != NULL && EVP_DecryptInit_ex (ctx, EVP_aes_256_gcm (), NULL, key, sealed + 1) == 1 &&
         EVP_DecryptUpdate (ctx, NULL, &n, (const guint8 *) about, (int) strlen (about)) == 1 &&
         EVP_DecryptUpdate (ctx, plain, &n, sealed + HEAD_BYTES, (int) padded) == 1 &&
         EVP_CIPHER_CTX_ctrl (ctx, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) == 1 &&
         EVP_DecryptFinal_ex (ctx, plain + padded, &n) == 1;
}

/* Only of what was authenticated; NULL: not written by mdg_seal_close(). */
static GBytes *
take_text (const guint8 *plain, gsize padded)
{
  gsize length = (gsize) plain[0] << 24 | (gsize) plain[1] << 16 | (gsize) plain[2] << 8 | plain[3];

  if (length > padded - LENGTH_BYTES)
    return NULL;
  return mdg_secret_bytes_new (plain + LENGTH_BYTES, length);
}

/**
 * mdg_seal_key_new:
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_STORE_ERROR_FAILED where the system gives no random bytes.
 *
 * Returns: (transfer full) (nullable): a new random key, erased when freed
 */
GBytes *
mdg_seal_key_new (GError **error)
{
  guint8 bytes[MDG_SEAL_KEY_BYTES];
  GBytes *key = NULL;

  if (RAND_bytes (bytes, sizeof bytes) == 1)
    key = mdg_secret_bytes_new (bytes, sizeof bytes);
  else
    fail (MDG_STORE_ERROR_FAILED, "there are no random numbers", error);
  OPENSSL_cleanse (bytes, sizeof bytes);
  return key;
}

/**
 * mdg_seal_close:
 * @key: of mdg_seal_key_new()
 * @about: where the bytes belong: table, row, column
 * @plain: at most 1 MiB
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_STORE_ERROR_FULL where @plain is too large, _CORRUPT for a key of the wrong size,
 * _FAILED.
 *
 * Returns: (transfer full) (nullable): what may be written to a disk
 */
GBytes *
mdg_seal_close (GBytes *key, const char *about, GBytes *plain, GError **error)
{
  g_autoptr (EVP_CIPHER_CTX) ctx = NULL;
  g_autofree guint8 *out = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (plain, &length);
  gsize padded = (length + LENGTH_BYTES + PAD - 1) / PAD * PAD;
  gsize size = HEAD_BYTES + padded + TAG_BYTES;

  if (!check_key (key, error))
    return NULL;
  if (length > MAX_PLAIN)
    {
      fail (MDG_STORE_ERROR_FULL, "the text is too large to be kept", error);
      return NULL;
    }
  ctx = EVP_CIPHER_CTX_new ();
  out = g_malloc0 (size);
  out[0] = VERSION;
  if (ctx == NULL || RAND_bytes (out + 1, NONCE_BYTES) != 1 ||
      !encrypt (ctx, g_bytes_get_data (key, NULL), about, data, length, padded, out))
    {
      fail (MDG_STORE_ERROR_FAILED, "the text cannot be sealed", error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&out), size);
}

/**
 * mdg_seal_open:
 * @key: the key it was closed with
 * @about: what it was closed with
 * @sealed: (array length=length): the bytes; from a file, so anything
 * @length: how many
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_STORE_ERROR_CORRUPT where the bytes were changed, moved from another place or closed
 * with another key.
 *
 * Returns: (transfer full) (nullable): the text, erased when freed
 */
GBytes *
mdg_seal_open (GBytes *key, const char *about, gconstpointer sealed, gsize length, GError **error)
{
  const guint8 *bytes = sealed;
  g_autofree guint8 *plain = NULL;
  GBytes *text = NULL;
  gsize padded;

  if (!check_key (key, error))
    return NULL;
  if (bytes == NULL || length < HEAD_BYTES + PAD + TAG_BYTES ||
      length > HEAD_BYTES + MAX_PLAIN + LENGTH_BYTES + PAD + TAG_BYTES || bytes[0] != VERSION)
    {
      fail (MDG_STORE_ERROR_CORRUPT, "a sealed text is damaged", error);
      return NULL;
    }
  padded = length - HEAD_BYTES - TAG_BYTES;
  plain = g_malloc (padded + TAG_BYTES);
  if (decrypt (g_bytes_get_data (key, NULL), about, bytes, padded, plain))
    text = take_text (plain, padded);
  OPENSSL_cleanse (plain, padded);
  if (text == NULL)
    fail (MDG_STORE_ERROR_CORRUPT, "a sealed text is damaged", error);
  return text;
}
