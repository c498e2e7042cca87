/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception before it is open. What went wrong is told with the words of the table of problems.
 */
#include "config.h"

#include "mdg-start-page.h"

#include "mdg-icon.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgStartPage
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *content;
  GtkImage *picture;
  GtkLabel *sentence;
  GtkLabel *detail;
  GtkLabel *code;
  GtkButton *primary;
  GtkWidget *primary_child;
  GtkWidget *secondary_child;

  /* owned */
  MdgSession *session;
};

G_DEFINE_FINAL_TYPE (MdgStartPage, mdg_start_page, GTK_TYPE_WIDGET)

static void
show_words (MdgStartPage *self, const char *picture, const char *sentence, const char *detail)
{
  mdg_icon_show (self->picture, picture);
  mdg_phrase_label_set_text (self->sentence, sentence);
  mdg_phrase_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
}

static void
show_primary (MdgStartPage *self, const char *label)
{
  gtk_widget_set_visible (self->primary_child, label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->primary, label);
}

static void
show_problem (MdgStartPage *self, MdgProblem *problem)
{
  g_autofree char *words =
      g_strdup_printf ("%s\n%s", mdg_problem_get_cause (problem), mdg_problem_get_advice (problem));

  show_words (self, "mdg-problem-symbolic", mdg_problem_get_title (problem), words);
  gtk_label_set_text (self->code, mdg_problem_get_code (problem));
  show_primary (self, _ ("Try again"));
}

static void
update (MdgStartPage *self)
{
  MdgSessionState state = mdg_session_get_state (self->session);
  MdgProblem *problem = mdg_session_get_problem (self->session);
  gboolean failed = state == MDG_SESSION_FAILED && problem != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->code), failed);
  gtk_widget_set_visible (self->secondary_child, failed);
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->picture), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->picture), "error");
  if (failed)
    show_problem (self, problem);
  else if (state == MDG_SESSION_NOT_ACTIVATED)
    {
      show_words (self, "mdg-place-preparation-symbolic", _ ("This terminal is not registered yet"),
                  _ ("Register it first, then patients can be received. The card reader can be "
                     "tried now."));
      show_primary (self, _ ("To preparation"));
    }
  else
    {
      show_words (self, "mdg-reader-symbolic", _ ("The reception is being opened"), "");
      show_primary (self, NULL);
    }
}

static void
on_primary_cb (GtkButton *button, MdgStartPage *self)
{
  if (mdg_session_get_state (self->session) == MDG_SESSION_FAILED)
    mdg_session_open (self->session);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.place", "s", "preparation");
}

static void
mdg_start_page_dispose (GObject *object)
{
  MdgStartPage *self = MDG_START_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_start_page_parent_class)->dispose (object);
}

static void
mdg_start_page_class_init (MdgStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_start_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, content);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, picture);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, detail);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, code);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, primary);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, primary_child);
  gtk_widget_class_bind_template_child (widget_class, MdgStartPage, secondary_child);
  gtk_widget_class_bind_template_callback (widget_class, on_primary_cb);
}

static void
mdg_start_page_init (MdgStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * mdg_start_page_new:
 * @session: whose state is told
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_start_page_new (MdgSession *session)
{
  MdgStartPage *self = g_object_new (MDG_TYPE_START_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::problem", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
