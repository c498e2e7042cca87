/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window follows its session: what it can do now, what covers it, what the reception asks for,
 * and it tells the lock that somebody is there. */
#include "config.h"

#include "mdg-window-private.h"

#include "mdg-appearance.h"
#include "mdg-patient-window.h"
#include "mdg-widgets.h"
#include <glib/gi18n.h>

static void
set_problem (MdgWindow *self, MdgProblem *problem)
{
  MdgProblem *former = self->problem;

  self->problem = mdg_problem_ref (problem);
  g_clear_pointer (&former, mdg_problem_unref);
  mdg_window_update (self);
}

static void
beep (MdgWindow *self)
{
  gboolean sound = FALSE;

  g_object_get (mdg_session_get_preferences (self->session), "sound", &sound, NULL);
  if (sound)
    gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (self)));
}

static void
on_requested_cb (MdgWindow *self, int action)
{
  MdgReception *reception = mdg_session_get_reception (self->session);
  const MdgScreen *screen = mdg_reception_get_screen (reception, MDG_SIDE_STAFF);

  switch ((MdgAction) action)
    {
    case MDG_ACTION_FALLBACK:
      mdg_window_show_fallback (self, TRUE);
      break;
    case MDG_ACTION_SHEET:
      if (screen->problem != NULL)
        mdg_window_show_sheet (self, screen->problem);
      break;
    case MDG_ACTION_READERS:
      mdg_window_go_to (self, MDG_PLACE_READERS);
      break;
    case MDG_ACTION_PREPARATION:
      mdg_window_go_to (self, MDG_PLACE_PREPARATION);
      break;
    case MDG_ACTION_LOG_IN:
      mdg_session_ask_password (self->session, TRUE);
      break;
    default:
      break;
    }
}

static void
on_checked_cb (MdgWindow *self)
{
  beep (self);
}

static void
on_failed_cb (MdgWindow *self, MdgProblem *problem)
{
  set_problem (self, problem);
  beep (self);
}

/* An answer that is cleared is not printed on anybody's statement any more. */
static void
on_answer_changed_cb (MdgWindow *self)
{
  mdg_window_refill_fallback (self);
  mdg_window_update (self);
}

/* The next person's card ends what is shown of the one before: the statement, a detail of the
 * list. Staff who looked there see that somebody is at the reader. */
static void
begin_check (MdgWindow *self)
{
  if (mdg_window_is_covered (self))
    return;
  if (mdg_window_shows_fallback (self))
    mdg_window_end_fallback (self);
  if (self->place == MDG_PLACE_TODAY)
    mdg_window_go_to (self, MDG_PLACE_RECEPTION);
  mdg_window_update (self);
}

/* A check under way is somebody at the counter, even where no key of this PC is pressed. */
static void
on_screen_cb (MdgWindow *self)
{
  gboolean checking = mdg_reception_is_checking (self->connected);
  gboolean begins = checking && !self->checking;
  const MdgScreen *screen = mdg_reception_get_screen (self->connected, MDG_SIDE_STAFF);

  /* not every problem on the screen is a check that failed: a reader may be missing */
  if (screen->problem != NULL && screen->problem != self->problem)
    set_problem (self, screen->problem);
  self->checking = checking;
  if (checking)
    mdg_window_report_activity (self);
  if (begins)
    begin_check (self);
}

/* Stays until it is read; a later one takes its place. */
static void
on_record_problem_cb (MdgWindow *self)
{
  MdgProblem *problem = mdg_session_get_record_problem (self->session);
  g_autofree char *words = NULL;

  if (problem == NULL)
    return;
  set_problem (self, problem);
  /* Translators: %s is the code of a problem */
  words = g_strdup_printf (_ ("Not kept in today’s checks (%s)"), mdg_problem_get_code (problem));
  mdg_window_show_trouble (self, words);
}

