/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looks at every text that is on the screen: cut, outside of its window, over another one, broken
 * inside a word. For the tests of development builds. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full) (element-type utf8): what is wrong with the texts of @root now, a line each;
 * empty: nothing */
GPtrArray *mdg_layout_audit (GtkWidget *root);
/* in development builds and practice mode, where MADOGUCHI_LAYOUT_AUDIT names a file: an action
 * "audit-layout" of the program that writes there what is wrong with its windows */
void mdg_layout_audit_start (GtkApplication *application);

G_END_DECLS
