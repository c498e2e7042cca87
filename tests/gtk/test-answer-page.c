/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page of an answer: everybody's is shown, narrow and with large text too; what was shown is
 * gone afterwards; what is copied is bare; it is quick. */
#include "config.h"

#include "mdg-answer-page.h"
#include "mdg-coverage-box.h"
#include "mdg-fact-row.h"
#include "mdg-heading.h"
#include "mdg-show.h"
#include "mdg-widgets.h"

static void
test_everybody (void)
{
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);

  for (guint i = 1; i <= MDG_SHOW_PEOPLE; i++)
    {
      MdgAnswerView *view = mdg_show_view (i);
      g_autofree char *name = g_strdup_printf ("answer-%04u", i);
      g_autofree char *texts = NULL;

      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
      mdg_answer_page_set_countdown (MDG_ANSWER_PAGE (page), 48, 60);
      mdg_answer_page_focus_verdict (MDG_ANSWER_PAGE (page));
      texts = mdg_show_visible_texts (page);
      g_assert_nonnull (strstr (texts, view->title));
      g_assert_nonnull (strstr (texts, "48秒で消去"));
      g_assert_nonnull (strstr (texts, "練習"));
      for (guint j = 0; j < view->not_confirmed->len; j++)
        g_assert_nonnull (strstr (texts, view->not_confirmed->pdata[j]));
      for (guint j = 0; j < view->coverages->len; j++)
        {
          const MdgAnswerCoverage *coverage = view->coverages->pdata[j];

          g_assert_nonnull (strstr (texts, coverage->name));
          for (guint k = 0; k < coverage->main->len; k++)
            {
              const MdgAnswerFact *fact = coverage->main->pdata[k];

              g_assert_nonnull (strstr (texts, fact->label));
              g_assert_nonnull (strstr (texts, fact->value));
            }
        }
      mdg_test_window_take_picture (window, "answer-page", name);
      if (i % 2 == 0)
        mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* 360 px are enough for everybody, at every size of text */
static void
test_narrow (void)
{
  static const guint sizes[] = { 100, 150, 200 };
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 360, 720);

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      mdg_test_window_set_text_size (sizes[s]);
      for (guint i = 1; i <= MDG_SHOW_PEOPLE; i++)
        {
          g_autofree char *name = g_strdup_printf ("narrow-%u-%04u", sizes[s], i);
          int minimum;

          mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), mdg_show_view (i));
          mdg_answer_page_set_countdown (MDG_ANSWER_PAGE (page), 48, 60);
          mdg_show_settle (window);
          gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          g_assert_cmpint (minimum, <=, 360);
          if (i == 1 || i == 2 || i == 33 || i == 28 || i == 30)
            mdg_test_window_take_picture (window, "answer-page", name);
        }
    }
  mdg_test_window_set_text_size (100);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_absent (const char *texts, const char *text)
{
  if (text != NULL && text[0] != '\0' && strstr (texts, text) != NULL)
    g_error ("“%s” is still there:\n%s", text, texts);
}

static GPtrArray *
collect_personal (const MdgAnswerView *view)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < view->coverages->len; i++)
    {
      const MdgAnswerCoverage *coverage = view->coverages->pdata[i];
      GPtrArray *lists[] = { coverage->main, coverage->more };

      g_ptr_array_add (all, g_strdup (coverage->name));
      g_ptr_array_add (all, g_strdup (coverage->kana));
      g_ptr_array_add (all, g_strdup (coverage->birth));
      for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
        for (guint j = 0; j < lists[l]->len; j++)
          g_ptr_array_add (all, g_strdup (((MdgAnswerFact *) lists[l]->pdata[j])->value));
    }
  return all;
}

static void
expand_all (GtkWidget *widget)
{
  if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expand_all (child);
}

