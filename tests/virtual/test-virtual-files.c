/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The folder of cards: what is made is valid as OpenSSL sees it, private, made once however many
 * start at once, and never silently made again. */
#include "config.h"

#include "mdg-virtual-test.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

#define PROCESSES 4

static const char *program;

static X509 *
parse (GBytes *der)
{
  const guint8 *data = g_bytes_get_data (der, NULL);
  X509 *certificate = d2i_X509 (NULL, &data, (long) g_bytes_get_size (der));

  g_assert_nonnull (certificate);
  return certificate;
}

/* Returns the error of the chain from @leaf to @ca, X509_V_OK for none. */
static int
verify_chain (X509 *leaf, X509 *ca)
{
  X509_STORE *store = X509_STORE_new ();
  X509_STORE_CTX *context = X509_STORE_CTX_new ();
  int error;

  X509_STORE_add_cert (store, ca);
  X509_STORE_CTX_init (context, store, leaf, NULL);
  X509_VERIFY_PARAM_set_flags (X509_STORE_CTX_get0_param (context), X509_V_FLAG_X509_STRICT);
  X509_verify_cert (context);
  error = X509_STORE_CTX_get_error (context);
  X509_STORE_CTX_free (context);
  X509_STORE_free (store);
  return error;
}

static void
assert_shape (GBytes *leaf_der, GBytes *ca_der, guint32 usage, int chain)
{
  X509 *leaf = parse (leaf_der);
  X509 *ca = parse (ca_der);
  char *issuer = X509_NAME_oneline (X509_get_issuer_name (leaf), NULL, 0);
  char cn[65] = "";

  X509_NAME_get_text_by_NID (X509_get_subject_name (leaf), NID_commonName, cn, sizeof cn);
  g_assert_cmpstr (cn, ==, "PRACTICE0001");
  g_assert_nonnull (strstr (issuer, "PRACTICE"));
  g_assert_nonnull (strstr (issuer, "\\xE7\\xB7\\xB4\\xE7\\xBF\\x92")); /* 練習 */
  g_assert_cmpint (verify_chain (leaf, ca), ==, chain);
  g_assert_cmpint (verify_chain (ca, ca), ==, X509_V_OK);
  g_assert_cmphex (X509_get_key_usage (leaf), ==, usage);
  g_assert_cmphex (X509_get_key_usage (ca), ==, KU_KEY_CERT_SIGN | KU_CRL_SIGN);
  g_assert_cmpint (X509_check_ca (leaf), ==, 0);
  g_assert_cmpint (X509_check_ca (ca), ==, 1);
  g_assert_cmpint (X509_get_ext_by_NID (leaf, NID_certificate_policies, -1), >=, 0);
  g_assert_cmpint (X509_get_ext_by_NID (ca, NID_certificate_policies, -1), <, 0);
  g_assert_cmpint (EVP_PKEY_get_bits (X509_get0_pubkey (leaf)), ==, 2048);
  g_assert_cmpuint (g_bytes_get_size (leaf_der), >=, 1500);
  g_assert_cmpuint (g_bytes_get_size (leaf_der), <=, 1800);
  OPENSSL_free (issuer);
  X509_free (leaf);
  X509_free (ca);
}

