/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plugin as a program has it: loaded by the host, commanded over its socket, used through
 * MdgReader. What is pulled or unplugged while a command is at work ends that command. */
#include "config.h"

#include "mdg-fake-reader.h"
#include "mdg-virtual-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define START_ROUNDS 100

typedef struct
{
  char *folder;
  char *socket;
  MdgPluginHost *host;
  MdgReaderManager *manager;
} Bench;

typedef struct
{
  const char *const *commands; /* hexadecimal; NULL-terminated */
  gboolean keep_power;
  gint at; /* atomic: which command is at work, from 1 on */
  GMainLoop *loop;
  char *answer; /* the last one, hexadecimal */
  GError *error;
} Run;

static Bench *
new_bench (const char *card, const char *option, const char *value)
{
  Bench *bench = g_new0 (Bench, 1);
  const char *const path[] = { PLUGIN_DIR, NULL };
  const char *const only[] = { "virtual", NULL };
  MdgPluginInfo *info;

  bench->folder = g_dir_make_tmp ("mdg-plugin-XXXXXX", NULL);
  bench->socket = g_build_filename (bench->folder, "command", NULL);
  bench->host = mdg_plugin_host_new (path, bench->folder);
  mdg_plugin_host_set_option (bench->host, "virtual", "state-dir", mdg_virtual_test_get_folder ());
  mdg_plugin_host_set_option (bench->host, "virtual", "socket", bench->socket);
  mdg_plugin_host_set_option (bench->host, "virtual", "options", "forget-tries");
  mdg_plugin_host_set_option (bench->host, "virtual", "card", card);
  if (option != NULL)
    mdg_plugin_host_set_option (bench->host, "virtual", option, value);
  bench->manager = mdg_reader_manager_new (bench->host);
  mdg_plugin_host_load (bench->host, only);
  info = mdg_plugin_host_lookup (bench->host, "virtual");
  g_assert_nonnull (info);
  g_assert_no_error (mdg_plugin_info_get_error (info));
  mdg_test_wait_for (mdg_reader_manager_get_settled (bench->manager));
  return bench;
}

static void
free_bench (Bench *bench)
{
  mdg_plugin_host_stop (bench->host);
  mdg_test_settle ();
  g_assert_false (g_file_test (bench->socket, G_FILE_TEST_EXISTS));
  g_assert_finalize_object (bench->manager);
  g_object_unref (bench->host);
  mdg_test_remove_folder (bench->folder);
  g_free (bench->folder);
  g_free (bench->socket);
  g_free (bench);
}

static void
assert_command (Bench *bench, const char *command, const char *expected)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autofree char *answer = mdg_virtual_test_talk (bench->socket, line);

  if (!g_pattern_match_simple (expected, answer))
    g_error ("%s: expected \"%s\", got \"%s\"", command, expected, answer);
}

static MdgReader *
get_reader (Bench *bench)
{
  return mdg_reader_manager_lookup (bench->manager, "virtual:0");
}

static gpointer
on_run_cb (MdgCard *card, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Run *run = user_data;

  for (gsize i = 0; run->commands[i] != NULL; i++)
    {
      g_autoptr (GBytes) command = mdg_virtual_test_bytes (run->commands[i]);
      g_autoptr (GBytes) answer = NULL;

      g_atomic_int_inc (&run->at);
      answer = mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
      if (answer == NULL)
        return NULL;
      g_free (run->answer);
      run->answer = mdg_virtual_test_hex (answer);
    }
  if (run->keep_power)
    mdg_card_keep_power (card);
  return NULL;
}

static void
on_run_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  mdg_reader_run_finish (MDG_READER (source), result, &run->error);
  g_main_loop_quit (run->loop);
}

static void
start_run (Run *run, MdgReader *reader, GCancellable *cancellable)
{
  run->loop = g_main_loop_new (NULL, FALSE);
  mdg_reader_run_async (reader, 0, on_run_cb, run, NULL, NULL, cancellable, on_run_ended_cb, run);
}

static void
finish_run (Run *run)
{
  g_main_loop_run (run->loop);
  g_clear_pointer (&run->loop, g_main_loop_unref);
}

static void
clear_run (Run *run)
{
  g_clear_pointer (&run->answer, g_free);
  g_clear_error (&run->error);
}

static void
assert_run (Bench *bench, const char *const *commands, gboolean keep_power, const char *expected)
{
  Run run = { .commands = commands, .keep_power = keep_power };

  start_run (&run, get_reader (bench), NULL);
  finish_run (&run);
  g_assert_no_error (run.error);
  g_assert_cmpstr (run.answer, ==, expected);
  clear_run (&run);
}

