/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Windows has such bounds for job objects only, into which a process has to be put before it runs;
 * GSubprocess has no door for that. The deadline and the bound of output hold there, too. */
#include "config.h"

#include "mdg-receipt-private.h"

void
mdg_receipt_child_limit (GSubprocessLauncher *launcher, guint seconds)
{
}

void
mdg_receipt_child_kill (GSubprocess *child)
{
  g_subprocess_force_exit (child);
}
