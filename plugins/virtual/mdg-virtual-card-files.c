/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The folder of virtual cards:
 *
 *   DIR/ca.pem          the CA of user authentication: what a service has to trust
 *   DIR/ca.d/           both CAs, keys included
 *   DIR/CN/             a card: auth.key auth.der auth-ca.der, the same for sign, and its tries
 *   DIR/CN.expired/     the same holder with certificates that have ended
 *
 * A folder is made under another name and moved into place whole, so that of two processes that
 * start at once one wins and the other takes what it made. Every file is for this user alone. */
#include "config.h"

#include "mdg-virtual-card-files.h"

#include "mdg-virtual-certificate.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <string.h>

#define FILE_MODE       0600
#define FOLDER_MODE     0700
#define MAX_FILE        32767 /* the offset of READ BINARY has 15 bits */
#define MAX_CN          64    /* ub-common-name, RFC 5280 appendix A */
#define TRIES_FILE      "tries"
#define TRIES_MAX_BYTES 64

typedef X509 MdgX509;
typedef EVP_PKEY MdgKey;
typedef BIO MdgBio;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgX509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgKey, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgBio, BIO_free_all)

static gboolean
write_file (const char *folder, const char *name, const void *data, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   FILE_MODE, error);
}

/* Writes what @bio collected, and wipes it: it may be a key. */
static gboolean
write_bio (const char *folder, const char *name, BIO *bio, GError **error)
{
  char *data = NULL;
  long length = BIO_get_mem_data (bio, &data);
  gboolean ok = length > 0 && write_file (folder, name, data, (gsize) length, error);

  if (length > 0)
    OPENSSL_cleanse (data, (size_t) length);
  return ok;
}

static gboolean
write_key (const char *folder, const char *name, EVP_PKEY *key, GError **error)
{
  g_autoptr (MdgBio) bio = BIO_new (BIO_s_mem ());

  if (bio == NULL || !PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL))
    return mdg_virtual_certificate_set_openssl_error (error, "cannot write a key");
  return write_bio (folder, name, bio, error);
}

static gboolean
write_pem (const char *folder, const char *name, X509 *certificate, GError **error)
{
  g_autoptr (MdgBio) bio = BIO_new (BIO_s_mem ());

  if (bio == NULL || !PEM_write_bio_X509 (bio, certificate))
    return mdg_virtual_certificate_set_openssl_error (error, "cannot write a certificate");
  return write_bio (folder, name, bio, error);
}

static gboolean
write_der (const char *folder, const char *name, X509 *certificate, GError **error)
{
  guint8 *der = NULL;
  int length = i2d_X509 (certificate, &der);
  gboolean ok;

  if (length <= 0)
    return mdg_virtual_certificate_set_openssl_error (error, "cannot write a certificate");
  ok = write_file (folder, name, der, (gsize) length, error);
  OPENSSL_free (der);
  return ok;
}

static GBytes *
read_file (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *data = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  if (length == 0 || length > MAX_FILE)
    {
      OPENSSL_cleanse (data, length);
      g_free (data);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: empty or too large", name);
      return NULL;
    }
  return g_bytes_new_take (data, length);
}

static EVP_PKEY *
read_key (const char *folder, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (folder, name, error);
  g_autoptr (MdgBio) bio = NULL;
  EVP_PKEY *key;
  gsize length;

  if (bytes == NULL)
    return NULL;
  bio = BIO_new_mem_buf (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes));
  /* never asks a person for a pass phrase: the empty one is given */
  key = bio != NULL ? PEM_read_bio_PrivateKey (bio, NULL, NULL, (void *) "") : NULL;
  OPENSSL_cleanse ((void *) g_bytes_get_data (bytes, &length), g_bytes_get_size (bytes));
  if (key == NULL)
    mdg_virtual_certificate_set_openssl_error (error, name);
  return key;
}

static X509 *
parse_der (GBytes *der, const char *name, GError **error)
{
  const guint8 *data = g_bytes_get_data (der, NULL);
  X509 *certificate = d2i_X509 (NULL, &data, (long) g_bytes_get_size (der));

  if (certificate == NULL)
    mdg_virtual_certificate_set_openssl_error (error, name);
  return certificate;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

/* Moves the finished @temporary to @target. When another process was faster, theirs stays. */
static gboolean
settle_folder (const char *temporary, const char *target, GError **error)
{
  int code;

  if (g_rename (temporary, target) == 0)
    return TRUE;
  code = errno;
  remove_folder (temporary);
  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "cannot make %s: %s", target,
               g_strerror (code));
  return FALSE;
}

