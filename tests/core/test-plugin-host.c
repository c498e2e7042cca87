/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host with plugins broken in one way each, a good one, and the quarantine. Built twice: with
 * the good plugin as a module, and (TEST_BUILTIN) with the same source built in. */
#define MDG_PLUGIN_BUILTIN
#include "config.h"

#include "mdg-fake-reader.h"

#include <glib/gstdio.h>

#ifdef TEST_BUILTIN
extern const MdgPluginDesc MDG_PLUGIN_DESC (good);
#endif

typedef struct
{
  char *state_dir;
  MdgPluginHost *host;
} Fixture;

static MdgPluginHost *
make_host (const char *state_dir)
{
  const char *const path[] = { g_getenv ("MDG_TEST_BAD"), g_getenv ("MDG_TEST_GOOD"),
                               g_getenv ("MDG_TEST_AGAIN"), "/nonexistent/folder", NULL };
  MdgPluginHost *host = mdg_plugin_host_new (path, state_dir);

#ifdef TEST_BUILTIN
  mdg_plugin_host_add_builtin (host, &MDG_PLUGIN_DESC (good));
#endif
  return host;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->state_dir = g_dir_make_tmp ("mdg-host-XXXXXX", NULL);
  f->host = make_host (f->state_dir);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->host);
  mdg_test_settle ();
  mdg_test_remove_folder (f->state_dir);
  g_free (f->state_dir);
}

static void
assert_state (MdgPluginHost *host, const char *id, MdgPluginState state)
{
  MdgPluginInfo *info = mdg_plugin_host_lookup (host, id);

  g_assert_nonnull (info);
  if (mdg_plugin_info_get_state (info) != state)
    g_error ("%s is %s: %s", id, mdg_plugin_state_to_string (mdg_plugin_info_get_state (info)),
             mdg_plugin_info_get_error (info) ? mdg_plugin_info_get_error (info)->message : "");
}

static void
assert_failed (MdgPluginHost *host, const char *id, gint code)
{
  assert_state (host, id, MDG_PLUGIN_STATE_FAILED);
  g_assert_error (mdg_plugin_info_get_error (mdg_plugin_host_lookup (host, id)), MDG_PLUGIN_ERROR,
                  code);
  g_assert_null (mdg_plugin_info_get_driver (mdg_plugin_host_lookup (host, id)));
}

static guint
count_state_files (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->state_dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_all (Fixture *f, gconstpointer data)
{
  guint duplicates = 0;

  mdg_plugin_host_load (f->host, NULL);
  assert_failed (f->host, "bad_abi", MDG_PLUGIN_ERROR_ABI);
  assert_failed (f->host, "bad_size", MDG_PLUGIN_ERROR_ABI);
  assert_failed (f->host, "bad_name", MDG_PLUGIN_ERROR_NAME);
  assert_failed (f->host, "bad_symbol", MDG_PLUGIN_ERROR_NOT_A_PLUGIN);
  assert_failed (f->host, "bad_type", MDG_PLUGIN_ERROR_TYPE);
  assert_failed (f->host, "bad_abstract", MDG_PLUGIN_ERROR_TYPE);
  assert_failed (f->host, "bad_start", MDG_PLUGIN_ERROR_START);
#ifndef G_OS_WIN32
  assert_failed (f->host, "bad_unresolved", MDG_PLUGIN_ERROR_OPEN);
#endif
  assert_state (f->host, "bad_crash", MDG_PLUGIN_STATE_STARTED);
  assert_state (f->host, "bad_monitor", MDG_PLUGIN_STATE_DISABLED);
  assert_state (f->host, "good", MDG_PLUGIN_STATE_STARTED);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->host)); i++)
    {
      g_autoptr (MdgPluginInfo) info = g_list_model_get_item (G_LIST_MODEL (f->host), i);

      if (g_strcmp0 (mdg_plugin_info_get_id (info), "good") == 0 &&
          info != mdg_plugin_host_lookup (f->host, "good"))
        {
          g_assert_error (mdg_plugin_info_get_error (info), MDG_PLUGIN_ERROR,
                          MDG_PLUGIN_ERROR_DUPLICATE);
          duplicates++;
        }
    }
#ifdef TEST_BUILTIN
  g_assert_cmpuint (duplicates, ==, 2);
  g_assert_null (mdg_plugin_info_get_path (mdg_plugin_host_lookup (f->host, "good")));
#else
  g_assert_cmpuint (duplicates, ==, 1);
  g_assert_true (
      g_str_has_prefix (mdg_plugin_info_get_path (mdg_plugin_host_lookup (f->host, "good")),
                        g_getenv ("MDG_TEST_GOOD")));
