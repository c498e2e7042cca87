/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Yes or no to giving 限度額情報. Neither is chosen until somebody chooses; the choice has a check
 * mark besides its colour, whose place is kept free, and is the same in both windows. */
#include "config.h"

#include "mdg-consent-row.h"

#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *button;
  GtkWidget *check;
} Choice;

struct _MdgConsentRow
{
  GtkWidget parent_instance;
  MdgReception *reception; /* owned */

  /* children */
  GtkWidget *box;
  GtkWidget *question;
  Choice yes;
  Choice no;
};

G_DEFINE_FINAL_TYPE (MdgConsentRow, mdg_consent_row, GTK_TYPE_WIDGET)

static void
show_choice (Choice *choice, gboolean chosen)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (choice->button), chosen);
  gtk_widget_set_opacity (choice->check, chosen ? 1.0 : 0.0);
}

static void
update (MdgConsentRow *self)
{
  MdgConsent consent = mdg_reception_get_consent (self->reception);

  show_choice (&self->yes, consent == MDG_CONSENT_YES);
  show_choice (&self->no, consent == MDG_CONSENT_NO);
}

static void
on_clicked_cb (MdgConsentRow *self, GtkWidget *button)
{
  mdg_reception_set_consent (self->reception,
                             button == self->yes.button ? MDG_CONSENT_YES : MDG_CONSENT_NO);
  update (self);
}

static void
mdg_consent_row_dispose (GObject *object)
{
  MdgConsentRow *self = MDG_CONSENT_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->reception);
  G_OBJECT_CLASS (mdg_consent_row_parent_class)->dispose (object);
}

static void
mdg_consent_row_class_init (MdgConsentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_consent_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mdg_consent_row_init (MdgConsentRow *self)
{
}

static void
add_choice (MdgConsentRow *self,
            Choice *choice,
            GtkWidget *parent,
            const char *word,
            gboolean large)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (word);

  choice->button = gtk_toggle_button_new ();
  choice->check = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_widget_set_halign (content, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (label, 22); /* as wide as the mark: the word stands in the middle */
  gtk_box_append (GTK_BOX (content), choice->check);
  gtk_box_append (GTK_BOX (content), label);
  gtk_button_set_child (GTK_BUTTON (choice->button), content);
  gtk_widget_add_css_class (choice->button, large ? "pill" : "mdg-choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  word, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (choice->button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->question, NULL, -1);
  g_signal_connect_swapped (choice->button, "clicked", G_CALLBACK (on_clicked_cb), self);
  gtk_widget_set_parent (choice->button, parent);
}

/**
 * mdg_consent_row_new:
 * @reception: where the choice goes
 * @side: whose window it is in
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
mdg_consent_row_new (MdgReception *reception, MdgSide side)
{
  MdgConsentRow *self = g_object_new (MDG_TYPE_CONSENT_ROW, NULL);
  gboolean patient = side == MDG_SIDE_PATIENT;
  const char *question =
      patient
          ? _ ("May this counter be given the information about the limit of payment and about specific diseases?")
          : _ ("Limit and specific diseases");
  GtkWidget *choices = mdg_turn_box_new (patient ? 24 : 12);

  self->reception = g_object_ref (reception);
  self->question = mdg_phrase_label_new (question, patient ? "mdg-question" : NULL);
  gtk_label_set_justify (GTK_LABEL (self->question), GTK_JUSTIFY_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, question,
                                  -1);
  add_choice (self, &self->yes, choices, _ ("Yes"), patient);
  add_choice (self, &self->no, choices, _ ("No"), patient);
  if (patient)
    {
      self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
      gtk_box_append (GTK_BOX (self->box), self->question);
      gtk_box_append (GTK_BOX (self->box), choices);
    }
  else
    {
      self->box = mdg_turn_box_new (12);
      gtk_widget_set_parent (self->question, self->box);
      gtk_widget_set_parent (choices, self->box);
    }
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_object (reception, "notify::consent", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
