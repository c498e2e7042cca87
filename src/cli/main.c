/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* madoguchi-cli: the command table, the locale, and nothing else. */
#include "config.h"

#include "mdg-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

typedef struct
{
  const char *name;
  MdgCliCommand run;
  const char *summary;
} Command;

static const Command commands[] = {
  { "check", mdg_cli_check, N_ ("Check the insurance of the holder of a card") },
    { "search", mdg_cli_search, N_ ("Check an insurance by its number, without a card") },
      { "card", mdg_cli_card,
        N_ ("Show what card is on the reader and the tries left of its PIN") },
        { "readers", mdg_cli_readers, N_ ("List the readers") },
          { "plugins", mdg_cli_plugins, N_ ("List the drivers and why one is not loaded") },
            { "activate", mdg_cli_activate,
              N_ ("Activate this terminal with the activation code") },
              { "status", mdg_cli_status, N_ ("Show the activation of this terminal") },
                { "renew", mdg_cli_renew, N_ ("Renew the certificate of this terminal") },
                  { "deactivate", mdg_cli_deactivate,
                    N_ ("Give up the activation of this terminal") },
                    { "diagnose", mdg_cli_diagnose,
                      N_ ("Collect what the call centre asks, without personal data") },
                      { "practice", mdg_cli_practice, N_ ("Run the practice service") },
                    };

static void
print_help (FILE *stream)
{
  fprintf (stream, "%s\n\n", _ ("Usage: madoguchi-cli COMMAND [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    fprintf (stream, "  %-12s%s\n", commands[i].name, _ (commands[i].summary));
  fprintf (stream, "\n%s\n%s\n",
           _ ("Each command has --help, --json (one object on standard output) and --practice."),
              _ ("Exit codes: 0 valid, 10 answered and not valid, 2 usage, 3 no reader, 4 no card, "
              "5 wrong PIN, 6 PIN blocked, 7 service not reached, 8 service refused, "
              "9 not activated, 11 not a My Number Card, 12 last try not confirmed, 1 other."));
}

static void
set_up_locale (void)
{
  const char *folder = MDG_LOCALE_DIR;

  setlocale (LC_ALL, "");
#if MDG_DEVELOPMENT
  if (g_getenv ("MADOGUCHI_LOCALE_DIR") != NULL)
    folder = g_getenv ("MADOGUCHI_LOCALE_DIR");
#endif
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  MdgCli cli = { 0 };
  int exit_code = -1;

  set_up_locale ();
  /* Standard output is for the answer alone, whatever G_MESSAGES_DEBUG asks for. */
  g_log_writer_default_set_use_stderr (TRUE);
  if (argc < 2)
    {
      print_help (stderr);
      return MDG_PROBLEM_KIND_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      print_help (stdout);
      return 0;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      fputs ("madoguchi-cli " PACKAGE_VERSION "\n", stdout);
      return 0;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands) && exit_code < 0; i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      {
        cli.command = commands[i].name;
        cli.cancellable = g_cancellable_new ();
        exit_code = commands[i].run (&cli, argc - 1, argv + 1);
        g_clear_object (&cli.cancellable);
        g_free (cli.drivers);
      }
  if (exit_code < 0)
    {
      print_help (stderr);
      return MDG_PROBLEM_KIND_USAGE;
    }
  return exit_code;
}
