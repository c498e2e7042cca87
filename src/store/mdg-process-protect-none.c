/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Systems on which nothing is known that keeps a process's memory out of a crash's core. */
#include "config.h"

#include "mdg-process-protect.h"

/**
 * mdg_process_protect:
 *
 * Does nothing here.
 *
 * Thread: main.
 */
void
mdg_process_protect (void)
{
}
