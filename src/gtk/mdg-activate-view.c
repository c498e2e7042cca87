/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The step of the terminal: what is registered, for how long, its renewal and its end; and the
 * letter. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-letter-view.h"
#include "mdg-problem-note.h"
#include "mdg-widgets.h"
#include "mdg-window.h"
#include "mdg-wrap.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MDG_TYPE_ACTIVATE_VIEW (mdg_activate_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgActivateView, mdg_activate_view, MDG, ACTIVATE_VIEW, GtkWidget)

struct _MdgActivateView
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *terminal;
  GtkWidget *facts;
  GtkWidget *renew;
  GtkWidget *give_up;
  GtkWidget *note;
  GtkWidget *letter;

  /* owned */
  MdgSession *session;
};

G_DEFINE_FINAL_TYPE (MdgActivateView, mdg_activate_view, GTK_TYPE_WIDGET)

static void
add_fact (MdgActivateView *self, const char *label, const char *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (GTK_LIST_BOX (self->facts), row);
}

static void
add_facts (MdgActivateView *self, const MdgTerminal *terminal)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (terminal->not_after);
  /* Translators: the end of a certificate, g_date_time_format() */
  g_autofree char *end = g_date_time_format (local, _ ("%B %-d, %Y"));
  /* Translators: how many terminals the facility has, and how many it may have */
  g_autofree char *count =
      g_strdup_printf (_ ("%u of %u"), terminal->terminal_count, terminal->terminal_limit);

  add_fact (self, _ ("Facility"), mdg_session_get_institution_name (self->session));
  add_fact (self, _ ("Institution code"), mdg_session_get_institution_code (self->session));
  add_fact (self, _ ("Name of the terminal"), terminal->name);
  add_fact (self, _ ("Terminals registered"), count);
  add_fact (self, _ ("End of the terminal’s certificate"), end);
}

static void
show (MdgActivateView *self)
{
  const MdgTerminal *terminal = mdg_session_get_terminal (self->session);
  gboolean practice = mdg_session_get_practice (self->session);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->facts)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->facts), row);
  if (terminal != NULL)
    add_facts (self, terminal);
  gtk_widget_set_visible (self->terminal, terminal != NULL);
  gtk_widget_set_visible (self->give_up, !practice);
  /* a registered terminal is not registered once more by accident; who practises may */
  gtk_widget_set_visible (self->letter, terminal == NULL || practice);
}

static void
on_renewed_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgActivateView) self = data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root;

  if (self->session == NULL)
    return;
  mdg_session_terminal_finish (MDG_SESSION (session), result, &error);
  mdg_problem_note_set (MDG_PROBLEM_NOTE (self->note), NULL, error);
  gtk_widget_set_sensitive (self->renew, TRUE);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (error == NULL && MDG_IS_WINDOW (root))
    mdg_window_show_toast (MDG_WINDOW (root), _ ("The certificate of this terminal is renewed."));
}

static void
on_renew_cb (MdgActivateView *self)
{
  gtk_widget_set_sensitive (self->renew, FALSE);
  mdg_session_renew_async (self->session, NULL, on_renewed_cb, g_object_ref (self));
}

static void
on_given_up_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgActivateView) self = data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (mdg_session_terminal_finish (MDG_SESSION (session), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.profile", "s",
                                mdg_session_get_profile (self->session));
  else
    mdg_problem_note_set (MDG_PROBLEM_NOTE (self->note), NULL, error);
}

static void
on_response_cb (AdwMessageDialog *dialog, const char *response, MdgActivateView *self)
{
  if (g_str_equal (response, "give-up"))
    mdg_session_deactivate_async (self->session, FALSE, NULL, on_given_up_cb, g_object_ref (self));
}

static void
on_give_up_cb (MdgActivateView *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Give up this terminal?"),
      _ ("The service takes it off its list, and its key and password are deleted on this PC. No "
         "patient can be received here until it is registered again with a new activation "
         "code."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "give-up",
                                    _ ("Give Up"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "give-up",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- making ---- */

static GtkWidget *
make_terminal (MdgActivateView *self)
{
  GtkLayoutManager *wrap = g_object_new (MDG_TYPE_WRAP, "spacing", 6, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "layout-manager", wrap, NULL);

  self->terminal = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  mdg_phrase_label_append (self->terminal, _ ("This terminal"), "heading");
  self->facts = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->facts), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->facts, "boxed-list");
  gtk_box_append (GTK_BOX (self->terminal), self->facts);
  self->renew = gtk_button_new_with_label (_ ("Renew the Certificate"));
  self->give_up = gtk_button_new_with_label (_ ("Move to Another PC…"));
  g_signal_connect_object (self->renew, "clicked", G_CALLBACK (on_renew_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->give_up, "clicked", G_CALLBACK (on_give_up_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), self->renew);
  gtk_box_append (GTK_BOX (row), self->give_up);
  gtk_box_append (GTK_BOX (self->terminal), row);
  self->note = mdg_problem_note_new ();
  gtk_box_append (GTK_BOX (self->terminal), self->note);
  return self->terminal;
}

static void
mdg_activate_view_dispose (GObject *object)
{
  MdgActivateView *self = MDG_ACTIVATE_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mdg_activate_view_parent_class)->dispose (object);
}

static void
mdg_activate_view_class_init (MdgActivateViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_activate_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_activate_view_init (MdgActivateView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_activate_view_new:
 * @guide: not needed: the session tells it what is registered
 * @session: (nullable): whose terminal it is
 * @navigator: not needed
 *
 * Thread: main.
 * Errors: none; told in it.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_activate_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  MdgActivateView *self = g_object_new (MDG_TYPE_ACTIVATE_VIEW, NULL);

  if (session == NULL)
    return GTK_WIDGET (self);
  self->session = g_object_ref (session);
  gtk_box_append (GTK_BOX (self->box), make_terminal (self));
  self->letter = mdg_letter_view_new (session);
  gtk_box_append (GTK_BOX (self->box), self->letter);
  g_signal_connect_object (session, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
