/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The checks that were made, encrypted row by row with a key that is not in the same file, and the
 * audit of who looked at them. All work is on a worker with a connection of its own. */
#pragma once

#include "mdg-secret-store.h"
#include "mdg-visit.h"

G_BEGIN_DECLS

typedef struct
{
  GDateTime *time;
  const char *verdict;  /* "valid" … or "problem" */
  const char *initials; /* "" none */
  const char *code;     /* of a problem; "" none */
  const char *method;   /* "pin", "visual" */
  gboolean practice;
  GBytes *detail; /* (nullable): what is shown after a click; sealed */
} MdgVisitRecord;

typedef struct
{
  GDateTime *time;
  char *who;       /* the user of the facility that was logged in */
  char *action;    /* "check", "look", "print", "copy", "delete", "export", "log-in", "unlock",
                      "setting" */
  gint64 visit_id; /* 0 none */
} MdgAuditLine;
void mdg_audit_line_free (MdgAuditLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgAuditLine, mdg_audit_line_free)

/* A GListModel of MdgVisit, newest first: those that are kept, 5,000 at most. Initials are sealed
 * too: the list can be read with the key only. The signal "failed" (const GError *) tells what
 * nobody waits for: a purge or an audit line that could not be written, a lost key. */
#define MDG_TYPE_VISIT_LOG (mdg_visit_log_get_type ())
G_DECLARE_FINAL_TYPE (MdgVisitLog, mdg_visit_log, MDG, VISIT_LOG, GObject)

/* Opens the database at @path on a worker, makes the key at first use, deletes what is older than
 * @keep_days (0: before today). A key that is lost makes old rows unreadable: they are deleted and
 * the error told once. */
void mdg_visit_log_open_async (const char *path,
                               MdgSecretStore *secrets,
                               guint keep_days,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data);
MdgVisitLog *mdg_visit_log_open_finish (GAsyncResult *result, GError **error);
void
mdg_visit_log_set_keep_days (MdgVisitLog *self, guint days); /* purges too; also at each midnight */
void mdg_visit_log_set_who (MdgVisitLog *self, const char *who);
/* in the list at once; an audit line "check" with it; saved when finish says so */
void mdg_visit_log_add_async (MdgVisitLog *self,
                              const MdgVisitRecord *record,
                              GCancellable *c,
                              GAsyncReadyCallback cb,
                              gpointer data);
gint64 mdg_visit_log_add_finish (MdgVisitLog *self,
                                 GAsyncResult *result,
                                 GError **error); /* its id, 0 error */
/* the detail (empty where none was kept), with an audit line @action written before it is handed
 * out */
void mdg_visit_log_look_async (MdgVisitLog *self,
                               gint64 id,
                               const char *action,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data);
GBytes *mdg_visit_log_look_finish (MdgVisitLog *self, GAsyncResult *result, GError **error);
/* @id 0: all. Overwritten (secure_delete), not only unlinked; writes its own line "delete". */
void mdg_visit_log_delete_async (MdgVisitLog *self,
                                 gint64 id,
                                 GCancellable *c,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
gboolean mdg_visit_log_delete_finish (MdgVisitLog *self, GAsyncResult *result, GError **error);
void
mdg_visit_log_audit (MdgVisitLog *self, const char *action, gint64 visit_id); /* writes a line */
/* newest first; (element-type MdgAuditLine) */
void mdg_visit_log_load_audit_async (MdgVisitLog *self,
                                     guint limit,
                                     GCancellable *c,
                                     GAsyncReadyCallback cb,
                                     gpointer data);
GPtrArray *
mdg_visit_log_load_audit_finish (MdgVisitLog *self, GAsyncResult *result, GError **error);
/* what waits to be written is written, within @milliseconds */
gboolean mdg_visit_log_flush (MdgVisitLog *self, guint milliseconds);

G_END_DECLS
