/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One check in the list: what may be shown without a click. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_TYPE_VISIT (mdg_visit_get_type ())
G_DECLARE_FINAL_TYPE (MdgVisit, mdg_visit, MDG, VISIT, GObject)

gint64 mdg_visit_get_id (MdgVisit *self);
GDateTime *mdg_visit_get_time (MdgVisit *self);      /* (transfer none), local time */
const char *mdg_visit_get_verdict (MdgVisit *self);  /* "valid" …, or "problem" */
const char *mdg_visit_get_initials (MdgVisit *self); /* "" where there is no name */
const char *mdg_visit_get_code (MdgVisit *self);     /* of a problem; "" else */
const char *mdg_visit_get_method (MdgVisit *self);   /* "pin", "visual" */
gboolean mdg_visit_get_practice (MdgVisit *self);

G_END_DECLS
