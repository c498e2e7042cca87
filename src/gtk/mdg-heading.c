/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A heading that can have the focus, so that it is read aloud. A GtkLabel takes the focus only
 * where its text can be selected, and then it would be one more thing that can be edited by
 * mistake. */
#include "config.h"

#include "mdg-heading.h"

#include "mdg-widgets.h"

struct _MdgHeading
{
  GtkWidget parent_instance;

  GtkWidget *label; /* child */
};

G_DEFINE_FINAL_TYPE (MdgHeading, mdg_heading, GTK_TYPE_WIDGET)

static void
mdg_heading_dispose (GObject *object)
{
  g_clear_pointer (&MDG_HEADING (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_heading_parent_class)->dispose (object);
}

static void
mdg_heading_class_init (MdgHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_heading_dispose;
  gtk_widget_class_set_css_name (widget_class, "heading");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
mdg_heading_init (MdgHeading *self)
{
  self->label =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "wrap",
                    TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, NULL);
  /* phrases of a title are shorter: see mdg_phrase_label_set_text() */
  gtk_widget_add_css_class (self->label, "title");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

void
mdg_heading_set_text (MdgHeading *self, const char *text)
{
  g_return_if_fail (MDG_IS_HEADING (self));

  mdg_phrase_label_set_text (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
mdg_heading_get_text (MdgHeading *self)
{
  g_return_val_if_fail (MDG_IS_HEADING (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}
