/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-card.h"

G_BEGIN_DECLS

/* Which other card was put on the reader by mistake: for words, never for a decision. */
typedef enum
{
  MDG_CARD_PROFILE_UNKNOWN,
  MDG_CARD_PROFILE_DRIVING_LICENCE,
  MDG_CARD_PROFILE_RESIDENCE_CARD,
  MDG_CARD_PROFILE_HPKI
} MdgCardProfile;

/* Asks the card for the applications of a few other cards. Reads no file of it. */
MdgCardProfile mdg_card_profile_identify (MdgCard *card);
const char *mdg_card_profile_to_string (MdgCardProfile profile); /* "driving-licence" … */

G_END_DECLS
