/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader test against virtual cards: good ones, and everything that can go wrong at every
 * exchange. Whatever it is, the test ends, nothing asks for a PIN, and the words say what it was.
 */
#include "config.h"

#include "mdg-desk-bench.h"
#include "mdg-reader-test-private.h"

/* SELECT and the way out, then SELECT, READ and the way out for each read */
#define SELECT_EXCHANGES 2
#define READ_EXCHANGES   3
#define READS            (1 + MDG_READER_TEST_SPEED_READS + MDG_READER_TEST_STABILITY_READS)
#define EXCHANGES        (SELECT_EXCHANGES + READ_EXCHANGES * READS)
#define FIRST_STABLE     (SELECT_EXCHANGES + READ_EXCHANGES * (1 + MDG_READER_TEST_SPEED_READS) + 1)

typedef struct
{
  MdgDeskBench *bench;
  MdgBenchCard *card;
  MdgReaderTest *test;
  GString *steps; /* "00 00…": step and outcome of each signal */
  guint notified;
  double progress;
} Fixture;

static void
on_step_cb (MdgReaderTest *test, int step, gpointer user_data)
{
  Fixture *f = user_data;
  MdgReaderTestOutcome outcome = mdg_reader_test_get_step (test, (MdgReaderTestStep) step);

  g_string_append_printf (f->steps, "%d%u ", step, outcome);
  if (outcome != MDG_READER_TEST_WAITING)
    g_assert_cmpstr (mdg_reader_test_get_step_words (test, (MdgReaderTestStep) step), !=, "");
}

static void
on_progress_cb (MdgReaderTest *test, GParamSpec *pspec, gpointer user_data)
{
  Fixture *f = user_data;
  double progress = -1;

  g_object_get (test, "progress", &progress, NULL);
  g_assert_cmpfloat (progress, >=, f->progress);
  g_assert_cmpfloat (progress, <=, 1);
  f->progress = progress;
  f->notified++;
}

static MdgReader *
get_reader (Fixture *f)
{
  return MDG_READER (((MdgBenchCard *) g_ptr_array_index (f->bench->cards, 0))->reader);
}

static void
set_up (Fixture *f, gconstpointer options)
{
  f->bench = mdg_desk_bench_new_stopped (1, NULL);
  f->card = g_ptr_array_index (f->bench->cards, 0);
  if (options != NULL)
    mdg_desk_bench_insert (f->bench, 0, *(const char *) options != '\0' ? options : NULL);
  f->test = mdg_reader_test_new (get_reader (f));
  f->steps = g_string_new (NULL);
  g_signal_connect (f->test, "step-changed", G_CALLBACK (on_step_cb), f);
  g_signal_connect (f->test, "notify::progress", G_CALLBACK (on_progress_cb), f);
}

static gboolean
is_running (Fixture *f)
{
  gboolean running = FALSE;

  g_object_get (f->test, "running", &running, NULL);
  return running;
}

static void
wait_end (Fixture *f)
{
  mdg_test_wait_for (!is_running (f));
}

static void
run_test (Fixture *f)
{
  mdg_reader_test_start (f->test, 5);
  wait_end (f);
}

static void
tear_down (Fixture *f, gconstpointer options)
{
  g_assert_false (is_running (f));
  g_assert_cmpuint (f->card->verifies, ==, 0);
  mdg_test_settle ();
  g_assert_finalize_object (f->test);
  mdg_desk_bench_free (f->bench);
  g_string_free (f->steps, TRUE);
}

static void
assert_outcome (Fixture *f, MdgReaderTestOutcome outcome)
{
  int property = -1;

  g_object_get (f->test, "outcome", &property, NULL);
  g_assert_cmpint (property, ==, (int) mdg_reader_test_get_outcome (f->test));
  if (property != (int) outcome)
    {
      g_autofree char *text = mdg_reader_test_to_text (f->test);

      g_error ("outcome %d, not %d: %s", property, (int) outcome, text);
    }
}

static void
assert_words (Fixture *f, MdgReaderTestStep step, const char *words)
{
  const char *found = mdg_reader_test_get_step_words (f->test, step);

  if (strstr (found, words) == NULL)
    g_error ("step %u says \"%s\", not \"%s\"", step, found, words);
}

