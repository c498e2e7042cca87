/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every face of the program does before anything else. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void mdg_process_protect (void);

G_END_DECLS
