/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The base of drivers: monitor, restarts, readiness, stopping; and the manager's view of it. */
#include "config.h"

#include "mdg-fake-reader.h"

static void
on_failed_cb (MdgReaderDriver *driver, const GError *error, guint *failures)
{
  g_assert_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE);
  ++*failures;
}

static void
test_three_failures (void)
{
  g_autoptr (MdgFakeDriver) fake = mdg_fake_driver_new ("fail");
  MdgReaderDriver *driver = MDG_READER_DRIVER (fake);
  guint failures = 0;
  gint64 begin = g_get_monotonic_time ();

  g_signal_connect (driver, "failed", G_CALLBACK (on_failed_cb), &failures);
  g_assert_true (mdg_reader_driver_start (driver, NULL));
  mdg_test_wait_for (failures == 1);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, (20 + 40) * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (mdg_fake_driver_count_monitors (fake), ==, 3);
  g_assert_true (mdg_reader_driver_get_ready (driver));
  g_assert_error (mdg_reader_driver_get_problem (driver), MDG_READER_ERROR,
                  MDG_READER_ERROR_NO_SERVICE);
  mdg_reader_driver_stop (driver);
  g_assert_cmpuint (mdg_fake_driver_count_stops (fake), ==, 1);
  mdg_test_settle ();
  g_assert_cmpuint (failures, ==, 1);
}

/* Stopping during the pause does not wait for its end. */
static void
test_stop_during_pause (void)
{
  g_autoptr (MdgFakeDriver) fake = mdg_fake_driver_new ("fail");
  MdgReaderDriver *driver = MDG_READER_DRIVER (fake);
  gint64 begin;

  g_object_set (fake, "restart-delay", 1000, NULL);
  g_assert_true (mdg_reader_driver_start (driver, NULL));
  mdg_test_wait_for (mdg_reader_driver_get_problem (driver) != NULL);
  begin = g_get_monotonic_time ();
  mdg_reader_driver_stop (driver);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 500 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (mdg_fake_driver_count_monitors (fake), ==, 1);
  g_assert_no_error (mdg_reader_driver_get_problem (driver));
  mdg_test_settle ();
}

static void
test_start_fails (void)
{
  g_autoptr (MdgFakeDriver) fake = mdg_fake_driver_new ("start-fails");
  g_autoptr (GError) error = NULL;

  g_assert_false (mdg_reader_driver_start (MDG_READER_DRIVER (fake), &error));
  g_assert_error (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED);
  g_assert_cmpuint (mdg_fake_driver_count_monitors (fake), ==, 0);
  mdg_reader_driver_stop (MDG_READER_DRIVER (fake));
  g_assert_cmpuint (mdg_fake_driver_count_stops (fake), ==, 0);
}

static void
on_finalized_cb (gpointer data, GObject *where)
{
  *(GThread **) data = g_thread_self ();
}

static void
test_many_starts (void)
{
  MdgFakeDriver *fake = mdg_fake_driver_new ("idle");
  MdgReaderDriver *driver = MDG_READER_DRIVER (fake);
  GThread *where = NULL;

  g_object_weak_ref (G_OBJECT (fake), on_finalized_cb, &where);
  for (guint i = 0; i < 50; i++)
    {
      g_assert_true (mdg_reader_driver_start (driver, NULL));
      g_assert_true (mdg_reader_driver_start (driver, NULL));
      if (i % 2 == 0)
        mdg_test_wait_for (mdg_reader_driver_get_ready (driver));
      mdg_reader_driver_stop (driver);
      mdg_reader_driver_stop (driver);
      g_assert_false (mdg_reader_driver_get_ready (driver));
    }
  g_assert_cmpuint (mdg_fake_driver_count_stops (fake), ==, 50);
  mdg_test_settle ();
  g_assert_false (mdg_reader_driver_get_ready (driver));
  g_object_unref (fake);
  mdg_test_wait_for (where != NULL);
  g_assert_true (where == g_thread_self ());
}