static char *
make_temporary (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, ".new-XXXXXX", NULL);

  if (g_mkdtemp_full (path, FOLDER_MODE) != NULL)
    return g_steal_pointer (&path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot make a folder in %s: %s",
               directory, g_strerror (errno));
  return NULL;
}

/* A key takes tenths of a second: whoever waits for the end of it asks in between. */
static EVP_PKEY *
make_key (GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return mdg_virtual_certificate_make_key (error);
}

static gboolean
make_ca (const char *folder, MdgVirtualUse use, GCancellable *cancellable, GError **error)
{
  gboolean sign = use == MDG_VIRTUAL_USE_SIGN;
  g_autoptr (MdgKey) key = make_key (cancellable, error);
  g_autoptr (MdgX509) ca = key != NULL ? mdg_virtual_certificate_make_ca (use, key, error) : NULL;

  return ca != NULL && write_key (folder, sign ? "sign-ca.key" : "auth-ca.key", key, error) &&
         write_pem (folder, sign ? "sign-ca.pem" : "auth-ca.pem", ca, error) &&
         write_der (folder, sign ? "sign-ca.der" : "auth-ca.der", ca, error);
}

static gboolean
make_ca_folder (const char *directory,
                const char *target,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *temporary = make_temporary (directory, error);

  if (temporary == NULL)
    return FALSE;
  if (make_ca (temporary, MDG_VIRTUAL_USE_AUTH, cancellable, error) &&
      make_ca (temporary, MDG_VIRTUAL_USE_SIGN, cancellable, error))
    return settle_folder (temporary, target, error);
  remove_folder (temporary);
  return FALSE;
}

static gboolean
make_leaf (const char *folder,
           const char *ca_folder,
           MdgVirtualUse use,
           const char *cn,
           gboolean expired,
           GCancellable *cancellable,
           GError **error)
{
  gboolean sign = use == MDG_VIRTUAL_USE_SIGN;
  const char *ca_name = sign ? "sign-ca.der" : "auth-ca.der";
  g_autoptr (GBytes) ca_der = read_file (ca_folder, ca_name, error);
  g_autoptr (MdgX509) ca = ca_der != NULL ? parse_der (ca_der, ca_name, error) : NULL;
  g_autoptr (MdgKey) ca_key = NULL;
  g_autoptr (MdgKey) key = NULL;
  g_autoptr (MdgX509) leaf = NULL;

  if (ca == NULL)
    return FALSE;
  ca_key = read_key (ca_folder, sign ? "sign-ca.key" : "auth-ca.key", error);
  if (ca_key == NULL)
    return FALSE;
  key = make_key (cancellable, error);
  if (key == NULL)
    return FALSE;
  leaf = mdg_virtual_certificate_make_leaf (use, cn, expired, key, ca, ca_key, error);
  return leaf != NULL && write_key (folder, sign ? "sign.key" : "auth.key", key, error) &&
         write_der (folder, sign ? "sign.der" : "auth.der", leaf, error) &&
         write_der (folder, ca_name, ca, error);
}

static gboolean
make_card_folder (const char *directory,
                  const char *target,
                  const char *cn,
                  gboolean expired,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *ca_folder = g_build_filename (directory, "ca.d", NULL);
  g_autofree char *temporary = make_temporary (directory, error);

  if (temporary == NULL)
    return FALSE;
  if (make_leaf (temporary, ca_folder, MDG_VIRTUAL_USE_AUTH, cn, expired, cancellable, error) &&
      make_leaf (temporary, ca_folder, MDG_VIRTUAL_USE_SIGN, cn, expired, cancellable, error))
    return settle_folder (temporary, target, error);
  remove_folder (temporary);
  return FALSE;
}

/* A card whose folder was copied from another place would be refused by every service without a
 * word of why: say it here. */
static gboolean
check_ca (MdgVirtualCardFiles *self, const char *directory, GError **error)
{
  g_autofree char *ca_folder = g_build_filename (directory, "ca.d", NULL);
  g_autoptr (GBytes) ca = read_file (ca_folder, "auth-ca.der", error);

  if (ca == NULL)
    return FALSE;
  if (g_bytes_equal (ca, self->auth_ca))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s was made by another CA than %s",
               self->folder, ca_folder);
  return FALSE;
}

