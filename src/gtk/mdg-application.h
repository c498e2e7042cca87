/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program: its options, its one window, the actions "app.quit", "app.about", "app.shortcuts",
 * "app.help", and the keys of all actions. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define MDG_APPLICATION_ID "io.github.madoguchi.Madoguchi"

#define MDG_TYPE_APPLICATION (mdg_application_get_type ())
G_DECLARE_FINAL_TYPE (MdgApplication, mdg_application, MDG, APPLICATION, AdwApplication)

MdgApplication *mdg_application_new (void);

G_END_DECLS
