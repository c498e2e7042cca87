/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Options: those that every command has and its own, by GOptionContext; a mistake is told in words.
 */
#include "config.h"

#include "mdg-cli.h"

#include <glib/gi18n.h>

static gboolean
parse_options (MdgCli *cli,
               int *n_arguments,
               char ***arguments,
               const char *words,
               const char *summary,
               const GOptionEntry *entries,
               int *exit_code)
{
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON object"), NULL },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &cli->practice,
      N_ ("Use the practice service and the practice reader"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
#if MDG_DEVELOPMENT
    { "drivers", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &cli->drivers, NULL, NULL },
#endif
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry of_a_facility[] = { { "profile", 0, 0, G_OPTION_ARG_STRING, &cli->profile,
                                           N_ ("Of this facility (its id)"), N_ ("ID") },
                                         G_OPTION_ENTRY_NULL };
  g_autofree char *title = g_strdup_printf ("%s — %s", cli->command, summary);
  g_autoptr (GOptionContext) context = g_option_context_new (words);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, title);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_str_has_prefix (cli->command, "journey "))
    g_option_context_add_main_entries (context, of_a_facility, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  *exit_code = 0;
  if (!g_option_context_parse (context, n_arguments, arguments, &error))
    {
      /* GLib takes everything back after a mistake. */
      for (int i = 1; i < *n_arguments; i++)
        cli->json |= g_strcmp0 ((*arguments)[i], "--json") == 0;
      *exit_code = mdg_cli_fail_usage (cli, NULL, error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *name = g_strdup_printf ("madoguchi-cli %s", cli->command);
      g_autofree char *text = NULL;

      g_set_prgname (name); /* GLib's help begins with it */
      text = g_option_context_get_help (context, TRUE, NULL);
      mdg_cli_print_line ("%s", g_strchomp (text));
      return FALSE;
    }
  return TRUE;
}

/**
 * mdg_cli_parse:
 * @cli: the command line; json, practice and drivers are set
 * @n_arguments: (inout): how many there are
 * @arguments: (inout): the command's name and its arguments
 * @summary: what the command does, translated
 * @entries: (nullable): the command's own options, closed with %G_OPTION_ENTRY_NULL
 * @exit_code: (out): the exit code where this returns %FALSE
 *
 * Reads the options; a word that is no option is a mistake.
 *
 * Returns: %TRUE to go on
 *
 * Thread: main.
 */
gboolean
mdg_cli_parse (MdgCli *cli,
               int *n_arguments,
               char ***arguments,
               const char *summary,
               const GOptionEntry *entries,
               int *exit_code)
{
  if (!parse_options (cli, n_arguments, arguments, NULL, summary, entries, exit_code))
    return FALSE;
  if (*n_arguments > 1)
    {
      *exit_code = mdg_cli_fail_usage (cli, (*arguments)[1], _ ("This is not an option."));
      return FALSE;
    }
  return TRUE;
}

/* GLib takes the mark away only where nothing after it looks like an option. */
static void
drop_mark (int *n_arguments, char **arguments)
{
  for (int i = 1; i < *n_arguments; i++)
    if (g_str_equal (arguments[i], "--"))
      {
        for (int j = i; j + 1 < *n_arguments; j++)
          arguments[j] = arguments[j + 1];
        (*n_arguments)--;
        return;
      }
}

/**
 * mdg_cli_parse_words:
 * @cli: the command line; json, practice and drivers are set
 * @n_arguments: (inout): how many there are
 * @arguments: (inout): the command's name and its arguments
 * @words: the words that the command takes besides options, as its help shows them
 * @least: how many words there have to be
 * @most: how many there may be
 * @summary: what the command does, translated
 * @entries: (nullable): the command's own options, closed with %G_OPTION_ENTRY_NULL
 * @exit_code: (out): the exit code where this returns %FALSE
 *
 * As mdg_cli_parse() for a command that takes words, which are left in @arguments from 1 on.
 *
 * Returns: %TRUE to go on
 *
 * Thread: main.
 */
gboolean
mdg_cli_parse_words (MdgCli *cli,
                     int *n_arguments,
                     char ***arguments,
                     const char *words,
                     int least,
                     int most,
                     const char *summary,
                     const GOptionEntry *entries,
                     int *exit_code)
{
  if (!parse_options (cli, n_arguments, arguments, words, summary, entries, exit_code))
    return FALSE;
  drop_mark (n_arguments, *arguments);
  for (int i = 1; i < *n_arguments; i++)
    if (!g_utf8_validate ((*arguments)[i], -1, NULL))
      {
        *exit_code = mdg_cli_fail_usage (cli, (*arguments)[i], _ ("This cannot be read."));
        return FALSE;
      }
  if (*n_arguments - 1 > most)
    *exit_code = mdg_cli_fail_usage (cli, (*arguments)[most + 1], _ ("This is one word too many."));
  else if (*n_arguments - 1 < least)
    *exit_code = mdg_cli_fail_usage (cli, words, _ ("Please give these words."));
  else
    return TRUE;
  return FALSE;
}
