/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How far the preparation of this terminal is, and what to do now. */
#include "config.h"

#include "mdg-pages.h"
#include "mdg-phrase-tree.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgPreparationPage
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *content;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkWidget *command;
  GtkWidget *facts;
  AdwActionRow *facility;
  AdwActionRow *code;
  AdwActionRow *terminal;
  AdwActionRow *end;
  GtkWidget *practice;

  /* owned */
  MdgSession *session;
};

G_DEFINE_FINAL_TYPE (MdgPreparationPage, mdg_preparation_page, GTK_TYPE_WIDGET)

static void
show_value (AdwActionRow *row, const char *value)
{
  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL && *value != '\0');
}

static void
show_terminal (MdgPreparationPage *self, const MdgTerminal *terminal)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (terminal->not_after);
  /* Translators: the end of a certificate, g_date_time_format() */
  g_autofree char *end = g_date_time_format (local, _ ("%-d %B %Y"));

  mdg_phrase_label_set_text (self->sentence, _ ("This terminal is registered"));
  mdg_phrase_label_set_text (self->detail, mdg_session_get_practice (self->session)
                             ? _ ("It is registered with the practice service: "
                                                    "the facility is invented.")
                             : _ ("Patients can be received."));
  show_value (self->facility, mdg_session_get_institution_name (self->session));
  show_value (self->code, mdg_session_get_institution_code (self->session));
  show_value (self->terminal, terminal->name);
  show_value (self->end, end);
}

static void
update (MdgPreparationPage *self)
{
  const MdgTerminal *terminal = mdg_session_get_terminal (self->session);
  MdgSessionState state = mdg_session_get_state (self->session);
  gboolean missing = state == MDG_SESSION_NOT_ACTIVATED;

  gtk_widget_set_visible (self->facts, terminal != NULL);
  gtk_widget_set_visible (self->command, missing);
  gtk_widget_set_visible (self->practice, !mdg_session_get_practice (self->session));
  gtk_widget_set_visible (GTK_WIDGET (self->detail), terminal != NULL || missing);
  if (terminal != NULL)
    show_terminal (self, terminal);
  else if (missing)
    {
      mdg_phrase_label_set_text (self->sentence, _ ("This terminal is not registered yet"));
      mdg_phrase_label_set_text (
          self->detail,
          _ ("Have the letter with the user settings and the activation code at hand. The guided "
             "preparation is not in this version; the terminal is registered with this command, "
             "then the program is started again."));
    }
  else
    mdg_phrase_label_set_text (self->sentence, _ ("The reception is being opened"));
}

static void
mdg_preparation_page_dispose (GObject *object)
{
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_preparation_page_parent_class)->dispose (object);
}

static void
mdg_preparation_page_class_init (MdgPreparationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_preparation_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-preparation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, content);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, detail);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, command);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, facts);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, facility);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, code);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, terminal);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, end);
  gtk_widget_class_bind_template_child (widget_class, MdgPreparationPage, practice);
}

static void
mdg_preparation_page_init (MdgPreparationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_phrase_tree_keep (self->facts);
}

/**
 * mdg_preparation_page_new:
 * @session: whose terminal it is
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_preparation_page_new (MdgSession *session)
{
  MdgPreparationPage *self = g_object_new (MDG_TYPE_PREPARATION_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
