/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader test in words: for the window, for paper, for the clipboard. No datum of the card or
 * its holder is in them. */
#include "config.h"

#include "mdg-reader-test-private.h"

#include <glib/gi18n-lib.h>

/* kB/s: a card gives a hundredth of it */
#define MOST_CREDIBLE_RATE 10000

static guint
to_milliseconds (gint64 microseconds)
{
  return (guint) CLAMP ((microseconds + 500) / 1000, 1, G_MAXINT32);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

/* The times of the step's good reads, the shortest first. (transfer full) */
static GArray *
sort_times (MdgReaderTest *self)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (times, self->times, self->n_times);
  g_array_sort (times, compare_times);
  return times;
}

/* Names come from readers and drivers: one line, no control characters. */
static char *
clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_iscntrl (g_utf8_get_char (p)))
      g_string_append_unichar (clean, g_utf8_get_char (p));
  return g_string_free (clean, FALSE);
}

static char *
describe_problem (MdgProblem *problem)
{
  /* TRANSLATORS: title, code and next step of a problem */
  return g_strdup_printf (_ ("%s (%s). %s"), mdg_problem_get_title (problem),
                          mdg_problem_get_code (problem), mdg_problem_get_advice (problem));
}

static char *
describe_connect (MdgReaderTest *self)
{
  g_autofree char *name = clean_name (mdg_reader_get_name (self->reader));

  if (mdg_reader_get_features (self->reader) & MDG_READER_FEATURE_VIRTUAL)
    return g_strdup_printf (_ ("Connected: %s (practice, not a real reader)"), name);
  return g_strdup_printf (_ ("Connected: %s"), name);
}

static char *
describe_card (MdgReaderTest *self)
{
  if (self->phone)
    return g_strdup (_ ("A phone was found."));
  if (self->outcomes[MDG_READER_TEST_CARD] == MDG_READER_TEST_GOOD)
    return g_strdup (_ ("A My Number Card was found."));
  if (self->card_serial == 0)
    return g_strdup (_ ("Put a My Number Card on the reader."));
  return g_strdup (_ ("Do not move the card."));
}

static char *
describe_extended (MdgReaderTest *self)
{
  guint pieces = (guint) (self->size + 255) / 256;

  if (self->outcomes[MDG_READER_TEST_EXTENDED] == MDG_READER_TEST_RUNNING)
    return g_strdup (_ ("Do not move the card."));
  if (self->phone)
    return g_strdup (_ ("A phone gives its certificate only after the PIN. Test with a My Number "
                        "Card to see everything."));
  if (self->extended == MDG_EXTENDED_YES)
    return g_strdup (_ ("Extended length can be used."));
  if (self->extended_before == MDG_EXTENDED_YES)
    return g_strdup_printf (_ ("Extended length could not be used with this card, though this "
                               "reader did before. The card is read in %u pieces instead of one."),
                            pieces);
  return g_strdup_printf (_ ("Extended length cannot be used, which the official guide requires of "
                             "a reader. This program works all the same: it reads in %u pieces "
                             "instead of one, which takes longer."),
                          pieces);
}

static char *
describe_speed (MdgReaderTest *self)
{
  double rate = self->speed_us > 0 ? (double) self->size * 1000.0 / (double) self->speed_us : 0;

  if (self->outcomes[MDG_READER_TEST_SPEED] == MDG_READER_TEST_RUNNING)
    return g_strdup_printf (_ ("%u of %u reads"), self->reads, MDG_READER_TEST_SPEED_READS);
  if (self->speed_us > self->slow_us)
    return g_strdup_printf (_ ("%u ms for one read (%.1f kB/s): slow, patients will have to wait"),
                            to_milliseconds (self->speed_us), rate);
  /* no reader is that quick: there is no card in it that could be read again slower */
  if (rate > MOST_CREDIBLE_RATE)
    return g_strdup_printf (_ ("%u ms for one read"), to_milliseconds (self->speed_us));
  return g_strdup_printf (_ ("%u ms for one read (%.1f kB/s)"), to_milliseconds (self->speed_us),
                          rate);
}

