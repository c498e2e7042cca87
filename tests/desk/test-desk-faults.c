/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every exchange of every way through, gone wrong in every manner: an error in words within the
 * deadline, at most one VERIFY for the PIN, none after a lost one, the PIN erased, the card closed.
 * The matrix is generated: how many exchanges there are is found out by a run that goes well. */
#include "config.h"

#include "mdg-desk-bench.h"

#include "mdg-card-error.h"
#include "mdg-desk-private.h"

#define DEADLINE_MS 800

typedef enum
{
  PIN_BEFORE,
  PIN_AFTER,
  VISUAL,
  N_WAYS
} Way;

static const char *const way_names[] = { "pin-before", "pin-after", "visual" };

typedef enum
{
  FAULT_NONE,
  FAULT_REMOVE,
  FAULT_LOSE,
  FAULT_GARBLE,
  FAULT_TRUNCATE,
  FAULT_CUT,
  FAULT_HANG,
  FAULT_RESET,
  FAULT_IN_USE,
  FAULT_PROTOCOL,
  FAULT_GONE,
  N_FAULTS
} Fault;

static const char *const fault_names[] = { "none",     "remove",   "lose", "garble",
                                           "truncate", "cut",      "hang", "reset",
                                           "in-use",   "protocol", "gone" };

static void
set_fault (MdgBenchCard *card, Fault fault, guint at)
{
  static const MdgVirtualFault of_card[] = { MDG_VIRTUAL_FAULT_NONE,     MDG_VIRTUAL_FAULT_REMOVE,
                                             MDG_VIRTUAL_FAULT_LOSE,     MDG_VIRTUAL_FAULT_GARBLE,
                                             MDG_VIRTUAL_FAULT_TRUNCATE, MDG_VIRTUAL_FAULT_CUT };
  static const int of_reader[] = { MDG_READER_ERROR_RESET, MDG_READER_ERROR_IN_USE,
                                   MDG_READER_ERROR_PROTOCOL, MDG_READER_ERROR_GONE };

  if (fault == FAULT_HANG)
    mdg_fake_reader_block_transmit (card->reader, at);
  else if (fault > FAULT_HANG)
    {
      card->error_at = (int) at;
      card->error_code = of_reader[fault - FAULT_RESET];
    }
  else
    {
      card->fault = of_card[fault];
      card->fault_at = at;
    }
}

/* As a person would: gives the PIN once, confirms the face, and looks what comes of it. */
static void
go (MdgDeskBench *bench, Way way)
{
  gboolean given = way == PIN_BEFORE;

  for (;;)
    {
      MdgDeskState state;

      mdg_test_wait_for (mdg_desk_get_state (bench->desk) != MDG_DESK_STATE_IDENTIFYING &&
                         mdg_desk_get_state (bench->desk) != MDG_DESK_STATE_SIGNING &&
                         mdg_desk_get_state (bench->desk) != MDG_DESK_STATE_ASKING);
      state = mdg_desk_get_state (bench->desk);
      if (state == MDG_DESK_STATE_NEED_PIN && !given)
        mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      else if (state == MDG_DESK_STATE_CONFIRM_FACE)
        mdg_desk_confirm (bench->desk, TRUE);
      else
        return;
      given = TRUE;
    }
}

static guint
check_one (Way way, const char *options, Fault fault, guint at)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *log = NULL;
  MdgDeskState state;

  g_test_message ("%s, %s, exchange %u: %s", way_names[way], options, at, fault_names[fault]);
  mdg_reader_set_deadline (MDG_READER (card->reader), DEADLINE_MS);
  set_fault (card, fault, at);
  mdg_desk_set_method (bench->desk, way == VISUAL ? MDG_DESK_METHOD_VISUAL : MDG_DESK_METHOD_PIN);
  if (way == PIN_BEFORE)
    mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, options);
  go (bench, way);
  mdg_desk_bench_wait_idle (bench);
  mdg_test_settle ();
  state = mdg_desk_get_state (bench->desk);

  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * DEADLINE_MS * 1000);
  g_assert_cmpuint (card->verifies, <=, way == VISUAL ? 0 : 1);
  g_assert_null (bench->desk->pin);
  if (state != MDG_DESK_STATE_SHOWING)
    {
      g_assert_nonnull (mdg_desk_get_problem (bench->desk));
      g_assert_nonnull (mdg_problem_get_title (mdg_desk_get_problem (bench->desk)));
      g_assert_cmpuint (mdg_fake_source_count_questions (bench->source), ==, 0);
    }
  else
    g_assert_cmpuint (mdg_fake_source_count_questions (bench->source), ==, 1);
  if (fault == FAULT_NONE)
    g_assert_cmpint (state, ==, MDG_DESK_STATE_SHOWING);
  log = mdg_fake_reader_get_log (card->reader);
  g_assert_true (g_str_has_suffix (log, "disconnect power-off\n"));
  /* a card that still hears it was sent away, unless it was that very word that got lost */
  if (card->exchanges != at && mdg_reader_get_present (MDG_READER (card->reader)) &&
      fault != FAULT_HANG && fault != FAULT_GONE)
    g_assert_true (card->left);
  return card->exchanges;
}

