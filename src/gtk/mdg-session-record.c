/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What was checked goes into the log, once for each check. A log that cannot be opened or written
 * does not stop a reception, and is told: "record-problem". */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-pages.h"

static void
on_added_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgSession) self = data;
  g_autoptr (GError) error = NULL;

  self->pending--;
  if (mdg_visit_log_add_finish (MDG_VISIT_LOG (object), result, &error) == 0)
    g_warning ("a check was not kept: %s", error->message);
  mdg_session_set_record_problem (self, error);
}

/* The id is there before it is written: what is printed at once belongs to this check already. */
static void
add (MdgSession *self, const MdgVisitRecord *record)
{
  g_autoptr (MdgVisit) visit = NULL;

  self->last_visit = 0;
  if (self->closed)
    return;
  if (self->log == NULL)
    {
      g_autoptr (GError) error =
          self->log_error != NULL
              ? g_error_copy (self->log_error)
              : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "the log is not open");

      g_warning ("a check was not kept: %s", error->message);
      mdg_session_set_record_problem (self, error);
      return;
    }
  self->pending++;
  mdg_visit_log_add_async (self->log, record, NULL, on_added_cb, g_object_ref (self));
  visit = g_list_model_get_item (G_LIST_MODEL (self->log), 0);
  if (visit != NULL)
    self->last_visit = mdg_visit_get_id (visit);
}

static const char *
method_name (MdgDeskMethod method)
{
  return method == MDG_DESK_METHOD_VISUAL ? "visual" : "pin";
}

static void
on_checked_cb (MdgSession *self, const MdgDeskAnswer *answer)
{
  g_autoptr (MdgAnswerView) view =
      mdg_answer_view_new (answer, mdg_desk_language (), MDG_CALENDAR_ERA);
  const MdgAnswerCoverage *first =
      view->coverages->len > 0 ? g_ptr_array_index (view->coverages, 0) : NULL;
  g_autoptr (GBytes) detail = mdg_visit_detail_new (answer);
  const MdgVisitRecord record = {
    .time = answer->asked_at,
    .verdict = mdg_oqs_verdict_to_string (view->verdict),
    .initials = first != NULL ? first->initials : "",
    .code = "",
    .method = method_name (answer->method),
    .practice = answer->practice,
    .detail = detail,
  };

  add (self, &record);
}

static void
on_failed_cb (MdgSession *self, MdgProblem *problem)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const MdgVisitRecord record = {
    .time = now,
    .verdict = "problem",
    .initials = "",
    .code = mdg_problem_get_code (problem),
    .method = method_name (mdg_reception_get_method (self->reception)),
    .practice = self->practice,
  };

  add (self, &record);
}

/**
 * mdg_session_record:
 * @self: the session, which has a reception
 *
 * Thread: main.
 */
void
mdg_session_record (MdgSession *self)
{
  g_signal_connect_object (self->reception, "checked", G_CALLBACK (on_checked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reception, "failed", G_CALLBACK (on_failed_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
on_days_cb (gpointer data)
{
  MdgSession *self = data;
  guint days = 0;

  self->days_id = 0;
  g_object_get (self->preferences, "history-days", &days, NULL);
  mdg_visit_log_set_keep_days (self->log, days);
  return G_SOURCE_REMOVE;
}

/* What is deleted does not come back: a slip of the hand has some seconds, whichever way. A program
 * that ends in the meantime deletes at its next start. */
static void
on_days_changed_cb (MdgSession *self)
{
  g_clear_handle_id (&self->days_id, g_source_remove);
  if (self->log != NULL && !self->closed)
    self->days_id = g_timeout_add_seconds (MDG_SESSION_UNDO_SECONDS, on_days_cb, self);
}

/* An audit line, a purge, a lost key: nobody waits for it. */
static void
on_log_failed_cb (MdgSession *self, const GError *error)
{
  g_warning ("the list of checks: %s", error->message);
  mdg_session_set_record_problem (self, error);
}

static void
on_log_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgVisitLog) log = mdg_visit_log_open_finish (result, &error);

  self->pending--;
  if (log == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_warning ("checks are not kept: %s", error->message);
      mdg_session_set_record_problem (self, error);
      g_clear_error (&self->log_error);
      self->log_error = g_steal_pointer (&error);
      return;
    }
  self->log = g_steal_pointer (&log);
  mdg_visit_log_set_who (self->log, mdg_session_get_user_id (self));
  if (self->entered != NULL)
    mdg_session_audit_entry (self, self->entered);
  self->entered = NULL;
  g_signal_connect_object (self->log, "failed", G_CALLBACK (on_log_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::history-days",
                           G_CALLBACK (on_days_changed_cb), self, G_CONNECT_SWAPPED);
  mdg_session_notify_parts (self);
}

/**
 * mdg_session_open_log:
 * @self: the session, whose preferences and secrets are open
 *
 * Thread: main.
 */
void
mdg_session_open_log (MdgSession *self)
{
  guint days = 0;

  if (self->log != NULL)
    return;
  g_object_get (self->preferences, "history-days", &days, NULL);
  self->pending++;
  mdg_visit_log_open_async (self->database, self->secrets, days, self->cancellable,
                            on_log_opened_cb, g_object_ref (self));
}

/**
 * mdg_session_audit:
 * @self: the session
 * @action: one of #MdgAuditLine
 *
 * Writes down what was done with the last check.
 *
 * Thread: main.
 */
void
mdg_session_audit (MdgSession *self, const char *action)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->log != NULL)
    mdg_visit_log_audit (self->log, action, self->last_visit);
}

/**
 * mdg_session_audit_entry:
 * @self: the session
 * @action: (transfer none): "log-in" or "unlock", a literal
 *
 * Writes down that a person was let in; a log that is opened only after a log-in has the line then.
 *
 * Thread: main.
 * Errors: none; #MdgVisitLog::failed tells of one.
 */
void
mdg_session_audit_entry (MdgSession *self, const char *action)
{
  if (self->log != NULL)
    mdg_visit_log_audit (self->log, action, 0);
  else
    self->entered = action;
}
