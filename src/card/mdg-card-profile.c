/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A name for some other card, so that the counter can say "this is a driving licence" instead of
 * "unknown card". It selects applications and reads nothing: no number, name or date of the holder
 * is asked for. A card cannot be known by its ATR (reference/card.md 1.1), so the ATR is not looked
 * at. */
#include "config.h"

#include "mdg-card-profile.h"

#include "mdg-iso7816.h"

/* Driving licence, DF1: National Police Agency, 運転免許証及び運転免許証作成システム等仕様書. */
static const guint8 aid_licence[] = { 0xa0, 0x00, 0x00, 0x02, 0x31, 0x01, 0x00, 0x00,
                                      0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };
/* Residence card, DF1: Immigration Services Agency, 在留カード等仕様書（一般公開用）1.3. */
static const guint8 aid_residence[] = { 0xd3, 0x92, 0xf0, 0x00, 0x4f, 0x02, 0x00, 0x00,
                                        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };
/* HPKI, signature application: ISO/IEC 7816-15 prefix and the registered provider A000000391, as
 * the public project HPKIReaderLib names it; no specification was seen. */
static const guint8 aid_hpki[] = { 0xe8, 0x28, 0xbd, 0x08, 0x0f, 0xa0, 0x00, 0x00,
                                   0x03, 0x91, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01 };

static const struct
{
  MdgCardProfile profile;
  const guint8 *aid;
  gsize length;
  const char *name;
} profiles[] = {
  { MDG_CARD_PROFILE_DRIVING_LICENCE, aid_licence, sizeof aid_licence, "driving-licence" },
  { MDG_CARD_PROFILE_RESIDENCE_CARD, aid_residence, sizeof aid_residence, "residence-card" },
  { MDG_CARD_PROFILE_HPKI, aid_hpki, sizeof aid_hpki, "hpki" },
};

/**
 * mdg_card_profile_identify:
 * @card: an open card that is no My Number Card
 *
 * One SELECT for each card that is known, until one answers. A card that answers no more is simply
 * unknown: why it was asked is the caller's story, not this one.
 *
 * Thread: the reader's, inside a run. Errors: none.
 *
 * Returns: what it looks like, %MDG_CARD_PROFILE_UNKNOWN where nothing fits
 */
MdgCardProfile
mdg_card_profile_identify (MdgCard *card)
{
  g_return_val_if_fail (card != NULL, MDG_CARD_PROFILE_UNKNOWN);

  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (GError) error = NULL;
      guint16 sw = mdg_iso7816_select_aid (card, profiles[i].aid, profiles[i].length, &error);

      if (sw == 0)
        return MDG_CARD_PROFILE_UNKNOWN;
      if (sw == MDG_SW_OK)
        return profiles[i].profile;
    }
  return MDG_CARD_PROFILE_UNKNOWN;
}

/**
 * mdg_card_profile_to_string:
 * @profile: a profile
 *
 * Thread: any. Errors: none.
 *
 * Returns: a word for logs and JSON, "unknown" among them
 */
const char *
mdg_card_profile_to_string (MdgCardProfile profile)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (profiles[i].profile == profile)
      return profiles[i].name;
  return "unknown";
}
