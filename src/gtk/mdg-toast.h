/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A toast whose words wrap: libadwaita's own are cut in a narrow window with large letters. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *mdg_toast_new (AdwToastOverlay *overlay, const char *words);
const char *mdg_toast_get_words (AdwToast *toast);

G_END_DECLS
