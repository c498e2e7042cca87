/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One connection to a reader, on a thread of its own that can be left behind. */
#pragma once

#include "mdg-pcsc-api.h"
#include "mdg-pcsc-told.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MdgPcscLane MdgPcscLane;

MdgPcscLane *mdg_pcsc_lane_new (MdgPcscApi *api, const char *reader);
MdgPcscLane *mdg_pcsc_lane_ref (MdgPcscLane *self);
void mdg_pcsc_lane_unref (MdgPcscLane *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPcscLane, mdg_pcsc_lane_unref)

gboolean mdg_pcsc_lane_connect (MdgPcscLane *self,
                                MdgPcscTold *told,
                                GCancellable *cancellable,
                                GError **error);
GBytes *mdg_pcsc_lane_transmit (MdgPcscLane *self,
                                GBytes *command,
                                GCancellable *cancellable,
                                GError **error);
void mdg_pcsc_lane_disconnect (MdgPcscLane *self, MdgPcscDisposition disposition);
void mdg_pcsc_lane_interrupt (MdgPcscLane *self);
void mdg_pcsc_lane_close (MdgPcscLane *self);
gboolean mdg_pcsc_lane_is_abandoned (MdgPcscLane *self);
gboolean
mdg_pcsc_lane_wait_ended (MdgPcscLane *self, guint milliseconds, GCancellable *cancellable);

G_END_DECLS
