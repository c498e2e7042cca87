/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one run of the reader test does on the reader's thread: selects the application, reads the
 * certificate, and goes. Promises: nothing that asks for a PIN or about one is sent; of the
 * certificate only a digest is kept, and what was read is erased; the card is sent to another
 * application and powered off. */
#include "config.h"

#include "mdg-reader-test-job.h"

#include <openssl/crypto.h>

#include "mdg-certificate.h"
#include "mdg-jpki.h"

static void
clear_job (gpointer data)
{
  MdgReaderTestJob *self = data;

  OPENSSL_cleanse (self->digest, sizeof self->digest);
}

/* Takes @bytes: erased where nobody else has them. */
static void
erase_bytes (GBytes *bytes)
{
  gsize size = 0;
  g_autofree guint8 *data = g_bytes_unref_to_data (bytes, &size);

  OPENSSL_cleanse (data, size);
}

static void
digest_certificate (MdgReaderTestJob *self, GBytes *der)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = sizeof self->digest;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (der, &size);

  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_get_digest (checksum, self->digest, &length);
  self->size = size;
}

static gboolean
read_certificate (MdgReaderTestJob *self, MdgCard *card, MdgJpki *jpki, GError **error)
{
  MdgExchange before = { 0 }, after = { 0 };
  MdgCertificate *certificate = NULL;
  gboolean parsed = FALSE;
  gint64 start = g_get_monotonic_time ();
  GBytes *der = NULL;

  mdg_card_get_exchange (card, &before);
  der = mdg_jpki_read_certificate (jpki, error);
  if (der == NULL)
    return FALSE;
  self->microseconds = g_get_monotonic_time () - start;
  mdg_card_get_exchange (card, &after);
  self->apdus = after.apdus - before.apdus;
  digest_certificate (self, der);
  /* damaged bytes that all reads have in common would pass for good ones */
  certificate = mdg_certificate_new (der, error);
  parsed = certificate != NULL;
  g_clear_pointer (&certificate, mdg_certificate_free);
  erase_bytes (der);
  return parsed;
}

/* To be asked anew, what is known must be forgotten. What was learned once with a card that could
 * is not unlearned with one that could not (mdg-reader-memory.c). */
static void
settle_extended (MdgReaderTestJob *self, MdgCard *card)
{
  if (self->task != MDG_READER_TEST_TASK_PROBE)
    return;
  self->extended = mdg_card_get_extended (card);
  if (self->extended == MDG_EXTENDED_UNKNOWN || self->before == MDG_EXTENDED_YES)
    mdg_card_set_extended (card, self->before);
}

/**
 * mdg_reader_test_job_new:
 * @task: what to do
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a job for one run
 */
MdgReaderTestJob *
mdg_reader_test_job_new (MdgReaderTestTask task)
{
  MdgReaderTestJob *self = g_atomic_rc_box_new0 (MdgReaderTestJob);

  self->task = task;
  return self;
}

/**
 * mdg_reader_test_job_ref:
 * @self: a job
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgReaderTestJob *
mdg_reader_test_job_ref (MdgReaderTestJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_reader_test_job_unref:
 * @self: (transfer full): a job; the digest is erased with the last reference
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_reader_test_job_unref (MdgReaderTestJob *self)
{
  g_atomic_rc_box_release_full (self, clear_job);
}

/**
 * mdg_reader_test_job_run:
 * @card: the open card
 * @job: an #MdgReaderTestJob
 * @cancellable: the run's
 * @error: return location
 *
 * An #MdgCardFunc: SELECT of the JPKI application, for PROBE and READ the certificate, and SELECT
 * of the issuer's domain. The card's power is not kept.
 *
 * Source: reference/card.md 1.2, 1.5 and 1.6.
 *
 * Thread: the reader's.
 * Errors: of the reader and the card.
 *
 * Returns: (transfer none): @job, or %NULL with @error set
 */
gpointer
mdg_reader_test_job_run (MdgCard *card, gpointer job, GCancellable *cancellable, GError **error)
{
  MdgReaderTestJob *self = job;
  gboolean done = TRUE;
  MdgJpki *jpki = NULL;

  self->before = mdg_card_get_extended (card);
  if (self->task == MDG_READER_TEST_TASK_PROBE)
    mdg_card_set_extended (card, MDG_EXTENDED_UNKNOWN);
  jpki = mdg_jpki_open (card, MDG_JPKI_FORM_UNKNOWN, error);
  done = jpki != NULL;
  if (done && self->task != MDG_READER_TEST_TASK_SELECT)
    done = read_certificate (self, card, jpki, error);
  mdg_jpki_close (jpki);
  settle_extended (self, card);
  return done ? self : NULL;
}
