/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How much is still to be written by a worker, so that a program that ends can wait for it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MdgPending MdgPending;
MdgPending *mdg_pending_new (void);
MdgPending *mdg_pending_ref (MdgPending *self);
void mdg_pending_unref (MdgPending *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPending, mdg_pending_unref)

void mdg_pending_begin (MdgPending *self);              /* a job was queued */
void mdg_pending_end (MdgPending *self, gboolean good); /* it is over, on the worker */
/* whether all that was queued is written, within @milliseconds */
gboolean mdg_pending_wait (MdgPending *self, guint milliseconds);

G_END_DECLS
