/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A row of things that turns into a column where their natural widths do not fit, so that nothing
 * is cut and nothing forces a window to be wide, at any size of text. */
#include "config.h"

#include "mdg-turn-box.h"

struct _MdgTurnBox
{
  GtkWidget parent_instance;
  int spacing;
  gboolean fill;
  gboolean justify;
  gboolean shrink;
};

/* of the width, for a first child that gets narrower */
#define SHRUNK_SHARE 0.4

enum
{
  PROP_SPACING = 1,
  PROP_FILL,
  PROP_JUSTIFY,
  PROP_SHRINK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (MdgTurnBox, mdg_turn_box, GTK_TYPE_WIDGET)

static guint
count_visible (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);
  return n;
}

/* The width of the row, or of the widest child. */
static void
measure_widths (MdgTurnBox *self, int *minimum, int *row)
{
  guint n = 0;
  int widest = 0;

  *minimum = *row = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_min, child_nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, &child_nat, NULL,
                          NULL);
      *minimum = MAX (*minimum, child_min);
      widest = MAX (widest, child_nat);
      *row += child_nat;
      n++;
    }
  if (self->fill)
    *row = widest * (int) n;
  if (n > 1)
    *row += (int) (n - 1) * self->spacing;
}

/* What is left of a row for its first child, which wants @natural. */
static int
get_shrunk_width (MdgTurnBox *self, int width, int *minimum, int *natural)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self));
  int box_minimum, row;

  measure_widths (self, &box_minimum, &row);
  gtk_widget_measure (first, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  return width - (row - *natural);
}

static gboolean
can_shrink (MdgTurnBox *self, int width)
{
  int minimum, natural, left;

  if (!self->shrink || count_visible (GTK_WIDGET (self)) < 2 ||
      !gtk_widget_should_layout (gtk_widget_get_first_child (GTK_WIDGET (self))))
    return FALSE;
  left = get_shrunk_width (self, width, &minimum, &natural);
  return left >= minimum && left >= SHRUNK_SHARE * width;
}

static int
get_row_child_width (MdgTurnBox *self, GtkWidget *child, int width, guint n)
{
  int natural, minimum, row;

  if (self->fill)
    return (width - (int) (n - 1) * self->spacing) / (int) n;
  if (self->shrink && child == gtk_widget_get_first_child (GTK_WIDGET (self)))
    {
      int left = get_shrunk_width (self, width, &minimum, &natural);

      return MIN (natural, left);
    }
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (self->justify && child == gtk_widget_get_first_child (GTK_WIDGET (self)))
    {
      measure_widths (self, &minimum, &row);
      natural += MAX (0, width - row);
    }
  return natural;
}

static gboolean
fits (MdgTurnBox *self, int width)
{
  int minimum, row;

  measure_widths (self, &minimum, &row);
  return width < 0 || width >= row || can_shrink (self, width);
}

static void
measure_height (MdgTurnBox *self, int width, int *minimum, int *natural)
{
  gboolean in_row = fits (self, width);
  guint n = count_visible (GTK_WIDGET (self));
  gboolean first = TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_min, child_nat, child_width = width;

      if (!gtk_widget_should_layout (child))
        continue;
      if (in_row && width >= 0)
        child_width = get_row_child_width (self, child, width, n);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, &child_min, &child_nat,
                          NULL, NULL);
      if (in_row)
        {
          *minimum = MAX (*minimum, child_min);
          *natural = MAX (*natural, child_nat);
          continue;
        }
      *minimum += child_min + (first ? 0 : self->spacing);
      *natural += child_nat + (first ? 0 : self->spacing);
      first = FALSE;
    }
}

static GtkSizeRequestMode
mdg_turn_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_turn_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  MdgTurnBox *self = MDG_TURN_BOX (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, for_size, minimum, natural);
      return;
    }
  measure_widths (self, minimum, natural);
}

static void
mdg_turn_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MdgTurnBox *self = MDG_TURN_BOX (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint n = count_visible (widget);
  gboolean in_row = fits (self, width);
  int minimum, row, x, y = 0;

  measure_widths (self, &minimum, &row);
  x = self->fill || self->justify ? 0 : MAX (0, width - row) / 2;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int size;

      if (!gtk_widget_should_layout (child))
        continue;
      if (in_row)
        {
          size = get_row_child_width (self, child, width, n);
          gtk_widget_size_allocate (
              child, &(GtkAllocation){ rtl ? width - x - size : x, 0, size, height }, -1);
          x += size + self->spacing;
          continue;
        }
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &size, NULL, NULL);
      gtk_widget_size_allocate (child, &(GtkAllocation){ 0, y, width, size }, -1);
      y += size + self->spacing;
    }
}

static void
mdg_turn_box_compute_expand (GtkWidget *widget, gboolean *hexpand, gboolean *vexpand)
{
  *hexpand = *vexpand = FALSE;
}

static void
mdg_turn_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgTurnBox *self = MDG_TURN_BOX (object);

  switch (id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_FILL:
      g_value_set_boolean (value, self->fill);
      break;
    case PROP_JUSTIFY:
      g_value_set_boolean (value, self->justify);
      break;
    case PROP_SHRINK:
      g_value_set_boolean (value, self->shrink);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_turn_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgTurnBox *self = MDG_TURN_BOX (object);

  switch (id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_FILL:
      self->fill = g_value_get_boolean (value);
      break;
    case PROP_JUSTIFY:
      self->justify = g_value_get_boolean (value);
      break;
    case PROP_SHRINK:
      self->shrink = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
mdg_turn_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_turn_box_parent_class)->dispose (object);
}

static void
mdg_turn_box_class_init (MdgTurnBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mdg_turn_box_get_property;
  object_class->set_property = mdg_turn_box_set_property;
  object_class->dispose = mdg_turn_box_dispose;
  widget_class->get_request_mode = mdg_turn_box_get_request_mode;
  widget_class->measure = mdg_turn_box_measure;
  widget_class->size_allocate = mdg_turn_box_size_allocate;
  widget_class->compute_expand = mdg_turn_box_compute_expand;
  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 96, 12,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_FILL] =
      g_param_spec_boolean ("fill", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_JUSTIFY] = g_param_spec_boolean ("justify", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHRINK] = g_param_spec_boolean ("shrink", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mdg_turn_box_init (MdgTurnBox *self)
{
  self->spacing = 12;
}

/**
 * mdg_turn_box_new:
 * @spacing: pixels between two children
 *
 * Children are added with gtk_widget_set_parent(), or as children in a template.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the box
 */
GtkWidget *
mdg_turn_box_new (int spacing)
{
  return g_object_new (MDG_TYPE_TURN_BOX, "spacing", spacing, NULL);
}
