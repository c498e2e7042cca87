/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The fields of the grant's application form. What the usage application has said stands there
 * already; what a person types is checked at once and kept when it can be. */
#include "config.h"

#include "mdg-grant-parts.h"

#include "mdg-field.h"
#include "mdg-save-note.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgGrantFieldsBox
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *fields[MDG_GRANT_N_FIELDS];
  GtkWidget *save;

  /* owned */
  MdgGuide *guide;
  gboolean typed[MDG_GRANT_N_FIELDS]; /* since it was written last */
};

G_DEFINE_FINAL_TYPE (MdgGrantFieldsBox, mdg_grant_fields_box, GTK_TYPE_WIDGET)

/* by MdgGrantField */
static const MdgFieldKind kinds[MDG_GRANT_N_FIELDS] = {
  [MDG_GRANT_CODE] = MDG_FIELD_DIGITS,    [MDG_GRANT_NAME] = MDG_FIELD_TEXT,
  [MDG_GRANT_FOUNDER] = MDG_FIELD_TEXT,   [MDG_GRANT_POSTAL_CODE] = MDG_FIELD_DIGITS,
  [MDG_GRANT_ADDRESS] = MDG_FIELD_TEXT,   [MDG_GRANT_PHONE] = MDG_FIELD_DIGITS,
  [MDG_GRANT_TOTAL] = MDG_FIELD_DIGITS,   [MDG_GRANT_DATE] = MDG_FIELD_DATE,
  [MDG_GRANT_COMPLETED] = MDG_FIELD_DATE,
};

static void
read_values (MdgGrantFieldsBox *self, const char **values)
{
  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    values[i] = mdg_field_get_text (MDG_FIELD (self->fields[i]));
}

static MdgFieldState
check_field (MdgGrantFieldsBox *self, MdgGrantField field)
{
  const char *values[MDG_GRANT_N_FIELDS];
  MdgFieldCheck found = { 0 };
  MdgFieldState state;

  read_values (self, values);
  mdg_grant_check_field (values, field, mdg_guide_get_fundable_total (self->guide),
                         mdg_guide_get_today (self->guide), &found);
  mdg_field_set_check (MDG_FIELD (self->fields[field]), &found);
  state = found.state;
  mdg_field_check_clear (&found);
  return state;
}

/* One field may be about another: all are looked at. */
static gboolean
check_all (MdgGrantFieldsBox *self)
{
  gboolean good = TRUE;

  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    good = check_field (self, (MdgGrantField) i) != MDG_FIELD_BAD && good;
  return good;
}

static void
on_changed_cb (MdgField *field, MdgGrantFieldsBox *self)
{
  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    if (self->fields[i] == GTK_WIDGET (field))
      self->typed[i] = TRUE;
  mdg_save_note_touch (MDG_SAVE_NOTE (self->save), check_all (self));
}

/* Only what a person typed is kept: the rest follows the usage application and the day. */
static void
on_save_cb (MdgGrantFieldsBox *self)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();

  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    {
      if (!self->typed[i])
        continue;
      g_ptr_array_add (fields, (gpointer) mdg_grant_field_id ((MdgGrantField) i));
      g_ptr_array_add (fields, (gpointer) mdg_field_get_text (MDG_FIELD (self->fields[i])));
      self->typed[i] = FALSE;
    }
  g_ptr_array_add (fields, NULL);
  mdg_guide_set_values_async (self->guide, MDG_GRANT_FORM, (const char *const *) fields->pdata,
                              mdg_save_note_on_done_cb,
                              mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

/* What somebody is typing here is not taken away. */
static void
show (MdgGrantFieldsBox *self)
{
  g_auto (GStrv) values = NULL;

  if (!mdg_save_note_is_saved (MDG_SAVE_NOTE (self->save)))
    return;
  values = mdg_guide_get_grant (self->guide);
  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    if (!self->typed[i])
      mdg_field_set_text (MDG_FIELD (self->fields[i]), values[i]);
  check_all (self);
}

static void
mdg_grant_fields_box_dispose (GObject *object)
{
  MdgGrantFieldsBox *self = MDG_GRANT_FIELDS_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_grant_fields_box_parent_class)->dispose (object);
}

static void
mdg_grant_fields_box_class_init (MdgGrantFieldsBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_grant_fields_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_grant_fields_box_init (MdgGrantFieldsBox *self)
{
  GtkWidget *heading = mdg_phrase_label_new (_ ("Application form for the grant"), "heading");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_box_append (GTK_BOX (self->box), heading);
  for (guint i = 0; i < MDG_GRANT_N_FIELDS; i++)
    {
      self->fields[i] = mdg_field_new (kinds[i], mdg_grant_field_label ((MdgGrantField) i), "");
      g_signal_connect_object (self->fields[i], "changed", G_CALLBACK (on_changed_cb), self, 0);
      gtk_box_append (GTK_BOX (self->box), self->fields[i]);
    }
  self->save = mdg_save_note_new ();
  g_signal_connect_object (self->save, "save", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->save);
}

/**
 * mdg_grant_fields_box_new:
 * @guide: the facility's preparation
 *
 * Thread: main.
 * Errors: none; told in the box.
 *
 * Returns: (transfer floating): the fields
 */
GtkWidget *
mdg_grant_fields_box_new (MdgGuide *guide)
{
  MdgGrantFieldsBox *self = g_object_new (MDG_TYPE_GRANT_FIELDS_BOX, NULL);

  self->guide = g_object_ref (guide);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_grant_fields_box_get_field:
 * @self: the fields
 * @field: which one
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): where it is typed
 */
GtkWidget *
mdg_grant_fields_box_get_field (MdgGrantFieldsBox *self, MdgGrantField field)
{
  return self->fields[field];
}
