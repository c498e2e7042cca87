/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* オンライン資格確認等コールセンター: its number and hours, and whether it is open now, in Japan's
 * time whatever the PC's zone is. Holidays are a table with an end (data/guide/holidays.ini). Pure.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

const char *mdg_call_centre_get_number (void); /* 0800-080-4583 */
const char *mdg_call_centre_get_hours (void);  /* translated, the guide's words */

typedef struct
{
  gboolean open;
  gboolean certain;    /* FALSE past the end of the table of holidays: "unless it is a holiday" */
  GDateTime *closes;   /* (nullable): while open */
  GDateTime *opens;    /* the first opening strictly after now */
  const char *holiday; /* (nullable): today's name, Japanese */
} MdgCallCentreState;
void mdg_call_centre_state_clear (MdgCallCentreState *self);

/* @now: of any zone */
void mdg_call_centre_get_state (GDateTime *now, MdgCallCentreState *state);
/* "ただいま受付中です（18時まで）", "次の受付は11月24日（火）8時からです"; translated; (transfer
 * full) */
char *mdg_call_centre_describe (const MdgCallCentreState *state);

const char *mdg_holiday_name (const GDate *day); /* (nullable) */
void mdg_holidays_get_range (GDate *first, GDate *last);

G_END_DECLS
