/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of the program, put together as a command asks for them. In practice mode the service
 * runs in this process and the virtual reader is loaded: the same client code runs as against a
 * real service, and store, secrets and state are in folders of their own. */
#include "config.h"

#include "mdg-builtin-plugins.h"
#include "mdg-cli.h"
#include "mdg-practice-mode.h"
#include "mdg-service-error.h"

#include <glib/gi18n.h>

#define SETTLE_MILLISECONDS 5000

struct _MdgCliSession
{
  MdgCli *cli;
  char *data_dir;
  char *person; /* (nullable) */
  MdgStore *store;
  MdgSecretStore *secrets;
  MdgPluginHost *host;
  MdgReaderManager *readers;
  MdgOnlineSource *source;
  MdgPracticeService *practice;
};

/**
 * mdg_cli_session_new:
 * @cli: the command line; must outlive the session
 *
 * Makes nothing yet.
 *
 * Returns: (transfer full): a session
 *
 * Thread: main.
 */
MdgCliSession *
mdg_cli_session_new (MdgCli *cli)
{
  MdgCliSession *self = g_new0 (MdgCliSession, 1);

  self->cli = cli;
  self->data_dir = mdg_paths_data_dir (cli->practice);
  return self;
}

/**
 * mdg_cli_session_free:
 * @self: (transfer full): a session
 *
 * Stops the drivers and the practice service.
 *
 * Thread: main.
 */
void
mdg_cli_session_free (MdgCliSession *self)
{
  g_clear_object (&self->source);
  g_clear_object (&self->readers);
  if (self->host != NULL)
    mdg_plugin_host_stop (self->host);
  g_clear_object (&self->host);
  if (self->practice != NULL)
    mdg_practice_service_stop (self->practice);
  g_clear_object (&self->practice);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->store, mdg_store_close);
  g_free (self->data_dir);
  g_free (self->person);
  g_free (self);
}

/**
 * mdg_cli_session_get_store:
 * @self: a session
 * @error: the error
 *
 * Returns: (transfer none) (nullable): the store of real or of practice data
 *
 * Thread: main.
 *
 * Errors: #MDG_STORE_ERROR.
 */
MdgStore *
mdg_cli_session_get_store (MdgCliSession *self, GError **error)
{
  g_autofree char *path = NULL;

  if (self->store != NULL)
    return self->store;
  path = mdg_paths_database (self->cli->practice);
  self->store = mdg_store_open (path, error);
  return self->store;
}

/**
 * mdg_cli_session_get_secrets:
 * @self: a session
 * @error: the error
 *
 * Practice secrets are invented, and so stay in a file: nobody is asked to open a keyring for them.
 *
 * Returns: (transfer none) (nullable): where keys and passwords live
 *
 * Thread: main; up to some seconds where a secret service does not answer.
 *
 * Errors: #MDG_STORE_ERROR.
 */
MdgSecretStore *
mdg_cli_session_get_secrets (MdgCliSession *self, GError **error)
{
  if (self->secrets == NULL)
    self->secrets = self->cli->practice ? mdg_secret_store_new_file (self->data_dir, error)
                                        : mdg_secret_store_open (self->data_dir, FALSE, error);
  return self->secrets;
}

/**
 * mdg_cli_session_get_host:
 * @self: a session
 *
 * Returns: (transfer none): the plugins, loaded and started
 *
 * Thread: main.
 */
MdgPluginHost *
mdg_cli_session_get_host (MdgCliSession *self)
{
  const char *const practice_only[] = { "virtual", NULL };
  g_auto (GStrv) only = NULL;

  if (self->host != NULL)
    return self->host;
  self->host = mdg_plugin_host_new (NULL, NULL);
  mdg_builtin_plugins_add (self->host);
  if (self->cli->practice)
    {
      g_autofree char *cards = g_build_filename (self->data_dir, "cards", NULL);

      mdg_plugin_host_set_option (self->host, "virtual", "state-dir", cards);
      mdg_plugin_host_set_option (self->host, "virtual", "card",
                                  self->person != NULL ? self->person : "PRACTICE0001");
    }
  if (self->cli->drivers != NULL)
    only = g_strsplit (self->cli->drivers, ",", -1);
  else if (self->cli->practice)
    only = g_strdupv ((char **) practice_only);
  mdg_plugin_host_load (self->host, (const char *const *) only);
  return self->host;
}

static gboolean
readers_are_settled (gpointer readers)
{
  return mdg_reader_manager_get_settled (readers);
}

