/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The staff's window: the list of places, the place that is shown, and what covers all of them.
 * Places are made when they are first shown. */
#include "config.h"

#include "mdg-icon.h"
#include "mdg-window-private.h"

#include "mdg-toast.h"
#include "mdg-widgets.h"

#include "mdg-call-sheet.h"
#include "mdg-pane.h"
#include "mdg-phrase-fit.h"
#include "mdg-sheet-window.h"

#include <glib/gi18n.h>

/* pixels of a letter that is larger than the title of a narrow header has room for */
#define LARGE_LETTER 20

G_DEFINE_FINAL_TYPE (MdgWindow, mdg_window, ADW_TYPE_APPLICATION_WINDOW)

static const struct
{
  const char *name; /* as in "win.place" */
  const char *title;
  const char *icon;
} places[MDG_N_PLACES] = {
  { "reception", N_ ("Reception"), "mdg-place-reception-symbolic" },
  { "today", N_ ("Today’s checks"), "mdg-place-today-symbolic" },
  { "preparation", N_ ("Preparation"), "mdg-place-preparation-symbolic" },
  { "readers", N_ ("Card readers"), "mdg-place-readers-symbolic" },
  { "preferences", N_ ("Preferences"), "mdg-place-preferences-symbolic" },
};

static GtkWidget *
make_row (const char *title, const char *icon)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new ();
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  mdg_icon_show (GTK_IMAGE (image), icon);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* Enter on it is for it, and not for the reception's default button */
  gtk_widget_set_receives_default (row, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

/* The title says where one is, the line under it whose facility this is. A narrow header has no
 * room for the second, and none for a title that the page has as its heading. */
static void
update_title (MdgWindow *self)
{
  const char *name = mdg_session_get_institution_name (self->session);
  gboolean over = self->place == MDG_PLACE_RECEPTION && mdg_window_shows_fallback (self);
  const char *title = over ? _ ("When it cannot be confirmed") : _ (places[self->place].title);
  gboolean narrow = adw_flap_get_folded (self->flap);

  adw_window_title_set_title (self->title, over && narrow ? "" : title);
  adw_window_title_set_subtitle (self->title, name != NULL && !narrow ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), narrow ? name : NULL);
  if (narrow && mdg_phrase_letter_width (GTK_WIDGET (self)) > LARGE_LETTER)
    gtk_widget_add_css_class (GTK_WIDGET (self->header), "cramped");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->header), "cramped");
  gtk_widget_set_visible (self->back_button, over);
}

/**
 * mdg_window_update:
 * @self: the window
 *
 * Shows what the session is like now: title, what covers the places, what can be done.
 *
 * Thread: main.
 */
void
mdg_window_update (MdgWindow *self)
{
  gboolean covered = mdg_window_is_covered (self);
  MdgReception *reception = mdg_session_get_reception (self->session);
  MdgStaffLock *lock = mdg_session_get_lock (self->session);
  gboolean ready = reception != NULL;
  gboolean shows_answer = ready && mdg_reception_get_answer (reception) != NULL;
  gboolean locked = lock != NULL && mdg_staff_lock_get_locked (lock);

  update_title (self);
  gtk_stack_set_visible_child_name (self->cover, covered ? "locked" : "open");
  mdg_window_enable (self, "fallback", !covered);
  mdg_window_enable (self, "place", !covered);
  mdg_window_enable (self, "profile", !covered && !mdg_session_get_practice (self->session));
  mdg_window_enable (self, "patient-window", !covered && ready);
  mdg_window_enable (self, "practice-panel", !covered && mdg_session_get_practice (self->session));
  mdg_window_enable (self, "lock", !covered);
  mdg_window_enable (self, "print", !covered && shows_answer);
  mdg_window_enable (self, "copy", !covered && shows_answer);
  mdg_window_enable (self, "copied", !covered && shows_answer);
  mdg_window_enable (self, "keep", !covered && shows_answer);
  mdg_window_enable (self, "dismiss", !covered && ready);
  gtk_widget_set_visible (self->cancel_button, covered && ready && !locked);
  mdg_window_enable (self, "sheet", !covered && self->problem != NULL);
}

/**
 * mdg_window_go_to:
 * @self: the window
 * @place: where to
 *
 * Shows a place, made now if it was never shown.
 *
 * Thread: main.
 */