static void
test_shape (void)
{
  MdgVirtualCardFiles *files = mdg_virtual_test_get_files ();

  assert_shape (files->auth_certificate, files->auth_ca, KU_DIGITAL_SIGNATURE, X509_V_OK);
  assert_shape (files->sign_certificate, files->sign_ca, KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION,
                X509_V_OK);
  /* neither CA vouches for the other's leaves */
  assert_shape (files->auth_certificate, files->sign_ca, KU_DIGITAL_SIGNATURE,
                X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

static void
test_expired (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgVirtualCardFiles) files = mdg_virtual_card_files_new (
      mdg_virtual_test_get_folder (), "PRACTICE0001", TRUE, NULL, &error);

  g_assert_no_error (error);
  assert_shape (files->auth_certificate, files->auth_ca, KU_DIGITAL_SIGNATURE,
                X509_V_ERR_CERT_HAS_EXPIRED);
  g_assert_cmpint (EVP_PKEY_eq (files->auth_key, mdg_virtual_test_get_files ()->auth_key), ==, 0);
}

/* What a service is given is what the cards are made with. */
static void
test_public_ca (void)
{
  g_autofree char *path = g_build_filename (mdg_virtual_test_get_folder (), "ca.pem", NULL);
  MdgVirtualCardFiles *files = mdg_virtual_test_get_files ();
  BIO *bio = BIO_new_file (path, "r");
  X509 *ca = PEM_read_bio_X509 (bio, NULL, NULL, NULL);
  X509 *expected = parse (files->auth_ca);
  X509 *more = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

  g_assert_nonnull (ca);
  g_assert_null (more);
  g_assert_cmpint (X509_cmp (ca, expected), ==, 0);
  X509_free (ca);
  X509_free (expected);
  BIO_free (bio);
}

static void
assert_private (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      g_assert_false (g_str_has_prefix (name, ".new-")); /* nothing half made is left */
      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmphex (info.st_mode & 077, ==, 0);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        assert_private (path);
    }
}

static void
test_private (void)
{
  mdg_virtual_test_get_files ();
  assert_private (mdg_virtual_test_get_folder ());
}

static void
test_keys_of_their_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgVirtualCardFiles) other = mdg_virtual_card_files_new (
      mdg_virtual_test_get_folder (), "PRACTICE0002", FALSE, NULL, &error);
  MdgVirtualCardFiles *files = mdg_virtual_test_get_files ();

  g_assert_no_error (error);
  g_assert_cmpint (EVP_PKEY_eq (files->auth_key, other->auth_key), ==, 0);
  g_assert_cmpint (EVP_PKEY_eq (files->auth_key, files->sign_key), ==, 0);
  g_assert_true (g_bytes_equal (files->auth_ca, other->auth_ca));
}

/* What another process runs. Prints the certificate's hash. */
static int
make_as_process (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgVirtualCardFiles) files =
      mdg_virtual_card_files_new (folder, "PRACTICE0001", FALSE, NULL, &error);
  g_autofree char *hash = NULL;

  if (files == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, files->auth_certificate);
  g_print ("%s", hash);
  return 0;
}

static void
test_at_once (void)
{
  g_autofree char *folder = g_build_filename (mdg_virtual_test_get_folder (), "at-once", NULL);
  GSubprocess *processes[PROCESSES];
  g_autofree char *first = NULL;

  for (gsize i = 0; i < PROCESSES; i++)
    {
      processes[i] =
          g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--make", folder, NULL);
      g_assert_nonnull (processes[i]);
    }
  for (gsize i = 0; i < PROCESSES; i++)
    {
      g_autofree char *hash = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (processes[i], NULL, NULL, &hash, NULL, NULL));
      g_assert_true (g_subprocess_get_successful (processes[i]));
      g_assert_cmpuint (strlen (hash), ==, 64);
      if (first == NULL)
        first = g_strdup (hash);
      g_assert_cmpstr (hash, ==, first);
      g_object_unref (processes[i]);
    }
  assert_private (folder);
}

/* A card that is damaged is an error; one that another CA made is told apart. */
static void
test_damaged (void)
{
  static const char *const names[] = { "auth.key", "auth.der", "auth-ca.der",
                                       "sign.key", "sign.der", "sign-ca.der" };
  const char *folder = mdg_virtual_test_get_files ()->folder;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *good = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &good, &length, NULL));
      for (guint way = 0; way < 4; way++)
        {
          g_autoptr (GError) error = NULL;
          const gsize cuts[] = { 0, length / 2, length - 30 };

          if (way == 3)
            g_assert_cmpint (g_unlink (path), ==, 0);
          else
            g_assert_true (g_file_set_contents (path, good, (gssize) cuts[way], NULL));
          g_assert_null (mdg_virtual_card_files_new (mdg_virtual_test_get_folder (), "PRACTICE0001",
                                                     FALSE, NULL, &error));
          g_assert_nonnull (error);
        }
      g_assert_true (g_file_set_contents_full (path, good, (gssize) length, 0, 0600, NULL));
    }
}

