/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a visit comes to be, and what only the log and its test need. Private to src/store. */
#pragma once

#include "mdg-visit-log.h"

G_BEGIN_DECLS

/* @record's detail is not kept in it */
MdgVisit *mdg_visit_new (gint64 id, const MdgVisitRecord *record);
/* the purge that comes with another day than the last one's; what the timer calls */
void mdg_visit_log_check_day (MdgVisitLog *self, GDateTime *now);

G_END_DECLS
