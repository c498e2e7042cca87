/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The ids of profiles, checked. Private to src/store. */
#pragma once

#include "mdg-profiles.h"

G_BEGIN_DECLS

#define MDG_PROFILE_MAX 99

guint mdg_profile_number (const char *id);
char *mdg_profile_of_folder (const char *folder);

G_END_DECLS
