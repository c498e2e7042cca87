/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page of readers with a driver that does what the test tells it: readers come, go, are used
 * and have problems; drivers fail and are tried again; a test keeps the desk away. */
#include "config.h"

#include "mdg-driver-row.h"
#include "mdg-fake-reader.h"
#include "mdg-layout-audit.h"
#include "mdg-pages.h"
#include "mdg-problem.h"
#include "mdg-reader-row.h"
#include "mdg-reader-test-view.h"
#include "mdg-show.h"

typedef struct
{
  MdgFakeBench *bench;
  MdgReadersPage *page;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  fixture->bench = mdg_fake_bench_new ();
  page = mdg_readers_page_new (fixture->bench->manager, fixture->bench->host, FALSE);
  fixture->page = MDG_READERS_PAGE (page);
  fixture->window = mdg_show_window (page, 1280, 900);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  mdg_fake_bench_free (fixture->bench);
  mdg_test_window_set_text_size (100);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  g_autofree char *texts = mdg_show_texts (fixture->window);

  return strstr (texts, text) != NULL;
}

static MdgStateRow *
find_reader (Fixture *fixture, const char *name)
{
  return MDG_STATE_ROW (mdg_show_find (fixture->window, MDG_TYPE_READER_ROW, name));
}

/* Names are from outside: no markup, no control characters. */
static void
test_come_and_go (Fixture *fixture, gconstpointer data)
{
  MdgReaderDriver *driver = MDG_READER_DRIVER (fixture->bench->driver);
  g_autoptr (MdgFakeReader) a = mdg_fake_bench_add_reader (fixture->bench, "a");
  g_autoptr (MdgReader) b = g_object_new (MDG_TYPE_FAKE_READER, "id", "b", "name",
                                          "<b>X</b>\n\x1b[31m", "driver", "fake", NULL);

  g_assert_nonnull (find_reader (fixture, "Fake reader a"));
  mdg_reader_driver_add_reader (driver, b);
  mdg_test_wait_for (find_reader (fixture, "<b>X</b>") != NULL);
  g_assert_false (shows (fixture, "\x1b"));
  mdg_reader_driver_remove_reader (driver, "a");
  mdg_test_wait_for (find_reader (fixture, "Fake reader a") == NULL);
  g_assert_nonnull (find_reader (fixture, "<b>X</b>"));
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error =
      g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE, "");
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);
  MdgReaderDriver *driver = MDG_READER_DRIVER (fixture->bench->driver);

  g_assert_true (shows (fixture, "リーダーが見つかりません"));
  g_assert_true (shows (fixture, "コード R-04"));
  /* the driver's reason, and what to do, instead */
  mdg_reader_driver_report_problem (driver, error);
  mdg_test_wait_for (shows (fixture, mdg_problem_get_title (problem)));
  g_assert_true (shows (fixture, mdg_problem_get_advice (problem)));
  mdg_reader_driver_report_problem (driver, NULL);
  mdg_test_wait_for (shows (fixture, "リーダーが見つかりません"));
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgFakeReader) fake = mdg_fake_bench_add_reader (fixture->bench, "a");
  g_autoptr (GError) error = g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_IN_USE, "");
  MdgStateRow *row = find_reader (fixture, "Fake reader a");
  MdgReader *reader = MDG_READER (fake);

  g_assert_cmpstr (mdg_state_row_get_state_word (row), ==, "使えます");
  g_assert_true (shows (fixture, "拡張APDU：未確認"));
  g_assert_true (shows (fixture, "PINパッド：なし"));
  mdg_reader_set_extended (reader, MDG_EXTENDED_YES);
  mdg_reader_report_features (reader, MDG_READER_FEATURE_PIN_PAD | MDG_READER_FEATURE_CONTACTLESS);
  mdg_test_wait_for (shows (fixture, "拡張APDU：対応") && shows (fixture, "PINパッド：あり") &&
                     shows (fixture, "非接触：対応"));
  mdg_reader_report_problem (reader, error);
  mdg_test_wait_for (mdg_state_row_get_problem_code (row) != NULL);
  g_assert_cmpstr (mdg_state_row_get_problem_code (row), ==, "R-08");
  g_assert_cmpstr (mdg_state_row_get_state_word (row), ==, "使えません");
  mdg_reader_report_problem (reader, NULL);
  mdg_test_wait_for (mdg_state_row_get_problem_code (row) == NULL);
  g_assert_cmpstr (mdg_state_row_get_state_word (row), ==, "使えます");
}

