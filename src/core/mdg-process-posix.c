/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which process this is, and whether another is still there. */
#include "config.h"

#include "mdg-quarantine.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

guint
mdg_process_get_id (void)
{
  return (guint) getpid ();
}

gboolean
mdg_process_is_alive (guint id)
{
  return kill ((pid_t) id, 0) == 0 || errno != ESRCH;
}
