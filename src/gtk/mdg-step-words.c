/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a step of the preparation is told. */
#include "config.h"

#include "mdg-step-words.h"

#include "mdg-oqs-check.h"

#include <glib/gi18n.h>

/**
 * mdg_step_words_get_chip:
 * @view: a step as it stands
 * @next: whether it is what has to be done now
 * @word: (out): its state, translated
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the kind of chip that goes with the word
 */
MdgChipKind
mdg_step_words_get_chip (const MdgStepView *view, gboolean next, const char **word)
{
  switch (view->state)
    {
    case MDG_STEP_DONE:
      *word = _ ("Done");
      return MDG_CHIP_GOOD;
    case MDG_STEP_WAITING:
      *word = _ ("Waiting for an answer");
      return MDG_CHIP_WAITING;
    case MDG_STEP_SKIPPED:
      *word = _ ("Left out");
      return MDG_CHIP_NEUTRAL;
    case MDG_STEP_OPEN:
    default:
      break;
    }
  if (!view->allowed)
    {
      *word = _ ("Later");
      return MDG_CHIP_LOCKED;
    }
  *word = next ? _ ("Next") : _ ("To do");
  return next ? MDG_CHIP_NEXT : MDG_CHIP_OPEN;
}

/**
 * mdg_step_words_get_state:
 * @state: a state
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): it as a choice, translated
 */
const char *
mdg_step_words_get_state (MdgStepState state)
{
  switch (state)
    {
    case MDG_STEP_WAITING:
      return _ ("Posted, waiting for an answer");
    case MDG_STEP_DONE:
      return _ ("Done");
    case MDG_STEP_SKIPPED:
      return _ ("Left out: not needed here");
    case MDG_STEP_OPEN:
    default:
      return _ ("To do");
    }
}

/**
 * mdg_step_words_describe_day:
 * @day: yyyyMMdd
 * @today: the day of today
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the day in words, with its year where it is not today's; "" where @day
 *   is none
 */
char *
mdg_step_words_describe_day (const char *day, const GDate *today)
{
  GDate date;
  g_autoptr (GDateTime) time = NULL;

  if (!mdg_oqs_date_parse (day, &date))
    return g_strdup ("");
  time = g_date_time_new_local (g_date_get_year (&date), (int) g_date_get_month (&date),
                                g_date_get_day (&date), 12, 0, 0);
  if (g_date_get_year (&date) == g_date_get_year (today))
    /* Translators: a day of this year, g_date_time_format() */
    return g_date_time_format (time, _ ("%-d %B"));
  /* Translators: the end of a certificate, g_date_time_format() */
  return g_date_time_format (time, _ ("%-d %B %Y"));
}
