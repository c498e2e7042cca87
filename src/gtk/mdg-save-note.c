/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether what was typed is on the disk. 「保存しました」 stands there only after the disk said so;
 * a page that goes has its last words written first. */
#include "config.h"

#include "mdg-save-note.h"

#include "mdg-problem-note.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define PAUSE_MILLISECONDS 700

struct _MdgSaveNote
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *words;
  GtkWidget *problem;

  guint pause_id;
  guint writing; /* changes that have not come back */
  gboolean touched;
  gboolean valid;
  gboolean failed;
};

enum
{
  SIGNAL_SAVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgSaveNote, mdg_save_note, GTK_TYPE_WIDGET)

static void
show_words (MdgSaveNote *self, const char *words)
{
  mdg_phrase_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->words, *words != '\0');
}

static void
show_state (MdgSaveNote *self)
{
  if (!self->valid)
    show_words (self, _ ("Not saved yet: please look at what is marked."));
  else if (self->writing > 0 || self->touched)
    show_words (self, _ ("Saving…"));
  else if (self->failed)
    show_words (self, _ ("Not saved"));
  else
    show_words (self, _ ("Saved"));
}

static gboolean
on_pause_cb (gpointer data)
{
  MdgSaveNote *self = data;

  self->pause_id = 0;
  mdg_save_note_flush (self);
  return G_SOURCE_REMOVE;
}

static void
mdg_save_note_unmap (GtkWidget *widget)
{
  mdg_save_note_flush (MDG_SAVE_NOTE (widget));
  GTK_WIDGET_CLASS (mdg_save_note_parent_class)->unmap (widget);
}

static void
mdg_save_note_dispose (GObject *object)
{
  MdgSaveNote *self = MDG_SAVE_NOTE (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_pointer (&self->words, gtk_widget_unparent);
  g_clear_pointer (&self->problem, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_save_note_parent_class)->dispose (object);
}

static void
mdg_save_note_class_init (MdgSaveNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_save_note_dispose;
  widget_class->unmap = mdg_save_note_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_SAVE] = g_signal_new ("save", MDG_TYPE_SAVE_NOTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
mdg_save_note_init (MdgSaveNote *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->valid = TRUE;
  self->words =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0f,
                    "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->words, "mdg-dim");
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  self->problem = mdg_problem_note_new ();
  gtk_widget_set_parent (self->problem, GTK_WIDGET (self));
}

/**
 * mdg_save_note_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a note that tells nothing yet
 */
GtkWidget *
mdg_save_note_new (void)
{
  return g_object_new (MDG_TYPE_SAVE_NOTE, NULL);
}

/**
 * mdg_save_note_touch:
 * @self: a note
 * @valid: whether what was typed can be written as it is
 *
 * "save" is emitted after a pause of typing.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_save_note_touch (MdgSaveNote *self, gboolean valid)
{
  g_return_if_fail (MDG_IS_SAVE_NOTE (self));

  self->touched = valid;
  self->valid = valid;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (valid)
    self->pause_id = g_timeout_add (PAUSE_MILLISECONDS, on_pause_cb, self);
  show_state (self);
}

/**
 * mdg_save_note_flush:
 * @self: a note
 *
 * Emits "save" at once where something was typed and can be written.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether there was something
 */
gboolean
mdg_save_note_flush (MdgSaveNote *self)
{
  g_return_val_if_fail (MDG_IS_SAVE_NOTE (self), FALSE);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (!self->touched)
    return FALSE;
  self->touched = FALSE;
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
  return TRUE;
}

/**
 * mdg_save_note_begin:
 * @self: a note
 *
 * A change of the guide begins; it is told until mdg_save_note_end().
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): for mdg_save_note_on_done_cb()
 */
gpointer
mdg_save_note_begin (MdgSaveNote *self)
{
  g_return_val_if_fail (MDG_IS_SAVE_NOTE (self), NULL);

  self->writing++;
  self->failed = FALSE;
  show_state (self);
  return g_object_ref (self);
}

/**
 * mdg_save_note_end:
 * @self: a note
 * @error: (nullable): why it was not written
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_save_note_end (MdgSaveNote *self, const GError *error)
{
  g_return_if_fail (MDG_IS_SAVE_NOTE (self));

  if (self->writing > 0)
    self->writing--;
  self->failed = self->failed || error != NULL;
  if (self->words == NULL)
    return; /* the page went in the meantime */
  if (error != NULL || !self->failed)
    mdg_problem_note_set (MDG_PROBLEM_NOTE (self->problem), NULL, error);
  show_state (self);
}

/**
 * mdg_save_note_on_done_cb:
 * @guide: the guide
 * @result: of the change
 * @data: (transfer full): of mdg_save_note_begin()
 *
 * Thread: main.
 * Errors: none; told by the note.
 */
void
mdg_save_note_on_done_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgSaveNote) self = data;
  g_autoptr (GError) error = NULL;

  mdg_guide_change_finish (MDG_GUIDE (guide), result, NULL, &error);
  mdg_save_note_end (self, error);
}

/**
 * mdg_save_note_is_saved:
 * @self: a note
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether all that was typed is on the disk
 */
gboolean
mdg_save_note_is_saved (MdgSaveNote *self)
{
  return self->valid && !self->touched && self->writing == 0 && !self->failed;
}