static gpointer
run_nothing (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return NULL;
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgFakeReader) fake = mdg_fake_bench_add_reader (fixture->bench, "a");
  MdgStateRow *row = find_reader (fixture, "Fake reader a");

  mdg_fake_bench_insert (fake, "3B00");
  mdg_fake_reader_block_connect (fake);
  mdg_reader_run_async (MDG_READER (fake), 0, run_nothing, NULL, NULL, NULL, NULL, NULL, NULL);
  mdg_test_wait_for (g_str_equal (mdg_state_row_get_state_word (row), "使用中"));
  mdg_fake_reader_wait_blocked (fake);
  mdg_fake_reader_release (fake);
  mdg_test_wait_for (g_str_equal (mdg_state_row_get_state_word (row), "使えます"));
}

/* A driver that failed says why, and is started once more by its button. */
static void
test_retry (void)
{
  g_autofree char *state_dir = g_dir_make_tmp ("mdg-readers-XXXXXX", NULL);
  static const char *const nowhere[] = { NULL };
  g_autoptr (MdgPluginHost) host = mdg_plugin_host_new (nowhere, state_dir);
  g_autoptr (MdgReaderManager) manager = NULL;
  GtkWidget *page, *window, *row;

  mdg_plugin_host_add_builtin (host, mdg_fake_driver_get_desc ());
  mdg_plugin_host_set_option (host, "fake", "mode", "start-fails");
  manager = mdg_reader_manager_new (host);
  mdg_plugin_host_load (host, NULL);
  page = mdg_readers_page_new (manager, host, FALSE);
  window = mdg_show_window (page, 360, 800);
  row = mdg_show_find (window, MDG_TYPE_DRIVER_ROW, NULL);
  mdg_test_wait_for (mdg_state_row_get_problem_code (MDG_STATE_ROW (row)) != NULL);
  g_assert_cmpstr (mdg_state_row_get_state_word (MDG_STATE_ROW (row)), ==, "使えません");
  g_assert_cmpstr (mdg_state_row_get_problem_code (MDG_STATE_ROW (row)), ==, "P-07");
  mdg_plugin_host_set_option (host, "fake", "mode", "idle");
  g_signal_emit_by_name (mdg_show_find (row, GTK_TYPE_BUTTON, "もう一度試す"), "clicked");
  mdg_test_wait_for (mdg_state_row_get_problem_code (MDG_STATE_ROW (row)) == NULL);
  g_assert_cmpstr (mdg_state_row_get_state_word (MDG_STATE_ROW (row)), ==, "動いています");
  gtk_window_destroy (GTK_WINDOW (window));
  mdg_plugin_host_stop (host);
  mdg_test_remove_folder (state_dir);
}

typedef struct
{
  guint told;
  guint connects_at_start; /* what the reader had done when "testing" was told */
  MdgFakeReader *reader;
} Watch;

static void
on_testing_cb (GObject *page, GParamSpec *pspec, Watch *watch)
{
  g_autofree char *log = mdg_fake_reader_get_log (watch->reader);

  if (watch->told++ == 0)
    watch->connects_at_start = (guint) strlen (log);
}

/* The desk is told before the first command, and again when the person goes back. */
static void
test_testing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgFakeReader) fake = mdg_fake_bench_add_reader (fixture->bench, "a");
  MdgStateRow *row = find_reader (fixture, "Fake reader a");
  Watch watch = { .reader = fake };
  MdgReaderTestView *view;
  gboolean testing;

  g_signal_connect (fixture->page, "notify::testing", G_CALLBACK (on_testing_cb), &watch);
  mdg_fake_bench_insert (fake, "3B00");
  g_signal_emit_by_name (row, "clicked");
  g_object_get (fixture->page, "testing", &testing, NULL);
  g_assert_true (testing);
  g_assert_cmpuint (watch.told, ==, 1);
  g_assert_cmpuint (watch.connects_at_start, ==, 0);
  view = MDG_READER_TEST_VIEW (mdg_show_find (fixture->window, MDG_TYPE_READER_TEST_VIEW, NULL));
  g_assert_nonnull (mdg_reader_test_view_get_test (view));
  for (guint i = 0; i < MDG_READER_TEST_N_STEPS; i++)
    g_assert_true (shows (fixture, mdg_reader_test_get_step_title (i)));
  mdg_show_settle (fixture->window);
  g_signal_emit_by_name (mdg_show_find (GTK_WIDGET (view), GTK_TYPE_BUTTON, NULL), "clicked");
  g_object_get (fixture->page, "testing", &testing, NULL);
  g_assert_false (testing);
  g_assert_cmpuint (watch.told, ==, 2);
  g_assert_null (mdg_show_find (fixture->window, MDG_TYPE_READER_TEST_VIEW, NULL));
  mdg_test_settle ();
}