static void
assert_verdict (Fixture *f, const char *words)
{
  g_autofree char *verdict = mdg_reader_test_get_verdict (f->test);

  if (strstr (verdict, words) == NULL)
    g_error ("the verdict says \"%s\", not \"%s\"", verdict, words);
}

/* closed and powered off, each time */
static void
assert_closed (Fixture *f)
{
  g_autofree char *log = mdg_fake_reader_get_log (f->card->reader);

  g_assert_true (f->card->left);
  g_assert_true (g_str_has_suffix (log, "disconnect power-off\n"));
  g_assert_null (strstr (log, "disconnect leave"));
}

static void
test_good (Fixture *f, gconstpointer options)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) expected = g_string_new ("01 02 11 11 12 21 22 31 31 31 32 ");

  assert_verdict (f, "Not tested yet.");
  assert_outcome (f, MDG_READER_TEST_WAITING);
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_GOOD);
  for (guint i = 0; i < MDG_READER_TEST_STABILITY_READS; i++)
    g_string_append (expected, "41 ");
  g_string_append (expected, "42 ");
  g_assert_cmpstr (f->steps->str, ==, expected->str);
  g_assert_cmpuint (f->card->exchanges, ==, EXCHANGES);
  g_assert_cmpfloat (f->progress, ==, 1);
  g_assert_cmpuint (f->notified, >, READS);
  g_assert_cmpint (mdg_reader_get_extended (get_reader (f)), ==, MDG_EXTENDED_YES);
  assert_closed (f);
  assert_verdict (f, "This reader is fit for the job.");
  /* a card in memory is quicker than any: whether a rate is told with it depends on the moment */
  assert_words (f, MDG_READER_TEST_SPEED, "ms for one read");
  assert_words (f, MDG_READER_TEST_STABILITY, "All 20 reads were the same. Shortest");

  text = mdg_reader_test_to_text (f->test);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, mdg_reader_get_name (get_reader (f))));
  g_assert_nonnull (strstr (text, PACKAGE_VERSION));
  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    g_assert_nonnull (
        strstr (text, mdg_reader_test_get_step_words (f->test, (MdgReaderTestStep) i)));
  /* nothing of the card: its certificate says PRACTICE0001 */
  g_assert_null (strstr (text, "PRACTICE0001"));
}

static void
test_no_extended (Fixture *f, gconstpointer options)
{
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_FAIR);
  g_assert_cmpuint (mdg_reader_test_get_step (f->test, MDG_READER_TEST_EXTENDED), ==,
                    MDG_READER_TEST_FAIR);
  g_assert_cmpuint (mdg_reader_test_get_step (f->test, MDG_READER_TEST_STABILITY), ==,
                    MDG_READER_TEST_GOOD);
  assert_words (f, MDG_READER_TEST_EXTENDED, "official guide requires");
  assert_verdict (f, "extended length");
  g_assert_cmpint (mdg_reader_get_extended (get_reader (f)), ==, MDG_EXTENDED_NO);
  assert_closed (f);
}

/* What was believed of the reader before is asked again. */
static void
test_was_no (Fixture *f, gconstpointer options)
{
  mdg_reader_set_extended (get_reader (f), MDG_EXTENDED_NO);
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_GOOD);
  g_assert_cmpint (mdg_reader_get_extended (get_reader (f)), ==, MDG_EXTENDED_YES);
}

static void
test_was_yes (Fixture *f, gconstpointer options)
{
  mdg_reader_set_extended (get_reader (f), MDG_EXTENDED_YES);
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_FAIR);
  assert_words (f, MDG_READER_TEST_EXTENDED, "this reader did before");
  g_assert_cmpint (mdg_reader_get_extended (get_reader (f)), ==, MDG_EXTENDED_YES);
}

static void
test_slow (Fixture *f, gconstpointer options)
{
  f->test->slow_us = -1;
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_FAIR);
  assert_words (f, MDG_READER_TEST_SPEED, "slow");
  assert_words (f, MDG_READER_TEST_SPEED, "kB/s");
  assert_verdict (f, "slowly");
}

