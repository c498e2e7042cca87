/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal of the system, behind four calls. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MdgCliEcho MdgCliEcho;

int mdg_cli_terminal_read_byte (int fd, char *byte); /* 1, 0 at the end, -1 */
gboolean mdg_cli_terminal_is_one (int fd);
MdgCliEcho *mdg_cli_terminal_hide (void);         /* (nullable): no terminal */
void mdg_cli_terminal_restore (MdgCliEcho *echo); /* (transfer full) (nullable) */

G_END_DECLS
