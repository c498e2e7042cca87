/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From what a person types once to a terminal with a certificate: the key is made here, only a
 * signing request goes out, and what comes back is checked before anybody keeps it. */
#include "config.h"

#include "mdg-activation.h"

#include "mdg-online-source-private.h"
#include "mdg-service-error.h"
#include "mdg-terminal-key.h"

#define MAX_PEM       (64 * 1024)
#define MAX_NAME      400
#define MAX_TERMINALS 10000

/* Where the answer's fields go: known of before, made here, or both. */
typedef struct
{
  MdgFacility *facility;
  MdgTerminal *terminal; /* (nullable): the one to renew */
  char *name;
  GBytes *key;
} Pending;

static void
free_pending (Pending *pending)
{
  mdg_facility_free (pending->facility);
  mdg_terminal_free (pending->terminal);
  g_clear_pointer (&pending->key, g_bytes_unref);
  g_free (pending->name);
  g_free (pending);
}

/**
 * mdg_activation_free:
 * @self: (transfer full) (nullable): an activation
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_activation_free (MdgActivation *self)
{
  if (self == NULL)
    return;

  mdg_facility_free (self->facility);
  mdg_terminal_free (self->terminal);
  g_clear_pointer (&self->terminal_key, g_bytes_unref);
  g_free (self);
}

static gboolean
take_fields (const Pending *pending, json_t *json, MdgTerminal *terminal, MdgFacility *facility)
{
  g_autoptr (GDateTime) not_after = mdg_json_get_time (json, "NotAfter");
  gint64 limit = 0, count = 0;

  terminal->terminal_id = g_strdup (mdg_json_get_text (json, "TerminalId", 100));
  terminal->certificate_pem = g_strdup (mdg_json_get_lines (json, "TerminalCertificate", MAX_PEM));
  g_free (facility->institution_name);
  facility->institution_name = g_strdup (mdg_json_get_text (json, "InstitutionName", MAX_NAME));
  if (terminal->terminal_id == NULL || terminal->certificate_pem == NULL || not_after == NULL ||
      facility->institution_name == NULL ||
      !mdg_json_get_number (json, "TerminalLimit", MAX_TERMINALS, &limit) ||
      !mdg_json_get_number (json, "TerminalCount", MAX_TERMINALS, &count))
    return FALSE;
  terminal->terminal_limit = (guint) limit;
  terminal->terminal_count = (guint) count;
  /* a renewal is of the same terminal */
  return pending->terminal == NULL ||
         g_str_equal (pending->terminal->terminal_id, terminal->terminal_id);
}

static MdgActivation *
read_activation (const Pending *pending, GBytes *body, GError **error)
{
  g_autoptr (MdgActivation) activation = g_new0 (MdgActivation, 1);
  g_autoptr (MdgJson) json = mdg_json_parse (body, error);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  MdgTerminal *terminal = g_new0 (MdgTerminal, 1);

  activation->facility = mdg_facility_copy (pending->facility);
  activation->terminal = terminal;
  activation->terminal_key = g_bytes_ref (pending->key);
  if (json == NULL)
    return NULL;
  if (!take_fields (pending, json, terminal, activation->facility))
    {
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                           "the activation's answer is malformed");
      return NULL;
    }
  /* the certificate's own end counts, whatever the field says */
  if (!mdg_terminal_key_check_certificate (pending->key, terminal->certificate_pem, now,
                                           &terminal->not_after, error))
    return NULL;
  terminal->name = g_strdup (pending->name);
  terminal->activated_at = pending->terminal != NULL && pending->terminal->activated_at != NULL
                               ? g_date_time_ref (pending->terminal->activated_at)
                               : g_date_time_ref (now);
  return g_steal_pointer (&activation);
}

static void
return_activation (GTask *task, GBytes *body, GError *error)
{
  MdgActivation *activation = NULL;

  if (body != NULL)
    activation = read_activation (g_task_get_task_data (task), body, &error);
  if (activation != NULL)
    g_task_return_pointer (task, activation, (GDestroyNotify) mdg_activation_free);
  else
    g_task_return_error (task, error);
}

static void
on_activated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (MdgServiceAnswer) answer =
      mdg_service_line_send_finish (MDG_SERVICE_LINE (source), result, &error);
  gboolean good = answer != NULL && mdg_service_answer_check (answer, FALSE, &error);

  return_activation (task, good ? answer->body : NULL, error);
}

