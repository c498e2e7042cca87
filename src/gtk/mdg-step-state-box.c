/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* State, day, who and note of a step, which staff set. Each change is written by itself. */
#include "config.h"

#include "mdg-step-state-box.h"

#include "mdg-field.h"
#include "mdg-oqs-check.h"
#include "mdg-save-note.h"
#include "mdg-step-words.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_STATES (MDG_STEP_SKIPPED + 1)

struct _MdgStepStateBox
{
  GtkWidget parent_instance;

  /* owned */
  MdgGuide *guide;
  MdgStepKind kind;

  /* children */
  GtkWidget *box;
  GtkWidget *choices[N_STATES];
  GtkWidget *day;
  GtkWidget *who;
  GtkWidget *note;
  GtkWidget *save;

  gboolean showing;
};

G_DEFINE_FINAL_TYPE (MdgStepStateBox, mdg_step_state_box, GTK_TYPE_WIDGET)

/* in the order in which they are offered */
static const MdgStepState order[] = { MDG_STEP_OPEN, MDG_STEP_WAITING, MDG_STEP_DONE,
                                      MDG_STEP_SKIPPED };

static MdgStepState
get_chosen (MdgStepStateBox *self)
{
  for (gsize i = 0; i < N_STATES; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->choices[i])))
      return (MdgStepState) i;
  return MDG_STEP_OPEN;
}

/* "" is a day that nobody gave; NULL is none */
static char *
read_day (MdgStepStateBox *self)
{
  const char *text = mdg_field_get_text (MDG_FIELD (self->day));
  char *day = NULL;
  MdgOqsReason reason = MDG_OQS_REASON_NONE;
  MdgFieldCheck check = { MDG_FIELD_BAD, NULL, NULL };

  if (*text == '\0')
    {
      mdg_field_set_check (MDG_FIELD (self->day), NULL);
      return g_strdup ("");
    }
  if (mdg_oqs_check_date (text, &day, &reason) != MDG_OQS_CHECK_BAD)
    {
      mdg_field_set_check (MDG_FIELD (self->day), NULL);
      return day;
    }
  check.words = _ ("Please give a day, like 2026-11-23.");
  mdg_field_set_check (MDG_FIELD (self->day), &check);
  return NULL;
}

static void
on_save_cb (MdgStepStateBox *self)
{
  g_autofree char *day = read_day (self);

  if (day != NULL)
    mdg_guide_set_step_async (self->guide, self->kind, get_chosen (self), day,
                              mdg_field_get_text (MDG_FIELD (self->who)),
                              mdg_field_get_text (MDG_FIELD (self->note)), mdg_save_note_on_done_cb,
                              mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

static void
on_changed_cb (MdgStepStateBox *self)
{
  g_autofree char *day = NULL;

  if (self->showing)
    return;
  day = read_day (self);
  mdg_save_note_touch (MDG_SAVE_NOTE (self->save), day != NULL);
}

static char *
make_today (MdgStepStateBox *self)
{
  const GDate *today = mdg_guide_get_today (self->guide);

  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (today), (int) g_date_get_month (today),
                          g_date_get_day (today));
}

/* A state that somebody chooses came about today, unless another day is given. */
static void
on_chosen_cb (GtkCheckButton *choice, GParamSpec *pspec, MdgStepStateBox *self)
{
  g_autofree char *today = NULL;

  if (self->showing || !gtk_check_button_get_active (choice))
    return;
  today = make_today (self);
  mdg_field_set_text (MDG_FIELD (self->day), get_chosen (self) == MDG_STEP_OPEN ? "" : today);
  on_changed_cb (self);
  mdg_save_note_flush (MDG_SAVE_NOTE (self->save));
}

static char *
write_day (const char *day)
{
  if (day == NULL || strlen (day) != 8)
    return g_strdup ("");
  return g_strdup_printf ("%.4s-%.2s-%.2s", day, day + 4, day + 6);
}

/* What somebody is typing here is not taken away. */
static void
show (MdgStepStateBox *self)
{
  MdgStepView view = mdg_guide_get_step (self->guide, self->kind);
  g_autofree char *day = write_day (view.date);

  if (!mdg_save_note_is_saved (MDG_SAVE_NOTE (self->save)))
    return;
  self->showing = TRUE;
  if (view.state < N_STATES)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choices[view.state]), TRUE);
  mdg_field_set_text (MDG_FIELD (self->day), day);
  mdg_field_set_text (MDG_FIELD (self->who), view.who != NULL ? view.who : "");
  mdg_field_set_text (MDG_FIELD (self->note), view.note != NULL ? view.note : "");
  self->showing = FALSE;
}

static GtkWidget *
make_choice (MdgStepStateBox *self, MdgStepState state)
{
  GtkWidget *choice =
      g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *label = mdg_phrase_label_new (mdg_step_words_get_state (state), NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  mdg_step_words_get_state (state), -1);
  g_signal_connect_object (choice, "notify::active", G_CALLBACK (on_chosen_cb), self, 0);
  return choice;
}

static void
fill (MdgStepStateBox *self)
{
  gboolean waits = *mdg_guide_map_get (self->kind)->waiting != '\0';
  GtkWidget *heading = mdg_phrase_label_new (_ ("How this step stands"), "heading");

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (GTK_BOX (self->box), heading);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *choice = make_choice (self, order[i]);

      self->choices[order[i]] = choice;
      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (choice),
                                    GTK_CHECK_BUTTON (self->choices[order[0]]));
      gtk_widget_set_visible (choice, order[i] != MDG_STEP_WAITING || waits);
      gtk_box_append (GTK_BOX (self->box), choice);
    }
  self->day = mdg_field_new (MDG_FIELD_DATE, _ ("Day"), "");
  self->who = mdg_field_new (MDG_FIELD_TEXT, _ ("By whom"), "");
  self->note = mdg_field_new (MDG_FIELD_LONG, _ ("Note"), "");
  g_signal_connect_object (self->day, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->who, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->day);
  gtk_box_append (GTK_BOX (self->box), self->who);
  gtk_box_append (GTK_BOX (self->box), self->note);
  self->save = mdg_save_note_new ();
  g_signal_connect_object (self->save, "save", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->save);
}

static void
mdg_step_state_box_dispose (GObject *object)
{
  MdgStepStateBox *self = MDG_STEP_STATE_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_step_state_box_parent_class)->dispose (object);
}

static void
mdg_step_state_box_class_init (MdgStepStateBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_step_state_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_step_state_box_init (MdgStepStateBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "mdg-sheet");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_step_state_box_new:
 * @kind: a step
 * @guide: the facility's preparation
 *
 * Thread: main.
 * Errors: none; told in the box.
 *
 * Returns: (transfer floating): its state, to be changed
 */
GtkWidget *
mdg_step_state_box_new (MdgStepKind kind, MdgGuide *guide)
{
  MdgStepStateBox *self = g_object_new (MDG_TYPE_STEP_STATE_BOX, NULL);

  self->guide = g_object_ref (guide);
  self->kind = kind;
  fill (self);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
