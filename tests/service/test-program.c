/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The practice service as a program: what it prints, how it ends, what it refuses. */
#include "config.h"

#include "practice-client.h"

#include <string.h>

static const char *program;

static void
test_run (gconstpointer data)
{
  int signal_number = GPOINTER_TO_INT (data);
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) reply = NULL;
  json_t *info;

  practice_rig_init (&rig);
  g_clear_object (&rig.service);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--state",
                              rig.state_dir, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  info = json_loads (line, 0, NULL);
  g_assert_true (json_is_string (json_object_get (info, "activation_code")));
  g_assert_true (json_is_array (json_object_get (info, "card_ca_files")));
  g_assert_cmpstr (json_string_value (json_object_get (info, "institution_code")), ==,
                   "1319999015");
  client = practice_client_new (json_string_value (json_object_get (info, "url")),
                                json_string_value (json_object_get (info, "ca_file")));
  reply = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  g_subprocess_send_signal (process, signal_number);
  rest = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_null (rest);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  json_decref (info);
}

static void
test_refusals (void)
{
  g_auto (PracticeRig) rig = { 0 };
  const char *const calls[][5] = {
    { program, NULL },
    { program, "--state", "", "--port", "70000" },
    { program, "--state", "", "--fault=nonsense", NULL },
    { program, "--state", "", "--card-ca=/nonexistent", NULL },
    { program, "--state", "", "--people=/nonexistent", NULL },
  };

  practice_rig_init (&rig);
  g_clear_object (&rig.service);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GPtrArray) argv = g_ptr_array_new ();
      g_autoptr (GSubprocess) process = NULL;
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      for (guint j = 0; j < 5 && calls[i][j] != NULL; j++)
        g_ptr_array_add (argv, (char *) (*calls[i][j] != '\0' ? calls[i][j] : rig.state_dir));
      g_ptr_array_add (argv, NULL);
      process =
          g_subprocess_newv ((const char *const *) argv->pdata,
                             G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
      g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, NULL));
      g_assert_cmpstr (out, ==, "");
      g_assert_cmpuint (strlen (err), >, 0);
      g_assert_cmpint (g_subprocess_get_exit_status (process), !=, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_data_func ("/service/program/sigterm", GINT_TO_POINTER (15), test_run);
  g_test_add_data_func ("/service/program/sigint", GINT_TO_POINTER (2), test_run);
  g_test_add_func ("/service/program/refusals", test_refusals);
  return g_test_run ();
}
