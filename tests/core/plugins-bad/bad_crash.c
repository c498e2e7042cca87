/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Brings the program down while it is loaded, where MDG_TEST_CRASH says when. */
#include "mdg-bad-driver.h"

#include <stdlib.h>

BAD_DRIVER (BadCrash, bad_crash)

static void
crash_if (const char *when)
{
  if (g_strcmp0 (g_getenv ("MDG_TEST_CRASH"), when) == 0)
    _Exit (99);
}

static void __attribute__ ((constructor)) crash_when_opened (void) { crash_if ("open"); }

static gboolean
bad_crash_start (MdgReaderDriver *driver, GError **error)
{
  crash_if ("start");
  return TRUE;
}

static void
bad_crash_class_init (BadCrashClass *klass)
{
  klass->start = bad_crash_start;
}

MDG_DEFINE_PLUGIN (bad_crash, "Crash", MDG_PLUGIN_FLAG_NONE, bad_crash_get_type)
