/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the processor worked for this thread: Windows counts it in steps of a clock tick, which
 * is no help in the length of a frame. */
#include "config.h"

#include "mdg-stopwatch.h"

gint64
mdg_stopwatch_get_work (void)
{
  return 0;
}
