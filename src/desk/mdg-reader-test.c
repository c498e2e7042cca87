/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader test as an object: what a face starts, stops and looks at. The steps are in
 * mdg-reader-test-steps.c, the words in mdg-reader-test-words.c. */
#include "config.h"

#include "mdg-reader-test-private.h"

#include <openssl/crypto.h>

enum
{
  PROP_0,
  PROP_RUNNING,
  PROP_PROGRESS,
  PROP_OUTCOME,
  N_PROPS
};

enum
{
  SIGNAL_STEP_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (MdgReaderTest, mdg_reader_test, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
mdg_reader_test_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgReaderTest *self = MDG_READER_TEST (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_OUTCOME:
      g_value_set_int (value, (int) self->outcome);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_reader_test_dispose (GObject *object)
{
  MdgReaderTest *self = MDG_READER_TEST (object);

  if (self->reader != NULL)
    mdg_reader_test_stop_waiting (self);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_handle_id (&self->give_up_id, g_source_remove);
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (mdg_reader_test_parent_class)->dispose (object);
}

static void
mdg_reader_test_finalize (GObject *object)
{
  MdgReaderTest *self = MDG_READER_TEST (object);

  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    g_free (self->words[i]);
  OPENSSL_cleanse (self->digest, sizeof self->digest);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  g_clear_pointer (&self->when, g_date_time_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (mdg_reader_test_parent_class)->finalize (object);
}

static void
mdg_reader_test_class_init (MdgReaderTestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = mdg_reader_test_get_property;
  object_class->dispose = mdg_reader_test_dispose;
  object_class->finalize = mdg_reader_test_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  props[PROP_OUTCOME] = g_param_spec_int ("outcome", NULL, NULL, 0, MDG_READER_TEST_BAD,
                                          MDG_READER_TEST_WAITING, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_STEP_CHANGED] =
      g_signal_new ("step-changed", MDG_TYPE_READER_TEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
mdg_reader_test_init (MdgReaderTest *self)
{
  self->cancellable = g_cancellable_new ();
  self->deadline_ms = MDG_READER_TEST_DEADLINE_MS;
  self->slow_us = MDG_READER_TEST_SLOW_US;
}

/**
 * mdg_reader_test_new:
 * @reader: the reader
 *
 * A test that has not begun. The desk must not be after the card meanwhile: stop it first
 * (mdg_desk_stop()), and start it again when "running" is %FALSE.
 *
 * Thread: main, the reader's own context.
 * Errors: none.
 *
 * Returns: (transfer full): the test
 */
MdgReaderTest *
mdg_reader_test_new (MdgReader *reader)
{
  MdgReaderTest *self = NULL;

  g_return_val_if_fail (MDG_IS_READER (reader), NULL);

  self = g_object_new (MDG_TYPE_READER_TEST, NULL);
  self->reader = g_object_ref (reader);
  return self;
}

/**
 * mdg_reader_test_start:
 * @self: a test that has not begun
 * @card_seconds: how long a card is waited for
 *
 * Begins. It is over when "running" is %FALSE again: after one minute at most, and two seconds for
 * a driver that does not come back.
 *
 * Thread: main.
 * Errors: none; they are outcomes.
 */
void
mdg_reader_test_start (MdgReaderTest *self, guint card_seconds)
{
  g_return_if_fail (MDG_IS_READER_TEST (self) && !self->started);

  self->started = TRUE;
  mdg_reader_test_begin (self, card_seconds);
}

/**
 * mdg_reader_test_cancel:
 * @self: a test
 *
 * Stops it. The run under way is interrupted; "running" becomes %FALSE when it has ended or two
 * seconds later, at once where there is none. Nothing where the test is over.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_test_cancel (MdgReaderTest *self)
{
  g_return_if_fail (MDG_IS_READER_TEST (self));

  mdg_reader_test_stop (self, MDG_READER_TEST_STOP_CANCELLED);
}

/**
 * mdg_reader_test_get_outcome:
 * @self: a test
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: of the whole: the worst of its steps; WAITING before it and when it was stopped
 */
MdgReaderTestOutcome
mdg_reader_test_get_outcome (MdgReaderTest *self)
{
  g_return_val_if_fail (MDG_IS_READER_TEST (self), MDG_READER_TEST_WAITING);

  return self->outcome;
}

/**
 * mdg_reader_test_get_step:
 * @self: a test
 * @step: a step
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: what came of @step; WAITING where it was not tried or not finished
 */
MdgReaderTestOutcome
mdg_reader_test_get_step (MdgReaderTest *self, MdgReaderTestStep step)
{
  g_return_val_if_fail (MDG_IS_READER_TEST (self) && step < MDG_READER_TEST_N_STEPS,
                        MDG_READER_TEST_WAITING);

  return self->outcomes[step];
}

/**
 * mdg_reader_test_get_step_words:
 * @self: a test
 * @step: a step
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what there is to say about @step, translated; "" for nothing
 */
const char *
mdg_reader_test_get_step_words (MdgReaderTest *self, MdgReaderTestStep step)
{
  g_return_val_if_fail (MDG_IS_READER_TEST (self) && step < MDG_READER_TEST_N_STEPS, "");

  return self->words[step] != NULL ? self->words[step] : "";
}
