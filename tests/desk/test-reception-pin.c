/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Typing: before and after the card, what is never given to the desk, and that nothing of a PIN is
 * there after any way out. */
#include "config.h"

#include "mdg-reception-bench.h"
#include "mdg-reception-private.h"

static MdgBenchCard *
get_card (MdgReceptionBench *front)
{
  return g_ptr_array_index (front->bench->cards, 0);
}

static void
assert_nothing_typed (MdgReceptionBench *front)
{
  g_assert_null (front->reception->pin);
  g_assert_cmpuint (mdg_reception_get_pin_length (front->reception), ==, 0);
  g_assert_false (front->reception->pin_first);
  g_assert_false (front->reception->too_many);
}

/* By 暗証番号 pressed again, by its own action, and by a digit on the keyboard. */
static void
test_ways_in (void)
{
  for (guint way = 0; way < 3; way++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

      if (way == 0)
        mdg_reception_bench_do (front, MDG_ACTION_METHOD_PIN);
      else if (way == 1)
        mdg_reception_activate (front->reception, MDG_ACTION_TYPE_PIN);
      else
        mdg_reception_bench_type (front, "1");
      mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN_FIRST, MDG_SCENE_PIN_FIRST);
      g_assert_true (mdg_reception_bench_staff (front)->keypad);
      g_assert_cmpint (mdg_reception_bench_staff (front)->tries_left, ==, -1);
      g_assert_cmpstr (mdg_reception_bench_staff (front)->detail, !=, "");
      g_assert_false (mdg_reception_submit_pin (front->reception));
      mdg_reception_bench_do (front, MDG_ACTION_DISMISS);
      mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
      assert_nothing_typed (front);
    }
}

static void
test_first (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_reception_bench_enter (front, MDG_BENCH_PIN, MDG_DESK_STATE_ARMED);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_ARMED, MDG_SCENE_ARMED);
  g_assert_false (mdg_reception_push_digit (front->reception, '1'));
  assert_nothing_typed (front);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (get_card (front)->verifies, ==, 1);
}

/* The card comes while its PIN is typed: what was typed stays, and no key is lost meanwhile. */
static void
test_card_comes (void)
{
  for (guint typed = 0; typed <= MDG_PIN_LENGTH; typed++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
      g_autofree char *begun = g_strndup (MDG_BENCH_PIN, typed);

      mdg_reception_activate (front->reception, MDG_ACTION_TYPE_PIN);
      mdg_reception_bench_type (front, begun);
      mdg_fake_reader_block_transmit (get_card (front)->reader, 2);
      mdg_desk_bench_insert (front->bench, 0, NULL);
      mdg_fake_reader_wait_blocked (get_card (front)->reader);
      mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN_FIRST, MDG_SCENE_PIN_FIRST);
      if (typed < 2)
        mdg_reception_bench_type (front, typed == 0 ? "12" : "2");
      mdg_fake_reader_release (get_card (front)->reader);
      mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
      mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN, MDG_SCENE_PIN);
      g_assert_cmpint (mdg_reception_bench_staff (front)->tries_left, ==, 3);
      g_assert_cmpuint (mdg_reception_get_pin_length (front->reception), ==, MAX (typed, 2));
      mdg_reception_bench_enter (front, &MDG_BENCH_PIN[MAX (typed, 2)], MDG_DESK_STATE_SHOWING);
      g_assert_cmpuint (get_card (front)->verifies, ==, 1);
      assert_nothing_typed (front);
    }
}

/* The card goes again before it was read: what was typed goes with it. */
static void
test_card_goes (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_reception_bench_type (front, "123");
  mdg_fake_reader_block_transmit (get_card (front)->reader, 2);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_fake_reader_wait_blocked (get_card (front)->reader);
  g_assert_cmpuint (mdg_reception_get_pin_length (front->reception), ==, 3);
  g_clear_pointer (&get_card (front)->card, mdg_virtual_card_free);
  mdg_desk_bench_remove (front->bench, 0);
  assert_nothing_typed (front);
  mdg_fake_reader_release (get_card (front)->reader);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_PROBLEM);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_PROBLEM, MDG_SCENE_PROBLEM);
}