/* Who goes to another place has ended the test. */
static void
test_leave (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgFakeReader) fake = mdg_fake_bench_add_reader (fixture->bench, "a");
  gboolean testing;

  g_signal_emit_by_name (find_reader (fixture, "Fake reader a"), "clicked");
  g_object_get (fixture->page, "testing", &testing, NULL);
  g_assert_true (testing);
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), FALSE);
  g_object_get (fixture->page, "testing", &testing, NULL);
  g_assert_false (testing);
  gtk_widget_set_visible (GTK_WIDGET (fixture->page), TRUE);
  mdg_show_settle (fixture->window);
  g_assert_null (mdg_show_find (fixture->window, MDG_TYPE_READER_TEST_VIEW, NULL));
  mdg_test_settle ();
}

/* A card that answers nothing of the kind: the test ends with its verdict and what to do with it */
static void
test_verdict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgFakeReader) fake = mdg_fake_bench_add_reader (fixture->bench, "a");
  GtkWidget *view;
  MdgReaderTest *test;
  g_autofree char *verdict = NULL;

  mdg_fake_bench_insert (fake, "3B00");
  g_signal_emit_by_name (find_reader (fixture, "Fake reader a"), "clicked");
  view = mdg_show_find (fixture->window, MDG_TYPE_READER_TEST_VIEW, NULL);
  test = mdg_reader_test_view_get_test (MDG_READER_TEST_VIEW (view));
  mdg_test_wait_for (mdg_reader_test_get_outcome (test) == MDG_READER_TEST_BAD);
  mdg_test_wait_for (
      gtk_widget_get_visible (mdg_show_find (view, GTK_TYPE_BUTTON, "結果をコピー")));
  verdict = mdg_reader_test_get_verdict (test);
  g_assert_true (shows (fixture, verdict));
  g_assert_true (shows (fixture, "不良"));
  mdg_test_window_take_picture (fixture->window, "readers-page", "reader-test-bad");
}

/* No text is cut, over another, or broken inside a word. */
static void
check_layout (Fixture *fixture)
{
  g_autoptr (GPtrArray) found = NULL;

  mdg_show_settle (fixture->window);
  found = mdg_layout_audit (fixture->window);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (found, i));
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_width (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgFakeReader) a = mdg_fake_bench_add_reader (fixture->bench, "a");
  int minimum;

  mdg_test_window_take_picture (fixture->window, "readers-page", "readers");
  check_layout (fixture);
  mdg_test_window_set_text_size (200);
  mdg_show_settle (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  check_layout (fixture);
  g_signal_emit_by_name (find_reader (fixture, "Fake reader a"), "clicked");
  mdg_show_settle (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  check_layout (fixture);
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  g_test_add ("/readers-page/come-and-go", Fixture, NULL, set_up, test_come_and_go, tear_down);
  g_test_add ("/readers-page/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/readers-page/state", Fixture, NULL, set_up, test_state, tear_down);
  g_test_add ("/readers-page/busy", Fixture, NULL, set_up, test_busy, tear_down);
  g_test_add_func ("/readers-page/retry", test_retry);
  g_test_add ("/readers-page/testing", Fixture, NULL, set_up, test_testing, tear_down);
  g_test_add ("/readers-page/leave", Fixture, NULL, set_up, test_leave, tear_down);
  g_test_add ("/readers-page/verdict", Fixture, NULL, set_up, test_verdict, tear_down);
  g_test_add ("/readers-page/width", Fixture, NULL, set_up, test_width, tear_down);
  return g_test_run ();
}