/**
 * mdg_cli_session_get_readers:
 * @self: a session
 *
 * Waits until every driver has looked for readers, for some seconds at most.
 *
 * Returns: (transfer none): all readers
 *
 * Thread: main.
 */
MdgReaderManager *
mdg_cli_session_get_readers (MdgCliSession *self)
{
  if (self->readers == NULL)
    {
      self->readers = mdg_reader_manager_new (mdg_cli_session_get_host (self));
      mdg_cli_wait_until (self->cli, readers_are_settled, self->readers, SETTLE_MILLISECONDS);
    }
  return self->readers;
}

/**
 * mdg_cli_session_set_practice_person:
 * @self: a session
 * @cn: the invented person whose card lies on the practice reader
 *
 * Thread: main, before the readers are asked for.
 */
void
mdg_cli_session_set_practice_person (MdgCliSession *self, const char *cn)
{
  g_free (self->person);
  self->person = g_strdup (cn);
}

/**
 * mdg_cli_session_get_practice:
 * @self: a session
 * @error: the error
 *
 * Starts the practice service in this process; it trusts the cards of the practice reader.
 *
 * Returns: (transfer none) (nullable): the service, listening
 *
 * Thread: main; makes keys at first use.
 *
 * Errors: whatever kept it from starting.
 */
MdgPracticeService *
mdg_cli_session_get_practice (MdgCliSession *self, GError **error)
{
  g_autofree char *state = NULL;
  g_autofree char *card_ca = NULL;
  g_autoptr (MdgPracticeService) service = NULL;

  if (self->practice != NULL)
    return self->practice;
  mdg_cli_session_get_readers (self); /* makes the CA of the practice cards */
  state = g_build_filename (self->data_dir, "service", NULL);
  card_ca = g_build_filename (self->data_dir, "cards", "ca.pem", NULL);
  service = mdg_practice_service_new (state, error);
  if (service == NULL)
    return NULL;
  if (g_file_test (card_ca, G_FILE_TEST_EXISTS) &&
      !mdg_practice_service_add_card_ca (service, card_ca, error))
    return NULL;
  if (!mdg_practice_service_start (service, 0, error))
    return NULL;
  self->practice = g_steal_pointer (&service);
  return self->practice;
}

