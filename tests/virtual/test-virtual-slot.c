/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Faults come at their exchange and once, time passes as the profile says, the log shows what was
 * sent and no PIN, and what a card counted outlives the slot. */
#include "config.h"

#include "mdg-virtual-slot.h"
#include "mdg-virtual-test.h"

#include <glib/gstdio.h>
#include <string.h>

static MdgVirtualSlot *
new_slot (const char *options)
{
  g_autoptr (MdgVirtualOptions) parsed = mdg_virtual_options_new ();
  MdgVirtualSlot *slot = mdg_virtual_slot_new ();

  g_assert_true (mdg_virtual_options_parse (parsed, options, NULL));
  mdg_virtual_slot_insert (slot, mdg_virtual_test_get_files (), parsed);
  g_assert_cmpint (mdg_virtual_slot_power_on (slot), ==, MDG_VIRTUAL_OUTCOME_ANSWER);
  return slot;
}

/* The answer in hexadecimal, or NULL with the outcome in @outcome. */
static char *
send_to (MdgVirtualSlot *slot, const char *command, MdgVirtualOutcome *outcome)
{
  g_autoptr (GBytes) bytes = mdg_virtual_test_bytes (command);
  g_autoptr (GBytes) answer = NULL;

  *outcome = mdg_virtual_slot_transmit (slot, bytes, NULL, &answer);
  g_assert_true ((answer != NULL) == (*outcome == MDG_VIRTUAL_OUTCOME_ANSWER));
  return answer != NULL ? mdg_virtual_test_hex (answer) : NULL;
}

static void
assert_sent (MdgVirtualSlot *slot,
             const char *command,
             const char *expected,
             MdgVirtualOutcome expected_outcome)
{
  MdgVirtualOutcome outcome;
  g_autofree char *answer = send_to (slot, command, &outcome);

  g_assert_cmpstr (answer, ==, expected);
  g_assert_cmpint (outcome, ==, expected_outcome);
}

#define assert_ok(slot, command, expected)                                                         \
  assert_sent (slot, command, expected, MDG_VIRTUAL_OUTCOME_ANSWER)
#define assert_none(slot, command) assert_sent (slot, command, NULL, MDG_VIRTUAL_OUTCOME_NO_CARD)

static void
add_fault (MdgVirtualSlot *slot, const char *text)
{
  g_autoptr (GError) error = NULL;

  mdg_virtual_slot_add_fault (slot, text, &error);
  g_assert_no_error (error);
}

static void
test_faults (void)
{
  g_autoptr (MdgVirtualSlot) slot = new_slot ("forget-tries");

  add_fault (slot, "garble@2");
  add_fault (slot, "truncate@3");
  add_fault (slot, "cut@4");
  assert_ok (slot, SELECT_JPKI, "9000");
  assert_ok (slot, "00 B0 8A 00 02", "952735A5"); /* 30829000, each byte ^ A5 */
  assert_ok (slot, "00 B0 8A 00 02", "30");
  assert_ok (slot, "00 B0 8A 00 02", "3082");
  assert_ok (slot, "00 B0 8A 00 02", "30829000");
  add_fault (slot, "truncate@+2");
  assert_ok (slot, ASK_AUTH, "63C3");
  assert_ok (slot, ASK_AUTH, "63");
  assert_ok (slot, ASK_AUTH, "63C3");
  add_fault (slot, "garble@+1");
  add_fault (slot, "none");
  assert_ok (slot, ASK_AUTH, "63C3");
}

