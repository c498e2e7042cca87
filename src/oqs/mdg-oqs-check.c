/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks of codes and numbers before they are sent (reference/domain.md 3.1 to 3.4). A number that
 * cannot be is BAD; one that only looks wrong is a warning, because published sample codes and
 * special schemes do not all follow the rules. Full-width digits and separators are accepted. */
#include "config.h"

#include "mdg-oqs-check.h"

#include <string.h>

#define DIGITS   "0123456789"
#define TEXT_MAX 20 /* characters of 記号 and 番号: reference/domain.md 3.4 */

/* 点数表: 医科, 非保険健診施設, 歯科, 調剤, 訪問看護 (reference/domain.md 3.1) */
static const char institution_kinds[] = "12346";

/* 法別番号 of insurers and of public expense (reference/domain.md 3.3); 80 to 89 besides */
static const char *const insurer_kinds[] = { "01", "02", "03", "04", "06", "07", "31", "32", "33",
                                             "34", "39", "63", "67", "72", "73", "74", "75", "10",
                                             "11", "12", "13", "14", "15", "16", "17", "18", "19",
                                             "20", "21", "23", "24", "25", "28", "29", "30", "38",
                                             "51", "52", "53", "54", "66", NULL };

static MdgOqsCheck
answer (MdgOqsCheck check, MdgOqsReason why, MdgOqsReason *reason)
{
  if (reason != NULL)
    *reason = why;
  return check;
}

/* nearly an activation code is still most of one */
static void
erase (char *text)
{
  for (volatile char *p = text; *p != '\0'; p++)
    *p = '\0';
}

/* the digits of @text; NULL with @why set where it is empty or something else stands in it */
static char *
read_digits (const char *text, MdgOqsReason *why)
{
  g_autofree char *digits = mdg_oqs_fold_digits (text);

  if (*digits == '\0')
    *why = MDG_OQS_REASON_EMPTY;
  else if (strspn (digits, DIGITS) != strlen (digits))
    {
      erase (digits);
      *why = MDG_OQS_REASON_CHARACTERS;
    }
  else
    return g_steal_pointer (&digits);
  return NULL;
}

static gboolean
is_prefecture (const char *two)
{
  int number = (two[0] - '0') * 10 + two[1] - '0';

  return number >= 1 && number <= 47;
}

static gboolean
is_insurer_kind (const char *digits)
{
  char kind[3] = { digits[0], digits[1], '\0' };

  return kind[0] == '8' || g_strv_contains (insurer_kinds, kind);
}

static void
give (char **normal, char **digits)
{
  if (normal != NULL)
    *normal = g_steal_pointer (digits);
}

/**
 * mdg_oqs_luhn:
 * @digits: (nullable): digits, the last one being the check digit
 *
 * The check digit of 医療機関コード, 保険者番号 and 公費負担者番号 (保険者番号等設定要領): weights
 * 2, 1, 2 … from the digit before it, digit sums, 10 minus the ones.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether it fits; %FALSE for anything but two or more ASCII digits
 */
gboolean
mdg_oqs_luhn (const char *digits)
{
  gsize length = digits != NULL ? strlen (digits) : 0;
  guint sum = 0;

  if (length < 2 || strspn (digits, DIGITS) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint) (digits[length - 1 - i] - '0') * (i % 2 == 1 ? 2 : 1);
      sum = (sum + digit / 10 + digit % 10) % 10;
    }
  return sum == 0;
}

/**
 * mdg_oqs_check_institution_code:
 * @text: (nullable): a 医療機関コード as it was typed
 * @normal: (out) (optional) (nullable) (transfer full): the 10 digits, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, CHARACTERS, LENGTH are BAD; CHECK_DIGIT, PREFECTURE, KIND (点数表)
 *   warn.
 *
 * Returns: whether it can be sent
 */
MdgOqsCheck
mdg_oqs_check_institution_code (const char *text, char **normal, MdgOqsReason *reason)
{
  MdgOqsReason why = MDG_OQS_REASON_NONE;
  g_autofree char *digits = read_digits (text, &why);

  if (normal != NULL)
    *normal = NULL;
  if (digits == NULL)
    return answer (MDG_OQS_CHECK_BAD, why, reason);
  if (strlen (digits) != 10)
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, reason);
  if (!mdg_oqs_luhn (digits))
    why = MDG_OQS_REASON_CHECK_DIGIT;
  else if (!is_prefecture (digits))
    why = MDG_OQS_REASON_PREFECTURE;
  else if (strchr (institution_kinds, digits[2]) == NULL)
    why = MDG_OQS_REASON_KIND;
  give (normal, &digits);
  return answer (why == MDG_OQS_REASON_NONE ? MDG_OQS_CHECK_OK : MDG_OQS_CHECK_WARN, why, reason);
}

