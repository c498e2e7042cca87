/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interface of the places where eligibility is asked, the challenge they give, and what a card
 * signs for them. */
#include "config.h"

#include "mdg-eligibility-source.h"

#define PURPOSE "madoguchi-card-check-v1"

G_DEFINE_INTERFACE (MdgEligibilitySource, mdg_eligibility_source, G_TYPE_OBJECT)

static void
mdg_eligibility_source_default_init (MdgEligibilitySourceInterface *iface)
{
}

/**
 * mdg_challenge_copy:
 * @self: (nullable): a challenge
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): a copy; %NULL of %NULL
 */
MdgChallenge *
mdg_challenge_copy (const MdgChallenge *self)
{
  MdgChallenge *copy;

  if (self == NULL)
    return NULL;

  copy = g_new0 (MdgChallenge, 1);
  copy->nonce = g_bytes_ref (self->nonce);
  copy->text = g_strdup (self->text);
  copy->expires_at = self->expires_at;
  return copy;
}

/**
 * mdg_challenge_free:
 * @self: (transfer full) (nullable): a challenge
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_challenge_free (MdgChallenge *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_free (self->text);
  g_free (self);
}

/**
 * mdg_card_question_digest:
 * @institution_code: 10 digits
 * @nonce: the challenge, 32 bytes
 * @certificate: the user-authentication certificate, DER
 * @digest: (out caller-allocates): 32 bytes
 *
 * SHA-256 of what the card signs: purpose, facility, challenge and certificate, so that a
 * signature serves these only (the online source's protocol, CardHolderConfirmation).
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_card_question_digest (const char *institution_code,
                          GBytes *nonce,
                          GBytes *certificate,
                          guint8 digest[32])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) inner = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 fingerprint[32];
  gsize length = sizeof fingerprint;

  g_return_if_fail (institution_code != NULL && nonce != NULL && certificate != NULL);

  g_checksum_update (inner, g_bytes_get_data (certificate, NULL),
                     (gssize) g_bytes_get_size (certificate));
  g_checksum_get_digest (inner, fingerprint, &length);

  /* the NUL of each text belongs to it */
  g_checksum_update (checksum, (const guchar *) PURPOSE, sizeof PURPOSE);
  g_checksum_update (checksum, (const guchar *) institution_code,
                     (gssize) strlen (institution_code) + 1);
  g_checksum_update (checksum, g_bytes_get_data (nonce, NULL), (gssize) g_bytes_get_size (nonce));
  g_checksum_update (checksum, fingerprint, sizeof fingerprint);
  length = 32;
  g_checksum_get_digest (checksum, digest, &length);
}

/**
 * mdg_eligibility_source_challenge_async:
 * @self: a source
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Asks for a fresh challenge; logs in before where that is needed, so calling it early, while the
 * card is read, makes the question after it quick.
 *
 * Thread: that of the source.
 */
void
mdg_eligibility_source_challenge_async (MdgEligibilitySource *self,
                                        GCancellable *c,
                                        GAsyncReadyCallback cb,
                                        gpointer data)
{
  g_return_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self));

  MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->challenge_async (self, c, cb, data);
}

/**
 * mdg_eligibility_source_challenge_finish:
 * @self: a source
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the source.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): a challenge for one question
 */
MdgChallenge *
mdg_eligibility_source_challenge_finish (MdgEligibilitySource *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  g_return_val_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self), NULL);

  return MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->challenge_finish (self, result, error);
}

/**
 * mdg_eligibility_source_ask_card_async:
 * @self: a source
 * @question: about the holder of a card; copied
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Thread: that of the source.
 */
void
mdg_eligibility_source_ask_card_async (MdgEligibilitySource *self,
                                       const MdgCardQuestion *question,
                                       GCancellable *c,
                                       GAsyncReadyCallback cb,
                                       gpointer data)
{
  g_return_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self));
  g_return_if_fail (question != NULL);

  MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->ask_card_async (self, question, c, cb, data);
}

/**
 * mdg_eligibility_source_search_async:
 * @self: a source
 * @question: what is on the certificate of insurance; copied
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Thread: that of the source.
 */
void
mdg_eligibility_source_search_async (MdgEligibilitySource *self,
                                     const MdgSearchQuestion *question,
                                     GCancellable *c,
                                     GAsyncReadyCallback cb,
                                     gpointer data)
{
  g_return_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self));
  g_return_if_fail (question != NULL);

  MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->search_async (self, question, c, cb, data);
}

/**
 * mdg_eligibility_source_ask_finish:
 * @self: a source
 * @result: of the callback of either question
 * @error: return location
 *
 * Thread: that of the source.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the answer, which is for this question
 */
MdgOqsMessage *
mdg_eligibility_source_ask_finish (MdgEligibilitySource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self), NULL);

  return MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->ask_finish (self, result, error);
}

/**
 * mdg_eligibility_source_get_institution_code:
 * @self: a source
 *
 * Thread: that of the source.
 * Errors: none.
 *
 * Returns: (transfer none): 10 digits
 */
const char *
mdg_eligibility_source_get_institution_code (MdgEligibilitySource *self)
{
  g_return_val_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self), NULL);

  return MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->get_institution_code (self);
}

/**
 * mdg_eligibility_source_get_practice:
 * @self: a source
 *
 * Known from the first challenge or answer on.
 *
 * Thread: that of the source.
 * Errors: none.
 *
 * Returns: whether the service called itself "practice"
 */
gboolean
mdg_eligibility_source_get_practice (MdgEligibilitySource *self)
{
  g_return_val_if_fail (MDG_IS_ELIGIBILITY_SOURCE (self), FALSE);

  return MDG_ELIGIBILITY_SOURCE_GET_IFACE (self)->get_practice (self);
}