static void
test_reader (void)
{
  static const char *const verify[] = { SELECT_JPKI, VERIFY_AUTH, NULL };
  static const char *const ask[] = { SELECT_JPKI, "80 2A 00 97 01 00 00", NULL };
  Bench *bench = new_bench ("PRACTICE0001", "pin", "1234");
  MdgReader *reader = get_reader (bench);
  Run signs = { .commands = ask };

  g_assert_nonnull (reader);
  g_assert_cmpstr (mdg_reader_get_name (reader), ==, "Practice reader");
  g_assert_cmpuint (mdg_reader_get_features (reader), ==, MDG_READER_FEATURE_VIRTUAL);
  g_assert_true (mdg_reader_get_present (reader));
  g_assert_cmpuint (g_bytes_get_size (mdg_reader_get_atr (reader)), ==, 13);
  assert_run (bench, verify, FALSE, "9000");
  assert_run (bench, ask, FALSE, "6982"); /* the power went, and the PIN's state with it */
  assert_run (bench, verify, TRUE, "9000");
  start_run (&signs, reader, NULL); /* left on, the card still knows */
  finish_run (&signs);
  g_assert_no_error (signs.error);
  g_assert_cmpuint (strlen (signs.answer), ==, 2 * 258);
  clear_run (&signs);
  free_bench (bench);
}

static void
test_commands (void)
{
  Bench *bench = new_bench ("", NULL, NULL);
  g_autofree char *log = g_build_filename (bench->folder, "apdu.log", NULL);
  g_autofree char *log_command = g_strconcat ("log ", log, NULL);

  g_assert_false (mdg_reader_get_present (get_reader (bench)));
  assert_command (bench, "status", "ok plugged=yes card=none");
  assert_command (bench, "remove", "error *no card*");
  assert_command (bench, "tries 1", "error *no card*");
  assert_command (bench, "insert", "ok");
  mdg_test_wait_for (mdg_reader_get_present (get_reader (bench)));
  assert_command (bench, "status",
                  "ok plugged=yes card=PRACTICE0001 tries=3 exchanges=0 working=no");
  assert_command (bench, "tries 1", "ok");
  assert_command (bench, "status", "ok * tries=1 *");
  assert_command (bench, "tries 4", "error *");
  assert_command (bench, "tries", "error *");
  assert_command (bench, "fault garble@3", "ok");
  assert_command (bench, "fault explode@3", "error *");
  assert_command (bench, "fault garble@0", "error *");
  assert_command (bench, "fault garble", "error *");
  assert_command (bench, "fault none", "ok");
  assert_command (bench, "latency slow-nfc", "ok");
  assert_command (bench, "latency ms=8,sign=150,bitrate=424000", "ok");
  assert_command (bench, "latency ms=nan", "error *");
  assert_command (bench, "latency none", "ok");
  assert_command (bench, log_command, "ok");
  assert_command (bench, "log /nonexistent/file", "error *");
  assert_command (bench, "log none", "ok");
  assert_command (bench, "insert ../../etc", "error *");
  assert_command (bench, "insert PRACTICE0001 nonsense", "error *");
  assert_command (bench, "insert PRACTICE0001 tries=0 no-sfi", "ok");
  assert_command (bench, "status", "ok * tries=0 *");
  assert_command (bench, "remove", "ok");
  mdg_test_wait_for (!mdg_reader_get_present (get_reader (bench)));
  assert_command (bench, "explode", "error unknown command");
  assert_command (bench, "", "error unknown command");
  assert_command (bench, "\xff\xfe", "error unknown command");
  assert_command (bench, "quit", "ok");
  free_bench (bench);
}

/* What no client should send leaves the next one alone. */
static void
test_hostile_client (void)
{
  Bench *bench = new_bench ("", NULL, NULL);
  g_autofree char *longest = g_strnfill (100000, 'x');
  g_autofree char *answer = mdg_virtual_test_talk (bench->socket, longest);
  g_autofree char *two = mdg_virtual_test_talk (bench->socket, "status\nstatus\n");

  g_assert_cmpstr (answer, ==, "error the line is too long");
  g_assert_cmpstr (two, ==, "ok plugged=yes card=none");
  assert_command (bench, "status", "ok *");
  free_bench (bench);
}

static void
wait_until_at_work (Bench *bench, Run *run, gint at)
{
  g_autofree char *expected = g_strdup_printf ("exchanges=%d", at);

  for (;;)
    {
      g_autofree char *status = mdg_virtual_test_talk (bench->socket, "status\n");

      if (strstr (status, expected) != NULL || g_atomic_int_get (&run->at) > at)
        return;
      g_thread_yield ();
    }
}

