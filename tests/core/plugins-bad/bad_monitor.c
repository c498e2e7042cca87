/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hangs in its monitor and does not listen, for as long as the program runs. */
#include "mdg-bad-driver.h"

BAD_DRIVER (BadMonitor, bad_monitor)

static gboolean
bad_monitor_monitor (MdgReaderDriver *driver, GCancellable *cancellable, GError **error)
{
  mdg_reader_driver_report_ready (driver);
  for (;;)
    /* pause: hanging is its job */
    g_usleep (G_USEC_PER_SEC);
  return TRUE;
}

static void
bad_monitor_class_init (BadMonitorClass *klass)
{
  klass->monitor = bad_monitor_monitor;
}

MDG_DEFINE_PLUGIN (bad_monitor, "Hangs", MDG_PLUGIN_FLAG_ON_REQUEST, bad_monitor_get_type)
