/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A row about a reader or a driver: its name, its state in a word, what it can do, and what is
 * wrong with it, in the words of the problem table. Names come from outside (a USB descriptor, a
 * file) and are shown as plain text without control characters. */
#include "config.h"

#include "mdg-state-row.h"

#include <glib/gi18n-lib.h>

#include "mdg-oqs-summary.h"
#include "mdg-problem.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"
#include "mdg-wrap.h"

/* as many characters of a name as anybody reads */
#define MAX_NAME 120

typedef struct
{
  MdgProblem *problem; /* (nullable) */

  /* template children */
  GtkLabel *title;
  GtkLabel *subtitle;
  MdgChip *chip;
  GtkBox *facts;
  GtkWidget *problem_box;
  GtkLabel *problem_title;
  GtkLabel *problem_cause;
  GtkLabel *problem_advice;
  GtkLabel *problem_code;
  GtkButton *button;
} MdgStateRowPrivate;

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_TYPE_WITH_PRIVATE (MdgStateRow, mdg_state_row, GTK_TYPE_LIST_BOX_ROW)
#define PRIV(self) ((MdgStateRowPrivate *) mdg_state_row_get_instance_private (self))

static char *
make_name (const char *text)
{
  g_autofree char *whole = mdg_oqs_text_for_display (text != NULL ? text : "");

  if (g_utf8_strlen (whole, -1) <= MAX_NAME)
    return g_steal_pointer (&whole);
  return g_utf8_substring (whole, 0, MAX_NAME);
}

static void
show_name (GtkLabel *label, const char *text)
{
  g_autofree char *name = make_name (text);

  mdg_phrase_label_set_text (label, name);
  gtk_widget_set_visible (GTK_WIDGET (label), *name != '\0');
}

/* One after the other, as they are read: what it is, how it is, what is wrong. */
static void
update_names (MdgStateRow *self)
{
  MdgStateRowPrivate *priv = PRIV (self);
  g_autofree char *name =
      g_strdup_printf ("%s  %s", gtk_label_get_text (priv->title), mdg_chip_get_word (priv->chip));
  g_autofree char *description = NULL;

  if (priv->problem != NULL)
    description = g_strdup_printf ("%s %s %s", mdg_problem_get_title (priv->problem),
                                   mdg_problem_get_cause (priv->problem),
                                   mdg_problem_get_advice (priv->problem));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

static void
on_clicked_cb (MdgStateRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

static void
mdg_state_row_finalize (GObject *object)
{
  g_clear_pointer (&PRIV (MDG_STATE_ROW (object))->problem, mdg_problem_unref);
  G_OBJECT_CLASS (mdg_state_row_parent_class)->finalize (object);
}

static void
mdg_state_row_class_init (MdgStateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_state_row_finalize;
  signals[SIGNAL_CLICKED] = g_signal_new ("clicked", MDG_TYPE_STATE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MDG_TYPE_CHIP);
  g_type_ensure (MDG_TYPE_WRAP);
  g_type_ensure (MDG_TYPE_TURN_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-state-row.ui");
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, title);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, subtitle);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, chip);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, facts);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, problem_box);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, problem_title);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, problem_cause);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, problem_advice);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, problem_code);
  gtk_widget_class_bind_template_child_private (widget_class, MdgStateRow, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
}

static void
mdg_state_row_init (MdgStateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mdg_state_row_set_title:
 * @self: a row
 * @title: (nullable): the thing's name, from anywhere
 * @subtitle: (nullable): a second line, from anywhere
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_state_row_set_title (MdgStateRow *self, const char *title, const char *subtitle)
{
  show_name (PRIV (self)->title, title);
  show_name (PRIV (self)->subtitle, subtitle);
  update_names (self);
}

/**
 * mdg_state_row_set_state:
 * @self: a row
 * @kind: what kind of state it is
 * @word: the state in a word, translated
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_state_row_set_state (MdgStateRow *self, MdgChipKind kind, const char *word)
{
  mdg_chip_set (PRIV (self)->chip, kind, word);
  update_names (self);
}

/**
 * mdg_state_row_set_facts:
 * @self: a row
 * @facts: (array zero-terminated=1): what it can do, each in a few words, translated
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_state_row_set_facts (MdgStateRow *self, const char *const *facts)
{
  MdgStateRowPrivate *priv = PRIV (self);
  GtkWidget *fact;

  while ((fact = gtk_widget_get_first_child (GTK_WIDGET (priv->facts))) != NULL)
    gtk_box_remove (priv->facts, fact);
  for (gsize i = 0; facts[i] != NULL; i++)
    gtk_box_append (priv->facts, mdg_chip_new (MDG_CHIP_NEUTRAL, facts[i]));
  gtk_widget_set_visible (GTK_WIDGET (priv->facts), facts[0] != NULL);
}

/**
 * mdg_state_row_set_problem:
 * @self: a row
 * @error: (nullable): why it cannot be used
 *
 * Shows what is wrong, why and what to do, with the code that is read out to the call centre.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_state_row_set_problem (MdgStateRow *self, const GError *error)
{
  MdgStateRowPrivate *priv = PRIV (self);
  g_autofree char *code = NULL;

  g_clear_pointer (&priv->problem, mdg_problem_unref);
  gtk_widget_set_visible (priv->problem_box, error != NULL);
  if (error == NULL)
    {
      update_names (self);
      return;
    }
  priv->problem = mdg_problem_new (error);
  /* Translators: %s is a code like R-08, which is read out to the call centre */
  code = g_strdup_printf (_ ("Code %s"), mdg_problem_get_code (priv->problem));
  mdg_phrase_label_set_text (priv->problem_title, mdg_problem_get_title (priv->problem));
  mdg_phrase_label_set_text (priv->problem_cause, mdg_problem_get_cause (priv->problem));
  mdg_phrase_label_set_text (priv->problem_advice, mdg_problem_get_advice (priv->problem));
  gtk_label_set_text (priv->problem_code, code);
  update_names (self);
}

/**
 * mdg_state_row_set_button:
 * @self: a row
 * @label: (nullable): what the button does, translated; %NULL for no button
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_state_row_set_button (MdgStateRow *self, const char *label)
{
  MdgStateRowPrivate *priv = PRIV (self);

  gtk_widget_set_visible (GTK_WIDGET (priv->button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (priv->button, label);
}

/**
 * mdg_state_row_get_state_word:
 * @self: a row
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the state as it is shown
 */
const char *
mdg_state_row_get_state_word (MdgStateRow *self)
{
  return mdg_chip_get_word (PRIV (self)->chip);
}

/**
 * mdg_state_row_get_problem_code:
 * @self: a row
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the code of the problem that is shown
 */
const char *
mdg_state_row_get_problem_code (MdgStateRow *self)
{
  MdgStateRowPrivate *priv = PRIV (self);

  return priv->problem != NULL ? mdg_problem_get_code (priv->problem) : NULL;
}
