/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The staff's window. Actions: "win.place" (s: "reception", "today", "preparation", "readers",
 * "preferences"), "win.fallback", "win.sheet" (the last problem's), "win.lock",
 * "win.patient-window", "win.practice-panel", "win.print", "win.copy", "win.keep", "win.dismiss".
 */
#pragma once

#include "mdg-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define MDG_TYPE_WINDOW (mdg_window_get_type ())
G_DECLARE_FINAL_TYPE (MdgWindow, mdg_window, MDG, WINDOW, AdwApplicationWindow)

GtkWidget *mdg_window_new (AdwApplication *application, MdgSession *session);
void mdg_window_show_toast (MdgWindow *self, const char *title);
/* the sheet of @problem, over the window; also what "win.sheet" shows from now on */
void mdg_window_show_sheet (MdgWindow *self, MdgProblem *problem);

G_END_DECLS
