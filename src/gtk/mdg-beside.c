/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout of things beside a text: the one child that expands gets the width that the others
 * leave. GtkBoxLayout asks labels for their width at a given height, which they cannot tell where
 * phrases are kept together (GTK 4.8 then warns of overlaps that are none), and it takes its time
 * for it. */
#include "config.h"

#include "mdg-beside.h"

#include "mdg-layout-child.h"

struct _MdgBeside
{
  GtkLayoutManager parent_instance;

  guint spacing;
  gboolean stacked;
};

enum
{
  PROP_SPACING = 1,
  PROP_STACKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MdgBeside, mdg_beside, GTK_TYPE_LAYOUT_MANAGER)

static void
measure_width (MdgBeside *self, GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = mdg_layout_first_child (widget); child != NULL;
       child = mdg_layout_next_child (child))
    {
      int least, wish, gap = *minimum > 0 ? (int) self->spacing : 0;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wish, NULL, NULL);
      if (!gtk_widget_get_hexpand (child) && !self->stacked)
        least = wish;
      *minimum = self->stacked ? MAX (*minimum, least) : *minimum + gap + least;
      *natural = self->stacked ? MAX (*natural, wish) : *natural + gap + wish;
    }
}

/* what the child that expands gets of @width */
static int
get_rest (MdgBeside *self, GtkWidget *widget, int width)
{
  int rest = width, n = 0;

  for (GtkWidget *child = mdg_layout_first_child (widget); child != NULL;
       child = mdg_layout_next_child (child), n++)
    {
      int wish = 0;

      if (!gtk_widget_get_hexpand (child))
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wish, NULL, NULL);
      rest -= wish + (n > 0 ? (int) self->spacing : 0);
    }
  return MAX (rest, 0);
}

static int
get_child_width (MdgBeside *self, GtkWidget *child, int width, int rest)
{
  int wish;

  if (self->stacked)
    return width;
  if (gtk_widget_get_hexpand (child))
    return rest;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wish, NULL, NULL);
  return wish;
}

static GtkSizeRequestMode
mdg_beside_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_beside_measure (GtkLayoutManager *manager,
                    GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  MdgBeside *self = MDG_BESIDE (manager);
  int least, width, rest, height = 0;

  measure_width (self, widget, &least, &width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = width;
      return;
    }
  if (for_size >= 0)
    width = MAX (for_size, least);
  rest = get_rest (self, widget, width);
  for (GtkWidget *child = mdg_layout_first_child (widget); child != NULL;
       child = mdg_layout_next_child (child))
    {
      int wish;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL,
                          get_child_width (self, child, width, rest), NULL, &wish, NULL, NULL);
      if (self->stacked)
        height += wish + (height > 0 ? (int) self->spacing : 0);
      else
        height = MAX (height, wish);
    }
  *minimum = *natural = height;
}

static void
mdg_beside_allocate (GtkLayoutManager *manager,
                     GtkWidget *widget,
                     int width,
                     int height,
                     int baseline)
{
  MdgBeside *self = MDG_BESIDE (manager);
  int rest = get_rest (self, widget, width), x = 0, y = 0;

  for (GtkWidget *child = mdg_layout_first_child (widget); child != NULL;
       child = mdg_layout_next_child (child))
    {
      int child_width = get_child_width (self, child, width, rest), child_height = height;

      if (self->stacked)
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &child_height, NULL,
                            NULL);
      gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, child_width, child_height }, -1);
      if (self->stacked)
        y += child_height + (int) self->spacing;
      else
        x += child_width + (int) self->spacing;
    }
}

static void
mdg_beside_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgBeside *self = MDG_BESIDE (object);

  if (id == PROP_SPACING)
    g_value_set_uint (value, self->spacing);
  else
    g_value_set_boolean (value, self->stacked);
}

static void
mdg_beside_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgBeside *self = MDG_BESIDE (object);

  if (id == PROP_SPACING)
    self->spacing = g_value_get_uint (value);
  else
    self->stacked = g_value_get_boolean (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
mdg_beside_class_init (MdgBesideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = mdg_beside_get_property;
  object_class->set_property = mdg_beside_set_property;
  layout_class->get_request_mode = mdg_beside_get_request_mode;
  layout_class->measure = mdg_beside_measure;
  layout_class->allocate = mdg_beside_allocate;

  properties[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, 256, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_beside_init (MdgBeside *self)
{
}

/* Returns: (transfer full): a layout with @spacing pixels between the children */
GtkLayoutManager *
mdg_beside_new (guint spacing)
{
  return g_object_new (MDG_TYPE_BESIDE, "spacing", spacing, NULL);
}
