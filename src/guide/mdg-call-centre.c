/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When somebody answers: 平日8:00～18:00 土曜日8:00～16:00（いずれも祝日を除く）, the last page of
 * the preparation guide. No days between the years are published, so none are assumed. */
#include "config.h"

#include "mdg-call-centre.h"

#include <glib/gi18n-lib.h>

#include "mdg-holidays.h"

#define NUMBER          "0800-080-4583"
#define OPENS           8
#define CLOSES_WEEKDAY  18
#define CLOSES_SATURDAY 16
#define JAPAN           (9 * 60 * 60) /* seconds before UTC; no summer time since 1951 */
#define DAYS_LOOKED_AT  14            /* no row of holidays is nearly as long */
#define SATURDAY        6
#define SUNDAY          7

/**
 * mdg_call_centre_get_number:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the call centre's number, free of charge
 */
const char *
mdg_call_centre_get_number (void)
{
  return NUMBER;
}

/**
 * mdg_call_centre_get_hours:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): its hours in the guide's words
 */
const char *
mdg_call_centre_get_hours (void)
{
  return _ ("Weekdays 8:00 to 18:00, Saturdays 8:00 to 16:00 (not on holidays)");
}

/* past the end of the table, that day is sure all the same: it is in the law itself */
static gboolean
is_new_year (GDateTime *day)
{
  return g_date_time_get_month (day) == 1 && g_date_time_get_day_of_month (day) == 1;
}

/* the hour at which it closes on that day, 0 where it does not open; takes back @certain */
static int
find_closing (GDateTime *day, gboolean *certain)
{
  MdgHolidays *table = mdg_holidays_get_built_in ();
  int weekday = g_date_time_get_day_of_week (day);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (day),
                  (GDateMonth) g_date_time_get_month (day), (GDateYear) g_date_time_get_year (day));
  if (weekday == SUNDAY || mdg_holidays_get_name (table, &date) != NULL || is_new_year (day))
    return 0;
  if (!mdg_holidays_covers (table, &date))
    *certain = FALSE;
  return weekday == SATURDAY ? CLOSES_SATURDAY : CLOSES_WEEKDAY;
}

static GDateTime *
at_hour (GDateTime *day, int hour)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JAPAN);

  return g_date_time_new (japan, g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day), hour, 0, 0);
}

/* the first opening after @now; NULL at the end of all calendars */
static GDateTime *
find_opening (GDateTime *now, gboolean *certain)
{
  for (int ahead = 0; ahead < DAYS_LOOKED_AT; ahead++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (now, ahead);
      g_autoptr (GDateTime) opens = day != NULL ? at_hour (day, OPENS) : NULL;

      if (opens == NULL)
        break;
      if (find_closing (day, certain) > 0 && g_date_time_compare (opens, now) > 0)
        return g_steal_pointer (&opens);
    }
  return NULL;
}

/**
 * mdg_call_centre_get_state:
 * @now: a moment, of any zone
 * @state: (out): to be cleared with mdg_call_centre_state_clear(); its times are Japan's
 *
 * The second of opening is open, that of closing is closed.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_call_centre_get_state (GDateTime *now, MdgCallCentreState *state)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JAPAN);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (now, japan);
  gboolean opening_certain = TRUE;
  int closing;
  GDate today;

  *state = (MdgCallCentreState){ .certain = TRUE };
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (here),
                  (GDateMonth) g_date_time_get_month (here),
                  (GDateYear) g_date_time_get_year (here));
  state->holiday = mdg_holiday_name (&today);
  closing = find_closing (here, &state->certain);
  if (closing > 0 && g_date_time_get_hour (here) >= OPENS && g_date_time_get_hour (here) < closing)
    {
      state->open = TRUE;
      state->closes = at_hour (here, closing);
    }
  state->opens = find_opening (here, &opening_certain);
  if (!state->open)
    state->certain = opening_certain;
}

/**
 * mdg_call_centre_state_clear:
 * @self: a state
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_call_centre_state_clear (MdgCallCentreState *self)
{
  g_clear_pointer (&self->closes, g_date_time_unref);
  g_clear_pointer (&self->opens, g_date_time_unref);
}

static char *
describe_day (GDateTime *day)
{
  static const char *const weekdays[] = { NC_ ("weekday", "Mon"), NC_ ("weekday", "Tue"),
                                          NC_ ("weekday", "Wed"), NC_ ("weekday", "Thu"),
                                          NC_ ("weekday", "Fri"), NC_ ("weekday", "Sat"),
                                          NC_ ("weekday", "Sun") };
  const char *weekday = weekdays[g_date_time_get_day_of_week (day) - 1];

  /* month, day, weekday */
  return g_strdup_printf (_ ("%1$02d-%2$02d (%3$s)"), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day),
                          g_dpgettext2 (GETTEXT_PACKAGE, "weekday", weekday));
}

/**
 * mdg_call_centre_describe:
 * @state: a state
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): one sentence: open until when, or when it opens next; where no table
 * knows the holidays, with that said
 */
char *
mdg_call_centre_describe (const MdgCallCentreState *state)
{
  g_autofree char *day = state->opens != NULL ? describe_day (state->opens) : NULL;

  if (state->open && state->certain)
    return g_strdup_printf (_ ("Open now (until %d:00)"), g_date_time_get_hour (state->closes));
  if (state->open)
    return g_strdup_printf (_ ("Open now unless today is a holiday (until %d:00)"),
                            g_date_time_get_hour (state->closes));
  if (day == NULL)
    return g_strdup (mdg_call_centre_get_hours ());
  if (!state->certain)
    return g_strdup_printf (_ ("Opens next on %1$s at %2$d:00, unless that is a holiday"), day,
                            g_date_time_get_hour (state->opens));
  if (state->holiday != NULL)
    return g_strdup_printf (_ ("Closed today (%1$s). Opens next on %2$s at %3$d:00"),
                            state->holiday, day, g_date_time_get_hour (state->opens));
  return g_strdup_printf (_ ("Opens next on %1$s at %2$d:00"), day,
                          g_date_time_get_hour (state->opens));
}
