/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-card.h"

G_BEGIN_DECLS

/* Status words, ISO/IEC 7816-4 5.1.3 and reference/card.md 1.7. */
#define MDG_SW_OK             0x9000u
#define MDG_SW_END_OF_FILE    0x6282u
#define MDG_SW_UNLIMITED      0x6300u
#define MDG_SW_WRONG_LENGTH   0x6700u
#define MDG_SW_SECURITY       0x6982u
#define MDG_SW_BLOCKED        0x6983u
#define MDG_SW_BLOCKED_JICSAP 0x6984u
#define MDG_SW_NOT_FOUND      0x6a82u
#define MDG_SW_INSTRUCTION    0x6d00u
#define MDG_SW_CLASS          0x6e00u
#define MDG_SW_INTERNAL       0x6f00u

/* One command, with 61xx (GET RESPONSE) and 6Cxx followed, bounded (64 rounds, 64 KiB).
 * Never for a secret: with MDG_TRANSMIT_SECRET the answer is returned as it came. */
GBytes *
mdg_iso7816_transmit (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error);
/* One command, nothing followed; the answer has a status word that a card can give. */
GBytes *
mdg_iso7816_exchange (MdgCard *card, GBytes *command, MdgTransmitFlags flags, GError **error);
/* The rest of mdg_iso7816_transmit() for an @answer of mdg_iso7816_exchange() (transfer none) */
GBytes *mdg_iso7816_follow (MdgCard *card,
                            GBytes *command,
                            GBytes *answer,
                            MdgTransmitFlags flags,
                            GError **error);
/* the status word of SELECT by name; 0 with an error where there was no answer */
guint16 mdg_iso7816_select_aid (MdgCard *card, const guint8 *aid, gsize length, GError **error);
guint16 mdg_iso7816_select_file (MdgCard *card, guint16 file, GError **error);

G_END_DECLS
