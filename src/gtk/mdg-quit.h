/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* the end of the desktop's session, or a person's Ctrl+C, closes the program as its window's button
 * does */
void mdg_quit_on_signals (GApplication *application);

G_END_DECLS
