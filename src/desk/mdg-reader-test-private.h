/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader test from inside: what it found out, and the words for it. */
#pragma once

#include "mdg-problem.h"
#include "mdg-reader-test-job.h"
#include "mdg-reader-test.h"

G_BEGIN_DECLS

#define MDG_READER_TEST_SPEED_READS     3u
#define MDG_READER_TEST_STABILITY_READS 20u
/* so many equal reads are a result, where one minute was not enough for all */
#define MDG_READER_TEST_ENOUGH_READS 5u
#define MDG_READER_TEST_DEADLINE_MS  (60 * 1000)
/* A read that takes longer is felt by the person who waits, at each tap. */
#define MDG_READER_TEST_SLOW_US (2 * G_USEC_PER_SEC)

typedef enum
{
  MDG_READER_TEST_STOP_NONE,
  MDG_READER_TEST_STOP_CANCELLED,
  MDG_READER_TEST_STOP_DEADLINE
} MdgReaderTestStop;

struct _MdgReaderTest
{
  GObject parent_instance;

  /* owned */
  MdgReader *reader;
  GCancellable *cancellable;
  GDateTime *when;     /* (nullable): it began */
  MdgProblem *problem; /* (nullable): what ended it */
  char *words[MDG_READER_TEST_N_STEPS];

  /* where it stands */
  gboolean started;
  gboolean running;
  gboolean run_under_way;
  MdgReaderTestStop stop;
  MdgReaderTestStep step;
  MdgReaderTestOutcome outcome;
  MdgReaderTestOutcome outcomes[MDG_READER_TEST_N_STEPS];
  double progress;
  guint deadline_ms;
  gint64 slow_us;
  guint deadline_id;
  guint card_id;
  guint give_up_id;
  gulong present_handler;
  gulong problem_handler;

  /* what it found out */
  guint card_serial;
  gboolean phone;
  gboolean has_digest;
  guint8 digest[MDG_READER_TEST_DIGEST];
  gsize size;
  guint apdus; /* of that read */
  MdgExtended extended;
  MdgExtended extended_before;
  guint runs;                                    /* that went through, of all */
  guint reads;                                   /* of this step, whatever came of them */
  guint failures;                                /* of this step */
  gint64 times[MDG_READER_TEST_STABILITY_READS]; /* of this step's good reads */
  guint n_times;
  gint64 speed_us; /* median of SPEED */
};

void mdg_reader_test_begin (MdgReaderTest *self, guint card_seconds);
void mdg_reader_test_stop (MdgReaderTest *self, MdgReaderTestStop stop);
void mdg_reader_test_stop_waiting (MdgReaderTest *self);
/* the words of @step as it stands now; (transfer full) */
char *mdg_reader_test_describe (MdgReaderTest *self, MdgReaderTestStep step);
gint64 mdg_reader_test_get_median (MdgReaderTest *self);

G_END_DECLS
