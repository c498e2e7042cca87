/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Four dots, as many filled as digits were typed. It reads the number of digits and has no way to
 * know one; its accessible name says the number, too, and can take the focus so that a screen
 * reader tells each change. */
#include "config.h"

#include "mdg-pin-dots.h"

#include <glib/gi18n-lib.h>

#define DOT_SIZE    22
#define DOT_SPACING 22

struct _MdgPinDots
{
  GtkWidget parent_instance;
  MdgReception *reception; /* owned */
};

G_DEFINE_FINAL_TYPE (MdgPinDots, mdg_pin_dots, GTK_TYPE_WIDGET)

static void
tell_length (MdgPinDots *self)
{
  guint length = mdg_reception_get_pin_length (self->reception);
  g_autofree char *name = g_strdup_printf (_ ("%u of %u digits"), length, (guint) MDG_PIN_LENGTH);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
mdg_pin_dots_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? MDG_PIN_LENGTH * DOT_SIZE + (MDG_PIN_LENGTH - 1) * DOT_SPACING
                            : DOT_SIZE;
}

static void
mdg_pin_dots_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MdgPinDots *self = MDG_PIN_DOTS (widget);
  guint length = mdg_reception_get_pin_length (self->reception);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int row = MDG_PIN_LENGTH * DOT_SIZE + (MDG_PIN_LENGTH - 1) * DOT_SPACING;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < MDG_PIN_LENGTH; i++)
    {
      float x = (float) ((width - row) / 2 + (int) i * (DOT_SIZE + DOT_SPACING));
      float y = (float) ((height - DOT_SIZE) / 2);
      float border = i < length ? DOT_SIZE / 2.0f : 2.5f;
      GskRoundedRect circle;

      gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT (x, y, DOT_SIZE, DOT_SIZE),
                                       DOT_SIZE / 2.0f);
      gtk_snapshot_append_border (snapshot, &circle, (float[4]){ border, border, border, border },
                                  (GdkRGBA[4]){ color, color, color, color });
    }
}

static void
mdg_pin_dots_dispose (GObject *object)
{
  g_clear_object (&MDG_PIN_DOTS (object)->reception);
  G_OBJECT_CLASS (mdg_pin_dots_parent_class)->dispose (object);
}

static void
mdg_pin_dots_class_init (MdgPinDotsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_pin_dots_dispose;
  widget_class->measure = mdg_pin_dots_measure;
  widget_class->snapshot = mdg_pin_dots_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
mdg_pin_dots_init (MdgPinDots *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "mdg-dots");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
}

/**
 * mdg_pin_dots_new:
 * @reception: whose PIN is being typed
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the dots
 */
GtkWidget *
mdg_pin_dots_new (MdgReception *reception)
{
  MdgPinDots *self = g_object_new (MDG_TYPE_PIN_DOTS, NULL);

  self->reception = g_object_ref (reception);
  g_signal_connect_object (reception, "notify::pin-length", G_CALLBACK (tell_length), self,
                           G_CONNECT_SWAPPED);
  tell_length (self);
  return GTK_WIDGET (self);
}