static void
follow_reception (MdgWindow *self)
{
  MdgReception *reception = mdg_session_get_reception (self->session);
  gboolean patient = FALSE;

  if (reception == NULL || reception == self->connected)
    return;
  self->connected = reception;
  g_signal_connect_object (reception, "requested", G_CALLBACK (on_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "checked", G_CALLBACK (on_checked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "notify::answer", G_CALLBACK (on_answer_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "notify::staff-screen", G_CALLBACK (on_screen_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_get (mdg_session_get_preferences (self->session), "patient-window", &patient, NULL);
  if (patient)
    mdg_window_show_patient (self, TRUE);
}

static void
on_unlocked_cb (MdgWindow *self)
{
  mdg_window_cover (self);
}

/* What stands over this window may show somebody's data: it goes. */
static void
close_dialogs (MdgWindow *self)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *here = all; here != NULL; here = here->next)
    if (GTK_IS_WINDOW (here->data) && here->data != (gpointer) self->patient &&
        gtk_window_get_transient_for (here->data) == GTK_WINDOW (self))
      gtk_window_close (here->data);
}

/**
 * mdg_window_cover:
 * @self: the window
 *
 * Puts the lock or the log-in over everything, or takes it away, as the session is now.
 *
 * Thread: main.
 */
void
mdg_window_cover (MdgWindow *self)
{
  gboolean covered = mdg_window_is_covered (self);

  if (covered && adw_bin_get_child (self->lock_place) == NULL)
    {
      GtkWidget *view = mdg_lock_view_new (self->session);

      g_signal_connect_swapped (view, "unlocked", G_CALLBACK (on_unlocked_cb), self);
      adw_bin_set_child (self->lock_place, view);
    }
  if (covered)
    {
      mdg_window_leave_place (self, self->place);
      if (mdg_window_shows_fallback (self))
        mdg_window_show_fallback (self, FALSE);
      close_dialogs (self);
      mdg_forget_copied (GTK_WIDGET (self));
    }
  else
    adw_bin_set_child (self->lock_place, NULL);
  if (self->patient != NULL)
    mdg_patient_window_set_blank (MDG_PATIENT_WINDOW (self->patient), covered);
  mdg_window_update (self);
  if (covered)
    gtk_widget_child_focus (GTK_WIDGET (self->lock_place), GTK_DIR_TAB_FORWARD);
}

/**
 * mdg_window_is_covered:
 * @self: the window
 *
 * Thread: main.
 *
 * Returns: whether the lock or the log-in is over all places
 */
gboolean
mdg_window_is_covered (MdgWindow *self)
{
  MdgStaffLock *lock = mdg_session_get_lock (self->session);

  return mdg_session_get_state (self->session) == MDG_SESSION_NEED_PASSWORD ||
         (lock != NULL && mdg_staff_lock_get_locked (lock));
}

static void
on_session_changed_cb (MdgWindow *self)
{
  MdgPreferences *preferences = mdg_session_get_preferences (self->session);
  MdgStaffLock *lock = mdg_session_get_lock (self->session);
  MdgProblem *problem = mdg_session_get_problem (self->session);

  if (preferences != NULL && !self->follows_preferences)
    {
      self->follows_preferences = TRUE;
      mdg_appearance_follow (preferences);
    }
  if (lock != NULL && !self->follows_lock)
    {
      self->follows_lock = TRUE;
      g_signal_connect_object (lock, "notify::locked", G_CALLBACK (mdg_window_cover), self,
                               G_CONNECT_SWAPPED);
    }
  if (problem != NULL)
    set_problem (self, problem);
  mdg_window_fill_places (self);
  follow_reception (self);
  if (mdg_window_is_covered (self) != (adw_bin_get_child (self->lock_place) != NULL))
    mdg_window_cover (self);
  mdg_window_update (self);
}

static gboolean
on_key_cb (GtkEventControllerKey *keys,
           guint keyval,
           guint keycode,
           GdkModifierType state,
           MdgWindow *self)
{
  mdg_window_report_activity (self);
  return GDK_EVENT_PROPAGATE;
}

/* A pointer that lies still is told again by some systems whenever what is under it changes. */
static void
on_motion_cb (GtkEventControllerMotion *motion, double x, double y, MdgWindow *self)
{
  if (x == self->pointer_x && y == self->pointer_y)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  mdg_window_report_activity (self);
}

static void
on_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, MdgWindow *self)
{
  mdg_window_report_activity (self);
}

/**
 * mdg_window_report_activity:
 * @self: the window
 *
 * Thread: main.
 */
void
mdg_window_report_activity (MdgWindow *self)
{
  MdgStaffLock *lock = mdg_session_get_lock (self->session);

  if (lock != NULL)
    mdg_staff_lock_report_activity (lock);
}

/**
 * mdg_window_watch_activity:
 * @self: the window
 * @widget: it, or the patient's window
 *
 * Keys, the pointer and clicks there keep the lock open.
 *
 * Thread: main.
 */
void
mdg_window_watch_activity (MdgWindow *self, GtkWidget *widget)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion_cb), self, 0);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed_cb), self, 0);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

/**
 * mdg_window_connect:
 * @self: the window, which has its session
 *
 * Thread: main.
 */
void
mdg_window_connect (MdgWindow *self)
{
  g_signal_connect_object (self->session, "notify", G_CALLBACK (on_session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::record-problem",
                           G_CALLBACK (on_record_problem_cb), self, G_CONNECT_SWAPPED);
  mdg_window_watch_activity (self, GTK_WIDGET (self));
}

/**
 * mdg_window_disconnect:
 * @self: the window, at its end
 *
 * Thread: main.
 */
void
mdg_window_disconnect (MdgWindow *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->connected != NULL)
    g_signal_handlers_disconnect_by_data (self->connected, self);
  self->connected = NULL;
  if (mdg_session_get_lock (self->session) != NULL)
    g_signal_handlers_disconnect_by_data (mdg_session_get_lock (self->session), self);
}
