/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mdg-fake-source.h"

#include "mdg-certificate.h"

struct _MdgFakeSource
{
  GObject parent_instance;

  gboolean hold_challenges;
  gboolean hold_answers;
  gboolean deaf;
  gboolean practice;
  int challenge_error; /* -1 none */
  int answer_error;
  gint64 life;
  GQueue held;        /* of GTask */
  GHashTable *unused; /* texts of challenges */
  guint challenges;
  guint questions;
  gboolean was_signed;
  char *date;
  gboolean consent_limit;
  gboolean consent_diseases;
};

static void source_iface_init (MdgEligibilitySourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgFakeSource,
                               mdg_fake_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_ELIGIBILITY_SOURCE,
                                                      source_iface_init))

static MdgChallenge *
make_challenge (MdgFakeSource *self)
{
  MdgChallenge *challenge = g_new0 (MdgChallenge, 1);
  guint8 nonce[32] = { 0 };

  nonce[0] = (guint8) self->challenges;
  challenge->nonce = g_bytes_new (nonce, sizeof nonce);
  challenge->text = g_strdup_printf ("challenge-%u", self->challenges);
  challenge->expires_at = g_get_monotonic_time () + self->life;
  g_hash_table_add (self->unused, g_strdup (challenge->text));
  return challenge;
}

static MdgOqsMessage *
make_answer (guint number)
{
  g_autofree char *text = g_strdup_printf (
      "{\"XmlMsg\": {\"MessageHeader\": {\"ArbitraryFileIdentifier\": \"%u\"},"
      " \"MessageBody\": {\"ProcessingResultStatus\": \"1\", \"QualificationValidity\": \"1\"}}}",
      number);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  MdgOqsMessage *message = mdg_oqs_message_parse_json (bytes, &error);

  g_assert_no_error (error);
  return message;
}

static void
return_task (GTask *task)
{
  gpointer result = g_object_steal_data (G_OBJECT (task), "result");
  GError *error = g_object_steal_data (G_OBJECT (task), "error");

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, result, g_task_get_task_data (task));
}

static void
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  MdgFakeSource *self = g_task_get_source_object (task);

  if (self->deaf || !g_queue_remove (&self->held, task))
    return;
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
}

/* Takes everything. */
static void
finish (MdgFakeSource *self,
        GTask *task,
        gboolean hold,
        gpointer result,
        GDestroyNotify free_result,
        GError *error)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (self->deaf)
    g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, free_result, NULL);
  g_object_set_data_full (G_OBJECT (task), "result", result, result != NULL ? free_result : NULL);
  g_object_set_data_full (G_OBJECT (task), "error", error,
                          error != NULL ? (GDestroyNotify) g_error_free : NULL);
  if (hold)
    {
      g_queue_push_tail (&self->held, task);
      if (cancellable != NULL)
        g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled_cb), task, 0);
      return;
    }
  return_task (task);
  g_object_unref (task);
}

static GError *
make_error (int code)
{
  return code < 0 ? NULL : mdg_service_error_new ((MdgServiceError) code, NULL, NULL, 0, "as told");
}

static void
challenge_async (MdgEligibilitySource *source,
                 GCancellable *c,
                 GAsyncReadyCallback cb,
                 gpointer data)
{
  MdgFakeSource *self = MDG_FAKE_SOURCE (source);
  GError *error = make_error (self->challenge_error);

  self->challenges++;
  finish (self, g_task_new (self, c, cb, data), self->hold_challenges,
          error == NULL ? make_challenge (self) : NULL, (GDestroyNotify) mdg_challenge_free, error);
}

static MdgChallenge *
challenge_finish (MdgEligibilitySource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
check_signature (const MdgCardQuestion *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgCertificate) certificate = mdg_certificate_new (question->certificate, &error);
  guint8 digest[32];

  g_assert_no_error (error);
  mdg_card_question_digest (MDG_FAKE_INSTITUTION, question->challenge->nonce, question->certificate,
                            digest);
  mdg_certificate_verify (certificate, digest, question->signature, &error);
  g_assert_no_error (error);
}

