/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The page of preferences: what a person sets is in MdgPreferences, what MdgPreferences says is on
 * the page, and a value that is not among the usual ones is neither lost nor changed by looking. */
#include "config.h"

#include "mdg-layout-audit.h"
#include "mdg-preferences-page.h"
#include "mdg-problem.h"
#include "mdg-profile-group.h"
#include "mdg-show.h"

#include "mdg-fake-reader.h"

typedef struct
{
  MdgPreferences *preferences;
  MdgPreferencesPage *page;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GError *error = NULL;
  GtkWidget *page;

  fixture->preferences = mdg_preferences_new (NULL, &error);
  g_assert_no_error (error);
  g_object_set (fixture->preferences, "lock-minutes", 7, NULL);
  page = mdg_preferences_page_new_with_preferences (fixture->preferences, FALSE);
  fixture->page = MDG_PREFERENCES_PAGE (page);
  fixture->window = mdg_show_window (page, 1280, 900);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->preferences);
  mdg_test_window_set_text_size (100);
}

static void
select_item (Fixture *fixture, const char *name, const char *label)
{
  AdwComboRow *row = ADW_COMBO_ROW (mdg_preferences_page_get_control (fixture->page, name));
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("%s: there is no %s", name, label);
}

static const char *
get_selected (Fixture *fixture, const char *name)
{
  AdwComboRow *row = ADW_COMBO_ROW (mdg_preferences_page_get_control (fixture->page, name));

  return gtk_string_object_get_string (adw_combo_row_get_selected_item (row));
}

static void
test_numbers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *label;
    guint value;
  } rows[] = {
    { "show-seconds", "15秒", 15 },    { "show-seconds", "2分", 120 },
    { "show-seconds", "消さない", 0 }, { "lock-minutes", "しない", 0 },
    { "lock-minutes", "30分", 30 },    { "history-days", "7日", 7 },
    { "history-days", "1年", 365 },    { "history-days", "5年", 1826 },
    { "text-percent", "200%", 200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint value;

      select_item (fixture, rows[i].name, rows[i].label);
      g_object_get (fixture->preferences, rows[i].name, &value, NULL);
      g_assert_cmpuint (value, ==, rows[i].value);
    }
  g_object_set (fixture->preferences, "history-days", 0, NULL);
  g_assert_cmpstr (get_selected (fixture, "history-days"), ==, "今日だけ");
}

/* A shorter time deletes checks: it is told, and can be taken back. */
static void
test_undo_history (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);
  guint value = 0;

  g_object_set (fixture->preferences, "history-days", 365, NULL);
  g_assert_null (mdg_show_find (page, GTK_TYPE_BUTTON, "元に戻す"));
  select_item (fixture, "history-days", "7日");
  g_assert_nonnull (mdg_show_find (page, GTK_TYPE_BUTTON, "元に戻す"));
  g_signal_emit_by_name (mdg_show_find (page, GTK_TYPE_BUTTON, "元に戻す"), "clicked");
  g_object_get (fixture->preferences, "history-days", &value, NULL);
  g_assert_cmpuint (value, ==, 365);
}

static void
test_unusual_number (Fixture *fixture, gconstpointer data)
{
  guint value;

  g_assert_cmpstr (get_selected (fixture, "lock-minutes"), ==, "7分");
  g_object_get (fixture->preferences, "lock-minutes", &value, NULL);
  g_assert_cmpuint (value, ==, 7);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autofree char *style = NULL;

  select_item (fixture, "style", "暗い");
  g_object_get (fixture->preferences, "style", &style, NULL);
  g_assert_cmpstr (style, ==, "dark");
  g_object_set (fixture->preferences, "style", "light", NULL);
  g_assert_cmpstr (get_selected (fixture, "style"), ==, "明るい");
}

static void
test_switches (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "default-visual", "sound",          "ask-log-in",
                                       "western-years",  "patient-window", "shuffle-keypad",
                                       "ask-consent" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkSwitch *control = GTK_SWITCH (mdg_preferences_page_get_control (fixture->page, names[i]));
      gboolean before, after;

      g_object_get (fixture->preferences, names[i], &before, NULL);
      g_assert_cmpint (gtk_switch_get_active (control), ==, before);
      gtk_switch_set_active (control, !before);
      g_object_get (fixture->preferences, names[i], &after, NULL);
      g_assert_cmpint (after, ==, !before);
      g_object_set (fixture->preferences, names[i], before, NULL);
      g_assert_cmpint (gtk_switch_get_active (control), ==, before);
    }
}

/* What cannot be had yet cannot be chosen; what could not be saved is told with its code. */
static void
test_words_on_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);
  g_autofree char *texts = NULL;
  GtkWidget *folder = mdg_show_find (fixture->window, ADW_TYPE_ACTION_ROW, "準備中");

  g_assert_nonnull (folder);
  g_assert_false (gtk_widget_is_sensitive (folder));
  g_signal_emit_by_name (fixture->preferences, "failed", error);
  mdg_show_settle (fixture->window);
  texts = mdg_show_texts (fixture->window);
  g_assert_nonnull (strstr (texts, mdg_problem_get_code (problem)));
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
  int minimum;

  mdg_test_window_take_picture (fixture->window, "preferences-page", "preferences");
  /* the longest words of each */
  g_object_set (fixture->preferences, "lock-minutes", 120, "show-seconds", 0, "style", "light",
                "history-days", 0, NULL);
  check_layout (fixture);
  mdg_test_window_set_text_size (200);
  mdg_show_settle (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->page), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  check_layout (fixture);
}

static void
on_failed_cb (MdgProfileGroup *group, const GError *error, gpointer data)
{
  g_error ("%s", error->message);
}

static void
test_profiles (void)
{
  GtkWidget *widget = g_object_new (MDG_TYPE_PROFILE_GROUP, NULL);
  MdgProfileGroup *group = MDG_PROFILE_GROUP (widget);
  GtkWidget *window = mdg_show_window (widget, 360, 600);
  g_autofree char *texts = NULL;

  g_signal_connect (group, "failed", G_CALLBACK (on_failed_cb), NULL);
  mdg_profile_group_load (group, "default");
  mdg_test_wait_for (!mdg_profile_group_get_busy (group));
  g_assert_cmpuint (mdg_profile_group_get_n_profiles (group), ==, 1);
  mdg_profile_group_add (group, "架空歯科 <b>");
  mdg_profile_group_rename (group, "default", "架空内科");
  mdg_test_wait_for (!mdg_profile_group_get_busy (group));
  g_assert_cmpuint (mdg_profile_group_get_n_profiles (group), ==, 2);
  texts = mdg_show_texts (widget);
  g_assert_nonnull (strstr (texts, "架空歯科 <b>"));
  g_assert_nonnull (strstr (texts, "架空内科"));
  g_assert_nonnull (strstr (texts, "使用中"));
  g_assert_nonnull (strstr (texts, "切り替える"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  g_test_add ("/preferences-page/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/preferences-page/undo-history", Fixture, NULL, set_up, test_undo_history,
              tear_down);
  g_test_add ("/preferences-page/unusual-number", Fixture, NULL, set_up, test_unusual_number,
              tear_down);
  g_test_add ("/preferences-page/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/preferences-page/switches", Fixture, NULL, set_up, test_switches, tear_down);
  g_test_add ("/preferences-page/on-page", Fixture, NULL, set_up, test_words_on_page, tear_down);
  g_test_add ("/preferences-page/width", Fixture, NULL, set_up, test_width, tear_down);
  g_test_add_func ("/preferences-page/profiles", test_profiles);
  return g_test_run ();
}