void
mdg_window_go_to (MdgWindow *self, MdgPlace place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) place);

  if (!mdg_window_can_show (self, place))
    return;
  if (self->pages[place] == NULL)
    {
      self->pages[place] = mdg_window_make_place (self, place);
      gtk_stack_add_named (self->places, self->pages[place], places[place].name);
    }
  if (self->place != place)
    mdg_window_leave_place (self, self->place);
  self->place = place;
  gtk_stack_set_visible_child (self->places, self->pages[place]);
  if (gtk_list_box_get_selected_row (self->list) != row)
    gtk_list_box_select_row (self->list, row);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  update_title (self);
}

/**
 * mdg_window_choose_place:
 * @self: the window
 * @place: what a person chose
 *
 * As mdg_window_go_to(); who chooses the reception while another page lies over it wants that away.
 *
 * Thread: main.
 */
void
mdg_window_choose_place (MdgWindow *self, MdgPlace place)
{
  if (place == MDG_PLACE_RECEPTION && self->place == place && mdg_window_shows_fallback (self))
    mdg_window_show_fallback (self, FALSE);
  else
    mdg_window_go_to (self, place);
}

/**
 * mdg_window_find_place:
 * @name: as in "win.place"
 *
 * Thread: any.
 *
 * Returns: the place, the reception where there is none of that name
 */
MdgPlace
mdg_window_find_place (const char *name)
{
  for (guint i = 0; i < MDG_N_PLACES; i++)
    if (g_strcmp0 (places[i].name, name) == 0)
      return (MdgPlace) i;
  return MDG_PLACE_RECEPTION;
}

/* A click on the row that is selected already folds the list away, too. */
static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, MdgWindow *self)
{
  mdg_window_choose_place (self, (MdgPlace) gtk_list_box_row_get_index (row));
}

/* The buttons of a window as the desktop has them, or without those that a narrow one has no room
 * for. */
static void
show_window_buttons (MdgWindow *self, gboolean narrow)
{
  g_autofree char *layout = NULL;
  GString *few;

  if (!narrow)
    {
      adw_header_bar_set_decoration_layout (self->header, NULL);
      return;
    }
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-decoration-layout", &layout,
                NULL);
  few = g_string_new (layout != NULL ? layout : ":close");
  g_string_replace (few, "minimize", "", 0);
  g_string_replace (few, "maximize", "", 0);
  adw_header_bar_set_decoration_layout (self->header, few->str);
  g_string_free (few, TRUE);
}

/* A narrow header has room for few: the menu has the others, and 練習 goes under it. */
static void
show_buttons (MdgWindow *self)
{
  gboolean folded = adw_flap_get_folded (self->flap);
  gboolean practice = mdg_session_get_practice (self->session);

  show_window_buttons (self, folded);
  gtk_widget_set_visible (self->places_button, folded);
  gtk_widget_set_visible (self->patient_button, !folded);
  gtk_widget_set_visible (self->lock_button, !folded);
  gtk_widget_set_visible (self->practice_mark, practice && !folded);
  gtk_widget_set_visible (self->practice_strip, practice && folded);
  gtk_widget_set_visible (self->practice_cover, practice);
  gtk_widget_set_visible (GTK_WIDGET (self->practice_button), practice);
}

static gboolean
on_show_folded_cb (gpointer data)
{
  MdgWindow *self = data;
  self->folded_id = 0;
  show_buttons (self);
  update_title (self);
  return G_SOURCE_REMOVE;
}

/* It is told in the middle of a layout: a button that comes or goes then would be a layout late. */
static void
on_folded_cb (AdwFlap *flap, GParamSpec *pspec, MdgWindow *self)
{
  if (self->folded_id == 0)
    self->folded_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_show_folded_cb, self, NULL);
}

/* What stands behind a button is made when it is opened for the first time, and kept. */
static void
on_menu_wanted_cb (GtkMenuButton *button, gpointer window)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_menu_model (button, MDG_WINDOW (window)->primary_menu);
}

static void
on_panel_wanted_cb (GtkMenuButton *button, gpointer window)
{
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover),
                         mdg_practice_panel_new (MDG_WINDOW (window)->session));
  gtk_menu_button_set_popover (button, popover);
}

static gboolean
mdg_window_close_request (GtkWindow *window)
{
  mdg_window_save_size (MDG_WINDOW (window));
  mdg_forget_copied (GTK_WIDGET (window));
  mdg_window_show_patient (MDG_WINDOW (window), FALSE);
  return GTK_WINDOW_CLASS (mdg_window_parent_class)->close_request (window);
}

