/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* About, help and shortcuts. */
#include "config.h"

#include "mdg-about.h"

#include "mdg-application.h"
#include "mdg-phrase-tree.h"
#include "mdg-turn-box.h"

#include <glib/gi18n.h>

#define UI "/io/github/madoguchi/Madoguchi/ui/"

static void
show_window (const char *resource, const char *id, GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  GtkLabel *version;
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  gtk_builder_set_translation_domain (builder, GETTEXT_PACKAGE);
  if (!gtk_builder_add_from_resource (builder, resource, &error))
    g_error ("%s: %s", resource, error->message); /* it is built in */
  window = GTK_WINDOW (gtk_builder_get_object (builder, id));
  version = GTK_LABEL (gtk_builder_get_object (builder, "version"));
  if (version != NULL)
    gtk_label_set_text (version, PACKAGE_VERSION);
  mdg_phrase_tree_keep (GTK_WIDGET (window));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

/**
 * mdg_about_show_program:
 * @parent: (nullable): the window it stands over
 *
 * Not the window of libadwaita 1.2: its own words are English where the program is Japanese.
 *
 * Thread: main.
 */
void
mdg_about_show_program (GtkWindow *parent)
{
  show_window (UI "mdg-about.ui", "about", parent);
}

/**
 * mdg_about_show_help:
 * @parent: (nullable): the window it stands over
 *
 * Thread: main.
 */
void
mdg_about_show_help (GtkWindow *parent)
{
  show_window (UI "mdg-help.ui", "help", parent);
}

/**
 * mdg_about_show_shortcuts:
 * @parent: (nullable): the window it stands over
 *
 * Thread: main.
 */
void
mdg_about_show_shortcuts (GtkWindow *parent)
{
  g_type_ensure (MDG_TYPE_TURN_BOX);
  show_window (UI "mdg-shortcuts.ui", "shortcuts", parent);
}