/* 確定 is pressed while the card is still read. */
static void
test_submitted_meanwhile (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_reception_bench_type (front, MDG_BENCH_PIN);
  mdg_fake_reader_block_transmit (get_card (front)->reader, 2);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_fake_reader_wait_blocked (get_card (front)->reader);
  g_assert_true (mdg_reception_submit_pin (front->reception));
  mdg_reception_bench_assert_scene (front, MDG_SCENE_READING, MDG_SCENE_READING);
  g_assert_false (mdg_reception_submit_pin (front->reception));
  mdg_fake_reader_release (get_card (front)->reader);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (get_card (front)->verifies, ==, 1);
}

/* A card with one try left: what was typed before it is gone, and the yes comes first. */
static void
test_last_try_comes (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_reception_bench_type (front, MDG_BENCH_PIN);
  mdg_desk_bench_insert (front->bench, 0, "tries=1");
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  assert_nothing_typed (front);
  g_assert_cmpuint (get_card (front)->verifies, ==, 0);
}

/* A key hit twice, or a bar-code reader: not four digits is not a PIN. */
static void
test_too_many (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_reception_bench_type (front, "4901");
  for (const char *more = "234567894"; *more != '\0'; more++)
    g_assert_false (mdg_reception_push_digit (front->reception, *more));
  g_assert_false (mdg_reception_submit_pin (front->reception));
  g_assert_cmpint (mdg_desk_get_state (front->bench->desk), ==, MDG_DESK_STATE_WAITING);
  mdg_reception_bench_assert_scene (front, MDG_SCENE_PIN_FIRST, MDG_SCENE_PIN_FIRST);
  g_assert_cmpuint (mdg_reception_get_pin_length (front->reception), ==, 0);
  /* typed anew it counts; and so does a fifth digit that was taken back */
  mdg_reception_bench_type (front, "1235");
  g_assert_false (mdg_reception_push_digit (front->reception, '4'));
  g_assert_true (mdg_reception_pop_digit (front->reception));
  mdg_reception_bench_enter (front, "4", MDG_DESK_STATE_ARMED);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_SHOWING);
}

static void
test_keys (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  g_assert_false (mdg_reception_pop_digit (front->reception));
  g_assert_false (mdg_reception_push_digit (front->reception, 'a'));
  mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
  mdg_reception_bench_type (front, "12");
  g_assert_true (mdg_reception_pop_digit (front->reception));
  g_assert_cmpuint (mdg_reception_get_pin_length (front->reception), ==, 1);
  g_assert_true (mdg_reception_pop_digit (front->reception));
  g_assert_false (mdg_reception_pop_digit (front->reception));
  g_assert_false (mdg_reception_submit_pin (front->reception));
}

typedef enum
{
  OUT_DISMISS,
  OUT_VISUAL,
  OUT_NO_CARD,
  OUT_UNPLUG,
  OUT_STOP,
  OUT_ACTION_VISUAL,
  N_OUT
} WayOut;

static void
go_out (MdgReceptionBench *front, WayOut way)
{
  switch (way)
    {
    case OUT_DISMISS:
      mdg_reception_bench_do (front, MDG_ACTION_DISMISS);
      break;
    case OUT_VISUAL:
      mdg_reception_set_method (front->reception, MDG_DESK_METHOD_VISUAL);
      break;
    case OUT_NO_CARD:
      mdg_test_wait_for (front->reception->pin == NULL);
      break;
    case OUT_UNPLUG:
      mdg_desk_bench_unplug (front->bench, 0);
      break;
    case OUT_STOP:
      mdg_desk_stop (front->bench->desk);
      break;
    case OUT_ACTION_VISUAL:
    case N_OUT:
    default:
      mdg_reception_activate (front->reception, MDG_ACTION_METHOD_VISUAL);
    }
}

/* Out of typing before the card. */
static void
test_ways_out_first (void)
{
  for (guint way = 0; way < N_OUT; way++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

      g_test_message ("way %u", way);
      if (way == OUT_NO_CARD)
        g_object_set (front->bench->desk, "arm-timeout", 20, NULL);
      mdg_reception_bench_type (front, "123");
      go_out (front, way);
      assert_nothing_typed (front);
      if (way == OUT_UNPLUG || way == OUT_STOP)
        mdg_reception_bench_assert_scene (front, MDG_SCENE_NO_READER, MDG_SCENE_NO_READER);
      else
        mdg_reception_bench_assert_scene (front, MDG_SCENE_WAITING, MDG_SCENE_WAITING);
    }
}