/* A monitor that hangs is left alone, is not joined by a second one, and may come back. */
static void
test_hang (void)
{
  g_autoptr (MdgFakeDriver) fake = mdg_fake_driver_new ("hang");
  MdgReaderDriver *driver = MDG_READER_DRIVER (fake);
  g_autoptr (GError) error = NULL;

  g_assert_true (mdg_reader_driver_start (driver, NULL));
  mdg_test_wait_for (mdg_reader_driver_get_ready (driver));
  mdg_reader_driver_stop (driver);
  g_assert_cmpuint (mdg_fake_driver_count_stops (fake), ==, 0);
  g_assert_false (mdg_reader_driver_start (driver, &error));
  g_assert_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_START);
  mdg_fake_driver_release (fake);
  mdg_test_wait_for (mdg_reader_driver_start (driver, NULL));
  mdg_reader_driver_stop (driver);
  g_assert_cmpuint (mdg_fake_driver_count_stops (fake), ==, 1);
  mdg_test_settle ();
}

/* What was reported before a stop and has not taken effect yet never does. */
static void
test_stale_reports (void)
{
  g_autoptr (MdgFakeBench) bench = mdg_fake_bench_new ();
  g_autoptr (MdgFakeReader) reader = mdg_fake_reader_new ("late");

  mdg_reader_driver_add_reader (MDG_READER_DRIVER (bench->driver), MDG_READER (reader));
  mdg_fake_reader_insert (reader, NULL);
  mdg_plugin_host_stop (bench->host);
  mdg_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bench->manager)), ==, 0);
  g_assert_false (mdg_reader_get_present (MDG_READER (reader)));
}

static void
on_inserted_cb (MdgReaderManager *manager, MdgReader *reader, GString *text)
{
  g_string_append_printf (text, "+%s ", mdg_reader_get_id (reader));
}

static void
on_removed_cb (MdgReaderManager *manager, MdgReader *reader, GString *text)
{
  g_string_append_printf (text, "-%s ", mdg_reader_get_id (reader));
}

static void
test_manager_signals (void)
{
  g_autoptr (MdgFakeBench) bench = mdg_fake_bench_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (MdgFakeReader) a = NULL;
  g_autoptr (MdgFakeReader) b = mdg_fake_reader_new ("b");
  g_autoptr (MdgFakeReader) again = NULL;
  MdgReaderDriver *driver = MDG_READER_DRIVER (bench->driver);

  g_signal_connect (bench->manager, "card-inserted", G_CALLBACK (on_inserted_cb), text);
  g_signal_connect (bench->manager, "card-removed", G_CALLBACK (on_removed_cb), text);
  a = mdg_fake_bench_add_reader (bench, "a");
  /* a report before the reader is in the list is not lost */
  mdg_fake_reader_insert (b, NULL);
  mdg_reader_driver_add_reader (driver, MDG_READER (b));
  mdg_test_settle ();
  g_assert_cmpstr (text->str, ==, "+b ");
  mdg_fake_reader_insert (a, "3B00");
  mdg_fake_reader_insert (a, "3B01");
  mdg_fake_reader_insert (a, "3B01");
  mdg_fake_reader_remove (a);
  mdg_fake_reader_remove (a);
  mdg_fake_reader_insert (a, NULL);
  mdg_test_settle ();
  g_assert_cmpstr (text->str, ==, "+b +a -a +a -a +a ");
  /* a reader that goes takes its card along; the same id again is another reader */
  g_string_truncate (text, 0);
  mdg_reader_driver_remove_reader (driver, "b");
  mdg_reader_driver_remove_reader (driver, "b");
  mdg_reader_driver_remove_reader (driver, "never-there");
  again = mdg_fake_reader_new ("a");
  mdg_reader_driver_add_reader (driver, MDG_READER (again));
  mdg_reader_driver_add_reader (driver, MDG_READER (again));
  mdg_test_settle ();
  g_assert_cmpstr (text->str, ==, "-b -a ");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bench->manager)), ==, 1);
  g_assert_true (mdg_reader_manager_lookup (bench->manager, "a") == MDG_READER (again));
  g_assert_null (mdg_reader_manager_lookup (bench->manager, "b"));
}

