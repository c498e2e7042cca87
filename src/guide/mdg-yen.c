/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Yen as people read and type them: 3,980円, ３，９８０円, ￥3,980-. */
#include "config.h"

#include "mdg-subsidy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mdg-journey-store.h"
#include "mdg-oqs-check.h"

#define TYPED_MAX     64 /* bytes: more is no amount */
#define YEN_NARROW    "¥"
#define YEN_WIDE      "￥"
#define YEN_CHARACTER "円"

/* digits alone, or in groups of three behind commas: "39,80" may be a slip of any kind */
static gboolean
take_digits (const char *text, gint64 *number)
{
  g_auto (GStrv) groups = g_strsplit (text, ",", -1);
  g_autofree char *digits = g_strjoinv ("", groups);

  for (guint i = 0; groups[i] != NULL && groups[1] != NULL; i++)
    {
      gsize length = strlen (groups[i]);

      if (i == 0 ? length < 1 || length > 3 : length != 3)
        return FALSE;
    }
  return *digits != '\0' && strspn (digits, "0123456789") == strlen (digits) &&
         g_ascii_string_to_signed (digits, 10, 0, MDG_RECEIPT_PRICE_MAX, number, NULL);
}

static char *
take_out_spaces (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

/* the length of the sign that stands before an amount: a backslash is what ¥ is in old Japanese
 * character sets */
static gsize
measure_sign (const char *text)
{
  const char *const signs[] = { YEN_NARROW, YEN_WIDE, "\\" };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i]))
      return strlen (signs[i]);
  return 0;
}

/**
 * mdg_yen_format:
 * @yen: an amount
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): it with commas and the unit, as the language of messages has it
 */
char *
mdg_yen_format (gint64 yen)
{
  g_autofree char *digits =
      g_strdup_printf ("%" G_GUINT64_FORMAT, yen < 0 ? -(guint64) yen : (guint64) yen);
  g_autoptr (GString) number = g_string_new (yen < 0 ? "-" : NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (number, ',');
      g_string_append_c (number, digits[i]);
    }
  /* an amount of money: 3,980 yen */
  return g_strdup_printf (_ ("%s yen"), number->str);
}

/**
 * mdg_yen_parse:
 * @text: (nullable): what a person typed
 * @yen: (out): the amount; not set where %FALSE is returned
 *
 * Takes any width, spaces, commas where they belong, 円 behind, ¥ or ￥ before, and the "-" with
 * which an amount behind ￥ is closed on receipts.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %FALSE where it is no amount from 0 to 10,000,000 yen
 */
gboolean
mdg_yen_parse (const char *text, gint64 *yen)
{
  g_autofree char *folded = NULL;
  g_autofree char *typed = NULL;
  gsize sign;
  gint64 number;

  if (text == NULL || strlen (text) > TYPED_MAX || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  folded = mdg_oqs_fold_width (text);
  typed = take_out_spaces (folded);
  sign = measure_sign (typed);
  if (g_str_has_suffix (typed, YEN_CHARACTER))
    typed[strlen (typed) - strlen (YEN_CHARACTER)] = '\0';
  else if (sign > 0 && g_str_has_suffix (typed, "-"))
    typed[strlen (typed) - 1] = '\0';
  if (strlen (typed) < sign || !take_digits (typed + sign, &number))
    return FALSE;
  *yen = number;
  return TRUE;
}
