/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception's screens: one for every state of the desk on either side, in every order that a
 * counter brings about. */
#include "config.h"

#include "mdg-reception-bench.h"

/* What staff and patient see in each state of the desk. */
static const MdgScene scenes[MDG_DESK_N_STATES][2] = {
  [MDG_DESK_STATE_NO_READER] = { MDG_SCENE_NO_READER, MDG_SCENE_NO_READER },
  [MDG_DESK_STATE_WAITING] = { MDG_SCENE_WAITING, MDG_SCENE_WAITING },
  [MDG_DESK_STATE_ARMED] = { MDG_SCENE_ARMED, MDG_SCENE_ARMED },
  [MDG_DESK_STATE_IDENTIFYING] = { MDG_SCENE_READING, MDG_SCENE_READING },
  [MDG_DESK_STATE_NEED_PIN] = { MDG_SCENE_PIN, MDG_SCENE_PIN },
  [MDG_DESK_STATE_CONFIRM_LAST_TRY] = { MDG_SCENE_LAST_TRY, MDG_SCENE_LAST_TRY },
  [MDG_DESK_STATE_CONFIRM_FACE] = { MDG_SCENE_FACE, MDG_SCENE_FACE },
  [MDG_DESK_STATE_SIGNING] = { MDG_SCENE_SIGNING, MDG_SCENE_SIGNING },
  [MDG_DESK_STATE_ASKING] = { MDG_SCENE_ASKING, MDG_SCENE_ASKING },
  [MDG_DESK_STATE_SHOWING] = { MDG_SCENE_ANSWER, MDG_SCENE_THANKS },
  [MDG_DESK_STATE_PROBLEM] = { MDG_SCENE_PROBLEM, MDG_SCENE_PROBLEM },
};

static void
release (MdgReceptionBench *front)
{
  MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);
  MdgDeskState state = mdg_desk_get_state (front->bench->desk);

  if (state == MDG_DESK_STATE_IDENTIFYING || state == MDG_DESK_STATE_SIGNING)
    mdg_fake_reader_release (card->reader);
}

static void
test_every_state (void)
{
  for (guint state = MDG_DESK_STATE_WAITING; state < MDG_DESK_N_STATES; state++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

      g_test_message ("%s", mdg_desk_state_to_string (state));
      mdg_desk_bench_bring_to (front->bench, state);
      mdg_reception_bench_assert_scene (front, scenes[state][0], scenes[state][1]);
      mdg_reception_bench_assert_screen (mdg_reception_bench_staff (front), MDG_SIDE_STAFF);
      mdg_reception_bench_assert_screen (mdg_reception_bench_patient (front), MDG_SIDE_PATIENT);
      release (front);
    }
}

static void
test_no_reader (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_desk_bench_unplug (front->bench, 0);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_NO_READER, MDG_SCENE_NO_READER);
  g_assert_nonnull (mdg_reception_bench_staff (front)->problem);
  mdg_reception_bench_do (front, MDG_ACTION_READERS);
  g_assert_cmpuint (front->requested, ==, 1);
  g_assert_cmpint (front->last_request, ==, MDG_ACTION_READERS);
}

/* Why there is no reader changes while nothing else does: the screen follows. */
static void
test_no_reader_reason (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);
  g_autoptr (GError) in_use = g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_IN_USE, "x");
  g_autoptr (GError) access =
      g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_NO_ACCESS, "x");

  mdg_reader_report_problem (MDG_READER (card->reader), in_use);
  mdg_test_settle ();
  mdg_reception_bench_assert_scene (front, MDG_SCENE_NO_READER, MDG_SCENE_NO_READER);
  g_assert_cmpstr (mdg_problem_get_code (mdg_reception_bench_staff (front)->problem), ==, "R-08");
  mdg_reader_report_problem (MDG_READER (card->reader), access);
  mdg_test_settle ();
  g_assert_cmpstr (mdg_problem_get_code (mdg_reception_bench_staff (front)->problem), ==, "R-03");
  mdg_reader_report_problem (MDG_READER (card->reader), NULL);
  mdg_test_settle ();
  mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
}

