/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver with a real pcscd, a real virtual reader, and a card in another process. Run by
 * with-pcscd. */
#include "config.h"

#include "mdg-pcsc-test.h"
#include "mdg-pcscd-test.h"

#include <signal.h>

static void
test_card_comes_and_goes (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  RealCard card = { NULL };
  CardCounts counts;
  MdgReader *reader;
  guint before;

  start_driver (driver);
  wait_until (find_reader (driver, VPCD_ID) != NULL);
  reader = find_reader (driver, VPCD_ID);
  g_assert_cmpstr (mdg_reader_get_name (reader), ==, "Virtual PCD");
  count_cards (reader, &counts);
  before = count_real_events ();
  for (guint i = 0; i < 50; i++)
    {
      insert_real_card (&card, NULL, NULL);
      wait_until (mdg_reader_get_present (reader));
      if (i % 10 == 0)
        assert_run (reader, 2, -1);
      pull_real_card (&card);
      wait_until (!mdg_reader_get_present (reader));
    }
  g_assert_cmpuint (counts.insertions, ==, 50);
  g_assert_cmpuint (counts.removals, ==, 50);
  g_assert_cmpuint (count_real_events () - before, ==, 100);
  wait_until ((mdg_reader_get_features (reader) & MDG_READER_FEATURE_CONTACTLESS) != 0);
  end_driver (driver);
}

/* As fast as it comes: some of it the daemon itself does not see, the rest we do. */
static void
test_nothing_lost_in_a_hurry (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20260401);
  RealCard card = { NULL };
  CardCounts counts;
  guint before;

  start_driver (driver);
  wait_until (find_reader (driver, VPCD_ID) != NULL);
  count_cards (find_reader (driver, VPCD_ID), &counts);
  before = count_real_events ();
  for (guint i = 0; i < 20; i++)
    {
      gint64 end;

      insert_real_card (&card, NULL, NULL);
      end = g_get_monotonic_time () + g_rand_int_range (random, 0, 600000);
      wait_until (g_get_monotonic_time () > end);
      pull_real_card (&card);
      end = g_get_monotonic_time () + g_rand_int_range (random, 0, 600000);
      wait_until (g_get_monotonic_time () > end);
    }
  insert_real_card (&card, NULL, NULL);
  wait_until (has_reader_with_card (driver, VPCD_ID));
  wait_until (counts.insertions + counts.removals == count_real_events () - before);
  g_test_message ("%u changes seen of 41", counts.insertions + counts.removals);
  g_assert_cmpuint (counts.insertions, ==, counts.removals + 1);
  pull_real_card (&card);
  wait_until (!has_reader_with_card (driver, VPCD_ID));
  end_driver (driver);
}

static void
test_pulled_at_each_command (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  RealCard card = { NULL };

  start_driver (driver);
  for (guint i = 1; i <= 4; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      Run run;

      insert_real_card (&card, "--remove-at", number);
      wait_until (has_reader_with_card (driver, VPCD_ID));
      begin_run (find_reader (driver, VPCD_ID), 4, NULL, &run);
      finish_run (&run);
      g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
      g_test_message ("pulled at command %u: %" G_GINT64_FORMAT " ms, %s", i, run.took / 1000,
                      run.error->message);
      g_assert_cmpint (run.took, <, 3 * G_TIME_SPAN_SECOND);
      clear_run (&run);
      pull_real_card (&card);
      wait_until (!has_reader_with_card (driver, VPCD_ID));
    }
  end_driver (driver);
}

static void
expect_recovery (MdgReaderDriver *driver, RealCard *card)
{
  gint64 begin;

  wait_until (g_list_model_get_n_items (mdg_reader_driver_get_readers (driver)) == 0);
  wait_until (has_problem (driver, MDG_READER_ERROR_NO_SERVICE));
  start_pcscd ();
  begin = g_get_monotonic_time ();
  wait_until (find_reader (driver, VPCD_ID) != NULL &&
              mdg_reader_driver_get_problem (driver) == NULL);
  g_test_message ("the reader was back %" G_GINT64_FORMAT " ms after the daemon",
                  (g_get_monotonic_time () - begin) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, G_TIME_SPAN_SECOND);
  pull_real_card (card); /* its line to the old daemon broke */
  insert_real_card (card, "--latency-ms", "30");
  wait_until (has_reader_with_card (driver, VPCD_ID));
  assert_run (find_reader (driver, VPCD_ID), 2, -1);
}

