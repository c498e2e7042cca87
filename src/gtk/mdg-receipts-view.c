/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receipts of the step 購入: several are added at once, chosen or dropped, and each is in the
 * list when it is on the disk. One that is refused is told by its name. */
#include "config.h"

#include "mdg-receipts-view.h"

#include "mdg-choose-file.h"
#include "mdg-guide-papers.h"
#include "mdg-paper-buttons.h"
#include "mdg-problem-note.h"
#include "mdg-receipt-file.h"
#include "mdg-receipt-page.h"
#include "mdg-receipt-pictures.h"
#include "mdg-step-content.h"
#include "mdg-step-row.h"
#include "mdg-step-words.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define REFUSALS_MAX 10 /* that are shown */

struct _MdgReceiptsView
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *told;
  GtkWidget *refusals;
  GtkWidget *list;
  GtkWidget *totals;
  GtkWidget *paper;

  /* owned */
  MdgGuide *guide;

  MdgNavigator *navigator; /* unowned: outlives this */
  guint n_asked;           /* of the files that are being added */
  guint n_done;
  guint n_refused;
};

G_DEFINE_FINAL_TYPE (MdgReceiptsView, mdg_receipts_view, GTK_TYPE_WIDGET)

static void
tell (MdgReceiptsView *self, const char *words)
{
  mdg_phrase_label_set_text (GTK_LABEL (self->told), words);
  gtk_widget_set_visible (self->told, *words != '\0');
}

/* === adding === */

static void
show_progress (MdgReceiptsView *self)
{
  g_autofree char *words = NULL;
  guint added = self->n_done - self->n_refused;

  if (self->n_done < self->n_asked)
    /* Translators: which file is being added, of how many */
    words = g_strdup_printf (_ ("Adding %u of %u…"), self->n_done + 1, self->n_asked);
  else if (added > 0)
    words = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u receipt was saved.", "%u receipts were saved.", added),
        added);
  tell (self, words != NULL ? words : "");
}

static void
clear_refusals (MdgReceiptsView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->refusals)) != NULL)
    gtk_box_remove (GTK_BOX (self->refusals), child);
}

typedef struct
{
  MdgReceiptsView *self;
  char *name;
} Addition;

static void
add_refusal (MdgReceiptsView *self, const char *name, const GError *error)
{
  GtkWidget *note;

  if (self->n_refused++ >= REFUSALS_MAX)
    return;
  note = mdg_problem_note_new ();
  mdg_problem_note_set (MDG_PROBLEM_NOTE (note), name, error);
  gtk_box_append (GTK_BOX (self->refusals), note);
}

static void
on_added_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  Addition *addition = data;
  g_autoptr (MdgReceiptsView) self = addition->self;
  g_autofree char *name = addition->name;
  g_autoptr (GError) error = NULL;
  gboolean added = mdg_guide_change_finish (MDG_GUIDE (guide), result, NULL, &error);

  g_free (addition);
  if (self->box == NULL)
    return;
  self->n_done++;
  if (!added)
    add_refusal (self, name, error);
  show_progress (self);
}

static void
add_file (MdgReceiptsView *self, GFile *file)
{
  Addition *addition = g_new0 (Addition, 1);

  addition->self = g_object_ref (self);
  addition->name = mdg_receipt_file_name (file);
  mdg_guide_add_receipt_async (self->guide, file, NULL, on_added_cb, addition);
}

/**
 * mdg_receipts_view_add:
 * @self: the view
 * @files: (element-type GFile): what becomes receipts
 *
 * Thread: main.
 * Errors: none; told in the view.
 */
void
mdg_receipts_view_add (MdgReceiptsView *self, GPtrArray *files)
{
  g_return_if_fail (MDG_IS_RECEIPTS_VIEW (self));

  if (self->n_done == self->n_asked)
    {
      self->n_done = self->n_asked = self->n_refused = 0;
      clear_refusals (self);
    }
  self->n_asked += files->len;
  for (guint i = 0; i < files->len; i++)
    add_file (self, g_ptr_array_index (files, i));
  show_progress (self);
}

static void
on_files_chosen_cb (GPtrArray *files, gpointer data)
{
  mdg_receipts_view_add (data, files);
}

static void
on_add_clicked_cb (MdgReceiptsView *self)
{
  static const char *const suffixes[] = { "pdf", "png", "jpg", "jpeg", NULL };

  mdg_choose_to_open (GTK_WIDGET (self), _ ("Add Receipts"), TRUE, _ ("PDF, PNG and JPEG"),
                      suffixes, on_files_chosen_cb, self);
}

static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  MdgReceiptsView *self = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSList) dropped = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = dropped; l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  if (files->len > 0)
    mdg_receipts_view_add (self, files);
  return files->len > 0;
}

/* === the list === */

