/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The amounts of the grant, each with where it comes from, the rule with its source and the day on
 * which that was looked at, and the deadline: passed, or how many days are left. */
#include "config.h"

#include "mdg-grant-parts.h"

#include "mdg-language.h"
#include "mdg-oqs-check.h"
#include "mdg-oqs-summary.h"
#include "mdg-problem-note.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define N_AMOUNTS 4

struct _MdgAmountsBox
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *values[N_AMOUNTS];
  GtkWidget *deadline;
  GtkWidget *note;
  GtkWidget *source;

  /* owned */
  MdgGuide *guide;
};

G_DEFINE_FINAL_TYPE (MdgAmountsBox, mdg_amounts_box, GTK_TYPE_WIDGET)

/* as the form numbers them */
static const struct
{
  const char *sign;
  const char *name;
  const char *from;
} lines[N_AMOUNTS] = {
  { "①", N_ ("Total cost, with tax"), N_ ("of the fundable items of the receipts") },
  { "②", N_ ("Three quarters of ①"), N_ ("less than one yen is cut off") },
  { "③", N_ ("Upper limit"), N_ ("by the rule") },
  { "④", N_ ("Amount of the grant"), N_ ("the lower of ② and ③, less than 1,000 yen is cut off") },
};

static char *
describe_deadline (const MdgSubsidyRule *rule, int days, char **title)
{
  g_autofree char *day = mdg_oqs_date_describe (rule->deadline, mdg_desk_language ());

  if (days == -2)
    {
      *title = g_strdup (_ ("The deadline that is known has passed"));
      /* Translators: %s is a date */
      return g_strdup_printf (_ ("It was %s. Please ask whether there is a new one before you post "
                                 "the application."),
                              day);
    }
  if (days < 0)
    {
      *title = g_strdup (_ ("No deadline is known"));
      return g_strdup (_ ("Please ask the call centre."));
    }
  *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day is left until the deadline",
                                         "%d days are left until the deadline", (gulong) days),
                            days);
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("The deadline is %s."), day);
}

static void
show_rule (MdgAmountsBox *self)
{
  const MdgSubsidyRule *rule = mdg_guide_get_rule (self->guide);
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *checked = NULL;
  g_autofree char *source = NULL;

  if (rule == NULL)
    return;
  words = describe_deadline (
      rule, mdg_subsidy_rule_days_left (rule, mdg_guide_get_today (self->guide)), &title);
  mdg_problem_note_set_words (MDG_PROBLEM_NOTE (self->deadline), title, words);
  mdg_phrase_label_set_text (GTK_LABEL (self->note), rule->note != NULL ? rule->note : "");
  gtk_widget_set_visible (self->note, rule->note != NULL && *rule->note != '\0');
  checked = mdg_oqs_date_describe (rule->checked, mdg_desk_language ());
  /* Translators: the name of a rule, where it stands, the day on which that was looked at */
  source = g_strdup_printf (_ ("Rule: %s\nSource: %s\nLooked at: %s"), rule->name, rule->source,
                            checked);
  mdg_phrase_label_set_text (GTK_LABEL (self->source), source);
}

static void
show (MdgAmountsBox *self)
{
  MdgSubsidyAmounts amounts = mdg_guide_get_amounts (self->guide);
  const gint64 yen[N_AMOUNTS] = { amounts.total, amounts.three_quarters, amounts.cap,
                                  amounts.grant };

  for (guint i = 0; i < N_AMOUNTS; i++)
    {
      g_autofree char *words = mdg_yen_format (yen[i]);

      gtk_label_set_text (GTK_LABEL (self->values[i]), words);
    }
  show_rule (self);
}

static GtkWidget *
make_line (MdgAmountsBox *self, guint i)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = mdg_turn_box_new (12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = g_strdup_printf ("%s %s", lines[i].sign, _ (lines[i].name));
  GtkWidget *title = mdg_phrase_label_new (name, "heading");
  GtkWidget *from = mdg_phrase_label_new (_ (lines[i].from), "mdg-dim");

  self->values[i] = gtk_label_new ("");
  gtk_widget_add_css_class (self->values[i], "mdg-number");
  gtk_label_set_xalign (GTK_LABEL (self->values[i]), 1);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (from), 0);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), from);
  g_object_set (line, "justify", TRUE, NULL);
  gtk_widget_set_parent (texts, line);
  gtk_widget_set_parent (self->values[i], line);
  gtk_widget_set_margin_top (line, 12);
  gtk_widget_set_margin_bottom (line, 12);
  gtk_widget_set_margin_start (line, 18);
  gtk_widget_set_margin_end (line, 18);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return row;
}

static void
mdg_amounts_box_dispose (GObject *object)
{
  MdgAmountsBox *self = MDG_AMOUNTS_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_amounts_box_parent_class)->dispose (object);
}

static void
mdg_amounts_box_class_init (MdgAmountsBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_amounts_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_amounts_box_init (MdgAmountsBox *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->deadline = mdg_problem_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->deadline);
  self->note = mdg_phrase_label_append (self->box, "", NULL);
  mdg_phrase_label_append (self->box, _ ("Amounts"), "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Amounts"), -1);
  for (guint i = 0; i < N_AMOUNTS; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_line (self, i));
  gtk_box_append (GTK_BOX (self->box), list);
  self->source = mdg_phrase_label_append (self->box, "", "mdg-dim");
}

/**
 * mdg_amounts_box_new:
 * @guide: the facility's preparation
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the amounts by the receipts that are there
 */
GtkWidget *
mdg_amounts_box_new (MdgGuide *guide)
{
  MdgAmountsBox *self = g_object_new (MDG_TYPE_AMOUNTS_BOX, NULL);

  self->guide = g_object_ref (guide);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
