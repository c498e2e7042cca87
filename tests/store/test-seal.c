/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was sealed opens with its key, in its place and unchanged, and not otherwise. */
#include "config.h"

#include "mdg-seal.h"

#include <string.h>

#include "mdg-store.h"

static GBytes *
make_key (void)
{
  g_autoptr (GError) error = NULL;
  GBytes *key = mdg_seal_key_new (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (key), ==, 32);
  return key;
}

static GBytes *
open_seal (GBytes *key, const char *about, GBytes *sealed, GError **error)
{
  return mdg_seal_open (key, about, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                        error);
}

static void
assert_refused (GBytes *key, const char *about, gconstpointer sealed, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_seal_open (key, about, sealed, length, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 251, 252, 253, 508, 509, 4096, 1024 * 1024 };
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'q');
      g_autoptr (GBytes) plain = g_bytes_new (text, sizes[i]);
      g_autoptr (GBytes) one = mdg_seal_close (key, "here", plain, &error);
      g_autoptr (GBytes) two = mdg_seal_close (key, "here", plain, &error);
      g_autoptr (GBytes) back = open_seal (key, "here", one, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (plain, back));
      /* never the same nonce, never the length itself */
      g_assert_false (g_bytes_equal (one, two));
      g_assert_cmpuint ((g_bytes_get_size (one) - 1 - 12 - 16) % 256, ==, 0);
      g_assert_null (
          g_strstr_len (g_bytes_get_data (one, NULL), (gssize) g_bytes_get_size (one), "qqqqqqqq"));
    }
}

static void
test_refused (void)
{
  g_autoptr (GBytes) key = make_key ();
  g_autoptr (GBytes) other = make_key ();
  g_autoptr (GBytes) plain = g_bytes_new_static ("text", 4);
  g_autoptr (GBytes) short_key = g_bytes_new_static ("0123456789abcdef", 16);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length;

  g_assert_false (g_bytes_equal (key, other));
  sealed = mdg_seal_close (key, "here", plain, &error);
  g_assert_no_error (error);
  bytes = g_bytes_unref_to_data (g_steal_pointer (&sealed), &length);
  assert_refused (key, "there", bytes, length);
  assert_refused (key, "", bytes, length);
  assert_refused (other, "here", bytes, length);
  assert_refused (short_key, "here", bytes, length);
  for (gsize i = 0; i < length; i++)
    {
      bytes[i] ^= 1;
      assert_refused (key, "here", bytes, length);
      bytes[i] ^= 1;
      assert_refused (key, "here", bytes, i);
    }
  assert_refused (key, "here", NULL, 0);
  g_assert_null (mdg_seal_close (short_key, "here", plain, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
}

static void
test_too_large (void)
{
  g_autoptr (GBytes) key = make_key ();
  g_autofree char *text = g_strnfill (1024 * 1024 + 1, 'q');
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_seal_close (key, "here", plain, &error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal/round-trip", test_round_trip);
  g_test_add_func ("/seal/refused", test_refused);
  g_test_add_func ("/seal/too-large", test_too_large);
  return g_test_run ();
}
