/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The virtual reader by hand: whose card lies on it, whether it is plugged in, and what the
 * practice service does wrong. */
#include "config.h"

#include "mdg-pages.h"
#include "mdg-widgets.h"

#include "mdg-practice-service.h"

#include <glib/gi18n.h>

struct _MdgPracticePanel
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *content;
  GtkEditable *search;
  GtkListBox *list;
  GtkWidget *insert;
  GtkWidget *remove;
  GtkButton *plug;
  GtkDropDown *fault;
  GtkLabel *words;

  /* owned */
  MdgSession *session;
  MdgReaderManager *readers; /* (nullable): from the session's opening on */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (MdgPracticePanel, mdg_practice_panel, GTK_TYPE_WIDGET)

/* In the order of the drop-down; the first takes the others back. */
static const char *const faults[] = { "clear", "status=503", "latency-ms=60000", "maintenance" };

static gboolean
is_plugged (MdgPracticePanel *self)
{
  return self->readers != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->readers)) > 0;
}

static void
update (MdgPracticePanel *self)
{
  gboolean plugged = is_plugged (self);

  gtk_widget_set_sensitive (self->insert, plugged && !self->busy);
  gtk_widget_set_sensitive (self->remove, plugged && !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->plug), self->readers != NULL && !self->busy);
  gtk_button_set_label (self->plug, plugged ? _ ("Unplug the reader") : _ ("Plug the reader in"));
}

static void
show_words (MdgPracticePanel *self, const GError *error)
{
  g_autoptr (MdgProblem) problem = error != NULL ? mdg_problem_new (error) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->words), problem != NULL);
  if (problem != NULL)
    mdg_phrase_label_set_text (self->words, mdg_problem_get_title (problem));
}

static void
on_done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgPracticePanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer =
      mdg_session_practice_command_finish (MDG_SESSION (object), result, &error);

  self->busy = FALSE;
  if (error != NULL)
    g_debug ("%s", error->message);
  show_words (self, answer == NULL ? error : NULL);
  update (self);
}

static void
command (MdgPracticePanel *self, const char *line)
{
  self->busy = TRUE;
  update (self);
  mdg_session_practice_command_async (self->session, line, NULL, on_done_cb, g_object_ref (self));
}

static void
close_popover (MdgPracticePanel *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
insert_row (MdgPracticePanel *self, GtkListBoxRow *row)
{
  const char *cn = row != NULL ? g_object_get_data (G_OBJECT (row), "cn") : NULL;
  g_autofree char *line = g_strconcat ("insert ", cn, NULL);

  if (cn == NULL || self->busy || !is_plugged (self))
    return;
  command (self, line);
  close_popover (self);
}

static void
on_row_activated_cb (GtkListBox *list, GtkListBoxRow *row, MdgPracticePanel *self)
{
  insert_row (self, row);
}

static void
on_insert_cb (GtkButton *button, MdgPracticePanel *self)
{
  insert_row (self, gtk_list_box_get_selected_row (self->list));
}

static void
on_remove_cb (GtkButton *button, MdgPracticePanel *self)
{
  command (self, "remove");
}

static void
on_plug_cb (GtkButton *button, MdgPracticePanel *self)
{
  command (self, is_plugged (self) ? "unplug" : "plug");
}

static void
on_fault_cb (GtkDropDown *fault, GParamSpec *pspec, MdgPracticePanel *self)
{
  guint selected = gtk_drop_down_get_selected (fault);
  g_autoptr (GError) error = NULL;

  if (self->session == NULL || selected >= G_N_ELEMENTS (faults))
    return;
  if (mdg_session_practice_fault (self->session, "clear", &error) && selected > 0)
    mdg_session_practice_fault (self->session, faults[selected], &error);
  show_words (self, error);
}

static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  MdgPracticePanel *self = data;
  const char *wanted = gtk_editable_get_text (self->search);
  const char *label = g_object_get_data (G_OBJECT (row), "label");
  g_autofree char *key = g_utf8_normalize (wanted, -1, G_NORMALIZE_ALL);
  g_autofree char *text = g_utf8_normalize (label, -1, G_NORMALIZE_ALL);
  g_autofree char *key_folded = g_utf8_casefold (key != NULL ? key : "", -1);
  g_autofree char *text_folded = g_utf8_casefold (text != NULL ? text : "", -1);

  return g_strstr_len (text_folded, -1, key_folded) != NULL;
}

static void
on_search_cb (GtkSearchEntry *search, MdgPracticePanel *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Escape: the entry would keep it to itself. */
static void
on_stop_search_cb (GtkSearchEntry *search, MdgPracticePanel *self)
{
  close_popover (self);
}

/* Enter puts the first card that was found on the reader. */
static void
on_search_activate_cb (GtkSearchEntry *search, MdgPracticePanel *self)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (row == NULL || filter_row (row, self))
        {
          insert_row (self, row);
          return;
        }
    }
}

static void
add_person (MdgPracticePanel *self, const char *cn)
{
  g_autofree char *label = mdg_practice_people_describe (cn);
  GtkWidget *text = mdg_phrase_label_new (label != NULL ? label : cn, NULL);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 36);
  gtk_widget_set_margin_start (text, 12);
  gtk_widget_set_margin_end (text, 12);
  gtk_widget_set_margin_top (text, 9);
  gtk_widget_set_margin_bottom (text, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (text)), -1);
  g_object_set_data_full (G_OBJECT (row), "cn", g_strdup (cn), g_free);
  g_object_set_data_full (G_OBJECT (row), "label", g_strdup (gtk_label_get_text (GTK_LABEL (text))),
                          g_free);
  gtk_list_box_append (self->list, row);
}

/* The list is made when somebody opens the panel: not before the first frame. */
static void
mdg_practice_panel_map (GtkWidget *widget)
{
  MdgPracticePanel *self = MDG_PRACTICE_PANEL (widget);

  if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    {
      g_auto (GStrv) people = mdg_practice_people_list ();

      for (guint i = 0; people[i] != NULL; i++)
        add_person (self, people[i]);
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
    }
  if (self->readers == NULL && mdg_session_get_readers (self->session) != NULL)
    {
      self->readers = g_object_ref (mdg_session_get_readers (self->session));
      g_signal_connect_object (self->readers, "items-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
  GTK_WIDGET_CLASS (mdg_practice_panel_parent_class)->map (widget);
}

static void
mdg_practice_panel_dispose (GObject *object)
{
  MdgPracticePanel *self = MDG_PRACTICE_PANEL (object);

  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  g_clear_object (&self->readers);
  g_clear_object (&self->session);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_practice_panel_parent_class)->dispose (object);
}

static void
mdg_practice_panel_class_init (MdgPracticePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_practice_panel_dispose;
  widget_class->map = mdg_practice_panel_map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-practice-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, content);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, search);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, list);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, insert);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, remove);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, plug);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, fault);
  gtk_widget_class_bind_template_child (widget_class, MdgPracticePanel, words);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_insert_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_plug_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fault_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
}

static void
mdg_practice_panel_init (MdgPracticePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
}

/**
 * mdg_practice_panel_new:
 * @session: a session in practice mode
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the panel, for a popover
 */
GtkWidget *
mdg_practice_panel_new (MdgSession *session)
{
  MdgPracticePanel *self = g_object_new (MDG_TYPE_PRACTICE_PANEL, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
