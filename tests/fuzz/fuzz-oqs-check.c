/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any text in every field that is typed: accepted or refused, and what is accepted is accepted
 * again and does not change any more. */
#include "config.h"

#include "fuzz.h"
#include "mdg-oqs-check.h"
#include "mdg-oqs-summary.h"

typedef MdgOqsCheck (*Check) (const char *text, char **normal, MdgOqsReason *reason);
typedef char *(*Fold) (const char *text);

static void
run_check (Check check, const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *again = NULL;
  MdgOqsReason reason;
  MdgOqsCheck found = check (text, &normal, &reason);

  g_assert_true ((found == MDG_OQS_CHECK_BAD) == (normal == NULL));
  g_assert_true ((found == MDG_OQS_CHECK_OK) == (reason == MDG_OQS_REASON_NONE));
  if (normal == NULL)
    return;
  g_assert_cmpint (check (normal, &again, NULL), ==, found);
  g_assert_cmpstr (again, ==, normal);
}

static void
run_fold (Fold fold, const char *text)
{
  g_autofree char *once = fold (text);
  g_autofree char *twice = fold (once);

  g_assert_true (g_utf8_validate (once, -1, NULL));
  g_assert_cmpstr (once, ==, twice);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const Check checks[] = { mdg_oqs_check_institution_code,
                                  mdg_oqs_check_insurer_number,
                                  mdg_oqs_check_symbol,
                                  mdg_oqs_check_insured_number,
                                  mdg_oqs_check_branch_number,
                                  mdg_oqs_check_activation_code,
                                  mdg_oqs_check_date };
  static const Fold folds[] = {
    mdg_oqs_fold_width,  mdg_oqs_kana_wide,  mdg_oqs_kana_key,
    mdg_oqs_compare_key, mdg_oqs_symbol_key, mdg_oqs_trim_insurer_number
  };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *date = mdg_oqs_date_describe (text, MDG_OQS_LANGUAGE_JA);
  g_autofree char *shown = mdg_oqs_text_for_display (text);
  int tenths = mdg_oqs_contribution_tenths (text);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    run_check (checks[i], text);
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    run_fold (folds[i], text);
  g_assert_true (tenths >= -1 && tenths <= 10);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_true (!g_utf8_validate (text, -1, NULL) || g_utf8_validate (date, -1, NULL));
  mdg_oqs_has_unwritable (text);
  mdg_oqs_luhn (text);
  return 0;
}
