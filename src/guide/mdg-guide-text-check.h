/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that a person wrote: without control characters, of bounded length. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer none) (nullable): what is wrong with it, translated */
const char *mdg_guide_text_find_fault (const char *text, guint most, gboolean lines);

G_END_DECLS
