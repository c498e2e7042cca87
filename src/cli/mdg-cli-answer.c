/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer, printed: for people as label and value in reading order, for programs as one object.
 */
#include "config.h"

#include "mdg-cli-answer.h"
#include "mdg-confirmation.h"
#include "mdg-oqs-summary.h"

#include <glib/gi18n.h>

#define EXIT_NOT_VALID 10

/**
 * mdg_cli_answer_exit_code:
 * @message: an answer
 *
 * Returns: 0 for a valid insurance, 10 for another answer, 8 where the service could not answer
 *
 * Thread: any.
 */
int
mdg_cli_answer_exit_code (MdgOqsMessage *message)
{
  switch (mdg_oqs_message_get_verdict (message))
    {
    case MDG_OQS_VERDICT_VALID:
      return 0;
    case MDG_OQS_VERDICT_ERROR:
    case MDG_OQS_VERDICT_PROCESSING:
      return MDG_PROBLEM_KIND_REFUSED;
    case MDG_OQS_VERDICT_INVALID:
    case MDG_OQS_VERDICT_SUPERSEDED:
    case MDG_OQS_VERDICT_NONE:
    case MDG_OQS_VERDICT_SEVERAL:
    case MDG_OQS_VERDICT_UNREGISTERED:
    default:
      return EXIT_NOT_VALID;
    }
}

static json_t *
strings_to_json (const char *const *strings)
{
  json_t *list = json_array ();

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_append_new (list, json_string (strings[i]));
  return list;
}

static json_t *
message_to_json (MdgOqsMessage *message)
{
  g_autofree char *text = mdg_oqs_message_to_json (message);

  return json_loads (text, 0, NULL);
}

static void
print_summary_line (const MdgOqsLine *line, gboolean practice)
{
  if (line->kind == MDG_OQS_LINE_HEADING)
    mdg_cli_print_line ("\n[%s]", line->label);
  else if (line->kind == MDG_OQS_LINE_STEP)
    mdg_cli_print_line ("→ %s", line->value);
  else if (line->kind == MDG_OQS_LINE_VERDICT && practice)
    /* on the same line: the verdict comes first, and nobody reads it without the other */
    mdg_cli_print_line ("%s: %s  %s", line->label, line->value, _ ("[PRACTICE: invented data]"));
  else if (line->label != NULL && *line->label != '\0')
    mdg_cli_print_line ("%s: %s", line->label, line->value);
  else
    mdg_cli_print_line ("%s", line->value);
}

static void
print_words (MdgOqsMessage *message, gboolean practice)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) lines = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  lines = mdg_oqs_summary_new (message, &today, mdg_desk_language ());
  for (guint i = 0; i < lines->len; i++)
    print_summary_line (g_ptr_array_index (lines, i), practice);
}

/* An answer that holds none has the "error" that every exit code but 0 and 10 has. */
static void
add_error (json_t *object, MdgOqsMessage *message)
{
  MdgOqsVerdict verdict = mdg_oqs_message_get_verdict (message);

  if (mdg_cli_answer_exit_code (message) != MDG_PROBLEM_KIND_REFUSED)
    return;
  json_object_set_new (object, "error",
                       json_pack ("{s:s, s:s, s:s, s:s}", "code",
                                  verdict == MDG_OQS_VERDICT_PROCESSING ? "A-02" : "A-01", "title",
                                  mdg_oqs_verdict_describe (verdict, mdg_desk_language ()), "cause",
                                  "", "advice",
                                  mdg_oqs_verdict_next_step (verdict, mdg_desk_language ())));
}

/**
 * mdg_cli_answer_print_message:
 * @cli: the command line
 * @message: an answer to a search
 * @practice: whether it came from the practice service
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_answer_print_message (MdgCli *cli, MdgOqsMessage *message, gboolean practice)
{
  if (cli->json)
    {
      json_t *object = json_pack ("{s:s, s:b, s:o}", "verdict",
                                  mdg_oqs_verdict_to_string (mdg_oqs_message_get_verdict (message)),
                                  "practice", practice, "answer", message_to_json (message));

      add_error (object, message);
      mdg_cli_print_json (cli, object);
    }
  else
    print_words (message, practice);
  return mdg_cli_answer_exit_code (message);
}

static json_t *
milliseconds (gint64 microseconds)
{
  return json_real ((double) (microseconds / 10) / 100.0);
}

static void
print_confirmations (const char *label, const char *const *words, gboolean confirmed)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " / " : "",
                            mdg_confirmation_describe (words[i], confirmed));
  mdg_cli_print_line ("%s: %s", label, text->str);
}

/**
 * mdg_cli_answer_print:
 * @cli: the command line
 * @answer: what the desk shows
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_answer_print (MdgCli *cli, const MdgDeskAnswer *answer)
{
  const MdgDeskTiming *timing = &answer->timing;
  json_t *object;

  if (!cli->json)
    {
      print_words (answer->message, answer->practice);
      print_confirmations (_ ("Confirmed"), answer->confirmed, TRUE);
      print_confirmations (_ ("Not confirmed"), answer->not_confirmed, FALSE);
      return mdg_cli_answer_exit_code (answer->message);
    }
  object = json_pack ("{s:s, s:b, s:s, s:o, s:o, s:s, s:o}", "verdict",
                      mdg_oqs_verdict_to_string (mdg_oqs_message_get_verdict (answer->message)),
                      "practice", answer->practice, "method",
                      answer->method == MDG_DESK_METHOD_VISUAL ? "visual" : "pin", "confirmed",
                      strings_to_json (answer->confirmed), "not_confirmed",
                      strings_to_json (answer->not_confirmed), "reader", answer->reader_name,
                      "asked_at", mdg_cli_time_to_json (answer->asked_at));
  json_object_set_new (object, "exchange",
                       json_pack ("{s:i, s:I, s:I}", "apdus", (int) answer->exchange.apdus,
                                  "bytes_sent", (json_int_t) answer->exchange.bytes_sent,
                                  "bytes_received", (json_int_t) answer->exchange.bytes_received));
  json_object_set_new (
      object, "timing_ms",
      json_pack ("{s:o, s:o, s:o, s:o, s:o}", "read", milliseconds (timing->read_us), "verify",
                 milliseconds (timing->verify_us), "sign", milliseconds (timing->sign_us), "ask",
                 milliseconds (timing->ask_us), "total", milliseconds (timing->total_us)));
  json_object_set_new (object, "answer", message_to_json (answer->message));
  add_error (object, answer->message);
  mdg_cli_print_json (cli, object);
  return mdg_cli_answer_exit_code (answer->message);
}
