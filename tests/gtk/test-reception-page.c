/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 窓口 with a desk behind it: the scene, the problem with its code, the answer that comes and goes;
 * and the other ways, whose statement is printed. */
#include "config.h"

#include "mdg-answer-page.h"
#include "mdg-desk-bench.h"
#include "mdg-layout-audit.h"
#include "mdg-paper-kinds.h"
#include "mdg-reception-page.h"
#include "mdg-scene-view.h"
#include "mdg-test-window.h"
#include "mdg-widgets.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  MdgDeskBench *bench;
  MdgReception *reception;
  MdgPreferences *preferences;
  GtkWidget *page;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->bench = mdg_desk_bench_new (1, NULL);
  fixture->reception = mdg_reception_new (fixture->bench->desk);
  fixture->preferences = mdg_preferences_new (NULL, &error);
  g_assert_no_error (error);
  fixture->page = mdg_reception_page_new (fixture->reception, fixture->preferences);
  mdg_reception_page_set_readers (MDG_RECEPTION_PAGE (fixture->page),
                                  fixture->bench->readers->manager);
  fixture->window = mdg_test_window_new (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  mdg_test_window_settle ();
  g_object_unref (fixture->reception);
  g_object_unref (fixture->preferences);
  mdg_desk_bench_free (fixture->bench);
}

static const char *
get_foot (Fixture *fixture)
{
  GtkWidget *foot = mdg_test_window_find_class (fixture->window, "mdg-foot");
  GtkWidget *label = foot != NULL ? mdg_test_window_find_type (foot, GTK_TYPE_LABEL) : NULL;

  g_assert_nonnull (label);
  return gtk_label_get_text (GTK_LABEL (label));
}

static void
give_pin (Fixture *fixture)
{
  for (const char *digit = MDG_BENCH_PIN; *digit != '\0'; digit++)
    g_assert_true (mdg_reception_push_digit (fixture->reception, *digit));
  g_assert_true (mdg_reception_submit_pin (fixture->reception));
}

/* From the card to the answer, which has the focus, and back: nothing of the person stays. */
static void
test_answer (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus, *answer;

  mdg_test_window_take_picture (fixture->window, "page", "waiting");
  mdg_desk_bench_insert (fixture->bench, 0, NULL);
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_test_window_settle ();
  g_assert_nonnull (mdg_test_window_find_type (fixture->window, MDG_TYPE_PIN_PAD));
  mdg_test_window_take_picture (fixture->window, "page", "pin");
  give_pin (fixture);
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_SHOWING);
  mdg_test_window_settle ();
  mdg_test_window_take_picture (fixture->window, "page", "answer");
  answer = mdg_test_window_find_type (fixture->window, MDG_TYPE_ANSWER_PAGE);
  g_assert_nonnull (answer);
  g_assert_nonnull (mdg_answer_page_get_view (MDG_ANSWER_PAGE (answer)));
  g_assert_null (mdg_test_window_find_type (fixture->window, MDG_TYPE_SCENE_VIEW));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_has_css_class (focus, "mdg-verdict") ||
                 gtk_widget_get_ancestor (focus, MDG_TYPE_ANSWER_PAGE) != NULL);
  mdg_reception_activate (fixture->reception, MDG_ACTION_DISMISS);
  g_assert_null (mdg_answer_page_get_view (MDG_ANSWER_PAGE (answer)));
  mdg_test_window_settle ();
  g_assert_null (mdg_test_window_find_type (fixture->window, MDG_TYPE_ANSWER_PAGE));
  g_assert_nonnull (mdg_test_window_find_type (fixture->window, MDG_TYPE_SCENE_VIEW));
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgProblem) problem = NULL;

  mdg_desk_bench_insert (fixture->bench, 0, "no-jpki");
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_PROBLEM);
  mdg_test_window_settle ();
  mdg_test_window_take_picture (fixture->window, "page", "problem");
  problem = mdg_problem_ref (mdg_desk_get_problem (fixture->bench->desk));
  g_assert_nonnull (mdg_test_window_find_text (fixture->window, mdg_problem_get_title (problem)));
  g_assert_nonnull (mdg_test_window_find_text (fixture->window, mdg_problem_get_code (problem)));
  mdg_reception_activate (fixture->reception, MDG_ACTION_DISMISS);
  mdg_test_window_settle ();
  g_assert_null (mdg_test_window_find_text (fixture->window, mdg_problem_get_code (problem)));
}

static void
test_foot (Fixture *fixture, gconstpointer data)
{
  const MdgBenchCard *card = fixture->bench->cards->pdata[0];

  g_assert_nonnull (strstr (get_foot (fixture), mdg_reader_get_name (MDG_READER (card->reader))));
  g_assert_true (g_str_has_suffix (get_foot (fixture), "● 使えます"));
  mdg_desk_bench_unplug (fixture->bench, 0);
  mdg_test_window_settle ();
  g_assert_true (g_str_has_prefix (get_foot (fixture), "リーダー: ✕"));
  mdg_test_window_take_picture (fixture->window, "page", "no-reader");
}

