/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 本日の受付: rows without names, details after a click and audited, gone when closed, deleted
 * after a question; a long list is quick; and what comes from the file may be anything. */
#include "config.h"

#include "mdg-answer-page.h"
#include "mdg-desk-answer.h"
#include "mdg-show.h"
#include "mdg-visit-row.h"
#include "visit-bench.h"

typedef struct
{
  VisitBench bench;
  GtkWidget *page;
  GtkWidget *window;
} Fixture;

static GBytes *
make_detail (guint number)
{
  g_autoptr (MdgOqsMessage) message = mdg_show_message (number);
  g_autoptr (GDateTime) when = g_date_time_new_local (2026, 11, 23, 10, 15, 32);
  g_autoptr (MdgDeskAnswer) answer =
      mdg_desk_answer_new (message, number % 2 == 0 ? MDG_DESK_METHOD_VISUAL : MDG_DESK_METHOD_PIN,
                           TRUE, "reader", when, &(MdgExchange){ 0 }, &(MdgDeskTiming){ 0 });

  return mdg_visit_detail_new (answer);
}

static void
on_added_cb (GObject *log, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mdg_visit_log_add_finish (MDG_VISIT_LOG (log), result, &error), !=, 0);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
add_visit (Fixture *f, guint number, const char *verdict, const char *initials, GBytes *detail)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  MdgVisitRecord record = { now,
                            verdict,
                            initials,
                            g_str_equal (verdict, "problem") ? "N-02" : "",
                            number % 2 == 0 ? "visual" : "pin",
                            TRUE,
                            detail };
  gboolean added = FALSE;

  mdg_visit_log_add_async (f->bench.log, &record, NULL, on_added_cb, &added);
  while (!added)
    g_main_context_iteration (NULL, TRUE);
}

static void
add_people (Fixture *f)
{
  static const guint people[] = { 1, 2, 28, 29, 30, 25, 24 };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      MdgAnswerView *view = mdg_show_view (people[i]);
      g_autoptr (GBytes) detail = make_detail (people[i]);
      const MdgAnswerCoverage *coverage =
          view->coverages->len > 0 ? view->coverages->pdata[0] : NULL;

      add_visit (f, people[i], mdg_oqs_verdict_to_string (view->verdict),
                 coverage != NULL ? coverage->initials : "", detail);
      mdg_answer_view_free (view);
    }
  add_visit (f, 1, "problem", "", NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  visit_bench_set_up (&f->bench, NULL);
  f->bench.log = visit_bench_open (f->bench.path, f->bench.secrets, 0, &error);
  g_assert_no_error (error);
  mdg_visit_log_set_who (f->bench.log, "受付1");
  f->page = mdg_today_page_new (NULL);
  f->window = mdg_show_window (f->page, 1280, 800);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), NULL);
  gtk_window_destroy (GTK_WINDOW (f->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  visit_bench_tear_down (&f->bench, NULL);
}

static const char *
get_place (Fixture *f)
{
  return gtk_stack_get_visible_child_name (
      GTK_STACK (mdg_show_find (f->page, GTK_TYPE_STACK, NULL)));
}

static void
wait_place (Fixture *f, const char *name)
{
  while (!g_str_equal (get_place (f), name))
    g_main_context_iteration (NULL, TRUE);
  mdg_show_settle (f->window);
}

/* what a click or Enter does */
static void
activate (Fixture *f, guint position)
{
  g_signal_emit_by_name (mdg_show_find (f->page, GTK_TYPE_LIST_VIEW, NULL), "activate", position);
}

static guint
count_audit (Fixture *f, const char *action)
{
  g_autoptr (GPtrArray) lines = NULL;
  guint n = 0;

  visit_bench_settle (f->bench.log);
  lines = visit_bench_load_audit (f->bench.log);
  for (guint i = 0; i < lines->len; i++)
    n += g_str_equal (((MdgAuditLine *) lines->pdata[i])->action, action);
  return n;
}

static void
test_list (Fixture *f, gconstpointer data)
{
  g_autofree char *texts = NULL, *none = NULL;

  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  g_assert_cmpstr (get_place (f), ==, "empty");
  mdg_test_window_take_picture (f->window, "today-page", "today-empty");
  add_people (f);
  wait_place (f, "list");
  mdg_test_window_take_picture (f->window, "today-page", "today-list");
  texts = mdg_show_visible_texts (f->page);
  g_assert_nonnull (strstr (texts, "本日分だけを保管します"));
  g_assert_nonnull (strstr (texts, "無効（新しい資格あり）"));
  g_assert_nonnull (strstr (texts, "確認できず N-02"));
  g_assert_nonnull (strstr (texts, "目視確認"));
  g_assert_null (strstr (texts, "太郎"));
  g_assert_null (strstr (texts, "1000002"));
  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), NULL);
  none = mdg_show_texts (f->page);
  g_assert_null (strstr (none, "無効（新しい資格あり）"));
}

