/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* diagnose: everything a call centre asks, without personal data: no name, no number of a patient,
 * no path with a user's name, no secret. */
#include "config.h"

#include "mdg-cli.h"
#include "mdg-reader-memory.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <openssl/crypto.h>
#include <sqlite3.h>

static json_t *
describe_program (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *glib =
      g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *soup = g_strdup_printf ("%u.%u.%u", soup_get_major_version (),
                                           soup_get_minor_version (), soup_get_micro_version ());

  return json_pack ("{s:s, s:s?, s:s, s:s, s:s, s:s, s:s, s:b}", "version", PACKAGE_VERSION,
                    "system", system, "locale", g_get_language_names ()[0], "glib", glib, "libsoup",
                    soup, "openssl", OpenSSL_version (OPENSSL_VERSION), "sqlite",
                    sqlite3_libversion (), "tls",
                    g_tls_backend_supports_tls (g_tls_backend_get_default ()));
}

static json_t *
describe_plugins (MdgCliSession *session)
{
  GListModel *host = G_LIST_MODEL (mdg_cli_session_get_host (session));
  json_t *list = json_array ();

  for (guint i = 0; i < g_list_model_get_n_items (host); i++)
    {
      g_autoptr (MdgPluginInfo) info = g_list_model_get_item (host, i);
      MdgReaderDriver *driver = mdg_plugin_info_get_driver (info);
      const GError *error = mdg_plugin_info_get_error (info);
      json_t *plugin = json_pack ("{s:s, s:s}", "id", mdg_plugin_info_get_id (info), "state",
                                  mdg_plugin_state_to_string (mdg_plugin_info_get_state (info)));

      if (error == NULL && driver != NULL)
        error = mdg_reader_driver_get_problem (driver);
      if (error != NULL)
        json_object_set_new (plugin, "problem", mdg_cli_problem_to_json (error));
      json_array_append_new (list, plugin);
    }
  return list;
}

static json_t *
describe_readers (MdgCliSession *session, MdgStore *store)
{
  GListModel *readers = G_LIST_MODEL (mdg_cli_session_get_readers (session));
  g_autoptr (MdgReaderMemory) memory = mdg_reader_memory_new (store);
  json_t *list = json_array ();

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);
      json_t *object;

      mdg_reader_memory_attach (memory, reader);
      object = json_pack ("{s:s, s:s, s:b, s:s}", "name", mdg_reader_get_name (reader), "driver",
                          mdg_reader_get_driver (reader), "card", mdg_reader_get_present (reader),
                          "extended_apdu",
                          mdg_cli_extended_to_string (mdg_reader_get_extended (reader)));
      if (mdg_reader_get_problem (reader) != NULL)
        json_object_set_new (object, "problem",
                             mdg_cli_problem_to_json (mdg_reader_get_problem (reader)));
      json_array_append_new (list, object);
    }
  return list;
}

static json_t *
describe_store (MdgStore *store, const GError *error)
{
  g_autoptr (GError) damage = NULL;

  if (store == NULL)
    return json_pack ("{s:b, s:o}", "good", FALSE, "problem", mdg_cli_problem_to_json (error));
  if (!mdg_store_check (store, &damage))
    return json_pack ("{s:b, s:o}", "good", FALSE, "problem", mdg_cli_problem_to_json (damage));
  return json_pack ("{s:b, s:i}", "good", TRUE, "schema", mdg_store_get_schema_version (store));
}

static json_t *
describe_service (MdgCli *cli, const MdgFacility *facility)
{
  MdgCliWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgServiceStatus) status = NULL;

  mdg_service_status_async (facility->service_url, facility->ca_pem, cli->cancellable,
                            mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  status = mdg_service_status_finish (result, &error);
  if (status == NULL)
    return json_pack ("{s:b, s:o}", "reached", FALSE, "problem", mdg_cli_problem_to_json (error));
  return json_pack ("{s:b, s:s, s:s, s:I, s:s?}", "reached", TRUE, "service", status->service,
                    "version", status->version, "clock_offset_ms",
                    (json_int_t) status->clock_offset_ms, "maintenance",
                    status->maintenance_message);
}

static json_t *
describe_activation (MdgCli *cli, MdgStore *store)
{
  g_autoptr (MdgFacility) facility = NULL;
  g_autoptr (MdgTerminal) terminal = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL || !mdg_store_load_activation (store, &facility, &terminal, &error) ||
      terminal == NULL)
    return json_pack ("{s:b}", "activated", FALSE);
  return json_pack ("{s:b, s:s, s:s, s:o, s:o}", "activated", TRUE, "institution_code",
                    facility->institution_code, "terminal_id", terminal->terminal_id, "not_after",
                    mdg_cli_time_to_json (terminal->not_after), "service",
                    describe_service (cli, facility));
}

static void
print_tree (json_t *value, const char *name, int indent)
{
  const char *key;
  json_t *item;
  size_t index;

  if (json_is_object (value))
    {
      mdg_cli_print_line ("%*s%s", indent, "", name);
      json_object_foreach (value, key, item) print_tree (item, key, indent + 2);
    }
  else if (json_is_array (value))
    {
      mdg_cli_print_line ("%*s%s%s", indent, "", name, json_array_size (value) == 0 ? ": -" : "");
      json_array_foreach (value, index, item) print_tree (item, "-", indent + 2);
    }
  else if (json_is_string (value))
    mdg_cli_print_line ("%*s%s: %s", indent, "", name, json_string_value (value));
  else
    {
      char *text = json_dumps (value, JSON_ENCODE_ANY);

      mdg_cli_print_line ("%*s%s: %s", indent, "", name, text);
      mdg_cli_json_free_text (text);
    }
}

/**
 * mdg_cli_diagnose:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code: 0 also where something is wrong, because telling it is the job
 *
 * Thread: main.
 */
int
mdg_cli_diagnose (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) store_error = NULL;
  g_autoptr (GError) stopped = NULL;
  g_autoptr (GError) error = NULL;
  MdgSecretStore *secrets;
  MdgStore *store;
  json_t *report;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Collect what the call centre asks, without personal data"), NULL,
                      &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  store = mdg_cli_session_get_store (session, &store_error);
  secrets = mdg_cli_session_get_secrets (session, &error);
  report = json_pack (
      "{s:o, s:b, s:o, s:o, s:o, s:o, s:s, s:o}", "time", mdg_cli_time_to_json (now), "practice",
      cli->practice, "program", describe_program (), "drivers", describe_plugins (session),
      "readers", describe_readers (session, store), "store", describe_store (store, store_error),
      "secret_store", secrets != NULL ? mdg_secret_store_get_kind (secrets) : "none", "activation",
      describe_activation (cli, store));
  if (cli->signal_number != 0)
    {
      json_decref (report);
      g_set_error_literal (&stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED, "ended by a signal");
      return mdg_cli_fail (cli, stopped);
    }
  if (cli->json)
    {
      mdg_cli_print_json (cli, report);
      return 0;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  print_tree (report, _ ("Diagnosis"), 0);
  json_decref (report);
  return 0;
}
