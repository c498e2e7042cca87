/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A receipt: vendor, day, note and items beside its picture, checked as they are typed and written
 * when they can be kept. The file itself is never changed here. */
#include "config.h"

#include "mdg-receipt-page.h"

#include "mdg-field.h"
#include "mdg-pages-box.h"
#include "mdg-problem-note.h"
#include "mdg-receipt-form.h"
#include "mdg-receipt-item-row.h"
#include "mdg-receipt-pictures.h"
#include "mdg-save-note.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>
#include <string.h>

#define PREVIEW_PAGES 5
#define PREVIEW_SIDE  1200 /* pixels */

struct _MdgReceiptPage
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *fields[MDG_RECEIPT_N_FIELDS];
  GtkWidget *items; /* of MdgReceiptItemRow */
  GtkWidget *total;
  GtkWidget *save;
  GtkWidget *pages;
  GtkWidget *problem;

  /* owned */
  MdgGuide *guide;
  MdgReceipt *receipt; /* as it is kept, but for what is typed here */
  GCancellable *loading;

  MdgNavigator *navigator; /* unowned: outlives this */
  gboolean deleted;
};

G_DEFINE_FINAL_TYPE (MdgReceiptPage, mdg_receipt_page, GTK_TYPE_WIDGET)

/* === what is typed === */

/* Whether all of it can be kept; @receipt: (nullable): takes what is typed. */
static gboolean
read_fields (MdgReceiptPage *self, MdgReceipt *receipt)
{
  char **const places[] = { &receipt->vendor, &receipt->date, &receipt->note };
  gboolean kept = TRUE;

  for (guint i = 0; i < MDG_RECEIPT_N_FIELDS; i++)
    {
      MdgField *field = MDG_FIELD (self->fields[i]);
      MdgFieldCheck check = { 0 };

      mdg_receipt_check_field ((MdgReceiptField) i, mdg_field_get_text (field),
                               mdg_guide_get_today (self->guide), &check);
      mdg_field_set_check (field, &check);
      kept = kept && check.state != MDG_FIELD_BAD;
      g_free (*places[i]);
      /* a note keeps its lines */
      if (i == MDG_RECEIPT_NOTE)
        *places[i] = g_strdup (mdg_field_get_text (field));
      else
        *places[i] = g_strdup (check.normal != NULL ? check.normal : "");
      mdg_field_check_clear (&check);
    }
  return kept;
}

static gboolean
read_items (MdgReceiptPage *self, MdgReceipt *receipt)
{
  gboolean all_kept = TRUE;

  g_ptr_array_set_size (receipt->items, 0);
  for (GtkWidget *row = gtk_widget_get_first_child (self->items); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      gboolean kept = TRUE;
      MdgReceiptItem *item = mdg_receipt_item_row_read (MDG_RECEIPT_ITEM_ROW (row), &kept);

      all_kept = all_kept && kept;
      if (item != NULL)
        g_ptr_array_add (receipt->items, item);
    }
  return all_kept;
}

static gboolean
read_all (MdgReceiptPage *self)
{
  gboolean fields = read_fields (self, self->receipt);
  gboolean items = read_items (self, self->receipt);
  g_autofree char *total = mdg_yen_format (mdg_receipt_get_total (self->receipt));
  /* Translators: %s is an amount with tax */
  g_autofree char *words = g_strdup_printf (_ ("Total with tax: %s"), total);

  mdg_phrase_label_set_text (GTK_LABEL (self->total), words);
  return fields && items;
}

static void
on_changed_cb (MdgReceiptPage *self)
{
  gboolean valid = read_all (self);

  mdg_save_note_touch (MDG_SAVE_NOTE (self->save), valid);
}

