/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every scene of either side: its sentence is shown, its buttons do what they say, nothing is wider
 * than a narrow window, at twice the size of text, too. With MDG_SCENE_PICTURES a folder is filled
 * with pictures of all, to be looked at. */
#include "config.h"

#include "mdg-desk-bench.h"
#include "mdg-layout-audit.h"
#include "mdg-patient-window.h"
#include "mdg-scene-view.h"
#include "mdg-test-window.h"

static const struct
{
  const char *title;
  const char *detail;
  const char *picture;
} words[MDG_N_SCENES] = {
  [MDG_SCENE_NO_READER] = { "カードリーダーが見つかりません",
                            "原因: カードリーダーが接続されていません。\n次に: "
                            "USBケーブルを差し直してください。",
                            "mdg-reader-symbolic" },
  [MDG_SCENE_WAITING] = { "カードを置いてください", "", "mdg-card-symbolic" },
  [MDG_SCENE_PIN_FIRST] = { "暗証番号を入力していただいてください",
                            "残り回数は、カードを置いたときにわかります", "mdg-pin-symbolic" },
  [MDG_SCENE_ARMED] = { "カードを置いてください", "暗証番号は入力済みです", "mdg-armed-symbolic" },
  [MDG_SCENE_READING] = { "読み取り中です。まだ動かさないでください", "", "mdg-hold-symbolic" },
  [MDG_SCENE_PIN] = { "4桁の暗証番号を入力してください", "", "mdg-pin-symbolic" },
  [MDG_SCENE_PIN_WRONG] = { "暗証番号が違います（残り2回）",
                            "患者さんにもう一度入力していただきますか。3回続けて間違えるとロックさ"
                            "れ、"
                            "市区町村の窓口での手続きが必要になります。",
                            "mdg-pin-symbolic" },
  [MDG_SCENE_LAST_TRY] = { "暗証番号の残り回数は1回です",
                           "次に間違えるとロックされます。患者さんに確かめてください。",
                           "mdg-last-try-symbolic" },
  [MDG_SCENE_FACE] = { "カードの写真とご本人を見比べてください",
                       "カードを手に取って見てもかまいません", "mdg-face-symbolic" },
  [MDG_SCENE_SIGNING] = { "カードを動かさないでください", "", "mdg-hold-symbolic" },
  [MDG_SCENE_ASKING] = { "問い合わせています", "", "mdg-asking-symbolic" },
  [MDG_SCENE_ANSWER] = { "確認の結果", "", "mdg-asking-symbolic" },
  [MDG_SCENE_PROBLEM] = { "サービスに接続できません",
                          "インターネット接続が切れています。\nLANケーブルとルーターを確認してくだ"
                          "さい。",
                          "mdg-problem-symbolic" },
  [MDG_SCENE_THANKS] = { "確認が終わりました", "カードをお取りください。ありがとうございました。",
                         "mdg-thanks-symbolic" },
};

static void
add_action (MdgScreen *screen, MdgAction action, const char *label, gboolean primary)
{
  screen->actions[screen->n_actions++] = (MdgScreenAction){ action, label, primary };
}

static void
add_actions (MdgScreen *screen)
{
  switch (screen->scene)
    {
    case MDG_SCENE_WAITING:
      add_action (screen, MDG_ACTION_METHOD_PIN, "暗証番号", TRUE);
      add_action (screen, MDG_ACTION_METHOD_VISUAL, "目視確認", FALSE);
      break;
    case MDG_SCENE_PIN_WRONG:
      add_action (screen, MDG_ACTION_TYPE_PIN, "もう一度入力", TRUE);
      add_action (screen, MDG_ACTION_METHOD_VISUAL, "目視確認にする", FALSE);
      add_action (screen, MDG_ACTION_DISMISS, "やめる", FALSE);
      break;
    case MDG_SCENE_PROBLEM:
      add_action (screen, MDG_ACTION_RETRY, "もう一度", TRUE);
      add_action (screen, MDG_ACTION_FALLBACK, "ほかの方法で受け付ける", FALSE);
      break;
    case MDG_SCENE_READING:
    case MDG_SCENE_SIGNING:
    case MDG_SCENE_THANKS:
      break;
    default:
      add_action (screen, MDG_ACTION_METHOD_VISUAL, "目視確認にする", FALSE);
      add_action (screen, MDG_ACTION_DISMISS, "やめる", FALSE);
    }
}

