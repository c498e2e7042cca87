/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One child, whose natural width is not asked for. */
#include "config.h"

#include "mdg-pane.h"

#define NATURAL_WIDTH 640

struct _MdgPane
{
  GtkWidget parent_instance;
};

static void mdg_pane_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgPane,
                               mdg_pane,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, mdg_pane_buildable_init))

static GtkBuildableIface *parent_buildable;

static void
mdg_pane_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, NATURAL_WIDTH);
}

static void
mdg_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
mdg_pane_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_pane_dispose (GObject *object)
{
  g_clear_pointer (&(GtkWidget *){ gtk_widget_get_first_child (GTK_WIDGET (object)) },
                   gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_pane_parent_class)->dispose (object);
}

static void
mdg_pane_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
mdg_pane_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = mdg_pane_add_child;
}

static void
mdg_pane_class_init (MdgPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_pane_dispose;
  widget_class->measure = mdg_pane_measure;
  widget_class->size_allocate = mdg_pane_size_allocate;
  widget_class->get_request_mode = mdg_pane_get_request_mode;
}

static void
mdg_pane_init (MdgPane *self)
{
}
