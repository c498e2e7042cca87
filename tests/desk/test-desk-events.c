/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Things that happen in every state: the card is pulled, the reader unplugged, the screen
 * dismissed, the desk stopped; and things that happen in the wrong order. */
#include "config.h"

#include "mdg-desk-bench.h"

#include "mdg-card-error.h"
#include "mdg-desk-private.h"

typedef enum
{
  PULL,
  UNPLUG,
  DISMISS,
  STOP,
  N_DEEDS
} Deed;

static const char *const deed_names[] = { "pull", "unplug", "dismiss", "stop" };

/* The state after each deed in each state; NULL: a state that the deed cannot be done in. */
static const char *const after[MDG_DESK_N_STATES][3] = {
  [MDG_DESK_STATE_WAITING] = { NULL, "no-reader", "waiting" },
  [MDG_DESK_STATE_ARMED] = { NULL, "no-reader", "waiting" },
  [MDG_DESK_STATE_IDENTIFYING] = { "problem", "problem", "waiting" },
  [MDG_DESK_STATE_NEED_PIN] = { "waiting", "no-reader", "waiting" },
  [MDG_DESK_STATE_CONFIRM_LAST_TRY] = { "waiting", "no-reader", "waiting" },
  [MDG_DESK_STATE_CONFIRM_FACE] = { "confirm-face", "confirm-face", "waiting" },
  [MDG_DESK_STATE_SIGNING] = { "problem", "problem", "showing" },
  [MDG_DESK_STATE_ASKING] = { "asking", "asking", "waiting" },
  [MDG_DESK_STATE_SHOWING] = { "showing", "showing", "waiting" },
  [MDG_DESK_STATE_PROBLEM] = { "problem", "problem", "waiting" },
};

static void
do_deed (MdgDeskBench *bench, Deed deed)
{
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  switch (deed)
    {
    case PULL:
      g_clear_pointer (&card->card, mdg_virtual_card_free);
      mdg_desk_bench_remove (bench, 0);
      break;
    case UNPLUG:
      mdg_desk_bench_unplug (bench, 0);
      break;
    case DISMISS:
      mdg_desk_dismiss (bench->desk);
      break;
    case STOP:
    case N_DEEDS:
    default:
      mdg_desk_stop (bench->desk);
    }
}

static gboolean
is_blocked_in (MdgDeskState state)
{
  return state == MDG_DESK_STATE_IDENTIFYING || state == MDG_DESK_STATE_SIGNING;
}

static void
check_deed (MdgDeskState state, Deed deed)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);
  const char *expected = deed < STOP ? after[state][deed] : "no-reader";

  if (expected == NULL)
    return;
  g_test_message ("%s in %s", deed_names[deed], mdg_desk_state_to_string (state));
  mdg_desk_bench_bring_to (bench, state);
  do_deed (bench, deed);
  if (is_blocked_in (state))
    mdg_fake_reader_release (card->reader);
  mdg_desk_bench_wait_idle (bench);
  mdg_test_settle ();
  mdg_desk_bench_wait_idle (bench);
  g_assert_cmpstr (mdg_desk_state_to_string (mdg_desk_get_state (bench->desk)), ==, expected);

  g_assert_null (bench->desk->pin);
  if (g_str_equal (expected, "waiting") || g_str_equal (expected, "no-reader"))
    {
      g_assert_null (bench->desk->session);
      g_assert_null (bench->desk->slot);
      g_assert_null (mdg_desk_get_answer (bench->desk));
    }
  if (deed >= DISMISS && state != MDG_DESK_STATE_WAITING && state != MDG_DESK_STATE_ARMED &&
      state != MDG_DESK_STATE_PROBLEM)
    mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->verifies, <=, 1);
}

static void
test_deeds (gconstpointer data)
{
  Deed deed = GPOINTER_TO_UINT (data);

  for (guint state = MDG_DESK_STATE_WAITING; state < MDG_DESK_N_STATES; state++)
    check_deed (state, deed);
}