static MdgTone
get_tone (MdgScene scene)
{
  if (scene == MDG_SCENE_PIN_WRONG || scene == MDG_SCENE_LAST_TRY)
    return MDG_TONE_ATTENTION;
  return scene == MDG_SCENE_PROBLEM || scene == MDG_SCENE_NO_READER ? MDG_TONE_ERROR
                                                                    : MDG_TONE_NEUTRAL;
}

static MdgScreen *
make_screen (MdgScene scene, MdgSide side)
{
  static const char *const names[MDG_SCREEN_STEPS] = { "カード", "暗証番号", "問い合わせ", "結果" };
  MdgScreen *screen = g_new0 (MdgScreen, 1);

  screen->scene = scene;
  screen->tone = get_tone (scene);
  screen->title = g_strdup (words[scene].title);
  screen->detail = g_strdup (words[scene].detail);
  screen->picture = words[scene].picture;
  screen->keypad = scene == MDG_SCENE_PIN || scene == MDG_SCENE_PIN_FIRST;
  screen->tries_left = scene == MDG_SCENE_PIN ? 3 : -1;
  screen->ask_consent = scene >= MDG_SCENE_WAITING && scene <= MDG_SCENE_SIGNING;
  screen->show_steps = scene >= MDG_SCENE_ARMED && scene <= MDG_SCENE_PROBLEM;
  for (guint i = 0; i < MDG_SCREEN_STEPS; i++)
    screen->steps[i] = (MdgScreenStep){ names[i], i == 0   ? MDG_SCREEN_STEP_DONE
                                                  : i == 1 ? MDG_SCREEN_STEP_NOW
                                                           : MDG_SCREEN_STEP_TODO };
  if (scene == MDG_SCENE_PROBLEM)
    screen->steps[1].state = MDG_SCREEN_STEP_FAILED;
  if (side == MDG_SIDE_STAFF || scene == MDG_SCENE_PIN)
    add_actions (screen);
  return screen;
}

typedef struct
{
  MdgDeskBench *bench;
  MdgReception *reception;
  GtkWidget *window;
  MdgSceneView *view;
} Fixture;

static void
set_up (Fixture *fixture, MdgSide side)
{
  fixture->bench = mdg_desk_bench_new (1, NULL);
  fixture->reception = mdg_reception_new (fixture->bench->desk);
  fixture->view = MDG_SCENE_VIEW (mdg_scene_view_new (fixture->reception, side));
  fixture->window = mdg_test_window_new (GTK_WIDGET (fixture->view));
  if (side == MDG_SIDE_PATIENT)
    gtk_widget_add_css_class (fixture->window, "patient");
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  mdg_test_window_settle ();
  g_object_unref (fixture->reception);
  mdg_desk_bench_free (fixture->bench);
}

static void
show (Fixture *fixture, MdgScene scene, MdgSide side)
{
  g_autoptr (MdgScreen) screen = make_screen (scene, side);

  mdg_scene_view_set_screen (fixture->view, screen);
  mdg_test_window_settle ();
}

