/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* activate: from the paper's four values to a terminal. Every value is checked before anything is
 * sent; what came of it is kept whole or not at all. */
#include "config.h"

#include "mdg-cli.h"
#include "mdg-letter.h"
#include "mdg-oqs-summary.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *service;
  char *ca_file;
  char *institution;
  char *user;
  char *code;
  char *name;
  gboolean no_keep;
  gboolean force;
  /* normal forms */
  char *service_normal;
  char *institution_normal;
  char *user_normal;
  char *name_normal; /* (nullable) */
  char *ca_pem;
  GBytes *code_normal;
  GBytes *password;
} Input;

static void
input_clear (Input *input)
{
  mdg_cli_wipe_argument (input->code);
  g_free (input->service);
  g_free (input->ca_file);
  g_free (input->institution);
  g_free (input->user);
  g_free (input->code);
  g_free (input->name);
  g_free (input->service_normal);
  g_free (input->institution_normal);
  g_free (input->user_normal);
  g_free (input->name_normal);
  g_free (input->ca_pem);
  g_clear_pointer (&input->code_normal, g_bytes_unref);
  g_clear_pointer (&input->password, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

/* One value by the letter's rules; a warning is told and does not stop. */
static int
check_value (MdgCli *cli, MdgLetterField field, const char *option, const char *text, char **normal)
{
  g_autofree char *words = NULL;
  MdgOqsCheck check = mdg_letter_check (field, text != NULL ? text : "", normal, &words);

  if (check == MDG_OQS_CHECK_BAD)
    return mdg_cli_fail_usage (cli, option, words);
  if (check == MDG_OQS_CHECK_WARN)
    mdg_cli_print_warning ("%s: %s", option, words);
  return 0;
}

static int
check_service (MdgCli *cli, Input *input)
{
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  int exit_code =
      check_value (cli, MDG_LETTER_SERVICE, "--service", input->service, &input->service_normal);

  if (exit_code != 0 || input->ca_file == NULL)
    return exit_code;
  if (!g_file_get_contents (input->ca_file, &pem, &length, &error))
    return mdg_cli_fail_usage (cli, "--ca", error->message);
  /* an empty file, or one with a zero byte in it, is no certificate */
  return check_value (cli, MDG_LETTER_CA, "--ca", length > 0 && strlen (pem) == length ? pem : " ",
                      &input->ca_pem);
}

static int
check_institution (MdgCli *cli, Input *input)
{
  int exit_code = check_value (cli, MDG_LETTER_INSTITUTION, "--institution", input->institution,
                               &input->institution_normal);

  if (exit_code == 0)
    exit_code = check_value (cli, MDG_LETTER_USER, "--user", input->user, &input->user_normal);
  if (exit_code == 0 && input->name != NULL)
    exit_code = check_value (cli, MDG_LETTER_TERMINAL, "--name", input->name, &input->name_normal);
  return exit_code;
}

static int
check_code (MdgCli *cli, Input *input)
{
  g_autoptr (GBytes) typed = mdg_secret_bytes_new (input->code, strlen (input->code));
  g_autofree char *words = NULL;

  if (mdg_letter_check_secret (MDG_LETTER_CODE, typed, &input->code_normal, &words) ==
      MDG_OQS_CHECK_BAD)
    return mdg_cli_fail_usage (cli, "--code", words);
  return 0;
}

static int
read_password (MdgCli *cli, Input *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) typed = mdg_cli_stdin_is_terminal ()
                                 ? mdg_cli_ask_secret (cli, _ ("Password:"), NULL, &error)
                                 : mdg_cli_read_secret_fd (cli, 0, &error);
  g_autofree char *words = NULL;

  if (typed == NULL && cli->signal_number != 0)
    return mdg_cli_fail (cli, error);
  if (typed == NULL)
    return mdg_cli_fail_usage (cli, _ ("password"), error->message);
  if (mdg_letter_check_secret (MDG_LETTER_PASSWORD, typed, &input->password, &words) ==
      MDG_OQS_CHECK_BAD)
    return mdg_cli_fail_usage (cli, _ ("password"), words);
  return 0;
}

/* The second line of standard input, or asked for: then nothing of it was ever on a command line.
 */
static int
read_code (MdgCli *cli, Input *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) code = mdg_cli_stdin_is_terminal ()
                                ? mdg_cli_ask_secret (cli, _ ("Activation code:"), NULL, &error)
                                : mdg_cli_read_secret_fd (cli, 0, &error);

  if (code == NULL && cli->signal_number != 0)
    return mdg_cli_fail (cli, error);
  if (code == NULL)
    return mdg_cli_fail_usage (cli, "--code", error->message);
  g_free (input->code);
  input->code = g_strndup (g_bytes_get_data (code, NULL), g_bytes_get_size (code));
  return 0;
}

static int
check_not_yet (MdgCli *cli, Input *input, MdgStore *store)
{
  g_autoptr (MdgTerminal) terminal = NULL;
  g_autoptr (GError) error = NULL;

  if (!mdg_store_load_activation (store, NULL, &terminal, &error))
    return mdg_cli_fail (cli, error);
  if (terminal != NULL && !input->force)
    return mdg_cli_fail_usage (
        cli, NULL,
        _ ("This terminal is activated already. Run deactivate first, or give "
           "--replace if the service no longer knows it."));
  return 0;
}

