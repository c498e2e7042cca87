/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One child, whose natural width is not asked for; in a scroller neither is its height, unless for
 * the width that it will have: GtkScrolledWindow asks for the height at the natural width, throws
 * it away, and each line of a page is broken once for nothing. */
#include "config.h"

#include "mdg-pane.h"

#define NATURAL_WIDTH 640

struct _MdgPane
{
  GtkWidget parent_instance;

  gboolean scrolled;
};

enum
{
  PROP_SCROLLED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* the same at any height */
      gtk_widget_measure (child, orientation, -1, minimum, natural, NULL, NULL);
      *natural = MAX (*minimum, NATURAL_WIDTH);
      return;
    }
  if (for_size < 0)
    {
      if (MDG_PANE (widget)->scrolled)
        return;
      /* once it has a width, no other one is broken into lines */
      int width = gtk_widget_get_width (widget);

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &for_size, NULL, NULL, NULL);
      for_size = MAX (for_size, width > 0 ? width : NATURAL_WIDTH);
    }
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
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
mdg_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, MDG_PANE (object)->scrolled);
}

static void
mdg_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MDG_PANE (object)->scrolled = g_value_get_boolean (value);
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
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mdg_pane_dispose;
  object_class->get_property = mdg_pane_get_property;
  object_class->set_property = mdg_pane_set_property;
  widget_class->measure = mdg_pane_measure;
  widget_class->size_allocate = mdg_pane_size_allocate;
  widget_class->get_request_mode = mdg_pane_get_request_mode;

  properties[PROP_SCROLLED] =
      g_param_spec_boolean ("scrolled", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_pane_init (MdgPane *self)
{
}
