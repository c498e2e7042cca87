/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the program is, its keys, and the few things a counter must know. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void mdg_about_show_program (GtkWindow *parent);
void mdg_about_show_help (GtkWindow *parent);
void mdg_about_show_shortcuts (GtkWindow *parent);

G_END_DECLS
