/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-virtual-card.h"
#include "mdg-virtual-faults.h"
#include "mdg-virtual-log.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_VIRTUAL_OUTCOME_ANSWER,
  MDG_VIRTUAL_OUTCOME_NO_CARD,    /* none, or pulled meanwhile */
  MDG_VIRTUAL_OUTCOME_GONE,       /* the reader was unplugged */
  MDG_VIRTUAL_OUTCOME_INTERRUPTED /* mdg_virtual_slot_interrupt() or the cancellable */
} MdgVirtualOutcome;

/* Where a virtual card sits: one that may be pulled while it works. Any thread. */
typedef struct _MdgVirtualSlot MdgVirtualSlot;

/* The card or the slot itself came or went. Called in the order of what happened, under the slot's
 * lock, on the thread that did it: pass it on, and call nothing of the slot. @atr: (nullable): NULL
 * without a card */
typedef void (*MdgVirtualSlotFunc) (gboolean plugged, GBytes *atr, gpointer user_data);

MdgVirtualSlot *mdg_virtual_slot_new (void);
MdgVirtualSlot *mdg_virtual_slot_ref (MdgVirtualSlot *self);
void mdg_virtual_slot_unref (MdgVirtualSlot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualSlot, mdg_virtual_slot_unref)
void mdg_virtual_slot_set_func (MdgVirtualSlot *self, MdgVirtualSlotFunc func, gpointer user_data);

void mdg_virtual_slot_insert (MdgVirtualSlot *self,
                              MdgVirtualCardFiles *files,
                              const MdgVirtualOptions *options);
gboolean mdg_virtual_slot_remove (MdgVirtualSlot *self); /* FALSE: there was no card */
void mdg_virtual_slot_set_plugged (MdgVirtualSlot *self, gboolean plugged);
gboolean mdg_virtual_slot_get_plugged (MdgVirtualSlot *self);
GBytes *mdg_virtual_slot_get_atr (MdgVirtualSlot *self); /* (transfer full) (nullable): no card */
gboolean mdg_virtual_slot_set_tries (MdgVirtualSlot *self, guint tries);
int mdg_virtual_slot_get_tries (MdgVirtualSlot *self); /* -1: no card */
guint mdg_virtual_slot_get_exchanges (MdgVirtualSlot *self);
gboolean mdg_virtual_slot_get_working (MdgVirtualSlot *self);
gboolean mdg_virtual_slot_add_fault (MdgVirtualSlot *self, const char *text, GError **error);
void mdg_virtual_slot_set_latency (MdgVirtualSlot *self, const MdgVirtualLatency *latency);
void mdg_virtual_slot_take_log (MdgVirtualSlot *self, MdgVirtualLog *log); /* (nullable) */

MdgVirtualOutcome mdg_virtual_slot_connect (MdgVirtualSlot *self);
MdgVirtualOutcome mdg_virtual_slot_power_on (MdgVirtualSlot *self);
void mdg_virtual_slot_power_off (MdgVirtualSlot *self);
void mdg_virtual_slot_reset (MdgVirtualSlot *self);
MdgVirtualOutcome mdg_virtual_slot_transmit (MdgVirtualSlot *self,
                                             GBytes *command,
                                             GCancellable *cancellable,
                                             GBytes **answer);
void mdg_virtual_slot_interrupt (MdgVirtualSlot *self);

G_END_DECLS