/* What a pull is called, in the states that are left with words. */
static void
test_words (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_NEED_PIN);
  do_deed (bench, PULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_assert_error (bench, MDG_READER_ERROR, MDG_READER_ERROR_REMOVED);
  /* the next card clears it */
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_null (mdg_desk_get_problem (bench->desk));

  /* pulled while the PIN is on its way: nobody knows what became of it */
  card->fault = MDG_VIRTUAL_FAULT_LOSE;
  card->fault_at = card->exchanges + 3;
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_UNKNOWN);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_unplug_words (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_IDENTIFYING);
  mdg_desk_bench_unplug (bench, 0);
  mdg_fake_reader_release (card->reader);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  mdg_desk_dismiss (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NO_READER);
  mdg_desk_bench_assert_error (bench, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
}

/* The reader is unplugged while the card verifies: the core ends the run with its own word. */
static void
test_unplug_verifying (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_SIGNING);
  mdg_desk_bench_unplug (bench, 0);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_UNKNOWN);
}

/* A thread that hangs for good in VERIFY: the run is given up, and the outcome stays unknown. */
static void
test_hang_verifying (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  mdg_reader_set_deadline (MDG_READER (card->reader), 800);
  mdg_fake_reader_ignore_interrupt (card->reader, TRUE);
  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_SIGNING);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_UNKNOWN);
  mdg_fake_reader_release (card->reader);
  mdg_test_wait_for (mdg_reader_get_problem (MDG_READER (card->reader)) == NULL);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_no_reader (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (0, NULL);
  g_autoptr (MdgFakeReader) reader = NULL;

  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_NO_READER);
  mdg_desk_bench_assert_error (bench, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  g_assert_cmpint (mdg_problem_get_kind (mdg_desk_get_problem (bench->desk)), ==,
                   MDG_PROBLEM_KIND_NO_READER);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  reader = mdg_fake_bench_add_reader (bench->readers, "fake:late");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_ARMED);
  g_assert_null (mdg_desk_get_problem (bench->desk));
}

static void
test_reader_problem (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);
  g_autoptr (GError) error = g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_NO_ACCESS, "");

  mdg_reader_report_problem (MDG_READER (card->reader), error);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NO_READER);
  mdg_desk_bench_assert_error (bench, MDG_READER_ERROR, MDG_READER_ERROR_NO_ACCESS);
  mdg_reader_report_problem (MDG_READER (card->reader), NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
}

static void
test_reader_id (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new_stopped (2, NULL);

  mdg_desk_set_reader_id (bench->desk, "fake:1");
  mdg_desk_start (bench->desk);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_test_settle ();
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_insert (bench, 1, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpstr (mdg_reader_get_id (mdg_desk_get_reader (bench->desk)), ==, "fake:1");
  mdg_desk_set_reader_id (bench->desk, "fake:none");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NO_READER);
}

/* The next patient's card comes while the first one's question is out. */
static void
test_second_card (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (2, NULL);

  mdg_fake_source_hold_answers (bench->source, TRUE);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_ASKING);
  mdg_desk_bench_insert (bench, 1, NULL);
  mdg_desk_bench_remove (bench, 0);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_ASKING);
  mdg_fake_source_release (bench->source, FALSE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpstr (mdg_desk_get_answer (bench->desk)->reader_name, ==, "Fake reader fake:0");
  /* the second one's turn comes when the first one's answer is put away */
  mdg_desk_dismiss (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpstr (mdg_reader_get_id (mdg_desk_get_reader (bench->desk)), ==, "fake:1");
  g_assert_null (mdg_desk_get_answer (bench->desk));
}

/* A card on the reader clears the answer before anything is known of it. */
static void
test_card_clears_answer (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (2, NULL);

  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_SHOWING);
  mdg_fake_reader_block_transmit (((MdgBenchCard *) bench->cards->pdata[1])->reader, 1);
  mdg_desk_bench_insert (bench, 1, NULL);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_IDENTIFYING);
  g_assert_null (mdg_desk_get_answer (bench->desk));
  mdg_fake_reader_wait_blocked (((MdgBenchCard *) bench->cards->pdata[1])->reader);
  mdg_fake_reader_release (((MdgBenchCard *) bench->cards->pdata[1])->reader);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
}

/* Three questions are out, the first two were given up: in whatever order the answers come, only
 * the third one's is shown. */
