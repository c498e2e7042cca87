/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader test's work with a card: one run, without a PIN. */
#pragma once

#include "mdg-card.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_READER_TEST_TASK_SELECT, /* is it a My Number Card? */
  MDG_READER_TEST_TASK_PROBE,  /* does extended length pass? whatever was known of it */
  MDG_READER_TEST_TASK_READ
} MdgReaderTestTask;

#define MDG_READER_TEST_DIGEST 32 /* SHA-256 */

/* What one run found out. To be read when the run has ended with its job as the result. */
typedef struct
{
  MdgReaderTestTask task;
  guint8 digest[MDG_READER_TEST_DIGEST]; /* of what was read */
  gsize size;                            /* bytes of it */
  gint64 microseconds;                   /* that reading it took */
  guint apdus;
  MdgExtended extended;
  MdgExtended before; /* what was known of the reader */
} MdgReaderTestJob;

MdgReaderTestJob *mdg_reader_test_job_new (MdgReaderTestTask task);
MdgReaderTestJob *mdg_reader_test_job_ref (MdgReaderTestJob *self);
void mdg_reader_test_job_unref (MdgReaderTestJob *self);
/* an MdgCardFunc; the result is @job (transfer none) */
gpointer
mdg_reader_test_job_run (MdgCard *card, gpointer job, GCancellable *cancellable, GError **error);

G_END_DECLS