static GBytes *
load_certificate (const char *folder, const char *name, EVP_PKEY *key, GError **error)
{
  g_autoptr (GBytes) der = read_file (folder, name, error);
  g_autoptr (MdgX509) certificate = der != NULL ? parse_der (der, name, error) : NULL;

  if (certificate == NULL)
    return NULL;
  if (key != NULL && X509_check_private_key (certificate, key) != 1)
    {
      mdg_virtual_certificate_set_openssl_error (error, name);
      return NULL;
    }
  return g_steal_pointer (&der);
}

static void
free_files (gpointer data)
{
  MdgVirtualCardFiles *self = data;

  g_free (self->folder);
  g_clear_pointer (&self->auth_certificate, g_bytes_unref);
  g_clear_pointer (&self->auth_ca, g_bytes_unref);
  g_clear_pointer (&self->sign_certificate, g_bytes_unref);
  g_clear_pointer (&self->sign_ca, g_bytes_unref);
  EVP_PKEY_free (self->auth_key);
  EVP_PKEY_free (self->sign_key);
}

/**
 * mdg_virtual_card_files_check_cn:
 * @cn: a common name
 * @error: (nullable): an error
 *
 * Checks that @cn can name a card: 1 to 64 ASCII letters, digits, `-` and `_`. It becomes the name
 * of a folder, so nothing else is let through.
 *
 * Returns: whether it can
 *
 * Thread: any.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 */
gboolean
mdg_virtual_card_files_check_cn (const char *cn, GError **error)
{
  gsize length = strlen (cn);
  gboolean ok = length >= 1 && length <= MAX_CN;

  for (gsize i = 0; ok && i < length; i++)
    ok = g_ascii_isalnum (cn[i]) || cn[i] == '-' || cn[i] == '_';
  if (!ok)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         "a card's name has 1 to 64 letters, digits, - and _");
  return ok;
}

/**
 * mdg_virtual_card_files_prepare:
 * @directory: the folder of virtual cards; made when it is not there
 * @cancellable: (nullable): asked before each key that is made
 * @error: (nullable): an error
 *
 * Makes the CAs at first use, so that `@directory/ca.pem` can be given to a service before the
 * first card is made. Takes up to seconds the first time.
 *
 * Returns: whether they are there
 *
 * Thread: any but the main one. Several processes may do it at once.
 *
 * Errors: #GIOErrorEnum and #GFileError codes.
 */