static void
test_wrong_pin (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  const MdgScreen *staff;

  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpint (mdg_reception_bench_staff (front)->tries_left, ==, 3);
  g_assert_cmpint (mdg_reception_bench_patient (front)->tries_left, ==, 3);
  g_assert_nonnull (strstr (mdg_reception_bench_staff (front)->detail, "3"));
  g_assert_true (mdg_reception_bench_staff (front)->keypad);
  mdg_reception_bench_enter (front, MDG_BENCH_WRONG, MDG_DESK_STATE_NEED_PIN);

  mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN_WRONG, MDG_SCENE_PIN_WRONG);
  staff = mdg_reception_bench_staff (front);
  g_assert_cmpuint (staff->n_actions, ==, 3);
  g_assert_true (staff->actions[0].primary);
  g_assert_cmpint (staff->actions[0].action, ==, MDG_ACTION_TYPE_PIN);
  g_assert_false (staff->keypad);
  g_assert_nonnull (strstr (staff->title, "2"));
  g_assert_cmpint (mdg_reception_bench_patient (front)->tries_left, ==, 2);
  /* a digit before somebody asked for the keypad is nobody's PIN */
  g_assert_false (mdg_reception_push_digit (front->reception, '1'));

  mdg_reception_bench_do (front, MDG_ACTION_TYPE_PIN);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN, MDG_SCENE_PIN);
  g_assert_cmpint (mdg_reception_bench_staff (front)->tries_left, ==, 2);
  mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_ANSWER, MDG_SCENE_THANKS);
  g_assert_cmpuint (front->checked, ==, 1);
  g_assert_cmpuint (front->failed, ==, 0);
}

static void
bring_to_last_after_wrong (MdgReceptionBench *front)
{
  mdg_desk_bench_insert (front->bench, 0, "tries=2");
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_enter (front, MDG_BENCH_WRONG, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN_WRONG, MDG_SCENE_PIN_WRONG);
  mdg_reception_bench_do (front, MDG_ACTION_TYPE_PIN);
  /* the second one was wrong: the yes comes before the first digit */
  mdg_reception_bench_assert_scene (front, MDG_SCENE_LAST_TRY, MDG_SCENE_LAST_TRY);
  g_assert_false (mdg_reception_push_digit (front->reception, '1'));
}

static void
check_last_try_screen (MdgReceptionBench *front)
{
  const MdgScreen *staff = mdg_reception_bench_staff (front);

  g_assert_false (staff->keypad);
  g_assert_cmpint (staff->tries_left, ==, 1);
  for (guint i = 0; i < staff->n_actions; i++)
    g_assert_false (staff->actions[i].primary && staff->actions[i].action == MDG_ACTION_YES);
  /* the yes is the staff's */
  g_assert_cmpuint (mdg_reception_bench_patient (front)->n_actions, ==, 0);
}

static void
test_last_try (void)
{
  for (guint way = 0; way < 2; way++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
      MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);
      guint before = way == 0 ? 0 : 1;

      if (way == 0)
        mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
      else
        bring_to_last_after_wrong (front);
      check_last_try_screen (front);
      g_assert_cmpuint (card->verifies, ==, before);
      mdg_reception_bench_do (front, MDG_ACTION_YES);
      mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
      mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN, MDG_SCENE_PIN);
      g_assert_cmpint (mdg_reception_bench_patient (front)->tries_left, ==, 1);
      mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
      g_assert_cmpuint (card->verifies, ==, before + 1);
    }
}

static void
test_last_try_refused (void)
{
  for (guint way = 0; way < 2; way++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
      MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);

      if (way == 0)
        mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
      else
        bring_to_last_after_wrong (front);
      mdg_reception_activate (front->reception, way == 0 ? MDG_ACTION_NO : MDG_ACTION_DISMISS);
      mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
      mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
      g_assert_cmpuint (card->verifies, ==, way == 0 ? 0 : 1);
    }
}