static char *
describe_spread (MdgReaderTest *self)
{
  g_autoptr (GArray) times = sort_times (self);

  if (times->len == 0)
    return g_strdup ("");
  return g_strdup_printf (_ ("Shortest %u ms, median %u ms, longest %u ms."),
                          to_milliseconds (g_array_index (times, gint64, 0)),
                          to_milliseconds (g_array_index (times, gint64, times->len / 2)),
                          to_milliseconds (g_array_index (times, gint64, times->len - 1)));
}

static char *
describe_stability (MdgReaderTest *self)
{
  g_autofree char *spread = NULL;
  g_autofree char *first = NULL;

  if (self->outcomes[MDG_READER_TEST_STABILITY] == MDG_READER_TEST_RUNNING)
    return g_strdup_printf (_ ("%u of %u reads"), self->reads, MDG_READER_TEST_STABILITY_READS);
  spread = describe_spread (self);
  if (self->failures > 0)
    first = g_strdup_printf (_ ("%u of %u reads failed."), self->failures, self->reads);
  else if (self->reads < MDG_READER_TEST_STABILITY_READS)
    first = g_strdup_printf (_ ("Only %u reads fitted into the time. They were all the same."),
                             self->reads);
  else
    first = g_strdup_printf (_ ("All %u reads were the same."), self->reads);
  /* TRANSLATORS: two sentences, one after the other */
  return g_strdup_printf (_ ("%s %s"), first, spread);
}

/**
 * mdg_reader_test_get_median:
 * @self: a test
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: microseconds, of the good reads of the step under way; 0 where there is none
 */
gint64
mdg_reader_test_get_median (MdgReaderTest *self)
{
  g_autoptr (GArray) times = sort_times (self);

  return times->len > 0 ? g_array_index (times, gint64, times->len / 2) : 0;
}

/**
 * mdg_reader_test_describe:
 * @self: a test
 * @step: a step
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): what there is to say about @step as it stands
 */
