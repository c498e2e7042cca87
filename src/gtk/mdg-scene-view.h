/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One screen of the reception, for either side. */
#pragma once

#include "mdg-reception.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_SCENE_VIEW (mdg_scene_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgSceneView, mdg_scene_view, MDG, SCENE_VIEW, GtkWidget)

GtkWidget *mdg_scene_view_new (MdgReception *reception, MdgSide side);
/* follows the reception by itself; a test shows a screen of its own with it */
void mdg_scene_view_set_screen (MdgSceneView *self, const MdgScreen *screen);
/* to the keypad, or the button where the hand already is */
void mdg_scene_view_grab_focus (MdgSceneView *self);

G_END_DECLS
