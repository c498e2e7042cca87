/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that is printed: words for people, or the one JSON object. Standard output is UTF-8
 * whatever the locale, because another program may read it. */
#include "config.h"

#include "mdg-card-error.h"
#include "mdg-cli.h"
#include "mdg-oqs-summary.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/**
 * mdg_cli_json_free_text:
 * @text: (transfer full): what json_dumps() made
 *
 * Frees it with the function that goes with jansson's allocator: the client has set one that
 * erases.
 *
 * Thread: main.
 */
void
mdg_cli_json_free_text (char *text)
{
  json_free_t release = NULL;

  json_get_alloc_funcs (NULL, &release);
  release (text);
}

/**
 * mdg_cli_print_json:
 * @cli: the command line
 * @object: (transfer full): what to print
 *
 * Prints the one object of --json on standard output. Whether the data are invented is a part of
 * every object, errors included.
 *
 * Thread: main.
 */
void
mdg_cli_print_json (MdgCli *cli, json_t *object)
{
  char *text;

  if (json_object_get (object, "practice") == NULL)
    json_object_set_new (object, "practice", json_boolean (cli->practice || cli->invented));
  text = json_dumps (object, JSON_INDENT (2));
  fputs (text != NULL ? text : "{\"error\": {\"code\": \"X-01\", \"title\": \"?\"}}", stdout);
  fputc ('\n', stdout);
  fflush (stdout);
  mdg_cli_json_free_text (text);
  json_decref (object);
}

/**
 * mdg_cli_print_practice_mark:
 * @cli: the command line
 * @stream: where
 *
 * Says that the data are invented, where they are, and once per command.
 *
 * Thread: main.
 */
void
mdg_cli_print_practice_mark (MdgCli *cli, FILE *stream)
{
  if ((!cli->practice && !cli->invented) || cli->marked)
    return;
  cli->marked = TRUE;
  fprintf (stream, "%s\n", _ ("*** PRACTICE: invented data ***"));
  fflush (stream);
}

static void
print_to (FILE *stream, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  fputs (text, stream);
  fputc ('\n', stream);
  fflush (stream);
}

/**
 * mdg_cli_print_line:
 * @format: a format
 * @...: its arguments
 *
 * Prints one line on standard output. Not for --json.
 *
 * Thread: main.
 */
void
mdg_cli_print_line (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  print_to (stdout, format, arguments);
  va_end (arguments);
}

/**
 * mdg_cli_print_note:
 * @cli: the command line
 * @format: a format
 * @...: its arguments
 *
 * Tells a person on standard error what is going on; silent with --json.
 *
 * Thread: main.
 */
void
mdg_cli_print_note (MdgCli *cli, const char *format, ...)
{
  va_list arguments;

  if (cli->json)
    return;
  va_start (arguments, format);
  print_to (stderr, format, arguments);
  va_end (arguments);
}

/**
 * mdg_cli_print_warning:
 * @format: a format
 * @...: its arguments
 *
 * Warns on standard error, with --json too.
 *
 * Thread: main.
 */
void
mdg_cli_print_warning (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  print_to (stderr, format, arguments);
  va_end (arguments);
}

/**
 * mdg_cli_problem_to_json:
 * @error: any error
 *
 * Returns: (transfer full): its code, words and next step
 *
 * Thread: main.
 */
json_t *
mdg_cli_problem_to_json (const GError *error)
{
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);
  json_t *object = json_object ();
  int tries = mdg_problem_get_tries_left (problem);

  json_object_set_new (object, "code", json_string (mdg_problem_get_code (problem)));
  json_object_set_new (object, "title", json_string (mdg_problem_get_title (problem)));
  json_object_set_new (object, "cause", json_string (mdg_problem_get_cause (problem)));
  json_object_set_new (object, "advice", json_string (mdg_problem_get_advice (problem)));
  if (tries >= 0)
    json_object_set_new (object, "tries_left", json_integer (tries));
  if (mdg_problem_get_service_code (problem) != NULL)
    json_object_set_new (object, "service_code",
                         json_string (mdg_problem_get_service_code (problem)));
  if (mdg_service_error_get_message (error) != NULL)
    json_object_set_new (object, "service_message",
                         json_string (mdg_service_error_get_message (error)));
  if (mdg_service_error_get_retry_after (error) > 0)
    json_object_set_new (object, "retry_after",
                         json_integer (mdg_service_error_get_retry_after (error)));
  return object;
}

/* What a signal interrupted ends with many errors; the person wants to hear of the interruption.
 * But what became of a PIN is told in any case. */
static gboolean
was_interrupted (MdgCli *cli, const GError *error)
{
  return cli->signal_number != 0 && error->domain != MDG_CARD_ERROR;
}