#endif
  g_assert_cmpuint (count_state_files (f), ==, 0);
}

static gpointer
send_one (MdgCard *card, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) command = mdg_test_bytes ("00A4040000");

  return mdg_card_transmit (card, command, MDG_TRANSMIT_NONE, error);
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(gpointer *) data = mdg_reader_run_finish (MDG_READER (source), result, &error);
  g_assert_no_error (error);
}

static void
test_good (Fixture *f, gconstpointer data)
{
  const char *const only[] = { "good", NULL };
  g_autoptr (MdgReaderManager) manager = mdg_reader_manager_new (f->host);
  g_autoptr (GBytes) answer = NULL;
  MdgReader *reader;
  MdgPluginInfo *info;

  mdg_plugin_host_set_option (f->host, "good", "label", "the one on the left");
  mdg_plugin_host_set_option (f->host, "good", "no-such-thing", "1");
  mdg_plugin_host_set_option (f->host, "bad_crash", "label", "somebody else's");
  g_assert_false (mdg_reader_manager_get_settled (manager));
  mdg_plugin_host_load (f->host, only);
  assert_state (f->host, "bad_start", MDG_PLUGIN_STATE_DISABLED);
  mdg_test_wait_for (mdg_reader_manager_get_settled (manager));
  reader = mdg_reader_manager_lookup (manager, "good-0");
  g_assert_cmpstr (mdg_reader_get_name (reader), ==, "the one on the left");
  mdg_reader_run_async (reader, 0, send_one, NULL, NULL, (GDestroyNotify) g_bytes_unref, NULL,
                        on_done_cb, &answer);
  mdg_test_wait_for (answer != NULL);
  info = mdg_plugin_host_lookup (f->host, "good");
  g_assert_cmpstr (mdg_plugin_info_get_name (info), ==, "Good readers");
  mdg_plugin_host_stop (f->host);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (manager)), ==, 0);
  assert_state (f->host, "good", MDG_PLUGIN_STATE_READY);
  mdg_plugin_host_load (f->host, only);
  assert_state (f->host, "good", MDG_PLUGIN_STATE_STARTED);
  mdg_test_wait_for (mdg_reader_manager_lookup (manager, "good-0") != NULL);
  mdg_plugin_host_stop (f->host);
  mdg_test_settle ();
}

/* The child of a test: loads the plugin that ends its process. */
static void
test_crash_child (void)
{
  const char *const only[] = { "bad_crash", NULL };
  g_autoptr (MdgPluginHost) host = make_host (g_getenv ("MDG_TEST_STATE"));

  mdg_plugin_host_load (host, only);
  g_assert_not_reached ();
}

#ifndef TEST_BUILTIN
static void
test_missing (Fixture *f, gconstpointer data)
{
  const char *const only[] = { "not-there", NULL };

  mdg_plugin_host_load (f->host, only);
  assert_failed (f->host, "not-there", MDG_PLUGIN_ERROR_OPEN);
  mdg_plugin_host_load (f->host, only);
  assert_failed (f->host, "not-there", MDG_PLUGIN_ERROR_OPEN);
  g_assert_null (mdg_plugin_host_lookup (f->host, "nor-this"));
}

static void
test_no_reason (Fixture *f, gconstpointer data)
{
  const char *const only[] = { "bad_start", NULL };

  g_setenv ("MDG_TEST_NO_REASON", "1", TRUE);
  mdg_plugin_host_load (f->host, only);
  g_unsetenv ("MDG_TEST_NO_REASON");
  assert_failed (f->host, "bad_start", MDG_PLUGIN_ERROR_START);
  mdg_plugin_host_retry (f->host, "bad_start");
  assert_failed (f->host, "bad_start", MDG_PLUGIN_ERROR_START);
}

static void
crash_in_child (Fixture *f, const char *when)
{
  g_setenv ("MDG_TEST_STATE", f->state_dir, TRUE);
  g_setenv ("MDG_TEST_CRASH", when, TRUE);
  g_test_trap_subprocess ("/plugin-host/crash/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("MDG_TEST_CRASH");
  g_assert_false (g_test_trap_has_passed ());
}

static void
test_quarantine (Fixture *f, gconstpointer when)
{
  crash_in_child (f, when);
  g_assert_cmpuint (count_state_files (f), ==, 1);
  /* not only at the next start, but as long as nobody asks for it */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MdgPluginHost) next = make_host (f->state_dir);

      mdg_plugin_host_load (next, NULL);
      assert_state (next, "bad_crash", MDG_PLUGIN_STATE_QUARANTINED);
      g_assert_error (mdg_plugin_info_get_error (mdg_plugin_host_lookup (next, "bad_crash")),
                      MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_QUARANTINED);
      assert_state (next, "good", MDG_PLUGIN_STATE_STARTED);
    }
  mdg_plugin_host_load (f->host, NULL);
  mdg_plugin_host_retry (f->host, "bad_crash");
  assert_state (f->host, "bad_crash", MDG_PLUGIN_STATE_STARTED);
  g_assert_cmpuint (count_state_files (f), ==, 0);
}

