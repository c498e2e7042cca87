/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows are made anew at each change of the journey: it is the journey that is shown, never what
 * was hoped for. */
#include "config.h"

#include "mdg-entries-box.h"

#include "mdg-field.h"
#include "mdg-form-field.h"
#include "mdg-save-note.h"
#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _MdgEntriesBox
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *save;
  MdgField *text;
  GtkWidget *add;

  /* owned */
  MdgGuide *guide;
  char *name;
  gboolean record;
};

G_DEFINE_FINAL_TYPE (MdgEntriesBox, mdg_entries_box, GTK_TYPE_WIDGET)

static const char *
get_day (MdgEntriesBox *self, char **owned)
{
  return *owned = mdg_guide_format_day (mdg_guide_get_today (self->guide));
}

static void
save_entry (MdgEntriesBox *self, const MdgJourneyEntry *entry)
{
  mdg_guide_save_entry_async (self->guide, entry, mdg_save_note_on_done_cb,
                              mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

/* ---- a row ---- */

static MdgEntriesBox *
find_box (GtkWidget *row)
{
  return MDG_ENTRIES_BOX (gtk_widget_get_ancestor (row, MDG_TYPE_ENTRIES_BOX));
}

static MdgJourneyEntry *
get_entry (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "entry");
}

static void
on_ticked_cb (GtkCheckButton *check, GtkWidget *row)
{
  MdgEntriesBox *self = find_box (row);
  g_autofree char *day = NULL;
  MdgJourneyEntry changed = *get_entry (row);

  changed.done = gtk_check_button_get_active (check);
  changed.date = changed.done ? (char *) get_day (self, &day) : (char *) "";
  save_entry (self, &changed);
}

static void
on_delete_cb (GtkWidget *row)
{
  MdgEntriesBox *self = find_box (row);

  mdg_guide_delete_entry_async (self->guide, get_entry (row)->id, mdg_save_note_on_done_cb,
                                mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

static void
on_up_cb (GtkWidget *row)
{
  MdgEntriesBox *self = find_box (row);
  guint position = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "position"));

  if (position > 0)
    mdg_guide_move_entry_async (self->guide, get_entry (row)->id, position - 1,
                                mdg_save_note_on_done_cb,
                                mdg_save_note_begin (MDG_SAVE_NOTE (self->save)));
}

static GtkWidget *
make_button (GtkWidget *row, const char *icon, const char *name, const char *about, GCallback cb)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  /* Translators: %s is what a button does, then the line of a list that it does it to */
  g_autofree char *label = g_strdup_printf (_ ("%s: %s"), name, about);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", cb, row, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_words (const MdgJourneyEntry *entry)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = mdg_phrase_label_new (entry->text, NULL);
  g_autofree char *day = mdg_form_describe_day (entry->date);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_box_append (GTK_BOX (words), text);
  if (*day != '\0')
    {
      GtkWidget *date = mdg_phrase_label_new (day, "mdg-dim");

      gtk_label_set_xalign (GTK_LABEL (date), 0);
      gtk_box_append (GTK_BOX (words), date);
    }
  return words;
}

/* under the words where there is no room beside them */
static GtkWidget *
make_buttons (MdgEntriesBox *self, GtkWidget *row, const MdgJourneyEntry *entry, guint position)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  if (!self->record && position > 0)
    gtk_box_append (GTK_BOX (buttons), make_button (row, "go-up-symbolic", _ ("Move up"),
                                                    entry->text, G_CALLBACK (on_up_cb)));
  gtk_box_append (GTK_BOX (buttons), make_button (row, "user-trash-symbolic", _ ("Delete"),
                                                  entry->text, G_CALLBACK (on_delete_cb)));
  return buttons;
}

