/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the core. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void
mdg_invoke_later (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