static void
test_titles (gconstpointer data)
{
  MdgSide side = GPOINTER_TO_INT (data);
  Fixture fixture;

  set_up (&fixture, side);
  for (MdgScene scene = 0; scene < MDG_N_SCENES; scene++)
    {
      g_autoptr (MdgScreen) screen = make_screen (scene, side);

      show (&fixture, scene, side);
      g_assert_nonnull (mdg_test_window_find_text (fixture.window, words[scene].title));
      if (*words[scene].detail != '\0')
        g_assert_nonnull (mdg_test_window_find_text (fixture.window, words[scene].detail));
      for (guint i = 0; i < screen->n_actions; i++)
        g_assert_nonnull (mdg_test_window_find_text (fixture.window, screen->actions[i].label));
      g_assert_cmpint (screen->keypad, ==,
                       mdg_test_window_find_type (fixture.window, MDG_TYPE_PIN_PAD) != NULL);
      mdg_test_window_take_picture (fixture.window, side == MDG_SIDE_STAFF ? "staff" : "patient",
                                    mdg_scene_to_string (scene));
    }
  tear_down (&fixture);
}

/* 360 px: a telephone, or half of a small screen. */
static void
test_width (gconstpointer data)
{
  MdgSide side = GPOINTER_TO_INT (data);
  Fixture fixture;

  set_up (&fixture, side);
  gtk_widget_add_css_class (fixture.window, "narrow"); /* as the patient's window does */
  for (int percent = 100; percent <= 200; percent += 100)
    {
      mdg_test_window_set_text_size (percent);
      for (MdgScene scene = 0; scene < MDG_N_SCENES; scene++)
        {
          int minimum;

          show (&fixture, scene, side);
          gtk_widget_measure (GTK_WIDGET (fixture.view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                              NULL, NULL, NULL);
          if (minimum > 360)
            {
              g_test_message ("%s at %d%%: %d px", mdg_scene_to_string (scene), percent, minimum);
              mdg_test_window_tell_wide (GTK_WIDGET (fixture.view), 80);
            }
          g_assert_cmpint (minimum, <=, 360);
        }
    }
  mdg_test_window_set_text_size (100);
  tear_down (&fixture);
}

/* No text is cut, over another one or broken inside a word, in the narrowest window, either. */
static void
test_texts (gconstpointer data)
{
  MdgSide side = GPOINTER_TO_INT (data);
  Fixture fixture;

  set_up (&fixture, side);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 360, 720);
  gtk_widget_add_css_class (fixture.window, "narrow");
  for (int percent = 100; percent <= 200; percent += 100)
    {
      g_autofree char *who =
          g_strdup_printf ("%s-narrow-%d", side == MDG_SIDE_STAFF ? "staff" : "patient", percent);

      mdg_test_window_set_text_size (percent);
      for (MdgScene scene = 0; scene < MDG_N_SCENES; scene++)
        {
          g_autoptr (GPtrArray) found = NULL;

          show (&fixture, scene, side);
          mdg_test_window_take_picture (fixture.window, who, mdg_scene_to_string (scene));
          found = mdg_layout_audit (fixture.window);
          for (guint i = 0; i < found->len; i++)
            g_test_message ("%s: %s", who, (const char *) found->pdata[i]);
          g_assert_cmpuint (found->len, ==, 0);
        }
    }
  mdg_test_window_set_text_size (100);
  tear_down (&fixture);
}

/* The picture stays where it is while a check goes on. */
static void
test_nothing_jumps (void)
{
  static const MdgScene scenes[] = { MDG_SCENE_WAITING, MDG_SCENE_READING, MDG_SCENE_SIGNING,
                                     MDG_SCENE_ASKING };
  double first = -1;
  Fixture fixture;

  set_up (&fixture, MDG_SIDE_STAFF);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      GtkWidget *picture;
      double x, y;

      show (&fixture, scenes[i], MDG_SIDE_STAFF);
      picture = mdg_test_window_find_class (fixture.window, "mdg-picture");
      g_assert_true (gtk_widget_translate_coordinates (picture, fixture.window, 0, 0, &x, &y));
      if (first < 0)
        first = y;
      g_assert_cmpfloat (y, ==, first);
    }
  tear_down (&fixture);
}

