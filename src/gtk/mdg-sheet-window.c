/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines of a call-centre sheet, to be read, copied and printed. */
#include "config.h"

#include "mdg-sheet-window.h"

#include "mdg-call-sheet.h"
#include "mdg-paper-kinds.h"
#include "mdg-phrase-tree.h"
#include "mdg-toast.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgSheetWindow
{
  AdwWindow parent_instance;

  /* template children */
  AdwToastOverlay *toasts;
  AdwPreferencesGroup *group;
  GtkWidget *copy_button;

  /* owned */
  GPtrArray *lines; /* of MdgSheetLine */
  gboolean practice;
};

G_DEFINE_FINAL_TYPE (MdgSheetWindow, mdg_sheet_window, ADW_TYPE_WINDOW)

static void
on_copy_cb (GtkButton *button, MdgSheetWindow *self)
{
  g_autofree char *text = mdg_call_sheet_to_text (self->lines);

  mdg_copy_text (GTK_WIDGET (self), text);
  adw_toast_overlay_add_toast (self->toasts,
                               mdg_toast_new (self->toasts, _ ("Copied to the clipboard")));
}

static void
on_print_cb (GtkButton *button, MdgSheetWindow *self)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (MdgPaperRow));
  g_autoptr (MdgPaper) paper = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const MdgSheetLine *line = g_ptr_array_index (self->lines, i);
      const MdgPaperRow row = { MDG_PAPER_ROW_FACT, line->label, line->value, i == 0 };

      g_array_append_val (rows, row);
    }
  paper = mdg_paper_new_rows (_ ("Sheet for the call centre"), NULL, (MdgPaperRow *) rows->data,
                              rows->len, NULL, self->practice);
  mdg_print_paper (GTK_WINDOW (self), paper);
}

static void
add_row (MdgSheetWindow *self, const MdgSheetLine *line)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), line->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line->value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (self->group, row);
}

static void
mdg_sheet_window_finalize (GObject *object)
{
  g_ptr_array_unref (MDG_SHEET_WINDOW (object)->lines);
  G_OBJECT_CLASS (mdg_sheet_window_parent_class)->finalize (object);
}

static void
mdg_sheet_window_class_init (MdgSheetWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_sheet_window_finalize;
  g_type_ensure (MDG_TYPE_TURN_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-sheet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgSheetWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, MdgSheetWindow, group);
  gtk_widget_class_bind_template_child (widget_class, MdgSheetWindow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_print_cb);
}

static void
mdg_sheet_window_init (MdgSheetWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (self), self->copy_button);
}

/**
 * mdg_sheet_window_new:
 * @parent: the window it stands over
 * @lines: (transfer full) (element-type MdgSheetLine): of mdg_call_sheet_new()
 * @practice: whether 練習 stands on its paper
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *
mdg_sheet_window_new (GtkWindow *parent, GPtrArray *lines, gboolean practice)
{
  MdgSheetWindow *self = g_object_new (MDG_TYPE_SHEET_WINDOW, "transient-for", parent, NULL);

  self->lines = lines;
  self->practice = practice;
  for (guint i = 0; i < lines->len; i++)
    add_row (self, g_ptr_array_index (lines, i));
  mdg_phrase_tree_keep (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