static void
check_late_answers (gboolean last_first)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  mdg_fake_source_hold_answers (bench->source, TRUE);
  mdg_fake_source_set_deaf (bench->source, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      mdg_desk_bench_insert (bench, 0, NULL);
      mdg_desk_bench_wait (bench, MDG_DESK_STATE_ASKING);
      if (i < 2)
        mdg_desk_dismiss (bench->desk);
      mdg_desk_bench_remove (bench, 0);
    }
  g_assert_cmpuint (mdg_fake_source_count_held (bench->source), ==, 3);
  mdg_fake_source_release (bench->source, last_first);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_test_settle ();
  g_assert_cmpuint (mdg_fake_source_get_number (mdg_desk_get_answer (bench->desk)->message), ==, 3);

  mdg_desk_dismiss (bench->desk);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_ASKING);
  mdg_desk_dismiss (bench->desk);
  mdg_fake_source_release (bench->source, FALSE);
  mdg_test_settle ();
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_WAITING);
  g_assert_null (mdg_desk_get_answer (bench->desk));
}

static void
test_late_answers (void)
{
  check_late_answers (TRUE);
  check_late_answers (FALSE);
}

/* A PIN where nobody asked for one is gone, not kept for the next patient. */
static void
test_unasked_pin (void)
{
  static const MdgDeskState states[] = { MDG_DESK_STATE_CONFIRM_LAST_TRY, MDG_DESK_STATE_ASKING,
                                         MDG_DESK_STATE_SHOWING, MDG_DESK_STATE_PROBLEM };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

      mdg_desk_bench_bring_to (bench, states[i]);
      mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_PIN);
      mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, states[i]);
      g_assert_null (bench->desk->pin);
    }
}

/* Typed while the card is still being read: it waits for the card. */
static void
test_early_pin (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_IDENTIFYING);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN); /* the first is erased */
  mdg_fake_reader_release (card->reader);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_assert_states (bench, "waiting identifying need-pin signing asking showing");
  g_assert_cmpuint (card->verifies, ==, 1);
}

/* The screen is dismissed while the card is read: the PIN that was typed meanwhile goes with it. */
static void
test_early_pin_dismissed (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  mdg_desk_bench_bring_to (bench, MDG_DESK_STATE_IDENTIFYING);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_dismiss (bench->desk);
  mdg_fake_reader_release (card->reader);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_assert_states (bench, "waiting identifying waiting");
  g_assert_null (bench->desk->pin);
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->verifies, ==, 0);
}

/* A face that acts from within the notification of a state. */
static void
on_need_pin_cb (MdgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
  if (mdg_desk_get_state (desk) == MDG_DESK_STATE_NEED_PIN)
    mdg_desk_give_pin (desk, mdg_desk_bench_pin (MDG_BENCH_PIN), FALSE);
  if (mdg_desk_get_state (desk) == MDG_DESK_STATE_SHOWING)
    mdg_desk_dismiss (desk);
}

static void
test_from_within (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  g_signal_connect (bench->desk, "notify::state", G_CALLBACK (on_need_pin_cb), NULL);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_test_wait_for (g_str_has_suffix (bench->states->str, "showing waiting"));
  mdg_desk_bench_assert_states (bench,
                                "waiting identifying need-pin signing asking showing waiting");
}

static GBytes *
answer_no_limit (MdgFakeReader *reader, GBytes *command, gpointer data, GError **error)
{
  MdgBenchCard *card = data;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (command, &size);

  if (size == 4 && bytes[1] == 0x20)
    return mdg_test_bytes ("6300");
  return mdg_virtual_card_transmit (card->card, command);
}

/* A card that keeps no limit of tries: no number is told to people, and the PIN is used. */
static void
test_no_limit (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  mdg_fake_reader_set_callback (card->reader, answer_no_limit, card, NULL);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpint (mdg_desk_get_tries_left (bench->desk), ==, -1);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
}

/* A face that turns to the staff's check just when the desk would arm a PIN that was given early.
 */
static void
on_waiting_cb (MdgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
  if (mdg_desk_get_state (desk) == MDG_DESK_STATE_WAITING)
    mdg_desk_set_method (desk, MDG_DESK_METHOD_VISUAL);
}

static void
test_pin_taken_back (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new_stopped (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

  g_signal_connect (bench->desk, "notify::state", G_CALLBACK (on_waiting_cb), NULL);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_start (bench->desk);
  g_assert_null (bench->desk->pin);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_FACE);
  g_assert_cmpuint (card->verifies, ==, 0);
}

