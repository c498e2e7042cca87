/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ties the row's drop-down to an object's property, both ways. A number that is none of the usual
 * ones (somebody wrote it into the store) is offered as one more, so that looking at the page does
 * not change it. */
#include "config.h"

#include "mdg-choice.h"

#include <glib/gi18n-lib.h>

#define KEY "mdg-choice"

typedef struct
{
  AdwComboRow *row; /* unowned: it owns this */
  GObject *object;
  char *property;
  GArray *values; /* (nullable) of guint, in the model's order */
  MdgChoiceDescribe describe;
  const MdgChoiceWord *words; /* (nullable) */
  gsize n_words;
  gulong property_id;
  gulong selected_id;
  gboolean updating;
} Choice;

static void
free_choice (gpointer data)
{
  Choice *self = data;

  g_clear_signal_handler (&self->property_id, self->object);
  g_clear_signal_handler (&self->selected_id, self->row);
  g_clear_pointer (&self->values, g_array_unref);
  g_object_unref (self->object);
  g_free (self->property);
  g_free (self);
}

static guint
find_number (Choice *self)
{
  GtkStringList *model = GTK_STRING_LIST (adw_combo_row_get_model (self->row));
  g_autofree char *label = NULL;
  guint value = 0;

  g_object_get (self->object, self->property, &value, NULL);
  for (guint i = 0; i < self->values->len; i++)
    if (g_array_index (self->values, guint, i) == value)
      return i;
  g_array_append_val (self->values, value);
  label = self->describe (value);
  gtk_string_list_append (model, label);
  return self->values->len - 1;
}

static guint
find_word (Choice *self)
{
  g_autofree char *value = NULL;

  g_object_get (self->object, self->property, &value, NULL);
  for (guint i = 0; i < self->n_words; i++)
    if (g_strcmp0 (self->words[i].key, value) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
show_value (Choice *self)
{
  self->updating = TRUE;
  adw_combo_row_set_selected (self->row,
                              self->words != NULL ? find_word (self) : find_number (self));
  self->updating = FALSE;
}

static void
on_property_cb (Choice *self)
{
  show_value (self);
}

static void
on_selected_cb (Choice *self)
{
  guint selected = adw_combo_row_get_selected (self->row);

  if (self->updating)
    return;
  if (self->words != NULL && selected < self->n_words)
    g_object_set (self->object, self->property, self->words[selected].key, NULL);
  else if (self->values != NULL && selected < self->values->len)
    g_object_set (self->object, self->property, g_array_index (self->values, guint, selected),
                  NULL);
}

/* libadwaita's own label for the value that is set cuts it short where the row is narrow. */
static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *value = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (value));
}

static void
show_check (AdwComboRow *row, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  if (box != NULL)
    gtk_widget_set_opacity (
        gtk_widget_get_last_child (box),
        adw_combo_row_get_selected_item (row) == gtk_list_item_get_item (item) ? 1 : 0);
}

static void
on_row_selected_cb (GtkListItem *item, GParamSpec *pspec, AdwComboRow *row)
{
  show_check (row, item);
}

static void
on_list_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

static void
on_list_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkStringObject *value = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)),
                      gtk_string_object_get_string (value));
  g_signal_connect_object (row, "notify::selected-item", G_CALLBACK (on_row_selected_cb), item,
                           G_CONNECT_SWAPPED);
  show_check (row, item);
}

static void
on_list_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  g_signal_handlers_disconnect_by_data (row, item);
}

static void
set_factories (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) list_factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (list_factory, "setup", G_CALLBACK (on_list_setup_cb), NULL);
  g_signal_connect_object (list_factory, "bind", G_CALLBACK (on_list_bind_cb), row, 0);
  g_signal_connect_object (list_factory, "unbind", G_CALLBACK (on_list_unbind_cb), row, 0);
  adw_combo_row_set_factory (row, factory);
  adw_combo_row_set_list_factory (row, list_factory);
}

static Choice *
start_choice (AdwComboRow *row, GObject *object, const char *property)
{
  Choice *self;

  mdg_choice_unbind (row);
  if (adw_combo_row_get_list_factory (row) == NULL)
    set_factories (row);
  self = g_new0 (Choice, 1);
  self->row = row;
  self->object = g_object_ref (object);
  self->property = g_strdup (property);
  return self;
}

static void
connect_choice (Choice *self, GtkStringList *model)
{
  g_autofree char *detailed = g_strdup_printf ("notify::%s", self->property);

  adw_combo_row_set_model (self->row, G_LIST_MODEL (model));
  show_value (self);
  self->property_id =
      g_signal_connect_swapped (self->object, detailed, G_CALLBACK (on_property_cb), self);
  self->selected_id =
      g_signal_connect_swapped (self->row, "notify::selected", G_CALLBACK (on_selected_cb), self);
  g_object_set_data_full (G_OBJECT (self->row), KEY, self, free_choice);
}

/**
 * mdg_choice_bind_number:
 * @row: a row
 * @object: what has the property
 * @property: the name of a property of type guint
 * @values: (array length=n_values): what is offered, in this order
 * @n_values: how many
 * @describe: puts a value into words
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_choice_bind_number (AdwComboRow *row,
                        GObject *object,
                        const char *property,
                        const guint *values,
                        gsize n_values,
                        MdgChoiceDescribe describe)
{
  Choice *self = start_choice (row, object, property);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  self->describe = describe;
  self->values = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (self->values, values, (guint) n_values);
  for (gsize i = 0; i < n_values; i++)
    gtk_string_list_take (model, describe (values[i]));
  connect_choice (self, model);
}

/**
 * mdg_choice_bind_word:
 * @row: a row
 * @object: what has the property
 * @property: the name of a property of type string
 * @words: (array length=n_words): what is offered, in this order; static
 * @n_words: how many
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_choice_bind_word (AdwComboRow *row,
                      GObject *object,
                      const char *property,
                      const MdgChoiceWord *words,
                      gsize n_words)
{
  Choice *self = start_choice (row, object, property);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  self->words = words;
  self->n_words = n_words;
  for (gsize i = 0; i < n_words; i++)
    gtk_string_list_append (model, _ (words[i].label));
  connect_choice (self, model);
}

/**
 * mdg_choice_unbind:
 * @row: a row
 *
 * Ends what was bound to it, if anything.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_choice_unbind (AdwComboRow *row)
{
  g_object_set_data (G_OBJECT (row), KEY, NULL);
}
