/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From one patient to the next: how long an answer and the thanks stay, whose consent goes into
 * which question, what is told once, and a day's work without anything left over. */
#include "config.h"

#include "mdg-reception-bench.h"
#include "mdg-reception-private.h"

#define MANY 1000

static void
bring_to_answer (MdgReceptionBench *front)
{
  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
}

static void
test_countdown (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  g_object_set (front->reception, "show-seconds", 2, NULL);
  g_assert_cmpint (mdg_reception_get_seconds_left (front->reception), ==, -1);
  bring_to_answer (front);
  g_assert_cmpint (mdg_reception_get_seconds_left (front->reception), ==, 2);
  g_assert_true (mdg_reception_bench_offers (mdg_reception_bench_staff (front), MDG_ACTION_KEEP));
  mdg_test_wait_for (mdg_reception_get_seconds_left (front->reception) == 1);
  g_assert_nonnull (mdg_reception_get_answer (front->reception));
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
  g_assert_cmpint (mdg_reception_get_seconds_left (front->reception), ==, -1);
  g_assert_null (mdg_reception_get_answer (front->reception));
  mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
  /* 2, 1, perhaps 0, none: not more often than there is something new */
  g_assert_cmpuint (front->seconds, >=, 3);
  g_assert_cmpuint (front->seconds, <=, 4);
  g_assert_cmpuint (front->reception->tick, ==, 0);
}

static void
test_keep (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);

  g_object_set (front->reception, "show-seconds", 1, NULL);
  bring_to_answer (front);
  mdg_reception_bench_do (front, MDG_ACTION_KEEP);
  g_assert_cmpint (mdg_reception_get_seconds_left (front->reception), ==, -1);
  g_assert_false (mdg_reception_bench_offers (mdg_reception_bench_staff (front), MDG_ACTION_KEEP));
  g_assert_cmpint (mdg_desk_get_show_until (front->bench->desk), ==, 0);
  g_assert_cmpuint (front->reception->tick, ==, 0);
  /* the next card clears it at once all the same */
  mdg_desk_bench_remove (front->bench, 0);
  mdg_fake_reader_block_transmit (card->reader, 0);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  g_assert_null (mdg_reception_get_answer (front->reception));
  mdg_fake_reader_wait_blocked (card->reader);
  mdg_fake_reader_release (card->reader);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  /* and the next answer is counted down again */
  mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
  g_assert_cmpint (mdg_reception_get_seconds_left (front->reception), ==, 1);
}

static void
test_kept_from_the_start (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  g_object_set (front->reception, "show-seconds", 0, NULL);
  bring_to_answer (front);
  g_assert_cmpint (mdg_reception_get_seconds_left (front->reception), ==, -1);
  g_assert_cmpuint (front->seconds, ==, 0);
  g_assert_cmpint (mdg_desk_get_show_until (front->bench->desk), ==, 0);
  mdg_desk_keep (front->bench->desk);
  mdg_reception_bench_do (front, MDG_ACTION_DISMISS);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
  mdg_desk_keep (front->bench->desk); /* nothing to keep */
}

/* Thanked until the card is taken, and long enough to read it; then the window is the next one's.
 */
static void
test_thanks (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  front->reception->thanks_milliseconds = 20;
  bring_to_answer (front);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_ANSWER, MDG_SCENE_THANKS);
  mdg_test_wait_for (front->reception->thanks_timer == 0);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_ANSWER, MDG_SCENE_THANKS);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_ANSWER, MDG_SCENE_WAITING);
  g_assert_false (mdg_reception_bench_patient (front)->ask_consent);

  front->reception->thanks_milliseconds = 100000;
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_ANSWER, MDG_SCENE_THANKS);
}

/* Said before the card, or with it: it goes into this question and into no other. */
static void
test_consent (void)
{
  for (guint when = 0; when < 3; when++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

      if (when == 0)
        mdg_reception_set_consent (front->reception, MDG_CONSENT_YES);
      mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
      g_assert_true (mdg_reception_bench_staff (front)->ask_consent);
      g_assert_true (mdg_reception_bench_patient (front)->ask_consent);
      if (when == 1)
        mdg_reception_set_consent (front->reception, MDG_CONSENT_YES);
      if (when == 2)
        mdg_reception_set_consent (front->reception, MDG_CONSENT_NO);
      mdg_reception_bench_enter (front, MDG_BENCH_WRONG, MDG_DESK_STATE_NEED_PIN);
      mdg_reception_bench_do (front, MDG_ACTION_TYPE_PIN);
      mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
      g_assert_true (mdg_fake_source_get_consent_limit (front->bench->source) == (when < 2));
      g_assert_true (mdg_fake_source_get_consent_diseases (front->bench->source) == (when < 2));
      g_assert_false (mdg_reception_bench_patient (front)->ask_consent);

      /* the next one, whose card comes while the answer is still there, was not asked */
      mdg_desk_bench_remove (front->bench, 0);
      mdg_desk_bench_insert (front->bench, 0, NULL);
      g_assert_cmpint (mdg_reception_get_consent (front->reception), ==, MDG_CONSENT_UNASKED);
      mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
      mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
      g_assert_false (mdg_fake_source_get_consent_limit (front->bench->source));
      g_assert_false (mdg_fake_source_get_consent_diseases (front->bench->source));
    }
}

