/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the commands of madoguchi-cli share. Main thread only. */
#pragma once

#include "mdg-activation.h"
#include "mdg-answer-view.h"
#include "mdg-core.h"
#include "mdg-oqs-check.h"
#include "mdg-practice-service.h"
#include "mdg-problem.h"

#include <jansson.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct
{
  const char *command;
  gboolean json;
  gboolean practice;
  char *profile;             /* (nullable): of a facility: commands of the journey */
  char *drivers;             /* (nullable): ids, comma separated: development builds */
  gboolean invented;         /* the service called itself the practice one */
  gboolean marked;           /* 練習 has been printed */
  int signal_number;         /* the signal that asked to end, or 0 */
  GCancellable *cancellable; /* cancelled by that signal */
} MdgCli;

/* One command of the table in main.c: its exit code. @arguments: its own name first. */
typedef int (*MdgCliCommand) (MdgCli *cli, int n_arguments, char **arguments);

int mdg_cli_plugins (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_readers (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_card (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_activate (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_status (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_deactivate (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_renew (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_check (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_search (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_diagnose (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_practice (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey (MdgCli *cli, int n_arguments, char **arguments);

/* mdg-cli-options.c: TRUE to go on; else *@exit_code is set (0 after --help) */
gboolean mdg_cli_parse (MdgCli *cli,
                        int *n_arguments,
                        char ***arguments,
                        const char *summary,
                        const GOptionEntry *entries,
                        int *exit_code);

/* the same for a command that takes words: they are left in @arguments from 1 on */
gboolean mdg_cli_parse_words (MdgCli *cli,
                              int *n_arguments,
                              char ***arguments,
                              const char *words,
                              int least,
                              int most,
                              const char *summary,
                              const GOptionEntry *entries,
                              int *exit_code);

/* mdg-cli-output.c */
void mdg_cli_json_free_text (char *text);
/* @object: (transfer full): the one object on standard output; "practice" is added to it */
void mdg_cli_print_json (MdgCli *cli, json_t *object);
void mdg_cli_print_practice_mark (MdgCli *cli, FILE *stream); /* once, and in practice only */
void mdg_cli_print_line (const char *format, ...) G_GNUC_PRINTF (1, 2); /* standard output */
void
mdg_cli_print_note (MdgCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3); /* standard error */
void mdg_cli_print_warning (const char *format, ...) G_GNUC_PRINTF (1, 2);      /* standard error */
int mdg_cli_fail (MdgCli *cli, const GError *error);
/* @hint: (nullable): what to do on the command line, translated */
int mdg_cli_fail_hint (MdgCli *cli, const GError *error, const char *field, const char *hint);
int mdg_cli_fail_usage (MdgCli *cli, const char *field, const char *reason);
json_t *mdg_cli_problem_to_json (const GError *error);
json_t *mdg_cli_time_to_json (GDateTime *time);
const char *mdg_cli_extended_to_string (MdgExtended extended);

/* mdg-cli-input.c */
/* The main context runs while they wait; Ctrl-C ends them, and so does @stop (nullable). */
typedef struct
{
  gboolean (*stop) (gpointer data);
  gpointer data;
} MdgCliStop;
GBytes *mdg_cli_read_secret_fd (MdgCli *cli, int fd, GError **error);
gboolean mdg_cli_stdin_is_terminal (void);
GBytes *
mdg_cli_ask_secret (MdgCli *cli, const char *prompt, const MdgCliStop *stop, GError **error);
gboolean mdg_cli_ask_yes (MdgCli *cli, const char *prompt, const MdgCliStop *stop);
void mdg_cli_wipe_argument (char *argument); /* so that a list of processes no longer shows it */

/* mdg-cli-wait.c: an asynchronous call, waited for */
typedef struct
{
  GAsyncResult *result;
} MdgCliWait;
void mdg_cli_wait_ready_cb (GObject *source, GAsyncResult *result, gpointer wait);
GAsyncResult *mdg_cli_wait (MdgCliWait *wait); /* (transfer full) */
/* iterates until @check says TRUE or @milliseconds have passed or Ctrl-C; what @check said last */
gboolean mdg_cli_wait_until (MdgCli *cli,
                             gboolean (*check) (gpointer data),
                             gpointer data,
                             guint milliseconds);

/* mdg-cli-signals-*.c */
void mdg_cli_signals_watch (MdgCli *cli);

/* mdg-cli-session.c: the parts of the program, made as they are asked for */
typedef struct _MdgCliSession MdgCliSession;
MdgCliSession *mdg_cli_session_new (MdgCli *cli);
void mdg_cli_session_free (MdgCliSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgCliSession, mdg_cli_session_free)
MdgStore *mdg_cli_session_get_store (MdgCliSession *self, GError **error);
MdgSecretStore *mdg_cli_session_get_secrets (MdgCliSession *self, GError **error);
MdgPluginHost *mdg_cli_session_get_host (MdgCliSession *self);
/* waits until the drivers have looked for readers */
MdgReaderManager *mdg_cli_session_get_readers (MdgCliSession *self);
/* @password: (nullable): instead of the kept one. In practice mode starts and activates what is
 * needed. */
MdgOnlineSource *mdg_cli_session_get_source (MdgCliSession *self, GBytes *password, GError **error);
/* the same, with the password from @password_fd (MDG_CLI_NO_FD: none given), or asked for on a
 * terminal where none is kept; NULL: *@exit_code is set and all is told */
#define MDG_CLI_NO_FD G_MININT
MdgOnlineSource *mdg_cli_session_log_in (MdgCliSession *self, int password_fd, int *exit_code);
/* the reader named, or the one to use where none is named: with a card if there is one; NO_SERVICE,
 * GONE … */
MdgReader *mdg_cli_session_pick_reader (MdgCliSession *self, const char *id, GError **error);
/* tells that there is no reader, or none of this id; the exit code */
int mdg_cli_session_fail_reader (MdgCliSession *self, const char *id, const GError *error);
void
mdg_cli_session_set_practice_person (MdgCliSession *self, const char *cn); /* before the readers */
MdgPracticeService *mdg_cli_session_get_practice (MdgCliSession *self, GError **error);

G_END_DECLS
