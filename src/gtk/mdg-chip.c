/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small rounded box with an icon and a word: the state of a reader, a driver, a step. The word
 * says it all; icon and tint only help the eye. */
#include "config.h"

#include "mdg-chip.h"

#include "mdg-widgets.h"

struct _MdgChip
{
  GtkWidget parent_instance;

  GtkWidget *image; /* children, owned by being so */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (MdgChip, mdg_chip, GTK_TYPE_WIDGET)

/* by MdgChipKind */
static const struct
{
  const char *css_class;
  const char *icon;
} kinds[] = {
  { "neutral", NULL },
  { "good", "object-select-symbolic" },
  { "busy", "content-loading-symbolic" },
  { "attention", "dialog-warning-symbolic" },
  { "bad", "dialog-error-symbolic" },
  { "open", "radio-symbolic" },
  { "attention", "mail-send-symbolic" },
  { "locked", "changes-prevent-symbolic" },
  { "next", "media-record-symbolic" },
};

static void
mdg_chip_dispose (GObject *object)
{
  MdgChip *self = MDG_CHIP (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_chip_parent_class)->dispose (object);
}

static void
mdg_chip_class_init (MdgChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
}

static void
mdg_chip_init (MdgChip *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mdg-chip");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "visible", FALSE, NULL);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  self->label = mdg_phrase_label_new ("", NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * mdg_chip_new:
 * @kind: what kind of state it is: icon and tint
 * @word: the state in a word or a few, translated
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
mdg_chip_new (MdgChipKind kind, const char *word)
{
  MdgChip *self = g_object_new (MDG_TYPE_CHIP, NULL);

  mdg_chip_set (self, kind, word);
  return GTK_WIDGET (self);
}

/**
 * mdg_chip_set:
 * @self: a chip
 * @kind: what kind of state it is now
 * @word: the state in a word or a few, translated
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_chip_set (MdgChip *self, MdgChipKind kind, const char *word)
{
  g_return_if_fail (MDG_IS_CHIP (self));
  g_return_if_fail (kind < G_N_ELEMENTS (kinds));

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), kinds[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), kinds[kind].css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), kinds[kind].icon);
  gtk_widget_set_visible (self->image, kinds[kind].icon != NULL);
  mdg_phrase_label_set_text (GTK_LABEL (self->label), word);
}

/**
 * mdg_chip_get_word:
 * @self: a chip
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the state as it is shown
 */
const char *
mdg_chip_get_word (MdgChip *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}
