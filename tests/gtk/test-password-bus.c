/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The whole way: what a screen reader's bus carries while a password is typed. GTK 4.8 sends each
 * character there; from a protected field nothing of it may go. Run with a session bus. */
#include "config.h"

#include <gtk/gtk.h>

#include "mdg-fake-reader.h"
#include "mdg-password-field.h"

typedef struct
{
  GMutex lock;
  GString *carried; /* the bodies of all messages */
  guint changes;    /* TextChanged */
} Ear;

/* On GDBus's thread. */
static GDBusMessage *
on_message_cb (GDBusConnection *connection,
               GDBusMessage *message,
               gboolean incoming,
               gpointer user_data)
{
  Ear *ear = user_data;
  GVariant *body = g_dbus_message_get_body (message);
  g_autofree char *text = body != NULL ? g_variant_print (body, FALSE) : NULL;

  if (!incoming)
    return message;
  g_mutex_lock (&ear->lock);
  if (text != NULL)
    g_string_append (ear->carried, text);
  if (g_strcmp0 (g_dbus_message_get_member (message), "TextChanged") == 0)
    ear->changes++;
  g_mutex_unlock (&ear->lock);
  /* a monitor answers nothing */
  g_object_unref (message);
  return NULL;
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) error = NULL;
  const char *address;
  GDBusConnection *bus;

  answer = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                        "GetAddress", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                        &error);
  g_assert_no_error (error);
  g_variant_get (answer, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  return bus;
}

static void
call (GDBusConnection *bus,
      const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_sync (bus, name, path, interface, method, arguments, NULL,
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static gboolean
has_changes (Ear *ear)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&ear->lock);

  return ear->changes > 0;
}

static gboolean
carried (Ear *ear, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&ear->lock);

  return strstr (ear->carried->str, text) != NULL;
}

static void
type (GtkEditable *text, const char *characters)
{
  int position = gtk_editable_get_position (text);

  gtk_editable_insert_text (text, characters, -1, &position);
  gtk_editable_set_position (text, position);
}

static void
test_bus (void)
{
  g_autoptr (GDBusConnection) events = connect_to_bus ();
  g_autoptr (GDBusConnection) monitor = connect_to_bus ();
  static Ear ear;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *plain = gtk_entry_new (), *hidden = gtk_password_entry_new ();
  g_autoptr (GBytes) password = NULL;

  ear.carried = g_string_new (NULL);
  g_dbus_connection_add_filter (monitor, on_message_cb, &ear, NULL);
  call (events, "org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry",
        "RegisterEvent", g_variant_new ("(s)", "object:text-changed"));
  g_dbus_connection_call (monitor, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus.Monitoring", "BecomeMonitor",
                          g_variant_new ("(asu)", NULL, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          NULL, NULL);
  mdg_password_field_protect (GTK_PASSWORD_ENTRY (hidden));
  gtk_box_append (GTK_BOX (box), plain);
  gtk_box_append (GTK_BOX (box), hidden);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  mdg_test_wait_for (gtk_widget_get_mapped (hidden));

  /* what is typed in the open is carried once the bus is listened to, so this bus carries */
  mdg_test_wait_for (
      (type (gtk_editable_get_delegate (GTK_EDITABLE (plain)), "Q"), has_changes (&ear)));
  gtk_widget_grab_focus (hidden);
  type (gtk_editable_get_delegate (GTK_EDITABLE (hidden)), "KUMO");
  type (gtk_editable_get_delegate (GTK_EDITABLE (hidden)), "YAMA");
  gtk_editable_delete_text (gtk_editable_get_delegate (GTK_EDITABLE (hidden)), 0, 4);
  password = mdg_password_field_take (GTK_PASSWORD_ENTRY (hidden));
  g_assert_cmpmem (g_bytes_get_data (password, NULL), g_bytes_get_size (password), "YAMA", 4);
  /* messages keep their order: what comes after this has all that came before */
  type (gtk_editable_get_delegate (GTK_EDITABLE (plain)), "THEEND");
  mdg_test_wait_for (carried (&ear, "THEEND"));
  g_assert_false (carried (&ear, "KUMO"));
  g_assert_false (carried (&ear, "YAMA"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/password-bus", test_bus);
  return g_test_run ();
}
