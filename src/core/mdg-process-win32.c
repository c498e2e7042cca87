/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which process this is, and whether another is still there. */
#include "config.h"

#include "mdg-quarantine.h"

#include <windows.h>

guint
mdg_process_get_id (void)
{
  return (guint) GetCurrentProcessId ();
}

gboolean
mdg_process_is_alive (guint id)
{
  HANDLE process = OpenProcess (SYNCHRONIZE, FALSE, id);
  gboolean alive;

  if (process == NULL)
    return GetLastError () == ERROR_ACCESS_DENIED;
  alive = WaitForSingleObject (process, 0) == WAIT_TIMEOUT;
  CloseHandle (process);
  return alive;
}
