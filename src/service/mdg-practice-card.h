/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a card's certificate and signature prove its holder. */
#pragma once

#include "mdg-practice-crypto.h"

G_BEGIN_DECLS

typedef struct _MdgPracticeTrust MdgPracticeTrust;

typedef enum
{
  MDG_PRACTICE_CARD_OK,
  MDG_PRACTICE_CARD_MALFORMED,
  MDG_PRACTICE_CARD_UNTRUSTED,
  MDG_PRACTICE_CARD_BAD_SIGNATURE,
  MDG_PRACTICE_CARD_EXPIRED
} MdgPracticeCardVerdict;

typedef struct
{
  GBytes *certificate; /* DER */
  GBytes *signature;   /* (nullable): NULL where staff looked at the card */
  guint8 digest[MDG_PRACTICE_DIGEST_SIZE];
  gint64 now;
  gboolean grace;
} MdgPracticeCardProof;

MdgPracticeTrust *mdg_practice_trust_new (void);
void mdg_practice_trust_free (MdgPracticeTrust *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeTrust, mdg_practice_trust_free)
gboolean mdg_practice_trust_add_file (MdgPracticeTrust *self, const char *file, GError **error);
const GPtrArray *mdg_practice_trust_get_files (MdgPracticeTrust *self);
MdgPracticeCardVerdict mdg_practice_trust_check_card (MdgPracticeTrust *self,
                                                      const MdgPracticeCardProof *proof,
                                                      char **cn);
void mdg_practice_card_digest (const char *institution_code,
                               const guint8 challenge[32],
                               GBytes *certificate,
                               guint8 digest[MDG_PRACTICE_DIGEST_SIZE]);

G_END_DECLS
