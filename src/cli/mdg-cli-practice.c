/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* practice: the practice service in the foreground, for staff training with other programs and for
 * tests. Its state is in the folder of practice data, never in a real facility's. */
#include "config.h"

#include "mdg-cli.h"

#include <glib/gi18n.h>

static gboolean
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

static void
print_people (MdgCli *cli)
{
  g_auto (GStrv) people = mdg_practice_people_list ();
  json_t *list = json_array ();

  if (!cli->json)
    mdg_cli_print_practice_mark (cli, stdout);
  for (guint i = 0; people[i] != NULL; i++)
    {
      g_autofree char *words = mdg_practice_people_describe (people[i]);

      if (!cli->json)
        mdg_cli_print_line ("%s", words != NULL ? words : people[i]);
      json_array_append_new (list, json_pack ("{s:s, s:s?}", "name", people[i], "about", words));
    }
  if (cli->json)
    mdg_cli_print_json (cli, json_pack ("{s:o}", "people", list));
  else
    json_decref (list);
}

static void
print_info (MdgCli *cli, const MdgPracticeInfo *info)
{
  if (cli->json)
    {
      mdg_cli_print_json (cli,
                          json_pack ("{s:b, s:s, s:s, s:s, s:s, s:s, s:s}", "practice", TRUE, "url",
                                     info->url, "ca_file", info->ca_file, "institution_code",
                                     info->institution_code, "user_id", info->user_id, "password",
                                     info->password, "activation_code", info->activation_code));
      return;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line ("%s: %s", _ ("Service"), info->url);
  mdg_cli_print_line ("%s: %s", _ ("CA certificate"), info->ca_file);
  mdg_cli_print_line ("%s: %s", _ ("Institution code"), info->institution_code);
  mdg_cli_print_line ("%s: %s", _ ("User ID"), info->user_id);
  /* Invented ones of this practice service alone: they open nothing else. */
  mdg_cli_print_line ("%s: %s", _ ("Password"), info->password);
  mdg_cli_print_line ("%s: %s", _ ("Activation code"), info->activation_code);
  mdg_cli_print_line ("%s", _ ("Ctrl-C ends it."));
}

/**
 * mdg_cli_practice:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_practice (MdgCli *cli, int n_arguments, char **arguments)
{
  gboolean people = FALSE;
  const GOptionEntry entries[] = { { "people", 0, 0, G_OPTION_ARG_NONE, &people,
                                     N_ ("List the invented people and end"), NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (MdgPracticeInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  MdgPracticeService *service;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments, _ ("Run the practice service"), entries,
                      &exit_code))
    return exit_code;
  cli->practice = TRUE;
  if (people)
    {
      print_people (cli);
      return 0;
    }
  session = mdg_cli_session_new (cli);
  service = mdg_cli_session_get_practice (session, &error);
  if (service == NULL)
    return mdg_cli_fail (cli, error);
  info = mdg_practice_service_get_info (service);
  print_info (cli, info);
  while (!mdg_cli_wait_until (cli, is_cancelled, cli->cancellable, G_MAXUINT))
    ;
  return 0;
}
