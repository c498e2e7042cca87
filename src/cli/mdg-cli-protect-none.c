/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Systems on which nothing is known that keeps a process's memory out of a crash's core. */
#include "config.h"

#include "mdg-cli.h"

/**
 * mdg_cli_protect_process:
 *
 * Does nothing here.
 *
 * Thread: main.
 */
void
mdg_cli_protect_process (void)
{
}
