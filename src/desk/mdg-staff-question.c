/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lock's questions on the worker's side: each answers with all that the lock mirrors, whatever
 * became of the question itself. */
#include "config.h"

#include "mdg-staff-question.h"

MdgStaffQuestion *
mdg_staff_question_new (MdgStaffVerifier *verifier, GBytes *password)
{
  MdgStaffQuestion *question = g_new0 (MdgStaffQuestion, 1);

  question->verifier = verifier;
  question->password = password != NULL ? g_bytes_ref (password) : NULL;
  return question;
}

void
mdg_staff_question_free (gpointer data)
{
  MdgStaffQuestion *question = data;

  g_clear_pointer (&question->password, g_bytes_unref);
  g_free (question);
}

void
mdg_staff_outcome_free (gpointer data)
{
  MdgStaffOutcome *outcome = data;

  g_clear_error (&outcome->error);
  g_free (outcome);
}

static MdgStaffOutcome *
make_outcome (MdgStaffQuestion *question, GError *error)
{
  MdgStaffOutcome *outcome = g_new0 (MdgStaffOutcome, 1);

  outcome->known = mdg_staff_verifier_get_known (question->verifier);
  outcome->present = mdg_staff_verifier_has_password (question->verifier);
  outcome->wait_until = mdg_staff_verifier_get_wait_until (question->verifier);
  outcome->error = error;
  return outcome;
}

gpointer
mdg_staff_question_load (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgStaffQuestion *question = data;
  GError *local = NULL;

  mdg_staff_verifier_load (question->verifier, &local);
  return make_outcome (question, local);
}

gpointer
mdg_staff_question_set (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgStaffQuestion *question = data;
  GError *local = NULL;

  mdg_staff_verifier_set (question->verifier, question->password, &local);
  return make_outcome (question, local);
}

gpointer
mdg_staff_question_check (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgStaffQuestion *question = data;
  GError *local = NULL;

  mdg_staff_verifier_check (question->verifier, question->password, &local);
  return make_outcome (question, local);
}
