/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The password as scrypt (RFC 7914) with N = 2^15, r = 8, p = 1, which takes 32 MiB and about a
 * tenth of a second, and the count of wrong tries beside it, so that a restart gives no new ones.
 *
 * Layout: version 1 (1 byte), salt (16), hash (32), wrong tries (4, big endian), time of the last
 * wrong one (8, big endian, seconds since 1970). */
#include "config.h"

#include "mdg-staff-verifier.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "mdg-store.h"

#define VERSION      1
#define SALT_BYTES   16
#define HASH_BYTES   32
#define SALT_AT      1
#define HASH_AT      (SALT_AT + SALT_BYTES)
#define WRONG_AT     (HASH_AT + HASH_BYTES)
#define TIME_AT      (WRONG_AT + 4)
#define ALL_BYTES    (TIME_AT + 8)
#define SCRYPT_N     (1u << 15)
#define SCRYPT_R     8
#define SCRYPT_P     1
#define SCRYPT_MEM   (64u * 1024 * 1024)
#define MAX_PASSWORD 1024
#define FREE_TRIES   3
#define FIRST_WAIT   5
#define LONGEST_WAIT 300

struct _MdgStaffVerifier
{
  MdgSecretStore *secrets;
  gboolean known; /* whether there is one */
  gboolean present;
  guint8 salt[SALT_BYTES];
  guint8 hash[HASH_BYTES];
  guint wrong;
  gint64 wait_until; /* monotonic */
};

static guint64
get_number (const guint8 *bytes, guint n)
{
  guint64 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];
  return number;
}

static void
put_number (guint8 *bytes, guint n, guint64 number)
{
  for (guint i = 0; i < n; i++)
    bytes[i] = (guint8) (number >> (8 * (n - 1 - i)));
}

static gboolean
derive (GBytes *password, const guint8 *salt, guint8 *hash, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (password, &length);

  if (EVP_PBE_scrypt (data, length, salt, SALT_BYTES, SCRYPT_N, SCRYPT_R, SCRYPT_P, SCRYPT_MEM,
                      hash, HASH_BYTES) == 1)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the password cannot be checked");
  return FALSE;
}

/* The rest of the wait after a restart. A clock that was set back gives the whole of it. */
static void
resume_wait (MdgStaffVerifier *self, gint64 last)
{
  gint64 wait = mdg_staff_verifier_find_wait (self->wrong);
  gint64 gone = g_get_real_time () / G_USEC_PER_SEC - last;

  if (gone < 0)
    gone = 0;
  if (gone < wait)
    self->wait_until = g_get_monotonic_time () + (wait - gone) * G_USEC_PER_SEC;
}

static gboolean
save (MdgStaffVerifier *self, GError **error)
{
  guint8 all[ALL_BYTES] = { VERSION };
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < SALT_BYTES; i++)
    all[SALT_AT + i] = self->salt[i];
  for (guint i = 0; i < HASH_BYTES; i++)
    all[HASH_AT + i] = self->hash[i];
  put_number (all + WRONG_AT, 4, self->wrong);
  put_number (all + TIME_AT, 8, (guint64) (g_get_real_time () / G_USEC_PER_SEC));
  bytes = mdg_secret_bytes_new (all, sizeof all);
  OPENSSL_cleanse (all, sizeof all);
  return mdg_secret_store_save (self->secrets, MDG_SECRET_STAFF_VERIFIER, bytes, error);
}

static void
count_wrong (MdgStaffVerifier *self)
{
  g_autoptr (GError) error = NULL;
  guint wait;

  if (self->wrong < G_MAXINT32)
    self->wrong++;
  wait = mdg_staff_verifier_find_wait (self->wrong);
  if (wait > 0)
    self->wait_until = g_get_monotonic_time () + (gint64) wait * G_USEC_PER_SEC;
  /* it counts in this run all the same */
  if (!save (self, &error))
    g_debug ("the count of wrong tries was not kept: %s", error->message);
}

static void
clear_wrong (MdgStaffVerifier *self)
{
  g_autoptr (GError) error = NULL;

  self->wait_until = 0;
  if (self->wrong == 0)
    return;
  self->wrong = 0;
  if (!save (self, &error))
    g_debug ("the count of wrong tries was not kept: %s", error->message);
}

/**
 * mdg_staff_verifier_find_wait:
 * @wrong: wrong tries, one after the other
 *
 * Thread: any.
 *
 * Returns: seconds until the next try counts: 0, 0, 5, 10, 20 … 300
 */
guint
mdg_staff_verifier_find_wait (guint wrong)
{
  guint wait = FIRST_WAIT;

  if (wrong < FREE_TRIES)
    return 0;
  for (guint i = FREE_TRIES; i < wrong && wait < LONGEST_WAIT; i++)
    wait *= 2;
  return MIN (wait, LONGEST_WAIT);
}

/**
 * mdg_staff_verifier_new:
 * @secrets: where it lives
 *
 * Thread: any.
 *
 * Returns: (transfer full): a verifier that has read nothing yet
 */
MdgStaffVerifier *
mdg_staff_verifier_new (MdgSecretStore *secrets)
{
  MdgStaffVerifier *self = g_new0 (MdgStaffVerifier, 1);

  self->secrets = g_object_ref (secrets);
  return self;
}

