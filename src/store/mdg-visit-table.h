/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables "visit" and "audit" with the key of their rows: what the log does on its worker.
 * Private to src/store. */
#pragma once

#include "mdg-visit-log.h"

G_BEGIN_DECLS

/* Seconds since 1970: what lies outside goes, when purged. */
typedef struct
{
  gint64 from;       /* visits before it */
  gint64 until;      /* visits from here on: made under a clock that was wrong */
  gint64 audit_from; /* audit lines before it */
} MdgVisitSpan;

typedef struct _MdgVisitTable MdgVisitTable;
/* @problem: (out): a key that was lost; the table is there all the same */
MdgVisitTable *
mdg_visit_table_open (const char *path, MdgSecretStore *secrets, GError **problem, GError **error);
MdgVisitTable *mdg_visit_table_ref (MdgVisitTable *self);
void mdg_visit_table_unref (MdgVisitTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVisitTable, mdg_visit_table_unref)
void mdg_visit_table_close (MdgVisitTable *self);

/* newest first; (element-type MdgVisit); @problem: (out): rows that were damaged, and are gone */
GPtrArray *
mdg_visit_table_load (MdgVisitTable *self, guint limit, GError **problem, GError **error);
gboolean mdg_visit_table_add (MdgVisitTable *self,
                              gint64 id,
                              const MdgVisitRecord *record,
                              const char *who,
                              GError **error);
GBytes *mdg_visit_table_look (MdgVisitTable *self,
                              gint64 id,
                              const char *action,
                              const char *who,
                              GError **error);
gboolean mdg_visit_table_delete (MdgVisitTable *self, gint64 id, const char *who, GError **error);
gboolean mdg_visit_table_purge (MdgVisitTable *self, const MdgVisitSpan *span, GError **error);
gboolean mdg_visit_table_audit (MdgVisitTable *self,
                                const char *action,
                                gint64 visit_id,
                                const char *who,
                                GError **error);
GPtrArray *mdg_visit_table_load_audit (MdgVisitTable *self, guint limit, GError **error);

G_END_DECLS