/* Every way that a check, or the wait for a card, ends: the yes ends with it. */
static void
test_consent_ends (void)
{
  for (guint state = MDG_DESK_STATE_WAITING; state <= MDG_DESK_STATE_CONFIRM_FACE; state++)
    for (guint pull = 0; pull < 2; pull++)
      {
        g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
        MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);

        if (pull == 1 && state < MDG_DESK_STATE_NEED_PIN)
          continue;
        g_test_message ("%s %u", mdg_desk_state_to_string (state), pull);
        mdg_desk_bench_bring_to (front->bench, state);
        mdg_reception_set_consent (front->reception, MDG_CONSENT_YES);
        g_assert_cmpint (mdg_reception_get_consent (front->reception), ==, MDG_CONSENT_YES);
        if (pull == 0)
          mdg_reception_activate (front->reception, MDG_ACTION_DISMISS);
        else
          mdg_desk_bench_remove (front->bench, 0);
        if (state == MDG_DESK_STATE_IDENTIFYING)
          mdg_fake_reader_release (card->reader);
        mdg_desk_bench_wait_idle (front->bench);
        if (state == MDG_DESK_STATE_CONFIRM_FACE && pull == 1)
          mdg_desk_bench_insert (front->bench, 0, NULL); /* it may be another's */
        g_assert_cmpint (mdg_reception_get_consent (front->reception), ==, MDG_CONSENT_UNASKED);
        mdg_desk_bench_wait_idle (front->bench);
      }
}

/* Somebody says yes and goes away without a card. */
static void
test_consent_without_card (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  g_object_set (front->bench->desk, "arm-timeout", 20, NULL);
  mdg_reception_set_consent (front->reception, MDG_CONSENT_YES);
  mdg_test_wait_for (mdg_reception_get_consent (front->reception) == MDG_CONSENT_UNASKED);
  g_assert_cmpuint (front->reception->forget_timer, ==, 0);
}

/* The card that lies there, read once more after a problem, is the same patient's. */
static void
test_consent_retry (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);

  mdg_reception_set_consent (front->reception, MDG_CONSENT_YES);
  mdg_fake_reader_fail_connect (card->reader, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_PROBLEM);
  mdg_reception_bench_do (front, MDG_ACTION_RETRY);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_SHOWING);
  g_assert_true (mdg_fake_source_get_consent_limit (front->bench->source));

  /* and one that was taken away meanwhile is not */
  mdg_desk_bench_remove (front->bench, 0);
  mdg_reception_activate (front->reception, MDG_ACTION_DISMISS);
  mdg_reception_set_consent (front->reception, MDG_CONSENT_YES);
  mdg_fake_reader_fail_connect (card->reader, MDG_READER_ERROR, MDG_READER_ERROR_IN_USE);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_remove (front->bench, 0);
  mdg_reception_bench_do (front, MDG_ACTION_RETRY);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
  g_assert_cmpint (mdg_reception_get_consent (front->reception), ==, MDG_CONSENT_UNASKED);
}

/* Not asked on the patient's window, staff may still say what they were told. */
static void
test_consent_not_asked (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  g_object_set (front->reception, "ask-consent", FALSE, NULL);
  g_assert_false (mdg_reception_bench_patient (front)->ask_consent);
  g_assert_true (mdg_reception_bench_staff (front)->ask_consent);
}

static guint
count_handlers (MdgReceptionBench *front, gpointer instance)
{
  guint n = g_signal_handlers_block_matched (instance, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                             front->reception);

  g_signal_handlers_unblock_matched (instance, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL,
                                     front->reception);
  return n;
}

static void
check_once (MdgReceptionBench *front, guint number)
{
  MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);

  mdg_reception_set_consent (front->reception, number % 3 == 0 ? MDG_CONSENT_YES : MDG_CONSENT_NO);
  mdg_reception_bench_type (front, MDG_BENCH_PIN);
  g_assert_true (mdg_reception_submit_pin (front->reception));
  /* a virtual card anew costs more than the check: the same one is put again */
  if (number == 0)
    mdg_desk_bench_insert (front->bench, 0, NULL);
  else
    {
      mdg_virtual_card_power_on (card->card);
      mdg_fake_bench_insert (card->reader, "3B8080010101");
    }
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (front->checked, ==, number + 1);
  g_assert_true (mdg_fake_source_get_consent_limit (front->bench->source) == (number % 3 == 0));
  mdg_desk_bench_remove (front->bench, 0);
  mdg_reception_bench_do (front, MDG_ACTION_DISMISS);
  mdg_fake_reader_clear_log (card->reader);
}

static void
test_many (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  MdgBenchCard *card = g_ptr_array_index (front->bench->cards, 0);

  for (guint i = 0; i < MANY; i++)
    check_once (front, i);
  g_assert_cmpuint (front->checked, ==, MANY);
  g_assert_cmpuint (front->failed, ==, 0);
  g_assert_cmpuint (card->verifies, ==, MANY);
  g_assert_cmpuint (count_handlers (front, front->bench->desk), ==, 1);
  g_assert_cmpuint (count_handlers (front, card->reader), ==, 0);
  g_assert_cmpuint (front->reception->tick, ==, 0);
  g_assert_cmpuint (front->reception->forget_timer, ==, 0);
  g_assert_cmpuint (front->reception->thanks_timer, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reception-time/countdown", test_countdown);
  g_test_add_func ("/reception-time/keep", test_keep);
  g_test_add_func ("/reception-time/kept-from-the-start", test_kept_from_the_start);
  g_test_add_func ("/reception-time/thanks", test_thanks);
  g_test_add_func ("/reception-time/consent/one-question", test_consent);
  g_test_add_func ("/reception-time/consent/ends", test_consent_ends);
  g_test_add_func ("/reception-time/consent/without-card", test_consent_without_card);
  g_test_add_func ("/reception-time/consent/retry", test_consent_retry);
  g_test_add_func ("/reception-time/consent/not-asked", test_consent_not_asked);
  g_test_add_func ("/reception-time/many", test_many);
  return mdg_desk_bench_main (argc, argv);
}