/**
 * mdg_staff_verifier_free:
 * @self: (transfer full): a verifier
 *
 * Thread: any.
 */
void
mdg_staff_verifier_free (MdgStaffVerifier *self)
{
  g_clear_object (&self->secrets);
  OPENSSL_cleanse (self, sizeof *self);
  g_free (self);
}

/**
 * mdg_staff_verifier_load:
 * @self: a verifier
 * @error: return location
 *
 * Thread: the worker; blocking, at most about 5 s.
 * Errors: #MdgStoreError, _CORRUPT where what is kept is none of ours.
 *
 * Returns: whether it is known now if there is a password
 */
gboolean
mdg_staff_verifier_load (MdgStaffVerifier *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *all;
  gsize length = 0;

  if (self->known)
    return TRUE;
  bytes = mdg_secret_store_load (self->secrets, MDG_SECRET_STAFF_VERIFIER, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->known = TRUE;
  if (bytes == NULL)
    return TRUE;
  all = g_bytes_get_data (bytes, &length);
  if (length != ALL_BYTES || all[0] != VERSION)
    {
      self->known = FALSE;
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                           "the password's verifier is damaged");
      return FALSE;
    }
  for (guint i = 0; i < SALT_BYTES; i++)
    self->salt[i] = all[SALT_AT + i];
  for (guint i = 0; i < HASH_BYTES; i++)
    self->hash[i] = all[HASH_AT + i];
  self->wrong = (guint) get_number (all + WRONG_AT, 4);
  resume_wait (self, (gint64) get_number (all + TIME_AT, 8));
  self->present = TRUE;
  return TRUE;
}

/**
 * mdg_staff_verifier_get_known:
 * @self: a verifier
 *
 * Thread: the worker.
 *
 * Returns: whether it is known if there is a password
 */
gboolean
mdg_staff_verifier_get_known (MdgStaffVerifier *self)
{
  return self->known;
}

/**
 * mdg_staff_verifier_has_password:
 * @self: a verifier
 *
 * Thread: the worker.
 *
 * Returns: whether one was set; %FALSE before it is known
 */
gboolean
mdg_staff_verifier_has_password (MdgStaffVerifier *self)
{
  return self->present;
}

/**
 * mdg_staff_verifier_get_wait_until:
 * @self: a verifier
 *
 * Thread: the worker.
 *
 * Returns: monotonic time; 0 or past: the next try counts
 */
gint64
mdg_staff_verifier_get_wait_until (MdgStaffVerifier *self)
{
  return self->wait_until;
}

/**
 * mdg_staff_verifier_set:
 * @self: a verifier
 * @password: 1 to 1024 bytes
 * @error: return location
 *
 * Thread: the worker; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT, #MdgStoreError: the former one stays.
 *
 * Returns: whether it is kept
 */
gboolean
mdg_staff_verifier_set (MdgStaffVerifier *self, GBytes *password, GError **error)
{
  MdgStaffVerifier former = *self;
  gboolean good;

  if (g_bytes_get_size (password) == 0 || g_bytes_get_size (password) > MAX_PASSWORD)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "a password has 1 to 1024 bytes");
      return FALSE;
    }
  self->wrong = 0;
  if (RAND_bytes (self->salt, SALT_BYTES) != 1)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "there are no random numbers");
      good = FALSE;
    }
  else
    good = derive (password, self->salt, self->hash, error) && save (self, error);
  if (good)
    {
      self->known = self->present = TRUE;
      self->wait_until = 0;
    }
  else
    *self = former;
  OPENSSL_cleanse (&former, sizeof former);
  return good;
}

/**
 * mdg_staff_verifier_check:
 * @self: a verifier
 * @password: what was typed
 * @error: return location
 *
 * Thread: the worker; blocking, about a tenth of a second.
 * Errors: %G_IO_ERROR_NOT_INITIALIZED: none was set; %G_IO_ERROR_BUSY: too early, not looked at;
 * %G_IO_ERROR_PERMISSION_DENIED: wrong; those of mdg_staff_verifier_load().
 *
 * Returns: whether it is right
 */
gboolean
mdg_staff_verifier_check (MdgStaffVerifier *self, GBytes *password, GError **error)
{
  guint8 hash[HASH_BYTES] = { 0 };
  gboolean right;

  if (!mdg_staff_verifier_load (self, error))
    return FALSE;
  if (!self->present)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "no password was set");
      return FALSE;
    }
  if (g_get_monotonic_time () < self->wait_until)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "the next try does not count yet");
      return FALSE;
    }
  /* what is too long is wrong like any other: it must not be free of charge */
  right = g_bytes_get_size (password) <= MAX_PASSWORD;
  if (right && !derive (password, self->salt, hash, error))
    return FALSE;
  right = right && CRYPTO_memcmp (hash, self->hash, HASH_BYTES) == 0;
  OPENSSL_cleanse (hash, sizeof hash);
  if (right)
    {
      clear_wrong (self);
      return TRUE;
    }
  count_wrong (self);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "the password is wrong");
  return FALSE;
}
