/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-card.h"

G_BEGIN_DECLS

/* One command, with 61xx (GET RESPONSE) and 6Cxx followed, bounded (64 rounds, 64 KiB).
 * Never for a secret: with MDG_TRANSMIT_SECRET the answer is returned as it came. */
GBytes *
mdg_iso7816_transmit (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error);
/* the status word of SELECT by name; 0 with an error where there was no answer */
guint16 mdg_iso7816_select_aid (MdgCard *card, const guint8 *aid, gsize length, GError **error);
guint16 mdg_iso7816_select_file (MdgCard *card, guint16 file, GError **error);

G_END_DECLS