/* A PIN that is given before the desk starts lasts no longer than any other, reader or not. */
static void
test_stale_pin (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new_stopped (0, NULL);
  g_autoptr (MdgFakeReader) late = NULL;

  g_object_set (bench->desk, "arm-timeout", 50, NULL);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_start (bench->desk);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_NO_READER);
  mdg_test_wait_for (bench->desk->pin == NULL);
  late = mdg_fake_bench_add_reader (bench->readers, "fake:late");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_assert_states (bench, "waiting");
}

static void
test_stale_pin_at_start (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new_stopped (1, NULL);
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, NULL);

  g_object_set (bench->desk, "arm-timeout", 1, NULL);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  /* pause: its age is what is tested */
  g_usleep (3000);
  mdg_desk_start (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_assert_states (bench, "waiting identifying need-pin");
  g_assert_cmpuint (card->verifies, ==, 0);
}

/* Its driver hangs before the PIN was sent: nobody waits for that any more, and the PIN is gone. */
static void
test_hang_keeps_no_pin (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);
  MdgDeskCardJob *job = NULL;

  mdg_reader_set_deadline (MDG_READER (card->reader), 300);
  mdg_fake_reader_ignore_interrupt (card->reader, TRUE);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_fake_reader_block_transmit (card->reader, 2);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_fake_reader_wait_blocked (card->reader);
  job = mdg_desk_card_job_ref (bench->desk->session->job);
  g_assert_nonnull (job->pin);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  g_assert_null (g_atomic_pointer_get (&job->pin));
  mdg_fake_reader_release (card->reader);
  mdg_test_wait_for (mdg_reader_get_problem (MDG_READER (card->reader)) == NULL);
  g_assert_cmpuint (card->verifies, ==, 0);
  mdg_desk_card_job_unref (job);
}

/* A card that waits on another reader is another patient's: once more means the one that failed. */
static void
test_retry_own_reader (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (2, NULL);
  MdgBenchCard *own = g_ptr_array_index (bench->cards, 1);

  mdg_fake_source_fail_answers (bench->source, MDG_SERVICE_ERROR_TIMED_OUT);
  mdg_desk_bench_insert (bench, 1, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_retry (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_true (mdg_desk_get_reader (bench->desk) == MDG_READER (own->reader));
  /* the other one has its turn afterwards */
  mdg_desk_dismiss (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_false (mdg_desk_get_reader (bench->desk) == MDG_READER (own->reader));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint deed = 0; deed < N_DEEDS; deed++)
    {
      g_autofree char *path = g_strconcat ("/desk-events/every-state/", deed_names[deed], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (deed), test_deeds);
    }
  g_test_add_func ("/desk-events/words", test_words);
  g_test_add_func ("/desk-events/unplug-words", test_unplug_words);
  g_test_add_func ("/desk-events/unplug-verifying", test_unplug_verifying);
  g_test_add_func ("/desk-events/hang-verifying", test_hang_verifying);
  g_test_add_func ("/desk-events/no-reader", test_no_reader);
  g_test_add_func ("/desk-events/reader-problem", test_reader_problem);
  g_test_add_func ("/desk-events/reader-id", test_reader_id);
  g_test_add_func ("/desk-events/second-card", test_second_card);
  g_test_add_func ("/desk-events/card-clears-answer", test_card_clears_answer);
  g_test_add_func ("/desk-events/late-answers", test_late_answers);
  g_test_add_func ("/desk-events/unasked-pin", test_unasked_pin);
  g_test_add_func ("/desk-events/early-pin", test_early_pin);
  g_test_add_func ("/desk-events/early-pin-dismissed", test_early_pin_dismissed);
  g_test_add_func ("/desk-events/from-within", test_from_within);
  g_test_add_func ("/desk-events/no-limit", test_no_limit);
  g_test_add_func ("/desk-events/pin-taken-back", test_pin_taken_back);
  g_test_add_func ("/desk-events/stale-pin", test_stale_pin);
  g_test_add_func ("/desk-events/stale-pin-at-start", test_stale_pin_at_start);
  g_test_add_func ("/desk-events/hang-keeps-no-pin", test_hang_keeps_no_pin);
  g_test_add_func ("/desk-events/retry-own-reader", test_retry_own_reader);
  return mdg_desk_bench_main (argc, argv);
}
