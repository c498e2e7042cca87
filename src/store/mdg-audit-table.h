/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table "audit": who did what with the checks that are kept. Private to src/store. */
#pragma once

#include "mdg-store-database.h"

G_BEGIN_DECLS

gboolean mdg_audit_table_write (sqlite3 *db,
                                const char *action,
                                gint64 visit_id,
                                const char *who,
                                GError **error);
/* lines before @from */
gboolean mdg_audit_table_purge (sqlite3 *db, gint64 from, GError **error);
/* newest first; (element-type MdgAuditLine) */
GPtrArray *mdg_audit_table_load (sqlite3 *db, guint limit, GError **error);

G_END_DECLS
