/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The activation code as it is pasted, and that no accessible text has a digit of it. */
#include "config.h"

#include "mdg-code-field.h"
#include "mdg-test-window.h"

#include <string.h>

static void
assert_code (MdgCodeField *field, const char *wanted)
{
  g_autoptr (GBytes) code = mdg_code_field_get_code (field);
  g_autoptr (GBytes) expected = g_bytes_new_static (wanted, strlen (wanted));

  g_assert_cmpuint (mdg_code_field_get_n_digits (field), ==, strlen (wanted));
  if (*wanted == '\0')
    g_assert_null (code);
  else
    g_assert_true (g_bytes_equal (code, expected));
}

static void
test_paste (void)
{
  static const struct
  {
    const char *text;
    const char *code;
  } rows[] = {
    { "1234-5678-9012", "123456789012" },
    { "123456789012", "123456789012" },
    { " 1234 5678 9012\n", "123456789012" },
    { "１２３４－５６７８－９０１２", "123456789012" },
    { "1234‐5678–9012", "123456789012" },
    { "機関コード 1319999015\nアクティベーションコード\t1234-5678-9012\n", "123456789012" },
    { "12-34", "1234" },
    { "letters only", "" },
    { "", "" },
    { "\xff\xfe", "" },
    { "1234567890123456", "123456789012" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MdgCodeField) field = g_object_ref_sink (MDG_CODE_FIELD (mdg_code_field_new ()));

      mdg_code_field_paste (field, rows[i].text);
      assert_code (field, rows[i].code);
      mdg_code_field_clear (field);
      assert_code (field, "");
    }
}

/* A whole code takes the place of a part; a part is added. */
static void
test_over (void)
{
  g_autoptr (MdgCodeField) field = g_object_ref_sink (MDG_CODE_FIELD (mdg_code_field_new ()));

  mdg_code_field_paste (field, "99");
  mdg_code_field_paste (field, "1234");
  assert_code (field, "991234");
  mdg_code_field_paste (field, "1234-5678-9012");
  assert_code (field, "123456789012");
  mdg_code_field_paste (field, "5");
  assert_code (field, "123456789012");
}

static void
test_long (void)
{
  g_autoptr (MdgCodeField) field = g_object_ref_sink (MDG_CODE_FIELD (mdg_code_field_new ()));
  g_autofree char *text = g_strnfill (1000000, '7');

  mdg_code_field_paste (field, text);
  assert_code (field, "");
}

int
main (int argc, char **argv)
{
  mdg_test_window_init (&argc, &argv);
  g_test_add_func ("/code-field/paste", test_paste);
  g_test_add_func ("/code-field/over", test_over);
  g_test_add_func ("/code-field/long", test_long);
  return g_test_run ();
}
