/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An item of a receipt: name, how many, price, what kind of device. What is said of each comes from
 * mdg-receipt-form.h. */
#include "config.h"

#include "mdg-receipt-item-row.h"

#include "mdg-field.h"
#include "mdg-kind-choice.h"
#include "mdg-receipt-form.h"

#include <glib/gi18n.h>

struct _MdgReceiptItemRow
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *fields[MDG_ITEM_N_FIELDS];
  GtkWidget *kind;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgReceiptItemRow, mdg_receipt_item_row, GTK_TYPE_WIDGET)

static void
read_values (MdgReceiptItemRow *self, const char **values)
{
  for (guint i = 0; i < MDG_ITEM_N_FIELDS; i++)
    values[i] = mdg_field_get_text (MDG_FIELD (self->fields[i]));
}

static void
show_checks (MdgReceiptItemRow *self)
{
  const char *values[MDG_ITEM_N_FIELDS];

  read_values (self, values);
  for (guint i = 0; i < MDG_ITEM_N_FIELDS; i++)
    {
      MdgFieldCheck check = { 0 };

      mdg_receipt_check_item (values, (MdgItemField) i, &check);
      mdg_field_set_check (MDG_FIELD (self->fields[i]), &check);
      mdg_field_check_clear (&check);
    }
}

static void
on_changed_cb (MdgReceiptItemRow *self)
{
  show_checks (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_remove_cb (MdgReceiptItemRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static GtkWidget *
make_field (MdgReceiptItemRow *self, MdgFieldKind kind, const char *label)
{
  GtkWidget *field = mdg_field_new (kind, label, "");

  g_signal_connect_object (field, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), field);
  return field;
}

static void
mdg_receipt_item_row_dispose (GObject *object)
{
  g_clear_pointer (&MDG_RECEIPT_ITEM_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_receipt_item_row_parent_class)->dispose (object);
}

static void
mdg_receipt_item_row_class_init (MdgReceiptItemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_receipt_item_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MDG_TYPE_RECEIPT_ITEM_ROW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", MDG_TYPE_RECEIPT_ITEM_ROW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mdg_receipt_item_row_init (MdgReceiptItemRow *self)
{
  GtkWidget *remove = gtk_button_new_with_label (_ ("Remove this item"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_widget_set_margin_start (self->box, 18);
  gtk_widget_set_margin_end (self->box, 18);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mdg-card");
  self->fields[MDG_ITEM_NAME] = make_field (self, MDG_FIELD_TEXT, _ ("Item"));
  self->fields[MDG_ITEM_QUANTITY] = make_field (self, MDG_FIELD_DIGITS, _ ("Quantity"));
  self->fields[MDG_ITEM_PRICE] = make_field (self, MDG_FIELD_DIGITS, _ ("Price of one, with tax"));
  self->kind = mdg_kind_choice_new (_ ("Kind of device"));
  g_signal_connect_object (self->kind, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->kind);
  gtk_widget_set_halign (remove, GTK_ALIGN_START);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect_object (remove, "clicked", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), remove);
}

/**
 * mdg_receipt_item_row_new:
 * @item: (nullable): what stands there; %NULL an empty line
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
mdg_receipt_item_row_new (const MdgReceiptItem *item)
{
  MdgReceiptItemRow *self = g_object_new (MDG_TYPE_RECEIPT_ITEM_ROW, NULL);

  if (item != NULL)
    {
      g_autofree char *quantity = g_strdup_printf ("%u", item->quantity);
      g_autofree char *price = g_strdup_printf ("%" G_GINT64_FORMAT, item->price);

      mdg_field_set_text (MDG_FIELD (self->fields[MDG_ITEM_NAME]), item->name);
      mdg_field_set_text (MDG_FIELD (self->fields[MDG_ITEM_QUANTITY]), quantity);
      mdg_field_set_text (MDG_FIELD (self->fields[MDG_ITEM_PRICE]), price);
      mdg_kind_choice_set (MDG_KIND_CHOICE (self->kind), item->kind);
    }
  show_checks (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_receipt_item_row_read:
 * @self: a row
 * @kept: (out): %FALSE where something stands there that cannot be kept
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): the item
 */
MdgReceiptItem *
mdg_receipt_item_row_read (MdgReceiptItemRow *self, gboolean *kept)
{
  const char *values[MDG_ITEM_N_FIELDS];

  read_values (self, values);
  return mdg_receipt_read_item (values, mdg_kind_choice_get (MDG_KIND_CHOICE (self->kind)), kept);
}

/**
 * mdg_receipt_item_row_get_field:
 * @self: a row
 * @field: MdgItemField
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): where it is typed
 */
GtkWidget *
mdg_receipt_item_row_get_field (MdgReceiptItemRow *self, guint field)
{
  return self->fields[field];
}