gboolean
mdg_virtual_card_files_prepare (const char *directory, GCancellable *cancellable, GError **error)
{
  g_autofree char *ca_folder = g_build_filename (directory, "ca.d", NULL);
  g_autofree char *public_path = g_build_filename (directory, "ca.pem", NULL);
  g_autoptr (GBytes) pem = NULL;

  if (g_mkdir_with_parents (directory, FOLDER_MODE) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot make %s: %s",
                   directory, g_strerror (errno));
      return FALSE;
    }
  if (!g_file_test (ca_folder, G_FILE_TEST_IS_DIR) &&
      !make_ca_folder (directory, ca_folder, cancellable, error))
    return FALSE;
  if (g_file_test (public_path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  pem = read_file (ca_folder, "auth-ca.pem", error);
  return pem != NULL && write_file (directory, "ca.pem", g_bytes_get_data (pem, NULL),
                                    g_bytes_get_size (pem), error);
}

/**
 * mdg_virtual_card_files_load:
 * @folder: the folder of one card
 * @error: (nullable): an error
 *
 * Loads a card that is there. A folder of the same file names that another program made will do.
 *
 * Returns: (transfer full) (nullable): its keys and certificates
 *
 * Thread: any.
 *
 * Errors: #GFileError codes for a file that is missing, %G_IO_ERROR_INVALID_DATA and
 * %G_IO_ERROR_FAILED for one that is damaged or a key that is not its certificate's.
 */
MdgVirtualCardFiles *
mdg_virtual_card_files_load (const char *folder, GError **error)
{
  g_autoptr (MdgVirtualCardFiles) self = g_atomic_rc_box_new0 (MdgVirtualCardFiles);

  self->folder = g_strdup (folder);
  if ((self->auth_key = read_key (folder, "auth.key", error)) == NULL ||
      (self->sign_key = read_key (folder, "sign.key", error)) == NULL)
    return NULL;
  if (!EVP_PKEY_is_a (self->auth_key, "RSA") || !EVP_PKEY_is_a (self->sign_key, "RSA"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a key is not RSA");
      return NULL;
    }
  self->auth_certificate = load_certificate (folder, "auth.der", self->auth_key, error);
  if (self->auth_certificate == NULL)
    return NULL;
  self->sign_certificate = load_certificate (folder, "sign.der", self->sign_key, error);
  if (self->sign_certificate == NULL)
    return NULL;
  self->auth_ca = load_certificate (folder, "auth-ca.der", NULL, error);
  if (self->auth_ca == NULL)
    return NULL;
  self->sign_ca = load_certificate (folder, "sign-ca.der", NULL, error);
  if (self->sign_ca == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_virtual_card_files_new:
 * @directory: the folder of virtual cards
 * @cn: the common name of the holder
 * @expired: whether the certificates have ended
 * @cancellable: (nullable): asked before each key that is made
 * @error: (nullable): an error
 *
 * Loads the card of @cn, making it and the CAs at first use. No two cards share a key.
 *
 * Returns: (transfer full) (nullable): its keys and certificates
 *
 * Thread: any but the main one. Several processes may do it at once.
 *
 * Errors: as mdg_virtual_card_files_check_cn(), mdg_virtual_card_files_prepare() and
 * mdg_virtual_card_files_load().
 */
MdgVirtualCardFiles *
mdg_virtual_card_files_new (const char *directory,
                            const char *cn,
                            gboolean expired,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *name = g_strconcat (cn, expired ? ".expired" : NULL, NULL);
  g_autofree char *folder = g_build_filename (directory, name, NULL);
  g_autoptr (MdgVirtualCardFiles) self = NULL;

  if (!mdg_virtual_card_files_check_cn (cn, error) ||
      !mdg_virtual_card_files_prepare (directory, cancellable, error))
    return NULL;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) &&
      !make_card_folder (directory, folder, cn, expired, cancellable, error))
    return NULL;
  self = mdg_virtual_card_files_load (folder, error);
  if (self == NULL || !check_ca (self, directory, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_virtual_card_files_ref:
 * @self: files
 *
 * Returns: (transfer full): @self
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualCardFiles *
mdg_virtual_card_files_ref (MdgVirtualCardFiles *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_virtual_card_files_unref:
 * @self: (transfer full): files
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_card_files_unref (MdgVirtualCardFiles *self)
{
  g_atomic_rc_box_release_full (self, free_files);
}

/**
 * mdg_virtual_card_files_read_tries:
 * @self: files
 * @tries: (array length=n) (inout): tries left of each PIN; on return what the card's file says
 * @n: how many
 *
 * Reads the tries that the card had left when it was last used. A file that cannot be understood
 * counts as none.
 *
 * Returns: whether there was such a file; @tries is untouched when not
 *
 * Thread: any.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_card_files_read_tries (MdgVirtualCardFiles *self, guint *tries, guint n)
{
  g_autofree char *path = g_build_filename (self->folder, TRIES_FILE, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree guint *numbers = g_new0 (guint, n);
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > TRIES_MAX_BYTES)
    return FALSE;
  words = g_strsplit (g_strchomp (text), " ", (int) n + 1);
  if (g_strv_length (words) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint64 number = 0;

      if (!g_ascii_string_to_unsigned (words[i], 10, 0, tries[i], &number, NULL))
        return FALSE;
      numbers[i] = (guint) number;
    }
  for (guint i = 0; i < n; i++)
    tries[i] = numbers[i];
  return TRUE;
}

/**
 * mdg_virtual_card_files_write_tries:
 * @self: files
 * @tries: (array length=n): tries left of each PIN
 * @n: how many
 * @error: (nullable): an error
 *
 * Keeps the tries for the next time the card is used. Whole or not at all when the process dies;
 * not forced to the disk, as that would take longer than a card's VERIFY.
 *
 * Returns: whether they were kept
 *
 * Thread: any.
 *
 * Errors: #GFileError codes.
 */
gboolean
mdg_virtual_card_files_write_tries (MdgVirtualCardFiles *self,
                                    const guint *tries,
                                    guint n,
                                    GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, TRIES_FILE, NULL);
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  int code;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", tries[i]);
  g_string_append_c (text, '\n');
  if (!g_file_set_contents_full (temporary, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_NONE,
                                 FILE_MODE, error))
    return FALSE;
  if (g_rename (temporary, path) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "cannot keep tries: %s",
               g_strerror (code));
  return FALSE;
}
