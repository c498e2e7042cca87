/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the processor worked for this thread: on a busy machine that is less than what passed.
 */
#include "config.h"

#include "mdg-stopwatch.h"

#include <time.h>

/**
 * mdg_stopwatch_get_work:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: microseconds of the processor for the calling thread; 0 where it is not told
 */
gint64
mdg_stopwatch_get_work (void)
{
  struct timespec time;

  if (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) != 0)
    return 0;
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
