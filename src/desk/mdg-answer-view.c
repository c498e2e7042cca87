/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer as the counter sees it, made of the lines of its summary: no label, code or date is put
 * into words here. Claims nothing that the answer and the desk do not say. */
#include "config.h"

#include "mdg-answer-view-private.h"

#include "mdg-confirmation.h"

/* Longer than anything a person has in an insurance: more comes from a damaged or hostile answer,
 * and would push the rest off the screen. */
#define MAX_CHARACTERS 400

static const struct
{
  MdgAnswerTone tone;
  const char *icon;
} looks[] = {
  [MDG_OQS_VERDICT_ERROR] = { MDG_ANSWER_TONE_QUESTION, "mdg-verdict-question-symbolic" },
  [MDG_OQS_VERDICT_PROCESSING] = { MDG_ANSWER_TONE_QUESTION, "mdg-verdict-question-symbolic" },
  [MDG_OQS_VERDICT_VALID] = { MDG_ANSWER_TONE_GOOD, "mdg-verdict-good-symbolic" },
  [MDG_OQS_VERDICT_INVALID] = { MDG_ANSWER_TONE_BAD, "mdg-verdict-bad-symbolic" },
  [MDG_OQS_VERDICT_SUPERSEDED] = { MDG_ANSWER_TONE_CHANGED, "mdg-verdict-changed-symbolic" },
  [MDG_OQS_VERDICT_NONE] = { MDG_ANSWER_TONE_QUESTION, "mdg-verdict-question-symbolic" },
  [MDG_OQS_VERDICT_SEVERAL] = { MDG_ANSWER_TONE_QUESTION, "mdg-verdict-question-symbolic" },
  [MDG_OQS_VERDICT_UNREGISTERED] = { MDG_ANSWER_TONE_GOOD, "mdg-verdict-good-symbolic" },
};

/**
 * mdg_answer_view_bound:
 * @text: a text on one line
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text, cut with "…" where it is longer than any real one
 */
char *
mdg_answer_view_bound (const char *text)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (text, -1) <= MAX_CHARACTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, MAX_CHARACTERS);
  return g_strconcat (start, "…", NULL);
}

/**
 * mdg_answer_tone_of:
 * @verdict: what an answer says
 * @icon: (out) (optional) (transfer none): the name of its picture
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: what it looks like
 */
MdgAnswerTone
mdg_answer_tone_of (MdgOqsVerdict verdict, const char **icon)
{
  if (icon != NULL)
    *icon = looks[verdict].icon;
  return looks[verdict].tone;
}

static void
set_verdict (MdgAnswerView *self, MdgOqsVerdict verdict)
{
  const char *meaning = mdg_oqs_verdict_meaning (verdict, self->language);
  const char *step = mdg_oqs_verdict_next_step (verdict, self->language);
  gboolean space = meaning != NULL && step != NULL && self->language == MDG_OQS_LANGUAGE_EN;

  self->verdict = verdict;
  self->tone = looks[verdict].tone;
  self->icon = looks[verdict].icon;
  self->title = g_strdup (mdg_oqs_verdict_title (verdict, self->language));
  self->next_step = g_strconcat (meaning != NULL ? meaning : "", space ? " " : "",
                                 step != NULL ? step : "", NULL);
}

/* what stands above the insurances: the service's words, the day, a validity nobody knows */
static void
read_head (MdgAnswerView *self, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const MdgOqsLine *line = g_ptr_array_index (lines, i);

      if (line->section != MDG_OQS_SECTION_HEAD)
        break;
      if (line->kind == MDG_OQS_LINE_NOTE)
        g_ptr_array_add (self->notes, mdg_answer_view_bound (line->value));
      else if (line->kind == MDG_OQS_LINE_FIELD &&
               g_str_equal (line->id, "QualificationConfirmationDate"))
        {
          g_free (self->checked_on);
          self->checked_on = mdg_answer_view_bound (line->value);
        }
      else if (line->kind == MDG_OQS_LINE_FIELD)
        {
          g_autofree char *words = mdg_answer_view_bound (line->value);

          g_ptr_array_add (self->notes, g_strdup_printf ("%s: %s", line->label, words));
        }
    }
}

static GPtrArray *
describe_confirmations (const char *const *words, gboolean confirmed)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (list,
                     mdg_oqs_text_for_display (mdg_confirmation_describe (words[i], confirmed)));
  return list;
}

/**
 * mdg_answer_view_new_parts:
 * @message: an answer
 * @asked_at: when it was asked; ages are those of that day, in this PC's time zone
 * @practice: whether it is an exercise
 * @confirmed: (nullable): the desk's words for what was confirmed
 * @not_confirmed: (nullable): the same for what was not
 * @language: of labels and values
 * @calendar: of all dates
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the answer, arranged
 */
MdgAnswerView *
mdg_answer_view_new_parts (MdgOqsMessage *message,
                           GDateTime *asked_at,
                           gboolean practice,
                           const char *const *confirmed,
                           const char *const *not_confirmed,
                           MdgOqsLanguage language,
                           MdgCalendar calendar)
{
  MdgAnswerView *self;
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  MdgOqsSummaryOptions options = { .language = language,
                                   .calendar = (MdgOqsCalendar) calendar,
                                   .parts = TRUE };
  GDate today;

  g_return_val_if_fail (message != NULL && asked_at != NULL, NULL);
  local = g_date_time_to_local (asked_at);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  options.today = &today;
  lines = mdg_oqs_summary_new_full (message, &options);

  self = g_new0 (MdgAnswerView, 1);
  self->language = language;
  self->practice = practice;
  self->checked_at = g_date_time_format (local, "%H:%M:%S");
  self->checked_on = g_strdup ("");
  self->notes = g_ptr_array_new_with_free_func (g_free);
  set_verdict (self, mdg_oqs_message_get_verdict (message));
  read_head (self, lines);
  self->coverages = mdg_answer_view_read_coverages (lines);
  self->confirmed = describe_confirmations (confirmed, TRUE);
  self->not_confirmed = describe_confirmations (not_confirmed, FALSE);
  return self;
}

/**
 * mdg_answer_view_new:
 * @answer: what the desk shows
 * @language: of labels and values
 * @calendar: of all dates
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the answer, arranged; independent of @answer
 */
MdgAnswerView *
mdg_answer_view_new (const MdgDeskAnswer *answer, MdgOqsLanguage language, MdgCalendar calendar)
{
  g_return_val_if_fail (answer != NULL, NULL);
  return mdg_answer_view_new_parts (answer->message, answer->asked_at, answer->practice,
                                    answer->confirmed, answer->not_confirmed, language, calendar);
}

/**
 * mdg_answer_view_free:
 * @self: (transfer full): an answer, arranged
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_answer_view_free (MdgAnswerView *self)
{
  g_free (self->title);
  g_free (self->next_step);
  g_free (self->checked_at);
  g_free (self->checked_on);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->coverages);
  g_ptr_array_unref (self->confirmed);
  g_ptr_array_unref (self->not_confirmed);
  g_free (self);
}
