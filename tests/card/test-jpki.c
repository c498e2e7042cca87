/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The JPKI session on a card that behaves: the exact commands of each form, their number, and every
 * answer that a good card gives. */
#include "config.h"

#include "mdg-model-session.h"

#define OPEN     "00A4040C0AD392F000260100000001\n"
#define CLOSE    "00A4040C07A0000001510000\n"
#define SIGN(p2) "802A00" p2 "333031300D060960864801650304020105000420<digest>00\n"

static void
assert_commands (MdgModelReader *reader, const char *expected)
{
  g_autofree char *text = mdg_model_reader_print (reader);

  g_assert_cmpstr (text, ==, expected);
}

static void
run (const MdgModelOptions *options, const char *commands)
{
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (options);
  g_auto (MdgModelSession) session = { 0 };

  mdg_model_session_run (&session, reader);
  g_assert_no_error (session.error);
  mdg_model_session_check (&session, reader);
  assert_commands (reader, commands);
  g_assert_cmpint (session.tries_left, ==, 3);
  g_assert_cmpint (session.form_out, ==,
                   options->no_sfi ? MDG_JPKI_FORM_CLASSIC : MDG_JPKI_FORM_SHORT_ID);
}

static void
test_extended (void)
{
  MdgModelOptions options = { 0 };

  run (&options, OPEN "00B08A00000700\n00200098\n0020009804********\n" SIGN ("97") CLOSE);
}

#define SHORT_REST "00B0010000\n00B0020000\n00B0030000\n00B0040000\n00B0050000\n00B0060034\n"

static void
test_short (void)
{
  MdgModelOptions options = { .no_extended = TRUE };

  run (&options, OPEN "00B08A00000700\n00B08A0000\n" SHORT_REST
                      "00200098\n0020009804********\n" SIGN ("97") CLOSE);
  options.no_extended = FALSE;
  options.extended_error = TRUE;
  run (&options, OPEN "00B08A00000700\n00B08A0000\n" SHORT_REST
                      "00200098\n0020009804********\n" SIGN ("97") CLOSE);
}

static void
test_classic (void)
{
  MdgModelOptions options = { .no_sfi = TRUE };

  run (&options, OPEN "00B08A00000700\n00A4020C02000A\n00B00000000700\n"
                      "00A4020C020018\n00200080\n0020008004********\n"
                      "00A4020C020017\n" SIGN ("80") CLOSE);
  options.no_extended = TRUE;
  run (&options, OPEN "00B08A00000700\n00B08A0000\n00A4020C02000A\n00B0000000\n" SHORT_REST
                      "00A4020C020018\n00200080\n0020008004********\n"
                      "00A4020C020017\n" SIGN ("80") CLOSE);
}

static void
test_phone (void)
{
  MdgModelOptions options = { .phone = TRUE };

  run (&options,
       OPEN "00B08A00000700\n00200098\n0020009804********\n00B08A00000700\n" SIGN ("97") CLOSE);
}

static void
test_first_6f00 (void)
{
  MdgModelOptions options = { .first_6f00 = TRUE };

  run (&options, OPEN OPEN "00B08A00000700\n00200098\n0020009804********\n" SIGN ("97") CLOSE);
}

/* Another program left the PIN verified: it is forgotten before anything is trusted. */
static void
test_verified (void)
{
  MdgModelOptions options = { .verified = TRUE };
  g_autoptr (MdgModelReader) reader = NULL;
  g_auto (MdgModelSession) session = { 0 };

  run (&options, OPEN "00B08A00000700\n00200098\n" CLOSE OPEN
                      "00200098\n0020009804********\n" SIGN ("97") CLOSE);
  options.always_verified = TRUE;
  reader = mdg_model_reader_new (&options);
  mdg_model_session_run (&session, reader);
  g_assert_error (session.error, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED);
  mdg_model_session_check (&session, reader);
  g_assert_cmpuint (mdg_model_session_count_verify (reader), ==, 0);
}