/* A yes is for one PIN: the card that comes next is not used up by it. */
static void
test_last_try_yes_ends (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  mdg_reception_bench_do (front, MDG_ACTION_YES);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_insert (front->bench, 0, "tries=1");
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_LAST_TRY, MDG_SCENE_LAST_TRY);
}

/* One patient forgot the PIN; the next one is asked for it all the same. */
static void
test_visual_once (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_do (front, MDG_ACTION_METHOD_VISUAL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_CONFIRM_FACE);
  g_assert_cmpint (mdg_reception_get_method (front->reception), ==, MDG_DESK_METHOD_PIN);
  /* the card is taken up to look at its photo, and put back */
  mdg_desk_bench_remove (front->bench, 0);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_CONFIRM_FACE);
  mdg_reception_bench_do (front, MDG_ACTION_YES);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpint (mdg_reception_get_answer (front->reception)->method, ==, MDG_DESK_METHOD_VISUAL);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN, MDG_SCENE_PIN);
}

/* Chosen while waiting it is the way from then on. */
static void
test_visual_chosen (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_reception_bench_do (front, MDG_ACTION_METHOD_VISUAL);
  g_assert_cmpint (mdg_reception_get_method (front->reception), ==, MDG_DESK_METHOD_VISUAL);
  g_assert_true (mdg_reception_bench_staff (front)->actions[1].primary);
  g_assert_false (mdg_reception_bench_staff (front)->actions[0].primary);
  g_assert_false (mdg_reception_push_digit (front->reception, '1'));
  for (guint i = 0; i < 2; i++)
    {
      mdg_desk_bench_insert (front->bench, 0, NULL);
      mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_CONFIRM_FACE);
      g_assert_cmpint (mdg_reception_bench_staff (front)->steps[1].state, ==, MDG_SCREEN_STEP_NOW);
      mdg_reception_bench_do (front, i == 0 ? MDG_ACTION_NO : MDG_ACTION_YES);
      mdg_desk_bench_wait (front->bench, i == 0 ? MDG_DESK_STATE_WAITING : MDG_DESK_STATE_SHOWING);
      mdg_desk_bench_remove (front->bench, 0);
    }
  mdg_reception_activate (front->reception, MDG_ACTION_DISMISS);
  mdg_reception_bench_do (front, MDG_ACTION_METHOD_PIN);
  g_assert_cmpint (mdg_reception_get_method (front->reception), ==, MDG_DESK_METHOD_PIN);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
}

/* A locked PIN: the card that lies there is looked at instead, and the next one is not. */
static void
test_blocked (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  const MdgScreen *staff;

  mdg_desk_bench_insert (front->bench, 0, "tries=0");
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_PROBLEM);
  staff = mdg_reception_bench_staff (front);
  g_assert_cmpint (staff->steps[1].state, ==, MDG_SCREEN_STEP_FAILED);
  g_assert_true (mdg_reception_bench_offers (staff, MDG_ACTION_FALLBACK));
  mdg_reception_set_consent (front->reception, MDG_CONSENT_YES); /* too late for this question */
  g_assert_cmpint (mdg_reception_get_consent (front->reception), ==, MDG_CONSENT_UNASKED);
  mdg_reception_bench_do (front, MDG_ACTION_METHOD_VISUAL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_CONFIRM_FACE);
  mdg_reception_bench_do (front, MDG_ACTION_YES);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (front->failed, ==, 1);
  g_assert_cmpuint (front->checked, ==, 1);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
}