static gpointer
report_main (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      mdg_fake_reader_insert (data, NULL);
      mdg_fake_reader_remove (data);
    }
  return NULL;
}

static void
on_count_cb (MdgReaderManager *manager, MdgReader *reader, guint *count)
{
  ++*count;
}

/* A thousand reports of another thread: each one arrives. */
static void
test_no_lost_signals (void)
{
  g_autoptr (MdgFakeBench) bench = mdg_fake_bench_new ();
  g_autoptr (MdgFakeReader) reader = mdg_fake_bench_add_reader (bench, "a");
  guint in = 0, out = 0;
  GThread *thread;

  g_signal_connect (bench->manager, "card-inserted", G_CALLBACK (on_count_cb), &in);
  g_signal_connect (bench->manager, "card-removed", G_CALLBACK (on_count_cb), &out);
  thread = g_thread_new ("reports", report_main, reader);
  mdg_test_wait_for (out == 500);
  g_thread_join (thread);
  g_assert_cmpuint (in, ==, 500);
  g_assert_cmpuint (mdg_reader_get_card_serial (MDG_READER (reader)), ==, 500);
}

/* The host's row of a driver whose monitor failed for good, and a second try. */
static void
test_stopped_plugin (void)
{
  const char *const nowhere[] = { NULL };
  g_autofree char *state_dir = g_dir_make_tmp ("mdg-driver-XXXXXX", NULL);
  g_autoptr (MdgPluginHost) host = mdg_plugin_host_new (nowhere, state_dir);
  g_autoptr (MdgReaderManager) manager = mdg_reader_manager_new (host);
  MdgPluginInfo *info;

  mdg_plugin_host_add_builtin (host, mdg_fake_driver_get_desc ());
  mdg_plugin_host_set_option (host, "fake", "restart-delay", "1");
  mdg_plugin_host_set_option (host, "fake", "mode", "fail");
  mdg_plugin_host_load (host, NULL);
  info = mdg_plugin_host_lookup (host, "fake");
  mdg_test_wait_for (mdg_plugin_info_get_state (info) == MDG_PLUGIN_STATE_FAILED);
  g_assert_error (mdg_plugin_info_get_error (info), MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_STOPPED);
  mdg_test_wait_for (mdg_reader_manager_get_settled (manager));
  g_assert_error (mdg_reader_manager_get_problem (manager), MDG_PLUGIN_ERROR,
                  MDG_PLUGIN_ERROR_STOPPED);
  mdg_plugin_host_set_option (host, "fake", "mode", "idle");
  mdg_plugin_host_retry (host, "fake");
  g_assert_cmpint (mdg_plugin_info_get_state (info), ==, MDG_PLUGIN_STATE_STARTED);
  g_assert_false (mdg_reader_manager_get_settled (manager));
  mdg_test_wait_for (mdg_reader_manager_get_settled (manager));
  g_assert_no_error (mdg_reader_manager_get_problem (manager));
  mdg_plugin_host_stop (host);
  mdg_test_settle ();
  mdg_test_remove_folder (state_dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/driver/three-failures", test_three_failures);
  g_test_add_func ("/driver/stop-during-pause", test_stop_during_pause);
  g_test_add_func ("/driver/start-fails", test_start_fails);
  g_test_add_func ("/driver/many-starts", test_many_starts);
  g_test_add_func ("/driver/hang", test_hang);
  g_test_add_func ("/driver/stale-reports", test_stale_reports);
  g_test_add_func ("/manager/signals", test_manager_signals);
  g_test_add_func ("/manager/no-lost-signals", test_no_lost_signals);
  g_test_add_func ("/manager/stopped-plugin", test_stopped_plugin);
  return g_test_run ();
}
