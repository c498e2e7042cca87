/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* No core of this program is written by a crash, and no other program of the same user may look
 * into its memory: a PIN or a password may be there for a moment. */
#include "config.h"

#include "mdg-process-protect.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * mdg_process_protect:
 *
 * Asks the system to keep this process's memory to itself: prctl(2) PR_SET_DUMPABLE, setrlimit(2)
 * RLIMIT_CORE. A system that refuses is no reason not to work.
 *
 * Thread: main, before anything else.
 */
void
mdg_process_protect (void)
{
  const struct rlimit none = { 0, 0 };

  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit (RLIMIT_CORE, &none) != 0)
    g_debug ("cores of this process could not be forbidden");
}
