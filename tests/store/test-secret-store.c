/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets in memory and in files: kept whole, refused where others could read them, erased. */
#include "config.h"

#include "mdg-secret-store.h"

#include <glib/gstdio.h>

#include "mdg-store.h"

static char *folder;

static void
check_round_trip (MdgSecretStore *store)
{
  g_autoptr (GBytes) secret = mdg_secret_bytes_new ("秘密\0x", 8);
  g_autoptr (GBytes) other = mdg_secret_bytes_new ("other", 5);
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_secret_store_load (store, MDG_SECRET_TERMINAL_KEY, &error));
  g_assert_no_error (error);
  g_assert_true (mdg_secret_store_save (store, MDG_SECRET_TERMINAL_KEY, other, &error));
  g_assert_true (mdg_secret_store_save (store, MDG_SECRET_TERMINAL_KEY, secret, &error));
  g_assert_true (mdg_secret_store_save (store, MDG_SECRET_LOGIN_PASSWORD, other, &error));
  g_assert_no_error (error);
  back = mdg_secret_store_load (store, MDG_SECRET_TERMINAL_KEY, &error);
  g_assert_true (g_bytes_equal (back, secret));
  g_assert_true (mdg_secret_store_clear (store, MDG_SECRET_TERMINAL_KEY, &error));
  g_assert_true (mdg_secret_store_clear (store, MDG_SECRET_TERMINAL_KEY, &error));
  g_assert_null (mdg_secret_store_load (store, MDG_SECRET_TERMINAL_KEY, &error));
  g_assert_no_error (error);
  g_assert_true (mdg_secret_store_clear (store, MDG_SECRET_LOGIN_PASSWORD, &error));
}

static void
test_memory (void)
{
  g_autoptr (MdgSecretStore) store = mdg_secret_store_new_memory ();

  check_round_trip (store);
  g_assert_cmpstr (mdg_secret_store_get_kind (store), ==, "memory");
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSecretStore) store = mdg_secret_store_new_file (folder, &error);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *secrets = g_build_filename (folder, "secrets", NULL);

  g_assert_no_error (error);
  check_round_trip (store);
  g_assert_cmpstr (mdg_secret_store_get_kind (store), ==, "file");
  dir = g_dir_open (secrets, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_bad_keys (void)
{
  static const char *const keys[] = { "", "../x", "a/b", "A", ".", "a.b", "k\n" };
  g_autoptr (MdgSecretStore) store = mdg_secret_store_new_file (folder, NULL);
  g_autoptr (GBytes) secret = mdg_secret_bytes_new ("x", 1);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (mdg_secret_store_save (store, keys[i], secret, &error));
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED);
    }
}

static void
test_file_rights (void)
{
  g_autoptr (MdgSecretStore) store = mdg_secret_store_new_file (folder, NULL);
  g_autoptr (GBytes) secret = mdg_secret_bytes_new ("secret", 6);
  g_autofree char *secrets = g_build_filename (folder, "secrets", NULL);
  g_autofree char *path = g_build_filename (secrets, "terminal-key", NULL);
  g_autofree char *aside = g_build_filename (folder, "aside", NULL);
  g_autofree char *large = g_strnfill (70000, 'x');
  static const int modes[] = { 0640, 0604, 0620, 0666 };
  GStatBuf info;

  g_assert_true (mdg_secret_store_save (store, "terminal-key", secret, NULL));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (secrets, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (g_chmod (path, modes[i]), ==, 0);
      g_assert_null (mdg_secret_store_load (store, "terminal-key", &error));
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
    }
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);

  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GFile) link = g_file_new_for_path (path);

    g_assert_cmpint (g_rename (path, aside), ==, 0);
    g_assert_true (g_file_make_symbolic_link (link, aside, NULL, NULL));
    g_assert_null (mdg_secret_store_load (store, "terminal-key", &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
    g_assert_cmpint (g_unlink (path), ==, 0);
    g_assert_cmpint (g_unlink (aside), ==, 0);
  }
  {
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents_full (path, large, 70000, 0, 0600, NULL));
    g_assert_null (mdg_secret_store_load (store, "terminal-key", &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
  }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) too_large = g_bytes_new (large, 70000);

    g_assert_false (mdg_secret_store_save (store, "terminal-key", too_large, &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
  }
  g_assert_true (mdg_secret_store_clear (store, "terminal-key", NULL));
}

/* The environment of the tests has no session bus: the file must come at once and quietly. */
static void
test_open_without_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSecretStore) store = mdg_secret_store_open (folder, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mdg_secret_store_get_kind (store), ==, "file");
}

static void
test_bytes (void)
{
  char text[] = "pass-word";
  g_autoptr (GBytes) bytes = mdg_secret_bytes_new (text, 9);
  g_autoptr (GBytes) none = mdg_secret_bytes_new (NULL, 0);

  text[0] = 'X';
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "pass-word", 9);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *secrets = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("mdg-secrets-XXXXXX", NULL);
  g_test_add_func ("/secret-store/memory", test_memory);
  g_test_add_func ("/secret-store/file", test_file);
  g_test_add_func ("/secret-store/bad-keys", test_bad_keys);
  g_test_add_func ("/secret-store/file-rights", test_file_rights);
  g_test_add_func ("/secret-store/open-without-bus", test_open_without_bus);
  g_test_add_func ("/secret-store/bytes", test_bytes);
  result = g_test_run ();
  secrets = g_build_filename (folder, "secrets", NULL);
  g_rmdir (secrets);
  g_rmdir (folder);
  g_free (folder);
  return result;
}