static void
test_width (Fixture *fixture, gconstpointer data)
{
  for (int percent = 100; percent <= 200; percent += 100)
    {
      int minimum;

      mdg_test_window_set_text_size (percent);
      mdg_test_window_settle ();
      gtk_widget_measure (fixture->page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                          NULL);
      if (minimum > 360)
        mdg_test_window_tell_wide (fixture->page, 324);
      g_assert_cmpint (minimum, <=, 360);
    }
  mdg_test_window_set_text_size (100);
}

static gboolean
on_given_up_cb (gpointer data)
{
  g_error ("nothing was printed");
  return G_SOURCE_REMOVE;
}

static void
test_fallback (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mdg-print-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "statement.pdf", NULL);
  g_autofree char *bytes = NULL;
  GtkWidget *page = mdg_fallback_page_new ("架空クリニック", TRUE);
  GtkWidget *window = mdg_test_window_new (page);
  GtkWidget *label = mdg_test_window_find_text (window, "申立書を印刷する");
  guint given_up;

  g_assert_no_error (error);
  mdg_test_window_take_picture (window, "page", "fallback");
  g_assert_nonnull (label);
  g_setenv ("MADOGUCHI_PRINT_FILE", path, TRUE);
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  given_up = g_timeout_add_seconds (30, on_given_up_cb, NULL);
  while (bytes == NULL || !g_str_has_prefix (bytes, "%PDF"))
    {
      g_clear_pointer (&bytes, g_free);
      g_main_context_iteration (NULL, FALSE);
      if (!g_file_get_contents (path, &bytes, NULL, NULL))
        g_clear_pointer (&bytes, g_free);
    }
  g_source_remove (given_up);
  gtk_window_destroy (GTK_WINDOW (window));
  mdg_test_window_settle ();
  g_unsetenv ("MADOGUCHI_PRINT_FILE");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
on_print_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static guint
count_previews (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "preview") && g_str_has_suffix (name, ".pdf"))
      n++;
  return n;
}

/* GTK's preview leaves what it shows in a file, for another program. */
static void
test_no_preview (void)
{
  MdgStatementFields fields = { .name = "練習　太郎" };
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (&fields, TRUE);
  g_autoptr (GtkPrintOperation) operation = mdg_print_operation_new (paper);
  GtkWidget *window = mdg_test_window_new (gtk_label_new (""));
  gboolean done = FALSE;
  guint before = count_previews ();
  guint given_up = g_timeout_add_seconds (30, on_given_up_cb, NULL);

  g_signal_connect (operation, "done", G_CALLBACK (on_print_done_cb), &done);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PREVIEW, GTK_WINDOW (window),
                           NULL);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (given_up);
  g_assert_cmpuint (count_previews (), ==, before);
  gtk_window_destroy (GTK_WINDOW (window));
  mdg_test_window_settle ();
}

static void
test_fallback_width (void)
{
  GtkWidget *page = mdg_fallback_page_new (NULL, FALSE);
  GtkWidget *window = mdg_test_window_new (page);

  gtk_window_set_default_size (GTK_WINDOW (window), 360, 720);
  for (int percent = 100; percent <= 200; percent += 100)
    {
      g_autoptr (GPtrArray) found = NULL;
      int minimum;

      mdg_test_window_set_text_size (percent);
      mdg_test_window_settle ();
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, 360);
      mdg_test_window_take_picture (window, "page",
                                    percent == 100 ? "fallback-narrow" : "fallback-narrow-200");
      found = mdg_layout_audit (window);
      for (guint i = 0; i < found->len; i++)
        g_test_message ("%d%%: %s", percent, (const char *) found->pdata[i]);
      g_assert_cmpuint (found->len, ==, 0);
    }
  mdg_test_window_set_text_size (100);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The dialog that stands over @parent: (nullable) */
static GtkWidget *
find_dialog (GtkWidget *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) &&
          gtk_window_get_transient_for (window) == GTK_WINDOW (parent))
        return GTK_WIDGET (window);
    }
  return NULL;
}

static void
test_print_failure (void)
{
  MdgStatementFields fields = { .institution_name = "架空クリニック" };
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (&fields, TRUE);
  GtkWidget *window = mdg_test_window_new (gtk_label_new ("窓口"));
  guint given_up = g_timeout_add_seconds (30, on_given_up_cb, NULL);
  GtkWidget *dialog;

  g_setenv ("MADOGUCHI_PRINT_FILE", "/nonexistent/statement.pdf", TRUE);
  g_test_expect_message ("MdgGtk", G_LOG_LEVEL_WARNING, "a page was not printed: *");
  mdg_print_paper (GTK_WINDOW (window), paper);
  while ((dialog = find_dialog (window)) == NULL)
    g_main_context_iteration (NULL, FALSE);
  g_test_assert_expected_messages ();
  g_source_remove (given_up);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "印刷できませんでした。");
  g_unsetenv ("MADOGUCHI_PRINT_FILE");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  add ("/reception-page/answer", test_answer);
  add ("/reception-page/problem", test_problem);
  add ("/reception-page/foot", test_foot);
  add ("/reception-page/width", test_width);
  g_test_add_func ("/reception-page/fallback", test_fallback);
  g_test_add_func ("/reception-page/no-preview", test_no_preview);
  g_test_add_func ("/reception-page/fallback-width", test_fallback_width);
  g_test_add_func ("/reception-page/print-failure", test_print_failure);
  return g_test_run ();
}
