/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-virtual-slot.h"

G_BEGIN_DECLS

struct _MdgVirtualSlot
{
  GMutex mutex; /* guards all below */
  GCond changed;
  MdgVirtualCard *card;       /* (nullable) */
  MdgVirtualCardFiles *files; /* (nullable): of @card, where tries are kept */
  gboolean keep_tries;
  gboolean plugged;
  gboolean powered;
  gboolean working; /* a command waits for its answer */
  guint insertion;  /* +1 whenever the card or the slot comes or goes */
  guint interrupts; /* +1 for each interruption */
  guint exchanges;  /* since the card came */
  MdgVirtualFaults *faults;
  MdgVirtualLatency latency;
  MdgVirtualLog *log; /* (nullable) */
  MdgVirtualSlotFunc func;
  gpointer func_data;
};

gboolean mdg_virtual_slot_on_tries_cb (const guint tries[MDG_VIRTUAL_N_PINS], gpointer user_data);

G_END_DECLS
