/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* madoguchi-cli: the command table, the locale, and nothing else. */
#include "config.h"

#include "mdg-cli.h"
#include "mdg-language.h"
#include "mdg-process-protect.h"

#include <glib/gi18n.h>
#include <locale.h>

typedef struct
{
  const char *name;
  MdgCliCommand run;
  const char *summary;
} Command;

static const Command commands[] = {
  { "check", mdg_cli_check, N_ ("Check the insurance of the holder of a card") },
  { "search", mdg_cli_search, N_ ("Check an insurance by its number, without a card") },
  { "card", mdg_cli_card, N_ ("Show what card is on the reader and the tries left of its PIN") },
  { "readers", mdg_cli_readers, N_ ("List the readers") },
  { "plugins", mdg_cli_plugins, N_ ("List the drivers and why one is not loaded") },
  { "activate", mdg_cli_activate, N_ ("Activate this terminal with the activation code") },
  { "status", mdg_cli_status, N_ ("Show the activation of this terminal") },
  { "renew", mdg_cli_renew, N_ ("Renew the certificate of this terminal") },
  { "deactivate", mdg_cli_deactivate, N_ ("Give up the activation of this terminal") },
  { "diagnose", mdg_cli_diagnose, N_ ("Collect what the call centre asks, without personal data") },
  { "practice", mdg_cli_practice, N_ ("Run the practice service") },
  { "journey", mdg_cli_journey, N_ ("The way from the paper application to the first patient") },
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
              "5 wrong PIN, 6 PIN locked, 7 service not reached, 8 service refused, "
              "9 not activated, 11 not a My Number Card, 12 last try not confirmed, 1 other, "
              "130 ended by Ctrl-C."));
}

/* In a locale without a character set of its own (cron, a service, ssh) what is typed and printed
 * is UTF-8 all the same. */
static void
set_up_characters (void)
{
#ifndef G_OS_WIN32
  const char *charset = NULL;

  if (!g_get_charset (&charset) &&
      (g_str_equal (charset, "ANSI_X3.4-1968") || g_str_equal (charset, "US-ASCII") ||
       g_str_equal (charset, "ASCII")))
    setlocale (LC_CTYPE, "C.UTF-8");
#endif
}

static void
set_up_locale (void)
{
  setlocale (LC_ALL, "");
  set_up_characters ();
  mdg_language_bind ();
}

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (name, commands[i].name) == 0)
      return &commands[i];
  return NULL;
}

/* No command, or one that does not exist: a program that asked for JSON gets it here too. */
static int
fail_without_command (MdgCli *cli, int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    cli->json |= g_str_equal (argv[i], "--json");
  if (argc > 1)
    mdg_cli_fail_usage (cli, argv[1], _ ("There is no such command."));
  else
    mdg_cli_fail_usage (cli, NULL, _ ("Please give a command."));
  fputc ('\n', stderr);
  print_help (stderr);
  return MDG_PROBLEM_KIND_USAGE;
}

int
main (int argc, char **argv)
{
  MdgCli cli = { 0 };
  const Command *command = argc > 1 ? find_command (argv[1]) : NULL;
  int exit_code;

  mdg_process_protect ();
  set_up_locale ();
  g_set_prgname ("madoguchi-cli");
  /* Standard output is for the answer alone, whatever G_MESSAGES_DEBUG asks for. */
  g_log_writer_default_set_use_stderr (TRUE);
  if (command == NULL)
    {
      if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
        print_help (stdout);
      else if (argc > 1 && g_str_equal (argv[1], "--version"))
        fputs ("madoguchi-cli " PACKAGE_VERSION "\n", stdout);
      else
        return fail_without_command (&cli, argc, argv);
      return 0;
    }
  cli.command = command->name;
  cli.cancellable = g_cancellable_new ();
  mdg_cli_signals_watch (&cli);
  exit_code = command->run (&cli, argc - 1, argv + 1);
  g_clear_object (&cli.cancellable);
  g_free (cli.drivers);
  g_free (cli.profile);
  return exit_code;
}
