/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole way from a tap to an answer, in both orders of PIN and card and by the staff's eyes,
 * with a virtual card that behaves like the plastic one. */
#include "config.h"

#include "mdg-desk-bench.h"

#include "mdg-card-error.h"

static void
assert_strv (const char *const *strv, const char *expected)
{
  g_autofree char *joined = g_strjoinv (" ", (char **) strv);

  g_assert_cmpstr (joined, ==, expected);
}

static void
set_timeout (MdgDeskBench *bench, const char *name, guint milliseconds)
{
  g_object_set (bench->desk, name, milliseconds, NULL);
}

static void
test_pin_before (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  const MdgDeskAnswer *answer;
  MdgBenchCard *card;

  mdg_desk_set_consent (bench->desk, TRUE, FALSE);
  mdg_desk_set_confirmation_date (bench->desk, "20261122");
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  card = mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_assert_states (bench, "waiting armed signing asking showing");
  mdg_desk_bench_assert_closed (bench, 0);

  answer = mdg_desk_get_answer (bench->desk);
  g_assert_cmpuint (mdg_fake_source_get_number (answer->message), ==, 1);
  g_assert_cmpint (answer->method, ==, MDG_DESK_METHOD_PIN);
  g_assert_true (answer->practice);
  g_assert_cmpstr (answer->reader_name, ==, "Fake reader fake:0");
  g_assert_nonnull (answer->asked_at);
  assert_strv (answer->confirmed, "pin key-possession service-trust");
  assert_strv (answer->not_confirmed, "revocation");
  g_assert_cmpuint (card->verifies, ==, 1);
  g_assert_cmpuint (card->exchanges, ==, 6);
  g_assert_cmpuint (answer->exchange.apdus, ==, 6);
  g_assert_cmpint (answer->timing.read_us, >, 0);
  g_assert_cmpint (answer->timing.verify_us, >, 0);
  g_assert_cmpint (answer->timing.sign_us, >, 0);
  g_assert_cmpint (answer->timing.total_us, >=,
                   answer->timing.read_us + answer->timing.verify_us + answer->timing.sign_us);
  g_assert_true (mdg_fake_source_was_signed (bench->source));
  g_assert_true (mdg_fake_source_get_consent_limit (bench->source));
  g_assert_cmpstr (mdg_fake_source_get_date (bench->source), ==, "20261122");
  g_assert_cmpuint (mdg_fake_source_count_challenges (bench->source), ==, 1);
}

static void
test_pin_after (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  const MdgDeskAnswer *answer;
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, NULL);
  g_autofree char *log = NULL;

  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpuint (card->exchanges, ==, 3);
  g_assert_cmpint (mdg_desk_get_tries_left (bench->desk), ==, 3);
  g_assert_null (mdg_desk_get_problem (bench->desk));
  /* powered while the patient types, so that no second is lost */
  log = mdg_fake_reader_get_log (card->reader);
  g_assert_true (g_str_has_suffix (log, "disconnect leave\n"));

  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_assert_states (bench, "waiting identifying need-pin signing asking showing");
  mdg_desk_bench_assert_closed (bench, 0);
  answer = mdg_desk_get_answer (bench->desk);
  g_assert_cmpuint (card->exchanges, ==, 8);
  g_assert_cmpuint (answer->exchange.apdus, ==, 8);
  g_assert_cmpuint (card->verifies, ==, 1);
  g_assert_cmpuint (mdg_fake_source_count_challenges (bench->source), ==, 1);
  g_assert_true (mdg_desk_get_reader (bench->desk) == MDG_READER (card->reader));
  g_assert_cmpuint (strlen (mdg_fake_source_get_date (bench->source)), ==, 8);
}

/* The command line's way: the card lies there and the PIN is known before the desk starts. */
static void
test_all_before_start (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new_stopped (1, NULL);
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, NULL);

  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_start (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_assert_states (bench, "waiting armed signing asking showing");
  g_assert_cmpuint (card->exchanges, ==, 6);
}