static void
mdg_window_dispose (GObject *object)
{
  MdgWindow *self = MDG_WINDOW (object);

  g_clear_handle_id (&self->folded_id, g_source_remove);
  mdg_window_disconnect (self);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), MDG_TYPE_WINDOW);
  G_OBJECT_CLASS (mdg_window_parent_class)->dispose (object);
}

static void
mdg_window_class_init (MdgWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = mdg_window_close_request;
  g_type_ensure (MDG_TYPE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/madoguchi/Madoguchi/ui/mdg-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, cover);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, practice_mark);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, practice_button);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, title);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, header);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, list);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, places);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, lock_place);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, places_button);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, lock_button);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, practice_strip);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, practice_cover);
  gtk_widget_class_bind_template_child (widget_class, MdgWindow, patient_button);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
mdg_window_init (MdgWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_icon_show_in_button (self->lock_button, "mdg-lock-symbolic");
  mdg_icon_show_in_button (GTK_WIDGET (self->practice_button), "mdg-card-symbolic");
  mdg_stack_present_visible_only (self->cover);
  mdg_stack_present_visible_only (self->places);
  for (guint i = 0; i < MDG_N_PLACES; i++)
    gtk_list_box_append (self->list, make_row (_ (places[i].title), places[i].icon));
  mdg_window_add_actions (self);
}

/**
 * mdg_window_new:
 * @application: the program
 * @session: what it works with; opened after the first frame by the caller
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the window, not shown yet
 */
GtkWidget *
mdg_window_new (AdwApplication *application, MdgSession *session)
{
  MdgWindow *self =
      g_object_new (MDG_TYPE_WINDOW, "application", application, "title", _ ("Madoguchi"), NULL);

  self->session = g_object_ref (session);
  show_buttons (self);
  gtk_menu_button_set_create_popup_func (self->menu_button, on_menu_wanted_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->practice_button, on_panel_wanted_cb, self, NULL);
  mdg_window_restore_size (self);
  mdg_window_connect (self);
  mdg_window_go_to (self, MDG_PLACE_RECEPTION);
  mdg_window_update (self);
  return GTK_WIDGET (self);
}

static void
on_toast_dismissed_cb (AdwToast *toast, MdgWindow *self)
{
  if (self->toast == toast)
    self->toast = NULL;
}

/**
 * mdg_window_show_toast:
 * @self: the window
 * @title: what is told, translated; no personal data
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_window_show_toast (MdgWindow *self, const char *title)
{
  /* they wait for each other: a key held down would be told of for minutes */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  self->toast = mdg_toast_new (self->toasts, title);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (on_toast_dismissed_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, self->toast);
}

static void
on_trouble_dismissed_cb (AdwToast *toast, MdgWindow *self)
{
  if (self->trouble == toast)
    self->trouble = NULL;
}

/**
 * mdg_window_show_trouble:
 * @self: the window
 * @words: what went wrong without anybody having asked, translated; no personal data
 *
 * Stays until it is dismissed, with a way to the sheet for the call centre. There is one at a time.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_window_show_trouble (MdgWindow *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1); /* libadwaita 1.2 has no other way */

  if (self->trouble != NULL)
    {
      adw_toast_set_title (self->trouble, markup);
      return;
    }
  self->trouble = adw_toast_new (markup);
  adw_toast_set_timeout (self->trouble, 0);
  adw_toast_set_button_label (self->trouble, _ ("Call sheet"));
  adw_toast_set_action_name (self->trouble, "win.sheet");
  g_signal_connect_object (self->trouble, "dismissed", G_CALLBACK (on_trouble_dismissed_cb), self,
                           0);
  adw_toast_overlay_add_toast (self->toasts, self->trouble);
}

/**
 * mdg_window_show_sheet:
 * @self: the window
 * @problem: what is told; "win.sheet" shows it from now on
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_window_show_sheet (MdgWindow *self, MdgProblem *problem)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean practice = mdg_session_get_practice (self->session);
  MdgProblem *former = self->problem;
  GtkWidget *sheet;

  self->problem = mdg_problem_ref (problem);
  g_clear_pointer (&former, mdg_problem_unref);
  mdg_window_update (self);
  sheet = mdg_sheet_window_new (GTK_WINDOW (self),
                                mdg_call_sheet_new (self->problem, now,
                                                    mdg_session_get_readers (self->session),
                                                    mdg_session_get_host (self->session), practice),
                                practice);
  gtk_window_present (GTK_WINDOW (sheet));
}
