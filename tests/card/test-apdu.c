/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every length case of ISO/IEC 7816-4 5.1, byte for byte. */
#include "config.h"

#include "mdg-apdu.h"

static char *
to_hex (GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02X", data[i]);
  return g_string_free (text, FALSE);
}

static void
check (const char *expected, gsize length, guint le)
{
  g_autofree guint8 *data = g_malloc0 (length + 1);
  g_autoptr (GBytes) apdu = mdg_apdu_new (0x80, 0x2a, 0x01, 0x97, data, length, le);
  g_autofree char *hex = to_hex (apdu);
  gsize head = strlen (expected);

  g_assert_cmpuint (strlen (hex), >=, head);
  hex[head] = '\0';
  g_assert_cmpstr (hex, ==, expected);
}

static void
test_cases (void)
{
  check ("802A0197", 0, 0);
  check ("802A019701", 0, 1);
  check ("802A0197FF", 0, 255);
  check ("802A019700", 0, 256);
  check ("802A0197000101", 0, 257);
  check ("802A0197000700", 0, 1792);
  check ("802A0197000000", 0, 65536);
  check ("802A0197020000", 2, 0);
  check ("802A019702000010", 2, 16);
  check ("802A019702000000", 2, 256);
  check ("802A019700000200000101", 2, 257);
  check ("802A0197000100", 256, 0);
  check ("802A019700FFFF", 65535, 0);
}

static void
test_sizes (void)
{
  const struct
  {
    gsize length;
    guint le;
    gsize size;
  } rows[] = {
    { 0, 0, 4 },
    { 0, 256, 5 },
    { 0, 257, 7 },
    { 255, 0, 260 },
    { 255, 256, 261 },
    { 255, 257, 264 },
    { 256, 1, 4 + 3 + 256 + 2 },
    { 65535, 65536, 65544 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree guint8 *data = g_malloc0 (rows[i].length + 1);
      g_autoptr (GBytes) apdu = mdg_apdu_new (0, 0, 0, 0, data, rows[i].length, rows[i].le);

      g_assert_cmpuint (g_bytes_get_size (apdu), ==, rows[i].size);
    }
}

static void
test_response (void)
{
  g_autoptr (GBytes) bare = g_bytes_new_static ("\x63\xc2", 2);
  g_autoptr (GBytes) full = g_bytes_new_static ("abc\x90\x00", 5);
  g_autoptr (GBytes) none = mdg_response_get_data (bare);
  g_autoptr (GBytes) data = mdg_response_get_data (full);

  g_assert_cmphex (mdg_response_get_sw (bare), ==, 0x63c2);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);
  g_assert_cmphex (mdg_response_get_sw (full), ==, 0x9000);
  g_assert_cmpmem (g_bytes_get_data (data, NULL), g_bytes_get_size (data), "abc", 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/apdu/cases", test_cases);
  g_test_add_func ("/card/apdu/sizes", test_sizes);
  g_test_add_func ("/card/apdu/response", test_response);
  return g_test_run ();
}
