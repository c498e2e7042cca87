/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that is printed: words for people, or the one JSON object. Standard output is UTF-8
 * whatever the locale, because another program may read it. */
#include "config.h"

#include "mdg-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/**
 * mdg_cli_language:
 *
 * Returns: the language of the code tables' words that fits the locale of messages
 *
 * Thread: main.
 */
MdgOqsLanguage
mdg_cli_language (void)
{
  const char *first = g_get_language_names ()[0];

  return g_str_has_prefix (first, "ja") ? MDG_OQS_LANGUAGE_JA : MDG_OQS_LANGUAGE_EN;
}

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
 * @object: (transfer full): what to print
 *
 * Prints the one object of --json on standard output.
 *
 * Thread: main.
 */
void
mdg_cli_print_json (json_t *object)
{
  char *text = json_dumps (object, JSON_INDENT (2));

  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
  mdg_cli_json_free_text (text);
  json_decref (object);
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

/**
 * mdg_cli_fail:
 * @cli: the command line
 * @error: why the command ends
 *
 * Tells a person, and with --json a program, what went wrong and what to do next.
 *
 * Returns: the exit code for this kind of outcome
 *
 * Thread: main.
 */
int
mdg_cli_fail (MdgCli *cli, const GError *error)
{
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);

  g_debug ("%s: %s, %d", cli->command, g_quark_to_string (error->domain), error->code);
  if (cli->json)
    mdg_cli_print_json (json_pack ("{s:o}", "error", mdg_cli_problem_to_json (error)));
  mdg_cli_print_warning ("%s  %s", mdg_problem_get_code (problem), mdg_problem_get_title (problem));
  if (*mdg_problem_get_cause (problem) != '\0')
    mdg_cli_print_warning ("%s", mdg_problem_get_cause (problem));
  if (*mdg_problem_get_advice (problem) != '\0')
    mdg_cli_print_warning ("→ %s", mdg_problem_get_advice (problem));
  if (mdg_problem_get_service_code (problem) != NULL)
    mdg_cli_print_warning (
        "%s %s", mdg_problem_get_service_code (problem),
        mdg_service_error_get_message (error) != NULL ? mdg_service_error_get_message (error) : "");
  return (int) mdg_problem_get_kind (problem);
}

/**
 * mdg_cli_fail_usage:
 * @cli: the command line
 * @field: (nullable): the option that is wrong
 * @reason: why, translated
 *
 * Returns: the exit code for a mistake in the command
 *
 * Thread: main.
 */
int
mdg_cli_fail_usage (MdgCli *cli, const char *field, const char *reason)
{
  if (cli->json)
    {
      json_t *error = json_pack ("{s:s, s:s}", "code", "U-01", "title", reason);

      if (field != NULL)
        json_object_set_new (error, "field", json_string (field));
      mdg_cli_print_json (json_pack ("{s:o}", "error", error));
    }
  if (field != NULL)
    mdg_cli_print_warning ("%s: %s", field, reason);
  else
    mdg_cli_print_warning ("%s", reason);
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