static void
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (source, &data, &length, NULL));
  g_assert_true (g_file_set_contents_full (target, data, (gssize) length, 0, 0600, NULL));
}

static void
test_foreign (void)
{
  static const char *const names[] = { "auth.key", "auth.der", "auth-ca.der",
                                       "sign.key", "sign.der", "sign-ca.der" };
  g_autofree char *folder = g_build_filename (mdg_virtual_test_get_folder (), "foreign", NULL);
  g_autofree char *card = g_build_filename (folder, "PRACTICE0001", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_virtual_card_files_prepare (folder, NULL, &error));
  g_assert_cmpint (g_mkdir (card, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    copy_file (mdg_virtual_test_get_files ()->folder, card, names[i]);
  g_assert_null (mdg_virtual_card_files_new (folder, "PRACTICE0001", FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_names (void)
{
  static const char *const wrong[] = {
    "",
    ".",
    "..",
    "ca.d",
    "a/b",
    "a\\b",
    "../x",
    "名",
    "a b",
    "a\n",
    "12345678901234567890123456789012345678901234567890123456789012345"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mdg_virtual_card_files_new (mdg_virtual_test_get_folder (), wrong[i], FALSE,
                                                 NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *card = g_build_filename (mdg_virtual_test_get_folder (), "PRACTICE0009", NULL);

  g_cancellable_cancel (cancellable);
  g_assert_null (mdg_virtual_card_files_new (mdg_virtual_test_get_folder (), "PRACTICE0009", FALSE,
                                             cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (card, G_FILE_TEST_EXISTS));
  assert_private (mdg_virtual_test_get_folder ());
}

static void
test_tries (void)
{
  static const char *const wrong[] = {
    "",      "3",      "3 5",   "3 5 3 1",
    "4 5 3", "-1 5 3", "x 5 3", "3 5 3333333333333333333333333333333333333333333333333333"
  };
  MdgVirtualCardFiles *files = mdg_virtual_test_get_files ();
  g_autofree char *path = g_build_filename (files->folder, "tries", NULL);
  const guint kept[] = { 1, 4, 0 };
  guint tries[] = { 3, 5, 3 };

  g_unlink (path);
  g_assert_false (mdg_virtual_card_files_read_tries (files, tries, 3));
  g_assert_true (mdg_virtual_card_files_write_tries (files, kept, 3, NULL));
  g_assert_true (mdg_virtual_card_files_read_tries (files, tries, 3));
  g_assert_cmpmem (tries, sizeof tries, kept, sizeof kept);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      guint fresh[] = { 3, 5, 3 };

      g_assert_true (g_file_set_contents (path, wrong[i], -1, NULL));
      g_assert_false (mdg_virtual_card_files_read_tries (files, fresh, 3));
      g_assert_cmpuint (fresh[0], ==, 3);
    }
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  int result;

  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--make"))
    return make_as_process (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-files/shape", test_shape);
  g_test_add_func ("/virtual-files/expired", test_expired);
  g_test_add_func ("/virtual-files/public-ca", test_public_ca);
  g_test_add_func ("/virtual-files/private", test_private);
  g_test_add_func ("/virtual-files/keys-of-their-own", test_keys_of_their_own);
  g_test_add_func ("/virtual-files/at-once", test_at_once);
  g_test_add_func ("/virtual-files/damaged", test_damaged);
  g_test_add_func ("/virtual-files/foreign", test_foreign);
  g_test_add_func ("/virtual-files/names", test_names);
  g_test_add_func ("/virtual-files/cancelled", test_cancelled);
  g_test_add_func ("/virtual-files/tries", test_tries);
  result = g_test_run ();
  mdg_virtual_test_finish ();
  return result;
}
