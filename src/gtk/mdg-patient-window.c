/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The patient's window: one thing at a time, very large, and never a name. It stands on the second
 * monitor where there is one. While it is open the reception asks its questions here, and when it
 * is closed, or hidden, the counter has them again. */
#include "config.h"

#include "mdg-patient-window.h"

#include "mdg-scene-view.h"
#include "mdg-widgets.h"

/* Less room than this, and the keys are 72 px instead of 96; more, and all is larger still. */
#define NARROW_WIDTH  400
#define NARROW_HEIGHT 700
#define ROOMY_WIDTH   1500
#define ROOMY_HEIGHT  860

struct _MdgPatientWindow
{
  AdwWindow parent_instance;
  MdgReception *reception; /* owned */

  /* template children */
  GtkWidget *header;
  GtkWidget *ribbon;
  GtkWidget *stack;
  GtkWidget *place;

  GtkWidget *view;  /* unowned, in @place */
  const char *room; /* the style class of the size it has; static, (nullable) */
  guint room_id;
};

G_DEFINE_FINAL_TYPE (MdgPatientWindow, mdg_patient_window, ADW_TYPE_WINDOW)

/* A monitor on which no other window of the program stands; NULL where there is only one. */
static GdkMonitor *
find_free_monitor (MdgPatientWindow *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  GListModel *monitors = gdk_display_get_monitors (display);
  GListModel *windows = gtk_window_get_toplevels ();
  GdkMonitor *taken = NULL;

  if (g_list_model_get_n_items (monitors) < 2)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows) && taken == NULL; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (window != GTK_WIDGET (self) && gtk_widget_get_mapped (window))
        taken = gdk_display_get_monitor_at_surface (display,
                                                    gtk_native_get_surface (GTK_NATIVE (window)));
    }
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      if (monitor != taken)
        return monitor; /* the display keeps it */
    }
  return NULL;
}

static void
toggle_fullscreen (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
on_fullscreened_cb (MdgPatientWindow *self)
{
  gtk_widget_set_visible (self->header, !gtk_window_is_fullscreen (GTK_WINDOW (self)));
}

static const char *
get_room (int width, int height)
{
  if (width < NARROW_WIDTH || height < NARROW_HEIGHT)
    return "narrow";
  return width >= ROOMY_WIDTH && height >= ROOMY_HEIGHT ? "roomy" : NULL;
}

static gboolean
on_room_changed_cb (gpointer user_data)
{
  MdgPatientWindow *self = MDG_PATIENT_WINDOW (user_data);

  self->room_id = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "roomy");
  if (self->room != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->room);
  return G_SOURCE_REMOVE;
}

static void
mdg_patient_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MdgPatientWindow *self = MDG_PATIENT_WINDOW (widget);
  const char *room = get_room (width, height);

  GTK_WIDGET_CLASS (mdg_patient_window_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (room == self->room)
    return;
  self->room = room;
  /* a style changed in the middle of a layout would be a layout too late */
  if (self->room_id == 0)
    self->room_id = g_idle_add (on_room_changed_cb, self);
}

static void
mdg_patient_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mdg_patient_window_parent_class)->map (widget);
  g_object_set (MDG_PATIENT_WINDOW (widget)->reception, "patient-window", TRUE, NULL);
}

static void
mdg_patient_window_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mdg_patient_window_parent_class)->unmap (widget);
  g_object_set (MDG_PATIENT_WINDOW (widget)->reception, "patient-window", FALSE, NULL);
}

static void
mdg_patient_window_dispose (GObject *object)
{
  MdgPatientWindow *self = MDG_PATIENT_WINDOW (object);

  g_clear_handle_id (&self->room_id, g_source_remove);
  G_OBJECT_CLASS (mdg_patient_window_parent_class)->dispose (object);
}

static void
mdg_patient_window_finalize (GObject *object)
{
  g_clear_object (&MDG_PATIENT_WINDOW (object)->reception);
  G_OBJECT_CLASS (mdg_patient_window_parent_class)->finalize (object);
}

static void
mdg_patient_window_class_init (MdgPatientWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mdg_patient_window_dispose;
  object_class->finalize = mdg_patient_window_finalize;
  widget_class->map = mdg_patient_window_map;
  widget_class->unmap = mdg_patient_window_unmap;
  widget_class->size_allocate = mdg_patient_window_size_allocate;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-patient-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgPatientWindow, header);
  gtk_widget_class_bind_template_child (widget_class, MdgPatientWindow, ribbon);
  gtk_widget_class_bind_template_child (widget_class, MdgPatientWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, MdgPatientWindow, place);
  gtk_widget_class_install_action (widget_class, "patient.fullscreen", NULL, toggle_fullscreen);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "patient.fullscreen", NULL);
}

static void
mdg_patient_window_init (MdgPatientWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_stack_present_visible_only (GTK_STACK (self->stack));
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened_cb), NULL);
}

/**
 * mdg_patient_window_new:
 * @reception: what it shows and whom it tells
 * @practice: whether 練習 stands on it
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the window, not shown yet; GTK owns it, as every toplevel
 */
GtkWidget *
mdg_patient_window_new (MdgReception *reception, gboolean practice)
{
  MdgPatientWindow *self = g_object_new (MDG_TYPE_PATIENT_WINDOW, NULL);

  self->reception = g_object_ref (reception);
  self->view = mdg_scene_view_new (reception, MDG_SIDE_PATIENT);
  adw_bin_set_child (ADW_BIN (self->place), self->view);
  gtk_widget_set_visible (self->ribbon, practice);
  return GTK_WIDGET (self);
}

/**
 * mdg_patient_window_set_blank:
 * @self: the window
 * @blank: whether nothing of the reception may be seen, and no key be taken
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_patient_window_set_blank (MdgPatientWindow *self, gboolean blank)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), blank ? "blank" : "scene");
}

/**
 * mdg_patient_window_present:
 * @self: the window
 *
 * Shows it over the whole of a monitor on which no other window of the program stands; where there
 * is none it is an ordinary window.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_patient_window_present (MdgPatientWindow *self)
{
  GdkMonitor *monitor = find_free_monitor (self);

  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  gtk_window_present (GTK_WINDOW (self));
}
