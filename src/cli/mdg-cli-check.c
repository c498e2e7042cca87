/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* check: the main job. The desk decides; this only gives it the PIN and the person's answers, tells
 * what it is doing, and ends with the kind of outcome. */
#include "config.h"

#include "mdg-card-error.h"
#include "mdg-cli-answer.h"
#include "mdg-cli.h"
#include "mdg-desk.h"

#include <glib/gi18n.h>
#include <string.h>

#define NET_MILLISECONDS  120000
#define IDLE_MILLISECONDS 2500 /* the card is sent away; then the person waits no longer */

typedef struct
{
  char *reader;
  char *date;
  char *person;
  char *record;
  gboolean pin_stdin;
  gboolean visual;
  gboolean confirm_last_try;
  gboolean no_consent;
  int wait_seconds;
  int password_fd;
  /* while it runs */
  MdgCli *cli;
  MdgDesk *desk;
  MdgEligibilitySource *source; /* the session's */
  MdgPin *pin;                  /* until the desk has it */
  MdgDeskState shown;
  gboolean changed; /* the desk's state has, since it was followed */
  gboolean card_seen;
  GError *last_error; /* (nullable): the desk's, which a removed card may have cleared */
  int exit_code;      /* -1: not ended */
} Check;

static void
check_clear (Check *check)
{
  g_free (check->reader);
  g_free (check->date);
  g_free (check->person);
  g_free (check->record);
  g_clear_object (&check->desk);
  g_clear_pointer (&check->pin, mdg_pin_free);
  g_clear_error (&check->last_error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static const char *
describe_state (MdgDeskState state)
{
  switch (state)
    {
    case MDG_DESK_STATE_WAITING:
    case MDG_DESK_STATE_ARMED:
      return _ ("Please put the card on the reader.");
    case MDG_DESK_STATE_IDENTIFYING:
    case MDG_DESK_STATE_SIGNING:
      return _ ("Reading. Please do not move the card yet.");
    case MDG_DESK_STATE_ASKING:
      return _ ("Asking the service.");
    case MDG_DESK_STATE_NO_READER:
    case MDG_DESK_STATE_NEED_PIN:
    case MDG_DESK_STATE_CONFIRM_LAST_TRY:
    case MDG_DESK_STATE_CONFIRM_FACE:
    case MDG_DESK_STATE_SHOWING:
    case MDG_DESK_STATE_PROBLEM:
    case MDG_DESK_N_STATES:
    default:
      return NULL;
    }
}

static void
fail (Check *check, GQuark domain, int code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, message);

  check->exit_code = mdg_cli_fail (check->cli, error);
}

static void
end_with_problem (Check *check)
{
  const GError *error = mdg_desk_get_error (check->desk);

  if (error == NULL)
    error = check->last_error;
  if (error != NULL)
    check->exit_code = mdg_cli_fail (check->cli, error);
  else
    fail (check, MDG_READER_ERROR, MDG_READER_ERROR_FAILED, "the desk told no reason");
}

static void
fail_stopped (Check *check)
{
  fail (check, G_IO_ERROR, G_IO_ERROR_CANCELLED, "ended by a signal");
}

/* The question is pointless when the desk went on: the card was pulled, or nobody typed for long.
 */
static gboolean
desk_has_moved (gpointer data)
{
  Check *check = data;

  return mdg_desk_get_state (check->desk) != check->shown;
}

/* %NULL: it was told why, or the desk has gone on and will be followed. */
static MdgPin *
ask_pin (Check *check)
{
  const MdgCliStop stop = { desk_has_moved, check };
  g_autofree char *prompt = NULL;
  g_autoptr (GBytes) typed = NULL;
  g_autoptr (GError) error = NULL;
  MdgPin *pin = NULL;
  int tries = mdg_desk_get_tries_left (check->desk);

  prompt = tries > 0
               ? g_strdup_printf (g_dngettext (NULL, "PIN (4 digits, %d try left):",
                                               "PIN (4 digits, %d tries left):", (gulong) tries),
                                  tries)
               : g_strdup (_ ("PIN (4 digits):"));
  typed = mdg_cli_ask_secret (check->cli, prompt, &stop, &error);
  if (typed != NULL)
    pin = mdg_pin_new_from_text (g_bytes_get_data (typed, NULL), (gssize) g_bytes_get_size (typed),
                                 NULL);
  if (pin != NULL)
    return pin;
  if (check->cli->signal_number != 0)
    fail_stopped (check);
  else if (typed != NULL || error->code != G_IO_ERROR_CANCELLED)
    check->exit_code = mdg_cli_fail_usage (check->cli, _ ("PIN"), _ ("A PIN has 4 digits."));
  return NULL;
}

/* With the PIN from standard input nobody is asked: --confirm-last-try is the yes. */
static void
confirm_last_try (Check *check)
{
  const MdgCliStop stop = { desk_has_moved, check };

  if (!check->confirm_last_try && !check->pin_stdin && mdg_cli_stdin_is_terminal ())
    check->confirm_last_try = mdg_cli_ask_yes (
        check->cli, _ ("One try is left. A wrong PIN now locks it. Go on?"), &stop);
  if (check->cli->signal_number != 0)
    fail_stopped (check);
  else if (desk_has_moved (check))
    return; /* the card was pulled, or nobody answered for long */
  else if (!check->confirm_last_try)
    fail (check, MDG_CARD_ERROR, MDG_CARD_ERROR_LAST_TRY, "one try left, not confirmed");
  else if (check->shown == MDG_DESK_STATE_CONFIRM_LAST_TRY)
    mdg_desk_confirm (check->desk, TRUE);
  else
    check->changed = TRUE; /* to the same state again, now for the PIN */
}

static void
give_pin (Check *check)
{
  MdgPin *pin = g_steal_pointer (&check->pin);

  if (pin == NULL && mdg_desk_get_error (check->desk) != NULL)
    {
      end_with_problem (check); /* a wrong PIN: never another one by itself */
      return;
    }
  if (pin == NULL && !mdg_cli_stdin_is_terminal ())
    {
      check->exit_code =
          mdg_cli_fail_usage (check->cli, NULL, _ ("Please give --pin-stdin or --visual."));
      return;
    }
  if (pin == NULL && mdg_desk_get_tries_left (check->desk) == 1 && !check->confirm_last_try)
    {
      /* before the PIN is typed: a PIN that nobody confirmed is erased, and would be asked again */
      confirm_last_try (check);
      return;
    }
  if (pin == NULL)
    pin = ask_pin (check);
  if (pin != NULL)
    mdg_desk_give_pin (check->desk, pin, check->confirm_last_try);
}

static void
follow_desk (Check *check)
{
  MdgDeskState state = mdg_desk_get_state (check->desk);
  const char *words = describe_state (state);

  if (state != check->shown && words != NULL)
    mdg_cli_print_note (check->cli, "%s", words);
  check->shown = state;
  check->cli->invented = mdg_eligibility_source_get_practice (check->source);
  switch (state)
    {
    case MDG_DESK_STATE_NO_READER:
      /* Told before the desk started, unless the reader went away since. */
      fail (check, MDG_READER_ERROR, MDG_READER_ERROR_GONE, "the last reader is gone");
      break;
    case MDG_DESK_STATE_NEED_PIN:
      give_pin (check);
      break;
    case MDG_DESK_STATE_CONFIRM_LAST_TRY:
      confirm_last_try (check);
      break;
    case MDG_DESK_STATE_CONFIRM_FACE:
      /* --visual is the staff's word that face and photo are the same person's. */
      mdg_desk_confirm (check->desk, TRUE);
      break;
    case MDG_DESK_STATE_SHOWING:
      check->exit_code = mdg_cli_answer_print (check->cli, mdg_desk_get_answer (check->desk));
      break;
    case MDG_DESK_STATE_PROBLEM:
      end_with_problem (check);
      break;
    case MDG_DESK_STATE_WAITING:
    case MDG_DESK_STATE_ARMED:
      if (check->card_seen &&
          (mdg_desk_get_error (check->desk) != NULL || check->last_error != NULL))
        end_with_problem (check);
      else if (check->card_seen)
        fail (check, MDG_READER_ERROR, MDG_READER_ERROR_REMOVED, "the card was removed");
      break;
    case MDG_DESK_STATE_IDENTIFYING:
    case MDG_DESK_STATE_SIGNING:
    case MDG_DESK_STATE_ASKING:
    case MDG_DESK_N_STATES:
    default:
      break;
    }
}

static gboolean
check_has_moved (gpointer data)
{
  return ((Check *) data)->changed;
}

static gboolean
desk_is_idle (gpointer data)
{
  return !mdg_desk_get_busy (data);
}

static void
on_state_changed_cb (MdgDesk *desk, GParamSpec *pspec, gpointer data)
{
  Check *check = data;
  MdgDeskState state = mdg_desk_get_state (desk);
  const GError *error = mdg_desk_get_error (desk);

  check->changed = TRUE;
  check->card_seen |= state == MDG_DESK_STATE_IDENTIFYING || state == MDG_DESK_STATE_SIGNING;
  if (error != NULL)
    {
      g_clear_error (&check->last_error);
      check->last_error = g_error_copy (error);
    }
}

/* Follows the desk from state to state. A card may take --wait seconds to come; from then on every
 * step has a deadline of its own, and the one here is only a net under them. */
static void
follow_to_the_end (Check *check)
{
  gint64 card_deadline = g_get_monotonic_time () + check->wait_seconds * G_USEC_PER_SEC;

  check->changed = TRUE;
  while (check->exit_code < 0)
    {
      gint64 left = (card_deadline - g_get_monotonic_time ()) / 1000;
      guint patience = check->card_seen ? NET_MILLISECONDS : (guint) MAX (left, 0);

      if (mdg_cli_wait_until (check->cli, check_has_moved, check, patience))
        {
          check->changed = FALSE;
          follow_desk (check);
        }
      else if (g_cancellable_is_cancelled (check->cli->cancellable))
        fail_stopped (check);
      else if (!check->card_seen)
        fail (check, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, "no card came");
      else
        fail (check, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the desk did not go on");
    }
}

static int
run_check (Check *check, MdgCliSession *session)
{
  g_autoptr (GError) error = NULL;
  MdgOnlineSource *source;
  MdgReader *reader;
  int exit_code = 0;

  source = mdg_cli_session_log_in (session, check->password_fd, &exit_code);
  if (source == NULL)
    return exit_code;
  check->source = MDG_ELIGIBILITY_SOURCE (source);
  reader = mdg_cli_session_pick_reader (session, check->reader, &error);
  if (reader == NULL)
    return mdg_cli_session_fail_reader (session, check->reader, error);
  check->desk = mdg_desk_new (mdg_cli_session_get_readers (session), check->source,
                              mdg_cli_session_get_store (session, NULL));
  g_signal_connect (check->desk, "notify::state", G_CALLBACK (on_state_changed_cb), check);
  mdg_desk_set_reader_id (check->desk, check->reader != NULL ? mdg_reader_get_id (reader) : NULL);
  mdg_desk_set_method (check->desk, check->visual ? MDG_DESK_METHOD_VISUAL : MDG_DESK_METHOD_PIN);
  mdg_desk_set_confirmation_date (check->desk, check->date);
  mdg_desk_set_consent (check->desk, !check->no_consent, !check->no_consent);
  if (check->pin != NULL)
    {
      g_object_set (check->desk, "arm-timeout", ((guint) check->wait_seconds + 30) * 1000, NULL);
      mdg_desk_give_pin (check->desk, g_steal_pointer (&check->pin), check->confirm_last_try);
    }
  mdg_desk_start (check->desk);
  follow_to_the_end (check);
  mdg_desk_stop (check->desk);
  g_cancellable_reset (check->cli->cancellable);
  mdg_cli_wait_until (check->cli, desk_is_idle, check->desk, IDLE_MILLISECONDS);
  return check->exit_code;
}

/* It becomes a part of a file's name. */
static gboolean
is_plain_name (const char *name)
{
  gsize length = strlen (name);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && name[i] != '-' && name[i] != '_')
      return FALSE;
  return length > 0 && length <= 64;
}

static int
read_input (Check *check)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autofree char *normal = NULL;
  MdgOqsReason reason = MDG_OQS_REASON_NONE;

  if (check->visual && check->pin_stdin)
    return mdg_cli_fail_usage (check->cli, "--visual", _ ("It cannot go with --pin-stdin."));
  if (check->wait_seconds < 0 || check->wait_seconds > 3600)
    return mdg_cli_fail_usage (check->cli, "--wait", _ ("0 to 3600 seconds."));
  if (check->person != NULL && !check->cli->practice)
    return mdg_cli_fail_usage (check->cli, "--person", _ ("It goes with --practice only."));
  if (check->person != NULL && !is_plain_name (check->person))
    return mdg_cli_fail_usage (check->cli, "--person",
                               _ ("See madoguchi-cli practice --people for the names."));
  if (check->date != NULL)
    {
      if (mdg_oqs_check_date (check->date, &normal, &reason) == MDG_OQS_CHECK_BAD)
        return mdg_cli_fail_usage (check->cli, "--date",
                                   mdg_oqs_reason_describe (reason, mdg_desk_language ()));
      g_free (check->date);
      check->date = g_steal_pointer (&normal);
    }
  if (!check->pin_stdin)
    return 0;
  line = mdg_cli_stdin_is_terminal ()
             ? mdg_cli_ask_secret (check->cli, _ ("PIN (4 digits):"), NULL, &error)
             : mdg_cli_read_secret_fd (check->cli, 0, &error);
  if (line == NULL && check->cli->signal_number != 0)
    return mdg_cli_fail (check->cli, error);
  if (line != NULL)
    check->pin = mdg_pin_new_from_text (g_bytes_get_data (line, NULL),
                                        (gssize) g_bytes_get_size (line), NULL);
  if (check->pin == NULL)
    return mdg_cli_fail_usage (check->cli, _ ("PIN"), _ ("A PIN has 4 digits."));
  return 0;
}

