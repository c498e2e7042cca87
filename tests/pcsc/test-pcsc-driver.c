/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The monitor: readers and cards that come and go, in every order, and a service that does. */
#include "config.h"

#include "fake-pcsc.h"
#include "mdg-pcsc-test.h"

#include <glib/gstdio.h>

#define ONE    "Fake Reader 00 00"
#define ONE_ID "pcsc:" ONE
#define TWO    "Fake Reader 01 00"
#define TWO_ID "pcsc:" TWO

static const guint8 atr[] = { 0x3B, 0x88, 0x80, 0x01, 0, 0, 5, 0xE0, 0xB3, 0x81, 0xA1, 0, 0x7F };
static const guint8 contact_atr[] = { 0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14 };

static guint
count_readers (MdgReaderDriver *driver)
{
  return g_list_model_get_n_items (mdg_reader_driver_get_readers (driver));
}

static void
test_readers_come_and_go (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  MdgReader *reader;

  fake_pcsc_reset ();
  start_driver (driver);
  g_assert_cmpuint (count_readers (driver), ==, 0);
  g_assert_no_error (mdg_reader_driver_get_problem (driver));

  fake_pcsc_add_reader (ONE);
  wait_until (count_readers (driver) == 1);
  reader = find_reader (driver, ONE_ID);
  g_assert_cmpstr (mdg_reader_get_name (reader), ==, "Fake Reader");
  g_assert_cmpstr (mdg_reader_get_driver (reader), ==, "pcsc");
  g_assert_false (mdg_reader_get_present (reader));

  fake_pcsc_add_reader (TWO);
  fake_pcsc_insert (TWO, atr, sizeof atr);
  wait_until (has_reader_with_card (driver, TWO_ID));
  reader = find_reader (driver, TWO_ID);
  g_assert_cmpmem (g_bytes_get_data (mdg_reader_get_atr (reader), NULL),
                   g_bytes_get_size (mdg_reader_get_atr (reader)), atr, sizeof atr);
  wait_until ((mdg_reader_get_features (reader) & MDG_READER_FEATURE_CONTACTLESS) != 0);

  fake_pcsc_remove_reader (ONE);
  wait_until (count_readers (driver) == 1);
  g_assert_null (find_reader (driver, ONE_ID));
  fake_pcsc_remove_reader (TWO);
  wait_until (count_readers (driver) == 0);
  end_driver (driver);
  g_assert_cmpuint (fake_pcsc_count_contexts (), ==, 0);
}

static void
test_ready_with_readers (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();

  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  fake_pcsc_insert (ONE, contact_atr, sizeof contact_atr);
  start_driver (driver);
  /* who is told that the driver is ready need not wait for what is there already */
  g_assert_true (has_reader_with_card (driver, ONE_ID));
  g_assert_cmpint (mdg_reader_get_features (find_reader (driver, ONE_ID)), ==,
                   MDG_READER_FEATURE_NONE);
  end_driver (driver);
}

static void
test_no_polling (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  gint64 end;
  guint before;

  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  start_driver (driver);
  end = g_get_monotonic_time () + 700 * G_TIME_SPAN_MILLISECOND;
  wait_until (g_get_monotonic_time () > end);
  before = fake_pcsc_count (FAKE_GET_STATUS_CHANGE);
  end = g_get_monotonic_time () + G_TIME_SPAN_SECOND;
  wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (fake_pcsc_count (FAKE_GET_STATUS_CHANGE), ==, before);
  end_driver (driver);
}

static void
test_fast_swap_is_two_reports (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  CardCounts counts;
  guint before;

  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  start_driver (driver);
  count_cards (find_reader (driver, ONE_ID), &counts);

  /* the monitor sees nothing of it but the counter, and the card is the same one */
  before = fake_pcsc_count (FAKE_LIST_READERS);
  fake_pcsc_set_hold (FAKE_LIST_READERS, TRUE);
  fake_pcsc_set_mute (ONE, TRUE);
  g_assert_true (fake_pcsc_wait_count (FAKE_LIST_READERS, before + 1, 5000));
  fake_pcsc_pull (ONE);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  fake_pcsc_set_hold (FAKE_LIST_READERS, FALSE);
  wait_until (counts.insertions == 1);
  g_assert_cmpuint (counts.removals, ==, 1);

  /* and one that came and went */
  fake_pcsc_pull (ONE);
  wait_until (counts.removals == 2);
  before = fake_pcsc_count (FAKE_LIST_READERS);
  fake_pcsc_set_hold (FAKE_LIST_READERS, TRUE);
  fake_pcsc_add_reader (TWO);
  g_assert_true (fake_pcsc_wait_count (FAKE_LIST_READERS, before + 1, 5000));
  fake_pcsc_insert (ONE, contact_atr, sizeof contact_atr);
  fake_pcsc_pull (ONE);
  fake_pcsc_set_hold (FAKE_LIST_READERS, FALSE);
  wait_until (counts.removals == 3);
  g_assert_cmpuint (counts.insertions, ==, 2);
  end_driver (driver);
}