/* Out of typing with the card there. */
static void
test_ways_out_after (void)
{
  for (guint way = 0; way < N_OUT + 1; way++)
    {
      g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

      g_test_message ("way %u", way);
      if (way == OUT_VISUAL)
        continue; /* it is for the next card */
      if (way == OUT_NO_CARD)
        g_object_set (front->bench->desk, "pin-timeout", 20, NULL);
      mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
      mdg_reception_bench_type (front, "123");
      if (way == N_OUT)
        {
          mdg_desk_bench_remove (front->bench, 0);
          mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
        }
      else
        go_out (front, way);
      assert_nothing_typed (front);
      mdg_desk_bench_wait_idle (front->bench);
      g_assert_cmpuint (get_card (front)->verifies, ==, 0);
    }
}

/* Digits of one patient do not wait for the next one's card. */
static void
test_not_for_another (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();

  mdg_desk_bench_bring_to (front->bench, MDG_DESK_STATE_NEED_PIN);
  mdg_reception_bench_type (front, "123");
  mdg_desk_bench_remove (front->bench, 0);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_insert (front->bench, 0, NULL);
  mdg_desk_bench_wait (front->bench, MDG_DESK_STATE_NEED_PIN);
  assert_nothing_typed (front);
  g_assert_false (mdg_reception_submit_pin (front->reception));
}

static gboolean
is_a_keypad (const char *keypad)
{
  guint seen = 0;

  for (guint i = 0; i < 10; i++)
    seen |= g_ascii_isdigit (keypad[i]) ? 1u << (keypad[i] - '0') : 0;
  return seen == 0x3ff && strlen (keypad) == 10;
}

static void
test_keypad (void)
{
  g_autoptr (MdgReceptionBench) front = mdg_reception_bench_new ();
  g_autoptr (GHashTable) orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint first_places[10] = { 0 };

  g_assert_cmpstr (mdg_reception_get_keypad (front->reception), ==, "1234567890");
  g_object_set (front->reception, "shuffle", TRUE, NULL);
  for (guint i = 0; i < 1000; i++)
    {
      const char *keypad = mdg_reception_get_keypad (front->reception);
      g_autofree char *before = g_strdup (keypad);

      g_assert_true (is_a_keypad (keypad));
      first_places[keypad[0] - '0']++;
      g_hash_table_add (orders, g_strdup (keypad));
      /* the same for as long as the patient types */
      mdg_reception_bench_type (front, "12");
      g_assert_cmpstr (mdg_reception_get_keypad (front->reception), ==, before);
      mdg_reception_activate (front->reception, MDG_ACTION_DISMISS);
    }
  g_assert_cmpuint (g_hash_table_size (orders), >, 990); /* of 3 628 800 */
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (first_places[i], >, 40); /* of about 100: six standard deviations */
  g_object_set (front->reception, "shuffle", FALSE, NULL);
  g_assert_cmpstr (mdg_reception_get_keypad (front->reception), ==, "1234567890");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reception-pin/ways-in", test_ways_in);
  g_test_add_func ("/reception-pin/first", test_first);
  g_test_add_func ("/reception-pin/card-comes", test_card_comes);
  g_test_add_func ("/reception-pin/card-goes", test_card_goes);
  g_test_add_func ("/reception-pin/submitted-meanwhile", test_submitted_meanwhile);
  g_test_add_func ("/reception-pin/last-try-comes", test_last_try_comes);
  g_test_add_func ("/reception-pin/too-many", test_too_many);
  g_test_add_func ("/reception-pin/keys", test_keys);
  g_test_add_func ("/reception-pin/ways-out/first", test_ways_out_first);
  g_test_add_func ("/reception-pin/ways-out/after", test_ways_out_after);
  g_test_add_func ("/reception-pin/not-for-another", test_not_for_another);
  g_test_add_func ("/reception-pin/keypad", test_keypad);
  return mdg_desk_bench_main (argc, argv);
}
