/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The contract of every driver over the virtual one, whose world is moved by its command socket. */
#include "config.h"

#include "driver-contract.h"
#include "mdg-plugin.h"
#include "mdg-virtual-test.h"

#include <string.h>

extern const MdgPluginDesc MDG_PLUGIN_DESC (virtual);

static char *socket_path;
static MdgReaderDriver *driver; /* not owned: the one made last */

/* Before the driver starts there is no socket, and the reader is as it is at each start: plugged,
 * without a card. */
static void
command (const char *line)
{
  g_autofree char *answer = NULL;

  if (!g_file_test (socket_path, G_FILE_TEST_EXISTS))
    return;
  answer = mdg_virtual_test_talk (socket_path, line);
  g_assert_true (g_str_has_prefix (answer, "ok"));
}

static MdgReaderDriver *
make (gpointer data)
{
  driver = g_object_new (MDG_PLUGIN_DESC (virtual).get_type (), "state-dir",
                         mdg_virtual_test_get_folder (), "socket", socket_path, "options",
                         "forget-tries", NULL);
  return driver;
}

static void
plug (gpointer data)
{
  command ("plug\n");
}

static void
unplug (gpointer data)
{
  command ("fault none\n");
  command ("unplug\n");
}

static void
insert (gpointer data)
{
  command ("insert PRACTICE0001\n");
  /* what is in the reader when the driver starts anew is its property */
  g_object_set (driver, "card", "PRACTICE0001", NULL);
}

static void
take_out (gpointer data)
{
  command ("remove\n");
  g_object_set (driver, "card", "", NULL);
}

static void
block (gpointer data)
{
  command ("fault hang@+1\n");
}

/* A command that hangs has been counted. */
static void
wait_blocked (gpointer data)
{
  for (;;)
    {
      g_autofree char *status = mdg_virtual_test_talk (socket_path, "status\n");

      if (strstr (status, "working=yes") != NULL)
        return;
      g_thread_yield ();
    }
}

int
main (int argc, char *argv[])
{
  const MdgDriverContract contract = {
    .name = "virtual",
    .make = make,
    .plug = plug,
    .unplug = unplug,
    .insert = insert,
    .remove = take_out,
    .block = block,
    .wait_blocked = wait_blocked,
    .command = SELECT_JPKI,
  };
  int result;

  g_test_init (&argc, &argv, NULL);
  mdg_virtual_test_get_files ();
  socket_path = g_build_filename (mdg_virtual_test_get_folder (), "command", NULL);
  mdg_driver_contract_add_tests (&contract);
  result = g_test_run ();
  g_free (socket_path);
  mdg_virtual_test_finish ();
  return result;
}
