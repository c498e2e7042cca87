/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only the lock and its test need. Private to src/desk. */
#pragma once

#include "mdg-staff-lock.h"

G_BEGIN_DECLS

/* what the timer does: locks where both clocks, or one of them, say that nobody was there for the
 * idle time. @monotonic and @real: microseconds */
void mdg_staff_lock_check_idle (MdgStaffLock *self, gint64 monotonic, gint64 real);

G_END_DECLS
