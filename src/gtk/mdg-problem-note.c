/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What went wrong, where it went wrong. All sentences of an error are MdgProblem's. */
#include "config.h"

#include "mdg-problem-note.h"

#include "mdg-problem.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define LONGEST 7 /* characters of a phrase */

struct _MdgProblemNote
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *icon;
  GtkWidget *texts;
  GtkWidget *title;
  GtkWidget *words;
  GtkWidget *code;
};

G_DEFINE_FINAL_TYPE (MdgProblemNote, mdg_problem_note, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (MdgProblemNote *self, const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new ("", css_class);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->texts), label);
  return label;
}

/* Beside an icon there is less room: shorter phrases than elsewhere are kept together. */
static void
set_text (GtkWidget *label, const char *text)
{
  g_autoptr (PangoAttrList) attributes = mdg_phrase_attributes (text, LONGEST);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

static void
show (MdgProblemNote *self, const char *title, const char *words, const char *code)
{
  set_text (self->title, title);
  set_text (self->words, words);
  set_text (self->code, code);
  gtk_widget_set_visible (self->words, *words != '\0');
  gtk_widget_set_visible (self->code, *code != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), *title != '\0');
}

static void
mdg_problem_note_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_problem_note_parent_class)->dispose (object);
}

static void
mdg_problem_note_class_init (MdgProblemNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_problem_note_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
mdg_problem_note_init (MdgProblemNote *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", "dialog-warning-symbolic", "valign", GTK_ALIGN_START, NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_parent (self->texts, GTK_WIDGET (self));
  self->title = add_label (self, "heading");
  self->words = add_label (self, NULL);
  self->code = add_label (self, "mdg-dim");
  gtk_widget_add_css_class (GTK_WIDGET (self), "mdg-note");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * mdg_problem_note_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a note with nothing to tell
 */
GtkWidget *
mdg_problem_note_new (void)
{
  return g_object_new (MDG_TYPE_PROBLEM_NOTE, NULL);
}

/**
 * mdg_problem_note_set:
 * @self: a note
 * @about: (nullable): what it is about, told before the title: a file's name, fit to be shown
 * @error: (nullable): what went wrong; %NULL where there is nothing to tell
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_problem_note_set (MdgProblemNote *self, const char *about, const GError *error)
{
  g_autoptr (MdgProblem) problem = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *code = NULL;

  g_return_if_fail (MDG_IS_PROBLEM_NOTE (self));

  if (error == NULL)
    {
      show (self, "", "", "");
      return;
    }
  problem = mdg_problem_new (error);
  title = about != NULL ? g_strdup_printf ("%s\n%s", about, mdg_problem_get_title (problem))
                        : g_strdup (mdg_problem_get_title (problem));
  words =
      g_strdup_printf ("%s\n%s", mdg_problem_get_cause (problem), mdg_problem_get_advice (problem));
  /* Translators: %s is a code like R-08, which is read out to the call centre */
  code = g_strdup_printf (_ ("Code %s"), mdg_problem_get_code (problem));
  show (self, title, words, code);
}

/**
 * mdg_problem_note_set_words:
 * @self: a note
 * @title: what it is about, translated; "" where there is nothing to tell
 * @words: more of it, translated; "" none
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_problem_note_set_words (MdgProblemNote *self, const char *title, const char *words)
{
  g_return_if_fail (MDG_IS_PROBLEM_NOTE (self));

  show (self, title, words, "");
}
