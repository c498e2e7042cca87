/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What mdg-pages.h says of the preferences, and what their test needs. */
#pragma once

#include "mdg-pages.h"

G_BEGIN_DECLS

/* the preferences without a session: no facility is shown */
GtkWidget *
mdg_preferences_page_new_with_preferences (MdgPreferences *preferences, gboolean practice);
/* the row of a preference, by the preference's name; (nullable) */
GtkWidget *mdg_preferences_page_get_control (MdgPreferencesPage *self, const char *name);
GtkWidget *mdg_preferences_page_get_profiles (MdgPreferencesPage *self);

G_END_DECLS