static void
test_visual (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  const MdgDeskAnswer *answer;
  MdgBenchCard *card;

  mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_VISUAL);
  card = mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_FACE);
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->exchanges, ==, 3); /* no question for tries */
  /* staff take the card up to look at it, and put one back: whose it is now is read anew */
  mdg_desk_bench_remove (bench, 0);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_CONFIRM_FACE);
  mdg_desk_bench_insert (bench, 0, NULL);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_IDENTIFYING);
  mdg_desk_confirm (bench->desk, TRUE); /* of the face before: it is no yes to this one */
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_FACE);
  g_assert_cmpuint (card->exchanges, ==, 6);
  mdg_desk_confirm (bench->desk, TRUE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_assert_states (
      bench, "waiting identifying confirm-face identifying confirm-face asking showing");

  answer = mdg_desk_get_answer (bench->desk);
  g_assert_cmpint (answer->method, ==, MDG_DESK_METHOD_VISUAL);
  assert_strv (answer->confirmed, "staff-face");
  assert_strv (answer->not_confirmed, "revocation pin key-possession");
  g_assert_false (mdg_fake_source_was_signed (bench->source));
  g_assert_cmpuint (card->verifies, ==, 0);
}

static void
test_visual_refused (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_VISUAL);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_FACE);
  mdg_desk_confirm (bench->desk, FALSE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  g_assert_cmpuint (mdg_fake_source_count_questions (bench->source), ==, 0);
}

/* The patient forgot the PIN: staff look at the face instead, with the card that was read. */
static void
test_change_to_visual (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, NULL);

  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_VISUAL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_FACE);
  mdg_desk_bench_assert_closed (bench, 0);
  mdg_desk_confirm (bench->desk, TRUE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpint (mdg_desk_get_answer (bench->desk)->method, ==, MDG_DESK_METHOD_VISUAL);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_wrong_pin (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card;

  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  card = mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_WRONG);
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpint (mdg_desk_get_tries_left (bench->desk), ==, 2);
  g_assert_cmpint (mdg_problem_get_tries_left (mdg_desk_get_problem (bench->desk)), ==, 2);
  g_assert_cmpint (mdg_problem_get_kind (mdg_desk_get_problem (bench->desk)), ==,
                   MDG_PROBLEM_KIND_PIN_WRONG);
  g_assert_cmpuint (card->verifies, ==, 1);

  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (card->verifies, ==, 2);
  /* 5 and 5: no signature the first time, and the certificate is not read twice */
  g_assert_cmpuint (mdg_desk_get_answer (bench->desk)->exchange.apdus, ==, 10);
  g_assert_null (mdg_desk_get_problem (bench->desk));
}

static void
test_last_try_after (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, "tries=1");

  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_LAST_TRY);
  /* a PIN without the word for it is erased */
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  g_assert_cmpint (mdg_desk_get_state (bench->desk), ==, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  mdg_desk_confirm (bench->desk, TRUE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpuint (card->verifies, ==, 0);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_last_try_refused (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, "tries=1");

  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  mdg_desk_confirm (bench->desk, FALSE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->verifies, ==, 0);
  g_assert_null (mdg_desk_get_problem (bench->desk));
}

static void
test_last_try_armed (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card;

  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  card = mdg_desk_bench_insert (bench, 0, "tries=1");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->verifies, ==, 0);
  /* the yes and the PIN in one word */
  mdg_desk_give_pin (bench->desk, mdg_desk_bench_pin (MDG_BENCH_PIN), TRUE);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_last_try_confirmed (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card;

  mdg_desk_give_pin (bench->desk, mdg_desk_bench_pin (MDG_BENCH_PIN), TRUE);
  card = mdg_desk_bench_insert (bench, 0, "tries=1");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  mdg_desk_bench_assert_states (bench, "waiting armed signing asking showing");
  g_assert_cmpuint (card->verifies, ==, 1);
}

/* Two wrong ones in a row: the second confirmation is asked for before anything is sent. */
static void
test_wrong_to_last (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card = mdg_desk_bench_insert (bench, 0, "tries=2");
  guint exchanges;

  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpint (mdg_desk_get_tries_left (bench->desk), ==, 1);
  exchanges = card->exchanges;
  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  g_assert_cmpuint (card->exchanges, ==, exchanges);
  mdg_desk_confirm (bench->desk, TRUE);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_BLOCKED);
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->verifies, ==, 2);
}

