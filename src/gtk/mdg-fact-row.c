/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One fact of an answer: its label, its value, where it comes from, and a button that copies it.
 * Made without a template and used again for the next answer: an answer is thirty of these, and it
 * must be painted at once. The row keeps no copy of the value besides what its labels show. */
#include "config.h"

#include "mdg-fact-row.h"

#include "mdg-answer-text.h"
#include "mdg-beside.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgFactRow
{
  GtkWidget parent_instance;

  const MdgAnswerFact *fact; /* (nullable), not owned */
  guint copied_source;       /* until the check mark goes */

  /* children */
  GtkWidget *label;
  GtkWidget *value;
  GtkWidget *note;
  GtkWidget *button;
};

enum
{
  SIGNAL_COPIED,
  N_SIGNALS
};

#define COPIED_SECONDS 2

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgFactRow, mdg_fact_row, GTK_TYPE_WIDGET)

static char *
make_button_name (MdgFactRow *self)
{
  const char *label = self->fact != NULL ? self->fact->label : "";

  /* TRANSLATORS: %s is the label of a fact: 保険者番号をコピー */
  return g_strdup_printf (self->copied_source != 0 ? _ ("%s: copied") : _ ("Copy %s"), label);
}

/* What has not changed is not set again: an icon that is set is laid out anew. */
static void
show_copied (MdgFactRow *self)
{
  const char *icon = self->copied_source != 0 ? "object-select-symbolic" : "edit-copy-symbolic";
  g_autofree char *name = make_button_name (self);

  if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (self->button)), icon) != 0)
    gtk_button_set_icon_name (GTK_BUTTON (self->button), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/* Asked for where the pointer rests. A tooltip that is set beforehand asks the display each time
 * where the pointer is and waits for the answer: for each row of each answer. */
static gboolean
on_query_tooltip_cb (GtkWidget *button,
                     int x,
                     int y,
                     gboolean keyboard,
                     GtkTooltip *tooltip,
                     gpointer data)
{
  g_autofree char *name = make_button_name (data);

  gtk_tooltip_set_text (tooltip, name);
  return TRUE;
}

static gboolean
on_copied_over_cb (gpointer data)
{
  MdgFactRow *self = data;

  self->copied_source = 0;
  show_copied (self);
  return G_SOURCE_REMOVE;
}

static void
on_copy_clicked_cb (GtkButton *button, gpointer data)
{
  MdgFactRow *self = data;

  if (self->fact == NULL)
    return;
  mdg_copy_personal (GTK_WIDGET (self), self->fact->copy);
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->copied_source = g_timeout_add_seconds (COPIED_SECONDS, on_copied_over_cb, self);
  show_copied (self);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new ("", css_class);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  return label;
}

static void
mdg_fact_row_dispose (GObject *object)
{
  MdgFactRow *self = MDG_FACT_ROW (object);
  GtkWidget *child;

  self->fact = NULL;
  g_clear_handle_id (&self->copied_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_fact_row_parent_class)->dispose (object);
}

static void
mdg_fact_row_class_init (MdgFactRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mdg_fact_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, MDG_TYPE_BESIDE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[SIGNAL_COPIED] = g_signal_new ("copied", MDG_TYPE_FACT_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
mdg_fact_row_init (MdgFactRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->label = make_label ("mdg-dim");
  self->value = make_label (NULL);
  self->note = make_label ("mdg-dim");
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->note, "caption");
  gtk_box_append (GTK_BOX (texts), self->label);
  gtk_box_append (GTK_BOX (texts), self->value);
  gtk_box_append (GTK_BOX (texts), self->note);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_parent (texts, GTK_WIDGET (self));

  self->button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect (self->button, "clicked", G_CALLBACK (on_copy_clicked_cb), self);
  gtk_widget_set_has_tooltip (self->button, TRUE);
  g_signal_connect (self->button, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), self);

  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "spacing", 6, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mdg-fact");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->label, NULL, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* An empty row. Returns: (transfer floating) */
GtkWidget *
mdg_fact_row_new (void)
{
  return g_object_new (MDG_TYPE_FACT_ROW, NULL);
}

void
mdg_fact_row_set_fact (MdgFactRow *self, const MdgAnswerFact *fact)
{
  gboolean large = fact != NULL && fact->large;

  g_return_if_fail (MDG_IS_FACT_ROW (self));

  if (fact == NULL && self->fact == NULL)
    return;
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->fact = fact;
  mdg_answer_text_set (GTK_LABEL (self->label), fact != NULL ? fact->label : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
  if (large)
    {
      gtk_widget_add_css_class (self->value, "mdg-number");
      mdg_answer_text_set_number (GTK_LABEL (self->value), fact->value);
    }
  else
    {
      gtk_widget_remove_css_class (self->value, "mdg-number");
      mdg_answer_text_set (GTK_LABEL (self->value), fact != NULL ? fact->value : NULL,
                           MDG_ANSWER_TEXT_VALUE);
    }
  mdg_answer_text_set (GTK_LABEL (self->note), fact != NULL ? fact->note : NULL,
                       MDG_ANSWER_TEXT_PLAIN);
  gtk_widget_set_visible (self->button, fact != NULL && fact->copy[0] != '\0');
  show_copied (self);
  gtk_widget_set_visible (GTK_WIDGET (self), fact != NULL);
}

static GtkWidget *
add_row (GtkWidget *box, GCallback copied, gpointer data)
{
  GtkWidget *row = mdg_fact_row_new ();

  g_signal_connect_swapped (row, "copied", copied, data);
  gtk_box_append (GTK_BOX (box), row);
  return row;
}

void
mdg_fact_rows_fill (GtkWidget *box, GPtrArray *facts, GCallback copied, gpointer data)
{
  GtkWidget *row = gtk_widget_get_first_child (box);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      if (row == NULL)
        row = add_row (box, copied, data);
      mdg_fact_row_set_fact (MDG_FACT_ROW (row), facts->pdata[i]);
      row = gtk_widget_get_next_sibling (row);
    }
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    mdg_fact_row_set_fact (MDG_FACT_ROW (row), NULL);
}

gboolean
mdg_fact_rows_prepare (GtkWidget *box, guint n, GCallback copied, gpointer data)
{
  guint have = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    have++;
  if (have < n)
    add_row (box, copied, data);
  return have + 1 < n;
}