/**
 * mdg_oqs_check_insurer_number:
 * @text: (nullable): a 保険者番号 as it was typed or received
 * @normal: (out) (optional) (nullable) (transfer full): 8 digits, or the 6 of 国保, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * 6 digits padded to 8 with zeros or spaces are the 6 digits (reference/domain.md 2.2, 3.2).
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, CHARACTERS, LENGTH are BAD; CHECK_DIGIT, KIND (法別), PREFECTURE warn.
 *
 * Returns: whether it can be sent
 */
MdgOqsCheck
mdg_oqs_check_insurer_number (const char *text, char **normal, MdgOqsReason *reason)
{
  MdgOqsReason why = MDG_OQS_REASON_NONE;
  g_autofree char *digits = read_digits (text, &why);
  gsize length;

  if (normal != NULL)
    *normal = NULL;
  if (digits == NULL)
    return answer (MDG_OQS_CHECK_BAD, why, reason);
  length = strlen (digits);
  if (length != 6 && length != 8)
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, reason);
  if (length == 8 && g_str_has_prefix (digits, "00"))
    {
      char *rest = g_strdup (digits + 2);
      g_free (digits);
      digits = rest;
      length = 6;
    }
  if (!mdg_oqs_luhn (digits))
    why = MDG_OQS_REASON_CHECK_DIGIT;
  else if (length == 8 && !is_insurer_kind (digits))
    why = MDG_OQS_REASON_KIND;
  else if (!is_prefecture (digits + length - 6))
    why = MDG_OQS_REASON_PREFECTURE;
  give (normal, &digits);
  return answer (why == MDG_OQS_REASON_NONE ? MDG_OQS_CHECK_OK : MDG_OQS_CHECK_WARN, why, reason);
}

/* 記号 and 番号 are sent as they are on the card: trimmed, nothing else changed */
static MdgOqsCheck
check_text (const char *text, gboolean may_be_empty, char **normal, MdgOqsReason *reason)
{
  g_autofree char *trimmed = NULL;

  if (normal != NULL)
    *normal = NULL;
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, reason);
  trimmed = mdg_oqs_trim_insurer_number (text);
  if (*trimmed == '\0' && !may_be_empty)
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, reason);
  for (const char *p = trimmed; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, reason);
  if (g_utf8_strlen (trimmed, -1) > TEXT_MAX)
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, reason);
  give (normal, &trimmed);
  return answer (MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, reason);
}

/**
 * mdg_oqs_check_symbol:
 * @text: (nullable): a 記号; there may be none (国保 and others)
 * @normal: (out) (optional) (nullable) (transfer full): the text, trimmed, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: CHARACTERS (control characters and the like), LENGTH (over 20 characters).
 *
 * Returns: OK or BAD
 */
MdgOqsCheck
mdg_oqs_check_symbol (const char *text, char **normal, MdgOqsReason *reason)
{
  return check_text (text, TRUE, normal, reason);
}

/**
 * mdg_oqs_check_insured_number:
 * @text: (nullable): a 番号
 * @normal: (out) (optional) (nullable) (transfer full): the text, trimmed, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, CHARACTERS (control characters and the like), LENGTH (over 20
 *   characters).
 *
 * Returns: OK or BAD
 */
MdgOqsCheck
mdg_oqs_check_insured_number (const char *text, char **normal, MdgOqsReason *reason)
{
  return check_text (text, FALSE, normal, reason);
}

static MdgOqsCheck
check_fixed (const char *text, gsize length, char **normal, MdgOqsReason *reason)
{
  MdgOqsReason why = MDG_OQS_REASON_NONE;
  g_autofree char *digits = read_digits (text, &why);

  if (normal != NULL)
    *normal = NULL;
  if (digits == NULL)
    return answer (MDG_OQS_CHECK_BAD, why, reason);
  if (strlen (digits) != length)
    {
      erase (digits);
      return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, reason);
    }
  if (normal == NULL)
    erase (digits);
  give (normal, &digits);
  return answer (MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, reason);
}

