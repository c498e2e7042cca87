/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fields that more than one form has: names, codes, telephone numbers, dates. Any width is taken;
 * what is kept is what goes onto the paper. */
#include "config.h"

#include "mdg-form-field.h"
#include "mdg-guide-text-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DIGITS "0123456789"

/**
 * mdg_field_check_clear:
 * @self: a check
 *
 * Empties it, so that it can be used again.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_field_check_clear (MdgFieldCheck *self)
{
  g_clear_pointer (&self->normal, g_free);
  g_clear_pointer (&self->words, g_free);
  self->state = MDG_FIELD_OK;
}

/**
 * mdg_form_say:
 * @check: an empty check, or one with a normal form
 * @state: how the field stands
 * @words: (nullable): why, translated
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper; where it cannot, the normal form is taken away
 */
gboolean
mdg_form_say (MdgFieldCheck *check, MdgFieldState state, const char *words)
{
  gboolean good = state == MDG_FIELD_OK || state == MDG_FIELD_WARN;

  check->state = state;
  g_free (check->words);
  check->words = g_strdup (words != NULL ? words : "");
  if (state == MDG_FIELD_BAD || state == MDG_FIELD_EMPTY)
    g_clear_pointer (&check->normal, g_free);
  return good;
}

static void
keep (MdgFieldCheck *check, const char *normal)
{
  g_free (check->normal);
  check->normal = g_strdup (normal);
}

/**
 * mdg_form_is_empty:
 * @text: (nullable): a field
 *
 * Thread: any.
 *
 * Returns: whether nothing but spaces stands in it
 */
gboolean
mdg_form_is_empty (const char *text)
{
  if (text == NULL)
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* without the spaces at both ends; @text is UTF-8 */
static char *
strip_spaces (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, (gsize) (end - text));
}

/**
 * mdg_form_read_text:
 * @text: (nullable): a field
 * @most: the most characters
 * @check: what comes of it
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper
 */
gboolean
mdg_form_read_text (const char *text, guint most, MdgFieldCheck *check)
{
  const char *fault;

  if (mdg_form_is_empty (text))
    return mdg_form_say (check, MDG_FIELD_EMPTY, _ ("Please fill this in."));
  fault = mdg_guide_text_find_fault (text, most, FALSE);
  if (fault != NULL)
    return mdg_form_say (check, MDG_FIELD_BAD, fault);
  g_free (check->normal);
  check->normal = strip_spaces (text);
  return mdg_form_say (check, MDG_FIELD_OK, NULL);
}

/* @check's normal form is @text with its width folded; FALSE with EMPTY or BAD said */
static gboolean
read_folded (const char *text, gboolean spaces, MdgFieldCheck *check)
{
  g_autofree char *folded = NULL;

  if (!mdg_form_read_text (text, MDG_FORM_NAME_MAX, check))
    return FALSE;
  folded = mdg_oqs_fold_width (check->normal);
  if (!spaces)
    {
      GString *packed = g_string_new (folded);

      g_string_replace (packed, " ", "", 0);
      keep (check, packed->str);
      g_string_free (packed, TRUE);
    }
  else
    keep (check, folded);
  return TRUE;
}

static const char *
describe_reason (MdgOqsReason reason)
{
  switch (reason)
    {
    case MDG_OQS_REASON_CHECK_DIGIT:
      return _ ("The check digit does not fit. Please compare it with your papers.");
    case MDG_OQS_REASON_PREFECTURE:
      return _ ("The first two digits are no prefecture (01 to 47). Please compare them with your "
                "papers.");
    case MDG_OQS_REASON_KIND:
      return _ ("The third digit is no points table. Please compare it with your papers.");
    case MDG_OQS_REASON_LENGTH:
    case MDG_OQS_REASON_CHARACTERS:
      return _ ("It has 10 digits: prefecture 2, points table 1, institution 7.");
    case MDG_OQS_REASON_NONE:
    case MDG_OQS_REASON_EMPTY:
    case MDG_OQS_REASON_DATE:
    case MDG_OQS_REASON_RANGE:
    default:
      return _ ("Please look at it again.");
    }
}

/**
 * mdg_form_read_code:
 * @text: (nullable): a 医療機関等コード
 * @check: what comes of it
 *
 * A check digit that does not fit is a warning and never in the way: 施術所 and 健診機関 have codes
 * of other rules (reference/domain.md 3.1).
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper
 */
gboolean
mdg_form_read_code (const char *text, MdgFieldCheck *check)
{
  MdgOqsReason reason = MDG_OQS_REASON_NONE;
  g_autofree char *digits = NULL;
  MdgOqsCheck found;

  if (!mdg_form_read_text (text, MDG_FORM_NAME_MAX, check))
    return FALSE;
  found = mdg_oqs_check_institution_code (check->normal, &digits, &reason);
  if (found == MDG_OQS_CHECK_BAD)
    return mdg_form_say (check, MDG_FIELD_BAD, describe_reason (reason));
  keep (check, digits);
  if (found == MDG_OQS_CHECK_WARN)
    return mdg_form_say (check, MDG_FIELD_WARN, describe_reason (reason));
  return TRUE;
}

