/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card layer against the virtual card: a whole session with each kind of card, and with each
 * fault at each exchange. Whatever happens ends in time with an error or with a signature that is
 * right, and the card saw one VERIFY at most. */
#include "config.h"

#include "mdg-certificate.h"
#include "mdg-fake-reader.h"
#include "mdg-jpki.h"
#include "mdg-virtual-reader.h"
#include "mdg-virtual-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_MS 300

typedef struct
{
  GBytes *signature;
  MdgExchange exchange;
} Outcome;

typedef struct
{
  GMainLoop *loop;
  Outcome *outcome;
  GError *error;
} Run;

static void
free_outcome (gpointer data)
{
  Outcome *outcome = data;

  g_clear_pointer (&outcome->signature, g_bytes_unref);
  g_free (outcome);
}

static GBytes *
sign_with (MdgJpki *jpki, GError **error)
{
  static const guint8 digest[32] = { 1, 2, 3 };
  g_autoptr (MdgPin) pin = mdg_pin_new_from_text ("1234", -1, NULL);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) certificate = mdg_jpki_read_certificate (jpki, &local);

  if (certificate == NULL && !g_error_matches (local, MDG_CARD_ERROR, MDG_CARD_ERROR_PIN_REQUIRED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (mdg_jpki_get_tries_left (jpki, error) < 0 || !mdg_jpki_verify (jpki, pin, FALSE, error))
    return NULL;
  if (certificate == NULL && (certificate = mdg_jpki_read_certificate (jpki, error)) == NULL)
    return NULL;
  return mdg_jpki_sign (jpki, digest, certificate, error);
}

static gpointer
on_session_cb (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  MdgJpki *jpki = mdg_jpki_open (card, MDG_JPKI_FORM_UNKNOWN, error);
  g_autoptr (GBytes) signature = NULL;
  Outcome *outcome;

  if (jpki == NULL)
    return NULL;
  signature = sign_with (jpki, error);
  mdg_jpki_close (jpki);
  if (signature == NULL)
    return NULL;
  outcome = g_new0 (Outcome, 1);
  outcome->signature = g_steal_pointer (&signature);
  mdg_card_get_exchange (card, &outcome->exchange);
  return outcome;
}

static void
on_session_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  run->outcome = mdg_reader_run_finish (MDG_READER (source), result, &run->error);
  g_main_loop_quit (run->loop);
}

/* One session; the slot may have faults waiting. */
static void
run_session (MdgVirtualSlot *slot, Run *run)
{
  g_autoptr (MdgReader) reader = mdg_virtual_reader_new (slot);
  g_autoptr (GBytes) atr = mdg_virtual_slot_get_atr (slot);

  mdg_reader_set_deadline (reader, DEADLINE_MS);
  mdg_reader_report_card (reader, TRUE, atr);
  mdg_test_settle ();
  run->loop = g_main_loop_new (NULL, FALSE);
  mdg_reader_run_async (reader, 0, on_session_cb, NULL, NULL, free_outcome, NULL,
                        on_session_ended_cb, run);
  g_main_loop_run (run->loop);
  g_clear_pointer (&run->loop, g_main_loop_unref);
  mdg_test_settle ();
}

static void
clear_run (Run *run)
{
  g_clear_pointer (&run->outcome, free_outcome);
  g_clear_error (&run->error);
}

static MdgVirtualSlot *
new_slot (const char *options, const char *log)
{
  g_autoptr (MdgVirtualOptions) parsed = mdg_virtual_options_new ();
  MdgVirtualSlot *slot = mdg_virtual_slot_new ();

  g_assert_true (mdg_virtual_options_parse (parsed, options, NULL));
  g_assert_true (mdg_virtual_options_set (parsed, "forget-tries", NULL, NULL));
  mdg_virtual_slot_take_log (slot, mdg_virtual_log_new (log, FALSE, NULL));
  mdg_virtual_slot_insert (slot, mdg_virtual_test_get_files (), parsed);
  return slot;
}

static guint
count_in_log (const char *path, const char *word)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *at = text; (at = strstr (at, word)) != NULL; at++)
    n++;
  return n;
}

static guint
count_verify (const char *path)
{
  return count_in_log (path, "\"c\": \"0020009804") + count_in_log (path, "\"c\": \"0020008004");
}

/* What a session was sent last: it left the application, and the power went. */
static void
assert_closed (const char *path)
{
  g_autofree char *text = NULL;
  const char *select;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  select = g_strrstr (text, "00a4040c07a0000001510000");
  g_assert_nonnull (select);
  g_assert_nonnull (strstr (select, "\"control\": \"off\""));
  g_assert_null (strstr (select, "\"c\": "));
}

