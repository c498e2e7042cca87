/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The step 利用申請: the fields of the usage application, checked and kept as they are typed, the
 * paper, and where it is posted to. The password is asked for the paper alone: it is in no journey
 * and not in the field any more when the page goes. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-application-form.h"
#include "mdg-field.h"
#include "mdg-guide-papers.h"
#include "mdg-paper-buttons.h"
#include "mdg-password-field.h"
#include "mdg-post-box.h"
#include "mdg-save-note.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define MDG_TYPE_APPLICATION_VIEW (mdg_application_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgApplicationView, mdg_application_view, MDG, APPLICATION_VIEW, GtkWidget)

struct _MdgApplicationView
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *checks[MDG_APPLICATION_N_FIELDS]; /* (nullable): what is ticked */
  MdgField *fields[MDG_APPLICATION_N_FIELDS];
  GtkPasswordEntry *password;
  MdgField *password_field;
  GtkWidget *save;
  GtkWidget *paper;

  /* owned */
  MdgGuide *guide;
  gboolean typed[MDG_APPLICATION_N_FIELDS]; /* since it was written last */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (MdgApplicationView, mdg_application_view, GTK_TYPE_WIDGET)

typedef enum
{
  LOOK_TICK,
  LOOK_TEXT,
  LOOK_DIGITS,
  LOOK_DATE
} Look;

/* by MdgApplicationField, in the form's own order */
static const Look looks[MDG_APPLICATION_N_FIELDS] = {
  [MDG_APPLICATION_REGISTER] = LOOK_TICK, [MDG_APPLICATION_BEGIN] = LOOK_TICK,
  [MDG_APPLICATION_END] = LOOK_TICK,      [MDG_APPLICATION_PERSON] = LOOK_TEXT,
  [MDG_APPLICATION_CODE] = LOOK_DIGITS,   [MDG_APPLICATION_NAME] = LOOK_TEXT,
  [MDG_APPLICATION_FOUNDER] = LOOK_TEXT,  [MDG_APPLICATION_PHONE] = LOOK_DIGITS,
  [MDG_APPLICATION_MAIL] = LOOK_TEXT,     [MDG_APPLICATION_ACCOUNT] = LOOK_DIGITS,
  [MDG_APPLICATION_STAFF] = LOOK_DIGITS,  [MDG_APPLICATION_DEVICES] = LOOK_DIGITS,
  [MDG_APPLICATION_END_DATE] = LOOK_DATE, [MDG_APPLICATION_WITHDRAW] = LOOK_TICK,
  [MDG_APPLICATION_CHANGE] = LOOK_TICK,   [MDG_APPLICATION_DATE] = LOOK_DATE,
};

static const char *
read_value (MdgApplicationView *self, guint i)
{
  if (looks[i] == LOOK_TICK)
    return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[i])) ? "1" : "";
  return mdg_field_get_text (self->fields[i]);
}

static void
read_values (MdgApplicationView *self, const char **values)
{
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    values[i] = read_value (self, i);
}

/* ---- checks ---- */

static gboolean
check_password (MdgApplicationView *self, GBytes **password)
{
  g_autoptr (GBytes) typed = mdg_password_field_copy (self->password);
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  MdgFieldCheck found = { 0 };
  gboolean good = mdg_application_check_password (typed != NULL ? typed : none, &found);

  mdg_field_set_check (self->password_field, &found);
  mdg_field_check_clear (&found);
  if (good)
    *password = g_steal_pointer (&typed);
  return good;
}

/* One field may be about another: all are looked at. */
static gboolean
check_all (MdgApplicationView *self)
{
  const char *values[MDG_APPLICATION_N_FIELDS];
  const GDate *today = mdg_guide_get_today (self->guide);
  gboolean good = TRUE;

  read_values (self, values);
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      MdgFieldCheck found = { 0 };

      mdg_application_check_field (values, (MdgApplicationField) i, today, &found);
      if (self->fields[i] != NULL)
        mdg_field_set_check (self->fields[i], &found);
      good = found.state != MDG_FIELD_BAD && good;
      mdg_field_check_clear (&found);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->password_field),
                          mdg_application_needs_password (values));
  mdg_paper_buttons_set_can (MDG_PAPER_BUTTONS (self->paper),
                             mdg_application_is_complete (values, today));
  return good;
}

static void
note_typed (MdgApplicationView *self, guint i)
{
  if (self->showing)
    return;
  self->typed[i] = TRUE;
  mdg_save_note_touch (MDG_SAVE_NOTE (self->save), check_all (self));
}

static void
on_changed_cb (MdgField *field, MdgApplicationView *self)
{
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    if (self->fields[i] == field)
      note_typed (self, i);
}

static void
on_toggled_cb (GtkCheckButton *check, MdgApplicationView *self)
{
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    if (self->checks[i] == GTK_WIDGET (check))
      note_typed (self, i);
}

static void
on_password_cb (MdgApplicationView *self)
{
  mdg_field_set_check (self->password_field, NULL);
}

