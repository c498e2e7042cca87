/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Dates: yyyyMMdd on the wire, 和暦 for people (reference/domain.md 3.5). An era's years are taken
 * only for days that were in it: 昭和64年1月8日 is no day, 令和元年5月1日 is the first of its era.
 */
#include "config.h"

#include "mdg-oqs-check.h"

#include <string.h>

typedef struct
{
  const char *ja;
  const char *en;
  char letter;
  guint year, month, day; /* the first day */
} Era;

/* the newest first */
static const Era eras[] = {
  { "令和", "Reiwa", 'R', 2019, 5, 1 },   { "平成", "Heisei", 'H', 1989, 1, 8 },
  { "昭和", "Showa", 'S', 1926, 12, 25 }, { "大正", "Taisho", 'T', 1912, 7, 30 },
  { "明治", "Meiji", 'M', 1868, 10, 23 },
};

/* 99991231 stands for "no end": a year of an era would say nothing there */
#define LAST_ERA_YEAR 2117

static guint32
number_of (guint year, guint month, guint day)
{
  return (year * 100 + month) * 100 + day;
}

static const Era *
find_era (const GDate *date)
{
  guint32 number =
      number_of (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));

  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    if (number >= number_of (eras[i].year, eras[i].month, eras[i].day))
      return g_date_get_year (date) <= LAST_ERA_YEAR ? &eras[i] : NULL;
  return NULL;
}

/* 一 to 九十九 at *@text; 0 where there is none */
static guint
read_kanji (const char **text)
{
  static const char *const digits[] = { "一", "二", "三", "四", "五", "六", "七", "八", "九" };
  guint ones = 0, tens = 0;

  for (;;)
    {
      guint found = 0;

      for (guint i = 0; i < G_N_ELEMENTS (digits) && found == 0; i++)
        if (g_str_has_prefix (*text, digits[i]))
          found = i + 1;
      if (found != 0 && ones == 0)
        ones = found;
      else if (found == 0 && tens == 0 && g_str_has_prefix (*text, "十"))
        {
          tens = ones != 0 ? ones : 1;
          ones = 0;
        }
      else
        return tens * 10 + ones;
      *text += strlen ("一");
    }
}

/* one to @max digits, or kanji, at *@text; FALSE where there is no number */
static gboolean
read_number (const char **text, guint max, guint *number)
{
  gsize count = strspn (*text, "0123456789");

  if (count == 0)
    return (*number = read_kanji (text)) != 0;
  if (count > max)
    return FALSE;
  *number = 0;
  for (gsize i = 0; i < count; i++)
    *number = *number * 10 + (guint) (*(*text)++ - '0');
  return TRUE;
}

static gboolean
read_literal (const char **text, const char *literal)
{
  if (!g_str_has_prefix (*text, literal))
    return FALSE;
  *text += strlen (literal);
  return TRUE;
}

/* 年月日, or one and the same of . / - between the numbers */
static gboolean
read_parts (const char *text, guint year_digits, gboolean first_year, guint parts[3])
{
  char mark[2] = { 0 };

  if (first_year && read_literal (&text, "元"))
    parts[0] = 1;
  else if (!read_number (&text, year_digits, &parts[0]))
    return FALSE;
  if (read_literal (&text, "年"))
    return read_number (&text, 2, &parts[1]) && read_literal (&text, "月") &&
           read_number (&text, 2, &parts[2]) && read_literal (&text, "日") && *text == '\0';
  mark[0] = *text;
  if (mark[0] == '\0' || strchr ("./-", mark[0]) == NULL)
    return FALSE;
  return read_literal (&text, mark) && read_number (&text, 2, &parts[1]) &&
         read_literal (&text, mark) && read_number (&text, 2, &parts[2]) && *text == '\0';
}

static gboolean
set_date (GDate *date, guint year, guint month, guint day)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static gboolean
parse_in_era (const Era *era, const char *text, GDate *date)
{
  guint parts[3];

  return read_parts (text, 2, TRUE, parts) && parts[0] >= 1 &&
         set_date (date, era->year + parts[0] - 1, parts[1], parts[2]) && find_era (date) == era;
}

/* @text: folded, without spaces */
static gboolean
parse_any (const char *text, GDate *date)
{
  guint parts[3];

  if (strspn (text, "0123456789") == 8)
    return mdg_oqs_date_parse (text, date);
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    {
      if (g_str_has_prefix (text, eras[i].ja))
        return parse_in_era (&eras[i], text + strlen (eras[i].ja), date);
      if (g_ascii_toupper (text[0]) == eras[i].letter)
        return parse_in_era (&eras[i], text + 1 + (text[1] == '.' ? 1 : 0), date);
    }
  return strspn (text, "0123456789") == 4 && read_parts (text, 4, FALSE, parts) &&
         set_date (date, parts[0], parts[1], parts[2]);
}

static MdgOqsCheck
answer (MdgOqsCheck check, MdgOqsReason why, MdgOqsReason *reason)
{
  if (reason != NULL)
    *reason = why;
  return check;
}

static MdgOqsCheck
check_date (const char *text, GDate *date, char **normal, MdgOqsReason *reason)
{
  g_autofree char *key = mdg_oqs_symbol_key (text);

  if (normal != NULL)
    *normal = NULL;
  if (*key == '\0')
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, reason);
  if (strlen (key) > 64 || !parse_any (key, date))
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_DATE, reason);
  if (normal != NULL)
    *normal = g_strdup_printf ("%04d%02d%02d", g_date_get_year (date),
                               (int) g_date_get_month (date), g_date_get_day (date));
  return answer (MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, reason);
}