static void
record_readers (MdgCliSession *session, MdgRecorder *recorder)
{
  GListModel *readers = G_LIST_MODEL (mdg_cli_session_get_readers (session));

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      mdg_reader_set_recorder (reader, recorder);
    }
}

/**
 * mdg_cli_check:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code: 0 only for a valid insurance
 *
 * Thread: main.
 */
int
mdg_cli_check (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (Check) check = { .wait_seconds = 10,
                           .password_fd = MDG_CLI_NO_FD,
                           .exit_code = -1,
                           .shown = MDG_DESK_N_STATES,
                           .cli = cli };
  const GOptionEntry entries[] = {
    { "reader", 0, 0, G_OPTION_ARG_STRING, &check.reader, N_ ("The reader to use"), N_ ("ID") },
    { "pin-stdin", 0, 0, G_OPTION_ARG_NONE, &check.pin_stdin,
      N_ ("Read the PIN from standard input"), NULL },
    { "visual", 0, 0, G_OPTION_ARG_NONE, &check.visual,
      N_ ("Staff have compared the face with the card's photo"), NULL },
    { "date", 0, 0, G_OPTION_ARG_STRING, &check.date, N_ ("The day to check (today unless given)"),
      N_ ("DATE") },
    { "wait", 0, 0, G_OPTION_ARG_INT, &check.wait_seconds,
      N_ ("How long to wait for a card (10 unless given)"), N_ ("SECONDS") },
    { "confirm-last-try", 0, 0, G_OPTION_ARG_NONE, &check.confirm_last_try,
      N_ ("Use the PIN even if only one try is left"), NULL },
    { "no-consent", 0, 0, G_OPTION_ARG_NONE, &check.no_consent,
      N_ ("The patient does not agree to show the limit certificate"), NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &check.password_fd,
      N_ ("Read the log-in password from this file descriptor"), N_ ("N") },
    { "person", 0, 0, G_OPTION_ARG_STRING, &check.person,
      N_ ("With --practice: whose card lies on the reader"), N_ ("NAME") },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &check.record,
      N_ ("Record the session with the card, PIN masked"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliSession) session = NULL;
  g_autoptr (MdgRecorder) recorder = NULL;
  g_autoptr (GError) error = NULL;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Check the insurance of the holder of a card"), entries, &exit_code))
    return exit_code;
  exit_code = read_input (&check);
  if (exit_code != 0)
    return exit_code;
  if (check.record != NULL)
    {
      recorder = mdg_recorder_new (check.record, MDG_RECORDER_NONE, &error);
      if (recorder == NULL)
        return mdg_cli_fail (cli, error);
    }
  session = mdg_cli_session_new (cli);
  mdg_cli_session_set_practice_person (session, check.person);
  if (recorder != NULL)
    record_readers (session, recorder);
  exit_code = run_check (&check, session);
  g_clear_object (&check.desk);
  return exit_code;
}