char *
mdg_reader_test_describe (MdgReaderTest *self, MdgReaderTestStep step)
{
  MdgReaderTestOutcome outcome = self->outcomes[step];

  if (outcome == MDG_READER_TEST_WAITING)
    return g_strdup (self->stop == MDG_READER_TEST_STOP_CANCELLED ? _ ("The test was stopped.")
                                                                  : "");
  if (outcome == MDG_READER_TEST_BAD && self->problem != NULL && step == self->step)
    return describe_problem (self->problem);
  switch (step)
    {
    case MDG_READER_TEST_CONNECT:
      return describe_connect (self);
    case MDG_READER_TEST_CARD:
      return describe_card (self);
    case MDG_READER_TEST_EXTENDED:
      return describe_extended (self);
    case MDG_READER_TEST_SPEED:
      return describe_speed (self);
    case MDG_READER_TEST_STABILITY:
      return describe_stability (self);
    case MDG_READER_TEST_N_STEPS:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

/**
 * mdg_reader_test_get_step_title:
 * @step: a step
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): what it is called, translated
 */
const char *
mdg_reader_test_get_step_title (MdgReaderTestStep step)
{
  static const char *const titles[] = { N_ ("Connection to the reader"), N_ ("Finding the card"),
                                        N_ ("Extended length"), N_ ("Speed of reading"),
                                        N_ ("Stability") };

  g_return_val_if_fail (step < G_N_ELEMENTS (titles), "");

  return _ (titles[step]);
}

static const char *
get_outcome_word (MdgReaderTestOutcome outcome)
{
  switch (outcome)
    {
    case MDG_READER_TEST_RUNNING:
      return _ ("Under way");
    case MDG_READER_TEST_GOOD:
      return _ ("Good");
    case MDG_READER_TEST_FAIR:
      return _ ("With caution");
    case MDG_READER_TEST_BAD:
      return _ ("Not good");
    case MDG_READER_TEST_WAITING:
    default:
      return _ ("Not tested");
    }
}

static char *
judge_fair (MdgReaderTest *self)
{
  if (self->phone)
    return g_strdup (_ ("The reader finds a phone. Test with a My Number Card to see everything."));
  if (self->outcomes[MDG_READER_TEST_STABILITY] == MDG_READER_TEST_FAIR && self->failures > 0)
    return g_strdup (_ ("This reader works, but a read failed. Lay the card flat and test again."));
  if (self->outcomes[MDG_READER_TEST_EXTENDED] == MDG_READER_TEST_FAIR)
    return g_strdup (_ ("This reader works with this program, but does not do what the official "
                        "guide requires (extended length)."));
  return g_strdup (_ ("This reader works, but slowly."));
}

/**
 * mdg_reader_test_get_verdict:
 * @self: a test
 *
 * Source: that a reader must pass extended length, reference/preparation-guide, "端末等の選定".
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): one sentence about the whole, translated
 */
char *
mdg_reader_test_get_verdict (MdgReaderTest *self)
{
  g_return_val_if_fail (MDG_IS_READER_TEST (self), NULL);

  switch (self->outcome)
    {
    case MDG_READER_TEST_RUNNING:
      return g_strdup (self->card_serial == 0 ? _ ("Put a My Number Card on the reader.")
                                              : _ ("Testing. Do not move the card."));
    case MDG_READER_TEST_GOOD:
      return g_strdup (_ ("This reader is fit for the job."));
    case MDG_READER_TEST_FAIR:
      return judge_fair (self);
    case MDG_READER_TEST_BAD:
      if (self->problem != NULL)
        return g_strdup_printf (_ ("The test did not come to its end: %s"),
                                mdg_problem_get_title (self->problem));
      return g_strdup (_ ("Reading fails again and again: this reader is not fit for the job."));
    case MDG_READER_TEST_WAITING:
    default:
      return g_strdup (self->stop == MDG_READER_TEST_STOP_CANCELLED ? _ ("The test was stopped.")
                                                                    : _ ("Not tested yet."));
    }
}

static void
add_line (GString *text, const char *label, const char *value)
{
  /* TRANSLATORS: label and value */
  g_string_append_printf (text, _ ("%s: %s"), label, value);
  g_string_append_c (text, '\n');
}

/**
 * mdg_reader_test_to_text:
 * @self: a test
 *
 * The result as lines of text: verdict, reader, driver, date, program, each step. Nothing of the
 * card or its holder is in it.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the text, translated
 */
char *
mdg_reader_test_to_text (MdgReaderTest *self)
{
  g_autofree char *verdict = NULL;
  g_autofree char *name = NULL;
  g_autofree char *driver = NULL;
  g_autofree char *when = NULL;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (MDG_IS_READER_TEST (self), g_string_free (text, FALSE));

  verdict = mdg_reader_test_get_verdict (self);
  name = clean_name (mdg_reader_get_name (self->reader));
  driver = clean_name (mdg_reader_get_driver (self->reader));
  if (self->when != NULL)
    when = g_date_time_format (self->when, "%Y-%m-%d %H:%M");
  g_string_append_printf (text, "%s\n", _ ("Reader test"));
  add_line (text, _ ("Result"), verdict);
  add_line (text, _ ("Reader"), name);
  add_line (text, _ ("Driver"), driver);
  add_line (text, _ ("Date"), when != NULL ? when : "");
  add_line (text, _ ("Program"), "Madoguchi " PACKAGE_VERSION);
  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    {
      const char *word = get_outcome_word (self->outcomes[i]);
      const char *more = self->words[i] != NULL ? self->words[i] : "";
      g_autofree char *value =
          *more != '\0' ? g_strdup_printf (_ ("%s. %s"), word, more) : g_strdup (word);

      add_line (text, mdg_reader_test_get_step_title ((MdgReaderTestStep) i), value);
    }
  return g_string_free (text, FALSE);
}
