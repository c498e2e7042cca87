/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file or several, from the system's own dialog (in a sandbox: the portal's). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @files: (transfer none) (element-type GFile): at least one; not called where nothing was chosen
 */
typedef void (*MdgFilesChosen) (GPtrArray *files, gpointer data);

/* @widget: over whose window it stands, and whose life bounds it: nothing is called when it is
 * gone.
 * @suffixes: (nullable): "pdf", …, NULL: what is offered first. @data: the widget's */
void mdg_choose_to_open (GtkWidget *widget,
                         const char *title,
                         gboolean several,
                         const char *kind,
                         const char *const *suffixes,
                         MdgFilesChosen chosen,
                         gpointer data);
void mdg_choose_to_save (GtkWidget *widget,
                         const char *title,
                         const char *name,
                         MdgFilesChosen chosen,
                         gpointer data);

G_END_DECLS
