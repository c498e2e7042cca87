/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is typed into a password field is heard by nobody else: not by who listens to the text as
 * GTK's accessibility does, not by undo, not by the field itself once it was taken. */
#include "config.h"

#include <gtk/gtk.h>

#include "mdg-password-field.h"

typedef struct
{
  GtkPasswordEntry *entry;
  GtkEditable *text;
  GString *heard; /* what a listener was told */
} Fixture;

/* As gtk/a11y/gtkatspitext.c does: after an insertion, before a deletion. */
static void
on_insert_cb (GtkEditable *editable, char *text, int length, int *position, Fixture *fixture)
{
  g_string_append_len (fixture->heard, text, length);
}

static void
on_delete_cb (GtkEditable *editable, int start, int end, Fixture *fixture)
{
  g_autofree char *text = gtk_editable_get_chars (editable, start, end);

  g_string_append (fixture->heard, text);
}

static void
listen (Fixture *fixture)
{
  g_signal_connect_after (fixture->text, "insert-text", G_CALLBACK (on_insert_cb), fixture);
  g_signal_connect (fixture->text, "delete-text", G_CALLBACK (on_delete_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->entry = GTK_PASSWORD_ENTRY (g_object_ref_sink (gtk_password_entry_new ()));
  fixture->text = gtk_editable_get_delegate (GTK_EDITABLE (fixture->entry));
  fixture->heard = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->entry);
  g_string_free (fixture->heard, TRUE);
}

static void
type (Fixture *fixture, const char *text)
{
  int position = gtk_editable_get_position (fixture->text);

  gtk_editable_insert_text (fixture->text, text, -1, &position);
  gtk_editable_set_position (fixture->text, position);
}

/* The listener of this test does hear a field that is not protected. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  listen (fixture);
  type (fixture, "Kumo-7");
  g_assert_cmpstr (fixture->heard->str, ==, "Kumo-7");
}

static void
test_heard (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) password = NULL;

  mdg_password_field_protect (fixture->entry);
  listen (fixture);
  type (fixture, "Ku");
  type (fixture, "雲-7x");
  g_assert_cmpint (gtk_editable_get_position (fixture->text), ==, 6);
  gtk_editable_delete_text (fixture->text, 5, 6);
  /* what AT-SPI's GetText hands out, and anybody else who asks */
  g_assert_cmpstr (gtk_editable_get_text (fixture->text), ==, "*****");
  password = mdg_password_field_take (fixture->entry);
  g_assert_cmpmem (g_bytes_get_data (password, NULL), g_bytes_get_size (password), "Ku雲-7",
                   strlen ("Ku雲-7"));
  g_assert_true (mdg_password_field_is_empty (fixture->entry));
  g_assert_cmpstr (fixture->heard->str, ==, "");
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) password = NULL;

  mdg_password_field_protect (fixture->entry);
  type (fixture, "Kumo-7");
  g_assert_cmpstr (gtk_editable_get_text (fixture->text), ==, "******");
  mdg_password_field_clear (fixture->entry);
  g_assert_null (mdg_password_field_take (fixture->entry));
  type (fixture, "b");
  password = mdg_password_field_take (fixture->entry);
  g_assert_cmpmem (g_bytes_get_data (password, NULL), g_bytes_get_size (password), "b", 1);
}

/* In the middle, of several bytes, more than fits. */
static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (300, 'x');
  g_autoptr (GBytes) password = NULL;

  mdg_password_field_protect (fixture->entry);
  type (fixture, "雲a");
  gtk_editable_set_position (fixture->text, 1);
  type (fixture, "森é");
  gtk_editable_delete_text (fixture->text, 0, 1);
  password = mdg_password_field_take (fixture->entry);
  g_assert_cmpmem (g_bytes_get_data (password, NULL), g_bytes_get_size (password), "森éa",
                   strlen ("森éa"));
  g_clear_pointer (&password, g_bytes_unref);
  type (fixture, long_text);
  password = mdg_password_field_take (fixture->entry);
  g_assert_cmpuint (g_bytes_get_size (password), ==, 256);
}

static void
test_never_shown (Fixture *fixture, gconstpointer data)
{

  mdg_password_field_protect (fixture->entry);
  gtk_text_set_visibility (GTK_TEXT (fixture->text), TRUE);
  g_assert_false (gtk_text_get_visibility (GTK_TEXT (fixture->text)));
  type (fixture, "Kumo-7");
  g_assert_false (gtk_editable_get_enable_undo (fixture->text));
  g_assert_false (gtk_password_entry_get_show_peek_icon (fixture->entry));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add ("/password-field/plain", Fixture, NULL, set_up, test_plain, tear_down);
  g_test_add ("/password-field/heard", Fixture, NULL, set_up, test_heard, tear_down);
  g_test_add ("/password-field/clear", Fixture, NULL, set_up, test_clear, tear_down);
  g_test_add ("/password-field/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/password-field/never-shown", Fixture, NULL, set_up, test_never_shown, tear_down);
  return g_test_run ();
}
