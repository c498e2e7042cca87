/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* For tests that run inside with-pcscd: starts and kills the daemon, and inserts a card by starting
 * the program virtual-card, which VIRTUAL_CARD names. */
#include "config.h"

#include "mdg-pcscd-test.h"

#include "mdg-pcsc-api.h"

#include <glib/gstdio.h>
#include <signal.h>

static char *folder;

static const char *
get_folder (void)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("mdg-pcscd-XXXXXX", NULL);
  return folder;
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

/* The cards' keys, at the end of all tests. */
void
remove_real_cards (void)
{
  if (folder != NULL)
    remove_tree (folder);
  g_clear_pointer (&folder, g_free);
}

/* @option may be NULL. */
void
insert_real_card (RealCard *card, const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (card->process);
  card->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                        &error, g_getenv ("VIRTUAL_CARD"), "--card", get_folder (), "--vpcd",
                        g_getenv ("WITH_PCSCD_VPCD"), option, value, NULL);
  g_assert_no_error (error);
}

void
pull_real_card (RealCard *card)
{
  g_autoptr (GError) error = NULL;

  if (card->process == NULL)
    return;
  g_subprocess_force_exit (card->process);
  g_subprocess_wait (card->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&card->process);
}

/* SIGKILL, or SIGSTOP and SIGCONT for a daemon that hangs. */
void
signal_pcscd (int number)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint64 pid = 0;

  g_file_get_contents (g_getenv ("WITH_PCSCD_PID"), &text, NULL, &error);
  g_assert_no_error (error);
  g_ascii_string_to_unsigned (g_strstrip (text), 10, 2, G_MAXINT32, &pid, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kill ((pid_t) pid, number), ==, 0);
}

void
start_pcscd (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("WITH_PCSCD_START"), NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* How often the daemon itself has seen a card come or go: what our reports are compared with. */
guint
count_real_events (void)
{
  g_autoptr (MdgPcscApi) api = mdg_pcsc_api_new (NULL, NULL);
  MdgPcscState state = { .name = VPCD_READER };
  MdgPcscContext context;

  g_assert_cmphex (mdg_pcsc_api_establish (api, &context), ==, MDG_PCSC_OK);
  g_assert_cmphex (mdg_pcsc_api_get_status_change (api, context, 0, &state, 1), ==, MDG_PCSC_OK);
  mdg_pcsc_api_release (api, context);
  return state.event >> 16;
}