/* What is offered when a check ended badly: by the problem's own action, one rule for the rest. */
static void
test_problems (void)
{
  static const struct
  {
    MdgServiceError code;
    MdgAction primary;
    MdgAction second;
  } cases[] = {
    { MDG_SERVICE_ERROR_UNREACHABLE, MDG_ACTION_RETRY, MDG_ACTION_FALLBACK },
    { MDG_SERVICE_ERROR_MAINTENANCE, MDG_ACTION_FALLBACK, MDG_ACTION_DISMISS },
    { MDG_SERVICE_ERROR_CARD_EXPIRED, MDG_ACTION_FALLBACK, MDG_ACTION_DISMISS },
    { MDG_SERVICE_ERROR_NOT_ACTIVATED, MDG_ACTION_PREPARATION, MDG_ACTION_FALLBACK },
    { MDG_SERVICE_ERROR_NO_PASSWORD, MDG_ACTION_LOG_IN, MDG_ACTION_FALLBACK },
    { MDG_SERVICE_ERROR_BAD_ANSWER, MDG_ACTION_RETRY, MDG_ACTION_FALLBACK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
      const MdgScreen *staff;

      mdg_fake_source_fail_answers (front->bench->source, cases[i].code);
      mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
      mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_PROBLEM);
      staff = mdg_reception_bench_staff (front);
      g_assert_cmpuint (staff->n_actions, ==, 2);
      g_assert_cmpint (staff->actions[0].action, ==, cases[i].primary);
      g_assert_true (staff->actions[0].primary);
      g_assert_cmpint (staff->actions[1].action, ==, cases[i].second);
      g_assert_cmpint (staff->steps[2].state, ==, MDG_SCREEN_STEP_FAILED);
      g_assert_nonnull (staff->problem);
      g_assert_nonnull (strstr (staff->detail, mdg_problem_get_cause (staff->problem)));
      g_assert_nonnull (strstr (staff->detail, mdg_problem_get_advice (staff->problem)));
      /* the patient hears neither what nor why */
      g_assert_null (strstr (mdg_reception_bench_patient (front)->title, staff->title));
      g_assert_cmpstr (mdg_reception_bench_patient (front)->detail, ==, "");
      g_assert_cmpuint (front->failed, ==, 1);
    }
}

/* A service that cannot be asked for a challenge: the PIN was never looked at, and nothing says so.
 */
static void
test_unasked (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  const MdgScreen *staff;

  mdg_fake_source_fail_challenges (front->bench->source, MDG_SERVICE_ERROR_UNREACHABLE);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_PROBLEM);
  staff = mdg_reception_bench_staff (front);
  g_assert_cmpint (staff->steps[0].state, ==, MDG_SCREEN_STEP_DONE);
  g_assert_cmpint (staff->steps[1].state, ==, MDG_SCREEN_STEP_TODO);
  g_assert_cmpint (staff->steps[2].state, ==, MDG_SCREEN_STEP_FAILED);
}

/* Not a My Number Card: another card, or the same one again, is all that is offered. */
static void
test_other_card (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_PROBLEM);
  g_assert_false (
      mdg_reception_bench_offers (mdg_reception_bench_staff (front), MDG_ACTION_FALLBACK));
  g_assert_cmpint (mdg_reception_bench_staff (front)->steps[0].state, ==, MDG_SCREEN_STEP_FAILED);
  mdg_reception_bench_do (front, MDG_ACTION_RETRY);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_PROBLEM);
  g_assert_cmpuint (front->failed, ==, 2);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_reception_bench_do (front, MDG_ACTION_RETRY);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
}

