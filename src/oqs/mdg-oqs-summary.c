/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a message to lines of label and value for people: the verdict and what to do next, what the
 * service says, who it is, which insurance, which share. The command line prints it, a window
 * arranges it. Only what the answer holds is told: nothing is deduced from age or scheme. */
#include "config.h"

#include "mdg-oqs-summary-private.h"

static void
free_line (gpointer data)
{
  MdgOqsLine *line = data;

  g_free (line->label);
  g_free (line->value);
  g_free (line->bare);
  g_free (line->note);
  g_free (line);
}

/* the service's own words, with their code: the table of codes is not public */
static void
add_message (MdgOqsSummary *self, MdgOqsNode *node, const char *code, const char *message)
{
  const char *number = node != NULL ? mdg_oqs_node_find_text (node, code) : NULL;
  const char *text = node != NULL ? mdg_oqs_node_find_text (node, message) : NULL;
  g_autofree char *both =
      g_strdup_printf ("%s%s%s", text != NULL ? text : "",
                       number != NULL && text != NULL ? " " : "", number != NULL ? number : "");

  if (*both != '\0')
    mdg_oqs_summary_add_made (self, MDG_OQS_LINE_NOTE, "message", both);
}

static void
add_head (MdgOqsSummary *self, MdgOqsMessage *message)
{
  MdgOqsLanguage language = self->options.language;
  MdgOqsVerdict verdict = mdg_oqs_message_get_verdict (message);
  MdgOqsNode *header = mdg_oqs_message_get_header (message);
  MdgOqsNode *body = mdg_oqs_message_get_body (message);
  const char *step = mdg_oqs_verdict_next_step (verdict, language);
  const char *validity =
      body != NULL ? mdg_oqs_node_find_text (body, "QualificationValidity") : NULL;

  mdg_oqs_summary_add (self, MDG_OQS_LINE_VERDICT, "QualificationValidity",
                       mdg_oqs_element_label ("QualificationValidity", language),
                       mdg_oqs_verdict_describe (verdict, language));
  if (step != NULL)
    mdg_oqs_summary_add_made (self, MDG_OQS_LINE_STEP, "next-step", step);
  if (validity != NULL && !mdg_oqs_code_is_known (6, validity))
    mdg_oqs_summary_add_element (self, body, "QualificationValidity");
  add_message (self, header, "ErrorCode", "ErrorMessage");
  add_message (self, body, "ProcessingResultCode", "ProcessingResultMessage");
  if (header != NULL)
    mdg_oqs_summary_add_date (self, header, "QualificationConfirmationDate");
}

/**
 * mdg_oqs_summary_new_full:
 * @message: an answer
 * @options: language, calendar, how far apart
 *
 * The first line is the verdict. The values are the answer's, made fit for one line by
 * mdg_oqs_text_for_display().
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type MdgOqsLine): the lines in reading order
 */
GPtrArray *
mdg_oqs_summary_new_full (MdgOqsMessage *message, const MdgOqsSummaryOptions *options)
{
  MdgOqsSummary self = { .options = *options, .section = MDG_OQS_SECTION_HEAD };
  guint count;

  g_return_val_if_fail (message != NULL, NULL);
  self.lines = g_ptr_array_new_with_free_func (free_line);
  count = mdg_oqs_message_get_n_results (message);
  add_head (&self, message);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *label = g_strdup_printf (
          mdg_oqs_summary_say (&self, "資格 %u／%u", "Insurance %u of %u"), i + 1, count);

      self.section = MDG_OQS_SECTION_RESULT;
      if (count > 1)
        mdg_oqs_summary_add (&self, MDG_OQS_LINE_HEADING, "heading", label, "");
      mdg_oqs_summary_add_result (&self, mdg_oqs_message_get_result (message, i));
    }
  return self.lines;
}

/**
 * mdg_oqs_summary_new:
 * @message: an answer
 * @today: (nullable): the day for which ages are told; NULL for none
 * @language: Japanese, with the official words, or English
 *
 * mdg_oqs_summary_new_full() as a terminal needs it.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type MdgOqsLine): the lines in reading order
 */
GPtrArray *
mdg_oqs_summary_new (MdgOqsMessage *message, const GDate *today, MdgOqsLanguage language)
{
  const MdgOqsSummaryOptions options = { .today = today, .language = language };

  return mdg_oqs_summary_new_full (message, &options);
}

/**
 * mdg_oqs_text_for_display:
 * @text: (nullable): a value from outside
 *
 * A line feed or a tab in a name could forge another line of the list, an escape sequence could
 * drive the terminal, and a direction mark could turn a number around: such characters come out as
 * <U+000A>.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text on one line
 */
char *
mdg_oqs_text_for_display (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_printf (out, "<U+%04X>", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