static void
test_detail (Fixture *f, gconstpointer data)
{
  g_autofree char *before = NULL, *shown = NULL, *after = NULL;
  MdgAnswerView *view = mdg_show_view (2);
  const MdgAnswerCoverage *coverage = view->coverages->pdata[0];
  GtkWidget *answer;

  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  add_people (f);
  wait_place (f, "list");
  before = mdg_show_texts (f->page);
  g_assert_null (strstr (before, coverage->name));
  g_assert_cmpuint (count_audit (f, "look"), ==, 0);

  activate (f, 6); /* the second that was added */
  wait_place (f, "detail");
  shown = mdg_show_visible_texts (f->page);
  g_assert_nonnull (strstr (shown, coverage->name));
  g_assert_nonnull (strstr (shown, "練習"));
  g_assert_null (strstr (shown, "画面を消す"));
  mdg_test_window_take_picture (f->window, "today-page", "today-detail");
  g_assert_cmpint (gtk_widget_get_height (mdg_show_find (f->page, MDG_TYPE_ANSWER_PAGE, NULL)), >,
                   600);
  g_assert_cmpuint (count_audit (f, "look"), ==, 1);

  answer = mdg_show_find (f->page, MDG_TYPE_ANSWER_PAGE, NULL);
  g_assert_true (gtk_widget_activate_action (answer, "answer.copy-all", NULL));
  g_assert_true (gtk_widget_activate_action (answer, "answer.copy-table", NULL));
  g_assert_cmpuint (count_audit (f, "copy"), ==, 2);

  g_assert_true (gtk_widget_activate_action (f->page, "today.back", NULL));
  g_assert_cmpstr (get_place (f), ==, "list");
  after = mdg_show_texts (f->page);
  g_assert_null (strstr (after, coverage->name));
  g_assert_null (strstr (after, "01999994"));
  mdg_answer_view_free (view);
}

/* the lock comes while the detail is on its way */
static void
test_hidden_meanwhile (Fixture *f, gconstpointer data)
{
  g_autofree char *texts = NULL;

  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  add_people (f);
  wait_place (f, "list");
  activate (f, 7);
  mdg_today_page_hide_details (MDG_TODAY_PAGE (f->page));
  visit_bench_settle (f->bench.log);
  g_assert_cmpstr (get_place (f), ==, "list");
  texts = mdg_show_texts (f->page);
  g_assert_null (strstr (texts, "太郎"));
  /* of two, the last one is shown */
  activate (f, 7);
  activate (f, 6);
  wait_place (f, "detail");
  visit_bench_settle (f->bench.log);
  g_free (texts);
  texts = mdg_show_texts (f->page);
  g_assert_null (strstr (texts, "太郎"));
  g_assert_nonnull (strstr (texts, "花子"));
}

static void
test_problem (Fixture *f, gconstpointer data)
{
  g_autofree char *texts = NULL;

  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  add_people (f);
  wait_place (f, "list");
  activate (f, 0);
  wait_place (f, "detail");
  texts = mdg_show_visible_texts (f->page);
  g_assert_nonnull (strstr (texts, "この受付の内容は保管していません"));
}

