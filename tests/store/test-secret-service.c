/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keyring: a real one on a private bus where it is installed, and every way in which a bus or
 * a service can be there and not answer. */
#include "config.h"

#include "mdg-secret-store.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#include "mdg-store.h"

static char *folder;

/* Each case in a process of its own: libraries keep their bus for good. */
static gboolean
is_inside (void)
{
  if (g_test_subprocess ())
    return TRUE;
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  /* the bus itself may have words to say; we and the libraries under us must not */
  g_test_trap_assert_stderr_unmatched ("*WARNING*");
  g_test_trap_assert_stderr_unmatched ("*CRITICAL*");
  return FALSE;
}

static void
assert_file_soon (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSecretStore) store = NULL;
  gint64 start = g_get_monotonic_time ();

  store = mdg_secret_store_open (folder, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mdg_secret_store_get_kind (store), ==, "file");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2600 * G_TIME_SPAN_MILLISECOND);
}

static void
test_absent_bus (void)
{
  if (!is_inside ())
    return;
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_unsetenv ("XDG_RUNTIME_DIR");
  assert_file_soon ();
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_file_soon ();
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "no address at all", TRUE);
  assert_file_soon ();
}

/* A socket that takes connections and never says a word. */
static void
test_hanging_bus (void)
{
  g_autofree char *path = g_build_filename (folder, "bus", NULL);
  g_autofree char *address = g_strconcat ("unix:path=", path, NULL);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) where = NULL;

  if (!is_inside ())
    {
      g_unlink (path);
      return;
    }
  g_unlink (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  where = g_unix_socket_address_new (path);
  g_assert_true (g_socket_bind (socket, where, FALSE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  assert_file_soon ();
  g_unlink (path);
}

static GTestDBus *
start_bus (void)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  g_test_dbus_up (bus);
  return bus;
}

static void
test_bus_without_service (void)
{
  GTestDBus *bus;

  if (!is_inside ())
    return;
  bus = start_bus ();
  assert_file_soon ();
  g_test_dbus_stop (bus);
  g_object_unref (bus);
}

static GDBusMessage *
on_message_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

/* Owns the name; a service that takes every question and answers none. */
static void
test_hanging_service (void)
{
  g_autoptr (GDBusConnection) service = NULL;
  g_autoptr (GVariant) reply = NULL;
  GTestDBus *bus;

  if (!is_inside ())
    return;
  bus = start_bus ();
  service =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, NULL);
  /* without it GDBus would answer "no such object" */
  g_dbus_connection_add_filter (service, on_message_cb, NULL, NULL);
  reply = g_dbus_connection_call_sync (
      service, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL, 0, -1, NULL, NULL);
  g_assert_nonnull (reply);
  assert_file_soon ();
  g_test_dbus_stop (bus);
  g_object_unref (bus);
}

static void
check_keyring (const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSecretStore) real = mdg_secret_store_open (folder, FALSE, &error);
  g_autoptr (MdgSecretStore) practice = mdg_secret_store_open (folder, TRUE, &error);
  g_autoptr (GBytes) secret = mdg_secret_bytes_new ("-----BEGIN\0x", 12);
  g_autoptr (GBytes) other = mdg_secret_bytes_new ("practice", 8);
  g_autoptr (GBytes) back = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (mdg_secret_store_get_kind (real), ==, kind);
  g_assert_null (mdg_secret_store_load (real, "terminal-key", &error));
  g_assert_no_error (error);
  g_assert_true (mdg_secret_store_save (real, "terminal-key", other, &error));
  g_assert_no_error (error);
  g_assert_true (mdg_secret_store_save (real, "terminal-key", secret, &error));
  g_assert_true (mdg_secret_store_save (practice, "terminal-key", other, &error));
  back = mdg_secret_store_load (real, "terminal-key", &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, secret));
  g_assert_true (mdg_secret_store_clear (practice, "terminal-key", &error));
  g_assert_null (mdg_secret_store_load (practice, "terminal-key", &error));
  g_assert_no_error (error);
  g_clear_pointer (&back, g_bytes_unref);
  back = mdg_secret_store_load (real, "terminal-key", &error);
  g_assert_true (g_bytes_equal (back, secret));
}