static void
on_renewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) body =
      mdg_online_source_request_finish (MDG_ONLINE_SOURCE (source), result, &error);

  return_activation (task, body, error);
}

static GBytes *
write_activation (const MdgActivationRequest *request, GBytes *key, GError **error)
{
  g_autofree char *csr = mdg_terminal_key_make_request (key, request->terminal_name, error);
  g_autoptr (MdgJson) json = NULL;
  GBytes *body = NULL;

  if (csr == NULL)
    return NULL;
  json = json_pack ("{s:s, s:s, s:s, s:s}", "MedicalInstitutionCode", request->institution_code,
                    "UserId", request->user_id, "TerminalName", request->terminal_name,
                    "CertificateSigningRequest", csr);
  if (json != NULL && mdg_json_set_secret (json, "Password", request->password) &&
      mdg_json_set_secret (json, "ActivationCode", request->activation_code))
    body = mdg_json_to_bytes (json);
  if (body == NULL)
    g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_ACTIVATION_FORM,
                         "the activation cannot be written: a field is no text");
  return body;
}

static Pending *
make_pending (const MdgActivationRequest *request)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->facility = g_new0 (MdgFacility, 1);
  pending->facility->service_url = g_strdup (request->service_url);
  pending->facility->ca_pem = g_strdup (request->ca_pem);
  pending->facility->institution_code = g_strdup (request->institution_code);
  pending->facility->user_id = g_strdup (request->user_id);
  pending->name = g_strdup (request->terminal_name);
  return pending;
}

/**
 * mdg_activation_activate_async:
 * @request: what was typed; copied
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Makes a key, asks for its certificate, and checks it. Nothing is kept: see
 * mdg_activation_save().
 *
 * Thread: one with a main context that runs.
 */
void
mdg_activation_activate_async (const MdgActivationRequest *request,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, c, cb, data);
  g_autoptr (MdgServiceLine) line = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;
  Pending *pending;

  g_return_if_fail (request != NULL);

  g_task_set_source_tag (task, mdg_activation_activate_async);
  g_task_set_check_cancellable (task, FALSE);
  pending = make_pending (request);
  g_task_set_task_data (task, pending, (GDestroyNotify) free_pending);
  line = mdg_service_line_new (request->service_url, request->ca_pem, NULL, &error);
  if (line != NULL)
    pending->key = mdg_terminal_key_new (&error);
  if (pending->key != NULL)
    body = write_activation (request, pending->key, &error);
  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  mdg_service_line_send_async (line, "POST", "activation", body, NULL,
                               g_get_monotonic_time () + MDG_SERVICE_DEADLINE_MS * 1000, c,
                               on_activated_cb, g_steal_pointer (&task));
}

/**
 * mdg_activation_renew_async:
 * @source: of the terminal as it is now
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * A new key and certificate for the same terminal; @source goes on with the old ones.
 *
 * Thread: that of @source.
 */
void
mdg_activation_renew_async (MdgOnlineSource *source,
                            GCancellable *c,
                            GAsyncReadyCallback cb,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, c, cb, data);
  g_autofree char *csr = NULL;
  g_autoptr (MdgJson) json = NULL;
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;
  Pending *pending;

  g_return_if_fail (MDG_IS_ONLINE_SOURCE (source));

  g_task_set_source_tag (task, mdg_activation_renew_async);
  g_task_set_check_cancellable (task, FALSE);
  pending = g_new0 (Pending, 1);
  g_task_set_task_data (task, pending, (GDestroyNotify) free_pending);
  pending->facility = mdg_facility_copy (source->facility);
  pending->terminal = mdg_terminal_copy (source->terminal);
  pending->name = g_strdup (source->terminal->name);
  pending->key = mdg_terminal_key_new (&error);
  if (pending->key != NULL)
    csr = mdg_terminal_key_make_request (pending->key, pending->name, &error);
  if (csr == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  json = json_pack ("{s:s}", "CertificateSigningRequest", csr);
  body = mdg_json_to_bytes (json);
  mdg_online_source_request_async (source, "POST", "renewal", body, FALSE, c, on_renewed_cb,
                                   g_steal_pointer (&task));
}

/**
 * mdg_activation_finish:
 * @result: of the callback of either call
 * @error: return location
 *
 * Thread: that of the call.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): what to keep
 */
MdgActivation *
mdg_activation_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
