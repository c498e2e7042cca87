/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facilities of this PC: added, renamed, switched to. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Signal "failed" (const GError *). Switching is the window's: action "win.profile" (s: an id). */
#define MDG_TYPE_PROFILE_GROUP (mdg_profile_group_get_type ())
G_DECLARE_FINAL_TYPE (MdgProfileGroup, mdg_profile_group, MDG, PROFILE_GROUP, AdwPreferencesGroup)

/* @current: (nullable): the id of the one that is open */
void mdg_profile_group_load (MdgProfileGroup *self, const char *current);
gboolean mdg_profile_group_get_busy (MdgProfileGroup *self);
void mdg_profile_group_add (MdgProfileGroup *self, const char *name);
void mdg_profile_group_rename (MdgProfileGroup *self, const char *id, const char *name);
guint mdg_profile_group_get_n_profiles (MdgProfileGroup *self);

G_END_DECLS
