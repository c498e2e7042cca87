/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal of the system, behind four calls. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MdgCliEcho MdgCliEcho;

#define MDG_CLI_TERMINAL_STOPPED (-2)

/* 1; 0 at the end; -1; MDG_CLI_TERMINAL_STOPPED. The main context runs while it waits. */
int
mdg_cli_terminal_read_byte (int fd, char *byte, gboolean (*stop) (gpointer data), gpointer data);
gboolean mdg_cli_terminal_is_one (int fd);
MdgCliEcho *mdg_cli_terminal_hide (void);         /* (nullable): no terminal */
void mdg_cli_terminal_restore (MdgCliEcho *echo); /* (transfer full) (nullable) */

G_END_DECLS
