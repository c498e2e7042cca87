/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service's own certification authority. */
#pragma once

#include "mdg-practice-crypto.h"

G_BEGIN_DECLS

typedef struct _MdgPracticePki MdgPracticePki;

typedef struct
{
  char *chain; /* PEM: the terminal's certificate, then the CA's */
  guint8 fingerprint[MDG_PRACTICE_DIGEST_SIZE];
  gint64 not_after; /* Unix seconds */
} MdgPracticeIssued;

MdgPracticePki *mdg_practice_pki_open (const char *state_dir, gint64 now, GError **error);
void mdg_practice_pki_free (MdgPracticePki *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticePki, mdg_practice_pki_free)
const char *mdg_practice_pki_get_ca_file (MdgPracticePki *self);
void mdg_practice_pki_derive_key (MdgPracticePki *self,
                                  const char *purpose,
                                  guint8 key[MDG_PRACTICE_DIGEST_SIZE]);
GTlsCertificate *
mdg_practice_pki_make_server_certificate (MdgPracticePki *self, gint64 now, GError **error);
MdgPracticeIssued *mdg_practice_pki_issue_terminal (MdgPracticePki *self,
                                                    const char *request_pem,
                                                    const char *terminal_id,
                                                    const char *institution_code,
                                                    gint64 now,
                                                    GError **error);
void mdg_practice_issued_free (MdgPracticeIssued *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeIssued, mdg_practice_issued_free)

G_END_DECLS