static void
test_get_response (void)
{
  MdgModelOptions options = { .get_response = TRUE, .block = 256 };

  run (&options, OPEN "00B08A00000700\n00C0000000\n00C0000000\n00C0000000\n00C0000000\n00C0000000\n"
                      "00C0000000\n00200098\n0020009804********\n" SIGN ("97") CLOSE);
}

/* The second run knows the reader and the form: what the budget counts. */
static void
test_budget (void)
{
  const struct
  {
    MdgModelOptions options;
    guint first;
    guint later;
  } rows[] = {
    { { 0 }, 6, 6 },
    { { .no_extended = TRUE }, 13, 12 },
    { { .extended_error = TRUE }, 13, 12 },
    { { .no_sfi = TRUE }, 10, 9 },
    { { .certificate_size = 1792 }, 6, 6 },
    { { .certificate_size = 1793 }, 7, 7 },
    { { .certificate_size = 4000 }, 8, 8 },
    { { .certificate_size = 1536, .no_extended = TRUE }, 12, 11 },
    { { .certificate_size = 1537, .no_extended = TRUE }, 13, 12 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&rows[i].options);
      g_auto (MdgModelSession) first = { 0 };
      g_auto (MdgModelSession) later = { 0 };

      mdg_model_session_run (&first, reader);
      g_assert_no_error (first.error);
      g_assert_cmpuint (first.exchange.apdus, ==, rows[i].first);
      later.form = first.form_out;
      mdg_model_session_run (&later, reader);
      g_assert_no_error (later.error);
      g_assert_cmpuint (later.exchange.apdus, ==, rows[i].later);
      g_assert_true (g_bytes_equal (first.certificate, later.certificate));
    }
}

/* One card without extended length does not slow down the reader's other cards. */
static void
test_reader_knows (void)
{
  MdgModelOptions options = { .no_extended = TRUE };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);
  g_auto (MdgModelSession) session = { 0 };

  mdg_reader_set_extended (MDG_READER (reader), MDG_EXTENDED_YES);
  mdg_model_session_run (&session, reader);
  g_assert_no_error (session.error);
  g_assert_cmpint (mdg_reader_get_extended (MDG_READER (reader)), ==, MDG_EXTENDED_YES);
  g_assert_cmpuint (session.exchange.apdus, ==, 13);
}

static void
assert_fails (const MdgModelOptions *options,
              MdgModelSession *session,
              MdgCardError code,
              int tries_left,
              guint verify)
{
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (options);

  mdg_model_session_run (session, reader);
  mdg_model_session_check (session, reader);
  g_assert_error (session->error, MDG_CARD_ERROR, (int) code);
  g_assert_cmpint (mdg_card_error_get_tries_left (session->error), ==, tries_left);
  g_assert_cmpuint (mdg_model_session_count_verify (reader), ==, verify);
}

static void
test_wrong_pin (void)
{
  MdgModelOptions options = { 0 };
  g_auto (MdgModelSession) wrong = { .pin = "0000" };
  g_auto (MdgModelSession) last = { .pin = "0000", .confirmed_last_try = TRUE };

  assert_fails (&options, &wrong, MDG_CARD_ERROR_PIN_WRONG, 2, 1);
  g_assert_cmphex (mdg_card_error_get_sw (wrong.error), ==, 0x63c2);
  options.tries = 1;
  assert_fails (&options, &last, MDG_CARD_ERROR_PIN_BLOCKED, 0, 1);
}

static void
test_blocked (void)
{
  const guint words[] = { 0x6984, 0x6983, 0x63c0 };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      MdgModelOptions options = { .tries = -1, .blocked_sw = words[i] };
      g_auto (MdgModelSession) session = { .confirmed_last_try = TRUE };

      assert_fails (&options, &session, MDG_CARD_ERROR_PIN_BLOCKED, 0, 0);
      options.no_sfi = TRUE;
      mdg_model_session_clear (&session);
      assert_fails (&options, &session, MDG_CARD_ERROR_PIN_BLOCKED, 0, 0);
    }
}

