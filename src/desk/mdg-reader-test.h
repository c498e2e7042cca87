/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Is this reader fit for the job? Connects, finds the card, tries extended length, measures a read,
 * and reads 20 times over. Within one minute, without a PIN; nothing of the card is kept but that
 * its answers were the same. */
#pragma once

#include "mdg-reader-manager.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_READER_TEST_WAITING,
  MDG_READER_TEST_RUNNING,
  MDG_READER_TEST_GOOD,
  MDG_READER_TEST_FAIR, /* works, with a word of caution */
  MDG_READER_TEST_BAD
} MdgReaderTestOutcome;

typedef enum
{
  MDG_READER_TEST_CONNECT,
  MDG_READER_TEST_CARD,
  MDG_READER_TEST_EXTENDED,
  MDG_READER_TEST_SPEED,
  MDG_READER_TEST_STABILITY,
  MDG_READER_TEST_N_STEPS
} MdgReaderTestStep;

/* Properties, notified: "running" (boolean), "progress" (double 0 to 1), "outcome" (int, of the
 * whole). Signal "step-changed" (int MdgReaderTestStep). One test per object. */
#define MDG_TYPE_READER_TEST (mdg_reader_test_get_type ())
G_DECLARE_FINAL_TYPE (MdgReaderTest, mdg_reader_test, MDG, READER_TEST, GObject)

MdgReaderTest *mdg_reader_test_new (MdgReader *reader);
/* waits up to @card_seconds for a card */
void mdg_reader_test_start (MdgReaderTest *self, guint card_seconds);
void mdg_reader_test_cancel (MdgReaderTest *self);
MdgReaderTestOutcome mdg_reader_test_get_outcome (MdgReaderTest *self);
MdgReaderTestOutcome mdg_reader_test_get_step (MdgReaderTest *self, MdgReaderTestStep step);
const char *mdg_reader_test_get_step_title (MdgReaderTestStep step); /* translated */
const char *
mdg_reader_test_get_step_words (MdgReaderTest *self, MdgReaderTestStep step); /* translated, "" */
char *
mdg_reader_test_get_verdict (MdgReaderTest *self); /* (transfer full): one sentence, translated */
/* (transfer full): for paper and clipboard: reader, driver, date, each step; no personal datum */
char *mdg_reader_test_to_text (MdgReaderTest *self);

G_END_DECLS
