/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A GtkFlowBox lines its children up in columns; here a child begins where the one before it ends.
 * For chips and for a few buttons that are not more important than one another. */
#include "config.h"

#include "mdg-flow.h"

/* between children and between lines */
#define SPACING 6

struct _MdgFlow
{
  GtkWidget parent_instance;
};

static void mdg_flow_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgFlow,
                               mdg_flow,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, mdg_flow_buildable_init))

static GtkBuildableIface *parent_buildable;

/* As wide as it wants to be, but not wider than the line. */
static int
get_child_width (GtkWidget *child, int line)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, line));
}

/* Places the children in lines of @width, where @allocate is TRUE; returns the height. */
static int
lay_out (GtkWidget *widget, int width, gboolean allocate)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_width, height;

      if (!gtk_widget_should_layout (child))
        continue;
      child_width = get_child_width (child, width);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &height, NULL, NULL);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line_height + SPACING;
          line_height = 0;
        }
      if (allocate)
        gtk_widget_size_allocate (
            child,
            &(GtkAllocation){ mirrored ? width - x - child_width : x, y, child_width, height }, -1);
      x += child_width + SPACING;
      line_height = MAX (line_height, height);
    }
  return y + line_height;
}

static GtkSizeRequestMode
mdg_flow_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_flow_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  int widest = 0, sum = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      widest = MAX (widest, least);
      sum += wanted + (sum > 0 ? SPACING : 0);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, sum);
    }
  else
    *minimum = *natural = lay_out (widget, for_size >= 0 ? for_size : MAX (widest, sum), FALSE);
}

static void
mdg_flow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (widget, width, TRUE);
}

static void
mdg_flow_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    mdg_flow_append (MDG_FLOW (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
mdg_flow_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = mdg_flow_add_child;
}

static void
mdg_flow_dispose (GObject *object)
{
  mdg_flow_clear (MDG_FLOW (object));
  G_OBJECT_CLASS (mdg_flow_parent_class)->dispose (object);
}

static void
mdg_flow_class_init (MdgFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_flow_dispose;
  widget_class->get_request_mode = mdg_flow_get_request_mode;
  widget_class->measure = mdg_flow_measure;
  widget_class->size_allocate = mdg_flow_size_allocate;
}

static void
mdg_flow_init (MdgFlow *self)
{
}

/**
 * mdg_flow_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): an empty flow
 */
GtkWidget *
mdg_flow_new (void)
{
  return g_object_new (MDG_TYPE_FLOW, NULL);
}

/**
 * mdg_flow_append:
 * @self: a flow
 * @child: (transfer floating): a widget
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_flow_append (MdgFlow *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * mdg_flow_clear:
 * @self: a flow
 *
 * Removes every child.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_flow_clear (MdgFlow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