/* with everything unfolded first */
static void
test_nothing_is_left (void)
{
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);

  for (guint i = 1; i <= MDG_SHOW_PEOPLE; i++)
    {
      MdgAnswerView *view = mdg_show_view (i);
      g_autoptr (GPtrArray) personal = collect_personal (view);
      g_autofree char *shown = NULL, *texts = NULL;
      g_autofree char *name = g_strdup_printf ("unfolded-%04u", i);

      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
      expand_all (page);
      shown = mdg_show_visible_texts (page);
      for (guint j = 0; j < personal->len; j++)
        g_assert_nonnull (strstr (shown, personal->pdata[j]));
      if (i == 1 || i == 24)
        mdg_test_window_take_picture (window, "answer-page", name);
      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
      texts = mdg_show_texts (page);
      for (guint j = 0; j < personal->len; j++)
        assert_absent (texts, personal->pdata[j]);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_text_read_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, &error);
  g_assert_no_error (error);
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text_read_cb, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  return text;
}

static void
on_counted_cb (GtkWidget *widget, guint *count)
{
  *count += 1;
}

static GtkWidget *
find_row (GtkWidget *root, const char *label)
{
  if (MDG_IS_FACT_ROW (root))
    {
      GtkWidget *first = mdg_show_find (root, GTK_TYPE_LABEL, NULL);

      return g_str_equal (gtk_label_get_text (GTK_LABEL (first)), label) ? root : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find_row (child, label);

      if (row != NULL)
        return row;
    }
  return NULL;
}

static void
test_copy (void)
{
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);
  MdgAnswerView *view = mdg_show_view (1);
  const MdgAnswerCoverage *coverage = view->coverages->pdata[0];
  guint copied = 0, before;

  g_signal_connect (page, "copied", G_CALLBACK (on_counted_cb), &copied);
  mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
  for (guint i = 0; i < coverage->main->len; i++)
    {
      const MdgAnswerFact *fact = coverage->main->pdata[i];
      g_autofree char *name = g_strdup_printf ("%sをコピー", fact->label);
      GtkWidget *row = find_row (page, fact->label);
      GtkWidget *button = mdg_show_find (row, GTK_TYPE_BUTTON, NULL);
      g_autofree char *text = NULL;

      if (fact->copy[0] == '\0')
        {
          g_assert_false (gtk_widget_get_visible (button));
          continue;
        }
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           name);
      g_signal_emit_by_name (button, "clicked");
      text = read_clipboard (page);
      g_assert_cmpstr (text, ==, fact->copy);
    }
  g_assert_cmpuint (copied, >, 3);
  before = copied;
  g_assert_true (gtk_widget_activate_action (page, "answer.copy-all", NULL));
  g_assert_cmpuint (copied, ==, before + 1);
  {
    g_autofree char *text = read_clipboard (page);

    g_assert_nonnull (strstr (text, coverage->name));
    g_assert_nonnull (strstr (text, "練習"));
  }
  /* marked for the programs that remember what was copied, and taken back; of another's nothing is
   */
  g_assert_true (gdk_content_formats_contain_mime_type (
      gdk_clipboard_get_formats (gtk_widget_get_clipboard (page)), "x-kde-passwordManagerHint"));
  mdg_forget_copied (page);
  g_assert_null (gdk_clipboard_get_content (gtk_widget_get_clipboard (page)));
  mdg_copy_text (page, "N-02");
  mdg_forget_copied (page);
  g_assert_nonnull (gdk_clipboard_get_content (gtk_widget_get_clipboard (page)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_focus_and_names (void)
{
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);
  MdgAnswerView *view = mdg_show_view (1);
  GtkWidget *focus;

  mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
  mdg_answer_page_focus_verdict (MDG_ANSWER_PAGE (page));
  mdg_show_settle (window);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (MDG_IS_HEADING (focus));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_ROLE_HEADING);
  g_assert_cmpstr (mdg_heading_get_text (MDG_HEADING (focus)), ==, view->title);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       view->title);
  mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_signals (void)
{
  static const char *const names[] = { "keep", "clear", "print", "fallback" };
  static const char *const buttons[] = { "表示したままにする", "画面を消す", "印刷",
                                         "別の方法で受け付ける" };
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);

  mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), mdg_show_view (29));
  mdg_answer_page_set_countdown (MDG_ANSWER_PAGE (page), 60, 60);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *button = mdg_show_find (page, GTK_TYPE_BUTTON, buttons[i]);
      guint count = 0;

      g_signal_connect (page, names[i], G_CALLBACK (on_counted_cb), &count);
      g_assert_true (gtk_widget_get_visible (button));
      g_assert_true (gtk_widget_get_sensitive (button));
      g_signal_emit_by_name (button, "clicked");
      mdg_show_settle (window);
      g_assert_cmpuint (count, ==, 1);
      g_signal_handlers_disconnect_by_data (page, &count);
    }
  /* kept: no time runs, it can still be cleared */
  mdg_answer_page_set_countdown (MDG_ANSWER_PAGE (page), -1, 60);
  g_assert_false (gtk_widget_is_visible (mdg_show_find (page, GTK_TYPE_BUTTON, buttons[0])));
  g_assert_true (gtk_widget_is_visible (mdg_show_find (page, GTK_TYPE_BUTTON, buttons[1])));
  /* from the list: left by the way one came */
  mdg_answer_page_set_dismissable (MDG_ANSWER_PAGE (page), FALSE);
  g_assert_false (gtk_widget_is_visible (mdg_show_find (page, GTK_TYPE_BUTTON, buttons[1])));
  g_assert_false (gtk_widget_is_visible (mdg_show_find (page, GTK_TYPE_BUTTON, buttons[3])));
  gtk_window_destroy (GTK_WINDOW (window));
}