static void
on_save_cb (MdgReceiptPage *self)
{
  if (self->deleted)
    return;
  mdg_guide_save_receipt_async (self->guide, self->receipt, mdg_save_note_on_done_cb,
                                mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

/* === items === */

static void
on_item_removed_cb (GtkWidget *row, MdgReceiptPage *self)
{
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  gtk_box_remove (GTK_BOX (self->items), row);
  if (next != NULL)
    gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
  on_changed_cb (self);
}

static GtkWidget *
add_item (MdgReceiptPage *self, const MdgReceiptItem *item)
{
  GtkWidget *row = mdg_receipt_item_row_new (item);
  /* Translators: %u is the number of an item on a receipt */
  g_autofree char *name = NULL;
  guint n = 1;

  for (GtkWidget *before = gtk_widget_get_first_child (self->items); before != NULL;
       before = gtk_widget_get_next_sibling (before))
    n++;
  name = g_strdup_printf (_ ("Item %u"), n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_item_removed_cb), self, 0);
  gtk_box_append (GTK_BOX (self->items), row);
  return row;
}

static void
on_add_item_cb (MdgReceiptPage *self)
{
  gtk_widget_child_focus (add_item (self, NULL), GTK_DIR_TAB_FORWARD);
}

/* === preview === */

static void
on_pictures_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgReceiptPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages =
      mdg_receipt_pictures_load_finish (MDG_GUIDE (guide), result, &error);

  if (self->box == NULL)
    return;
  if (pages != NULL)
    mdg_pages_box_set_pictures (MDG_PAGES_BOX (self->pages), pages);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    mdg_pages_box_set_words (MDG_PAGES_BOX (self->pages),
                             _ ("This PC cannot show the pages of a PDF. The file itself is kept "
                                "as it is."));
  else
    {
      mdg_pages_box_set_words (MDG_PAGES_BOX (self->pages), "");
      mdg_problem_note_set (MDG_PROBLEM_NOTE (self->problem), NULL, error);
    }
}

/* === deleting === */

static void
on_deleted_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgReceiptPage) self = data;
  g_autoptr (GError) error = NULL;

  if (mdg_guide_change_finish (MDG_GUIDE (guide), result, NULL, &error))
    {
      if (self->box != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
        mdg_navigator_pop (self->navigator);
      return;
    }
  self->deleted = FALSE;
  if (self->box != NULL)
    mdg_problem_note_set (MDG_PROBLEM_NOTE (self->problem), NULL, error);
}

static void
on_delete_response_cb (MdgReceiptPage *self, const char *response)
{
  if (!g_str_equal (response, "delete") || self->deleted)
    return;
  self->deleted = TRUE;
  mdg_guide_delete_receipt_async (self->guide, self->receipt->id, on_deleted_cb,
                                  g_object_ref (self));
}

static void
on_delete_cb (MdgReceiptPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Delete This Receipt?"),
      _ ("Its file and all that was entered of it go. The receipt is needed for the grant: keep "
         "the original."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("Cancel"), "delete", _ ("Delete"), NULL);
  adw_message_dialog_set_response_appearance (message, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* === the page === */

static void
add_field (MdgReceiptPage *self, MdgReceiptField which, MdgFieldKind kind, const char *label)
{
  GtkWidget *field = mdg_field_new (kind, label, "");

  self->fields[which] = field;
  g_signal_connect_object (field, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), field);
}

static GtkWidget *
add_button (MdgReceiptPage *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
fill (MdgReceiptPage *self)
{
  g_autofree char *size = g_format_size (self->receipt->size);
  /* Translators: the name of a file, and its size */
  g_autofree char *file = g_strdup_printf (_ ("File: %s (%s)"), self->receipt->file_name, size);

  mdg_phrase_label_append (self->box, file, "mdg-dim");
  self->problem = mdg_problem_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->problem);
  add_field (self, MDG_RECEIPT_VENDOR, MDG_FIELD_TEXT, _ ("Vendor"));
  add_field (self, MDG_RECEIPT_DATE, MDG_FIELD_DATE, _ ("Date of the receipt"));
  mdg_phrase_label_append (self->box, _ ("Items"), "heading");
  self->items = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->box), self->items);
  add_button (self, _ ("Add an item"), G_CALLBACK (on_add_item_cb));
  self->total = mdg_phrase_label_append (self->box, "", "mdg-number");
  add_field (self, MDG_RECEIPT_NOTE, MDG_FIELD_LONG, _ ("Note"));
  self->save = mdg_save_note_new ();
  g_signal_connect_object (self->save, "save", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->save);
  mdg_phrase_label_append (self->box, _ ("The receipt"), "heading");
  self->pages = mdg_pages_box_new ();
  mdg_pages_box_set_words (MDG_PAGES_BOX (self->pages), _ ("Please wait…"));
  gtk_box_append (GTK_BOX (self->box), self->pages);
  gtk_widget_add_css_class (
      add_button (self, _ ("Delete this receipt…"), G_CALLBACK (on_delete_cb)),
      "destructive-action");
}