/**
 * mdg_oqs_check_date:
 * @text: (nullable): a date as people write it: 20261122, 2026-11-22, 2026年11月22日,
 *   令和8年11月22日, R8.11.22, 元年, full-width, numbers in kanji
 * @normal: (out) (optional) (nullable) (transfer full): yyyyMMdd, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, DATE.
 *
 * Returns: OK or BAD
 */
MdgOqsCheck
mdg_oqs_check_date (const char *text, char **normal, MdgOqsReason *reason)
{
  GDate date;

  g_date_clear (&date, 1);
  return check_date (text, &date, normal, reason);
}

/**
 * mdg_oqs_check_birth_date:
 * @text: (nullable): a date as mdg_oqs_check_date() takes it
 * @today: (nullable): a birth date after it is refused
 * @normal: (out) (optional) (nullable) (transfer full): yyyyMMdd, NULL for BAD
 * @reason: (out) (optional): what is wrong
 *
 * Thread: any.
 * Errors: in @reason: EMPTY, DATE, RANGE for the future and for days before 1868.
 *
 * Returns: OK or BAD
 */
MdgOqsCheck
mdg_oqs_check_birth_date (const char *text, GDate *today, char **normal, MdgOqsReason *reason)
{
  GDate date;
  g_autofree char *found = NULL;
  MdgOqsCheck check;

  g_date_clear (&date, 1);
  check = check_date (text, &date, &found, reason);
  if (normal != NULL)
    *normal = NULL;
  if (check == MDG_OQS_CHECK_OK &&
      (g_date_get_year (&date) < 1868 || (today != NULL && g_date_compare (&date, today) > 0)))
    return answer (MDG_OQS_CHECK_BAD, MDG_OQS_REASON_RANGE, reason);
  if (normal != NULL)
    *normal = g_steal_pointer (&found);
  return check;
}

/**
 * mdg_oqs_date_parse:
 * @yyyymmdd: (nullable): eight ASCII digits
 * @date: (out): the day
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether there is such a day; a month or a day 00 is none
 */
gboolean
mdg_oqs_date_parse (const char *yyyymmdd, GDate *date)
{
  guint32 number;

  if (yyyymmdd == NULL || strspn (yyyymmdd, "0123456789") != 8 || yyyymmdd[8] != '\0')
    return FALSE;
  number = (guint32) g_ascii_strtoull (yyyymmdd, NULL, 10);
  g_date_clear (date, 1);
  return set_date (date, number / 10000, number / 100 % 100, number % 100);
}

/**
 * mdg_oqs_date_describe_in:
 * @yyyymmdd: (nullable): a date as OQS writes it
 * @language: Japanese or English
 * @calendar: in which years
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): 令和8年11月22日, or 22 November 2026 (Reiwa 8), or without the era;
 * without one also where there was none yet, and for dates so far off that they mean "no end"; the
 * text itself where it is no date
 */
char *
mdg_oqs_date_describe_in (const char *yyyymmdd, MdgOqsLanguage language, MdgOqsCalendar calendar)
{
  static const char *const months[] = { "January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December" };
  GDate date;
  const Era *era;
  guint year, month, day;

  if (!mdg_oqs_date_parse (yyyymmdd, &date))
    return g_strdup (yyyymmdd != NULL ? yyyymmdd : "");
  era = calendar == MDG_OQS_CALENDAR_ERA ? find_era (&date) : NULL;
  year = g_date_get_year (&date);
  month = (guint) g_date_get_month (&date);
  day = g_date_get_day (&date);
  if (era == NULL)
    return language == MDG_OQS_LANGUAGE_JA
               ? g_strdup_printf ("%u年%u月%u日", year, month, day)
               : g_strdup_printf ("%u %s %u", day, months[month - 1], year);
  if (language == MDG_OQS_LANGUAGE_EN)
    return g_strdup_printf ("%u %s %u (%s %u)", day, months[month - 1], year, era->en,
                            year - era->year + 1);
  return year == era->year
             ? g_strdup_printf ("%s元年%u月%u日", era->ja, month, day)
             : g_strdup_printf ("%s%u年%u月%u日", era->ja, year - era->year + 1, month, day);
}

/**
 * mdg_oqs_date_describe:
 * @yyyymmdd: (nullable): a date as OQS writes it
 * @language: Japanese or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): as mdg_oqs_date_describe_in() tells it in the years of eras
 */
char *
mdg_oqs_date_describe (const char *yyyymmdd, MdgOqsLanguage language)
{
  return mdg_oqs_date_describe_in (yyyymmdd, language, MDG_OQS_CALENDAR_ERA);
}

/**
 * mdg_oqs_age:
 * @birth: (nullable): yyyyMMdd
 * @today: the day to count to
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the full years, -1 where @birth is no date or lies after @today
 */
int
mdg_oqs_age (const char *birth, const GDate *today)
{
  GDate date;
  int years;

  if (today == NULL || !g_date_valid (today) || !mdg_oqs_date_parse (birth, &date) ||
      g_date_compare (&date, today) > 0)
    return -1;
  years = g_date_get_year (today) - g_date_get_year (&date);
  if (g_date_get_month (today) < g_date_get_month (&date) ||
      (g_date_get_month (today) == g_date_get_month (&date) &&
       g_date_get_day (today) < g_date_get_day (&date)))
    years--;
  return years;
}
