/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names for a screen reader, from what a control shows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mdg_names_start (void);

G_END_DECLS