/* `remove` takes the card before it has the command, `lose` after: only the second costs a try. */
static void
test_pulled (void)
{
  g_autoptr (MdgVirtualSlot) slot = new_slot ("tries=3");

  add_fault (slot, "remove@2");
  assert_ok (slot, SELECT_JPKI, "9000");
  assert_none (slot, "00 20 00 98 04 30303030");
  assert_none (slot, SELECT_JPKI);
  g_assert_null (mdg_virtual_slot_get_atr (slot));
  g_assert_cmpint (mdg_virtual_slot_get_tries (slot), ==, -1);
  g_assert_cmpint (mdg_virtual_slot_power_on (slot), ==, MDG_VIRTUAL_OUTCOME_NO_CARD);
  g_clear_pointer (&slot, mdg_virtual_slot_unref);

  slot = new_slot ("");
  g_assert_cmpint (mdg_virtual_slot_get_tries (slot), ==, 3);
  add_fault (slot, "lose@2");
  assert_ok (slot, SELECT_JPKI, "9000");
  assert_none (slot, "00 20 00 98 04 30303030");
  g_clear_pointer (&slot, mdg_virtual_slot_unref);

  slot = new_slot (""); /* another process, another day */
  g_assert_cmpint (mdg_virtual_slot_get_tries (slot), ==, 2);
  assert_ok (slot, SELECT_JPKI, "9000");
  assert_ok (slot, VERIFY_AUTH, "9000");
  g_clear_pointer (&slot, mdg_virtual_slot_unref);

  slot = new_slot ("");
  g_assert_cmpint (mdg_virtual_slot_get_tries (slot), ==, 3);
}

static void
test_forgets (void)
{
  g_autoptr (MdgVirtualSlot) slot = new_slot ("forget-tries");

  assert_ok (slot, SELECT_JPKI, "9000");
  assert_ok (slot, "00 20 00 98 04 30303030", "63C2");
  g_clear_pointer (&slot, mdg_virtual_slot_unref);
  slot = new_slot ("forget-tries");
  g_assert_cmpint (mdg_virtual_slot_get_tries (slot), ==, 3);
}

static gpointer
pull_cb (gpointer data)
{
  MdgVirtualSlot *slot = data;

  while (mdg_virtual_slot_get_exchanges (slot) == 0)
    g_thread_yield ();
  mdg_virtual_slot_remove (slot);
  return NULL;
}

static gpointer
unplug_cb (gpointer data)
{
  MdgVirtualSlot *slot = data;

  while (mdg_virtual_slot_get_exchanges (slot) == 0)
    g_thread_yield ();
  mdg_virtual_slot_set_plugged (slot, FALSE);
  return NULL;
}

static gpointer
interrupt_cb (gpointer data)
{
  MdgVirtualSlot *slot = data;

  while (mdg_virtual_slot_get_exchanges (slot) == 0)
    g_thread_yield ();
  mdg_virtual_slot_interrupt (slot);
  return NULL;
}

static void
test_hang (void)
{
  g_autoptr (MdgVirtualSlot) slot = new_slot ("forget-tries");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GBytes) command = mdg_virtual_test_bytes (SELECT_JPKI);
  g_autoptr (GBytes) answer = NULL;
  GThread *thread;

  add_fault (slot, "hang@1");
  thread = g_thread_new ("pull", pull_cb, slot);
  assert_none (slot, SELECT_JPKI);
  g_thread_join (thread);
  g_clear_pointer (&slot, mdg_virtual_slot_unref);

  slot = new_slot ("forget-tries");
  add_fault (slot, "hang@1");
  thread = g_thread_new ("unplug", unplug_cb, slot);
  assert_sent (slot, SELECT_JPKI, NULL, MDG_VIRTUAL_OUTCOME_GONE);
  g_thread_join (thread);
  g_clear_pointer (&slot, mdg_virtual_slot_unref);

  slot = new_slot ("forget-tries");
  add_fault (slot, "hang@1");
  thread = g_thread_new ("interrupt", interrupt_cb, slot);
  assert_sent (slot, SELECT_JPKI, NULL, MDG_VIRTUAL_OUTCOME_INTERRUPTED);
  g_thread_join (thread);
  assert_ok (slot, SELECT_JPKI, "9000");

  g_cancellable_cancel (cancelled); /* one that is cancelled already sends nothing */
  g_assert_cmpint (mdg_virtual_slot_transmit (slot, command, cancelled, &answer), ==,
                   MDG_VIRTUAL_OUTCOME_INTERRUPTED);
  g_assert_cmpuint (mdg_virtual_slot_get_exchanges (slot), ==, 2);
}

