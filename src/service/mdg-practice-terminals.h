/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminals that were activated and their certificates. */
#pragma once

#include "mdg-practice-pki.h"
#include "mdg-practice-state.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *institution_code;
  gint64 not_after; /* of the certificate that was shown */
  gboolean revoked; /* that certificate */
  gboolean seen;    /* it was used before */
} MdgPracticeTerminal;
void mdg_practice_terminal_free (MdgPracticeTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeTerminal, mdg_practice_terminal_free)

guint mdg_practice_state_count_terminals (MdgPracticeState *self);
gboolean mdg_practice_state_add_terminal (MdgPracticeState *self,
                                          const char *id,
                                          const char *name,
                                          const char *institution_code,
                                          gint64 now,
                                          GError **error);
gboolean mdg_practice_state_add_certificate (MdgPracticeState *self,
                                             const char *terminal_id,
                                             const MdgPracticeIssued *issued,
                                             GError **error);
MdgPracticeTerminal *
mdg_practice_state_find_terminal (MdgPracticeState *self,
                                  const guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE]);
gboolean mdg_practice_state_settle_certificate (MdgPracticeState *self,
                                                const char *terminal_id,
                                                const guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE],
                                                gint64 now,
                                                GError **error);
gboolean mdg_practice_state_end_terminal (MdgPracticeState *self,
                                          const char *terminal_id,
                                          gint64 now,
                                          GError **error);

G_END_DECLS