static void
test_other_card (Fixture *f, gconstpointer options)
{
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  g_assert_cmpuint (mdg_reader_test_get_step (f->test, MDG_READER_TEST_CARD), ==,
                    MDG_READER_TEST_BAD);
  g_assert_cmpuint (mdg_reader_test_get_step (f->test, MDG_READER_TEST_EXTENDED), ==,
                    MDG_READER_TEST_WAITING);
  assert_words (f, MDG_READER_TEST_CARD, "(C-02)");
}

static void
test_phone (Fixture *f, gconstpointer options)
{
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_FAIR);
  assert_words (f, MDG_READER_TEST_EXTENDED, "A phone gives");
  assert_words (f, MDG_READER_TEST_CARD, "A phone was found.");
  g_assert_cmpuint (mdg_reader_test_get_step (f->test, MDG_READER_TEST_STABILITY), ==,
                    MDG_READER_TEST_WAITING);
  assert_verdict (f, "phone");
  assert_closed (f);
}

static void
test_late_card (Fixture *f, gconstpointer options)
{
  mdg_reader_test_start (f->test, 5);
  assert_words (f, MDG_READER_TEST_CARD, "Put a My Number Card");
  assert_verdict (f, "Put a My Number Card");
  mdg_desk_bench_insert (f->bench, 0, NULL);
  wait_end (f);
  assert_outcome (f, MDG_READER_TEST_GOOD);
}

static void
test_no_card (Fixture *f, gconstpointer options)
{
  mdg_reader_test_start (f->test, 0);
  wait_end (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_CARD, "(R-05)");
  g_assert_cmpuint (f->card->exchanges, ==, 0);
}

static void
test_deadline_without_card (Fixture *f, gconstpointer options)
{
  f->test->deadline_ms = 1;
  mdg_reader_test_start (f->test, 3600);
  wait_end (f);
  assert_words (f, MDG_READER_TEST_CARD, "(R-05)");
}

/* Where it matters that a step is under way, the reader is held at an exchange. */
static void
hold_at (Fixture *f, guint exchange)
{
  mdg_fake_reader_block_transmit (f->card->reader, exchange);
  mdg_reader_test_start (f->test, 5);
  mdg_test_wait_for (mdg_fake_reader_count_transmits (f->card->reader) >= exchange);
  mdg_fake_reader_wait_blocked (f->card->reader);
}

static void
test_deadline_at_once (Fixture *f, gconstpointer options)
{
  hold_at (f, 4);
  mdg_reader_test_stop (f->test, MDG_READER_TEST_STOP_DEADLINE);
  wait_end (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_EXTENDED, "(R-10)");
}

/* What was read until then is a result, if it is enough. */
static void
test_deadline_late (Fixture *f, gconstpointer options)
{
  hold_at (f, FIRST_STABLE + 6 * READ_EXCHANGES);
  mdg_reader_test_stop (f->test, MDG_READER_TEST_STOP_DEADLINE);
  wait_end (f);
  assert_outcome (f, MDG_READER_TEST_FAIR);
  assert_words (f, MDG_READER_TEST_STABILITY, "Only 6 reads");
}

static void
test_deadline_early (Fixture *f, gconstpointer options)
{
  hold_at (f, FIRST_STABLE + 4 * READ_EXCHANGES);
  mdg_reader_test_stop (f->test, MDG_READER_TEST_STOP_DEADLINE);
  wait_end (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_STABILITY, "(R-10)");
}

static void
test_cancel (Fixture *f, gconstpointer options)
{
  static const guint exchanges[] = { 1, 2, 4, 5, 7, FIRST_STABLE + 10, EXCHANGES };

  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++)
    {
      Fixture one = { 0 };

      set_up (&one, "");
      hold_at (&one, exchanges[i]);
      mdg_reader_test_cancel (one.test);
      mdg_reader_test_cancel (one.test);
      wait_end (&one);
      assert_outcome (&one, MDG_READER_TEST_WAITING);
      assert_verdict (&one, "The test was stopped.");
      tear_down (&one, NULL);
    }
  /* before it begins there is nothing to stop; while a card is waited for it is over at once */
  mdg_reader_test_cancel (f->test);
  mdg_reader_test_start (f->test, 5);
  g_assert_true (is_running (f));
  mdg_reader_test_cancel (f->test);
  g_assert_false (is_running (f));
  assert_words (f, MDG_READER_TEST_CARD, "stopped");
  g_assert_cmpuint (f->card->exchanges, ==, 0);
}