static void
print_activation (MdgCli *cli, Input *input, const MdgActivation *activation, const char *kind)
{
  const MdgFacility *facility = activation->facility;
  const MdgTerminal *terminal = activation->terminal;
  g_autofree char *name = mdg_oqs_text_for_display (
      facility->institution_name != NULL ? facility->institution_name : facility->institution_code);

  if (cli->json)
    {
      mdg_cli_print_json (
          cli, json_pack ("{s:b, s:s, s:s?, s:s, s:o, s:i, s:i, s:s, s:b}", "activated", TRUE,
                          "institution_code", facility->institution_code, "institution_name",
                          facility->institution_name, "terminal_id", terminal->terminal_id,
                          "not_after", mdg_cli_time_to_json (terminal->not_after), "terminal_count",
                          (int) terminal->terminal_count, "terminal_limit",
                          (int) terminal->terminal_limit, "secret_store", kind, "login_kept",
                          !input->no_keep));
      return;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line (_ ("Activated: %s, terminal %u of %u."), name, terminal->terminal_count,
                      terminal->terminal_limit);
}

static int
activate (MdgCli *cli, MdgStore *store, MdgSecretStore *secrets, Input *input)
{
  g_autoptr (GError) error = NULL;
  MdgActivationRequest request = {
    input->service_normal, input->ca_pem,      input->institution_normal, input->user_normal,
    input->password,       input->code_normal, input->name_normal,
  };
  MdgCliWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (MdgActivation) activation = NULL;
  const char *kind = mdg_secret_store_get_kind (secrets);

  if (request.terminal_name == NULL)
    request.terminal_name = g_get_host_name ();
  mdg_activation_activate_async (&request, cli->cancellable, mdg_cli_wait_ready_cb, &wait);
  result = mdg_cli_wait (&wait);
  activation = mdg_activation_finish (result, &error);
  if (activation == NULL || !mdg_activation_save (activation, store, secrets,
                                                  input->no_keep ? NULL : input->password, &error))
    return mdg_cli_fail (cli, error);
  if (g_str_equal (kind, "file") && !cli->practice)
    mdg_cli_print_warning (
        "%s", input->no_keep ? _ ("No keyring answers here: the terminal's key is in a file that "
                                  "only you can read.")
                             : _ ("No keyring answers here: the terminal's key and the password "
                                  "are in a file that only you can read."));
  print_activation (cli, input, activation, kind);
  return 0;
}

/* The code is a secret that the paper has and the list of processes must not: what was on the
 * command line is overwritten as soon as it was read. */
static void
wipe_code_arguments (int n_arguments, char **arguments)
{
  for (int i = 1; i < n_arguments; i++)
    {
      if (g_str_has_prefix (arguments[i], "--code="))
        mdg_cli_wipe_argument (arguments[i] + strlen ("--code="));
      else if (g_str_equal (arguments[i], "--code") && i + 1 < n_arguments)
        mdg_cli_wipe_argument (arguments[i + 1]);
    }
}

/* What can be refused without a person at the keyboard comes first. */
static int
read_and_activate (MdgCli *cli, MdgCliSession *session, Input *input)
{
  gboolean code_later = input->code == NULL || g_str_equal (input->code, "-");
  g_autoptr (GError) error = NULL;
  MdgSecretStore *secrets;
  MdgStore *store;
  int exit_code;

  if ((exit_code = check_service (cli, input)) != 0 ||
      (exit_code = check_institution (cli, input)) != 0 ||
      (!code_later && (exit_code = check_code (cli, input)) != 0))
    return exit_code;
  store = mdg_cli_session_get_store (session, &error);
  secrets = store != NULL ? mdg_cli_session_get_secrets (session, &error) : NULL;
  if (secrets == NULL)
    return mdg_cli_fail (cli, error);
  if ((exit_code = check_not_yet (cli, input, store)) != 0 ||
      (exit_code = read_password (cli, input)) != 0)
    return exit_code;
  if (code_later &&
      ((exit_code = read_code (cli, input)) != 0 || (exit_code = check_code (cli, input)) != 0))
    return exit_code;
  return activate (cli, store, secrets, input);
}

/**
 * mdg_cli_activate:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_activate (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (Input) input = { 0 };
  const GOptionEntry entries[] = {
    { "service", 0, 0, G_OPTION_ARG_STRING, &input.service, N_ ("The address of the service"),
      N_ ("URL") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &input.ca_file,
      N_ ("The service's CA certificate; without it the system's trust"), N_ ("FILE") },
    { "institution", 0, 0, G_OPTION_ARG_STRING, &input.institution,
      N_ ("The institution code, 10 digits"), N_ ("CODE") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &input.user, N_ ("The user ID"), N_ ("ID") },
    { "code", 0, 0, G_OPTION_ARG_STRING, &input.code,
      N_ ("The activation code, 12 digits; - reads it from the second line of standard input"),
      N_ ("CODE") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &input.name, N_ ("The name of this terminal"),
      N_ ("NAME") },
    { "no-keep", 0, 0, G_OPTION_ARG_NONE, &input.no_keep,
      N_ ("Do not keep the password: it is asked for at each start"), NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &input.force, N_ ("Replace the activation that is there"),
      NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto (GStrv) copy = NULL;
  char **words;
  g_autoptr (MdgCliSession) session = NULL;
  int n_copied = n_arguments;
  int exit_code;

  copy = g_new0 (char *, (gsize) n_arguments + 1);
  for (int i = 0; i < n_arguments; i++)
    copy[i] = g_strdup (arguments[i]);
  words = g_memdup2 (copy, sizeof (char *) * ((gsize) n_arguments + 1));
  wipe_code_arguments (n_arguments, arguments);
  exit_code =
      mdg_cli_parse (cli, &n_copied, &words, _ ("Activate this terminal with the activation code"),
                     entries, &exit_code)
          ? -1
          : exit_code;
  wipe_code_arguments (n_arguments, copy);
  g_free (words);
  if (exit_code >= 0)
    return exit_code;
  session = mdg_cli_session_new (cli);
  return read_and_activate (cli, session, &input);
}
