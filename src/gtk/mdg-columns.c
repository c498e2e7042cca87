/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout of one column, or of two where there is room for two. What counts as room grows with the
 * size of the text, so that at 200 % a wide window reads like a narrow one at 100 %. Children go
 * row by row, in the order in which they are read and have the focus. It never asks for more width
 * than one column needs. */
#include "config.h"

#include "mdg-columns.h"

#include "mdg-layout-child.h"

struct _MdgColumns
{
  GtkLayoutManager parent_instance;

  guint column_spacing;
  guint row_spacing;
  guint least_em;
};

enum
{
  PROP_COLUMN_SPACING = 1,
  PROP_ROW_SPACING,
  PROP_LEAST_EM,
  N_PROPS
};

/* the narrowest column that is worth having, in em: two of them and what stands around them are
 * 900 px in the usual size of text */
#define COLUMN_EM 27

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MdgColumns, mdg_columns, GTK_TYPE_LAYOUT_MANAGER)

static int
count_columns (MdgColumns *self, GtkWidget *widget, int width)
{
  return mdg_columns_fit (widget, width - (int) self->column_spacing) ? 2 : 1;
}

/* A window asks for the height at its least width, each time anything changes. What is shown in
 * wide windows only does not break its lines for that. */
static gboolean
is_absent (MdgColumns *self, GtkWidget *widget, int width)
{
  return self->least_em > 0 && width < (int) self->least_em * mdg_columns_get_em (widget);
}

static int
get_column_width (MdgColumns *self, int width, int n_columns)
{
  return n_columns == 1 ? width : (width - (int) self->column_spacing) / 2;
}

static void
measure_width (MdgColumns *self, GtkWidget *widget, int *minimum, int *natural)
{
  int n = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = mdg_layout_first_child (widget); child != NULL;
       child = mdg_layout_next_child (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
      n++;
    }
  if (n > 1)
    *natural = 2 * *natural + (int) self->column_spacing;
}

/* the height of the row that begins with @child; @next: the first child of the next row */
static int
measure_row (GtkWidget *child, int n_columns, int width, GtkWidget **next)
{
  int height = 0;

  for (int i = 0; i < n_columns && child != NULL; i++)
    {
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
      height = MAX (height, natural);
      child = mdg_layout_next_child (child);
    }
  *next = child;
  return height;
}

static GtkSizeRequestMode
mdg_columns_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_columns_measure (GtkLayoutManager *manager,
                     GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  MdgColumns *self = MDG_COLUMNS (manager);
  GtkWidget *child = mdg_layout_first_child (widget);
  int n_columns, width, least, total = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }
  if (for_size >= 0 && is_absent (self, widget, for_size))
    {
      *minimum = *natural = 0;
      return;
    }
  measure_width (self, widget, &least, &width);
  if (for_size >= 0)
    width = MAX (for_size, least);
  n_columns = count_columns (self, widget, width);
  while (child != NULL)
    {
      total += measure_row (child, n_columns, get_column_width (self, width, n_columns), &child);
      if (child != NULL)
        total += (int) self->row_spacing;
    }
  *minimum = *natural = total;
}

static void
mdg_columns_allocate (GtkLayoutManager *manager,
                      GtkWidget *widget,
                      int width,
                      int height,
                      int baseline)
{
  MdgColumns *self = MDG_COLUMNS (manager);
  GtkWidget *child = mdg_layout_first_child (widget);
  int n_columns = count_columns (self, widget, width);
  int column_width = get_column_width (self, width, n_columns);
  int y = 0;

  while (child != NULL)
    {
      GtkWidget *next;
      int row_height = measure_row (child, n_columns, column_width, &next);

      for (int i = 0; child != next; i++)
        {
          int x = i * (column_width + (int) self->column_spacing);

          gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, column_width, row_height }, -1);
          child = mdg_layout_next_child (child);
        }
      y += row_height + (int) self->row_spacing;
    }
}

static void
mdg_columns_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgColumns *self = MDG_COLUMNS (object);

  if (id == PROP_COLUMN_SPACING)
    g_value_set_uint (value, self->column_spacing);
  else if (id == PROP_LEAST_EM)
    g_value_set_uint (value, self->least_em);
  else
    g_value_set_uint (value, self->row_spacing);
}

static void
mdg_columns_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgColumns *self = MDG_COLUMNS (object);

  if (id == PROP_COLUMN_SPACING)
    self->column_spacing = g_value_get_uint (value);
  else if (id == PROP_LEAST_EM)
    self->least_em = g_value_get_uint (value);
  else
    self->row_spacing = g_value_get_uint (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
mdg_columns_class_init (MdgColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = mdg_columns_get_property;
  object_class->set_property = mdg_columns_set_property;
  layout_class->get_request_mode = mdg_columns_get_request_mode;
  layout_class->measure = mdg_columns_measure;
  layout_class->allocate = mdg_columns_allocate;

  properties[PROP_COLUMN_SPACING] = g_param_spec_uint ("column-spacing", NULL, NULL, 0, 256, 0,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROW_SPACING] = g_param_spec_uint ("row-spacing", NULL, NULL, 0, 256, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* narrower than this it takes no height: there its owner hides it */
  properties[PROP_LEAST_EM] = g_param_spec_uint ("least-em", NULL, NULL, 0, 256, 0,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_columns_init (MdgColumns *self)
{
}

/**
 * mdg_columns_fit:
 * @widget: a widget with the text
 * @width: pixels
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether two columns of @widget's text have room in @width
 */
gboolean
mdg_columns_fit (GtkWidget *widget, int width)
{
  return width >= 2 * COLUMN_EM * mdg_columns_get_em (widget);
}

/**
 * mdg_columns_get_em:
 * @widget: a widget with text
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the size of its font in pixels
 */
int
mdg_columns_get_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  int em = font != NULL ? pango_font_description_get_size (font) / PANGO_SCALE : 0;

  return MAX (em, 10);
}