static void
ask_card_async (MdgEligibilitySource *source,
                const MdgCardQuestion *question,
                GCancellable *c,
                GAsyncReadyCallback cb,
                gpointer data)
{
  MdgFakeSource *self = MDG_FAKE_SOURCE (source);
  GError *error = make_error (self->answer_error);

  g_assert_nonnull (question->certificate);
  g_assert_nonnull (question->challenge);
  g_assert_true (g_hash_table_remove (self->unused, question->challenge->text));
  g_assert_cmpint (question->challenge->expires_at, >, g_get_monotonic_time ());
  if (question->signature != NULL)
    check_signature (question);
  self->questions++;
  self->was_signed = question->signature != NULL;
  self->consent_limit = question->consent_limit;
  self->consent_diseases = question->consent_diseases;
  g_free (self->date);
  self->date = g_strdup (question->confirmation_date);
  finish (self, g_task_new (self, c, cb, data), self->hold_answers,
          error == NULL ? make_answer (self->questions) : NULL,
          (GDestroyNotify) mdg_oqs_message_unref, error);
}

static MdgOqsMessage *
ask_finish (MdgEligibilitySource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
get_institution_code (MdgEligibilitySource *source)
{
  return MDG_FAKE_INSTITUTION;
}

static gboolean
get_practice (MdgEligibilitySource *source)
{
  return MDG_FAKE_SOURCE (source)->practice;
}

static void
source_iface_init (MdgEligibilitySourceInterface *iface)
{
  iface->challenge_async = challenge_async;
  iface->challenge_finish = challenge_finish;
  iface->ask_card_async = ask_card_async;
  iface->ask_finish = ask_finish;
  iface->get_institution_code = get_institution_code;
  iface->get_practice = get_practice;
}

static void
mdg_fake_source_finalize (GObject *object)
{
  MdgFakeSource *self = MDG_FAKE_SOURCE (object);

  g_assert_true (g_queue_is_empty (&self->held));
  g_hash_table_unref (self->unused);
  g_free (self->date);
  G_OBJECT_CLASS (mdg_fake_source_parent_class)->finalize (object);
}

static void
mdg_fake_source_class_init (MdgFakeSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_fake_source_finalize;
}

static void
mdg_fake_source_init (MdgFakeSource *self)
{
  g_queue_init (&self->held);
  self->unused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->challenge_error = -1;
  self->answer_error = -1;
  self->life = 120 * G_USEC_PER_SEC;
  self->practice = TRUE;
}

MdgFakeSource *
mdg_fake_source_new (void)
{
  return g_object_new (MDG_TYPE_FAKE_SOURCE, NULL);
}

void
mdg_fake_source_hold_challenges (MdgFakeSource *self, gboolean hold)
{
  self->hold_challenges = hold;
}

void
mdg_fake_source_hold_answers (MdgFakeSource *self, gboolean hold)
{
  self->hold_answers = hold;
}

void
mdg_fake_source_release (MdgFakeSource *self, gboolean last_first)
{
  GQueue held = self->held;

  g_queue_init (&self->held);
  while (!g_queue_is_empty (&held))
    {
      g_autoptr (GTask) task = last_first ? g_queue_pop_tail (&held) : g_queue_pop_head (&held);

      return_task (task);
    }
}

void
mdg_fake_source_set_deaf (MdgFakeSource *self, gboolean deaf)
{
  self->deaf = deaf;
}

void
mdg_fake_source_fail_challenges (MdgFakeSource *self, MdgServiceError code)
{
  self->challenge_error = (int) code;
}

void
mdg_fake_source_fail_answers (MdgFakeSource *self, MdgServiceError code)
{
  self->answer_error = (int) code;
}

void
mdg_fake_source_set_life (MdgFakeSource *self, gint64 microseconds)
{
  self->life = microseconds;
}

void
mdg_fake_source_set_practice (MdgFakeSource *self, gboolean practice)
{
  self->practice = practice;
}

guint
mdg_fake_source_count_challenges (MdgFakeSource *self)
{
  return self->challenges;
}

guint
mdg_fake_source_count_questions (MdgFakeSource *self)
{
  return self->questions;
}

guint
mdg_fake_source_count_held (MdgFakeSource *self)
{
  return g_queue_get_length (&self->held);
}

gboolean
mdg_fake_source_was_signed (MdgFakeSource *self)
{
  return self->was_signed;
}

const char *
mdg_fake_source_get_date (MdgFakeSource *self)
{
  return self->date;
}

gboolean
mdg_fake_source_get_consent_limit (MdgFakeSource *self)
{
  return self->consent_limit;
}

gboolean
mdg_fake_source_get_consent_diseases (MdgFakeSource *self)
{
  return self->consent_diseases;
}

guint
mdg_fake_source_get_number (MdgOqsMessage *message)
{
  const char *text =
      mdg_oqs_node_find_text (mdg_oqs_message_get_header (message), "ArbitraryFileIdentifier");

  return (guint) g_ascii_strtoull (text, NULL, 10);
}
