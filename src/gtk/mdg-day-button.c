/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A button with a calendar behind it, for who would rather look than type. The calendar is made
 * when it is opened for the first time. */
#include "config.h"

#include "mdg-day-button.h"

#include <glib/gi18n.h>

struct _MdgDayButton
{
  GtkWidget parent_instance;

  GtkWidget *button;   /* child */
  GtkWidget *calendar; /* (nullable), in the button's popover */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgDayButton, mdg_day_button, GTK_TYPE_WIDGET)

static void
choose (MdgDayButton *self, GDateTime *day)
{
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, text);
}

static void
on_day_selected_cb (MdgDayButton *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));

  choose (self, day);
}

static void
on_today_cb (MdgDayButton *self)
{
  g_autoptr (GDateTime) day = g_date_time_new_now_local ();

  choose (self, day);
}

static void
on_wanted_cb (GtkMenuButton *button, gpointer data)
{
  MdgDayButton *self = data;
  GtkWidget *popover, *box, *today;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->calendar = gtk_calendar_new ();
  today = gtk_button_new_with_label (_ ("Today"));
  gtk_box_append (GTK_BOX (box), self->calendar);
  gtk_box_append (GTK_BOX (box), today);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (today, "clicked", G_CALLBACK (on_today_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
mdg_day_button_dispose (GObject *object)
{
  MdgDayButton *self = MDG_DAY_BUTTON (object);

  self->calendar = NULL;
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_day_button_parent_class)->dispose (object);
}

static void
mdg_day_button_class_init (MdgDayButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_day_button_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", MDG_TYPE_DAY_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mdg_day_button_init (MdgDayButton *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (self->button, _ ("Calendar"));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), on_wanted_cb, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * mdg_day_button_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
mdg_day_button_new (void)
{
  return g_object_new (MDG_TYPE_DAY_BUTTON, NULL);
}
