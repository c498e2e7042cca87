/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the subcommands of "journey" share. Main thread only. */
#pragma once

#include "mdg-cli.h"
#include "mdg-guide.h"

G_BEGIN_DECLS

int mdg_cli_journey_status (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_step (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_value (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_list (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_add (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_done (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_remove (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_receipt (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_form (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_subsidy (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_contact (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_readers (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_export (MdgCli *cli, int n_arguments, char **arguments);
int mdg_cli_journey_import (MdgCli *cli, int n_arguments, char **arguments);

/* mdg-cli-journey.c */
typedef MdgGuide MdgCliJourney; /* one that is closed when it is freed */
/* says what is to be known of the journey's health. NULL: *@exit_code is set and all is told */
MdgCliJourney *mdg_cli_journey_open (MdgCli *cli, int *exit_code);
void mdg_cli_journey_close (MdgCliJourney *guide); /* (transfer full) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgCliJourney, mdg_cli_journey_close)
/* waits for a change that was begun with mdg_cli_wait_ready_cb and @wait: 0, or the exit code */
int mdg_cli_journey_end (MdgCli *cli, MdgGuide *guide, MdgCliWait *wait, gint64 *id);
/* "" or yyyyMMdd of what a person typed; FALSE: *@exit_code is set */
gboolean mdg_cli_journey_read_date (MdgCli *cli, const char *text, char **date, int *exit_code);
gboolean mdg_cli_journey_read_id (MdgCli *cli, const char *text, gint64 *id, int *exit_code);
/* @object: (transfer full): printed with --json; else @words */
void mdg_cli_journey_tell (MdgCli *cli, json_t *object, const char *words);

G_END_DECLS
