/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A ring that empties, for the time until the screen is cleared. A picture only: the same time
 * stands beside it in words, so that it is hidden from those who do not see it. */
#include "config.h"

#include "mdg-countdown.h"

#include "mdg-columns.h"

struct _MdgCountdown
{
  GtkWidget parent_instance;

  int left;
  int total;
};

G_DEFINE_FINAL_TYPE (MdgCountdown, mdg_countdown, GTK_TYPE_WIDGET)

/* as large as a line of text is high, so that it grows with the text */
static void
mdg_countdown_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = mdg_columns_get_em (widget) * 3 / 2;
}

static void
mdg_countdown_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MdgCountdown *self = MDG_COUNTDOWN (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double line = MAX (2.0, MIN (width, height) / 8.0);
  double radius = MIN (width, height) / 2.0 - line / 2.0;
  double part = self->total > 0 ? CLAMP ((double) self->left / self->total, 0.0, 1.0) : 0.0;
  GdkRGBA color;
  cairo_t *cr;

  if (radius <= 0.0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_set_line_width (cr, line);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * 0.2);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (part > 0.0)
    {
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_arc (cr, width / 2.0, height / 2.0, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * part);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
mdg_countdown_class_init (MdgCountdownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = mdg_countdown_measure;
  widget_class->snapshot = mdg_countdown_snapshot;
  gtk_widget_class_set_css_name (widget_class, "countdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mdg_countdown_init (MdgCountdown *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * mdg_countdown_set:
 * @self: a ring
 * @left: seconds
 * @total: seconds of the whole ring
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_countdown_set (MdgCountdown *self, int left, int total)
{
  g_return_if_fail (MDG_IS_COUNTDOWN (self));

  if (self->left == left && self->total == total)
    return;
  self->left = left;
  self->total = total;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
