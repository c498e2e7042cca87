/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks for bytes in the memory of this process, through /proc. */
#include "config.h"

#include "memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (1024 * 1024)

static int
search_range (int fd, guint64 from, guint64 to, guint8 *buffer, const guint8 *masked, gsize length)
{
  int found = 0;

  for (guint64 at = from; at + length <= to; at += CHUNK)
    {
      gsize want = (gsize) MIN (to - at, (guint64) CHUNK + length - 1);
      gssize got = pread (fd, buffer, want, (off_t) at);

      for (gssize i = 0; got > 0 && i + (gssize) length <= got; i++)
        {
          gsize k = 0;

          while (k < length && buffer[i + (gssize) k] == (masked[k] ^ 0x5a))
            k++;
          found += k == length ? 1 : 0;
        }
      /* what was read must not be found in the next range */
      memset (buffer, 0, want);
    }
  return found;
}

int
test_memory_count (const guint8 *masked, gsize length)
{
  static guint8 buffer[CHUNK + 4096];
  FILE *maps = fopen ("/proc/self/maps", "r");
  int fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  char line[4096];
  int found = 0;

  if (maps == NULL || fd < 0)
    return -1;
  while (fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long from, to;
      char rights[5];
      int here;

      if (sscanf (line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' ||
          strstr (line, "[v") != NULL)
        continue;
      here = search_range (fd, from, to, buffer, masked, length);
      if (here > 0)
        g_test_message ("%d in %s", here, g_strchomp (line));
      found += here;
    }
  close (fd);
  fclose (maps);
  return found;
}