static void
on_cancelling_step_cb (MdgReaderTest *test, int step, gpointer user_data)
{
  guint *left = user_data;

  if ((*left)-- == 0)
    mdg_reader_test_cancel (test);
}

/* Cancelled from whatever is told: nothing is begun after it. */
static void
test_cancel_when_told (void)
{
  for (guint at = 0; at < 32; at++)
    {
      Fixture f = { 0 };
      guint left = at;

      set_up (&f, "");
      g_signal_connect (f.test, "step-changed", G_CALLBACK (on_cancelling_step_cb), &left);
      run_test (&f);
      /* the last one tells that all is done */
      assert_outcome (&f, MDG_READER_TEST_WAITING);
      tear_down (&f, NULL);
    }
}

static void
test_hangs (Fixture *f, gconstpointer options)
{
  mdg_fake_reader_ignore_interrupt (f->card->reader, TRUE);
  hold_at (f, 5);
  mdg_reader_test_cancel (f->test);
  wait_end (f);
  assert_outcome (f, MDG_READER_TEST_WAITING);
  g_assert_true (mdg_reader_get_busy (get_reader (f)));
  mdg_fake_reader_release (f->card->reader);
  mdg_test_wait_for (!mdg_reader_get_busy (get_reader (f)));
  assert_outcome (f, MDG_READER_TEST_WAITING);
}

static void
test_unplugged (void)
{
  static const guint exchanges[] = { 0, 1, 4, 8, FIRST_STABLE + 4, EXCHANGES };

  for (gsize i = 0; i < G_N_ELEMENTS (exchanges); i++)
    {
      Fixture f = { 0 };

      set_up (&f, exchanges[i] > 0 ? "" : NULL);
      if (exchanges[i] > 0)
        hold_at (&f, exchanges[i]);
      else
        mdg_reader_test_start (f.test, 5);
      mdg_desk_bench_unplug (f.bench, 0);
      wait_end (&f);
      assert_outcome (&f, MDG_READER_TEST_BAD);
      assert_words (&f, f.test->step, "(R-04)");
      assert_verdict (&f, "did not come to its end");
      tear_down (&f, NULL);
    }
}

static void
test_unplugged_before (Fixture *f, gconstpointer options)
{
  mdg_desk_bench_unplug (f->bench, 0);
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_CONNECT, "(R-04)");
}

/* Whether the exchange is the way out, which nobody waits for. */
static gboolean
is_way_out (guint at)
{
  return at == SELECT_EXCHANGES ||
         (at > SELECT_EXCHANGES && (at - SELECT_EXCHANGES) % READ_EXCHANGES == 0);
}

static void
test_pulled (gconstpointer data)
{
  MdgVirtualFault fault = (MdgVirtualFault) GPOINTER_TO_INT (data);

  for (guint at = 1; at <= EXCHANGES; at++)
    {
      Fixture f = { 0 };

      set_up (&f, "");
      f.card->fault_at = at;
      f.card->fault = fault;
      run_test (&f);
      assert_outcome (&f, at == EXCHANGES ? MDG_READER_TEST_GOOD : MDG_READER_TEST_BAD);
      if (at < EXCHANGES)
        assert_words (&f, f.test->step, "(R-05)");
      tear_down (&f, NULL);
    }
}

/* An answer that is damaged is never taken for a good one. */
static void
test_damaged (gconstpointer data)
{
  MdgVirtualFault fault = (MdgVirtualFault) GPOINTER_TO_INT (data);

  for (guint at = 1; at <= EXCHANGES; at++)
    {
      Fixture f = { 0 };
      gboolean good = FALSE;

      set_up (&f, "");
      f.card->fault_at = at;
      f.card->fault = fault;
      run_test (&f);
      good = mdg_reader_test_get_outcome (f.test) == MDG_READER_TEST_GOOD;
      g_assert_true (good == is_way_out (at));
      if (!good && at >= FIRST_STABLE)
        {
          assert_outcome (&f, MDG_READER_TEST_FAIR);
          assert_words (&f, MDG_READER_TEST_STABILITY, "1 of 20 reads failed.");
          assert_verdict (&f, "a read failed");
        }
      tear_down (&f, NULL);
    }
}