static MdgAnswerFact *
find_fact (const MdgAnswerView *view, const char *label)
{
  const MdgAnswerCoverage *coverage = view->coverages->pdata[0];

  for (guint i = 0; i < coverage->main->len; i++)
    {
      MdgAnswerFact *fact = coverage->main->pdata[i];

      if (g_str_equal (fact->label, label))
        return fact;
    }
  g_error ("no fact %s", label);
}

/* of the label as it is laid out now */
static int
get_letter_height (GtkWidget *label)
{
  PangoRectangle rect;

  pango_layout_get_pixel_extents (gtk_label_get_layout (GTK_LABEL (label)), NULL, &rect);
  return rect.height;
}

/* A row that showed a number, and then a word: no letter of it keeps the number's size, neither
 * after another answer nor after none. */
static void
test_plain_after_number (void)
{
  static const char label[] = "保険者番号";
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);
  int large = 0, plain = 0;

  for (guint i = 0; i < 6; i++)
    {
      MdgAnswerView *view = mdg_show_view (1);
      MdgAnswerFact *fact = find_fact (view, label);
      GtkWidget *row, *value;
      int height;

      g_assert_true (fact->large);
      /* the first one never was a number; then by turns */
      fact->large = i % 2 == 1;
      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
      mdg_show_settle (window);
      row = find_row (page, label);
      value = gtk_widget_get_next_sibling (mdg_show_find (row, GTK_TYPE_LABEL, NULL));
      g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (value)), ==, fact->value);
      g_assert_true (gtk_widget_has_css_class (value, "mdg-number") == fact->large);
      height = get_letter_height (value);
      if (i < 2)
        *(fact->large ? &large : &plain) = height;
      g_assert_cmpint (height, ==, fact->large ? large : plain);
      g_assert_cmpint (gtk_widget_get_height (value), >=, height);
      if (i >= 2)
        {
          mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
          if (i >= 4)
            mdg_show_settle (window);
        }
    }
  g_assert_cmpint (large, >, plain);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_painted_cb (GdkFrameClock *clock, GtkWidget *page)
{
  GtkWidget *second = g_object_get_data (G_OBJECT (page), "second");

  if (g_object_get_data (G_OBJECT (page), "first-frame") == NULL)
    g_object_set_data (G_OBJECT (page), "first-frame",
                       gtk_widget_get_child_visible (second) ? "with both" : "with the first");
}

/* The frame that paints the verdict has one 資格 in it, the next one the other; nothing that was
 * painted moves, and the focus stays. */