static GtkWidget *
make_row (MdgReceiptsView *self, const MdgReceipt *receipt)
{
  g_autofree char *total = mdg_yen_format (mdg_receipt_get_total (receipt));
  g_autofree char *day =
      mdg_step_words_describe_day (receipt->date, mdg_guide_get_today (self->guide));
  g_autofree char *words = *day != '\0' ? g_strdup_printf ("%s  %s", day, total) : g_strdup (total);
  GtkWidget *row = mdg_step_row_new_link (
      *receipt->vendor != '\0' ? receipt->vendor : receipt->file_name, words);

  g_object_set_data_full (G_OBJECT (row), "mdg-receipt",
                          g_memdup2 (&receipt->id, sizeof receipt->id), g_free);
  return row;
}

/* What has the focus keeps it: the list is made anew while somebody is in it. */
static void
show (MdgReceiptsView *self)
{
  GPtrArray *receipts = mdg_guide_get_record (self->guide)->receipts;
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);
  int at = focus != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus)) : -1;
  g_autofree char *total = mdg_yen_format (mdg_guide_get_total (self->guide));
  g_autofree char *fundable = mdg_yen_format (mdg_guide_get_fundable_total (self->guide));
  /* Translators: amounts with tax: of all items; of those that the grant is for */
  g_autofree char *totals =
      g_strdup_printf (_ ("Total with tax: %s. Of it fundable: %s"), total, fundable);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < receipts->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         make_row (self, g_ptr_array_index (receipts, i)));
  gtk_widget_set_visible (self->list, receipts->len > 0);
  mdg_phrase_label_set_text (GTK_LABEL (self->totals),
                             receipts->len > 0 ? totals : _ ("No receipt has been added yet."));
  gtk_widget_set_visible (self->paper, receipts->len > 0);
  if (at >= 0 && at < (int) receipts->len)
    gtk_widget_grab_focus (
        GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), at)));
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, MdgReceiptsView *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "mdg-receipt");
  GtkWidget *page = mdg_receipt_page_new (self->guide, *id, self->navigator);

  if (page != NULL)
    mdg_navigator_push (self->navigator, page, _ ("Receipt"));
}

/* === all on one paper === */

typedef struct
{
  MdgReceiptsView *self;
  MdgPaperUse use;
} Wish;

static void
on_collected_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autofree Wish *wish = data;
  g_autoptr (MdgReceiptsView) self = wish->self;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pictures =
      mdg_receipt_pictures_collect_finish (MDG_GUIDE (guide), result, &receipts, &error);
  g_autoptr (MdgPaper) paper = NULL;

  if (self->box == NULL)
    return;
  if (pictures == NULL)
    {
      mdg_paper_buttons_fail (MDG_PAPER_BUTTONS (self->paper), error);
      return;
    }
  paper = mdg_guide_paper_receipts (receipts, pictures, mdg_guide_get_practice (self->guide));
  mdg_paper_buttons_give (MDG_PAPER_BUTTONS (self->paper), wish->use, paper);
}

static void
on_paper_wanted_cb (MdgReceiptsView *self, int use)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->self = g_object_ref (self);
  wish->use = (MdgPaperUse) use;
  mdg_receipt_pictures_collect_async (self->guide, NULL, on_collected_cb, wish);
}

/* === the view === */

static GtkWidget *
make_drop_area (MdgReceiptsView *self)
{
  GtkWidget *area = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *words = mdg_phrase_label_new (
      _ ("Drop the files of receipts here, or choose them: PDF, PNG or JPEG, several at once."),
      NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Add receipts…"));
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_add_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, 0);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_css_class (area, "mdg-drop");
  gtk_box_append (GTK_BOX (area), words);
  gtk_box_append (GTK_BOX (area), button);
  return area;
}

static void
fill (MdgReceiptsView *self)
{
  gtk_box_append (GTK_BOX (self->box), make_drop_area (self));
  self->told =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0f,
                    "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_box_append (GTK_BOX (self->box), self->told);
  self->refusals = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->refusals);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Receipts"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), self->list);
  self->totals = mdg_phrase_label_new ("", NULL);
  gtk_label_set_xalign (GTK_LABEL (self->totals), 0);
  gtk_box_append (GTK_BOX (self->box), self->totals);
  self->paper = mdg_paper_buttons_new (self->navigator, _ ("All receipts"), _ ("receipts.pdf"));
  g_signal_connect_object (self->paper, "wanted", G_CALLBACK (on_paper_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->paper);
}

static void
mdg_receipts_view_dispose (GObject *object)
{
  MdgReceiptsView *self = MDG_RECEIPTS_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_receipts_view_parent_class)->dispose (object);
}

static void
mdg_receipts_view_class_init (MdgReceiptsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_receipts_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_receipts_view_init (MdgReceiptsView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_receipts_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): not needed
 * @navigator: where a receipt is opened
 *
 * Thread: main.
 * Errors: none; told in the view.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
mdg_receipts_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  MdgReceiptsView *self = g_object_new (MDG_TYPE_RECEIPTS_VIEW, NULL);

  self->guide = g_object_ref (guide);
  self->navigator = navigator;
  fill (self);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
