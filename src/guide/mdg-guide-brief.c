/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a step came to, as one line, and what to do next, as one sentence. */
#include "config.h"

#include "mdg-call-centre.h"
#include "mdg-form-field.h"
#include "mdg-guide-model.h"
#include "mdg-oqs-check.h"

#include <glib/gi18n-lib.h>

/**
 * mdg_guide_format_day:
 * @day: (nullable): a day
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): yyyyMMdd; "" where it is none
 */
char *
mdg_guide_format_day (const GDate *day)
{
  if (day == NULL || !g_date_valid (day))
    return g_strdup ("");
  return g_strdup_printf ("%04u%02u%02u", g_date_get_year (day), (guint) g_date_get_month (day),
                          (guint) g_date_get_day (day));
}

/* without its year where that is this one */
static char *
describe_day (MdgGuide *self, const char *day)
{
  GDate date;
  g_autoptr (GDateTime) time = NULL;

  if (!mdg_oqs_date_parse (day, &date) || g_date_get_year (&date) != g_date_get_year (&self->today))
    return mdg_form_describe_day (day);
  time = g_date_time_new_utc (g_date_get_year (&date), (int) g_date_get_month (&date),
                              g_date_get_day (&date), 0, 0, 0);
  /* Translators: a day of this year, g_date_time_format() */
  return g_date_time_format (time, _ ("%B %-d"));
}

/**
 * mdg_guide_days_waiting:
 * @self: the guide
 * @step: a step
 *
 * Thread: main.
 *
 * Returns: days since its date; -1 where it has none, or one that is to come
 */
int
mdg_guide_days_waiting (MdgGuide *self, MdgStepKind step)
{
  const MdgStepRecord *record = mdg_guide_step_record (self, step);
  GDate date;
  int days;

  if (record == NULL || !mdg_oqs_date_parse (record->date, &date))
    return -1;
  days = g_date_days_between (&date, &self->today);
  return days >= 0 ? days : -1;
}

static char *
describe_posted (MdgGuide *self, MdgStepKind step)
{
  const MdgStepRecord *record = mdg_guide_step_record (self, step);
  int days = mdg_guide_days_waiting (self, step);
  g_autofree char *day = describe_day (self, record != NULL ? record->date : "");

  if (*day == '\0')
    return g_strdup (_ ("Posted – being reviewed"));
  if (days < 0)
    return g_strdup_printf (_ ("To be posted on %s"), day);
  if (days == 0)
    return g_strdup (_ ("Posted today"));
  if (step == MDG_STEP_APPLY && days > MDG_GUIDE_LATE)
    return g_strdup_printf (g_dngettext (NULL, "Posted on %s – no answer for %d day: please ask",
                                         "Posted on %s – no answer for %d days: please ask",
                                         (gulong) days),
                            day, days);
  return g_strdup_printf (_ ("Posted on %s – being reviewed (day %d)"), day, days);
}

static char *
describe_receipts (MdgGuide *self)
{
  guint n = self->record->receipts->len;
  g_autofree char *yen = NULL;

  if (n == 0)
    return g_strdup ("");
  yen = mdg_yen_format (mdg_guide_get_total (self));
  return g_strdup_printf (g_dngettext (NULL, "%u receipt, %s", "%u receipts, %s", n), n, yen);
}

static char *
describe_list (MdgGuide *self, const char *list)
{
  g_autoptr (GPtrArray) entries = mdg_guide_get_entries (self, list);
  guint done = 0;

  for (guint i = 0; i < entries->len; i++)
    done += ((const MdgJourneyEntry *) g_ptr_array_index (entries, i))->done;
  return g_strdup_printf ("%u / %u", done, entries->len);
}

/* how many people: the same name twice is one */
static char *
describe_practised (MdgGuide *self)
{
  g_autoptr (GPtrArray) entries = mdg_guide_get_entries (self, "practise");
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;

  for (guint i = 0; i < entries->len; i++)
    {
      const MdgJourneyEntry *entry = g_ptr_array_index (entries, i);

      if (entry->done)
        g_hash_table_add (people, *entry->who != '\0' ? entry->who : entry->text);
    }
  n = g_hash_table_size (people);
  if (n == 0)
    return g_strdup ("");
  return g_strdup_printf (g_dngettext (NULL, "%u person practised", "%u people practised", n), n);
}

static char *
describe_start (MdgGuide *self)
{
  const MdgStepRecord *record = mdg_guide_step_record (self, MDG_STEP_START);
  gboolean done = mdg_guide_state_of (self, MDG_STEP_START) == MDG_STEP_DONE;
  g_autofree char *day = NULL;
  GDate date;

  if (record == NULL || !mdg_oqs_date_parse (record->date, &date))
    return g_strdup ("");
  day = describe_day (self, record->date);
  return g_strdup_printf (done && g_date_compare (&date, &self->today) <= 0
                              ? _ ("In operation since %s")
                              : _ ("Planned for %s"),
                          day);
}

static gboolean
is_too_late (MdgGuide *self)
{
  return self->rule != NULL && mdg_subsidy_rule_days_left (self->rule, &self->today) == -2;
}

