/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One 資格 of an answer: the person, what the counter needs, the rest folded. What is folded is not
 * even put into labels before somebody opens it. */
#include "config.h"

#include "mdg-coverage-box.h"

#include "mdg-answer-text.h"
#include "mdg-columns.h"
#include "mdg-fact-row.h"
#include "mdg-note-list.h"
#include "mdg-phrase-fit.h"
#include "mdg-wrap.h"

struct _MdgCoverageBox
{
  GtkWidget parent_instance;

  const MdgAnswerCoverage *coverage; /* (nullable), not owned */

  /* template children */
  GtkLabel *heading;
  GtkWidget *person;
  GtkLabel *kana;
  GtkLabel *name;
  GtkLabel *birth;
  GtkLabel *sex;
  MdgNoteList *notes;
  GtkWidget *main;
  GtkExpander *expander;
  GtkWidget *more;

  guint fit_id;
};

/* pixels that a name has in the narrowest window */
#define NAME_ROOM 312

enum
{
  SIGNAL_COPIED,
  N_SIGNALS
};

/* the rows of a usual answer: made beforehand, while nobody waits */
#define USUAL_ROWS 14

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgCoverageBox, mdg_coverage_box, GTK_TYPE_WIDGET)

static void
on_copied_cb (MdgCoverageBox *self)
{
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static gboolean
has_person (const MdgAnswerCoverage *coverage)
{
  return coverage->name[0] != '\0' || coverage->kana[0] != '\0' || coverage->birth[0] != '\0' ||
         coverage->sex[0] != '\0';
}

/* A long name breaks between its words wherever each of them has a line of its own. */
static void
show_name (GtkLabel *label, const char *name, guint longest)
{
  int letters = NAME_ROOM / mdg_phrase_letter_width (GTK_WIDGET (label));

  mdg_answer_text_set (label, name, MAX (longest, (guint) letters));
}

static void
show_names (MdgCoverageBox *self)
{
  show_name (self->kana, self->coverage != NULL ? self->coverage->kana : NULL,
             MDG_ANSWER_TEXT_CAPTION);
  show_name (self->name, self->coverage != NULL ? self->coverage->name : NULL,
             MDG_ANSWER_TEXT_NAME);
}

static gboolean
on_fit_cb (gpointer user_data)
{
  MdgCoverageBox *self = MDG_COVERAGE_BOX (user_data);

  self->fit_id = 0;
  show_names (self);
  return G_SOURCE_REMOVE;
}

/* The size of text, mostly: not in the middle of a layout. */
static void
mdg_coverage_box_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  MdgCoverageBox *self = MDG_COVERAGE_BOX (widget);

  GTK_WIDGET_CLASS (mdg_coverage_box_parent_class)->css_changed (widget, change);
  if (self->coverage != NULL && self->fit_id == 0)
    self->fit_id = g_idle_add (on_fit_cb, self);
}

static void
fill_more (MdgCoverageBox *self)
{
  gboolean open = self->coverage != NULL && gtk_expander_get_expanded (self->expander);

  mdg_fact_rows_fill (self->more, open ? self->coverage->more : NULL, G_CALLBACK (on_copied_cb),
                      self);
}

static void
on_expanded_cb (MdgCoverageBox *self)
{
  fill_more (self);
}

static void
mdg_coverage_box_dispose (GObject *object)
{
  MdgCoverageBox *self = MDG_COVERAGE_BOX (object);
  GtkWidget *child;

  self->coverage = NULL;
  g_clear_handle_id (&self->fit_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_coverage_box_parent_class)->dispose (object);
}

static void
mdg_coverage_box_class_init (MdgCoverageBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_coverage_box_dispose;
  widget_class->css_changed = mdg_coverage_box_css_changed;
  g_type_ensure (MDG_TYPE_COLUMNS);
  g_type_ensure (MDG_TYPE_NOTE_LIST);
  g_type_ensure (MDG_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-coverage-box.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, heading);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, person);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, kana);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, name);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, birth);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, sex);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, notes);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, main);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, expander);
  gtk_widget_class_bind_template_child (widget_class, MdgCoverageBox, more);
  gtk_widget_class_bind_template_callback (widget_class, on_expanded_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[SIGNAL_COPIED] = g_signal_new ("copied", MDG_TYPE_COVERAGE_BOX, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mdg_coverage_box_init (MdgCoverageBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* An empty box. Returns: (transfer floating) */
GtkWidget *
mdg_coverage_box_new (void)
{
  return g_object_new (MDG_TYPE_COVERAGE_BOX, NULL);
}

void
mdg_coverage_box_set_coverage (MdgCoverageBox *self, const MdgAnswerCoverage *coverage)
{
  g_return_if_fail (MDG_IS_COVERAGE_BOX (self));

  if (coverage == NULL && self->coverage == NULL)
    return;
  self->coverage = coverage;
  gtk_expander_set_expanded (self->expander, FALSE);
  fill_more (self);
  mdg_answer_text_set (self->heading, coverage != NULL ? coverage->heading : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
  show_names (self);
  mdg_answer_text_set (self->birth, coverage != NULL ? coverage->birth : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
  mdg_answer_text_set (self->sex, coverage != NULL ? coverage->sex : NULL, MDG_ANSWER_TEXT_PLAIN);
  gtk_widget_set_visible (self->person, coverage != NULL && has_person (coverage));
  mdg_note_list_set_texts (self->notes, coverage != NULL ? coverage->notes : NULL);
  mdg_fact_rows_fill (self->main, coverage != NULL ? coverage->main : NULL,
                      G_CALLBACK (on_copied_cb), self);
  gtk_widget_set_visible (self->main, coverage != NULL && coverage->main->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), coverage != NULL && coverage->more->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), coverage != NULL);
}

gboolean
mdg_coverage_box_prepare (MdgCoverageBox *self)
{
  g_return_val_if_fail (MDG_IS_COVERAGE_BOX (self), FALSE);

  return mdg_fact_rows_prepare (self->main, USUAL_ROWS, G_CALLBACK (on_copied_cb), self);
}
