/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* status, renew, deactivate: the activation of this terminal. */
#include "config.h"

#include "mdg-cli.h"
#include "mdg-oqs-summary.h"

#include <glib/gi18n.h>

#define DAY_SECONDS   (24 * 3600)
#define RENEW_SECONDS (30 * DAY_SECONDS) /* there is still time to call somebody */

static int
fail_not_activated (MdgCli *cli)
{
  g_autoptr (GError) error =
      g_error_new_literal (MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED, "not activated");

  return mdg_cli_fail (cli, error);
}

static MdgServiceStatus *
ask_status (MdgCli *cli, const MdgFacility *facility, GError **error)
{
  MdgCliWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  mdg_service_status_async (facility->service_url, facility->ca_pem, cli->cancellable,
                            mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  return mdg_service_status_finish (result, error);
}

typedef struct
{
  MdgFacility *facility;
  MdgTerminal *terminal;
  gboolean password_kept;
  const char *secret_store;
  MdgServiceStatus *status; /* (nullable): not reached */
  GError *error;            /* why not */
} Facts;

static void
facts_clear (Facts *facts)
{
  g_clear_pointer (&facts->facility, mdg_facility_free);
  g_clear_pointer (&facts->terminal, mdg_terminal_free);
  g_clear_pointer (&facts->status, mdg_service_status_free);
  g_clear_error (&facts->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gint64
count_seconds_left (const MdgTerminal *terminal)
{
  return g_date_time_to_unix (terminal->not_after) - g_get_real_time () / G_USEC_PER_SEC;
}

static void
print_end (const MdgTerminal *terminal)
{
  gint64 left = count_seconds_left (terminal);
  int days = (int) (left / DAY_SECONDS);
  g_autoptr (GDateTime) local = g_date_time_to_local (terminal->not_after);
  g_autofree char *date = g_date_time_format (local, "%Y%m%d");
  g_autofree char *words = mdg_oqs_date_describe (date, mdg_desk_language ());
  g_autofree char *count =
      g_strdup_printf (g_dngettext (NULL, "%d day left", "%d days left", (gulong) days), days);

  mdg_cli_print_line (_ ("Certificate valid until: %s (%s)"), words,
                      left > 0 ? count : _ ("it has ended"));
  if (left <= 0)
    mdg_cli_print_line ("→ %s", _ ("Please activate this terminal again, or ask the support "
                                   "desk."));
  else if (left < RENEW_SECONDS)
    mdg_cli_print_line ("→ %s", _ ("Please renew it: madoguchi-cli renew"));
}

static void
print_status_words (MdgCli *cli, const Facts *facts)
{
  const MdgFacility *facility = facts->facility;
  g_autofree char *name = mdg_oqs_text_for_display (facility->institution_name);

  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line ("%s: %s %s", _ ("Institution"), facility->institution_code, name);
  mdg_cli_print_line ("%s: %s", _ ("Service"), facility->service_url);
  mdg_cli_print_line (_ ("Terminal: %s (%u of %u)"), facts->terminal->terminal_id,
                      facts->terminal->terminal_count, facts->terminal->terminal_limit);
  print_end (facts->terminal);
  mdg_cli_print_line ("%s: %s", _ ("Password"), facts->password_kept ? _ ("kept") : _ ("not kept"));
  mdg_cli_print_line ("%s: %s", _ ("Connection"),
                      facts->status != NULL ? _ ("reached") : _ ("not reached"));
  if (facts->status == NULL)
    {
      g_autoptr (MdgProblem) problem = mdg_problem_new (facts->error);

      mdg_cli_print_line ("→ %s  %s", mdg_problem_get_code (problem),
                          mdg_problem_get_advice (problem));
    }
}

static json_t *
service_to_json (const Facts *facts)
{
  const MdgServiceStatus *status = facts->status;
  json_t *service = json_pack ("{s:b}", "reached", status != NULL);

  if (status == NULL)
    {
      json_object_set_new (service, "problem", mdg_cli_problem_to_json (facts->error));
      return service;
    }
  json_object_set_new (service, "service", json_string (status->service));
  json_object_set_new (service, "version", json_string (status->version));
  json_object_set_new (service, "clock_offset_ms", json_integer (status->clock_offset_ms));
  if (status->maintenance_message != NULL)
    json_object_set_new (service, "maintenance", json_string (status->maintenance_message));
  return service;
}

static void
print_status_json (MdgCli *cli, const Facts *facts)
{
  const MdgFacility *facility = facts->facility;
  const MdgTerminal *terminal = facts->terminal;
  gint64 left = count_seconds_left (terminal);

  mdg_cli_print_json (
      cli, json_pack ("{s:b, s:s, s:s, s:s?, s:s, s:s, s:o, s:i, s:b, s:i, s:i, s:b, s:s, s:o}",
                      "activated", TRUE, "service_url", facility->service_url, "institution_code",
                      facility->institution_code, "institution_name", facility->institution_name,
                      "user_id", facility->user_id, "terminal_id", terminal->terminal_id,
                      "not_after", mdg_cli_time_to_json (terminal->not_after), "days_left",
                      (int) (left / DAY_SECONDS), "renew_soon", left < RENEW_SECONDS,
                      "terminal_count", (int) terminal->terminal_count, "terminal_limit",
                      (int) terminal->terminal_limit, "login_kept", facts->password_kept,
                      "secret_store", facts->secret_store, "service", service_to_json (facts)));
}

/**
 * mdg_cli_status:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code: %MDG_PROBLEM_KIND_NOT_ACTIVATED where this terminal is not
 *
 * Thread: main.
 */
int
mdg_cli_status (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Facts) facts = { NULL };
  MdgSecretStore *secrets;
  MdgStore *store;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments, _ ("Show the activation of this terminal"),
                      NULL, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  if (cli->practice && mdg_cli_session_get_source (session, NULL, &error) == NULL)
    return mdg_cli_fail (cli, error);
  store = mdg_cli_session_get_store (session, &error);
  secrets = store != NULL ? mdg_cli_session_get_secrets (session, &error) : NULL;
  if (secrets == NULL ||
      !mdg_store_load_activation (store, &facts.facility, &facts.terminal, &error))
    return mdg_cli_fail (cli, error);
  if (facts.terminal == NULL)
    return fail_not_activated (cli);
  facts.password_kept = mdg_activation_has_password (store, secrets);
  facts.secret_store = mdg_secret_store_get_kind (secrets);
  facts.status = ask_status (cli, facts.facility, &facts.error);
  if (cli->signal_number != 0)
    return mdg_cli_fail (cli, facts.error);
  cli->invented = facts.status != NULL && g_strcmp0 (facts.status->service, "practice") == 0;
  if (cli->json)
    print_status_json (cli, &facts);
  else
    print_status_words (cli, &facts);
  return 0;
}

typedef struct
{
  int password_fd;
  gboolean local;
} TerminalOptions;

/**
 * mdg_cli_renew:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_renew (MdgCli *cli, int n_arguments, char **arguments)
{
  TerminalOptions options = { MDG_CLI_NO_FD, FALSE };
  const GOptionEntry entries[] = { { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
                                     N_ ("Read the password from this file descriptor"), N_ ("N") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MdgActivation) activation = NULL;
  MdgCliWait wait = { NULL };
  MdgOnlineSource *source;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments, _ ("Renew the certificate of this terminal"),
                      entries, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  source = mdg_cli_session_log_in (session, options.password_fd, &exit_code);
  if (source == NULL)
    return exit_code;
  mdg_activation_renew_async (source, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  activation = mdg_activation_finish (result, &error);
  if (activation == NULL ||
      !mdg_activation_save (activation, mdg_cli_session_get_store (session, NULL),
                            mdg_cli_session_get_secrets (session, NULL), NULL, &error))
    return mdg_cli_fail (cli, error);
  if (cli->json)
    mdg_cli_print_json (cli, json_pack ("{s:b, s:s, s:o}", "renewed", TRUE, "terminal_id",
                                        activation->terminal->terminal_id, "not_after",
                                        mdg_cli_time_to_json (activation->terminal->not_after)));
  else
    {
      mdg_cli_print_practice_mark (cli, stdout);
      mdg_cli_print_line ("%s", _ ("The certificate of this terminal is renewed."));
    }
  return 0;
}

static int
clear_locally (MdgCli *cli, MdgCliSession *session, gboolean told_service)
{
  g_autoptr (GError) error = NULL;
  MdgStore *store = mdg_cli_session_get_store (session, &error);
  MdgSecretStore *secrets = store != NULL ? mdg_cli_session_get_secrets (session, &error) : NULL;

  if (secrets == NULL || !mdg_activation_clear (store, secrets, &error))
    return mdg_cli_fail (cli, error);
  if (cli->json)
    mdg_cli_print_json (
        cli, json_pack ("{s:b, s:b}", "deactivated", TRUE, "service_told", told_service));
  else
    {
      mdg_cli_print_practice_mark (cli, stdout);
      mdg_cli_print_line ("%s",
                          _ ("This terminal is deactivated. Its key and password are deleted."));
    }
  return 0;
}

/* The service was set up anew, or it took the terminal off its list. */
static gboolean
is_unknown_here (const GError *error)
{
  return g_error_matches (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TERMINAL) ||
         g_error_matches (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TERMINAL_REVOKED) ||
         g_error_matches (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TLS);
}

/**
 * mdg_cli_deactivate:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_deactivate (MdgCli *cli, int n_arguments, char **arguments)
{
  TerminalOptions options = { MDG_CLI_NO_FD, FALSE };
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("N") },
    { "local", 0, 0, G_OPTION_ARG_NONE, &options.local,
      N_ ("Delete key and password here without telling the service"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MdgCliWait wait = { NULL };
  MdgOnlineSource *source;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments, _ ("Give up the activation of this terminal"),
                      entries, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  if (options.local)
    return clear_locally (cli, session, FALSE);
  source = mdg_cli_session_log_in (session, options.password_fd, &exit_code);
  if (source == NULL)
    return exit_code;
  mdg_online_source_deactivate_async (source, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  if (mdg_online_source_deactivate_finish (source, result, &error))
    return clear_locally (cli, session, TRUE);
  return mdg_cli_fail_hint (cli, error, NULL,
                            is_unknown_here (error)
                                ? _ ("Where the service no longer knows this terminal, deactivate "
                                     "--local deletes what is kept here.")
                                : NULL);
}
