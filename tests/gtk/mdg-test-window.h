/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window for a test: what is on the screen is found, measured, and made a picture of. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* GTK, libadwaita, the style and the Japanese words */
void mdg_test_window_init (int *argc, char ***argv);
/* of MDG_SCENE_SIZE "1280x800", which is also the default */
void mdg_test_window_set_size (GtkWidget *window);
/* shown, of that size */
GtkWidget *mdg_test_window_new (GtkWidget *content);
/* until nothing is left to be done, a frame included */
void mdg_test_window_settle (void);
/* of what can be seen: (nullable) */
GtkWidget *mdg_test_window_find_text (GtkWidget *root, const char *text);
GtkWidget *mdg_test_window_find_class (GtkWidget *root, const char *css_class);
GtkWidget *mdg_test_window_find_type (GtkWidget *root, GType type);
/* tells each widget below @root that cannot be narrower than @width */
void mdg_test_window_tell_wide (GtkWidget *root, int width);
void mdg_test_window_set_text_size (int percent);
/* into the folder MDG_SCENE_PICTURES, where it is set: "WHO-WHAT.png" */
void mdg_test_window_take_picture (GtkWidget *window, const char *who, const char *what);

G_END_DECLS
