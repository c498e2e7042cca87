/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* madoguchi-practice-service: the practice service as a program. Prints one JSON object on standard
 * output when it listens, and nothing else there; stops at SIGTERM and SIGINT.
 */
#include "config.h"

#include "mdg-practice-document.h"
#include "mdg-practice-fault.h"
#include "mdg-practice-reply.h"
#include "mdg-practice-service-private.h"

#include <locale.h>
#include <openssl/crypto.h>
#include <string.h>

typedef struct
{
  char *state;
  int port;
  char **card_cas;
  char **people;
  char **faults;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->state);
  g_strfreev (options->card_cas);
  g_strfreev (options->people);
  g_strfreev (options->faults);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static gboolean
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, "Folder of the state", "DIR" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Port on loopback (any)", "N" },
    { "card-ca", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->card_cas,
      "A CA whose cards are trusted", "FILE" },
    { "people", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->people, "Documents of people, CN.xml",
      "DIR" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->faults, "Something to do wrong",
      "NAME=VALUE" },
    { NULL }
  };
  g_autofree char *names = g_strjoinv (", ", (char **) mdg_practice_fault_list ());
  g_autofree char *faults = g_strconcat ("Faults: ", names, NULL);
  g_autoptr (GOptionContext) context =
      g_option_context_new ("- an eligibility service to practise");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, faults);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (options->state == NULL || *argc > 1 || options->port < 0 || options->port > G_MAXUINT16)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           "--state DIR is needed, a port is 0 to 65535, and nothing else follows");
      return FALSE;
    }
  return TRUE;
}

static gboolean
apply (MdgPracticeService *service,
       char **values,
       gboolean (*func) (MdgPracticeService *, const char *, GError **),
       GError **error)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (!func (service, values[i], error))
      return FALSE;
  return TRUE;
}

static void
print_info (MdgPracticeService *service)
{
  g_autoptr (MdgPracticeInfo) info = mdg_practice_service_get_info (service);
  g_auto (GStrv) files = mdg_practice_service_list_card_cas (service);
  g_autoptr (json_t) list = json_array ();
  g_autoptr (json_t) object = NULL;
  char *text;

  for (guint i = 0; files[i] != NULL; i++)
    json_array_append_new (list, json_string (files[i]));
  object =
      json_pack ("{ssssssssss ss* sO}", "url", info->url, "ca_file", info->ca_file,
                 "institution_code", info->institution_code, "user_id", info->user_id, "password",
                 info->password, "activation_code", info->activation_code, "card_ca_files", list);
  text = json_dumps (object, JSON_COMPACT);
  g_print ("%s\n", text);
  OPENSSL_cleanse (text, strlen (text));
  mdg_practice_json_free_text (text);
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autoptr (MdgPracticeService) service = mdg_practice_service_new (options->state, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (service == NULL ||
      !apply (service, options->card_cas, mdg_practice_service_add_card_ca, error) ||
      !apply (service, options->people, mdg_practice_service_set_people_dir, error) ||
      !apply (service, options->faults, mdg_practice_service_set_fault, error) ||
      !mdg_practice_service_start (service, (guint16) options->port, error))
    return FALSE;
  print_info (service);
  mdg_practice_wait_for_end (loop);
  mdg_practice_service_stop (service);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!parse_options (&argc, &argv, &options, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (!serve (&options, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return 0;
}
