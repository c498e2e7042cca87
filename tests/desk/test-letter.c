/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The letter's values as people type and paste them. */
#include "config.h"

#include "mdg-letter.h"
#include "mdg-secret-store.h"

#include <string.h>

typedef struct
{
  MdgLetterField field;
  const char *text;
  MdgOqsCheck check;
  const char *normal; /* NULL for BAD */
} Row;

static const Row rows[] = {
  { MDG_LETTER_INSTITUTION, "1319999015", MDG_OQS_CHECK_OK, "1319999015" },
  { MDG_LETTER_INSTITUTION, "１３１９９９９０１５", MDG_OQS_CHECK_OK, "1319999015" },
  { MDG_LETTER_INSTITUTION, " 13-1-999-9015 ", MDG_OQS_CHECK_OK, "1319999015" },
  { MDG_LETTER_INSTITUTION, "1319999016", MDG_OQS_CHECK_WARN, "1319999016" },
  { MDG_LETTER_INSTITUTION, "131999901", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_INSTITUTION, "", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_USER, "W0000001", MDG_OQS_CHECK_OK, "W0000001" },
  { MDG_LETTER_USER, "  Ｗ０００００１２ ", MDG_OQS_CHECK_OK, "W0000012" },
  { MDG_LETTER_USER, "W 0000001", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_USER, "W000\n001", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_USER, "", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_SERVICE, "https://service.example/", MDG_OQS_CHECK_OK, "https://service.example/" },
  { MDG_LETTER_SERVICE, " https://127.0.0.1:8443/ ", MDG_OQS_CHECK_OK, "https://127.0.0.1:8443/" },
  { MDG_LETTER_SERVICE, "http://service.example/", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_SERVICE, "https://user:word@service.example/", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_SERVICE, "https://service.example/?q", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_SERVICE, "https:///", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_CA, "", MDG_OQS_CHECK_OK, "" },
  { MDG_LETTER_CA, "no certificate", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_TERMINAL, " 受付1 ", MDG_OQS_CHECK_OK, "受付1" },
  { MDG_LETTER_TERMINAL, "受付\t1", MDG_OQS_CHECK_BAD, NULL },
  { MDG_LETTER_TERMINAL, "\xff", MDG_OQS_CHECK_BAD, NULL },
};

static void
test_values (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = NULL;
      g_autofree char *words = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (mdg_letter_check (rows[i].field, rows[i].text, &normal, &words), ==,
                       rows[i].check);
      g_assert_cmpstr (normal, ==, rows[i].normal);
      g_assert_true ((*words == '\0') == (rows[i].check == MDG_OQS_CHECK_OK));
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_strnfill (100000, '1');

  for (int field = 0; field < MDG_LETTER_N_FIELDS; field++)
    if (field != MDG_LETTER_PASSWORD && field != MDG_LETTER_CODE)
      g_assert_cmpint (mdg_letter_check (field, text, NULL, NULL), ==, MDG_OQS_CHECK_BAD);
}

static void
assert_secret (MdgLetterField field, const char *text, const char *wanted)
{
  g_autoptr (GBytes) secret = mdg_secret_bytes_new (text, strlen (text));
  g_autoptr (GBytes) normal = NULL;
  g_autofree char *words = NULL;
  MdgOqsCheck check = mdg_letter_check_secret (field, secret, &normal, &words);

  g_assert_cmpint (check, ==, wanted != NULL ? MDG_OQS_CHECK_OK : MDG_OQS_CHECK_BAD);
  if (wanted != NULL)
    {
      g_autoptr (GBytes) expected = g_bytes_new_static (wanted, strlen (wanted));

      g_assert_cmpstr (words, ==, "");
      g_assert_true (g_bytes_equal (normal, expected));
      return;
    }
  g_assert_null (normal);
  g_assert_cmpstr (words, !=, "");
  /* not a character of it is told */
  g_assert_true (*text == '\0' || strstr (words, text) == NULL);
}

static void
test_secrets (void)
{
  g_autofree char *long_text = g_strnfill (101, 'a');

  assert_secret (MDG_LETTER_CODE, "1234-5678-9012", "123456789012");
  assert_secret (MDG_LETTER_CODE, "１２３４－５６７８－９０１２", "123456789012");
  assert_secret (MDG_LETTER_CODE, "1234 5678 9012", "123456789012");
  assert_secret (MDG_LETTER_CODE, "123456789012", "123456789012");
  assert_secret (MDG_LETTER_CODE, "12345678901", NULL);
  assert_secret (MDG_LETTER_CODE, "1234567890123", NULL);
  assert_secret (MDG_LETTER_CODE, "12345678901a", NULL);
  assert_secret (MDG_LETTER_CODE, "", NULL);
  assert_secret (MDG_LETTER_CODE, long_text, NULL);
  assert_secret (MDG_LETTER_PASSWORD, "!Qazse45", "!Qazse45");
  assert_secret (MDG_LETTER_PASSWORD, "!Qazse4", NULL);
  assert_secret (MDG_LETTER_PASSWORD, "", NULL);
  assert_secret (MDG_LETTER_PASSWORD, "\xff\xff\xff\xff\xff\xff\xff\xff", NULL);
  assert_secret (MDG_LETTER_PASSWORD, long_text, NULL);
  assert_secret (MDG_LETTER_PASSWORD, long_text + 1, long_text + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/values", test_values);
  g_test_add_func ("/letter/long", test_long);
  g_test_add_func ("/letter/secrets", test_secrets);
  return g_test_run ();
}