static void
test_second_in_next_frame (void)
{
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  for (guint i = 0; i < 4; i++)
    {
      MdgAnswerView *view = mdg_show_view (i % 2 == 0 ? 24 : 31);
      GtkWidget *first, *second;
      graphene_rect_t before, after, below;

      g_assert_cmpuint (view->coverages->len, ==, 2);
      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
      mdg_answer_page_focus_verdict (MDG_ANSWER_PAGE (page));
      first = mdg_show_find (page, MDG_TYPE_COVERAGE_BOX, NULL);
      second = gtk_widget_get_next_sibling (first);
      g_object_set_data (G_OBJECT (page), "second", second);
      g_object_set_data (G_OBJECT (page), "first-frame", NULL);
      g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted_cb), page);
      mdg_show_frame (window);
      g_signal_handlers_disconnect_by_func (clock, on_painted_cb, page);
      g_assert_cmpstr (g_object_get_data (G_OBJECT (page), "first-frame"), ==, "with the first");
      g_assert_true (gtk_widget_get_mapped (first));
      g_assert_true (gtk_widget_compute_bounds (first, window, &before));
      mdg_show_settle (window);
      g_assert_true (gtk_widget_get_mapped (second));
      g_assert_true (gtk_widget_compute_bounds (first, window, &after));
      g_assert_true (gtk_widget_compute_bounds (second, window, &below));
      g_assert_true (graphene_rect_equal (&before, &after));
      g_assert_cmpfloat (below.origin.y, >=, after.origin.y + after.size.height);
      g_assert_cmpfloat (below.size.height, >, 100);
      g_assert_true (MDG_IS_HEADING (gtk_window_get_focus (GTK_WINDOW (window))));
      if (i == 1)
        mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
      if (i == 2)
        {
          /* one 資格 after two, then none, while some wait */
          mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), mdg_show_view (31));
          mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), mdg_show_view (1));
          mdg_show_settle (window);
          g_assert_false (gtk_widget_get_mapped (second));
          mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), mdg_show_view (24));
          mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
          mdg_show_settle (window);
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* From the view to the painted frame. The bound is that of two busy cores, which took 170 ms; the
 * figures are printed. */
static void
test_quick (void)
{
  GtkWidget *page = mdg_answer_page_new ();
  GtkWidget *window = mdg_show_window (page, 1280, 800);
  gint64 worst_fill = 0, worst = 0, first = 0;
  gint64 sum = 0;

  for (guint i = 1; i <= MDG_SHOW_PEOPLE; i++)
    {
      MdgAnswerView *view = mdg_show_view (i);
      gint64 start, filled, painted;

      mdg_show_settle (window);
      start = g_get_monotonic_time ();
      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), view);
      mdg_answer_page_set_countdown (MDG_ANSWER_PAGE (page), 60, 60);
      mdg_answer_page_focus_verdict (MDG_ANSWER_PAGE (page));
      filled = g_get_monotonic_time ();
      painted = mdg_show_frame (window);
      first = first == 0 ? painted - start : first;
      worst_fill = MAX (worst_fill, filled - start);
      worst = MAX (worst, painted - start);
      sum += painted - start;
      mdg_answer_page_set_view (MDG_ANSWER_PAGE (page), NULL);
    }
  g_test_message ("view to paint: first %.1f ms, worst %.1f ms, mean %.1f ms; worst fill %.1f ms",
                  (double) first / 1000, (double) worst / 1000,
                  (double) sum / MDG_SHOW_PEOPLE / 1000, (double) worst_fill / 1000);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  g_test_add_func ("/answer-page/quick", test_quick);
  g_test_add_func ("/answer-page/everybody", test_everybody);
  g_test_add_func ("/answer-page/narrow", test_narrow);
  g_test_add_func ("/answer-page/nothing-is-left", test_nothing_is_left);
  g_test_add_func ("/answer-page/copy", test_copy);
  g_test_add_func ("/answer-page/focus-and-names", test_focus_and_names);
  g_test_add_func ("/answer-page/signals", test_signals);
  g_test_add_func ("/answer-page/plain-after-number", test_plain_after_number);
  g_test_add_func ("/answer-page/second-in-next-frame", test_second_in_next_frame);
  return g_test_run ();
}
