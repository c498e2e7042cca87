/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The actions of the window: what other parts of it, its menu and its keys ask for. */
#include "config.h"

#include "mdg-window-private.h"

#include "mdg-answer-page.h"
#include "mdg-patient-window.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

static void
on_place_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);
  MdgPlace place = mdg_window_find_place (g_variant_get_string (parameter, NULL));

  mdg_window_choose_place (self, place);
}

static void
on_back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_window_show_fallback (MDG_WINDOW (user_data), FALSE);
}

static void
on_fallback_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_window_show_fallback (MDG_WINDOW (user_data), TRUE);
}

static void
on_menu_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (MDG_WINDOW (user_data)->menu_button);
}

static void
on_fullscreen_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = GTK_WINDOW (user_data);

  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

/* The action is disabled behind a lock and in practice: the application's own is not for a person.
 */
static void
on_profile_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (user_data), "app.profile", parameter);
}

static void
on_sheet_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);

  if (self->problem != NULL)
    mdg_window_show_sheet (self, self->problem);
}

/* Nothing is shut that nobody could open again. */
static void
tell_no_password (MdgWindow *self)
{
  mdg_window_show_toast (self, mdg_session_get_state (self->session) == MDG_SESSION_NOT_ACTIVATED
                                   ? _ ("The screen can be locked when this terminal is registered")
                                   : _ ("It cannot be locked yet. Please try again."));
}

static void
on_has_password_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (mdg_staff_lock_has_password_finish (MDG_STAFF_LOCK (object), result, &error))
    mdg_staff_lock_lock (MDG_STAFF_LOCK (object));
  else if (!mdg_window_is_covered (self))
    tell_no_password (self);
}

/* In the first moments after the first start its password is still being set: then it locks as soon
 * as it is. */
static void
on_lock_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);
  MdgStaffLock *lock = mdg_session_get_lock (self->session);

  if (lock == NULL)
    {
      tell_no_password (self);
      return;
    }
  mdg_staff_lock_lock (lock);
  if (!mdg_staff_lock_get_locked (lock))
    mdg_staff_lock_has_password_async (lock, NULL, on_has_password_cb, g_object_ref (self));
}

static void
on_cancel_log_in_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_session_ask_password (MDG_WINDOW (user_data)->session, FALSE);
}

static void
on_practice_panel_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (MDG_WINDOW (user_data)->practice_button);
}

static void
on_print_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);
  g_autoptr (MdgAnswerView) view = mdg_window_make_view (self);

  if (view == NULL)
    return;
  mdg_session_audit (self->session, "print");
  mdg_print_answer (GTK_WINDOW (self), view);
}

/* Something of the answer is on the clipboard. */
static void
on_copied_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);

  mdg_session_audit (self->session, "copy");
  mdg_window_show_toast (self, _ ("Copied to the clipboard"));
}

/* By its key, wherever the focus is. */
static void
on_copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgWindow *self = MDG_WINDOW (user_data);
  g_autoptr (MdgAnswerView) view = mdg_window_make_view (self);
  g_autofree char *text = view != NULL ? mdg_answer_view_to_text (view) : NULL;

  if (text == NULL)
    return;
  mdg_copy_personal (GTK_WIDGET (self), text);
  on_copied_cb (action, NULL, self);
}

static void
activate (gpointer window, MdgAction action)
{
  MdgReception *reception = mdg_session_get_reception (MDG_WINDOW (window)->session);

  if (reception != NULL)
    mdg_reception_activate (reception, action);
}

static void
on_keep_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate (user_data, MDG_ACTION_KEEP);
}

static void
on_dismiss_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate (user_data, MDG_ACTION_DISMISS);
}

static void
on_patient_destroy_cb (MdgWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "patient-window");

  self->patient = NULL;
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (FALSE));
}

static void
on_patient_window_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  mdg_window_show_patient (MDG_WINDOW (user_data), g_variant_get_boolean (state));
}

/**
 * mdg_window_show_patient:
 * @self: the window
 * @show: FALSE: closes it
 *
 * The patient's window; it may be closed there, too.
 *
 * Thread: main.
 */
void
mdg_window_show_patient (MdgWindow *self, gboolean show)
{
  MdgReception *reception = mdg_session_get_reception (self->session);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "patient-window");

  if (!show && self->patient != NULL)
    gtk_window_destroy (GTK_WINDOW (self->patient));
  if (show && self->patient == NULL && reception != NULL)
    {
      self->patient = mdg_patient_window_new (reception, mdg_session_get_practice (self->session));
      g_signal_connect_object (self->patient, "destroy", G_CALLBACK (on_patient_destroy_cb), self,
                               G_CONNECT_SWAPPED);
      mdg_window_watch_activity (self, self->patient);
      mdg_patient_window_present (MDG_PATIENT_WINDOW (self->patient));
    }
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (self->patient != NULL));
}

/**
 * mdg_window_enable:
 * @self: the window
 * @action: a name without "win."
 * @enabled: whether it can be asked for now
 *
 * Thread: main.
 */
void
mdg_window_enable (MdgWindow *self, const char *action, gboolean enabled)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), action);

  if (found != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (found), enabled);
}

/**
 * mdg_window_add_actions:
 * @self: the window
 *
 * Thread: main.
 */
void
mdg_window_add_actions (MdgWindow *self)
{
  static const GActionEntry entries[] = {
    { "place", on_place_cb, "s" },
    { "back", on_back_cb },
    { "fallback", on_fallback_cb },
    { "sheet", on_sheet_cb },
    { "lock", on_lock_cb },
    { "cancel-log-in", on_cancel_log_in_cb },
    { "practice-panel", on_practice_panel_cb },
    { "profile", on_profile_cb, "s" },
    { "patient-window", NULL, NULL, "false", on_patient_window_cb },
    { "print", on_print_cb },
    { "copy", on_copy_cb },
    { "copied", on_copied_cb },
    { "keep", on_keep_cb },
    { "dismiss", on_dismiss_cb },
    { "menu", on_menu_cb },
    { "fullscreen", on_fullscreen_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