static void
test_daemon_killed (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  RealCard card = { NULL };

  insert_real_card (&card, "--latency-ms", "30");
  start_driver (driver);
  wait_until (has_reader_with_card (driver, VPCD_ID));

  /* while nothing happens */
  signal_pcscd (SIGKILL);
  expect_recovery (driver, &card);
  /* so many milliseconds into a run of twenty commands, of 30 ms each */
  for (guint milliseconds = 0; milliseconds <= 400; milliseconds += 50)
    {
      gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
      gint64 killed;
      Run run;

      begin_run (find_reader (driver, VPCD_ID), 20, NULL, &run);
      wait_until (g_get_monotonic_time () >= end);
      signal_pcscd (SIGKILL);
      killed = g_get_monotonic_time ();
      finish_run (&run);
      g_assert_nonnull (run.error);
      g_test_message ("killed after %u ms: %" G_GINT64_FORMAT " ms later, %s", milliseconds,
                      (g_get_monotonic_time () - killed) / 1000, run.error->message);
      g_assert_true (g_error_matches (run.error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE) ||
                     g_error_matches (run.error, MDG_READER_ERROR, MDG_READER_ERROR_GONE));
      g_assert_cmpint (g_get_monotonic_time () - killed, <, G_TIME_SPAN_SECOND);
      clear_run (&run);
      expect_recovery (driver, &card);
    }
  pull_real_card (&card);
  wait_until (!has_reader_with_card (driver, VPCD_ID));
  end_driver (driver);
}

static void
test_daemon_not_running (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  RealCard card = { NULL };

  signal_pcscd (SIGKILL);
  start_driver (driver);
  expect_recovery (driver, &card);
  pull_real_card (&card);
  wait_until (!has_reader_with_card (driver, VPCD_ID));
  end_driver (driver);
}

/* A daemon that neither answers nor closes the line. Runs end by their deadline; the driver is
 * stopped by the core's, without its thread. */
static void
test_daemon_hangs (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  RealCard card = { NULL };
  gint64 begin;
  Run run;

  insert_real_card (&card, NULL, NULL);
  start_driver (driver);
  wait_until (has_reader_with_card (driver, VPCD_ID));
  assert_run (find_reader (driver, VPCD_ID), 1, -1);
  signal_pcscd (SIGSTOP);
  mdg_reader_set_deadline (find_reader (driver, VPCD_ID), 500);
  begin_run (find_reader (driver, VPCD_ID), 1, NULL, &run);
  finish_run (&run);
  g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  g_assert_cmpint (run.took, <, G_TIME_SPAN_SECOND);
  clear_run (&run);
  begin = g_get_monotonic_time ();
  mdg_reader_driver_stop (driver);
  g_test_message ("stopped after %" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - begin) / 1000);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 3 * G_TIME_SPAN_SECOND);
  signal_pcscd (SIGCONT);
  pull_real_card (&card);
  end_driver (driver);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/real/card-comes-and-goes", test_card_comes_and_goes);
  g_test_add_func ("/pcsc/real/nothing-lost-in-a-hurry", test_nothing_lost_in_a_hurry);
  g_test_add_func ("/pcsc/real/pulled-at-each-command", test_pulled_at_each_command);
  g_test_add_func ("/pcsc/real/daemon-killed", test_daemon_killed);
  g_test_add_func ("/pcsc/real/daemon-not-running", test_daemon_not_running);
  g_test_add_func ("/pcsc/real/daemon-hangs", test_daemon_hangs);
  status = g_test_run ();
  remove_real_cards ();
  return status;
}