static void
test_last_try (void)
{
  MdgModelOptions options = { .tries = 1 };
  g_auto (MdgModelSession) refused = { 0 };
  g_auto (MdgModelSession) confirmed = { .confirmed_last_try = TRUE };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);

  assert_fails (&options, &refused, MDG_CARD_ERROR_LAST_TRY, 1, 0);
  mdg_model_session_run (&confirmed, reader);
  g_assert_no_error (confirmed.error);
}

static void
test_not_asked (void)
{
  MdgModelOptions options = { 0 };
  g_auto (MdgModelSession) session = { .skip_tries = TRUE, .confirmed_last_try = TRUE };

  assert_fails (&options, &session, MDG_CARD_ERROR_FAILED, -1, 0);
  g_assert_false (session.pin_sent);
}

static void
test_unlimited (void)
{
  MdgModelOptions options = { .unlimited = TRUE };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);
  g_auto (MdgModelSession) session = { 0 };

  mdg_model_session_run (&session, reader);
  g_assert_no_error (session.error);
  g_assert_cmpint (session.tries_left, ==, 15);
}

static void
test_other_cards (void)
{
  MdgModelOptions licence = { .no_jpki = TRUE };
  MdgModelOptions empty = { .empty = TRUE };
  MdgModelOptions swapped = { .wrong_key = TRUE };
  g_auto (MdgModelSession) one = { 0 };
  g_auto (MdgModelSession) two = { 0 };
  g_auto (MdgModelSession) three = { 0 };

  assert_fails (&licence, &one, MDG_CARD_ERROR_UNKNOWN_CARD, -1, 0);
  g_assert_cmpint (mdg_card_error_get_profile (one.error), ==, MDG_CARD_PROFILE_DRIVING_LICENCE);
  assert_fails (&empty, &two, MDG_CARD_ERROR_NOT_FOUND, -1, 0);
  assert_fails (&swapped, &three, MDG_CARD_ERROR_SIGNATURE, -1, 1);
}

/* Tries first, as the command "card" may do: the form is found out by the question too. */
static void
test_tries_only (void)
{
  MdgModelOptions options = { .no_sfi = TRUE };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);
  g_auto (MdgModelSession) session = { .tries_only = TRUE };

  mdg_model_session_run (&session, reader);
  g_assert_no_error (session.error);
  assert_commands (reader, OPEN "00200098\n00A4020C020018\n00200080\n" CLOSE);
  g_assert_cmpint (session.form_out, ==, MDG_JPKI_FORM_CLASSIC);
}

static gboolean
send_pin (MdgJpki *jpki, const char *digits, GError **error)
{
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text (digits, -1, NULL);

  return mdg_jpki_verify (jpki, pin, FALSE, error);
}

/* One answer to the question for the tries is good for one PIN, and for none after a question that
 * was not answered. */
static gpointer
on_ask_again_cb (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  MdgJpki *jpki = mdg_jpki_open (card, MDG_JPKI_FORM_UNKNOWN, NULL);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (GError) third = NULL;
  g_autoptr (GError) fourth = NULL;

  g_assert_cmpint (mdg_jpki_get_tries_left (jpki, NULL), ==, 3);
  g_assert_cmpint (mdg_jpki_get_tries_left (jpki, &first), ==, -1); /* the fault */
  g_assert_error (first, MDG_READER_ERROR, MDG_READER_ERROR_RESET);
  g_assert_false (send_pin (jpki, MDG_MODEL_PIN, &second));
  g_assert_error (second, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED);
  g_assert_false (mdg_jpki_pin_was_sent (jpki));
  g_assert_cmpint (mdg_jpki_get_tries_left (jpki, NULL), ==, 3);
  g_assert_false (send_pin (jpki, "0000", &third));
  g_assert_error (third, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_WRONG);
  g_assert_false (send_pin (jpki, MDG_MODEL_PIN, &fourth));
  g_assert_error (fourth, MDG_CARD_ERROR, MDG_CARD_ERROR_FAILED);
  g_assert_cmpint (mdg_jpki_get_tries_left (jpki, NULL), ==, 2);
  g_assert_true (send_pin (jpki, MDG_MODEL_PIN, NULL));
  mdg_jpki_close (jpki);
  return card;
}