static void
test_audit (Fixture *f, gconstpointer data)
{
  g_autofree char *texts = NULL;

  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  add_people (f);
  wait_place (f, "list");
  activate (f, 7);
  wait_place (f, "detail");
  g_assert_true (gtk_widget_activate_action (f->page, "today.audit", NULL));
  wait_place (f, "audit");
  mdg_test_window_take_picture (f->window, "today-page", "today-audit");
  texts = mdg_show_visible_texts (f->page);
  g_assert_nonnull (strstr (texts, "表示　受付1"));
  g_assert_nonnull (strstr (texts, "資格確認　受付1"));
  g_assert_null (strstr (texts, "太郎"));
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
answer_dialog (Fixture *f, const char *response)
{
  GtkWidget *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  g_signal_emit_by_name (mdg_show_find (dialog, GTK_TYPE_BUTTON, response), "clicked");
  while (find_dialog () != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  add_people (f);
  wait_place (f, "list");
  activate (f, 7);
  wait_place (f, "detail");
  g_assert_true (gtk_widget_activate_action (f->page, "today.delete", NULL));
  answer_dialog (f, "やめる");
  mdg_show_settle (f->window);
  g_assert_cmpuint (visit_bench_count (f->bench.log), ==, 8);
  g_assert_cmpstr (get_place (f), ==, "detail");

  g_assert_true (gtk_widget_activate_action (f->page, "today.delete", NULL));
  answer_dialog (f, "削除");
  wait_place (f, "list");
  g_assert_cmpuint (visit_bench_count (f->bench.log), ==, 7);

  g_assert_true (gtk_widget_activate_action (f->page, "today.delete-all", NULL));
  answer_dialog (f, "削除");
  wait_place (f, "empty");
  g_assert_cmpuint (visit_bench_count (f->bench.log), ==, 0);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = MDG_IS_VISIT_ROW (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static void
on_added_of_many_cb (GObject *log, GAsyncResult *result, gpointer data)
{
  *(guint *) data -= 1;
}

/* 5,000 checks: rows for those that are seen, not for all */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  MdgVisitRecord record = { now, "valid", "試.太.", "", "pin", TRUE, NULL };
  guint left = 5000;
  gint64 start, painted;

  for (guint i = left; i > 0; i--)
    mdg_visit_log_add_async (f->bench.log, &record, NULL, on_added_of_many_cb, &left);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (visit_bench_count (f->bench.log), ==, 5000);
  start = g_get_monotonic_time ();
  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  painted = mdg_show_frame (f->window);
  g_test_message ("5,000 checks painted in %.1f ms, %u rows", (double) (painted - start) / 1000,
                  count_rows (f->page));
  g_assert_cmpuint (count_rows (f->page), <, 400);
}

static void
test_narrow (Fixture *f, gconstpointer data)
{
  static const char *const places[] = { "empty", "list", "detail", "audit" };
  int minimum;

  gtk_window_set_default_size (GTK_WINDOW (f->window), 360, 720);
  mdg_test_window_set_text_size (200);
  mdg_today_page_set_log (MDG_TODAY_PAGE (f->page), f->bench.log);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *name = g_strdup_printf ("today-narrow-%s", places[i]);

      if (i == 1)
        add_people (f);
      else if (i == 2)
        activate (f, 7);
      else if (i == 3)
        g_assert_true (gtk_widget_activate_action (f->page, "today.audit", NULL));
      wait_place (f, places[i]);
      gtk_widget_measure (f->page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      mdg_test_window_take_picture (f->window, "today-page", name);
      g_assert_cmpint (minimum, <=, 360);
    }
  mdg_test_window_set_text_size (100);
}

/* === what is kept of a visit === */

static void
test_detail_round_trip (void)
{
  for (guint i = 1; i <= MDG_SHOW_PEOPLE; i++)
    {
      g_autoptr (GBytes) detail = make_detail (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgAnswerView) view = NULL, other = mdg_show_view (i);

      view = mdg_visit_detail_to_view (detail, mdg_desk_language (), MDG_CALENDAR_ERA, &error);
      g_assert_no_error (error);
      g_assert_true (view->practice);
      g_assert_cmpstr (view->title, ==, other->title);
      g_assert_cmpstr (view->checked_at, ==, "10:15:32");
      g_assert_cmpuint (view->coverages->len, ==, other->coverages->len);
      if (i % 2 == 1)
        {
          g_autofree char *text = mdg_answer_view_to_text (view);
          g_autofree char *expected = mdg_answer_view_to_text (other);

          g_assert_cmpstr (text, ==, expected);
        }
    }
}

static void
assert_refused (GVariant *variant)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (variant);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (owned);
  g_autoptr (GError) error = NULL;

  g_assert_null (mdg_visit_detail_to_view (bytes, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_detail_hostile (void)
{
  static const char *const good[] = { "pin", NULL }, *const unknown[] = { "anything", NULL };
  static const char *const many[] = { "pin", "pin", "pin", "pin", "pin",
                                      "pin", "pin", "pin", "pin", NULL };
  static const char *const formats[] = { "", "(", "{}", "[1]", "{\"XmlMsg\":1}" };
  g_autoptr (GBytes) detail = make_detail (1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  g_autoptr (MdgOqsMessage) message = mdg_show_message (1);
  g_autofree char *json = mdg_oqs_message_to_json (message);
  gsize size = g_bytes_get_size (detail);
  gint64 now = G_GINT64_CONSTANT (1795000000000000);
  g_autoptr (GVariant) fair =
      g_variant_ref_sink (g_variant_new ("(ybxy^as^ass)", 1, TRUE, now, 0, good, good, json));
  g_autoptr (GBytes) fair_bytes = g_variant_get_data_as_bytes (fair);
  g_autoptr (MdgAnswerView) view =
      mdg_visit_detail_to_view (fair_bytes, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA, NULL);

  g_assert_nonnull (view);
  assert_refused (g_variant_new ("(ybxy^as^ass)", 2, TRUE, now, 0, good, good, json));
  assert_refused (g_variant_new ("(ybxy^as^ass)", 1, TRUE, now, 2, good, good, json));
  assert_refused (g_variant_new ("(ybxy^as^ass)", 1, TRUE, G_MAXINT64, 0, good, good, json));
  assert_refused (g_variant_new ("(ybxy^as^ass)", 1, TRUE, G_MININT64, 0, good, good, json));
  assert_refused (g_variant_new ("(ybxy^as^ass)", 1, TRUE, now, 0, unknown, good, json));
  assert_refused (g_variant_new ("(ybxy^as^ass)", 1, TRUE, now, 0, good, many, json));
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    assert_refused (g_variant_new ("(ybxy^as^ass)", 1, TRUE, now, 0, good, good, formats[i]));
  assert_refused (g_variant_new ("(ys)", 1, json));
  /* cut, and with one byte changed: refused or read, never more than that */
  for (gsize i = 0; i < size; i += i < 64 ? 1 : 97)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (detail, 0, i);

      g_assert_null (mdg_visit_detail_to_view (cut, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA, NULL));
    }
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (detail, NULL), size);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (MdgAnswerView) maybe = NULL;
      gsize at = i % 2 == 0 ? (gsize) g_rand_int_range (rand, 0, 64)
                            : (gsize) g_rand_int_range (rand, 0, (gint32) size);

      data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      changed = g_bytes_new (data, size);
      maybe = mdg_visit_detail_to_view (changed, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA, NULL);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  g_test_add_func ("/visit-detail/round-trip", test_detail_round_trip);
  g_test_add_func ("/visit-detail/hostile", test_detail_hostile);
  ADD ("/today-page/list", test_list);
  ADD ("/today-page/detail", test_detail);
  ADD ("/today-page/hidden-meanwhile", test_hidden_meanwhile);
  ADD ("/today-page/problem", test_problem);
  ADD ("/today-page/audit", test_audit);
  ADD ("/today-page/delete", test_delete);
  ADD ("/today-page/many", test_many);
  ADD ("/today-page/narrow", test_narrow);
  return g_test_run ();
}