/* A mark of a process that lives is not one of a crash; marks full of rubbish do no harm. */
static void
test_marks (Fixture *f, gconstpointer data)
{
  g_autofree char *of_init = g_build_filename (f->state_dir, "loading.1", NULL);
  g_autofree char *rubbish = g_build_filename (f->state_dir, "loading.x1", NULL);
  g_autofree char *list = g_build_filename (f->state_dir, "quarantine", NULL);

  g_assert_true (g_file_set_contents (of_init, "good", -1, NULL));
  g_assert_true (g_file_set_contents (rubbish, "good", -1, NULL));
  g_assert_true (g_file_set_contents (list, "\n\n\x01\xff not an id \n", -1, NULL));
  mdg_plugin_host_load (f->host, NULL);
#ifndef G_OS_WIN32
  assert_state (f->host, "good", MDG_PLUGIN_STATE_STARTED);
#endif
}

/* Where no mark can be written the plugins load all the same. */
static void
test_no_state_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->state_dir, "a-file", NULL);
  g_autofree char *below = g_build_filename (file, "below", NULL);
  g_autoptr (MdgPluginHost) host = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  host = make_host (below);
  mdg_plugin_host_load (host, NULL);
  assert_state (host, "good", MDG_PLUGIN_STATE_STARTED);
}

/* A monitor that never returns: stopping ends in time, the others are stopped too. */
static void
test_hanging_monitor (Fixture *f, gconstpointer data)
{
  const char *const only[] = { "bad_monitor", "good", NULL };
  g_autoptr (MdgReaderManager) manager = mdg_reader_manager_new (f->host);
  gint64 begin;

  mdg_plugin_host_load (f->host, only);
  mdg_test_wait_for (mdg_reader_manager_get_settled (manager));
  assert_state (f->host, "bad_monitor", MDG_PLUGIN_STATE_STARTED);
  begin = g_get_monotonic_time ();
  mdg_plugin_host_stop (f->host);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 4 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (manager)), ==, 0);
}

static void
test_search_path (Fixture *f, gconstpointer data)
{
#if MDG_DEVELOPMENT
  const char *const only[] = { "good", NULL };
  g_autofree char *path =
      g_strjoin (G_SEARCHPATH_SEPARATOR_S, "/nonexistent", "", g_getenv ("MDG_TEST_AGAIN"), NULL);
  g_autoptr (MdgPluginHost) host = NULL;

  g_setenv ("MADOGUCHI_PLUGIN_PATH", path, TRUE);
  host = mdg_plugin_host_new (NULL, f->state_dir);
  g_unsetenv ("MADOGUCHI_PLUGIN_PATH");
  mdg_plugin_host_load (host, only);
  /* not started: the types of the good plugin are the other module's by now */
  g_assert_true (g_str_has_prefix (mdg_plugin_info_get_path (mdg_plugin_host_lookup (host, "good")),
                                   g_getenv ("MDG_TEST_AGAIN")));
#else
  g_test_skip ("only in a development build");
#endif
}
#endif

#define ADD(path, func, data)                                                                      \
  g_test_add ("/plugin-host/" path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin-host/crash/subprocess", test_crash_child);
#ifdef TEST_BUILTIN
  ADD ("all", test_all, NULL);
  ADD ("good", test_good, NULL);
#else
  if (g_strcmp0 (g_getenv ("MDG_TEST_ONLY_PATH"), "1") == 0)
    {
      ADD ("search-path", test_search_path, NULL);
      return g_test_run ();
    }
  ADD ("all", test_all, NULL);
  ADD ("good", test_good, NULL);
  ADD ("missing", test_missing, NULL);
  ADD ("no-reason", test_no_reason, NULL);
  ADD ("quarantine/open", test_quarantine, "open");
  ADD ("quarantine/start", test_quarantine, "start");
  ADD ("marks", test_marks, NULL);
  ADD ("no-state-folder", test_no_state_folder, NULL);
  ADD ("hanging-monitor", test_hanging_monitor, NULL);
#endif
  return g_test_run ();
}
