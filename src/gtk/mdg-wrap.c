/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout like that of words: children side by side in their natural width, and on the next line
 * where there is no room, so that a row of buttons never forces a window to be wide. */
#include "config.h"

#include "mdg-wrap.h"

#include "mdg-layout-child.h"

struct _MdgWrap
{
  GtkLayoutManager parent_instance;

  guint spacing;
  gboolean at_end;
};

enum
{
  PROP_SPACING = 1,
  PROP_AT_END,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MdgWrap, mdg_wrap, GTK_TYPE_LAYOUT_MANAGER)

static int
get_child_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, available));
}

static int
get_child_height (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

/* the line that begins with @child: its width and height; returns the first child of the next one
 */
static GtkWidget *
measure_line (MdgWrap *self, GtkWidget *child, int available, int *width, int *height)
{
  *width = *height = 0;
  for (; child != NULL; child = mdg_layout_next_child (child))
    {
      int child_width = get_child_width (child, available);
      int gap = *width > 0 ? (int) self->spacing : 0;

      if (*width > 0 && *width + gap + child_width > available)
        break;
      *width += gap + child_width;
      *height = MAX (*height, get_child_height (child, child_width));
    }
  return child;
}

static void
measure_width (MdgWrap *self, GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = mdg_layout_first_child (widget); child != NULL;
       child = mdg_layout_next_child (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += (*natural > 0 ? (int) self->spacing : 0) + child_natural;
    }
}

static GtkSizeRequestMode
mdg_wrap_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_wrap_measure (GtkLayoutManager *manager,
                  GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  MdgWrap *self = MDG_WRAP (manager);
  GtkWidget *child = mdg_layout_first_child (widget);
  int least, available, total = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }
  measure_width (self, widget, &least, &available);
  if (for_size >= 0)
    available = MAX (for_size, least);
  while (child != NULL)
    {
      int width, height;

      child = measure_line (self, child, available, &width, &height);
      total += height + (child != NULL ? (int) self->spacing : 0);
    }
  *minimum = *natural = total;
}

static void
mdg_wrap_allocate (GtkLayoutManager *manager,
                   GtkWidget *widget,
                   int width,
                   int height,
                   int baseline)
{
  MdgWrap *self = MDG_WRAP (manager);
  GtkWidget *child = mdg_layout_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      int line_width, line_height, x;
      GtkWidget *next = measure_line (self, child, width, &line_width, &line_height);

      x = self->at_end ? MAX (width - line_width, 0) : 0;
      for (; child != next; child = mdg_layout_next_child (child))
        {
          int child_width = get_child_width (child, width);

          gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, child_width, line_height }, -1);
          x += child_width + (int) self->spacing;
        }
      y += line_height + (int) self->spacing;
    }
}

static void
mdg_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgWrap *self = MDG_WRAP (object);

  if (id == PROP_SPACING)
    g_value_set_uint (value, self->spacing);
  else
    g_value_set_boolean (value, self->at_end);
}

static void
mdg_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgWrap *self = MDG_WRAP (object);

  if (id == PROP_SPACING)
    self->spacing = g_value_get_uint (value);
  else
    self->at_end = g_value_get_boolean (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
mdg_wrap_class_init (MdgWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = mdg_wrap_get_property;
  object_class->set_property = mdg_wrap_set_property;
  layout_class->get_request_mode = mdg_wrap_get_request_mode;
  layout_class->measure = mdg_wrap_measure;
  layout_class->allocate = mdg_wrap_allocate;

  properties[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, 256, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_wrap_init (MdgWrap *self)
{
}
