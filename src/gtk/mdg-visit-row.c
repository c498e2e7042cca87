/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A check in the list: when, the verdict in a picture and a word, initials. Nothing that stands in
 * it tells who it was to somebody who looks over the counter. */
#include "config.h"

#include "mdg-visit-row.h"

#include "mdg-answer-text.h"
#include "mdg-answer-view.h"
#include "mdg-beside.h"
#include "mdg-columns.h"
#include "mdg-icon.h"
#include "mdg-wrap.h"

#include <glib/gi18n.h>

struct _MdgVisitRow
{
  GtkWidget parent_instance;

  const char *tone; /* the chip's style class; (nullable) */

  /* children */
  GtkWidget *time;
  GtkWidget *chip;
  GtkWidget *icon;
  GtkWidget *word;
  GtkWidget *initials;
  GtkWidget *method;
  GtkWidget *practice;
};

G_DEFINE_FINAL_TYPE (MdgVisitRow, mdg_visit_row, GTK_TYPE_WIDGET)

static const char *
get_tone_class (MdgAnswerTone tone)
{
  switch (tone)
    {
    case MDG_ANSWER_TONE_GOOD:
      return "good";
    case MDG_ANSWER_TONE_BAD:
      return "bad";
    case MDG_ANSWER_TONE_CHANGED:
    case MDG_ANSWER_TONE_QUESTION:
      break;
    }
  return "attention";
}

static gboolean
find_verdict (const char *word, MdgOqsVerdict *verdict)
{
  for (guint i = 0; i <= MDG_OQS_VERDICT_UNREGISTERED; i++)
    if (g_str_equal (mdg_oqs_verdict_to_string (i), word))
      {
        *verdict = i;
        return TRUE;
      }
  return FALSE;
}

static void
show_verdict (MdgVisitRow *self, MdgVisit *visit)
{
  g_autofree char *problem = NULL;
  const char *icon = "mdg-problem-symbolic", *word = NULL, *tone = NULL;
  MdgOqsVerdict verdict;

  if (visit != NULL && find_verdict (mdg_visit_get_verdict (visit), &verdict))
    {
      tone = get_tone_class (mdg_answer_tone_of (verdict, &icon));
      word = mdg_oqs_verdict_title (verdict, mdg_desk_language ());
    }
  else if (visit != NULL)
    {
      tone = "attention";
      /* TRANSLATORS: a check that had a problem; %s is its code (N-02) */
      word = problem = g_strdup_printf (_ ("Not checked %s"), mdg_visit_get_code (visit));
    }
  if (self->tone != NULL)
    gtk_widget_remove_css_class (self->chip, self->tone);
  self->tone = tone;
  if (tone != NULL)
    gtk_widget_add_css_class (self->chip, tone);
  mdg_icon_show (GTK_IMAGE (self->icon), icon);
  mdg_answer_text_set (GTK_LABEL (self->word), word, MDG_ANSWER_TEXT_NAME);
}

static GtkWidget *
add_label (GtkWidget *parent, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (parent), label);
  return label;
}

static void
mdg_visit_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_visit_row_parent_class)->dispose (object);
}

static void
mdg_visit_row_class_init (MdgVisitRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_visit_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, MDG_TYPE_COLUMNS);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mdg_visit_row_init (MdgVisitRow *self)
{
  GtkWidget *first = g_object_new (GTK_TYPE_BOX, "layout-manager",
                                   g_object_new (MDG_TYPE_WRAP, "spacing", 12, NULL), NULL);
  GtkWidget *second = g_object_new (GTK_TYPE_BOX, "layout-manager",
                                    g_object_new (MDG_TYPE_WRAP, "spacing", 12, NULL), NULL);

  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "column-spacing", 12,
                "row-spacing", 6, NULL);
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
  gtk_widget_set_valign (second, GTK_ALIGN_CENTER);
  self->time = add_label (first, "numeric");
  self->chip = g_object_new (GTK_TYPE_BOX, "layout-manager", mdg_beside_new (6), NULL);
  gtk_widget_add_css_class (self->chip, "mdg-chip");
  gtk_box_append (GTK_BOX (first), self->chip);
  self->icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (self->chip), self->icon);
  self->word = add_label (self->chip, "heading");
  gtk_widget_set_hexpand (self->word, TRUE);
  gtk_widget_set_hexpand_set (self->chip, TRUE);
  self->initials = add_label (second, "heading");
  self->method = add_label (second, "mdg-dim");
  self->practice = add_label (second, "mdg-practice");
}

/* An empty row. Returns: (transfer floating) */
GtkWidget *
mdg_visit_row_new (void)
{
  return g_object_new (MDG_TYPE_VISIT_ROW, NULL);
}

char *
mdg_visit_row_format_time (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (time) &&
                   g_date_time_get_year (now) == g_date_time_get_year (time);

  /* TRANSLATORS: as in g_date_time_format(): month, day, hour, minute */
  return g_date_time_format (time, today ? "%H:%M" : _ ("%-m/%-d %H:%M"));
}

void
mdg_visit_row_set_visit (MdgVisitRow *self, MdgVisit *visit)
{
  g_autofree char *time = NULL;
  gboolean visual = visit != NULL && g_str_equal (mdg_visit_get_method (visit), "visual");

  g_return_if_fail (MDG_IS_VISIT_ROW (self));

  if (visit != NULL)
    time = mdg_visit_row_format_time (mdg_visit_get_time (visit));
  mdg_answer_text_set (GTK_LABEL (self->time), time, MDG_ANSWER_TEXT_PLAIN);
  show_verdict (self, visit);
  mdg_answer_text_set (GTK_LABEL (self->initials),
                       visit != NULL ? mdg_visit_get_initials (visit) : NULL, MDG_ANSWER_TEXT_NAME);
  mdg_answer_text_set (GTK_LABEL (self->method), visual ? _ ("Checked by sight") : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
  mdg_answer_text_set (GTK_LABEL (self->practice),
                       visit != NULL && mdg_visit_get_practice (visit) ? _ ("Practice") : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
}