static void
test_card_storm (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  CardCounts counts;
  MdgReader *reader;

  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  start_driver (driver);
  reader = find_reader (driver, ONE_ID);
  count_cards (reader, &counts);
  for (guint i = 0; i < 5000; i++)
    {
      fake_pcsc_insert (ONE, i % 2 ? atr : contact_atr, i % 2 ? sizeof atr : sizeof contact_atr);
      fake_pcsc_pull (ONE);
      if (i % 64 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  fake_pcsc_insert (ONE, atr, sizeof atr);
  wait_until (mdg_reader_get_present (reader) && mdg_reader_get_atr (reader) != NULL &&
              g_bytes_get_size (mdg_reader_get_atr (reader)) == sizeof atr);
  g_assert_cmpuint (counts.insertions, ==, counts.removals + 1);
  fake_pcsc_pull (ONE);
  wait_until (!mdg_reader_get_present (reader));
  end_driver (driver);
}

static void
test_reader_storm (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();

  fake_pcsc_reset ();
  start_driver (driver);
  for (guint i = 0; i < 1000; i++)
    {
      fake_pcsc_add_reader (ONE);
      if (i % 3 == 0)
        fake_pcsc_insert (ONE, atr, sizeof atr);
      fake_pcsc_remove_reader (ONE);
      if (i % 64 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  fake_pcsc_add_reader (ONE);
  fake_pcsc_add_reader (TWO);
  fake_pcsc_insert (TWO, atr, sizeof atr);
  wait_until (count_readers (driver) == 2 && has_reader_with_card (driver, TWO_ID));
  end_driver (driver);
}

static void
test_reader_problems (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  MdgReader *reader;

  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  start_driver (driver);
  reader = find_reader (driver, ONE_ID);
  g_assert_no_error (mdg_reader_get_problem (reader));
  fake_pcsc_set_mute (ONE, TRUE);
  wait_until (
      g_error_matches (mdg_reader_get_problem (reader), MDG_READER_ERROR, MDG_READER_ERROR_MUTE));
  fake_pcsc_set_mute (ONE, FALSE);
  wait_until (mdg_reader_get_problem (reader) == NULL);
  fake_pcsc_set_use (ONE, FAKE_EXCLUSIVE);
  wait_until (
      g_error_matches (mdg_reader_get_problem (reader), MDG_READER_ERROR, MDG_READER_ERROR_IN_USE));
  fake_pcsc_set_use (ONE, FAKE_FREE);
  wait_until (mdg_reader_get_problem (reader) == NULL);
  end_driver (driver);
}

/* Until the service is there again, whatever it is that tells of it. */
static void
expect_return (MdgReaderDriver *driver)
{
  gint64 begin = g_get_monotonic_time ();

  wait_until (has_reader_with_card (driver, ONE_ID) &&
              mdg_reader_driver_get_problem (driver) == NULL);
  g_test_message ("back after %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - begin) / 1000);
}

static void
test_service_gone_and_back (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  const char *file = g_getenv ("PCSCLITE_CSOCK_NAME");

  fake_pcsc_reset ();
  fake_pcsc_set_service (FALSE);
  start_driver (driver);
  wait_until (has_problem (driver, MDG_READER_ERROR_NO_SERVICE));
  fake_pcsc_add_reader (ONE);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  for (guint i = 0; i < 3; i++)
    {
      fake_pcsc_set_service (TRUE);
      g_assert_true (g_file_set_contents (file, "", 0, NULL));
      expect_return (driver);
      fake_pcsc_set_service (FALSE);
      g_unlink (file);
      wait_until (count_readers (driver) == 0);
      wait_until (has_problem (driver, MDG_READER_ERROR_NO_SERVICE));
    }
  /* the looks grow apart, and in the middle of a long pause the file brings it back at once */
  {
    guint before = fake_pcsc_count (FAKE_ESTABLISH);
    gint64 end;

    wait_until (fake_pcsc_count (FAKE_ESTABLISH) >= before + 6);
    before = fake_pcsc_count (FAKE_ESTABLISH);
    end = g_get_monotonic_time () + G_TIME_SPAN_SECOND;
    wait_until (g_get_monotonic_time () > end);
    g_assert_cmpuint (fake_pcsc_count (FAKE_ESTABLISH), ==, before);
    fake_pcsc_set_service (TRUE);
    g_assert_true (g_file_set_contents (file, "", 0, NULL));
    end = g_get_monotonic_time ();
    expect_return (driver);
    g_assert_cmpint (g_get_monotonic_time () - end, <, 300 * G_TIME_SPAN_MILLISECOND);
  }
  end_driver (driver);
  g_assert_cmpuint (fake_pcsc_count_contexts (), ==, 0);
  g_unlink (file);
}

/* A daemon that is started on demand is there again at once: nobody touches a file. */
static void
test_service_restarted (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();

  fake_pcsc_reset ();
  fake_pcsc_add_reader (ONE);
  fake_pcsc_insert (ONE, atr, sizeof atr);
  start_driver (driver);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (MdgReader) old = g_object_ref (find_reader (driver, ONE_ID));

      fake_pcsc_set_service (FALSE);
      fake_pcsc_set_service (TRUE);
      wait_until (has_reader_with_card (driver, ONE_ID) && find_reader (driver, ONE_ID) != old);
    }
  end_driver (driver);
}

/* A service that answers and fails at once, again and again, is not asked all the time. */
static void
test_service_broken (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  gint64 end;

  fake_pcsc_reset ();
  fake_pcsc_set_code (FAKE_LIST_READERS, FAKE_EVERY, 0x80100001);
  start_driver (driver);
  wait_until (mdg_reader_driver_get_problem (driver) != NULL);
  end = g_get_monotonic_time () + G_TIME_SPAN_SECOND;
  wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (fake_pcsc_count (FAKE_ESTABLISH), <, 12);
  end_driver (driver);
}

/* One that wakes for nothing, all the time, does not make us spin. */
static void
test_service_wakes_for_nothing (void)
{
  MdgReaderDriver *driver = make_pcsc_driver ();
  gint64 end;

  fake_pcsc_reset ();
  fake_pcsc_set_code (FAKE_GET_STATUS_CHANGE, FAKE_EVERY, 0x80100009);
  start_driver (driver);
  end = g_get_monotonic_time () + G_TIME_SPAN_SECOND;
  wait_until (g_get_monotonic_time () > end);
  g_assert_cmpuint (fake_pcsc_count (FAKE_GET_STATUS_CHANGE), <, 40);
  end_driver (driver);
}

static void
test_start_and_stop (void)
{
  for (guint i = 0; i < 100; i++)
    {
      MdgReaderDriver *driver = make_pcsc_driver ();
      g_autoptr (GError) error = NULL;
      gint64 begin;

      fake_pcsc_reset ();
      if (i % 3 == 1)
        fake_pcsc_set_service (FALSE);
      if (i % 3 == 2)
        fake_pcsc_add_reader (ONE);
      mdg_reader_driver_start (driver, &error);
      g_assert_no_error (error);
      if (i % 2 == 0)
        wait_until (mdg_reader_driver_get_ready (driver));
      begin = g_get_monotonic_time ();
      mdg_reader_driver_stop (driver);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 500 * G_TIME_SPAN_MILLISECOND);
      end_driver (driver);
      g_assert_cmpuint (fake_pcsc_count_contexts (), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("mdg-pcsc-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "socket", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("PCSCLITE_CSOCK_NAME", file, TRUE);
  g_test_add_func ("/pcsc/driver/readers-come-and-go", test_readers_come_and_go);
  g_test_add_func ("/pcsc/driver/ready-with-readers", test_ready_with_readers);
  g_test_add_func ("/pcsc/driver/no-polling", test_no_polling);
  g_test_add_func ("/pcsc/driver/fast-swap", test_fast_swap_is_two_reports);
  g_test_add_func ("/pcsc/driver/card-storm", test_card_storm);
  g_test_add_func ("/pcsc/driver/reader-storm", test_reader_storm);
  g_test_add_func ("/pcsc/driver/reader-problems", test_reader_problems);
  g_test_add_func ("/pcsc/driver/service-gone-and-back", test_service_gone_and_back);
  g_test_add_func ("/pcsc/driver/service-restarted", test_service_restarted);
  g_test_add_func ("/pcsc/driver/service-broken", test_service_broken);
  g_test_add_func ("/pcsc/driver/service-wakes-for-nothing", test_service_wakes_for_nothing);
  g_test_add_func ("/pcsc/driver/start-and-stop", test_start_and_stop);
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
