/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the lock asks its worker, and what comes back. Private to src/desk. */
#pragma once

#include "mdg-staff-verifier.h"

G_BEGIN_DECLS

typedef struct
{
  MdgStaffVerifier *verifier;
  GBytes *password; /* (nullable) */
} MdgStaffQuestion;

/* What the worker found, an error of the question included. */
typedef struct
{
  gboolean known;
  gboolean present;
  gint64 wait_until;
  GError *error;
} MdgStaffOutcome;

MdgStaffQuestion *mdg_staff_question_new (MdgStaffVerifier *verifier, GBytes *password);
void mdg_staff_question_free (gpointer question);
void mdg_staff_outcome_free (gpointer outcome);

/* for MdgWorker: a question in, an outcome out, never an error */
gpointer mdg_staff_question_load (gpointer question, GCancellable *cancellable, GError **error);
gpointer mdg_staff_question_set (gpointer question, GCancellable *cancellable, GError **error);
gpointer mdg_staff_question_check (gpointer question, GCancellable *cancellable, GError **error);

G_END_DECLS
