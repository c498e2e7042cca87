/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* status, renew, deactivate: the activation of this terminal. */
#include "config.h"

#include "mdg-cli.h"

#include <glib/gi18n.h>

#define RENEW_SECONDS                                                                              \
  (30 * 24 * 3600) /* a month before the end there is still time to call somebody */

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

static void
print_status (MdgCli *cli,
              const MdgFacility *facility,
              const MdgTerminal *terminal,
              MdgStore *store,
              MdgSecretStore *secrets,
              MdgServiceStatus *status,
              const GError *error)
{
  gboolean kept = mdg_activation_has_password (store, secrets);
  gint64 left = g_date_time_to_unix (terminal->not_after) - g_get_real_time () / G_USEC_PER_SEC;
  int days = (int) (left / 86400);
  json_t *service = json_pack ("{s:b}", "reached", status != NULL);
  json_t *object;

  if (status != NULL)
    {
      json_object_set_new (service, "service", json_string (status->service));
      json_object_set_new (service, "version", json_string (status->version));
      json_object_set_new (service, "clock_offset_ms", json_integer (status->clock_offset_ms));
      if (status->maintenance_message != NULL)
        json_object_set_new (service, "maintenance", json_string (status->maintenance_message));
    }
  else
    json_object_set_new (service, "problem", mdg_cli_problem_to_json (error));
  if (!cli->json)
    {
      g_autoptr (GDateTime) local = g_date_time_to_local (terminal->not_after);
      g_autofree char *date = g_date_time_format (local, "%Y%m%d");
      g_autofree char *words = mdg_oqs_date_describe (date, mdg_cli_language ());

      json_decref (service);
      mdg_cli_print_line ("%s: %s %s",
                          _ ("Institution"), facility->institution_code,
                             facility->institution_name != NULL ? facility->institution_name : "");
      mdg_cli_print_line ("%s: %s", _ ("Service"), facility->service_url);
      mdg_cli_print_line (_ ("Terminal: %s (%u of %u)"), terminal->terminal_id,
                             terminal->terminal_count, terminal->terminal_limit);
      mdg_cli_print_line ("%s: %s", _ ("Certificate valid until"), words);
      if (left < RENEW_SECONDS)
        mdg_cli_print_line ("%s", _ ("Please renew it: madoguchi-cli renew"));
      mdg_cli_print_line ("%s: %s", _ ("Password"), kept ? _ ("kept") : _ ("not kept"));
      mdg_cli_print_line ("%s: %s", _ ("Connection"),
                                       status != NULL ? _ ("reached") : _ ("not reached"));
      return;
    }
  object = json_pack (
      "{s:b, s:b, s:s, s:s, s:s?, s:s, s:s, s:o, s:i, s:b, s:i, s:i, s:b, s:s, s:o}", "activated",
      TRUE, "practice", cli->practice, "service_url", facility->service_url, "institution_code",
      facility->institution_code, "institution_name", facility->institution_name, "user_id",
      facility->user_id, "terminal_id", terminal->terminal_id, "not_after",
      mdg_cli_time_to_json (terminal->not_after), "days_left", days, "renew_soon",
      left < RENEW_SECONDS, "terminal_count", (int) terminal->terminal_count, "terminal_limit",
      (int) terminal->terminal_limit, "login_kept", kept, "secret_store",
      mdg_secret_store_get_kind (secrets), "service", service);
  mdg_cli_print_json (object);
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
  g_autoptr (MdgFacility) facility = NULL;
  g_autoptr (MdgTerminal) terminal = NULL;
  g_autoptr (MdgServiceStatus) status = NULL;
  MdgSecretStore *secrets;
  MdgStore *store;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Show the activation of this terminal"), NULL, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  mdg_cli_signals_watch (cli->cancellable);
  if (cli->practice && mdg_cli_session_get_source (session, NULL, &error) == NULL)
    return mdg_cli_fail (cli, error);
  store = mdg_cli_session_get_store (session, &error);
  secrets = store != NULL ? mdg_cli_session_get_secrets (session, &error) : NULL;
  if (secrets == NULL || !mdg_store_load_activation (store, &facility, &terminal, &error))
    return mdg_cli_fail (cli, error);
  if (terminal == NULL)
    return fail_not_activated (cli);
  status = ask_status (cli, facility, &error);
  print_status (cli, facility, terminal, store, secrets, status, error);
  return 0;
}

typedef struct
{
  int password_fd;
  gboolean local;
} TerminalOptions;

static MdgOnlineSource *
open_source (MdgCli *cli, MdgCliSession *session, int password_fd, GError **error)
{
  g_autoptr (GBytes) password = NULL;

  if (password_fd >= 0)
    {
      password = mdg_cli_read_secret_fd (password_fd, error);
      if (password == NULL)
        return NULL;
    }
  return mdg_cli_session_get_source (session, password, error);
}

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
  TerminalOptions options = { -1, FALSE };
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

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Renew the certificate of this terminal"), entries, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  mdg_cli_signals_watch (cli->cancellable);
  source = open_source (cli, session, options.password_fd, &error);
  if (source == NULL)
    return mdg_cli_fail (cli, error);
  mdg_activation_renew_async (source, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  activation = mdg_activation_finish (result, &error);
  if (activation == NULL ||
      !mdg_activation_save (activation, mdg_cli_session_get_store (session, NULL),
                            mdg_cli_session_get_secrets (session, NULL), NULL, &error))
    return mdg_cli_fail (cli, error);
  if (cli->json)
    mdg_cli_print_json (json_pack ("{s:b, s:s, s:o}", "renewed", TRUE, "terminal_id",
                                   activation->terminal->terminal_id, "not_after",
                                   mdg_cli_time_to_json (activation->terminal->not_after)));
  else
    mdg_cli_print_line ("%s", _ ("The certificate of this terminal is renewed."));
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
        json_pack ("{s:b, s:b}", "deactivated", TRUE, "service_told", told_service));
  else
    mdg_cli_print_line ("%s",
                        _ ("This terminal is deactivated. Its key and password are deleted."));
  return 0;
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
  TerminalOptions options = { -1, FALSE };
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("N") },
      { "local", 0, 0, G_OPTION_ARG_NONE, &options.local,
        N_ ("Delete key and password here without telling the service"), NULL },
        G_OPTION_ENTRY_NULL };
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MdgCliWait wait = { NULL };
  MdgOnlineSource *source;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Give up the activation of this terminal"), entries, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  mdg_cli_signals_watch (cli->cancellable);
  if (options.local)
    return clear_locally (cli, session, FALSE);
  source = open_source (cli, session, options.password_fd, &error);
  if (source == NULL)
    return mdg_cli_fail (cli, error);
  mdg_online_source_deactivate_async (source, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  if (!mdg_online_source_deactivate_finish (source, result, &error))
    return mdg_cli_fail (cli, error);
  return clear_locally (cli, session, TRUE);
}