static MdgOnlineSource *
open_practice_source (MdgCliSession *self, GError **error)
{
  MdgStore *store = mdg_cli_session_get_store (self, error);
  MdgSecretStore *secrets = store != NULL ? mdg_cli_session_get_secrets (self, error) : NULL;
  MdgPracticeService *service = secrets != NULL ? mdg_cli_session_get_practice (self, error) : NULL;
  g_autoptr (MdgPracticeInfo) info = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  MdgCliWait wait = { NULL };
  MdgPracticeAccess access;

  if (service == NULL)
    return NULL;
  info = mdg_practice_service_get_info (service);
  access = (MdgPracticeAccess){ info->url,     info->ca_file,  info->institution_code,
                                info->user_id, info->password, info->activation_code };
  mdg_practice_mode_open_async (store, secrets, &access, self->cli->cancellable,
                                mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  return mdg_practice_mode_open_finish (result, error);
}

/**
 * mdg_cli_session_get_source:
 * @self: a session
 * @password: (nullable): instead of the one that was kept
 * @error: the error
 *
 * Returns: (transfer none) (nullable): the online source of this terminal
 *
 * Thread: main.
 *
 * Errors: %MDG_SERVICE_ERROR_NOT_ACTIVATED, #MDG_STORE_ERROR.
 */
MdgOnlineSource *
mdg_cli_session_get_source (MdgCliSession *self, GBytes *password, GError **error)
{
  MdgStore *store;
  MdgSecretStore *secrets;

  if (self->source != NULL)
    return self->source;
  if (self->cli->practice)
    {
      self->source = open_practice_source (self, error);
      return self->source;
    }
  store = mdg_cli_session_get_store (self, error);
  secrets = store != NULL ? mdg_cli_session_get_secrets (self, error) : NULL;
  if (secrets != NULL)
    self->source = mdg_activation_load_source (store, secrets, password, error);
  return self->source;
}

/* 0 with the password in @password, or %NULL there where the kept one will do; or the exit code. */
static int
find_password (MdgCliSession *self, int password_fd, GBytes **password)
{
  g_autoptr (GError) error = NULL;
  MdgStore *store = mdg_cli_session_get_store (self, NULL);
  MdgSecretStore *secrets = store != NULL ? mdg_cli_session_get_secrets (self, NULL) : NULL;
  g_autoptr (MdgTerminal) terminal = NULL;

  if (password_fd != MDG_CLI_NO_FD && password_fd < 0)
    return mdg_cli_fail_usage (self->cli, "--password-fd", _ ("A file descriptor is 0 or more."));
  if (password_fd != MDG_CLI_NO_FD)
    {
      *password = mdg_cli_read_secret_fd (self->cli, password_fd, &error);
      if (*password == NULL && self->cli->signal_number != 0)
        return mdg_cli_fail (self->cli, error);
      return *password != NULL ? 0
                               : mdg_cli_fail_usage (self->cli, "--password-fd", error->message);
    }
  /* What is wrong with the store or the activation is told by who loads it. */
  if (self->cli->practice || secrets == NULL ||
      !mdg_store_load_activation (store, NULL, &terminal, NULL) || terminal == NULL ||
      mdg_activation_has_password (store, secrets))
    return 0;
  if (mdg_cli_stdin_is_terminal ())
    *password = mdg_cli_ask_secret (self->cli, _ ("Password:"), NULL, &error);
  if (*password != NULL)
    return 0;
  if (error == NULL || error->code != G_IO_ERROR_CANCELLED)
    {
      g_clear_error (&error);
      error = g_error_new_literal (MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NO_PASSWORD, "none given");
    }
  return mdg_cli_fail_hint (self->cli, error, "--password-fd",
                            _ ("Give it with --password-fd N, or run the command on a terminal, "
                               "where it is asked for."));
}

/**
 * mdg_cli_session_log_in:
 * @self: a session
 * @password_fd: where the password comes from, or %MDG_CLI_NO_FD
 * @exit_code: (out): set where this returns %NULL, with everything told
 *
 * The online source with the password that was given, that is kept, or that a person is asked for.
 *
 * Returns: (transfer none) (nullable): the online source of this terminal
 *
 * Thread: main.
 */
MdgOnlineSource *
mdg_cli_session_log_in (MdgCliSession *self, int password_fd, int *exit_code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) password = NULL;
  MdgOnlineSource *source;

  *exit_code = find_password (self, password_fd, &password);
  if (*exit_code != 0)
    return NULL;
  source = mdg_cli_session_get_source (self, password, &error);
  if (source == NULL)
    *exit_code = mdg_cli_fail (self->cli, error);
  return source;
}

/**
 * mdg_cli_session_fail_reader:
 * @self: a session
 * @id: (nullable): the reader that was asked for
 * @error: from mdg_cli_session_pick_reader()
 *
 * Returns: the exit code, after telling that there is no reader, or none of that name
 *
 * Thread: main.
 */
int
mdg_cli_session_fail_reader (MdgCliSession *self, const char *id, const GError *error)
{
  GListModel *readers = G_LIST_MODEL (mdg_cli_session_get_readers (self));

  if (id == NULL || g_list_model_get_n_items (readers) == 0)
    return mdg_cli_fail (self->cli, error);
  return mdg_cli_fail_hint (self->cli, error, "--reader",
                            _ ("There are readers, but none of this id or name: see madoguchi-cli "
                               "readers."));
}

/**
 * mdg_cli_session_pick_reader:
 * @self: a session
 * @id: (nullable): the reader's id or name
 * @error: the error
 *
 * Returns: (transfer none) (nullable): that reader; without @id the first with a card, else the
 * first
 *
 * Thread: main.
 *
 * Errors: %MDG_READER_ERROR_GONE where there is none, or the driver's own problem.
 */
MdgReader *
mdg_cli_session_pick_reader (MdgCliSession *self, const char *id, GError **error)
{
  GListModel *readers = G_LIST_MODEL (mdg_cli_session_get_readers (self));
  const GError *problem = mdg_reader_manager_get_problem (self->readers);
  MdgReader *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      /* The manager keeps it: a borrowed pointer is good until the next turn of the main context.
       */
      if (id != NULL && (g_strcmp0 (mdg_reader_get_id (reader), id) == 0 ||
                         g_strcmp0 (mdg_reader_get_name (reader), id) == 0))
        return reader;
      if (id == NULL && mdg_reader_get_present (reader))
        return reader;
      if (first == NULL)
        first = reader;
    }
  if (id == NULL && first != NULL)
    return first;
  if (first == NULL && problem != NULL)
    g_propagate_error (error, g_error_copy (problem));
  else
    g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_GONE, "no such reader");
  return NULL;
}
