/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be done with a paper. It is made when it is wanted, so that it says what is so now, and
 * 「保存しました」 stands there when the file is on the disk. */
#include "config.h"

#include "mdg-paper-buttons.h"

#include "mdg-choose-file.h"
#include "mdg-pages-box.h"
#include "mdg-problem-note.h"
#include "mdg-widgets.h"
#include "mdg-worker.h"
#include "mdg-wrap.h"

#include <glib/gi18n.h>

#define N_USES (MDG_PAPER_SAVE + 1)

struct _MdgPaperButtons
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *buttons[N_USES];
  GtkWidget *told;
  GtkWidget *problem;

  MdgNavigator *navigator; /* unowned: outlives this */
  char *title;
  char *file_name;
  GFile *file; /* (nullable): where the paper that is being made is saved */
  gboolean can;
  gboolean busy;
};

enum
{
  SIGNAL_WANTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgPaperButtons, mdg_paper_buttons, GTK_TYPE_WIDGET)

static void
tell (MdgPaperButtons *self, const char *words, const GError *error)
{
  if (self->box == NULL)
    return;
  mdg_phrase_label_set_text (GTK_LABEL (self->told), words);
  gtk_widget_set_visible (self->told, *words != '\0');
  mdg_problem_note_set (MDG_PROBLEM_NOTE (self->problem), NULL, error);
}

static void
set_busy (MdgPaperButtons *self, gboolean busy)
{
  self->busy = busy;
  for (guint i = 0; i < N_USES && self->box != NULL; i++)
    gtk_widget_set_sensitive (self->buttons[i], self->can && !busy);
}

static void
want (MdgPaperButtons *self, MdgPaperUse use)
{
  set_busy (self, TRUE);
  tell (self, _ ("The paper is being made…"), NULL);
  g_signal_emit (self, signals[SIGNAL_WANTED], 0, (int) use);
}

static void
on_place_chosen_cb (GPtrArray *files, gpointer data)
{
  MdgPaperButtons *self = data;

  g_set_object (&self->file, g_ptr_array_index (files, 0));
  want (self, MDG_PAPER_SAVE);
}

static void
on_clicked_cb (GtkWidget *button, MdgPaperButtons *self)
{
  if (button == self->buttons[MDG_PAPER_SAVE])
    mdg_choose_to_save (GTK_WIDGET (self), _ ("Save as PDF"), self->file_name, on_place_chosen_cb,
                        self);
  else
    want (self, button == self->buttons[MDG_PAPER_PRINT] ? MDG_PAPER_PRINT : MDG_PAPER_PREVIEW);
}

/* === to a file === */

typedef struct
{
  MdgPaper *paper;
  char *path;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->paper);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
save_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Saving *saving = data;

  return mdg_paper_save_pdf (saving->paper, saving->path, error) ? saving->paper : NULL;
}

static void
on_saved_cb (GObject *worker, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgPaperButtons) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = mdg_worker_run_finish (MDG_WORKER (worker), result, &error) != NULL;

  set_busy (self, FALSE);
  tell (self, saved ? _ ("Saved as a PDF.") : "", error);
}

static void
save (MdgPaperButtons *self, MdgPaper *paper)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new ("paper");
  Saving *saving = g_new0 (Saving, 1);

  saving->paper = g_object_ref (paper);
  saving->path = g_file_get_path (self->file);
  if (saving->path == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no path");

      free_saving (saving);
      mdg_paper_buttons_fail (self, error);
      return;
    }
  mdg_worker_run_async (worker, save_on_worker, saving, free_saving, NULL, NULL, on_saved_cb,
                        g_object_ref (self));
}

static void
add_button (MdgPaperButtons *self, GtkWidget *row, MdgPaperUse use, const char *label)
{
  self->buttons[use] = gtk_button_new_with_label (label);
  g_signal_connect_object (self->buttons[use], "clicked", G_CALLBACK (on_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (row), self->buttons[use]);
}

static void
mdg_paper_buttons_dispose (GObject *object)
{
  MdgPaperButtons *self = MDG_PAPER_BUTTONS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->file);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (mdg_paper_buttons_parent_class)->dispose (object);
}

static void
mdg_paper_buttons_class_init (MdgPaperButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_paper_buttons_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_WANTED] = g_signal_new ("wanted", MDG_TYPE_PAPER_BUTTONS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
mdg_paper_buttons_init (MdgPaperButtons *self)
{
  GtkLayoutManager *wrap = g_object_new (MDG_TYPE_WRAP, "spacing", 6, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "layout-manager", wrap, NULL);

  self->can = TRUE;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_button (self, row, MDG_PAPER_PREVIEW, _ ("Look at it"));
  add_button (self, row, MDG_PAPER_PRINT, _ ("Print"));
  add_button (self, row, MDG_PAPER_SAVE, _ ("Save as PDF…"));
  gtk_box_append (GTK_BOX (self->box), row);
  self->told =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0f,
                    "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->told, "mdg-dim");
  gtk_box_append (GTK_BOX (self->box), self->told);
  self->problem = mdg_problem_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->problem);
}

/**
 * mdg_paper_buttons_new:
 * @navigator: where the paper is looked at
 * @title: what the paper is, translated
 * @file_name: what its PDF is called, unless the person says otherwise
 *
 * Thread: main.
 * Errors: none; told under the buttons.
 *
 * Returns: (transfer floating): the buttons
 */
GtkWidget *
mdg_paper_buttons_new (MdgNavigator *navigator, const char *title, const char *file_name)
{
  MdgPaperButtons *self = g_object_new (MDG_TYPE_PAPER_BUTTONS, NULL);

  self->navigator = navigator;
  self->title = g_strdup (title);
  self->file_name = g_strdup (file_name);
  return GTK_WIDGET (self);
}

/**
 * mdg_paper_buttons_set_can:
 * @self: the buttons
 * @can: whether the paper can be made now
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_paper_buttons_set_can (MdgPaperButtons *self, gboolean can)
{
  g_return_if_fail (MDG_IS_PAPER_BUTTONS (self));

  self->can = can;
  set_busy (self, self->busy);
}

/**
 * mdg_paper_buttons_give:
 * @self: the buttons
 * @use: what it is for
 * @paper: the paper that was wanted
 *
 * Thread: main.
 * Errors: none; told under the buttons.
 */
void
mdg_paper_buttons_give (MdgPaperButtons *self, MdgPaperUse use, MdgPaper *paper)
{
  GtkWidget *page;
  GtkRoot *root;

  g_return_if_fail (MDG_IS_PAPER_BUTTONS (self));

  if (self->box == NULL)
    return;
  if (use == MDG_PAPER_SAVE)
    {
      save (self, paper);
      return;
    }
  set_busy (self, FALSE);
  tell (self, "", NULL);
  if (use == MDG_PAPER_PRINT)
    {
      root = gtk_widget_get_root (GTK_WIDGET (self));
      mdg_print_paper (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, paper);
      return;
    }
  page = mdg_pages_box_new ();
  mdg_navigator_push (self->navigator, page, self->title);
  mdg_pages_box_set_paper (MDG_PAGES_BOX (page), paper);
}

/**
 * mdg_paper_buttons_fail:
 * @self: the buttons
 * @error: why there is no paper
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_paper_buttons_fail (MdgPaperButtons *self, const GError *error)
{
  g_return_if_fail (MDG_IS_PAPER_BUTTONS (self));

  set_busy (self, FALSE);
  tell (self, "", error);
}
