/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of known readers: what each can do, with source and date, and words to look for. */
#include "config.h"

#include "mdg-known-readers-box.h"

#include "mdg-chip.h"
#include "mdg-known-readers.h"
#include "mdg-language.h"
#include "mdg-oqs-check.h"
#include "mdg-widgets.h"
#include "mdg-wrap.h"

#include <glib/gi18n.h>

#define SHOWN_MAX 12

struct _MdgKnownReadersBox
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *count;
  GtkWidget *list;
  guint n_found;
};

G_DEFINE_FINAL_TYPE (MdgKnownReadersBox, mdg_known_readers_box, GTK_TYPE_WIDGET)

static const struct
{
  MdgChipKind kind;
  const char *extended;
  const char *contactless;
} fits[] = {
  [MDG_FIT_YES] = { MDG_CHIP_GOOD, N_ ("Extended APDU: yes"), N_ ("Contactless: yes") },
  [MDG_FIT_NO] = { MDG_CHIP_BAD, N_ ("Extended APDU: no"), N_ ("Contactless: no") },
  [MDG_FIT_UNKNOWN] = { MDG_CHIP_NEUTRAL, N_ ("Extended APDU: to be tested"),
                        N_ ("Contactless: to be tested") },
};

static const struct
{
  const char *id;
  const char *words;
} connections[] = {
  { "usb", N_ ("USB") },
  { "bluetooth", N_ ("Bluetooth") },
  { "usb+bluetooth", N_ ("USB and Bluetooth") },
};

static const char *
describe_connection (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    if (g_strcmp0 (connections[i].id, id) == 0)
      return _ (connections[i].words);
  return id;
}

static void
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label;

  if (text == NULL || *text == '\0')
    return;
  label = mdg_phrase_label_new (text, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_row (const MdgKnownReader *reader)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkLayoutManager *wrap = g_object_new (MDG_TYPE_WRAP, "spacing", 6, NULL);
  GtkWidget *chips = g_object_new (GTK_TYPE_BOX, "layout-manager", wrap, NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", reader->vendor, reader->model);
  g_autofree char *checked = mdg_oqs_date_describe (reader->checked, mdg_desk_language ());
  /* Translators: where a fact stands, and the day on which that was looked at */
  g_autofree char *source = g_strdup_printf (_ ("Source: %s (%s)"), reader->source, checked);
  g_autofree char *told =
      g_strdup_printf ("%s  %s  %s", name, _ (fits[reader->extended_apdu].extended),
                       _ (fits[reader->contactless].contactless));

  add_label (box, name, "heading");
  gtk_box_append (GTK_BOX (chips), mdg_chip_new (fits[reader->extended_apdu].kind,
                                                 _ (fits[reader->extended_apdu].extended)));
  gtk_box_append (GTK_BOX (chips), mdg_chip_new (fits[reader->contactless].kind,
                                                 _ (fits[reader->contactless].contactless)));
  gtk_box_append (GTK_BOX (chips),
                  mdg_chip_new (MDG_CHIP_NEUTRAL, describe_connection (reader->connection)));
  gtk_box_append (GTK_BOX (box), chips);
  add_label (box, reader->note, NULL);
  add_label (box, source, "mdg-dim");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, told, -1);
  return row;
}

static void
show_count (MdgKnownReadersBox *self)
{
  g_autofree char *words = NULL;

  if (self->n_found == 0)
    words = g_strdup (_ ("None is known under these words. The reader test tells whether a reader "
                         "can be used."));
  else if (self->n_found > SHOWN_MAX)
    /* Translators: how many readers are known, how many of them are shown */
    words = g_strdup_printf (_ ("%u readers, of which the first %u are shown. Type more words to "
                                "find one."),
                             self->n_found, (guint) SHOWN_MAX);
  else
    words = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u reader", "%u readers", self->n_found), self->n_found);
  mdg_phrase_label_set_text (GTK_LABEL (self->count), words);
}

static void
search (MdgKnownReadersBox *self)
{
  g_autoptr (GPtrArray) found =
      mdg_known_readers_search (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  self->n_found = found->len;
  for (guint i = 0; i < found->len && i < SHOWN_MAX; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (g_ptr_array_index (found, i)));
  gtk_widget_set_visible (self->list, found->len > 0);
  show_count (self);
}

static void
on_search_cb (MdgKnownReadersBox *self)
{
  search (self);
}

static void
mdg_known_readers_box_dispose (GObject *object)
{
  g_clear_pointer (&MDG_KNOWN_READERS_BOX (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_known_readers_box_parent_class)->dispose (object);
}

static void
mdg_known_readers_box_class_init (MdgKnownReadersBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_known_readers_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_known_readers_box_init (MdgKnownReadersBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_label (self->box, _ ("Known readers"), "heading");
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Maker or model"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Look for a reader"), -1);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (on_search_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  self->count =
      g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0f,
                    "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (self->box), self->count);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Known readers"), -1);
  gtk_box_append (GTK_BOX (self->box), self->list);
  search (self);
}

/**
 * mdg_known_readers_box_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the table
 */
GtkWidget *
mdg_known_readers_box_new (void)
{
  return g_object_new (MDG_TYPE_KNOWN_READERS_BOX, NULL);
}

/**
 * mdg_known_readers_box_get_n_found:
 * @self: the table
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many readers have the words that were typed
 */
guint
mdg_known_readers_box_get_n_found (MdgKnownReadersBox *self)
{
  return self->n_found;
}
