/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A password is in an MdgSecretBuffer while it is typed, in an MdgSecretStore's erased bytes when
 * it is taken, and nowhere else. GTK 4.8 shows bullets, but hands each typed and each deleted
 * character to the accessibility bus by the signals "insert-text" and "delete-text" of the GtkText
 * (gtk/a11y/gtkatspitext.c, insert_text_cb and delete_text_cb): here these emissions end before
 * anybody else has seen them, and the text cannot be made visible. */
#include "config.h"

#include "mdg-password-field.h"

#include "mdg-secret-buffer.h"

static GtkText *
get_text (GtkPasswordEntry *entry)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
}

/* What the class handler does, without the handlers after it. */
static void
on_insert_text_cb (GtkEditable *editable, const char *text, int length, int *position)
{
  GtkEntryBuffer *buffer = gtk_text_get_buffer (GTK_TEXT (editable));
  guint n_chars = (guint) g_utf8_strlen (text, length);

  g_signal_stop_emission_by_name (editable, "insert-text");
  /* to make the text visible and back turns it on again; it would keep copies */
  gtk_editable_set_enable_undo (editable, FALSE);
  *position += (int) gtk_entry_buffer_insert_text (buffer, (guint) *position, text, (int) n_chars);
}

static void
on_delete_text_cb (GtkEditable *editable, int start, int end)
{
  GtkEntryBuffer *buffer = gtk_text_get_buffer (GTK_TEXT (editable));

  g_signal_stop_emission_by_name (editable, "delete-text");
  gtk_entry_buffer_delete_text (buffer, (guint) start, end < 0 ? -1 : end - start);
}

/* "Show text" of the field's menu */
static void
on_visibility_cb (GtkText *text)
{
  if (gtk_text_get_visibility (text))
    gtk_text_set_visibility (text, FALSE);
}

static MdgSecretBuffer *
get_buffer (GtkPasswordEntry *entry)
{
  return MDG_SECRET_BUFFER (gtk_text_get_buffer (get_text (entry)));
}

/**
 * mdg_password_field_protect:
 * @entry: an empty password entry
 *
 * Gives @entry a buffer in locked memory, and keeps what is typed from the accessibility bus, from
 * undo, and from being shown. Once for each entry.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_password_field_protect (GtkPasswordEntry *entry)
{
  GtkText *text = get_text (entry);
  g_autoptr (GtkEntryBuffer) buffer = mdg_secret_buffer_new ();

  gtk_text_set_buffer (text, buffer);
  gtk_password_entry_set_show_peek_icon (entry, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (text), "misc.toggle-visibility", FALSE);
  g_signal_connect (text, "insert-text", G_CALLBACK (on_insert_text_cb), NULL);
  g_signal_connect (text, "delete-text", G_CALLBACK (on_delete_text_cb), NULL);
  g_signal_connect (text, "notify::visibility", G_CALLBACK (on_visibility_cb), NULL);
}

/**
 * mdg_password_field_is_empty:
 * @entry: a protected password entry
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether nothing is typed
 */
gboolean
mdg_password_field_is_empty (GtkPasswordEntry *entry)
{
  return gtk_text_get_text_length (get_text (entry)) == 0;
}

/**
 * mdg_password_field_take:
 * @entry: a protected password entry
 *
 * Takes the password out of the field, which is empty then.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): UTF-8 without its end, erased when the last reference goes;
 *   %NULL where nothing is typed
 */
GBytes *
mdg_password_field_take (GtkPasswordEntry *entry)
{
  return mdg_secret_buffer_take (get_buffer (entry));
}

/**
 * mdg_password_field_copy:
 * @entry: a protected password entry
 *
 * For a form that may be refused for another of its fields.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): as mdg_password_field_take(); the field keeps it
 */
GBytes *
mdg_password_field_copy (GtkPasswordEntry *entry)
{
  return mdg_secret_buffer_copy (get_buffer (entry));
}

/**
 * mdg_password_field_clear:
 * @entry: a protected password entry
 *
 * Forgets what was typed: its memory is written over and given back.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_password_field_clear (GtkPasswordEntry *entry)
{
  g_autoptr (GBytes) forgotten = mdg_secret_buffer_take (get_buffer (entry));
}
