/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GET status: who the service is, what time it has, and whether it is down for maintenance. */
#include "config.h"

#include "mdg-online-source-private.h"
#include "mdg-service-error.h"

#define MAX_NAME    100
#define MAX_WORDS   400
#define MAX_PERIODS 100

/* The maintenance in force at the service's own time. */
static void
take_maintenance (MdgServiceStatus *self, json_t *list)
{
  for (size_t i = 0; i < MIN (json_array_size (list), MAX_PERIODS); i++)
    {
      json_t *period = json_array_get (list, i);
      g_autoptr (GDateTime) from = mdg_json_get_time (period, "From");
      g_autoptr (GDateTime) to = mdg_json_get_time (period, "To");

      if (from == NULL || g_date_time_compare (self->time, from) < 0 ||
          (to != NULL && g_date_time_compare (self->time, to) >= 0))
        continue;
      self->maintenance_message = mdg_json_dup_words (period, "Message", MAX_WORDS);
      if (self->maintenance_message == NULL)
        self->maintenance_message = g_strdup ("");
      self->maintenance_to = g_steal_pointer (&to);
      return;
    }
}

/**
 * mdg_service_status_read:
 * @answer: of GET status
 * @asked_at_ms: this PC's time in the middle of the question, milliseconds since 1970
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_BAD_ANSWER and those of the answer.
 *
 * Returns: (transfer full) (nullable): the status
 */
MdgServiceStatus *
mdg_service_status_read (const MdgServiceAnswer *answer, gint64 asked_at_ms, GError **error)
{
  g_autoptr (MdgServiceStatus) self = g_new0 (MdgServiceStatus, 1);

  if (!mdg_service_answer_check (answer, FALSE, error))
    return NULL;
  self->time = mdg_json_get_time (answer->json, "Time");
  self->service = g_strdup (mdg_json_get_text (answer->json, "Service", MAX_NAME));
  self->version = g_strdup (mdg_json_get_text (answer->json, "Version", MAX_NAME));
  if (self->time == NULL || self->service == NULL || self->version == NULL)
    {
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                           "the status is malformed");
      return NULL;
    }
  self->clock_offset_ms = asked_at_ms - g_date_time_to_unix (self->time) * 1000 -
                          g_date_time_get_microsecond (self->time) / 1000;
  take_maintenance (self, json_object_get (answer->json, "Maintenance"));
  return g_steal_pointer (&self);
}

static void
on_answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgServiceAnswer) answer = NULL;
  const gint64 *asked_at = g_task_get_task_data (task);
  MdgServiceStatus *status = NULL;

  answer = mdg_service_line_send_finish (MDG_SERVICE_LINE (source), result, &error);
  if (answer != NULL)
    status = mdg_service_status_read (answer, (*asked_at + g_get_real_time () / 1000) / 2, &error);
  if (status != NULL)
    g_task_return_pointer (task, status, (GDestroyNotify) mdg_service_status_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * mdg_service_status_async:
 * @service_url: the base URL, https
 * @ca_pem: (nullable): the only CA that is trusted
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Asks a service who it is, without a certificate or a log-in.
 *
 * Thread: one with a main context that runs.
 */
void
mdg_service_status_async (const char *service_url,
                          const char *ca_pem,
                          GCancellable *c,
                          GAsyncReadyCallback cb,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, c, cb, data);
  g_autoptr (MdgServiceLine) line = NULL;
  gint64 asked_at = g_get_real_time () / 1000;
  GError *error = NULL;

  g_return_if_fail (service_url != NULL);

  g_task_set_source_tag (task, mdg_service_status_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_memdup2 (&asked_at, sizeof asked_at), g_free);
  line = mdg_service_line_new (service_url, ca_pem, NULL, &error);
  if (line == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  mdg_service_line_send_async (line, "GET", "status", NULL, NULL,
                               g_get_monotonic_time () + MDG_SERVICE_DEADLINE_MS * 1000, c,
                               on_answer_cb, g_steal_pointer (&task));
}

/**
 * mdg_service_status_finish:
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the call.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the status
 */
MdgServiceStatus *
mdg_service_status_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mdg_service_status_free:
 * @self: (transfer full) (nullable): a status
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_service_status_free (MdgServiceStatus *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->time, g_date_time_unref);
  g_clear_pointer (&self->maintenance_to, g_date_time_unref);
  g_free (self->service);
  g_free (self->version);
  g_free (self->maintenance_message);
  g_free (self);
}