static void
print_problem (MdgProblem *problem, const GError *error, const char *hint)
{
  const char *message = mdg_service_error_get_message (error);
  g_autofree char *shown = mdg_oqs_text_for_display (message);

  mdg_cli_print_warning ("%s  %s", mdg_problem_get_code (problem), mdg_problem_get_title (problem));
  if (*mdg_problem_get_cause (problem) != '\0')
    mdg_cli_print_warning ("%s", mdg_problem_get_cause (problem));
  if (*mdg_problem_get_advice (problem) != '\0')
    mdg_cli_print_warning ("→ %s", mdg_problem_get_advice (problem));
  if (hint != NULL)
    mdg_cli_print_warning ("→ %s", hint);
  if (mdg_problem_get_service_code (problem) != NULL)
    mdg_cli_print_warning ("%s %s", mdg_problem_get_service_code (problem), shown);
}

/**
 * mdg_cli_fail_hint:
 * @cli: the command line
 * @error: why the command ends
 * @field: (nullable): the option that has to do with it
 * @hint: (nullable): what to do about it on the command line, translated
 *
 * As mdg_cli_fail(), with a next step that only the command line has.
 *
 * Returns: the exit code for this kind of outcome; 128 and the number of the signal that ended it
 *
 * Thread: main.
 */
int
mdg_cli_fail_hint (MdgCli *cli, const GError *error, const char *field, const char *hint)
{
  g_autoptr (GError) interrupted =
      was_interrupted (cli, error)
          ? g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "ended by a signal")
          : NULL;
  const GError *told = interrupted != NULL ? interrupted : error;
  g_autoptr (MdgProblem) problem = mdg_problem_new (told);

  g_debug ("%s: %s, %d", cli->command, g_quark_to_string (error->domain), error->code);
  if (interrupted != NULL)
    field = hint = NULL;
  if (cli->json)
    {
      json_t *object = mdg_cli_problem_to_json (told);

      if (field != NULL)
        json_object_set_new (object, "field", json_string (field));
      if (hint != NULL)
        json_object_set_new (object, "hint", json_string (hint));
      mdg_cli_print_json (cli, json_pack ("{s:o}", "error", object));
    }
  mdg_cli_print_practice_mark (cli, stderr);
  print_problem (problem, told, hint);
  return interrupted != NULL ? 128 + cli->signal_number : (int) mdg_problem_get_kind (problem);
}

/**
 * mdg_cli_fail:
 * @cli: the command line
 * @error: why the command ends
 *
 * Tells a person, and with --json a program, what went wrong and what to do next.
 *
 * Returns: the exit code for this kind of outcome; 128 and the number of the signal that ended it
 *
 * Thread: main.
 */
int
mdg_cli_fail (MdgCli *cli, const GError *error)
{
  return mdg_cli_fail_hint (cli, error, NULL, NULL);
}

/**
 * mdg_cli_fail_usage:
 * @cli: the command line
 * @field: (nullable): the option or the word that is wrong; any bytes
 * @reason: why, translated
 *
 * Returns: the exit code for a mistake in the command
 *
 * Thread: main.
 */
int
mdg_cli_fail_usage (MdgCli *cli, const char *field, const char *reason)
{
  g_autofree char *shown = mdg_oqs_text_for_display (field);
  g_autofree char *why = mdg_oqs_text_for_display (reason);

  if (cli->json)
    {
      json_t *error = json_pack ("{s:s, s:s}", "code", "U-01", "title", why);

      if (field != NULL)
        json_object_set_new (error, "field", json_string (shown));
      mdg_cli_print_json (cli, json_pack ("{s:o}", "error", error));
    }
  if (field != NULL)
    mdg_cli_print_warning ("%s: %s", shown, why);
  else
    mdg_cli_print_warning ("%s", why);
  return MDG_PROBLEM_KIND_USAGE;
}

/**
 * mdg_cli_time_to_json:
 * @time: (nullable): a time
 *
 * Returns: (transfer full): ISO 8601 in UTC, or null
 *
 * Thread: main.
 */
json_t *
mdg_cli_time_to_json (GDateTime *time)
{
  g_autoptr (GDateTime) utc = time != NULL ? g_date_time_to_utc (time) : NULL;
  g_autofree char *text = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  return text != NULL ? json_string (text) : json_null ();
}

/**
 * mdg_cli_extended_to_string:
 * @extended: what is known
 *
 * Returns: "yes", "no" or "unknown"
 *
 * Thread: any.
 */
const char *
mdg_cli_extended_to_string (MdgExtended extended)
{
  switch (extended)
    {
    case MDG_EXTENDED_YES:
      return "yes";
    case MDG_EXTENDED_NO:
      return "no";
    case MDG_EXTENDED_UNKNOWN:
    default:
      return "unknown";
    }
}
