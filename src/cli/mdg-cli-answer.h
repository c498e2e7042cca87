/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-cli.h"
#include "mdg-desk.h"

G_BEGIN_DECLS

int mdg_cli_answer_print (MdgCli *cli, const MdgDeskAnswer *answer);
int mdg_cli_answer_print_message (MdgCli *cli, MdgOqsMessage *message, gboolean practice);
int mdg_cli_answer_exit_code (MdgOqsMessage *message);

G_END_DECLS
