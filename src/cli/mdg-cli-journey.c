/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey: the preparation that the window has under 準備, by commands of its own. This file finds
 * the subcommand and opens the journey. */
#include "config.h"

#include "mdg-cli-journey.h"
#include "mdg-profiles.h"

#include <glib/gi18n.h>

#define CLOSE_MILLISECONDS 10000

typedef struct
{
  const char *name;
  MdgCliCommand run;
  const char *summary;
} Command;

static const Command commands[] = {
  { "status", mdg_cli_journey_status, N_ ("Show the steps and what to do next") },
  { "step", mdg_cli_journey_step, N_ ("Say how a step stands") },
  { "value", mdg_cli_journey_value, N_ ("Show or fill in the fields of a form") },
  { "list", mdg_cli_journey_list, N_ ("Show a list: reception, practise, poster") },
  { "add", mdg_cli_journey_add, N_ ("Add a line to a list") },
  { "done", mdg_cli_journey_done, N_ ("Tick a line of a list") },
  { "remove", mdg_cli_journey_remove, N_ ("Take a line away from its list") },
  { "receipt", mdg_cli_journey_receipt, N_ ("Keep and describe receipts") },
  { "form", mdg_cli_journey_form, N_ ("Make a paper as a PDF") },
  { "subsidy", mdg_cli_journey_subsidy, N_ ("Compute the subsidy") },
  { "contact", mdg_cli_journey_contact, N_ ("Show the call centre and whether it is open") },
  { "readers", mdg_cli_journey_readers, N_ ("Search the known card readers") },
  { "export", mdg_cli_journey_export, N_ ("Write the whole journey into one file") },
  { "import", mdg_cli_journey_import, N_ ("Put such a file in the place of this journey") },
};