/* One keyring, two facilities: neither finds, replaces or clears what is the other's. */
static void
check_profiles (void)
{
  g_autofree char *two_folder = g_build_filename (folder, "profiles", "p2", NULL);
  g_autofree char *three_folder = g_build_filename (folder, "profiles", "p3", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgSecretStore) one = mdg_secret_store_open (folder, FALSE, &error);
  g_autoptr (MdgSecretStore) two = mdg_secret_store_open (two_folder, FALSE, &error);
  g_autoptr (MdgSecretStore) three = mdg_secret_store_open (three_folder, FALSE, &error);
  g_autoptr (GBytes) of_one = mdg_secret_bytes_new ("one", 3);
  g_autoptr (GBytes) of_two = mdg_secret_bytes_new ("two", 3);
  g_autoptr (GBytes) back_one = NULL;
  g_autoptr (GBytes) back_two = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (mdg_secret_store_get_kind (two), ==, "secret-service");
  g_assert_true (mdg_secret_store_save (two, "history-key", of_two, &error));
  g_assert_null (mdg_secret_store_load (one, "history-key", &error));
  g_assert_null (mdg_secret_store_load (three, "history-key", &error));
  g_assert_true (mdg_secret_store_save (one, "history-key", of_one, &error));
  g_assert_no_error (error);
  back_one = mdg_secret_store_load (one, "history-key", &error);
  back_two = mdg_secret_store_load (two, "history-key", &error);
  g_assert_true (g_bytes_equal (back_one, of_one));
  g_assert_true (g_bytes_equal (back_two, of_two));
  g_assert_true (mdg_secret_store_clear (one, "history-key", &error));
  g_clear_pointer (&back_two, g_bytes_unref);
  back_two = mdg_secret_store_load (two, "history-key", &error);
  g_assert_true (g_bytes_equal (back_two, of_two));
  g_assert_true (mdg_secret_store_clear (two, "history-key", &error));
  g_assert_no_error (error);
}

static void
call_service (const char *method, GVariant *parameters)
{
  g_autoptr (GDBusConnection) bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, NULL);
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
      method, parameters, NULL, 0, 5000, NULL, NULL);

  g_assert_nonnull (reply);
}

static void
wait_for_service (void)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  g_autoptr (GDBusConnection) bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, NULL);
  gboolean owned = FALSE;

  while (!owned && g_get_monotonic_time () < end)
    {
      g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
          bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
          "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"), NULL, 0, -1, NULL,
          NULL);

      g_variant_get (reply, "(b)", &owned);
    }
  g_assert_true (owned);
}

static void
test_keyring (void)
{
  g_autoptr (GSubprocess) daemon = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *home = g_build_filename (folder, "home", NULL);
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  GTestDBus *bus;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return;
    }
  if (!is_inside ())
    return;

  g_mkdir (home, 0700);
  bus = start_bus ();
  launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                 G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", home, TRUE);
  daemon = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground",
                                        "--components=secrets", "--unlock", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (daemon), "keyring-password", 16, NULL,
                             NULL, NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (daemon), NULL, NULL);
  wait_for_service ();

  check_keyring ("secret-service");
  check_profiles ();

  /* locked: found there still, told as locked, and no wait for a prompt */
  {
    g_autoptr (MdgSecretStore) store = NULL;
    g_autoptr (GBytes) secret = mdg_secret_bytes_new ("x", 1);
    const char *const paths[] = { "/org/freedesktop/secrets/collection/login" };
    gint64 start;

    call_service ("Lock", g_variant_new ("(@ao)", g_variant_new_objv (paths, 1)));
    start = g_get_monotonic_time ();
    store = mdg_secret_store_open (folder, FALSE, &error);
    g_assert_cmpstr (mdg_secret_store_get_kind (store), ==, "secret-service");
    g_assert_null (mdg_secret_store_load (store, "terminal-key", &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
    g_clear_error (&error);
    g_assert_false (mdg_secret_store_save (store, "terminal-key", secret, &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
    g_clear_error (&error);
    g_assert_false (mdg_secret_store_clear (store, "terminal-key", &error));
    g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_LOCKED);
    g_clear_error (&error);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  }

  g_subprocess_force_exit (daemon);
  g_subprocess_wait (daemon, NULL, NULL);
  g_test_dbus_stop (bus);
  g_object_unref (bus);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

int
main (int argc, char *argv[])
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  int result;

  if (!MDG_HAVE_LIBSECRET || daemon == NULL)
    {
      g_print ("1..0 # SKIP there is no libsecret, or no dbus-daemon\n");
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("DISPLAY");
  /* children find the folder of the parent */
  folder = g_strdup (g_getenv ("MDG_TEST_FOLDER"));
  if (folder == NULL)
    folder = g_dir_make_tmp ("mdg-keyring-XXXXXX", NULL);
  g_setenv ("MDG_TEST_FOLDER", folder, TRUE);
  g_test_add_func ("/secret-service/absent-bus", test_absent_bus);
  g_test_add_func ("/secret-service/hanging-bus", test_hanging_bus);
  g_test_add_func ("/secret-service/bus-without-service", test_bus_without_service);
  g_test_add_func ("/secret-service/hanging-service", test_hanging_service);
  g_test_add_func ("/secret-service/keyring", test_keyring);
  result = g_test_run ();
  if (!g_test_subprocess ())
    remove_tree (folder);
  g_free (folder);
  return result;
}