static GtkWidget *
make_row (MdgEntriesBox *self, const MdgJourneyEntry *entry, guint position)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_HORIZONTAL, "spacing",
                                 6, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *beside = mdg_turn_box_new (6);

  gtk_widget_add_css_class (row, "mdg-fact");
  g_object_set_data_full (G_OBJECT (row), "entry", mdg_journey_entry_copy (entry),
                          (GDestroyNotify) mdg_journey_entry_free);
  g_object_set_data (G_OBJECT (row), "position", GUINT_TO_POINTER (position));
  if (!self->record)
    {
      GtkWidget *check = gtk_check_button_new ();

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), entry->done);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      entry->text, -1);
      g_signal_connect_object (check, "toggled", G_CALLBACK (on_ticked_cb), row, 0);
      gtk_box_append (GTK_BOX (row), check);
    }
  g_object_set (beside, "justify", TRUE, "hexpand", TRUE, NULL);
  gtk_widget_set_parent (make_words (entry), beside);
  gtk_widget_set_parent (make_buttons (self, row, entry, position), beside);
  gtk_box_append (GTK_BOX (row), beside);
  return row;
}

/* ---- the list ---- */

/* the line that somebody is at; 0 none */
static gint64
find_focused (MdgEntriesBox *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_focus_child (self->list) == row)
      return get_entry (row)->id;
  return 0;
}

static void
show (MdgEntriesBox *self)
{
  g_autoptr (GPtrArray) entries = mdg_guide_get_entries (self->guide, self->name);
  gint64 focused = find_focused (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; i < entries->len; i++)
    {
      const MdgJourneyEntry *entry = g_ptr_array_index (entries, i);

      child = make_row (self, entry, i);
      gtk_box_append (GTK_BOX (self->list), child);
      if (entry->id == focused)
        gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
    }
  gtk_widget_set_visible (self->list, entries->len > 0);
}

static gboolean
check_text (MdgEntriesBox *self, MdgFieldCheck *check)
{
  return mdg_form_read_text (mdg_field_get_text (self->text), MDG_FORM_ADDRESS_MAX, check);
}

static void
on_text_cb (MdgEntriesBox *self)
{
  MdgFieldCheck check = { 0 };
  gboolean good = check_text (self, &check);

  mdg_field_set_check (self->text, check.state == MDG_FIELD_EMPTY ? NULL : &check);
  mdg_field_check_clear (&check);
  gtk_widget_set_sensitive (self->add, good);
}

static void
on_add_cb (MdgEntriesBox *self)
{
  g_autofree char *day = NULL;
  MdgFieldCheck check = { 0 };
  MdgJourneyEntry entry = { 0, self->name, NULL, self->record, (char *) "", (char *) "" };

  if (check_text (self, &check))
    {
      entry.text = check.normal;
      if (self->record)
        entry.date = (char *) get_day (self, &day);
      save_entry (self, &entry);
      mdg_field_set_text (self->text, "");
      on_text_cb (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
    }
  mdg_field_check_clear (&check);
}

static void
mdg_entries_box_dispose (GObject *object)
{
  MdgEntriesBox *self = MDG_ENTRIES_BOX (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_entries_box_parent_class)->dispose (object);
}

static void
mdg_entries_box_finalize (GObject *object)
{
  g_free (MDG_ENTRIES_BOX (object)->name);
  G_OBJECT_CLASS (mdg_entries_box_parent_class)->finalize (object);
}

static void
mdg_entries_box_class_init (MdgEntriesBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_entries_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_entries_box_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_entries_box_init (MdgEntriesBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_widget_add_css_class (self->list, "mdg-card");
  gtk_box_append (GTK_BOX (self->box), self->list);
}

/**
 * mdg_entries_box_new:
 * @guide: the facility's preparation
 * @list: which of its lists
 * @add: what the field for a new line is called, translated
 * @record: whether a line is a record of a day
 *
 * Thread: main.
 * Errors: none; told in the box.
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
mdg_entries_box_new (MdgGuide *guide, const char *list, const char *add, gboolean record)
{
  MdgEntriesBox *self = g_object_new (MDG_TYPE_ENTRIES_BOX, NULL);

  self->guide = g_object_ref (guide);
  self->name = g_strdup (list);
  self->record = record;
  self->text = MDG_FIELD (mdg_field_new (MDG_FIELD_TEXT, add, ""));
  g_signal_connect_object (self->text, "changed", G_CALLBACK (on_text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mdg_field_get_entry (self->text), "activate", G_CALLBACK (on_add_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  self->add = gtk_button_new_with_label (_ ("Add"));
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  gtk_widget_set_sensitive (self->add, FALSE);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->add);
  self->save = mdg_save_note_new ();
  gtk_box_append (GTK_BOX (self->box), self->save);
  g_signal_connect_object (guide, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
