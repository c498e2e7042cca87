/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-reader.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_TRANSMIT_NONE = 0,
  MDG_TRANSMIT_SECRET =
      1 << 0, /* the command's data field is masked in every log and recording, and
               * the card is powered off at the end of the run whatever was asked */
  MDG_TRANSMIT_PERSONAL = 1 << 1 /* the answer's data are personal: only their length is recorded */
} MdgTransmitFlags;

typedef struct
{
  guint apdus;
  guint64 bytes_sent;
  guint64 bytes_received;
  gint64 microseconds; /* inside the driver's transmit */
} MdgExchange;

/* The open card of one run: exists only inside an MdgCardFunc, on the reader's thread. */
MDG_API GBytes *
mdg_card_transmit (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error);
MDG_API GBytes *mdg_card_get_atr (MdgCard *card); /* (transfer none) (nullable) */
MDG_API MdgExtended mdg_card_get_extended (MdgCard *card);
MDG_API void mdg_card_set_extended (MdgCard *card, MdgExtended extended);
MDG_API void
mdg_card_keep_power (MdgCard *card); /* leave the card powered at the end of this run */
MDG_API void mdg_card_get_exchange (MdgCard *card, MdgExchange *exchange);
MDG_API gint64
mdg_card_get_deadline (MdgCard *card); /* monotonic microseconds at which the run ends */
MDG_API GCancellable *mdg_card_get_cancellable (MdgCard *card); /* (transfer none) */

G_END_DECLS
