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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reception/every-state", test_every_state);
  g_test_add_func ("/reception/no-reader", test_no_reader);
  return mdg_desk_bench_main (argc, argv);
}