static void
test_unplugged (void)
{
  g_autoptr (MdgVirtualSlot) slot = new_slot ("forget-tries");

  assert_ok (slot, SELECT_JPKI, "9000");
  assert_ok (slot, VERIFY_AUTH, "9000");
  mdg_virtual_slot_set_plugged (slot, FALSE);
  assert_sent (slot, SELECT_JPKI, NULL, MDG_VIRTUAL_OUTCOME_GONE);
  g_assert_cmpint (mdg_virtual_slot_connect (slot), ==, MDG_VIRTUAL_OUTCOME_GONE);
  mdg_virtual_slot_set_plugged (slot, TRUE);
  g_assert_cmpint (mdg_virtual_slot_connect (slot), ==, MDG_VIRTUAL_OUTCOME_ANSWER);
  assert_ok (slot, SELECT_JPKI, "9000");
  assert_ok (slot, SIGN_AUTH, "6982"); /* it had no power meanwhile */
}

static gint64
get_latency (const char *profile, const char *command, gsize answer_length, const char *sw)
{
  g_autofree char *zeros = g_strnfill (2 * answer_length, '0');
  g_autofree char *hex = g_strconcat (zeros, sw, NULL);
  g_autoptr (GBytes) bytes = mdg_virtual_test_bytes (command);
  g_autoptr (GBytes) answer = mdg_virtual_test_bytes (hex);
  MdgVirtualLatency latency;

  g_assert_true (mdg_virtual_latency_parse (profile, &latency, NULL));
  return mdg_virtual_latency_get (&latency, bytes, answer);
}

/* The figures of reference/card.md 4.2 and 4.3. */
static void
test_latency (void)
{
  static const char *const wrong[] = {
    "",       "ms",     "ms=",  "ms=-1",         "ms=1x",
    "ms=nan", "ms=1e9", "fast", "ms=1,slow-nfc", "bitrate=0.000001",
    "sign=8 "
  };
  g_autoptr (MdgVirtualSlot) slot = new_slot ("forget-tries");
  MdgVirtualLatency latency;
  gint64 start;

  g_assert_cmpint (get_latency ("none", SIGN_AUTH, 256, "9000"), ==, 0);
  g_assert_cmpint (get_latency ("slow-nfc", ASK_AUTH, 0, "63C3"), ==, 35000);
  g_assert_cmpint (get_latency ("slow-nfc", VERIFY_AUTH, 0, "9000"), ==, 60000);
  g_assert_cmpint (get_latency ("slow-nfc", SIGN_AUTH, 256, "9000"), ==, 700000);
  g_assert_cmpint (get_latency ("slow-nfc", SIGN_AUTH, 0, "6982"), ==, 35000);
  g_assert_cmpint (get_latency ("slow-nfc", "00 B0 01 00 00", 256, "9000"), ==, 228500);
  g_assert_cmpint (get_latency ("contact-9600", "00 B0 01 00 00", 256, "9000"), ==,
                   10000 + 1100 * (5 + 258));
  g_assert_cmpint (get_latency ("ms=8,sign=150,bitrate=424000", SIGN_AUTH, 256, "9000"), ==,
                   8000 + 150000 + (57 + 258) * 10 * 1000000LL / 424000);
  g_assert_cmpint (get_latency ("fast-nfc,sign=700", SIGN_AUTH, 256, "9000"), ==,
                   8000 + 700000 + 30 * (57 + 258));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (mdg_virtual_latency_parse (wrong[i], &latency, NULL));
  g_assert_true (mdg_virtual_latency_parse ("ms=30", &latency, NULL));
  mdg_virtual_slot_set_latency (slot, &latency);
  start = g_get_monotonic_time ();
  assert_ok (slot, SELECT_JPKI, "9000");
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 30000);
}