/* A yes is for one PIN: it does not count for the next one. */
static void
test_yes_once (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card;

  mdg_desk_give_pin (bench->desk, mdg_desk_bench_pin (MDG_BENCH_WRONG), TRUE);
  card = mdg_desk_bench_insert (bench, 0, "tries=2");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_WRONG);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_CONFIRM_LAST_TRY);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_cards (void)
{
  static const struct
  {
    const char *options;
    int code;
  } rows[] = {
    { "tries=0", MDG_CARD_ERROR_PIN_BLOCKED },
    { "tries=0 blocked-sw=6983", MDG_CARD_ERROR_PIN_BLOCKED },
    { "no-jpki", MDG_CARD_ERROR_UNKNOWN_CARD },
    { "expired", -1 },
    { "phone", -1 },
    { "no-sfi", -1 },
    { "no-extended", -1 },
    { "first-6f00", -1 },
    { "verified-9000", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows) * 2; i++)
    {
      g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
      int code = rows[i / 2].code;
      gboolean before = i % 2 == 0;
      MdgBenchCard *card;

      g_test_message ("%s, PIN %s", rows[i / 2].options, before ? "before" : "after");
      if (before)
        mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      card = mdg_desk_bench_insert (bench, 0, rows[i / 2].options);
      if (!before && code < 0)
        {
          mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
          mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
        }
      mdg_desk_bench_wait (bench, code < 0 ? MDG_DESK_STATE_SHOWING : MDG_DESK_STATE_PROBLEM);
      if (code >= 0)
        mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, code);
      g_assert_cmpuint (card->verifies, ==, code < 0 ? 1 : 0);
    }
}

static void
test_phone_visual (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_VISUAL);
  mdg_desk_bench_insert (bench, 0, "phone");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED);
  mdg_desk_bench_assert_closed (bench, 0);

  /* and when staff change their mind with the phone already on the reader */
  mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_PIN);
  mdg_desk_retry (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  mdg_desk_set_method (bench->desk, MDG_DESK_METHOD_VISUAL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED);
  mdg_desk_bench_assert_closed (bench, 0);
}

static void
test_no_challenge (void)
{
  /* refused at once: told before the card is put, and before the PIN is typed */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

      mdg_fake_source_fail_challenges (bench->source, MDG_SERVICE_ERROR_UNREACHABLE);
      if (i == 0)
        mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      else
        mdg_desk_bench_insert (bench, 0, NULL);
      mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
      mdg_desk_bench_assert_error (bench, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNREACHABLE);
      if (i == 1)
        mdg_desk_bench_assert_closed (bench, 0);
    }
}

/* The card waits for the network, and not for ever; no PIN goes to it meanwhile. */
static void
test_late_challenge (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
      MdgBenchCard *card = g_ptr_array_index (bench->cards, 0);

      set_timeout (bench, "challenge-timeout", i == 0 ? 50 : 5000);
      mdg_fake_source_hold_challenges (bench->source, TRUE);
      mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
      mdg_desk_bench_insert (bench, 0, NULL);
      if (i == 1)
        {
          mdg_test_wait_for (mdg_fake_reader_count_transmits (card->reader) == 3);
          mdg_fake_source_release (bench->source, FALSE);
        }
      mdg_desk_bench_wait (bench, i == 0 ? MDG_DESK_STATE_PROBLEM : MDG_DESK_STATE_SHOWING);
      mdg_desk_bench_assert_closed (bench, 0);
      g_assert_cmpuint (card->verifies, ==, i);
      if (i == 0)
        mdg_desk_bench_assert_error (bench, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TIMED_OUT);
    }
}

/* A challenge that would run out on the way is fetched anew; one that never lives long is used. */
static void
test_stale_challenge (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  mdg_fake_source_set_life (bench->source, 10 * G_USEC_PER_SEC);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpuint (mdg_fake_source_count_challenges (bench->source), ==, 1);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_cmpuint (mdg_fake_source_count_challenges (bench->source), ==, 2);

  /* and one that is dead on arrival never meets a PIN */
  mdg_fake_source_set_life (bench->source, 0);
  mdg_desk_dismiss (bench->desk);
  mdg_desk_bench_remove (bench, 0);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CHALLENGE);
  g_assert_cmpuint (((MdgBenchCard *) g_ptr_array_index (bench->cards, 0))->verifies, ==, 1);
}

