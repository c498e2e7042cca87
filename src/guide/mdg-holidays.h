/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Japan's holidays from a table with a beginning and an end. Private to this folder but for the two
 * functions of mdg-call-centre.h. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MdgHolidays MdgHolidays;

/* @bytes: (nullable): like data/guide/holidays.ini, which is in the program */
MdgHolidays *mdg_holidays_new (GBytes *bytes, GError **error);
void mdg_holidays_free (MdgHolidays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgHolidays, mdg_holidays_free)
const char *mdg_holidays_get_name (MdgHolidays *self, const GDate *day); /* (nullable) */
gboolean mdg_holidays_covers (MdgHolidays *self, const GDate *day);
guint mdg_holidays_get_n_days (MdgHolidays *self);
/* the program's own, read once */
MdgHolidays *mdg_holidays_get_built_in (void);

G_END_DECLS
