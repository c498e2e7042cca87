/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 確認したこと・していないこと: what an answer rests on, in two sentences. Never folded: a check
 * that was not made is said as plainly as one that was. */
#include "config.h"

#include "mdg-assurance.h"

#include "mdg-answer-text.h"
#include "mdg-columns.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgAssurance
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *confirmed;
  GtkWidget *not_confirmed;
};

G_DEFINE_FINAL_TYPE (MdgAssurance, mdg_assurance, GTK_TYPE_WIDGET)

static void
set_sentence (GtkWidget *label, const char *format, GPtrArray *texts)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *sentence = NULL;

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      if (i > 0)
        g_string_append (list, _ (", "));
      g_string_append (list, texts->pdata[i]);
    }
  sentence = list->len > 0 ? g_strdup_printf (format, list->str) : g_strdup ("");
  mdg_answer_text_set (GTK_LABEL (label), sentence, MDG_ANSWER_TEXT_CAPTION);
}

static GtkWidget *
add_label (MdgAssurance *self)
{
  GtkWidget *label = mdg_phrase_label_new ("", "caption");

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
mdg_assurance_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_assurance_parent_class)->dispose (object);
}

static void
mdg_assurance_class_init (MdgAssuranceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_assurance_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, MDG_TYPE_COLUMNS);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mdg_assurance_init (MdgAssurance *self)
{
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "column-spacing", 24,
                "row-spacing", 6, NULL);
  self->confirmed = add_label (self);
  self->not_confirmed = add_label (self);
}

void
mdg_assurance_set (MdgAssurance *self, GPtrArray *confirmed, GPtrArray *not_confirmed)
{
  g_return_if_fail (MDG_IS_ASSURANCE (self));

  /* TRANSLATORS: %s is a list: 確認したこと：暗証番号、… */
  set_sentence (self->confirmed, _ ("Checked: %s"), confirmed);
  /* TRANSLATORS: %s is a list: 確認していないこと：失効確認、… */
  set_sentence (self->not_confirmed, _ ("Not checked: %s"), not_confirmed);
}