static void
test_two_failures (Fixture *f, gconstpointer options)
{
  /* a SELECT that goes wrong, after which nothing is read, and another one nine reads later */
  f->card->fault_at = FIRST_STABLE;
  f->card->fault = MDG_VIRTUAL_FAULT_GARBLE;
  f->card->error_at = (int) (FIRST_STABLE + 2 + 9 * READ_EXCHANGES);
  f->card->error_code = MDG_READER_ERROR_MUTE;
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_STABILITY, "2 of 20 reads failed.");
  assert_verdict (f, "again and again");
}

static void
test_many_failures (Fixture *f, gconstpointer options)
{
  f->card->error_at = (int) FIRST_STABLE + 3;
  f->card->error_code = MDG_READER_ERROR_FAILED;
  f->card->repeat_error = TRUE;
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_STABILITY, "3 of 4 reads failed.");
}

static void
on_changing_step_cb (MdgReaderTest *test, int step, gpointer user_data)
{
  guint *at = user_data;

  if (step == MDG_READER_TEST_STABILITY && test->reads == *at)
    test->digest[MDG_READER_TEST_DIGEST - 1] ^= 1;
}

/* Reads that went well and brought something else. */
static void
test_other_bytes (Fixture *f, gconstpointer options)
{
  guint at = 2;

  g_signal_connect (f->test, "step-changed", G_CALLBACK (on_changing_step_cb), &at);
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_STABILITY, "3 of 5 reads failed.");
}

/* A reader in other hands is no failed read. */
static void
test_in_use (Fixture *f, gconstpointer options)
{
  f->card->error_at = (int) FIRST_STABLE + 3;
  f->card->error_code = MDG_READER_ERROR_IN_USE;
  run_test (f);
  assert_outcome (f, MDG_READER_TEST_BAD);
  assert_words (f, MDG_READER_TEST_STABILITY, "(R-08)");
}

static void
add (const char *path, const char *options, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, options, set_up, func, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/reader-test/good", "", test_good);
  add ("/reader-test/no-extended", "no-extended", test_no_extended);
  add ("/reader-test/was-no", "", test_was_no);
  add ("/reader-test/was-yes", "no-extended", test_was_yes);
  add ("/reader-test/classic", "no-sfi", test_was_no);
  add ("/reader-test/slow", "", test_slow);
  add ("/reader-test/other-card", "no-jpki", test_other_card);
  add ("/reader-test/phone", "phone", test_phone);
  add ("/reader-test/late-card", NULL, test_late_card);
  add ("/reader-test/no-card", NULL, test_no_card);
  add ("/reader-test/deadline-without-card", NULL, test_deadline_without_card);
  add ("/reader-test/deadline-at-once", "", test_deadline_at_once);
  add ("/reader-test/deadline-late", "", test_deadline_late);
  add ("/reader-test/deadline-early", "", test_deadline_early);
  add ("/reader-test/cancel", NULL, test_cancel);
  g_test_add_func ("/reader-test/cancel-when-told", test_cancel_when_told);
  add ("/reader-test/hangs", "", test_hangs);
  g_test_add_func ("/reader-test/unplugged", test_unplugged);
  add ("/reader-test/unplugged-before", "", test_unplugged_before);
  g_test_add_data_func ("/reader-test/pulled", GINT_TO_POINTER (MDG_VIRTUAL_FAULT_REMOVE),
                        test_pulled);
  g_test_add_data_func ("/reader-test/pulled-after", GINT_TO_POINTER (MDG_VIRTUAL_FAULT_LOSE),
                        test_pulled);
  g_test_add_data_func ("/reader-test/garbled", GINT_TO_POINTER (MDG_VIRTUAL_FAULT_GARBLE),
                        test_damaged);
  g_test_add_data_func ("/reader-test/truncated", GINT_TO_POINTER (MDG_VIRTUAL_FAULT_TRUNCATE),
                        test_damaged);
  g_test_add_data_func ("/reader-test/cut", GINT_TO_POINTER (MDG_VIRTUAL_FAULT_CUT), test_damaged);
  add ("/reader-test/two-failures", "", test_two_failures);
  add ("/reader-test/many-failures", "", test_many_failures);
  add ("/reader-test/other-bytes", "", test_other_bytes);
  add ("/reader-test/in-use", "", test_in_use);
  return mdg_desk_bench_main (argc, argv);
}