static const char *const works[] = { "",
                                     "no-extended",
                                     "no-sfi",
                                     "no-sfi no-extended",
                                     "get-response no-extended",
                                     "phone",
                                     "first-6f00",
                                     "eof-6282",
                                     "verified-9000",
                                     "contact",
                                     "phone no-sfi" };

static void
test_works (void)
{
  g_autofree char *log = g_build_filename (mdg_virtual_test_get_folder (), "jpki.log", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    {
      g_autoptr (MdgVirtualSlot) slot = new_slot (works[i], log);
      Run run = { 0 };

      run_session (slot, &run);
      g_assert_no_error (run.error);
      g_assert_cmpuint (g_bytes_get_size (run.outcome->signature), ==, 256);
      g_assert_cmpuint (count_verify (log), ==, 1);
      assert_closed (log);
      g_test_message ("\"%s\": %u APDUs, %u bytes sent, %u received", works[i],
                      run.outcome->exchange.apdus, (guint) run.outcome->exchange.bytes_sent,
                      (guint) run.outcome->exchange.bytes_received);
      clear_run (&run);
      g_clear_pointer (&slot, mdg_virtual_slot_unref);
      g_unlink (log);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *options;
    MdgCardError code;
  } cases[] = {
    { "no-jpki", MDG_CARD_ERROR_UNKNOWN_CARD },
    { "tries=0", MDG_CARD_ERROR_PIN_BLOCKED },
    { "tries=0 blocked-sw=6983", MDG_CARD_ERROR_PIN_BLOCKED },
    { "tries=1", MDG_CARD_ERROR_LAST_TRY },
    { "pin=9999", MDG_CARD_ERROR_PIN_WRONG },
  };
  g_autofree char *log = g_build_filename (mdg_virtual_test_get_folder (), "jpki.log", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MdgVirtualSlot) slot = new_slot (cases[i].options, log);
      Run run = { 0 };

      run_session (slot, &run);
      g_assert_error (run.error, MDG_CARD_ERROR, (gint) cases[i].code);
      g_assert_cmpuint (count_verify (log), ==, cases[i].code == MDG_CARD_ERROR_PIN_WRONG);
      clear_run (&run);
      g_clear_pointer (&slot, mdg_virtual_slot_unref);
      g_unlink (log);
    }
}

/* Returns whether the session got far enough to meet the fault. */
static gboolean
assert_survives (const char *options, const char *kind, guint n, const char *log)
{
  g_autoptr (MdgVirtualSlot) slot = new_slot (options, log);
  g_autofree char *fault = g_strdup_printf ("%s@%u", kind, n);
  gint64 start = g_get_monotonic_time ();
  gboolean met;
  Run run = { 0 };

  g_assert_true (mdg_virtual_slot_add_fault (slot, fault, NULL));
  run_session (slot, &run);
  met = mdg_virtual_slot_get_exchanges (slot) >= n;
  g_assert_true ((run.outcome != NULL) != (run.error != NULL));
  g_assert_cmpuint (count_verify (log), <=, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_TIME_SPAN_SECOND);
  /* a card that is left in has no power and no PIN left */
  g_assert_cmpuint (count_in_log (log, "\"control\": \"off\""), ==,
                    mdg_virtual_slot_get_tries (slot) >= 0);
  clear_run (&run);
  g_clear_pointer (&slot, mdg_virtual_slot_unref);
  g_unlink (log);
  return met;
}

static void
test_faults (void)
{
  static const char *const cards[] = { "", "no-sfi no-extended", "get-response no-extended",
                                       "phone", "first-6f00" };
  static const char *const kinds[] = { "remove", "lose", "garble", "truncate", "cut", "hang" };
  g_autofree char *log = g_build_filename (mdg_virtual_test_get_folder (), "jpki.log", NULL);
  guint sessions = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
      {
        guint n = 1;

        /* each hang costs a deadline: the plain card is enough */
        if (g_str_equal (kinds[k], "hang") && i != 0)
          continue;
        while (assert_survives (cards[i], kinds[k], n, log))
          n++;
        g_assert_cmpuint (n, >, 5);
        sessions += n;
      }
  g_test_message ("%u sessions", sessions);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-jpki/works", test_works);
  g_test_add_func ("/virtual-jpki/refused", test_refused);
  g_test_add_func ("/virtual-jpki/faults", test_faults);
  result = g_test_run ();
  mdg_virtual_test_finish ();
  return result;
}