static char *
read_log (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_log_line (const char *text, guint index, const char *pattern)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, index + 1); /* the last one ends, too */
  if (!g_pattern_match_simple (pattern, lines[index]))
    g_error ("line %u: expected %s, got %s", index, pattern, lines[index]);
}

static void
test_log (void)
{
  g_autofree char *path = g_build_filename (mdg_virtual_test_get_folder (), "slot.log", NULL);
  g_autoptr (MdgVirtualSlot) slot = new_slot ("forget-tries");
  g_autofree char *text = NULL;
  GStatBuf info;

  mdg_virtual_slot_take_log (slot, mdg_virtual_log_new (path, FALSE, NULL));
  mdg_virtual_slot_power_on (slot);
  add_fault (slot, "remove@5");
  assert_ok (slot, SELECT_JPKI, "9000");
  assert_ok (slot, VERIFY_AUTH, "9000");
  assert_ok (slot, "00 20 00 98 00 0004 31323334", "9000"); /* extended, and masked as well */
  mdg_virtual_slot_reset (slot);
  assert_ok (slot, ASK_AUTH, "6A82");
  assert_none (slot, ASK_AUTH);
  mdg_virtual_slot_take_log (slot, NULL);
  text = read_log (path);
  assert_log_line (text, 0, "{\"control\": \"on\", \"t\": *.??????}");
  assert_log_line (text, 1,
                   "{\"n\": 1, \"t\": *.??????, \"c\": \"00a4040c0ad392f000260100000001\", "
                   "\"r\": \"9000\"}");
  assert_log_line (text, 2, "{\"n\": 2, \"t\": *, \"c\": \"0020009804********\", \"r\": \"9000\"}");
  assert_log_line (text, 3,
                   "{\"n\": 3, \"t\": *, \"c\": \"0020009800************\", \"r\": \"9000\"}");
  assert_log_line (text, 4, "{\"control\": \"reset\", *}");
  assert_log_line (text, 5, "{\"n\": 4, *\"c\": \"00200098\", \"r\": \"6a82\"}");
  assert_log_line (text, 6, "{\"n\": 5, *\"c\": \"00200098\", \"r\": null}");
  g_assert_null (strstr (text, "31323334"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 077, ==, 0);
}

static void
assert_masked (const char *command, const char *expected)
{
  g_autoptr (GBytes) bytes = mdg_virtual_test_bytes (command);
  g_autofree char *masked = mdg_virtual_log_format_command (bytes, FALSE);

  g_assert_cmpstr (masked, ==, expected);
}

static void
test_mask (void)
{
  g_autoptr (GBytes) verify = mdg_virtual_test_bytes (VERIFY_AUTH);
  g_autofree char *shown = mdg_virtual_log_format_command (verify, TRUE);

  g_assert_cmpstr (shown, ==, "002000980431323334");
  assert_masked (VERIFY_AUTH, "0020009804********");
  assert_masked ("00 20 00 98 31323334", "00200098********"); /* without Lc */
  assert_masked ("00 20 00 98 31", "00200098**");
  assert_masked ("00 20 00 98 04 31323334 00", "0020009804**********");
  assert_masked ("80 24 01 80 04 35363738", "8024018004********");
  assert_masked ("00 2C 00 98 04 35363738", "002c009804********");
  assert_masked ("00 20", "0020");
  assert_masked ("", "");
  assert_masked ("00 B0 8A 00 00", "00b08a0000");
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-slot/faults", test_faults);
  g_test_add_func ("/virtual-slot/pulled", test_pulled);
  g_test_add_func ("/virtual-slot/forgets", test_forgets);
  g_test_add_func ("/virtual-slot/hang", test_hang);
  g_test_add_func ("/virtual-slot/unplugged", test_unplugged);
  g_test_add_func ("/virtual-slot/latency", test_latency);
  g_test_add_func ("/virtual-slot/log", test_log);
  g_test_add_func ("/virtual-slot/mask", test_mask);
  result = g_test_run ();
  mdg_virtual_test_finish ();
  return result;
}
