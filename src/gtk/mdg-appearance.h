/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Light or dark, and the size of text, as the facility wants it. */
#pragma once

#include "mdg-preferences.h"
#include <adwaita.h>

G_BEGIN_DECLS

void mdg_appearance_follow (MdgPreferences *preferences);

G_END_DECLS
