/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the core: the thread of a driver. */
#pragma once

#include "mdg-reader-driver.h"

G_BEGIN_DECLS

typedef struct _MdgMonitor MdgMonitor;

/* mdg-driver-monitor.c */
MdgMonitor *mdg_monitor_start (MdgReaderDriver *driver, guint generation, guint delay_ms);
gboolean mdg_monitor_stop (MdgMonitor *self, guint milliseconds);
gboolean mdg_monitor_has_ended (MdgMonitor *self);
void mdg_monitor_unref (MdgMonitor *self);

/* mdg-reader-driver.c; any thread */
GMainContext *mdg_reader_driver_dup_context (MdgReaderDriver *self);
guint mdg_reader_driver_count_added (MdgReaderDriver *self);
void mdg_reader_driver_report_failed (MdgReaderDriver *self, guint generation, const GError *error);

G_END_DECLS
