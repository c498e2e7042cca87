/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* search: the same answer without a card, by the numbers of an insurance. Every field is checked
 * before anything is sent. */
#include "config.h"

#include "mdg-cli-answer.h"
#include "mdg-cli.h"

#include <glib/gi18n.h>

typedef MdgOqsCheck (*CheckFunc) (const char *text, char **normal, MdgOqsReason *reason);

/* Replaces @text by its normal form; 0, or the exit code after telling why not. */
static int
normalize (MdgCli *cli, const char *option, CheckFunc check, gboolean needed, char **text)
{
  MdgOqsReason reason = MDG_OQS_REASON_NONE;
  g_autofree char *normal = NULL;
  MdgOqsCheck found;

  if (*text == NULL && !needed)
    return 0;
  found = check (*text, &normal, &reason);
  if (found == MDG_OQS_CHECK_BAD)
    return mdg_cli_fail_usage (cli, option, mdg_oqs_reason_describe (reason, mdg_desk_language ()));
  if (found == MDG_OQS_CHECK_WARN)
    mdg_cli_print_warning ("%s: %s", option,
                           mdg_oqs_reason_describe (reason, mdg_desk_language ()));
  g_free (*text);
  *text = g_steal_pointer (&normal);
  return 0;
}

static MdgOqsCheck
check_birth (const char *text, char **normal, MdgOqsReason *reason)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return mdg_oqs_check_birth_date (text, &today, normal, reason);
}

typedef struct
{
  char *insurer;
  char *symbol;
  char *number;
  char *branch;
  char *birth;
  char *date;
  gboolean no_consent;
  int password_fd;
} Search;

static void
search_clear (Search *search)
{
  g_free (search->insurer);
  g_free (search->symbol);
  g_free (search->number);
  g_free (search->branch);
  g_free (search->birth);
  g_free (search->date);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static int
check_input (MdgCli *cli, Search *search)
{
  const struct
  {
    const char *option;
    CheckFunc check;
    gboolean needed;
    char **text;
  } fields[] = {
    { "--insurer", mdg_oqs_check_insurer_number, TRUE, &search->insurer },
    { "--symbol", mdg_oqs_check_symbol, FALSE, &search->symbol },
    { "--number", mdg_oqs_check_insured_number, TRUE, &search->number },
    { "--branch", mdg_oqs_check_branch_number, FALSE, &search->branch },
    { "--birth", check_birth, TRUE, &search->birth },
    { "--date", mdg_oqs_check_date, FALSE, &search->date },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      int exit_code =
          normalize (cli, fields[i].option, fields[i].check, fields[i].needed, fields[i].text);

      if (exit_code != 0)
        return exit_code;
    }
  if (search->date == NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      search->date = g_date_time_format (now, "%Y%m%d");
    }
  return 0;
}

static int
run_search (MdgCli *cli, MdgCliSession *session, Search *search)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;
  MdgSearchQuestion question = { search->insurer,    search->symbol, search->number,
                                 search->branch,     search->birth,  search->date,
                                 !search->no_consent };
  MdgEligibilitySource *source;
  MdgCliWait wait = { NULL };
  int exit_code = 0;

  source =
      (MdgEligibilitySource *) mdg_cli_session_log_in (session, search->password_fd, &exit_code);
  if (source == NULL)
    return exit_code;
  mdg_cli_print_note (cli, "%s", _ ("Asking the service."));
  mdg_eligibility_source_search_async (source, &question, cli->cancellable, mdg_cli_wait_ready_cb,
                                       &wait);
  result = mdg_cli_wait (&wait);
  message = mdg_eligibility_source_ask_finish (source, result, &error);
  cli->invented = mdg_eligibility_source_get_practice (source);
  if (message == NULL)
    return mdg_cli_fail (cli, error);
  return mdg_cli_answer_print_message (cli, message, mdg_eligibility_source_get_practice (source));
}

/**
 * mdg_cli_search:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_search (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (Search) search = { .password_fd = MDG_CLI_NO_FD };
  const GOptionEntry entries[] = {
    { "insurer", 0, 0, G_OPTION_ARG_STRING, &search.insurer, N_ ("Insurer number, 6 or 8 digits"),
      N_ ("NUMBER") },
    { "symbol", 0, 0, G_OPTION_ARG_STRING, &search.symbol, N_ ("Symbol, if there is one"),
      N_ ("SYMBOL") },
    { "number", 0, 0, G_OPTION_ARG_STRING, &search.number, N_ ("Number of the insured"),
      N_ ("NUMBER") },
    { "branch", 0, 0, G_OPTION_ARG_STRING, &search.branch, N_ ("Branch number, 2 digits"),
      N_ ("NUMBER") },
    { "birth", 0, 0, G_OPTION_ARG_STRING, &search.birth, N_ ("Date of birth, Western or of an era"),
      N_ ("DATE") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &search.date, N_ ("The day to check (today unless given)"),
      N_ ("DATE") },
    { "no-consent", 0, 0, G_OPTION_ARG_NONE, &search.no_consent,
      N_ ("The patient does not agree to show the limit certificate"), NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &search.password_fd,
      N_ ("Read the log-in password from this file descriptor"), N_ ("N") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliSession) session = NULL;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Check an insurance by its number, without a card"), entries, &exit_code))
    return exit_code;
  exit_code = check_input (cli, &search);
  if (exit_code != 0)
    return exit_code;
  session = mdg_cli_session_new (cli);
  return run_search (cli, session, &search);
}
