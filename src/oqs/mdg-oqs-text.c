/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Widths, kana and keys. The same number comes with full-width and half-width characters and with
 * half a dozen hyphens (reference/domain.md 3.4 and 3.5), so comparing goes over keys; what is
 * shown or sent stays as it was written. */
#include "config.h"

#include "mdg-oqs-check.h"

#include <string.h>

/* U+FF61 to U+FF9F, in this order */
static const char *const wide_kana[] = {
  "。", "「", "」", "、", "・", "ヲ", "ァ", "ィ", "ゥ", "ェ", "ォ", "ャ", "ュ", "ョ", "ッ", "ー",
  "ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ", "シ", "ス", "セ", "ソ", "タ",
  "チ", "ツ", "テ", "ト", "ナ", "ニ", "ヌ", "ネ", "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ",
  "ム", "メ", "モ", "ヤ", "ユ", "ヨ", "ラ", "リ", "ル", "レ", "ロ", "ワ", "ン", "゛", "゜"
};

static gboolean
is_hyphen (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xff0d;
}

static gunichar
fold (gunichar c)
{
  if (is_hyphen (c))
    return '-';
  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xfee0;
  return c == 0x3000 || c == 0xa0 ? ' ' : c;
}

/* what people and input methods put between groups of digits: ー and ｰ come from the hyphen's key
 */
static gboolean
is_separator (gunichar c)
{
  return c == '-' || c == '.' || c == ',' || c == 0x30fc || c == 0xff70 || c == 0x30fb ||
         c == 0x2027 || c == 0xff65 || g_unichar_isspace (c);
}

/* the kana with the mark on it, 0 where there is none: カ ゛→ ガ */
static gunichar
join_mark (gunichar kana, gunichar mark)
{
  gboolean ha_row = kana >= 0x30cf && kana <= 0x30db && (kana - 0x30cf) % 3 == 0;

  if (mark == 0xff9f)
    return ha_row ? kana + 2 : 0;
  if (ha_row || (kana >= 0x30ab && kana <= 0x30c1 && kana % 2 == 1) ||
      (kana >= 0x30c4 && kana <= 0x30c8 && kana % 2 == 0))
    return kana + 1;
  return kana == 0x30a6 ? 0x30f4 : kana == 0x30ef ? 0x30f7 : kana == 0x30f2 ? 0x30fa : 0;
}

/**
 * mdg_oqs_fold_width:
 * @text: a text in UTF-8
 *
 * Full-width ASCII and the full-width space become ASCII, and every kind of dash becomes "-".
 * Kana, the long-vowel sign among them, stay.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text
 */
char *
mdg_oqs_fold_width (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, fold (g_utf8_get_char (p)));
  return g_string_free (out, FALSE);
}

/**
 * mdg_oqs_fold_digits:
 * @text: a number as people write it
 *
 * Folds the width and takes out what separates groups of digits.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): what is left, which may still be no number
 */
char *
mdg_oqs_fold_digits (const char *text)
{
  /* one allocation and no copy left behind: an activation code comes through here too */
  GString *out = g_string_sized_new (text != NULL ? strlen (text) : 0);

  for (const char *p = text; p != NULL && *p != '\0';)
    {
      gunichar c = g_utf8_get_char_validated (p, -1);

      if ((gint32) c < 0) /* no UTF-8: what is left is no number */
        {
          g_string_append_c (out, '?');
          break;
        }
      p = g_utf8_next_char (p);
      if (!is_separator (fold (c)))
        g_string_append_unichar (out, fold (c));
    }
  return g_string_free (out, FALSE);
}

/**
 * mdg_oqs_kana_wide:
 * @text: (nullable): a text, NameKana for example
 *
 * Half-width katakana and spaces become full-width; a sound mark joins the kana before it where
 * there is such a kana. Everything else stays.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text
 */
char *
mdg_oqs_kana_wide (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  gunichar before = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar joined = c == 0xff9e || c == 0xff9f ? join_mark (before, c) : 0;

      if (joined != 0)
        {
          g_string_truncate (out, out->len - strlen ("カ"));
          c = joined;
        }
      else if (c >= 0xff61 && c <= 0xff9f)
        c = g_utf8_get_char (wide_kana[c - 0xff61]);
      else if (c == ' ')
        c = 0x3000;
      g_string_append_unichar (out, c);
      before = c;
    }
  return g_string_free (out, FALSE);
}

static char *
drop_spaces (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/**
 * mdg_oqs_symbol_key:
 * @text: (nullable): a 記号
 *
 * For comparing only: ASCII half-width, kana full-width, one kind of hyphen, no spaces
 * (reference/domain.md 3.4).
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the key
 */
char *
mdg_oqs_symbol_key (const char *text)
{
  g_autofree char *folded = mdg_oqs_fold_width (text);
  g_autofree char *wide = mdg_oqs_kana_wide (folded);

  return drop_spaces (wide);
}

/**
 * mdg_oqs_compare_key:
 * @text: (nullable): a 番号 or another number
 *
 * For comparing only: as mdg_oqs_symbol_key(), and zeros in front go; a lone zero stays
 * (reference/domain.md 3.4).
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the key
 */
char *
mdg_oqs_compare_key (const char *text)
{
  g_autofree char *key = mdg_oqs_symbol_key (text);
  const char *rest = key + strspn (key, "0");

  return g_strdup (*rest != '\0' || rest == key ? rest : "0");
}

/**
 * mdg_oqs_kana_key:
 * @text: (nullable): a name in kana of any kind
 *
 * For comparing only: full-width katakana without spaces (reference/domain.md 3.5).
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the key
 */
char *
mdg_oqs_kana_key (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *wide = mdg_oqs_kana_wide (text);

  for (const char *p = wide; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= 0x3041 && c <= 0x3096)
        c += 0x60; /* hiragana to katakana */
      if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/**
 * mdg_oqs_has_unwritable:
 * @text: (nullable): a name or an address
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether a ●, ■, 〓, U+FFFD or a private character stands in it, that is, whether the
 *   service could not write a character of it (reference/domain.md 3.5)
 */
gboolean
mdg_oqs_has_unwritable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == 0x25cf || c == 0x25a0 || c == 0x3013 || c == 0xfffd ||
          g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
        return TRUE;
    }
  return FALSE;
}