static void
show_receipt (MdgReceiptPage *self)
{
  g_autofree char *date = g_strdup (self->receipt->date);

  if (date != NULL && strlen (date) == 8)
    {
      g_autofree char *day = g_strdup_printf ("%.4s-%.2s-%.2s", date, date + 4, date + 6);

      mdg_field_set_text (MDG_FIELD (self->fields[MDG_RECEIPT_DATE]), day);
    }
  mdg_field_set_text (MDG_FIELD (self->fields[MDG_RECEIPT_VENDOR]), self->receipt->vendor);
  mdg_field_set_text (MDG_FIELD (self->fields[MDG_RECEIPT_NOTE]), self->receipt->note);
  for (guint i = 0; i < self->receipt->items->len; i++)
    add_item (self, g_ptr_array_index (self->receipt->items, i));
  if (self->receipt->items->len == 0)
    add_item (self, NULL);
  read_all (self);
}

static void
mdg_receipt_page_dispose (GObject *object)
{
  MdgReceiptPage *self = MDG_RECEIPT_PAGE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_receipt_page_parent_class)->dispose (object);
}

static void
mdg_receipt_page_finalize (GObject *object)
{
  g_clear_pointer (&MDG_RECEIPT_PAGE (object)->receipt, mdg_receipt_free);
  G_OBJECT_CLASS (mdg_receipt_page_parent_class)->finalize (object);
}

static void
mdg_receipt_page_class_init (MdgReceiptPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_receipt_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_receipt_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_receipt_page_init (MdgReceiptPage *self)
{
  self->loading = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_receipt_page_new:
 * @guide: the facility's preparation
 * @id: a receipt of it
 * @navigator: whose page this becomes
 *
 * Thread: main.
 * Errors: none; told on the page.
 *
 * Returns: (transfer floating) (nullable): the page; %NULL where there is no such receipt
 */
GtkWidget *
mdg_receipt_page_new (MdgGuide *guide, gint64 id, MdgNavigator *navigator)
{
  const MdgReceipt *receipt = mdg_guide_get_receipt (guide, id);
  MdgReceiptPage *self;

  if (receipt == NULL)
    return NULL;
  self = g_object_new (MDG_TYPE_RECEIPT_PAGE, NULL);
  self->guide = g_object_ref (guide);
  self->receipt = mdg_receipt_copy (receipt);
  self->navigator = navigator;
  fill (self);
  show_receipt (self);
  mdg_receipt_pictures_load_async (guide, id, PREVIEW_PAGES, PREVIEW_SIDE, self->loading,
                                   on_pictures_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

/**
 * mdg_receipt_page_get_field:
 * @self: the page
 * @field: MdgReceiptField
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): where it is typed
 */
GtkWidget *
mdg_receipt_page_get_field (MdgReceiptPage *self, guint field)
{
  return self->fields[field];
}

/**
 * mdg_receipt_page_get_items:
 * @self: the page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the parent of the items' rows
 */
GtkWidget *
mdg_receipt_page_get_items (MdgReceiptPage *self)
{
  return self->items;
}

/**
 * mdg_receipt_page_is_saved:
 * @self: the page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether all that was typed is on the disk
 */
gboolean
mdg_receipt_page_is_saved (MdgReceiptPage *self)
{
  return mdg_save_note_is_saved (MDG_SAVE_NOTE (self->save));
}