/* @command: what happens while the second command hangs; NULL: the run is cancelled */
static void
assert_ends (const char *command, GQuark domain, gint code)
{
  static const char *const commands[] = { SELECT_JPKI, "00 B0 8A 00 00", ASK_AUTH, NULL };
  Bench *bench = new_bench ("PRACTICE0001", "fault", "hang@2");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (MdgReader) reader = g_object_ref (get_reader (bench));
  Run run = { .commands = commands };
  gint64 start;

  start_run (&run, reader, cancellable);
  wait_until_at_work (bench, &run, 2);
  start = g_get_monotonic_time ();
  if (command != NULL)
    assert_command (bench, command, "ok");
  else
    g_cancellable_cancel (cancellable);
  finish_run (&run);
  g_assert_error (run.error, domain, code);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (run.at, ==, 2);
  clear_run (&run);
  g_clear_object (&reader);
  free_bench (bench);
}

static void
test_removed_at_work (void)
{
  assert_ends ("remove", MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
}

static void
test_unplugged_at_work (void)
{
  assert_ends ("unplug", MDG_READER_ERROR, MDG_READER_ERROR_GONE);
}

static void
test_changed_at_work (void)
{
  assert_ends ("insert PRACTICE0001", MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD);
}

static void
test_cancelled_at_work (void)
{
  assert_ends (NULL, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_deadline (void)
{
  static const char *const commands[] = { SELECT_JPKI, NULL };
  Bench *bench = new_bench ("PRACTICE0001", "fault", "hang@1");
  Run run = { .commands = commands };

  mdg_reader_set_deadline (get_reader (bench), 200);
  start_run (&run, get_reader (bench), NULL);
  finish_run (&run);
  g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_TIMED_OUT);
  clear_run (&run);
  assert_run (bench, commands, FALSE, "9000"); /* the reader is as good as before */
  free_bench (bench);
}

/* Stopping ends what is at work, and a driver starts as often as it is asked to. */
static void
test_stopped_at_work (void)
{
  static const char *const commands[] = { SELECT_JPKI, NULL };
  Bench *bench = new_bench ("PRACTICE0001", "fault", "hang@1");
  g_autoptr (MdgReader) reader = g_object_ref (get_reader (bench));
  Run run = { .commands = commands };

  start_run (&run, reader, NULL);
  wait_until_at_work (bench, &run, 1);
  mdg_plugin_host_stop (bench->host);
  finish_run (&run);
  g_assert_error (run.error, MDG_READER_ERROR, MDG_READER_ERROR_GONE);
  clear_run (&run);
  g_clear_object (&reader);
  free_bench (bench);
}

static void
test_start_and_stop (void)
{
  static const char *const commands[] = { SELECT_JPKI, NULL };
  Bench *bench = new_bench ("PRACTICE0001", NULL, NULL);
  MdgReaderDriver *driver =
      mdg_plugin_info_get_driver (mdg_plugin_host_lookup (bench->host, "virtual"));

  for (guint i = 0; i < START_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;

      mdg_reader_driver_stop (driver);
      if (i % 3 == 0)
        mdg_test_settle ();
      mdg_reader_driver_start (driver, &error);
      g_assert_no_error (error);
      if (i % 5 == 0)
        mdg_test_settle ();
    }
  mdg_test_wait_for (get_reader (bench) != NULL && mdg_reader_get_present (get_reader (bench)));
  assert_run (bench, commands, FALSE, "9000");
  free_bench (bench);
}

static void
test_unplug_and_plug (void)
{
  Bench *bench = new_bench ("PRACTICE0001", NULL, NULL);
  static const char *const commands[] = { SELECT_JPKI, NULL };

  assert_command (bench, "unplug", "ok");
  mdg_test_wait_for (get_reader (bench) == NULL);
  assert_command (bench, "status", "ok plugged=no card=PRACTICE0001 *");
  assert_command (bench, "unplug", "ok");
  assert_command (bench, "plug", "ok");
  mdg_test_wait_for (get_reader (bench) != NULL && mdg_reader_get_present (get_reader (bench)));
  assert_run (bench, commands, FALSE, "9000");
  free_bench (bench);
}

/* A card that is changed faster than anybody looks is still another insertion. */
static void
test_serial (void)
{
  Bench *bench = new_bench ("PRACTICE0001", NULL, NULL);
  guint before = mdg_reader_get_card_serial (get_reader (bench));

  assert_command (bench, "insert PRACTICE0001", "ok");
  mdg_test_wait_for (mdg_reader_get_card_serial (get_reader (bench)) == before + 1);
  free_bench (bench);
}

static void
test_wrong_options (void)
{
  static const char *const wrong[][2] = {
    { "pin", "12345" }, { "card", "../up" },    { "options", "nonsense" },
    { "latency", "x" }, { "fault", "remove@" }, { "log", "/nonexistent/log" },
  };
  const char *const path[] = { PLUGIN_DIR, NULL };
  const char *const only[] = { "virtual", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("mdg-plugin-XXXXXX", NULL);
      g_autoptr (MdgPluginHost) host = mdg_plugin_host_new (path, folder);

      mdg_plugin_host_set_option (host, "virtual", "state-dir", folder);
      mdg_plugin_host_set_option (host, "virtual", wrong[i][0], wrong[i][1]);
      mdg_plugin_host_load (host, only);
      g_assert_cmpint (mdg_plugin_info_get_state (mdg_plugin_host_lookup (host, "virtual")), ==,
                       MDG_PLUGIN_STATE_FAILED);
      g_assert_null (strstr (
          mdg_plugin_info_get_error (mdg_plugin_host_lookup (host, "virtual"))->message, "12345"));
      mdg_plugin_host_stop (host);
      mdg_test_settle ();
      mdg_test_remove_folder (folder);
    }
}

/* A folder that others can enter, a socket that is somebody's, a file: no place for commands. */
static void
test_socket_folder (void)
{
  Bench *bench = new_bench ("", NULL, NULL);
  const char *const path[] = { PLUGIN_DIR, NULL };
  const char *const only[] = { "virtual", NULL };
  g_autofree char *open_folder = g_build_filename (bench->folder, "open", NULL);
  g_autofree char *open_socket = g_build_filename (open_folder, "command", NULL);
  g_autofree char *plain = g_build_filename (bench->folder, "letter", NULL);
  const char *const sockets[] = { bench->socket, open_socket, plain };
  const gint codes[] = { G_IO_ERROR_ADDRESS_IN_USE, G_IO_ERROR_PERMISSION_DENIED,
                         G_IO_ERROR_EXISTS };

  g_assert_cmpint (g_mkdir (open_folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (open_folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (plain, "dear", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (sockets); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("mdg-plugin-XXXXXX", NULL);
      MdgPluginHost *host = mdg_plugin_host_new (path, folder);
      MdgReaderDriver *driver;

      mdg_plugin_host_set_option (host, "virtual", "state-dir", folder);
      mdg_plugin_host_set_option (host, "virtual", "socket", sockets[i]);
      mdg_plugin_host_load (host, only);
      driver = mdg_plugin_info_get_driver (mdg_plugin_host_lookup (host, "virtual"));
      mdg_test_wait_for (mdg_reader_driver_get_problem (driver) != NULL);
      g_assert_error (mdg_reader_driver_get_problem (driver), G_IO_ERROR, codes[i]);
      mdg_plugin_host_stop (host);
      mdg_test_settle ();
      g_object_unref (host);
      mdg_test_remove_folder (folder);
    }
  assert_command (bench, "status", "ok *");
  g_assert_true (g_file_test (plain, G_FILE_TEST_IS_REGULAR));
  free_bench (bench);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mdg_virtual_test_get_files ();
  g_test_add_func ("/virtual-plugin/reader", test_reader);
  g_test_add_func ("/virtual-plugin/commands", test_commands);
  g_test_add_func ("/virtual-plugin/hostile-client", test_hostile_client);
  g_test_add_func ("/virtual-plugin/removed-at-work", test_removed_at_work);
  g_test_add_func ("/virtual-plugin/unplugged-at-work", test_unplugged_at_work);
  g_test_add_func ("/virtual-plugin/changed-at-work", test_changed_at_work);
  g_test_add_func ("/virtual-plugin/cancelled-at-work", test_cancelled_at_work);
  g_test_add_func ("/virtual-plugin/deadline", test_deadline);
  g_test_add_func ("/virtual-plugin/stopped-at-work", test_stopped_at_work);
  g_test_add_func ("/virtual-plugin/start-and-stop", test_start_and_stop);
  g_test_add_func ("/virtual-plugin/unplug-and-plug", test_unplug_and_plug);
  g_test_add_func ("/virtual-plugin/serial", test_serial);
  g_test_add_func ("/virtual-plugin/wrong-options", test_wrong_options);
  g_test_add_func ("/virtual-plugin/socket-folder", test_socket_folder);
  result = g_test_run ();
  mdg_virtual_test_finish ();
  return result;
}
