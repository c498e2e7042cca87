/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The online source as an eligibility source: challenge, card, search. */
#include "config.h"

#include "mdg-online-source-private.h"
#include "mdg-question.h"
#include "mdg-service-error.h"

static void
on_challenge_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) body =
      mdg_online_source_request_finish (MDG_ONLINE_SOURCE (source), result, &error);
  const gint64 *asked_at = g_task_get_task_data (task);
  MdgChallenge *challenge = NULL;

  if (body != NULL)
    challenge = mdg_question_read_challenge (body, *asked_at, &error);
  if (challenge != NULL)
    g_task_return_pointer (task, challenge, (GDestroyNotify) mdg_challenge_free);
  else
    g_task_return_error (task, error);
}

static void
mdg_online_source_challenge_async (MdgEligibilitySource *source,
                                   GCancellable *c,
                                   GAsyncReadyCallback cb,
                                   gpointer data)
{
  MdgOnlineSource *self = MDG_ONLINE_SOURCE (source);
  GTask *task = g_task_new (self, c, cb, data);
  gint64 now = g_get_monotonic_time ();

  g_task_set_source_tag (task, mdg_online_source_challenge_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_memdup2 (&now, sizeof now), g_free);
  mdg_online_source_request_async (self, "POST", "challenge", NULL, TRUE, c, on_challenge_cb, task);
}

static MdgChallenge *
mdg_online_source_challenge_finish (MdgEligibilitySource *source,
                                    GAsyncResult *result,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) body =
      mdg_online_source_request_finish (MDG_ONLINE_SOURCE (source), result, &error);
  MdgOqsMessage *message = NULL;

  if (body != NULL)
    message = mdg_question_read_answer (g_task_get_task_data (task), body, &error);
  if (message != NULL)
    g_task_return_pointer (task, message, (GDestroyNotify) mdg_oqs_message_unref);
  else
    g_task_return_error (task, error);
}

static void
ask (GTask *task, const char *path, GBytes *body, GError *error)
{
  if (body == NULL)
    g_task_return_error (task, error);
  else
    mdg_online_source_request_async (g_task_get_source_object (task), "POST", path, body, TRUE,
                                     g_task_get_cancellable (task), on_asked_cb,
                                     g_object_ref (task));
}

static void
mdg_online_source_ask_card_async (MdgEligibilitySource *source,
                                  const MdgCardQuestion *question,
                                  GCancellable *c,
                                  GAsyncReadyCallback cb,
                                  gpointer data)
{
  MdgOnlineSource *self = MDG_ONLINE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, c, cb, data);
  MdgQuestionMark *mark =
      mdg_question_mark_new (self->facility->institution_code, question->confirmation_date, NULL);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, mdg_online_source_ask_card_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, mark, (GDestroyNotify) mdg_question_mark_free);
  if (question->challenge != NULL && g_get_monotonic_time () >= question->challenge->expires_at)
    g_set_error_literal (&error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CHALLENGE,
                         "the challenge has expired before it was used");
  else
    body = mdg_question_write_card (mark, question, self->facility->user_id, &error);
  ask (task, "card-eligibility", body, error);
}

static void
mdg_online_source_search_async (MdgEligibilitySource *source,
                                const MdgSearchQuestion *question,
                                GCancellable *c,
                                GAsyncReadyCallback cb,
                                gpointer data)
{
  MdgOnlineSource *self = MDG_ONLINE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, c, cb, data);
  MdgQuestionMark *mark = mdg_question_mark_new (self->facility->institution_code,
                                                 question->confirmation_date, question->birth_date);
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, mdg_online_source_search_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, mark, (GDestroyNotify) mdg_question_mark_free);
  body = mdg_question_write_search (mark, question, &error);
  ask (task, "search", body, error);
}

static MdgOqsMessage *
mdg_online_source_ask_finish (MdgEligibilitySource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
mdg_online_source_get_institution_code (MdgEligibilitySource *source)
{
  return MDG_ONLINE_SOURCE (source)->facility->institution_code;
}

static gboolean
mdg_online_source_get_practice (MdgEligibilitySource *source)
{
  return MDG_ONLINE_SOURCE (source)->practice;
}

/**
 * mdg_online_source_init_questions:
 * @iface: of #MdgOnlineSource
 *
 * Fills in the functions of this file.
 *
 * Thread: that of type registration.
 * Errors: none.
 */
void
mdg_online_source_init_questions (MdgEligibilitySourceInterface *iface)
{
  iface->challenge_async = mdg_online_source_challenge_async;
  iface->challenge_finish = mdg_online_source_challenge_finish;
  iface->ask_card_async = mdg_online_source_ask_card_async;
  iface->search_async = mdg_online_source_search_async;
  iface->ask_finish = mdg_online_source_ask_finish;
  iface->get_institution_code = mdg_online_source_get_institution_code;
  iface->get_practice = mdg_online_source_get_practice;
}
