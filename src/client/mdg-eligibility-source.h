/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-oqs-message.h"
#include "mdg-service-error.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *nonce;     /* 32 bytes */
  char *text;        /* base64url, as given */
  gint64 expires_at; /* monotonic microseconds */
} MdgChallenge;
MdgChallenge *mdg_challenge_copy (const MdgChallenge *self);
void mdg_challenge_free (MdgChallenge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgChallenge, mdg_challenge_free)

/* One question about the holder of a card. (transfer none) fields are copied by the source. */
typedef struct
{
  GBytes *certificate; /* DER */
  const MdgChallenge *challenge;
  GBytes *signature;             /* (nullable): NULL for a visual confirmation by staff */
  const char *confirmation_date; /* yyyyMMdd */
  gboolean consent_limit;        /* 限度額情報の提供 */
  gboolean consent_diseases;
} MdgCardQuestion;

typedef struct
{
  const char *insurer_number; /* all normal forms of mdg-oqs-check.h */
  const char *symbol;         /* (nullable) */
  const char *number;
  const char *branch;            /* (nullable) */
  const char *birth_date;        /* yyyyMMdd */
  const char *confirmation_date; /* yyyyMMdd */
  gboolean consent_limit;
} MdgSearchQuestion;

/* SHA-256 of what the card signs (service-protocol.md, CardHolderConfirmation). Any thread. */
void mdg_card_question_digest (const char *institution_code,
                               GBytes *nonce,
                               GBytes *certificate,
                               guint8 digest[32]);

/* Where eligibility is asked. Main context; every call ends within its deadline. */
#define MDG_TYPE_ELIGIBILITY_SOURCE (mdg_eligibility_source_get_type ())
G_DECLARE_INTERFACE (MdgEligibilitySource, mdg_eligibility_source, MDG, ELIGIBILITY_SOURCE, GObject)

struct _MdgEligibilitySourceInterface
{
  GTypeInterface parent_iface;
  void (*challenge_async) (MdgEligibilitySource *self,
                           GCancellable *c,
                           GAsyncReadyCallback cb,
                           gpointer data);
  MdgChallenge *(*challenge_finish) (MdgEligibilitySource *self,
                                     GAsyncResult *result,
                                     GError **error);
  void (*ask_card_async) (MdgEligibilitySource *self,
                          const MdgCardQuestion *question,
                          GCancellable *c,
                          GAsyncReadyCallback cb,
                          gpointer data);
  void (*search_async) (MdgEligibilitySource *self,
                        const MdgSearchQuestion *question,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data);
  MdgOqsMessage *(*ask_finish) (MdgEligibilitySource *self, GAsyncResult *result, GError **error);
  const char *(*get_institution_code) (MdgEligibilitySource *self);
  gboolean (*get_practice) (MdgEligibilitySource *self);
};

void mdg_eligibility_source_challenge_async (MdgEligibilitySource *self,
                                             GCancellable *c,
                                             GAsyncReadyCallback cb,
                                             gpointer data);
MdgChallenge *mdg_eligibility_source_challenge_finish (MdgEligibilitySource *self,
                                                       GAsyncResult *result,
                                                       GError **error);
void mdg_eligibility_source_ask_card_async (MdgEligibilitySource *self,
                                            const MdgCardQuestion *question,
                                            GCancellable *c,
                                            GAsyncReadyCallback cb,
                                            gpointer data);
void mdg_eligibility_source_search_async (MdgEligibilitySource *self,
                                          const MdgSearchQuestion *question,
                                          GCancellable *c,
                                          GAsyncReadyCallback cb,
                                          gpointer data);
MdgOqsMessage *mdg_eligibility_source_ask_finish (MdgEligibilitySource *self,
                                                  GAsyncResult *result,
                                                  GError **error);
const char *mdg_eligibility_source_get_institution_code (MdgEligibilitySource *self);
gboolean mdg_eligibility_source_get_practice (
    MdgEligibilitySource *self); /* the service called itself "practice" */

G_END_DECLS