/* The primary button has the focus, and Escape leads back. */
static void
test_focus (void)
{
  Fixture fixture;
  GtkWidget *focus;

  set_up (&fixture, MDG_SIDE_STAFF);
  show (&fixture, MDG_SCENE_PROBLEM, MDG_SIDE_STAFF);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_true (gtk_widget_has_css_class (focus, "suggested-action"));
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (fixture.window)) == focus);
  show (&fixture, MDG_SCENE_PIN, MDG_SIDE_STAFF);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_assert_true (gtk_widget_has_css_class (focus, "mdg-dots"));
  tear_down (&fixture);
}

static void
on_clicked_cb (guint *clicks)
{
  (*clicks)++;
}

/* Enter is meant for what stands on the button now, not for what a card makes of it a moment later.
 */
static void
test_enter_at_once (void)
{
  Fixture fixture;
  GtkWidget *focus;
  guint clicks = 0;

  set_up (&fixture, MDG_SIDE_STAFF);
  show (&fixture, MDG_SCENE_PROBLEM, MDG_SIDE_STAFF);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture.window));
  g_signal_connect_swapped (focus, "clicked", G_CALLBACK (on_clicked_cb), &clicks);
  g_assert_true (gtk_widget_activate (focus));
  g_assert_cmpuint (clicks, ==, 1);
  tear_down (&fixture);
}

static gboolean
get_patient_window (MdgReception *reception)
{
  gboolean open;

  g_object_get (reception, "patient-window", &open, NULL);
  return open;
}

static void
test_patient_window (void)
{
  MdgDeskBench *bench = mdg_desk_bench_new (1, NULL);
  MdgReception *reception = mdg_reception_new (bench->desk);
  GtkWidget *window = mdg_patient_window_new (reception, TRUE);

  g_assert_false (get_patient_window (reception));
  mdg_test_window_set_size (window);
  mdg_patient_window_present (MDG_PATIENT_WINDOW (window));
  mdg_test_window_settle ();
  g_assert_true (get_patient_window (reception));
  g_assert_nonnull (mdg_test_window_find_class (window, "mdg-practice"));
  g_assert_nonnull (mdg_test_window_find_type (window, MDG_TYPE_SCENE_VIEW));
  mdg_test_window_take_picture (window, "window", "waiting");
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_set_consent (reception, MDG_CONSENT_YES);
  for (guint i = 0; i < 3; i++)
    g_assert_true (mdg_reception_push_digit (reception, '5'));
  mdg_test_window_settle ();
  mdg_test_window_take_picture (window, "window", "pin");
  mdg_patient_window_set_blank (MDG_PATIENT_WINDOW (window), TRUE);
  mdg_test_window_settle ();
  mdg_test_window_take_picture (window, "window", "blank");
  g_assert_null (mdg_test_window_find_type (window, MDG_TYPE_SCENE_VIEW));
  gtk_window_close (GTK_WINDOW (window));
  mdg_test_window_settle ();
  g_assert_false (get_patient_window (reception));
  g_object_unref (reception);
  mdg_desk_bench_free (bench);
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  g_test_add_data_func ("/scene/titles/staff", GINT_TO_POINTER (MDG_SIDE_STAFF), test_titles);
  g_test_add_data_func ("/scene/titles/patient", GINT_TO_POINTER (MDG_SIDE_PATIENT), test_titles);
  g_test_add_data_func ("/scene/width/staff", GINT_TO_POINTER (MDG_SIDE_STAFF), test_width);
  g_test_add_data_func ("/scene/width/patient", GINT_TO_POINTER (MDG_SIDE_PATIENT), test_width);
  g_test_add_data_func ("/scene/texts/staff", GINT_TO_POINTER (MDG_SIDE_STAFF), test_texts);
  g_test_add_data_func ("/scene/texts/patient", GINT_TO_POINTER (MDG_SIDE_PATIENT), test_texts);
  g_test_add_func ("/scene/nothing-jumps", test_nothing_jumps);
  g_test_add_func ("/scene/focus", test_focus);
  g_test_add_func ("/scene/enter-at-once", test_enter_at_once);
  g_test_add_func ("/scene/patient-window", test_patient_window);
  return g_test_run ();
}