/* Only what a person typed is kept: the rest follows what is known from elsewhere. */
static void
on_save_cb (MdgApplicationView *self)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      if (!self->typed[i])
        continue;
      g_ptr_array_add (fields, (gpointer) mdg_application_field_id ((MdgApplicationField) i));
      g_ptr_array_add (fields, (gpointer) read_value (self, i));
      self->typed[i] = FALSE;
    }
  g_ptr_array_add (fields, NULL);
  mdg_guide_set_values_async (self->guide, MDG_APPLICATION_FORM,
                              (const char *const *) fields->pdata, mdg_save_note_on_done_cb,
                              mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

/* What somebody is typing here is not taken away. */
static void
show (MdgApplicationView *self)
{
  g_auto (GStrv) values = NULL;

  if (!mdg_save_note_is_saved (MDG_SAVE_NOTE (self->save)))
    return;
  values = mdg_guide_get_application (self->guide);
  self->showing = TRUE;
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      if (self->typed[i])
        continue;
      if (looks[i] == LOOK_TICK)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]), *values[i] != '\0');
      else
        mdg_field_set_text (self->fields[i], values[i]);
    }
  self->showing = FALSE;
  check_all (self);
}

/* ---- the paper ---- */

static void
on_wanted_cb (MdgApplicationView *self, int use)
{
  const char *values[MDG_APPLICATION_N_FIELDS];
  g_autoptr (GBytes) password = NULL;
  g_autoptr (MdgPaper) paper = NULL;

  read_values (self, values);
  if (mdg_application_needs_password (values) && !check_password (self, &password))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->password_field));
      return;
    }
  paper = mdg_guide_paper_application (values, password, mdg_guide_get_today (self->guide),
                                       mdg_guide_get_practice (self->guide));
  mdg_paper_buttons_give (MDG_PAPER_BUTTONS (self->paper), (MdgPaperUse) use, paper);
}

/* ---- making ---- */

static void
add_tick (MdgApplicationView *self, guint i)
{
  GtkWidget *label =
      mdg_phrase_label_new (mdg_application_field_label ((MdgApplicationField) i), NULL);
  GtkWidget *check = gtk_check_button_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (label)), -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), check);
  self->checks[i] = check;
}

static void
add_field (MdgApplicationView *self, guint i)
{
  static const MdgFieldKind kinds[] = {
    [LOOK_TEXT] = MDG_FIELD_TEXT, [LOOK_DIGITS] = MDG_FIELD_DIGITS, [LOOK_DATE] = MDG_FIELD_DATE
  };
  GtkWidget *field =
      mdg_field_new (kinds[looks[i]], mdg_application_field_label ((MdgApplicationField) i),
                     mdg_application_field_note ((MdgApplicationField) i));

  g_signal_connect_object (field, "changed", G_CALLBACK (on_changed_cb), self, 0);
  gtk_box_append (GTK_BOX (self->box), field);
  self->fields[i] = MDG_FIELD (field);
}

/* It stands where the form has it: after the mail address. */
static void
add_password (MdgApplicationView *self)
{
  const char *label = _ ("Password (note 1)");

  self->password = GTK_PASSWORD_ENTRY (gtk_password_entry_new ());
  mdg_password_field_protect (self->password);
  gtk_widget_set_hexpand (GTK_WIDGET (self->password), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->password), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  self->password_field = MDG_FIELD (mdg_field_new_for_entry (
      GTK_WIDGET (self->password), label,
      _ ("8 to 100 letters and digits. It goes onto the paper and is not kept.")));
  g_signal_connect_object (self->password, "changed", G_CALLBACK (on_password_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->password_field));
}

static void
fill (MdgApplicationView *self, MdgNavigator *navigator)
{
  mdg_phrase_label_append (self->box, _ ("What is applied for"), "heading");
  for (guint i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    {
      if (looks[i] == LOOK_TICK)
        add_tick (self, i);
      else
        add_field (self, i);
      if (i == MDG_APPLICATION_MAIL)
        add_password (self);
    }
  self->save = mdg_save_note_new ();
  g_signal_connect_object (self->save, "save", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->save);
  gtk_widget_set_margin_top (
      mdg_phrase_label_append (self->box, _ ("The usage application"), "heading"), 12);
  self->paper =
      mdg_paper_buttons_new (navigator, _ ("The usage application"), _ ("application.pdf"));
  g_signal_connect_object (self->paper, "wanted", G_CALLBACK (on_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->paper);
  gtk_box_append (GTK_BOX (self->box), mdg_post_box_new (MDG_STEP_APPLY, self->guide, navigator));
}

static void
mdg_application_view_dispose (GObject *object)
{
  MdgApplicationView *self = MDG_APPLICATION_VIEW (object);

  if (self->password != NULL)
    mdg_password_field_clear (self->password);
  self->password = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_application_view_parent_class)->dispose (object);
}

static void
mdg_application_view_class_init (MdgApplicationViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_application_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_application_view_init (MdgApplicationView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_application_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): not needed
 * @navigator: where papers are looked at
 *
 * Thread: main.
 * Errors: none; told beside what they are about.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_application_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  MdgApplicationView *self = g_object_new (MDG_TYPE_APPLICATION_VIEW, NULL);

  self->guide = g_object_ref (guide);
  fill (self, navigator);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
