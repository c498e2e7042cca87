/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* plugins, readers: what is loaded and why not, what is plugged in. */
#include "config.h"

#include "mdg-cli.h"
#include "mdg-oqs-summary.h"
#include "mdg-reader-memory.h"

#include <glib/gi18n.h>

static json_t *
plugin_to_json (MdgPluginInfo *info)
{
  const GError *error = mdg_plugin_info_get_error (info);
  MdgReaderDriver *driver = mdg_plugin_info_get_driver (info);
  json_t *object = json_pack ("{s:s, s:s?, s:s, s:b}", "id", mdg_plugin_info_get_id (info), "name",
                              mdg_plugin_info_get_name (info), "state",
                              mdg_plugin_state_to_string (mdg_plugin_info_get_state (info)),
                              "builtin", mdg_plugin_info_get_path (info) == NULL);

  if (error == NULL && driver != NULL)
    error = mdg_reader_driver_get_problem (driver);
  if (error != NULL)
    {
      json_object_set_new (object, "problem", mdg_cli_problem_to_json (error));
      json_object_set_new (object, "detail", json_string (error->message));
    }
  return object;
}

static void
print_plugin (json_t *plugin)
{
  json_t *problem = json_object_get (plugin, "problem");

  mdg_cli_print_line ("%-12s%-14s%s", json_string_value (json_object_get (plugin, "id")),
                      json_string_value (json_object_get (plugin, "state")),
                      problem != NULL ? json_string_value (json_object_get (problem, "title"))
                                      : "");
  if (problem != NULL)
    mdg_cli_print_line ("%26s%s", "", json_string_value (json_object_get (plugin, "detail")));
}

/**
 * mdg_cli_plugins:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_plugins (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  json_t *list;
  GListModel *host;
  json_t *plugin;
  size_t index;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("List the drivers and why one is not loaded"), NULL, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  mdg_cli_session_get_readers (session);
  host = G_LIST_MODEL (mdg_cli_session_get_host (session));
  list = json_array ();
  for (guint i = 0; i < g_list_model_get_n_items (host); i++)
    {
      g_autoptr (MdgPluginInfo) info = g_list_model_get_item (host, i);

      json_array_append_new (list, plugin_to_json (info));
    }
  if (cli->json)
    {
      mdg_cli_print_json (cli, json_pack ("{s:o}", "plugins", list));
      return 0;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  json_array_foreach (list, index, plugin) { print_plugin (plugin); }
  json_decref (list);
  return 0;
}

static json_t *
reader_to_json (MdgReader *reader)
{
  MdgReaderFeatures features = mdg_reader_get_features (reader);
  GBytes *atr = mdg_reader_get_atr (reader);
  json_t *object =
      json_pack ("{s:s, s:s, s:s, s:b, s:s, s:b, s:b, s:b}", "id", mdg_reader_get_id (reader),
                 "name", mdg_reader_get_name (reader), "driver", mdg_reader_get_driver (reader),
                 "card", mdg_reader_get_present (reader), "extended_apdu",
                 mdg_cli_extended_to_string (mdg_reader_get_extended (reader)), "pin_pad",
                 (features & MDG_READER_FEATURE_PIN_PAD) != 0, "contactless",
                 (features & MDG_READER_FEATURE_CONTACTLESS) != 0, "virtual",
                 (features & MDG_READER_FEATURE_VIRTUAL) != 0);

  if (atr != NULL)
    {
      gsize length;
      const guint8 *bytes = g_bytes_get_data (atr, &length);
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize i = 0; i < length; i++)
        g_string_append_printf (text, "%02X", bytes[i]);
      json_object_set_new (object, "atr", json_string (text->str));
    }
  if (mdg_reader_get_problem (reader) != NULL)
    json_object_set_new (object, "problem",
                         mdg_cli_problem_to_json (mdg_reader_get_problem (reader)));
  return object;
}

static void
print_reader (json_t *reader)
{
  json_t *problem = json_object_get (reader, "problem");
  const char *extended = json_string_value (json_object_get (reader, "extended_apdu"));
  g_autofree char *name =
      mdg_oqs_text_for_display (json_string_value (json_object_get (reader, "name")));

  mdg_cli_print_line ("%s", name);
  mdg_cli_print_line ("  %s: %s", _ ("Id"), json_string_value (json_object_get (reader, "id")));
  mdg_cli_print_line ("  %s: %s", _ ("Driver"),
                      json_string_value (json_object_get (reader, "driver")));
  mdg_cli_print_line ("  %s: %s", _ ("Card"),
                      json_is_true (json_object_get (reader, "card")) ? _ ("there") : _ ("none"));
  mdg_cli_print_line ("  %s: %s", _ ("Extended APDU"),
                      g_str_equal (extended, "yes")  ? _ ("yes")
                      : g_str_equal (extended, "no") ? _ ("no")
                                                     : _ ("not known yet"));
  if (problem != NULL)
    mdg_cli_print_line ("  %s", json_string_value (json_object_get (problem, "title")));
}

/**
 * mdg_cli_readers:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code: %MDG_PROBLEM_KIND_NO_READER where there is none
 *
 * Thread: main.
 */
int
mdg_cli_readers (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgReaderMemory) memory = NULL;
  json_t *list;
  json_t *reader_json;
  GListModel *readers;
  size_t index;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments, _ ("List the readers"), NULL, &exit_code))
    return exit_code;
  session = mdg_cli_session_new (cli);
  readers = G_LIST_MODEL (mdg_cli_session_get_readers (session));
  memory = mdg_reader_memory_new (mdg_cli_session_get_store (session, NULL));
  if (g_list_model_get_n_items (readers) == 0)
    {
      mdg_cli_session_pick_reader (session, NULL, &error);
      return mdg_cli_fail (cli, error);
    }
  list = json_array ();
  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      mdg_reader_memory_attach (memory, reader);
      json_array_append_new (list, reader_to_json (reader));
    }
  if (cli->json)
    {
      mdg_cli_print_json (cli, json_pack ("{s:o}", "readers", list));
      return 0;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  json_array_foreach (list, index, reader_json) { print_reader (reader_json); }
  json_decref (list);
  return 0;
}
