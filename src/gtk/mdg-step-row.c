/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A step in the map: its name, its state in a word with an icon, what it came to, since when, or
 * why it cannot be done yet. */
#include "config.h"

#include "mdg-step-row.h"

#include "mdg-step-words.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgStepRow
{
  GtkListBoxRow parent_instance;

  MdgStepKind kind; /* MDG_N_STEPS: a link */

  /* children */
  GtkWidget *title;
  GtkWidget *chip;
  GtkWidget *brief;
  GtkWidget *when;
};

G_DEFINE_FINAL_TYPE (MdgStepRow, mdg_step_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_line (GtkWidget *label, const char *text)
{
  mdg_phrase_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

static void
tell (MdgStepRow *self, const char *state)
{
  g_autoptr (GString) name = g_string_new (gtk_label_get_text (GTK_LABEL (self->title)));
  const char *const rest[] = { state, gtk_label_get_text (GTK_LABEL (self->brief)),
                               gtk_label_get_text (GTK_LABEL (self->when)) };

  for (gsize i = 0; i < G_N_ELEMENTS (rest); i++)
    if (*rest[i] != '\0')
      g_string_append_printf (name, "  %s", rest[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
}

static GtkWidget *
add_line (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new ("", css_class);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
mdg_step_row_class_init (MdgStepRowClass *klass)
{
}

static void
mdg_step_row_init (MdgStepRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = mdg_turn_box_new (6);
  GtkWidget *arrow =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "icon-name", "go-next-symbolic", NULL);

  g_object_set (head, "justify", TRUE, NULL);
  self->title = mdg_phrase_label_new ("", "heading");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_set_parent (self->title, head);
  self->chip = mdg_chip_new (MDG_CHIP_OPEN, "");
  gtk_widget_set_parent (self->chip, head);
  gtk_box_append (GTK_BOX (texts), head);
  self->brief = add_line (texts, NULL);
  self->when = add_line (texts, "mdg-dim");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  /* Enter on it is for it, and not for a window's default button */
  gtk_widget_set_receives_default (GTK_WIDGET (self), TRUE);
}

/**
 * mdg_step_row_new:
 * @kind: the step
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): its row, with its name only
 */
GtkWidget *
mdg_step_row_new (MdgStepKind kind)
{
  MdgStepRow *self = g_object_new (MDG_TYPE_STEP_ROW, NULL);

  self->kind = kind;
  mdg_phrase_label_set_text (GTK_LABEL (self->title),
                             mdg_guide_text (mdg_guide_map_get (kind)->title));
  gtk_widget_set_visible (self->chip, FALSE);
  tell (self, "");
  return GTK_WIDGET (self);
}

/**
 * mdg_step_row_new_link:
 * @title: where it leads, translated
 * @words: what is there, translated
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a row without a state
 */
GtkWidget *
mdg_step_row_new_link (const char *title, const char *words)
{
  MdgStepRow *self = g_object_new (MDG_TYPE_STEP_ROW, NULL);

  self->kind = MDG_N_STEPS;
  mdg_phrase_label_set_text (GTK_LABEL (self->title), title);
  gtk_widget_set_visible (self->chip, FALSE);
  set_line (self->brief, words);
  tell (self, "");
  return GTK_WIDGET (self);
}

/**
 * mdg_step_row_get_kind:
 * @self: a row
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: its step; %MDG_N_STEPS for a link
 */
MdgStepKind
mdg_step_row_get_kind (MdgStepRow *self)
{
  return self->kind;
}

/**
 * mdg_step_row_set_guide:
 * @self: the row of a step
 * @guide: the facility's preparation
 *
 * Shows how the step stands now.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_step_row_set_guide (MdgStepRow *self, MdgGuide *guide)
{
  MdgStepView view;
  g_autofree char *day = NULL;
  const char *word;
  MdgChipKind chip;

  g_return_if_fail (MDG_IS_STEP_ROW (self));
  g_return_if_fail (self->kind < MDG_N_STEPS);

  view = mdg_guide_get_step (guide, self->kind);
  chip = mdg_step_words_get_chip (&view, mdg_guide_get_next (guide) == self->kind, &word);
  mdg_chip_set (MDG_CHIP (self->chip), chip, word);
  gtk_widget_set_visible (self->chip, TRUE);
  set_line (self->brief, view.brief != NULL ? view.brief : "");
  day =
      mdg_step_words_describe_day (view.date != NULL ? view.date : "", mdg_guide_get_today (guide));
  if (view.state == MDG_STEP_OPEN && !view.allowed)
    set_line (self->when, view.why);
  else
    set_line (self->when, day);
  tell (self, word);
}
