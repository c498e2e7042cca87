/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When the call centre answers, in Japan's time from any zone, and what is said of it; the table of
 * holidays read strictly. More moments, computed apart: guide-vectors. */
#include "config.h"

#include "mdg-call-centre.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "mdg-holidays.h"

#define HEAD  "[holidays]\nVersion=1\nFirst=20240101\nLast=20251231\nSource=s\nChecked=20261122\n"
#define YEARS "[2024]\n0101=a\n0212=b\n[2025]\n0101=a\n"

static void
test_states (void)
{
  const struct
  {
    const char *now;
    const char *said;
  } rows[] = {
    { "2026-11-24T08:00:00+09:00", "ただいま受付中です（18時まで）" },
    { "2026-11-24T17:59:59+09:00", "ただいま受付中です（18時まで）" },
    { "2026-11-23T23:00:00Z", "ただいま受付中です（18時まで）" },
    { "2026-11-23T18:30:00-05:00", "ただいま受付中です（18時まで）" },
    { "2026-11-24T08:59:59Z", "ただいま受付中です（18時まで）" },
    { "2026-11-28T15:59:59+09:00", "ただいま受付中です（16時まで）" },
    { "2026-11-24T09:00:00Z", "次の受付は11月25日（水）8時からです" },
    { "2026-11-24T07:59:59+09:00", "次の受付は11月24日（火）8時からです" },
    { "2026-11-28T16:00:00+09:00", "次の受付は11月30日（月）8時からです" },
    { "2026-11-22T12:00:00+09:00", "次の受付は11月24日（火）8時からです" },
    { "2026-11-23T12:00:00+09:00",
      "本日は祝日（勤労感謝の日）のためお休みです。次の受付は11月24日（火）8時からです" },
    { "2026-09-19T16:00:00+09:00", "次の受付は9月24日（木）8時からです" },
    { "2029-12-31T18:00:00+09:00", "次の受付は1月2日（水）8時からです" },
    /* the table ends with 2030 */
    { "2030-12-31T17:59:00+09:00", "ただいま受付中です（18時まで）" },
    { "2030-12-31T18:00:00+09:00", "次の受付は1月2日（木）8時からです（祝日を除く）" },
    { "2031-01-06T10:00:00+09:00", "ただいま受付中です（18時まで。祝日を除く）" },
    { "2031-01-05T10:00:00+09:00", "次の受付は1月6日（月）8時からです（祝日を除く）" },
    { "2023-11-06T10:00:00+09:00", "ただいま受付中です（18時まで。祝日を除く）" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (rows[i].now, NULL);
      g_autofree char *said = NULL;
      MdgCallCentreState state;

      mdg_call_centre_get_state (now, &state);
      said = mdg_call_centre_describe (&state);
      g_assert_cmpstr (said, ==, rows[i].said);
      g_assert_true (state.certain == (strstr (said, "祝日を除く") == NULL));
      g_assert_true (state.open == (state.closes != NULL));
      g_assert_cmpint (g_date_time_compare (state.opens, now), >, 0);
      g_assert_cmpint (g_date_time_get_utc_offset (state.opens), ==, 9 * G_TIME_SPAN_HOUR);
      mdg_call_centre_state_clear (&state);
    }
}

static void
test_words (void)
{
  g_assert_cmpstr (mdg_call_centre_get_number (), ==, "0800-080-4583");
  g_assert_cmpstr (mdg_call_centre_get_hours (), ==,
                   "平日8:00～18:00 土曜日8:00～16:00（いずれも祝日を除く）");
}

static void
test_end_of_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (9999, 12, 31, 14, 59, 0);
  g_autofree char *said = NULL;
  MdgCallCentreState state;

  mdg_call_centre_get_state (now, &state);
  said = mdg_call_centre_describe (&state);
  g_assert_cmpstr (said, !=, "");
  mdg_call_centre_state_clear (&state);
}

static void
test_table (void)
{
  GDate first;
  GDate last;
  GDate day;

  g_assert_cmpuint (mdg_holidays_get_n_days (mdg_holidays_get_built_in ()), ==, 129);
  mdg_holidays_get_range (&first, &last);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, 1, 2024);
  g_assert_cmpint (g_date_compare (&first, &day), ==, 0);
  g_assert_cmpstr (mdg_holiday_name (&day), ==, "元日");
  g_date_set_dmy (&day, 22, 9, 2026);
  g_assert_cmpstr (mdg_holiday_name (&day), ==, "国民の休日");
  g_date_set_dmy (&day, 21, 11, 2026);
  g_assert_null (mdg_holiday_name (&day));
  g_date_set_dmy (&day, 31, 12, 2030);
  g_assert_cmpint (g_date_compare (&last, &day), ==, 0);
  g_date_set_dmy (&day, 1, 1, 2031);
  g_assert_null (mdg_holiday_name (&day));
}

static void
test_refused (void)
{
  const char *const texts[] = {
    "",
    HEAD,
    HEAD "[2024]\n0101=a\n",
    YEARS HEAD,
    HEAD YEARS "[2026]\n0101=a\n",
    HEAD "[2025]\n0101=a\n[2024]\n0101=a\n",
    HEAD "[2024]\n0101=a\n[2026]\n0101=a\n",
    HEAD "[2024]\n0101=a\n0101=b\n[2025]\n0101=a\n",
    HEAD "[2024]\n0212=b\n0101=a\n[2025]\n0101=a\n",
    HEAD "[2024]\n0230=b\n[2025]\n0101=a\n",
    HEAD "[2024]\n101=b\n[2025]\n0101=a\n",
    HEAD "[2024]\n0101=\n[2025]\n0101=a\n",
    HEAD "[2024]\n[2025]\n0101=a\n",
    HEAD "[2024]\n0101=a\n[2025]\n0101=a\\tb\n",
    "[holidays]\nVersion=2\nFirst=20240101\nLast=20251231\nSource=s\nChecked=20261122\n" YEARS,
    "[holidays]\nVersion=1\nFirst=20251231\nLast=20240101\nSource=s\nChecked=20261122\n" YEARS,
    "[holidays]\nVersion=1\nFirst=20240202\nLast=20251231\nSource=s\nChecked=20261122\n" YEARS,
    "[holidays]\nVersion=1\nFirst=20240101\nLast=20251231\nSource=s\n" YEARS,
    "[holidays]\nVersion=1\nFirst=20240101\nLast=20251231\nSource=s\nChecked=x\n" YEARS,
    "[holidays]\nVersion=1\nFirst=20240101\nLast=20251231\nSource=s\nChecked=20261122\nA=1\n" YEARS,
  };
  g_autoptr (GBytes) good = g_bytes_new_static (HEAD YEARS, strlen (HEAD YEARS));
  g_autoptr (GError) none = NULL;
  g_autoptr (MdgHolidays) table = mdg_holidays_new (good, &none);

  g_assert_no_error (none);
  g_assert_cmpuint (mdg_holidays_get_n_days (table), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      g_assert_null (mdg_holidays_new (bytes, &error));
      g_assert_true (error->domain == G_KEY_FILE_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("LANGUAGE", "ja", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MADOGUCHI_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_test_add_func ("/call-centre/states", test_states);
  g_test_add_func ("/call-centre/words", test_words);
  g_test_add_func ("/call-centre/end-of-time", test_end_of_time);
  g_test_add_func ("/holidays/table", test_table);
  g_test_add_func ("/holidays/refused", test_refused);
  return g_test_run ();
}
