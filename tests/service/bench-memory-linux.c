/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Resident memory of a process, from /proc. */
#include "config.h"

#include "bench-memory.h"

#include <string.h>

guint64
bench_memory_of (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "status", NULL);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "VmRSS:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) : 0;
}