static void
test_refused_answer (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card;

  mdg_fake_source_fail_answers (bench->source, MDG_SERVICE_ERROR_CARD_EXPIRED);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  card = mdg_desk_bench_insert (bench, 0, "expired");
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CARD_EXPIRED);
  g_assert_cmpuint (mdg_fake_source_count_questions (bench->source), ==, 1);
  g_assert_cmpuint (card->verifies, ==, 1);
  /* nothing goes on by itself: the PIN is asked for again */
  mdg_desk_retry (bench->desk);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_NEED_PIN);
  g_assert_cmpuint (card->verifies, ==, 1);
}

static void
test_timeouts (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);
  MdgBenchCard *card;

  set_timeout (bench, "arm-timeout", 20);
  set_timeout (bench, "pin-timeout", 20);
  set_timeout (bench, "show-timeout", 20);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_assert_states (bench, "waiting armed waiting");

  /* the PIN is forgotten: the next card asks for one, and is closed when nobody gives it */
  g_string_truncate (bench->states, 0);
  card = mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_WAITING);
  mdg_desk_bench_assert_states (bench, "identifying need-pin waiting");
  mdg_desk_bench_assert_closed (bench, 0);
  g_assert_cmpuint (card->verifies, ==, 0);

  /* an answer does not stay on the screen */
  g_string_truncate (bench->states, 0);
  set_timeout (bench, "arm-timeout", 5000);
  mdg_desk_bench_remove (bench, 0);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_test_wait_for (g_str_has_suffix (bench->states->str, "showing waiting"));

  /* a source that never answers */
  set_timeout (bench, "ask-timeout", 20);
  g_string_truncate (bench->states, 0);
  mdg_fake_source_hold_answers (bench->source, TRUE);
  mdg_fake_source_set_deaf (bench->source, TRUE);
  mdg_desk_bench_remove (bench, 0);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_PROBLEM);
  mdg_desk_bench_assert_error (bench, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TIMED_OUT);
  mdg_desk_bench_assert_states (bench, "armed signing asking problem");
}

static void
test_test_card (void)
{
  g_autoptr (MdgDeskBench) bench = mdg_desk_bench_new (1, NULL);

  mdg_fake_source_set_practice (bench->source, FALSE);
  mdg_desk_bench_give_pin (bench, MDG_BENCH_PIN);
  mdg_desk_bench_insert (bench, 0, NULL);
  mdg_desk_bench_wait (bench, MDG_DESK_STATE_SHOWING);
  g_assert_false (mdg_desk_get_answer (bench->desk)->practice);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/pin-before", test_pin_before);
  g_test_add_func ("/desk/pin-after", test_pin_after);
  g_test_add_func ("/desk/all-before-start", test_all_before_start);
  g_test_add_func ("/desk/visual", test_visual);
  g_test_add_func ("/desk/visual-refused", test_visual_refused);
  g_test_add_func ("/desk/change-to-visual", test_change_to_visual);
  g_test_add_func ("/desk/wrong-pin", test_wrong_pin);
  g_test_add_func ("/desk/last-try/after", test_last_try_after);
  g_test_add_func ("/desk/last-try/refused", test_last_try_refused);
  g_test_add_func ("/desk/last-try/armed", test_last_try_armed);
  g_test_add_func ("/desk/last-try/confirmed", test_last_try_confirmed);
  g_test_add_func ("/desk/last-try/wrong-to-last", test_wrong_to_last);
  g_test_add_func ("/desk/last-try/yes-once", test_yes_once);
  g_test_add_func ("/desk/cards", test_cards);
  g_test_add_func ("/desk/phone-visual", test_phone_visual);
  g_test_add_func ("/desk/challenge/none", test_no_challenge);
  g_test_add_func ("/desk/challenge/late", test_late_challenge);
  g_test_add_func ("/desk/challenge/stale", test_stale_challenge);
  g_test_add_func ("/desk/refused-answer", test_refused_answer);
  g_test_add_func ("/desk/timeouts", test_timeouts);
  g_test_add_func ("/desk/real-service", test_test_card);
  return mdg_desk_bench_main (argc, argv);
}
