/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* About, help and shortcuts. */
#include "config.h"

#include "mdg-about.h"

#include "mdg-application.h"
#include "mdg-phrase-tree.h"
#include "mdg-turn-box.h"

#include <glib/gi18n.h>

#define UI "/io/github/madoguchi/Madoguchi/ui/"

/**
 * mdg_about_show_program:
 * @parent: (nullable): the window it stands over
 *
 * Thread: main.
 */
void
mdg_about_show_program (GtkWindow *parent)
{
  adw_show_about_window (
      parent, "application-name",
      _ ("Madoguchi"), "application-icon", MDG_APPLICATION_ID, "version", PACKAGE_VERSION,
         "developer-name",
         _ ("The Madoguchi developers"), "license-type", GTK_LICENSE_LGPL_2_1, "comments",
            _ ("The counter of small clinics and pharmacies: a My Number Card on a generic reader, the "
         "insurance in words. Not connected to the national service without its operator’s "
         "consent."),
               "translator-credits", _ ("translator-credits"), NULL);
}

static void
show_window (const char *resource, const char *id, GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;
  GtkWindow *window;

  gtk_builder_set_translation_domain (builder, GETTEXT_PACKAGE);
  if (!gtk_builder_add_from_resource (builder, resource, &error))
    g_error ("%s: %s", resource, error->message); /* it is built in */
  window = GTK_WINDOW (gtk_builder_get_object (builder, id));
  mdg_phrase_tree_keep (GTK_WIDGET (window));
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
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
