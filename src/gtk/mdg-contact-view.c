/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* お問い合わせ: whether the call centre is open now, its number, and what it asks. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-call-centre.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define MDG_TYPE_CONTACT_VIEW (mdg_contact_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgContactView, mdg_contact_view, MDG, CONTACT_VIEW, GtkWidget)

struct _MdgContactView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *state_box;
  GtkWidget *icon;
  GtkWidget *state;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (MdgContactView, mdg_contact_view, GTK_TYPE_WIDGET)

static void
show (MdgContactView *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  MdgCallCentreState state = { 0 };
  g_autofree char *words = NULL;

  mdg_call_centre_get_state (now, &state);
  words = mdg_call_centre_describe (&state);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), state.open
                                                            ? "mdg-verdict-good-symbolic"
                                                            : "mdg-verdict-question-symbolic");
  gtk_widget_remove_css_class (self->state_box, "good");
  gtk_widget_remove_css_class (self->state_box, "question");
  gtk_widget_add_css_class (self->state_box, state.open ? "good" : "question");
  mdg_phrase_label_set_text (GTK_LABEL (self->state), words);
  mdg_call_centre_state_clear (&state);
}

static gboolean
on_tick_cb (gpointer data)
{
  show (data);
  return G_SOURCE_CONTINUE;
}

/* While it is on the screen the hour may strike. */
static void
mdg_contact_view_map (GtkWidget *widget)
{
  MdgContactView *self = MDG_CONTACT_VIEW (widget);

  GTK_WIDGET_CLASS (mdg_contact_view_parent_class)->map (widget);
  show (self);
  self->tick_id = g_timeout_add_seconds (15, on_tick_cb, self);
}

static void
mdg_contact_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&MDG_CONTACT_VIEW (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (mdg_contact_view_parent_class)->unmap (widget);
}

static void
mdg_contact_view_dispose (GObject *object)
{
  MdgContactView *self = MDG_CONTACT_VIEW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_contact_view_parent_class)->dispose (object);
}

static void
mdg_contact_view_class_init (MdgContactViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_contact_view_dispose;
  widget_class->map = mdg_contact_view_map;
  widget_class->unmap = mdg_contact_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_contact_view_init (MdgContactView *self)
{
  GtkWidget *number;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  mdg_phrase_label_append (self->box, _ ("The call centre for online eligibility confirmation"),
                           "heading");
  self->state_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->state_box, "mdg-verdict");
  self->icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->state = mdg_phrase_label_new ("", "heading");
  gtk_label_set_xalign (GTK_LABEL (self->state), 0);
  gtk_widget_set_hexpand (self->state, TRUE);
  gtk_box_append (GTK_BOX (self->state_box), self->icon);
  gtk_box_append (GTK_BOX (self->state_box), self->state);
  gtk_box_append (GTK_BOX (self->box), self->state_box);
  number = mdg_phrase_label_append (self->box, mdg_call_centre_get_number (), "mdg-sentence");
  gtk_label_set_selectable (GTK_LABEL (number), TRUE);
  gtk_widget_set_focusable (number, FALSE); /* it would be selected at once */
  mdg_phrase_label_append (self->box, _ ("Free of charge"), NULL);
  mdg_phrase_label_append (self->box, mdg_call_centre_get_hours (), NULL);
  mdg_phrase_label_append (self->box, _ ("What you are asked"), "heading");
  mdg_phrase_label_append (
      self->box,
      _ ("The code of a problem, when it was, the reader and the versions stand on the "
         "call-centre sheet. Each problem has a button for it. It has no personal data."),
      NULL);
  mdg_phrase_label_append (self->box, _ ("Inquiry form"), "heading");
  mdg_phrase_label_append (
      self->box,
      _ ("On the portal site one can also write: with an address for the answer. It may "
         "take some days."),
      NULL);
}

/**
 * mdg_contact_view_new:
 * @guide: not needed
 * @session: (nullable): not needed
 * @navigator: not needed
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page's content
 */
GtkWidget *
mdg_contact_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  return g_object_new (MDG_TYPE_CONTACT_VIEW, NULL);
}
