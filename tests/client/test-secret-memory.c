/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* After an activation and a log-in, when everything is freed, the process's memory and its debug
 * output are searched for the password, the activation code and the key. The service runs in a
 * process of its own, for it keeps what it was sent. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "test-calls.h"

#define LENGTH 24
/* what the TLS library and GIO leave of a message's text in freed buffers; ours leaves nothing */
#define TOLERATED 0

static gboolean
on_input_end_cb (GIOChannel *channel, GIOCondition condition, gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static int
serve (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autofree char *escaped = g_strescape (test_service_get_ca (service), NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) in = g_io_channel_unix_new (0);

  g_print ("%s\n%s\n", test_service_get_url (service), escaped);
  fflush (stdout);
  g_io_add_watch (in, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input_end_cb, loop);
  g_main_loop_run (loop);
  return 0;
}

/* Digits, made where only the stack holds them, and kept masked. */
static void
make_masked (guint8 *masked, gsize length)
{
  for (gsize i = 0; i < length; i++)
    masked[i] = (guint8) (('0' + g_random_int_range (0, 10)) ^ 0x5a);
}

static GBytes *
unmask (const guint8 *masked, gsize length)
{
  char plain[64];
  GBytes *bytes;

  for (gsize i = 0; i < length; i++)
    plain[i] = (char) (masked[i] ^ 0x5a);
  bytes = mdg_secret_bytes_new (plain, length);
  explicit_bzero (plain, sizeof plain);
  return bytes;
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
use_secrets (const char *url,
             const char *ca,
             const guint8 *password_mask,
             const guint8 *code_mask,
             guint8 *key_mask)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) password = unmask (password_mask, LENGTH);
  g_autoptr (GBytes) code = unmask (code_mask, 12);
  MdgActivationRequest request = { url, ca, TEST_INSTITUTION, TEST_USER, password, code, "受付" };
  g_autoptr (MdgActivation) activation = NULL;
  g_autoptr (MdgOnlineSource) source = NULL;
  g_autoptr (GError) error = NULL;
  const char *key;

  mdg_activation_activate_async (&request, NULL, on_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  activation = mdg_activation_finish (result, &error);
  g_assert_no_error (error);
  /* the middle of the key's base64 */
  key = g_bytes_get_data (activation->terminal_key, NULL);
  for (guint i = 0; i < LENGTH; i++)
    key_mask[i] = (guint8) (key[100 + i] ^ 0x5a);
  source = mdg_online_source_new (activation->facility, activation->terminal,
                                  activation->terminal_key, password, &error);
  g_assert_no_error (error);
  g_assert_true (test_login (source, &error));
  /* the search can fail: it finds what is there */
  g_assert_cmpint (test_memory_count (password_mask, LENGTH), >=, 1);
  g_assert_cmpint (test_memory_count (key_mask, LENGTH), >=, 1);
}

static const char *self_path;

static void
test_memory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                        self_path, "--serve", NULL);
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *url = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_autofree char *escaped = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_autofree char *ca = g_strcompress (escaped);
  guint8 password[LENGTH], code[12], key[LENGTH];
  int found;

  g_assert_no_error (error);
  make_masked (password, LENGTH);
  make_masked (code, sizeof code);
  use_secrets (url, ca, password, code, key);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  found = test_memory_count (password, LENGTH);
  if (found < 0)
    {
      g_test_skip ("no /proc to look into");
      return;
    }
  g_test_message ("password: %d", found);
  g_assert_cmpint (found, <=, TOLERATED);
  found = test_memory_count (code, sizeof code);
  g_test_message ("activation code: %d", found);
  g_assert_cmpint (found, <=, TOLERATED);
  found = test_memory_count (key, LENGTH);
  g_test_message ("key: %d", found);
  g_assert_cmpint (found, <=, TOLERATED);
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
}

/* Everything that the libraries can be made to say. */
static void
test_debug_output (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TestService) service = NULL;
      g_autoptr (MdgOnlineSource) source = NULL;
      g_autoptr (MdgOqsMessage) message = NULL;
      g_autoptr (GError) error = NULL;

      /* here, not in the parent: GLib would say there that it is late for it, in the midst of the
       * TAP */
      g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
      g_debug ("debug output is on");
      service = test_service_new ();
      source = test_source (service);
      message = test_ask_card (source, FALSE, &error);
      g_assert_no_error (error);
      test_service_script_json (service, "auth", -1, 401, "{\"ErrorCode\":\"MDG-AUTH-001\"}");
      g_assert_false (test_login (source, &error));
      g_printerr ("%s\n", error->message);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*debug output is on*");
  g_test_trap_assert_stderr ("*answered 401*");
  g_test_trap_assert_stdout_unmatched ("*" TEST_PASSWORD "*");
  g_test_trap_assert_stderr_unmatched ("*" TEST_PASSWORD "*");
  g_test_trap_assert_stdout_unmatched ("*" TEST_CODE "*");
  g_test_trap_assert_stderr_unmatched ("*" TEST_CODE "*");
  g_test_trap_assert_stdout_unmatched ("*PRIVATE KEY*");
  g_test_trap_assert_stderr_unmatched ("*PRIVATE KEY*");
  g_test_trap_assert_stdout_unmatched ("*token-abc*");
}

int
main (int argc, char *argv[])
{
  if (argc == 2 && g_str_equal (argv[1], "--serve"))
    return serve ();
  self_path = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-memory/memory", test_memory);
  g_test_add_func ("/secret-memory/debug-output", test_debug_output);
  return test_run ();
}