/**
 * mdg_form_read_phone:
 * @text: (nullable): a telephone number
 * @check: what comes of it: digits with the hyphens and brackets that were typed
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper
 */
gboolean
mdg_form_read_phone (const char *text, MdgFieldCheck *check)
{
  g_autofree char *digits = NULL;
  gsize length;

  if (!read_folded (text, FALSE, check))
    return FALSE;
  digits = mdg_oqs_fold_digits (check->normal);
  g_strdelimit (digits, "()", ' ');
  {
    g_auto (GStrv) parts = g_strsplit (digits, " ", -1);

    g_free (digits);
    digits = g_strjoinv ("", parts);
  }
  length = strlen (digits);
  if (length == 0 || strspn (digits, DIGITS) != length ||
      strspn (check->normal, DIGITS "-()") != strlen (check->normal) || digits[0] != '0' ||
      length < 10 || length > 11)
    return mdg_form_say (check, MDG_FIELD_BAD,
                         _ ("A telephone number has 10 or 11 digits and begins with 0."));
  return TRUE;
}

/**
 * mdg_form_read_postal_code:
 * @text: (nullable): a postal code
 * @check: what comes of it: 123-4567
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper
 */
gboolean
mdg_form_read_postal_code (const char *text, MdgFieldCheck *check)
{
  g_autofree char *digits = NULL;
  g_autofree char *normal = NULL;

  if (!mdg_form_read_text (text, MDG_FORM_NAME_MAX, check))
    return FALSE;
  digits = mdg_oqs_fold_digits (
      g_str_has_prefix (check->normal, "〒") ? check->normal + strlen ("〒") : check->normal);
  if (strlen (digits) != 7 || strspn (digits, DIGITS) != 7)
    return mdg_form_say (check, MDG_FIELD_BAD, _ ("A postal code has 7 digits."));
  normal = g_strdup_printf ("%.3s-%s", digits, digits + 3);
  keep (check, normal);
  return TRUE;
}

/**
 * mdg_form_read_number:
 * @text: (nullable): a count
 * @least: the least
 * @most: the most
 * @check: what comes of it: its digits
 * @number: (out) (optional): the count
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper
 */
gboolean
mdg_form_read_number (const char *text,
                      guint least,
                      guint most,
                      MdgFieldCheck *check,
                      guint *number)
{
  g_autofree char *words = NULL;
  g_autofree char *normal = NULL;
  guint64 found = 0;

  if (!read_folded (text, FALSE, check))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      static const char *const units[] = { "人", "名", "台" };

      if (g_str_has_suffix (check->normal, units[i]))
        check->normal[strlen (check->normal) - strlen (units[i])] = '\0';
    }
  if (!g_ascii_string_to_unsigned (check->normal, 10, least, most, &found, NULL))
    {
      words = g_strdup_printf (_ ("A number from %u to %u goes here."), least, most);
      return mdg_form_say (check, MDG_FIELD_BAD, words);
    }
  if (number != NULL)
    *number = (guint) found;
  normal = g_strdup_printf ("%u", (guint) found);
  keep (check, normal);
  return TRUE;
}

/**
 * mdg_form_read_date:
 * @text: (nullable): a day, Western or of an era
 * @check: what comes of it: yyyyMMdd
 * @date: (out) (optional): the day
 *
 * Thread: any.
 *
 * Returns: whether it can go onto the paper
 */
gboolean
mdg_form_read_date (const char *text, MdgFieldCheck *check, GDate *date)
{
  g_autofree char *normal = NULL;
  GDate day;

  if (!mdg_form_read_text (text, MDG_FORM_NAME_MAX, check))
    return FALSE;
  if (mdg_oqs_check_date (check->normal, &normal, NULL) == MDG_OQS_CHECK_BAD ||
      !mdg_oqs_date_parse (normal, &day))
    return mdg_form_say (check, MDG_FIELD_BAD, _ ("There is no such day."));
  keep (check, normal);
  if (date != NULL)
    *date = day;
  return TRUE;
}

/**
 * mdg_form_describe_day:
 * @day: (nullable): yyyyMMdd
 *
 * Thread: main.
 *
 * Returns: (transfer full): it in words; "" where it is no day
 */
char *
mdg_form_describe_day (const char *day)
{
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  if (day == NULL || !mdg_oqs_date_parse (day, &date))
    return g_strdup ("");
  time = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                              g_date_get_day (&date), 0, 0, 0);
  /* Translators: a day, g_date_time_format() */
  return g_date_time_format (time, _ ("%B %-d, %Y"));
}