static void
test_ask_again (void)
{
  MdgModelOptions options = { .fault_at = 3, .fault = MDG_MODEL_FAULT_RESET };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);

  g_assert_nonnull (mdg_model_reader_run (reader, on_ask_again_cb, NULL, NULL));
  g_assert_cmpuint (mdg_model_session_count_verify (reader), ==, 2);
}

/* A run that was cancelled sends no PIN, and knows that it did not. */
static gpointer
on_cancelled_cb (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  MdgJpki *jpki = mdg_jpki_open (card, MDG_JPKI_FORM_UNKNOWN, NULL);
  g_autoptr (GError) refused = NULL;

  g_assert_cmpint (mdg_jpki_get_tries_left (jpki, NULL), ==, 3);
  g_cancellable_cancel (cancellable);
  g_assert_false (send_pin (jpki, MDG_MODEL_PIN, &refused));
  g_assert_error (refused, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (mdg_jpki_pin_was_sent (jpki));
  mdg_jpki_close (jpki);
  return card;
}

static void
test_cancelled (void)
{
  MdgModelOptions options = { 0 };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);

  mdg_model_reader_run (reader, on_cancelled_cb, NULL, NULL);
  g_assert_cmpuint (mdg_model_session_count_verify (reader), ==, 0);
}

static void
test_suspend (void)
{
  MdgModelOptions options = { 0 };
  g_autoptr (MdgModelReader) reader = mdg_model_reader_new (&options);
  g_autoptr (MdgModelReader) other = mdg_model_reader_new (&options);
  g_auto (MdgModelSession) session = { .tries_only = TRUE, .suspend = TRUE };
  g_auto (MdgModelSession) whole = { .suspend = TRUE };

  mdg_model_session_run (&session, reader);
  assert_commands (reader, OPEN "00200098\n");
  /* after a PIN there is no leaving without closing */
  mdg_model_session_run (&whole, other);
  assert_commands (other, OPEN "00B08A00000700\n00200098\n0020009804********\n" SIGN ("97") CLOSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/jpki/extended", test_extended);
  g_test_add_func ("/card/jpki/short", test_short);
  g_test_add_func ("/card/jpki/classic", test_classic);
  g_test_add_func ("/card/jpki/phone", test_phone);
  g_test_add_func ("/card/jpki/first-6f00", test_first_6f00);
  g_test_add_func ("/card/jpki/verified", test_verified);
  g_test_add_func ("/card/jpki/get-response", test_get_response);
  g_test_add_func ("/card/jpki/budget", test_budget);
  g_test_add_func ("/card/jpki/reader-knows", test_reader_knows);
  g_test_add_func ("/card/jpki/wrong-pin", test_wrong_pin);
  g_test_add_func ("/card/jpki/blocked", test_blocked);
  g_test_add_func ("/card/jpki/last-try", test_last_try);
  g_test_add_func ("/card/jpki/not-asked", test_not_asked);
  g_test_add_func ("/card/jpki/unlimited", test_unlimited);
  g_test_add_func ("/card/jpki/other-cards", test_other_cards);
  g_test_add_func ("/card/jpki/tries-only", test_tries_only);
  g_test_add_func ("/card/jpki/ask-again", test_ask_again);
  g_test_add_func ("/card/jpki/cancelled", test_cancelled);
  g_test_add_func ("/card/jpki/suspend", test_suspend);
  return g_test_run ();
}
