/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waits, on the monitor's thread, for the PC/SC service to come. */
typedef struct _MdgPcscWait MdgPcscWait;

MdgPcscWait *mdg_pcsc_wait_new (void);
void mdg_pcsc_wait_free (MdgPcscWait *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPcscWait, mdg_pcsc_wait_free)
void mdg_pcsc_wait_watch (MdgPcscWait *self);
void mdg_pcsc_wait_reset (MdgPcscWait *self);
void mdg_pcsc_wait_for_service (MdgPcscWait *self, GCancellable *cancellable);
void mdg_pcsc_wait_pause (MdgPcscWait *self, guint milliseconds, GCancellable *cancellable);
void mdg_pcsc_wait_wake (MdgPcscWait *self);

G_END_DECLS