static void
print_help (FILE *stream)
{
  fprintf (stream, "%s\n\n", _ ("Usage: madoguchi-cli journey COMMAND [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-12s%s\n", commands[i].name, _ (commands[i].summary));
  fprintf (stream, "\n%s\n",
           _ ("Each command has --help, --json (one object on standard output), --practice and "
              "--profile."));
}

/**
 * mdg_cli_journey:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey (MdgCli *cli, int n_arguments, char **arguments)
{
  const char *name = n_arguments > 1 ? arguments[1] : NULL;

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      {
        g_autofree char *whole = g_strdup_printf ("journey %s", name);

        cli->command = whole;
        return commands[i].run (cli, n_arguments - 1, arguments + 1);
      }
  if (name != NULL && (g_str_equal (name, "--help") || g_str_equal (name, "-h")))
    {
      print_help (stdout);
      return 0;
    }
  for (int i = 1; i < n_arguments; i++)
    cli->json |= g_str_equal (arguments[i], "--json");
  if (name != NULL && *name != '-')
    mdg_cli_fail_usage (cli, name, _ ("There is no such command."));
  else
    mdg_cli_fail_usage (cli, NULL, _ ("Please give a command."));
  fputc ('\n', stderr);
  print_help (stderr);
  return MDG_PROBLEM_KIND_USAGE;
}

/* 0 with the folder in @folder, or the exit code. */
static int
find_folder (MdgCli *cli, char **folder)
{
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (GError) error = NULL;

  if (cli->practice)
    {
      if (cli->profile != NULL)
        return mdg_cli_fail_usage (cli, "--profile", _ ("Practice mode has one facility only."));
      *folder = mdg_paths_data_dir (TRUE);
      return 0;
    }
  profiles = mdg_profiles_list (&error);
  if (profiles == NULL)
    return mdg_cli_fail (cli, error);
  for (guint i = 0; i < profiles->len; i++)
    {
      const MdgProfile *known = g_ptr_array_index (profiles, i);

      if (g_str_equal (known->id, cli->profile != NULL ? cli->profile : MDG_PROFILE_DEFAULT))
        {
          *folder = mdg_profile_dir (known->id);
          return 0;
        }
    }
  return mdg_cli_fail_usage (cli, "--profile", _ ("There is no such facility."));
}

static void
tell_health (MdgCli *cli, MdgGuide *guide)
{
  GPtrArray *missing = mdg_guide_get_missing (guide);

  if (mdg_guide_get_health (guide) == MDG_JOURNEY_RESTORED)
    mdg_cli_print_warning ("%s", _ ("The journey’s file was damaged. It was put aside, and the "
                                    "last good copy has taken its place."));
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    mdg_cli_print_warning (_ ("The file of a receipt is missing or has changed: %s"),
                           (const char *) g_ptr_array_index (missing, i));
}

/**
 * mdg_cli_journey_open:
 * @cli: the command line
 * @exit_code: (out): set where this returns %NULL, with everything told
 *
 * Returns: (transfer full) (nullable): the journey
 *
 * Thread: main.
 */
MdgCliJourney *
mdg_cli_journey_open (MdgCli *cli, int *exit_code)
{
  g_autofree char *folder = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  MdgCliWait wait = { NULL };
  MdgGuide *guide;

  *exit_code = find_folder (cli, &folder);
  if (*exit_code != 0)
    return NULL;
  mdg_guide_open_async (folder, cli->practice, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  guide = mdg_guide_open_finish (result, &error);
  if (guide == NULL)
    *exit_code = mdg_cli_fail (cli, error);
  else
    tell_health (cli, guide);
  return guide;
}

/**
 * mdg_cli_journey_close:
 * @guide: (transfer full): a journey
 *
 * Waits until it is written and closed.
 *
 * Thread: main.
 */
void
mdg_cli_journey_close (MdgCliJourney *guide)
{
  mdg_guide_close (guide, CLOSE_MILLISECONDS);
  g_object_unref (guide);
}

/**
 * mdg_cli_journey_end:
 * @cli: the command line
 * @guide: the journey
 * @wait: what the change was begun with
 * @id: (out) (optional): the id of what is new
 *
 * Returns: 0 where it is written; else the exit code, with everything told
 *
 * Thread: main.
 */
int
mdg_cli_journey_end (MdgCli *cli, MdgGuide *guide, MdgCliWait *wait, gint64 *id)
{
  g_autoptr (GAsyncResult) result = mdg_cli_wait (wait);
  g_autoptr (GError) error = NULL;

  if (mdg_guide_change_finish (guide, result, id, &error))
    return 0;
  /* what the guide refuses it says in words of its own */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
    return mdg_cli_fail_usage (cli, NULL, error->message);
  return mdg_cli_fail (cli, error);
}

/**
 * mdg_cli_journey_read_date:
 * @cli: the command line
 * @text: (nullable): what was typed, Western or of an era
 * @date: (out) (transfer full): yyyyMMdd; "" for %NULL or ""
 * @exit_code: (out): set where this returns %FALSE, with everything told
 *
 * Returns: whether there is such a day
 *
 * Thread: main.
 */
gboolean
mdg_cli_journey_read_date (MdgCli *cli, const char *text, char **date, int *exit_code)
{
  MdgOqsReason reason = MDG_OQS_REASON_NONE;

  *date = NULL;
  if (text == NULL || *text == '\0')
    *date = g_strdup ("");
  else if (mdg_oqs_check_date (text, date, &reason) == MDG_OQS_CHECK_BAD)
    *exit_code =
        mdg_cli_fail_usage (cli, "--date", mdg_oqs_reason_describe (reason, mdg_desk_language ()));
  return *date != NULL;
}

/**
 * mdg_cli_journey_read_id:
 * @cli: the command line
 * @text: what was typed
 * @id: (out): the id
 * @exit_code: (out): set where this returns %FALSE, with everything told
 *
 * Returns: whether it can be an id
 *
 * Thread: main.
 */
gboolean
mdg_cli_journey_read_id (MdgCli *cli, const char *text, gint64 *id, int *exit_code)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  *exit_code =
      mdg_cli_fail_usage (cli, text, _ ("Please give the number that stands before the line."));
  return FALSE;
}

/**
 * mdg_cli_journey_tell:
 * @cli: the command line
 * @object: (transfer full): for --json
 * @words: for a person
 *
 * Thread: main.
 */
void
mdg_cli_journey_tell (MdgCli *cli, json_t *object, const char *words)
{
  if (cli->json)
    {
      mdg_cli_print_json (cli, object);
      return;
    }
  json_decref (object);
  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line ("%s", words);
}