static char *
describe_grant (MdgGuide *self)
{
  MdgStepState state = mdg_guide_state_of (self, MDG_STEP_GRANT);
  gint64 fundable = mdg_guide_get_fundable_total (self);
  MdgSubsidyAmounts amounts = mdg_guide_get_amounts (self);
  g_autofree char *yen = NULL;

  if (state == MDG_STEP_WAITING)
    return describe_posted (self, MDG_STEP_GRANT);
  if (state == MDG_STEP_OPEN && is_too_late (self))
    return g_strdup (_ ("The period for the application has passed"));
  if (fundable == 0)
    return g_strdup ("");
  yen = mdg_yen_format (amounts.grant);
  return g_strdup_printf (_ ("Expected amount %s"), yen);
}

static char *
describe_documents (MdgGuide *self)
{
  gint64 fundable = mdg_guide_get_fundable_total (self);
  g_autofree char *yen = fundable > 0 ? mdg_yen_format (fundable) : NULL;

  return yen != NULL ? g_strdup_printf (_ ("Supported equipment %s"), yen) : g_strdup ("");
}

static char *
describe_tested (MdgGuide *self)
{
  const char *reader = mdg_guide_get_value (self, "select", "tested");

  if (*reader == '\0')
    return g_strdup ("");
  if (*mdg_guide_get_value (self, "select", "extended") != '\0')
    /* Translators: %s is the name of a reader */
    return g_strdup_printf (_ ("%s: tested, handles extended APDUs"), reader);
  /* Translators: %s is the name of a reader */
  return g_strdup_printf (_ ("%s: tested"), reader);
}

/**
 * mdg_guide_make_brief:
 * @self: the guide
 * @step: a step
 *
 * Thread: main.
 *
 * Returns: (transfer full): what it came to, in one line; "" where there is nothing to say
 */
char *
mdg_guide_make_brief (MdgGuide *self, MdgStepKind step)
{
  gboolean waiting = mdg_guide_state_of (self, step) == MDG_STEP_WAITING;

  switch (step)
    {
    case MDG_STEP_SELECT:
      return describe_tested (self);
    case MDG_STEP_PURCHASE:
      return describe_receipts (self);
    case MDG_STEP_APPLY:
      return waiting ? describe_posted (self, step) : g_strdup ("");
    case MDG_STEP_ACTIVATE:
      if (mdg_guide_state_of (self, step) == MDG_STEP_OPEN &&
          mdg_guide_state_of (self, MDG_STEP_APPLY) == MDG_STEP_WAITING)
        return g_strdup (_ ("When the “User settings” have arrived"));
      return g_strdup ("");
    case MDG_STEP_RECEPTION:
      return describe_list (self, "reception");
    case MDG_STEP_PRACTISE:
      return describe_practised (self);
    case MDG_STEP_START:
      return describe_start (self);
    case MDG_STEP_DOCUMENTS:
      return describe_documents (self);
    case MDG_STEP_GRANT:
      return describe_grant (self);
    case MDG_N_STEPS:
    default:
      return g_strdup ("");
    }
}

static char *
tell_late (MdgGuide *self)
{
  int days = mdg_guide_days_waiting (self, MDG_STEP_APPLY);

  return g_strdup_printf (
      g_dngettext (
          NULL,
          "%d day has passed since the application was posted. Please ask the call centre: "
          "%s",
          "%d days have passed since the application was posted. Please ask the call "
          "centre: %s",
          (gulong) days),
      days, mdg_call_centre_get_number ());
}

/**
 * mdg_guide_get_next_sentence:
 * @self: the guide
 *
 * An application that waits longer than %MDG_GUIDE_LATE days comes before everything else.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): what to do next
 */
char *
mdg_guide_get_next_sentence (MdgGuide *self)
{
  MdgStepKind next;
  gboolean applied;

  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  next = mdg_guide_get_next (self);
  applied = mdg_guide_state_of (self, MDG_STEP_APPLY) == MDG_STEP_WAITING;
  if (applied && mdg_guide_days_waiting (self, MDG_STEP_APPLY) > MDG_GUIDE_LATE)
    return tell_late (self);
  if (next == MDG_N_STEPS)
    return g_strdup (_ ("Everything of the preparation is done."));
  if (next == MDG_STEP_ACTIVATE && applied)
    return g_strdup (mdg_guide_text (mdg_guide_map_get (MDG_STEP_APPLY)->waiting));
  if (mdg_guide_state_of (self, next) == MDG_STEP_WAITING)
    return g_strdup (mdg_guide_text (mdg_guide_map_get (next)->waiting));
  if (next == MDG_STEP_GRANT && is_too_late (self))
    {
      g_autofree char *day = describe_day (self, self->rule->deadline);

      return g_strdup_printf (_ ("The period for the subsidy’s application ended on %s. Please ask "
                                 "the call centre whether there is a new one: %s"),
                              day, mdg_call_centre_get_number ());
    }
  return g_strdup (mdg_guide_text (mdg_guide_map_get (next)->next));
}