/* Pulled in every state: the scene that follows, and the words for it. */
static void
test_pulled (void)
{
  static const MdgScene after[MDG_DESK_N_STATES][2] = {
    [MDG_DESK_STATE_IDENTIFYING] = { MDG_SCENE_PROBLEM, MDG_SCENE_PROBLEM },
    [MDG_DESK_STATE_NEED_PIN] = { MDG_SCENE_WAITING, MDG_SCENE_WAITING },
    [MDG_DESK_STATE_CONFIRM_LAST_TRY] = { MDG_SCENE_WAITING, MDG_SCENE_WAITING },
    [MDG_DESK_STATE_CONFIRM_FACE] = { MDG_SCENE_FACE, MDG_SCENE_FACE },
    [MDG_DESK_STATE_SIGNING] = { MDG_SCENE_PROBLEM, MDG_SCENE_PROBLEM },
    [MDG_DESK_STATE_ASKING] = { MDG_SCENE_ASKING, MDG_SCENE_ASKING },
    [MDG_DESK_STATE_SHOWING] = { MDG_SCENE_ANSWER, MDG_SCENE_THANKS },
    [MDG_DESK_STATE_PROBLEM] = { MDG_SCENE_PROBLEM, MDG_SCENE_PROBLEM },
  };

  for (guint state = MDG_DESK_STATE_IDENTIFYING; state < MDG_DESK_N_STATES; state++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
      MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);
      gboolean blocked = state == MDG_DESK_STATE_IDENTIFYING || state == MDG_DESK_STATE_SIGNING;

      g_test_message ("%s", mdg_desk_state_to_string (state));
      mdg_desk_bench_bring_to (front->bench, state);
      g_clear_pointer (&card->card, mdg_virtual_card_free);
      mdg_desk_bench_remove (front->bench, 0);
      if (blocked)
        mdg_fake_reader_release (card->reader);
      mdg_desk_bench_wait_idle (front->bench);
      mdg_test_settle ();
      mdg_desk_bench_wait_idle (front->bench);
      mdg_reception_bench_assert_scene (front, after[state][0], after[state][1]);
      if (after[state][0] == MDG_SCENE_WAITING)
        {
          g_assert_cmpstr (mdg_reception_bench_staff (front)->detail, !=, "");
          g_assert_cmpint (mdg_reception_bench_staff (front)->tone, ==, MDG_TONE_ATTENTION);
        }
    }
}

/* With a window of their own the patient types; staff see how far. */
static void
test_patient_window (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  guint screens;

  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_true (mdg_reception_bench_staff (front)->keypad);
  g_object_set (front->reception, "patient-window", TRUE, NULL);
  g_assert_false (mdg_reception_bench_staff (front)->keypad);
  g_assert_true (mdg_reception_bench_patient (front)->keypad);
  mdg_reception_bench_type (front, "12");
  g_assert_nonnull (strstr (mdg_reception_bench_staff (front)->title, "2"));
  g_assert_nonnull (strstr (mdg_reception_bench_staff (front)->title, "4"));
  /* the window is closed at any time, and the screen is the staff's again */
  g_object_set (front->reception, "patient-window", FALSE, NULL);
  g_assert_true (mdg_reception_bench_staff (front)->keypad);
  g_assert_cmpuint (mdg_reception_get_pin_length (front->reception), ==, 2);
  screens = front->screens;
  g_object_set (front->reception, "patient-window", FALSE, NULL);
  mdg_reception_set_method (front->reception, MDG_DESK_METHOD_PIN);
  mdg_reception_activate (front->reception, MDG_ACTION_NONE);
  g_assert_cmpuint (front->screens, ==, screens);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reception/every-state", test_every_state);
  g_test_add_func ("/reception/no-reader", test_no_reader);
  g_test_add_func ("/reception/no-reader-reason", test_no_reader_reason);
  g_test_add_func ("/reception/wrong-pin", test_wrong_pin);
  g_test_add_func ("/reception/last-try/yes", test_last_try);
  g_test_add_func ("/reception/last-try/no", test_last_try_refused);
  g_test_add_func ("/reception/last-try/yes-ends", test_last_try_yes_ends);
  g_test_add_func ("/reception/visual/once", test_visual_once);
  g_test_add_func ("/reception/visual/chosen", test_visual_chosen);
  g_test_add_func ("/reception/problem/blocked", test_blocked);
  g_test_add_func ("/reception/problem/offers", test_problems);
  g_test_add_func ("/reception/unasked", test_unasked);
  g_test_add_func ("/reception/problem/other-card", test_other_card);
  g_test_add_func ("/reception/pulled", test_pulled);
  g_test_add_func ("/reception/patient-window", test_patient_window);
  return mdg_desk_bench_main (argc, argv);
}