static void
test_matrix (gconstpointer data)
{
  static const char *const cards[] = { "", "no-extended", "no-sfi", "phone" };
  Way way = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      guint n = 0;

      if (way == VISUAL && g_str_equal (cards[i], "phone"))
        continue;
      n = check_one (way, cards[i], FAULT_NONE, 0);
      g_assert_cmpuint (n, >=, 3);
      for (guint fault = FAULT_REMOVE; fault < N_FAULTS; fault++)
        for (guint at = 1; at <= n; at++)
          if (fault != FAULT_HANG || i == 0) /* these take their time */
            check_one (way, cards[i], fault, at);
    }
}

/* What each fault at the exchange of VERIFY is called: its outcome is unknown, and said so. */
static void
test_lost_verify (void)
{
  for (guint fault = FAULT_REMOVE; fault < N_FAULTS; fault++)
    {
      g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
      MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

      g_test_message ("VERIFY: %s", fault_names[fault]);
      mdg_reader_set_deadline (MDG_READER (card->reader), DEADLINE_MS);
      set_fault (card, fault, 4);
      mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      mdg_desk_bench_insert (bench, 0, NULL);
      mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
      if (fault != FAULT_GARBLE) /* 9000 becomes 6FFF, which is an answer */
        mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_UNKNOWN);
      g_assert_cmpuint (card->verifies, <=, 1);
      g_assert_cmpint (mdg_desk_get_tries_left (bench->desk), ==, -1);
    }
}

/* Another program resets the card: everything once more, unless the PIN was sent. */
static void
test_reset (void)
{
  for (guint at = 1; at <= 6; at++)
    for (guint twice = 0; twice < 2; twice++)
      {
        g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
        MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);
        gboolean shown = at == 6 || (at < 4 && !twice);

        g_test_message ("reset at %u, %s", at, twice ? "for good" : "once");
        set_fault (card, FAULT_RESET, at);
        card->repeat_error = twice;
        mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
        mdg_desk_bench_insert (bench, 0, NULL);
        mdg_desk_bench_wait (bench, shown ? MDG_DESK_STATE_SHOWING : MDG_DESK_STATE_PROBLEM);
        g_assert_cmpuint (card->verifies, ==, at < 4 ? (shown ? 1 : 0) : at == 4 ? 0 : 1);
        if (at < 4 && twice)
          mdg_desk_bench_assert_error (bench, MDG_READER_ERROR, MDG_READER_ERROR_RESET);
      }
}

static void
test_connect (void)
{
  static const int codes[] = { MDG_READER_ERROR_IN_USE, MDG_READER_ERROR_MUTE,
                               MDG_READER_ERROR_NO_SERVICE, MDG_READER_ERROR_NO_CARD };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
      MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

      mdg_fake_reader_fail_connect (card->reader, MDG_READER_ERROR, codes[i]);
      mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      mdg_desk_bench_insert (bench, 0, NULL);
      mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
      /* no card at this point is one that was taken away */
      mdg_desk_bench_assert_error (bench, MDG_READER_ERROR,
                                   codes[i] == MDG_READER_ERROR_NO_CARD ? MDG_READER_ERROR_REMOVED
                                                                        : codes[i]);
      g_assert_cmpuint (card->exchanges, ==, 0);
      /* the card still lies there: asked for the PIN again, it works */
      mdg_desk_retry (bench->desk);
      mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint way = 0; way < N_WAYS; way++)
    {
      g_autofree char *path = g_strconcat ("/desk-faults/matrix/", way_names[way], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (way), test_matrix);
    }
  g_test_add_func ("/desk-faults/lost-verify", test_lost_verify);
  g_test_add_func ("/desk-faults/reset", test_reset);
  g_test_add_func ("/desk-faults/connect", test_connect);
  return mdg_desk_bench_main (argc, argv);
}
