/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where a paper is posted to, the label for its envelope, and two buttons for what staff do with
 * it: it was posted, an answer came. */
#include "config.h"

#include "mdg-post-box.h"

#include "mdg-guide-papers.h"
#include "mdg-paper-buttons.h"
#include "mdg-save-note.h"
#include "mdg-widgets.h"
#include "mdg-wrap.h"

#include <glib/gi18n.h>

struct _MdgPostBox
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *posted;
  GtkWidget *answered;
  GtkWidget *label;
  GtkWidget *save;

  /* owned */
  MdgGuide *guide;
  MdgStepKind step;
};

G_DEFINE_FINAL_TYPE (MdgPostBox, mdg_post_box, GTK_TYPE_WIDGET)

static void
show (MdgPostBox *self)
{
  MdgStepView view = mdg_guide_get_step (self->guide, self->step);

  gtk_widget_set_visible (self->posted, view.state == MDG_STEP_OPEN);
  gtk_widget_set_sensitive (self->posted, view.allowed);
  gtk_widget_set_visible (self->answered, view.state == MDG_STEP_WAITING);
}

static void
set_state (MdgPostBox *self, MdgStepState state)
{
  MdgStepView view = mdg_guide_get_step (self->guide, self->step);
  g_autofree char *who = g_strdup (view.who);
  g_autofree char *note = g_strdup (view.note);
  g_autofree char *today = mdg_guide_format_day (mdg_guide_get_today (self->guide));

  mdg_guide_set_step_async (self->guide, self->step, state, today, who != NULL ? who : "",
                            note != NULL ? note : "", mdg_save_note_on_done_cb,
                            mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

static void
on_posted_cb (MdgPostBox *self)
{
  set_state (self, MDG_STEP_WAITING);
}

static void
on_answered_cb (MdgPostBox *self)
{
  set_state (self, MDG_STEP_DONE);
}

static void
on_label_wanted_cb (MdgPostBox *self, int use)
{
  g_auto (GStrv) values = mdg_guide_get_grant (self->guide);
  g_autoptr (MdgPaper) paper =
      mdg_guide_paper_label (self->step, values[MDG_GRANT_POSTAL_CODE], values[MDG_GRANT_ADDRESS],
                             values[MDG_GRANT_NAME], mdg_guide_get_practice (self->guide));

  mdg_paper_buttons_give (MDG_PAPER_BUTTONS (self->label), (MdgPaperUse) use, paper);
}

static void
add_label (MdgPostBox *self, const char *text, const char *css_class)
{
  GtkWidget *label = mdg_phrase_label_new (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), css_class == NULL);
  gtk_box_append (GTK_BOX (self->box), label);
}

static GtkWidget *
add_button (MdgPostBox *self, GtkWidget *row, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void
fill (MdgPostBox *self, MdgNavigator *navigator)
{
  const MdgGuideAddress *address = mdg_guide_map_get_address (self->step);
  GtkLayoutManager *wrap = g_object_new (MDG_TYPE_WRAP, "spacing", 6, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "layout-manager", wrap, NULL);
  g_autofree char *words = NULL;

  if (address != NULL)
    {
      words = g_strdup_printf ("〒%s\n%s\n%s", address->postal_code, address->address,
                               address->addressee);
      add_label (self, _ ("Where it is posted to"), "heading");
      add_label (self, words, NULL);
    }
  add_label (self, _ ("Label for the envelope"), "heading");
  self->label = mdg_paper_buttons_new (navigator, _ ("Label for the envelope"), _ ("label.pdf"));
  g_signal_connect_object (self->label, "wanted", G_CALLBACK (on_label_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->label);
  self->posted = add_button (self, row, _ ("Posted today"), G_CALLBACK (on_posted_cb));
  self->answered = add_button (self, row, _ ("An answer came"), G_CALLBACK (on_answered_cb));
  gtk_box_append (GTK_BOX (self->box), row);
  self->save = mdg_save_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->save);
}

static void
mdg_post_box_dispose (GObject *object)
{
  MdgPostBox *self = MDG_POST_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_post_box_parent_class)->dispose (object);
}

static void
mdg_post_box_class_init (MdgPostBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_post_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_post_box_init (MdgPostBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_post_box_new:
 * @step: %MDG_STEP_APPLY or %MDG_STEP_GRANT
 * @guide: the facility's preparation
 * @navigator: where the label is looked at
 *
 * Thread: main.
 * Errors: none; told in the box.
 *
 * Returns: (transfer floating): the box
 */
GtkWidget *
mdg_post_box_new (MdgStepKind step, MdgGuide *guide, MdgNavigator *navigator)
{
  MdgPostBox *self = g_object_new (MDG_TYPE_POST_BOX, NULL);

  self->guide = g_object_ref (guide);
  self->step = step;
  fill (self, navigator);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
