/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-virtual-card-files.h"
#include "mdg-virtual-options.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_VIRTUAL_PIN_AUTH,
  MDG_VIRTUAL_PIN_SIGN,
  MDG_VIRTUAL_PIN_HELPER,
  MDG_VIRTUAL_N_PINS
} MdgVirtualPin;

/* Stores what became of the tries; FALSE: it could not, and the card answers 6581. */
typedef gboolean (*MdgVirtualTriesFunc) (const guint tries[MDG_VIRTUAL_N_PINS], gpointer user_data);

/* A My Number Card without a reader: APDUs in, APDUs out. No thread, no clock, no file. */
typedef struct _MdgVirtualCard MdgVirtualCard;

MdgVirtualCard *mdg_virtual_card_new (MdgVirtualCardFiles *files, const MdgVirtualOptions *options);
void mdg_virtual_card_free (MdgVirtualCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualCard, mdg_virtual_card_free)
void mdg_virtual_card_set_tries_func (MdgVirtualCard *self,
                                      MdgVirtualTriesFunc func,
                                      gpointer user_data);
void mdg_virtual_card_power_on (MdgVirtualCard *self);
void mdg_virtual_card_power_off (MdgVirtualCard *self);
void mdg_virtual_card_reset (MdgVirtualCard *self);
GBytes *mdg_virtual_card_get_atr (MdgVirtualCard *self); /* (transfer full) */
guint mdg_virtual_card_get_tries (MdgVirtualCard *self, MdgVirtualPin pin);
guint mdg_virtual_card_get_max_tries (MdgVirtualPin pin);
void mdg_virtual_card_set_tries (MdgVirtualCard *self, MdgVirtualPin pin, guint tries);
gboolean mdg_virtual_card_get_verified (MdgVirtualCard *self, MdgVirtualPin pin);
GBytes *mdg_virtual_card_transmit (MdgVirtualCard *self, GBytes *command); /* (transfer full) */

G_END_DECLS