/**
 * mdg_oqs_check_branch_number:
 * @text: (nullable): a 枝番; one digit is completed to two. 後期高齢者 have none: the caller leaves
 *   it out then
 * @normal: (out) (optional) (nullable) (transfer full): the 2 digits, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, CHARACTERS, LENGTH.
 *
 * Returns: OK or BAD
 */
MdgOqsCheck
mdg_oqs_check_branch_number (const char *text, char **normal, MdgOqsReason *reason)
{
  g_autofree char *digits = mdg_oqs_fold_digits (text);
  g_autofree char *two = g_strconcat (strlen (digits) == 1 ? "0" : "", digits, NULL);

  return check_fixed (two, 2, normal, reason);
}

/**
 * mdg_oqs_check_activation_code:
 * @text: (nullable): an アクティベーションコード as it was typed or pasted
 * @normal: (out) (optional) (nullable) (transfer full): the 12 digits, NULL for BAD. A secret: to
 * be erased after use
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, CHARACTERS, LENGTH.
 *
 * Returns: OK or BAD
 */
MdgOqsCheck
mdg_oqs_check_activation_code (const char *text, char **normal, MdgOqsReason *reason)
{
  return check_fixed (text, 12, normal, reason);
}

/**
 * mdg_oqs_reason_describe:
 * @reason: what a check found
 * @language: Japanese or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): a sentence for people
 */
const char *
mdg_oqs_reason_describe (MdgOqsReason reason, MdgOqsLanguage language)
{
  static const char *const words[][2] = {
    [MDG_OQS_REASON_NONE] = { "問題ありません。", "It is fine." },
    [MDG_OQS_REASON_EMPTY] = { "入力されていません。", "It is empty." },
    [MDG_OQS_REASON_LENGTH] = { "桁数（文字数）が合いません。",
                                "It does not have the right length." },
    [MDG_OQS_REASON_CHARACTERS] = { "使えない文字が含まれています。",
                                    "It contains a character that cannot stand there." },
    [MDG_OQS_REASON_CHECK_DIGIT] = { "検証番号（末尾の数字）が合いません。もう一度お確かめください"
                                     "。",
                                     "The check digit does not fit. Please look again." },
    [MDG_OQS_REASON_PREFECTURE] = { "都道府県番号が01から47ではありません。もう一度お確かめください"
                                    "。",
                                    "The prefecture is not 01 to 47. Please look again." },
    [MDG_OQS_REASON_KIND] = { "点数表または法別の番号が知られていません。もう一度お確かめください"
                              "。",
                              "The kind of institution or insurance is not known. Please look "
                              "again." },
    [MDG_OQS_REASON_DATE] = { "日付として正しくありません。", "There is no such date." },
    [MDG_OQS_REASON_RANGE] = { "日付があり得る範囲にありません。", "The date is out of range." },
  };

  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (words), "");
  return words[reason][language == MDG_OQS_LANGUAGE_JA ? 0 : 1];
}

/**
 * mdg_oqs_pad_insurer_number:
 * @number: (nullable): a 保険者番号
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): it, trimmed, with spaces (not zeros) in front up to 8 characters
 *   (reference/domain.md 2.2)
 */
char *
mdg_oqs_pad_insurer_number (const char *number)
{
  g_autofree char *trimmed = mdg_oqs_trim_insurer_number (number);

  return g_strdup_printf ("%8s", trimmed);
}

/**
 * mdg_oqs_trim_insurer_number:
 * @number: (nullable): a value as it was received
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): it without spaces of either width around it
 */
char *
mdg_oqs_trim_insurer_number (const char *number)
{
  g_autofree char *valid = g_utf8_make_valid (number != NULL ? number : "", -1);
  const char *start = valid, *end = valid + strlen (valid);

  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (start, end - start);
}

/**
 * mdg_oqs_contribution_tenths:
 * @percent: (nullable): InsuredPartialContributionRatio or ElderlyRecipientContributionRatio:
 * percent as three digits
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the share in 割, "020" is 2; -1 for what is not a whole 割
 */
int
mdg_oqs_contribution_tenths (const char *percent)
{
  g_autofree char *digits = mdg_oqs_trim_insurer_number (percent);
  gsize length = strlen (digits);
  int value;

  if (length < 1 || length > 3 || strspn (digits, DIGITS) != length)
    return -1;
  value = (int) g_ascii_strtoull (digits, NULL, 10);
  return value <= 100 && value % 10 == 0 ? value / 10 : -1;
}
