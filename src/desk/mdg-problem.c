/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any error as people meet it. The sentences are mdg-problem-table.c's; this file adds what an
 * error carries itself: tries left, a service's code, how long a lock lasts. Nothing here is
 * personal, so that a problem may be shown, printed and read out. */
#include "config.h"

#include "mdg-problem.h"

#include <glib/gi18n-lib.h>

#include "mdg-card-error.h"
#include "mdg-problem-table.h"
#include "mdg-service-error.h"

/* as long as a code of service-protocol.md can reasonably be */
#define MAX_SERVICE_CODE 32

struct _MdgProblem
{
  const MdgProblemRow *row;
  char *cause; /* (nullable): instead of the row's, translated */
  char *service_code;
  char *service_message;
  int tries_left;
};

/* A service's code is shown as it is, so it must look like one. */
static gboolean
is_service_code (const char *code)
{
  gsize length = code != NULL ? strlen (code) : 0;

  if (length == 0 || length > MAX_SERVICE_CODE)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isupper (code[i]) && !g_ascii_isdigit (code[i]) && code[i] != '-')
      return FALSE;
  return TRUE;
}

static char *
describe_wrong_pin (int tries_left)
{
  if (tries_left <= 0)
    return NULL;
  /* Translators: %d is the number of tries left before the PIN is locked */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The PIN is wrong. %d try is left.",
                                       "The PIN is wrong. %d tries are left.", (gulong) tries_left),
                          tries_left);
}

static char *
describe_lock (guint seconds)
{
  guint minutes = seconds / 60 + (seconds % 60 != 0);

  if (seconds == 0)
    return NULL;
  return g_strdup_printf (
      g_dngettext (
          GETTEXT_PACKAGE, "There were too many wrong entries. It opens again in about %u minute.",
          "There were too many wrong entries. It opens again in about %u minutes.", minutes),
      minutes);
}

static void
add_card_facts (MdgProblem *self, const GError *error)
{
  self->tries_left = mdg_card_error_get_tries_left (error);
  if (error->code == MDG_CARD_ERROR_PIN_WRONG)
    self->cause = describe_wrong_pin (self->tries_left);
}

static void
add_service_facts (MdgProblem *self, const GError *error)
{
  const char *code = mdg_service_error_get_code (error);

  if (is_service_code (code))
    self->service_code = g_strdup (code);
  self->service_message = g_strdup (mdg_service_error_get_message (error));
  if (error->code == MDG_SERVICE_ERROR_LOCKED)
    self->cause = describe_lock (mdg_service_error_get_retry_after (error));
  else if (error->code == MDG_SERVICE_ERROR_REFUSED && self->service_code != NULL)
    /* Translators: %s is the service's own code, like MDG-CARD-009 */
    self->cause =
        g_strdup_printf (_ ("The service refused the question (%s)."), self->service_code);
}

static void
clear_problem (gpointer data)
{
  MdgProblem *self = data;

  g_free (self->cause);
  g_free (self->service_code);
  g_free (self->service_message);
}

/**
 * mdg_problem_new:
 * @error: what went wrong, of any domain
 *
 * Finds the words for @error. Never fails: an error without a row of its own gets the catch-all's.
 * @error's own message is never part of them.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the problem, immutable
 */
MdgProblem *
mdg_problem_new (const GError *error)
{
  MdgProblem *self;

  g_return_val_if_fail (error != NULL, NULL);

  self = g_atomic_rc_box_new0 (MdgProblem);
  self->row = mdg_problem_table_lookup (error->domain, error->code);
  self->tries_left = -1;
  if (error->domain == MDG_CARD_ERROR)
    add_card_facts (self, error);
  else if (error->domain == MDG_SERVICE_ERROR)
    add_service_facts (self, error);
  return self;
}

/**
 * mdg_problem_ref:
 * @self: a problem
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): @self
 */
MdgProblem *
mdg_problem_ref (MdgProblem *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_problem_unref:
 * @self: (transfer full): a problem
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_problem_unref (MdgProblem *self)
{
  g_atomic_rc_box_release_full (self, clear_problem);
}

/**
 * mdg_problem_get_code:
 * @self: a problem
 *
 * The short code that is read out to a call centre: "C-05". The same in every language and version.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the code
 */
const char *
mdg_problem_get_code (MdgProblem *self)
{
  return self->row->id;
}

/**
 * mdg_problem_get_title:
 * @self: a problem
 *
 * What is wrong, in one line, translated.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the title
 */
const char *
mdg_problem_get_title (MdgProblem *self)
{
  return _ (self->row->title);
}

/**
 * mdg_problem_get_cause:
 * @self: a problem
 *
 * Why, translated; for a wrong PIN with the tries left in the sentence.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): one to three sentences
 */
const char *
mdg_problem_get_cause (MdgProblem *self)
{
  return self->cause != NULL ? self->cause : _ (self->row->cause);
}

/**
 * mdg_problem_get_advice:
 * @self: a problem
 *
 * The next step, translated. Where eligibility could not be asked it names the official order of
 * other ways (reference/domain.md 1.6).
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): one to three sentences
 */
const char *
mdg_problem_get_advice (MdgProblem *self)
{
  return _ (self->row->advice);
}

/**
 * mdg_problem_get_kind:
 * @self: a problem
 *
 * What kind of outcome it is; its number is the command line's exit code.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the kind
 */
MdgProblemKind
mdg_problem_get_kind (MdgProblem *self)
{
  return self->row->kind;
}

/**
 * mdg_problem_get_action:
 * @self: a problem
 *
 * What a face may offer as the next step.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the action
 */
MdgProblemAction
mdg_problem_get_action (MdgProblem *self)
{
  return self->row->action;
}

/**
 * mdg_problem_get_service_code:
 * @self: a problem
 *
 * The code that the service gave: "MDG-CARD-005" (service-protocol.md). %NULL where it gave none or
 * one that does not look like a code.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the code
 */
const char *
mdg_problem_get_service_code (MdgProblem *self)
{
  return self->service_code;
}

/**
 * mdg_problem_get_service_message:
 * @self: a problem
 *
 * The service's own Japanese words (ErrorMessage, service-protocol.md): the end of a maintenance,
 * for instance. From outside: a face shows it as plain text only.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the words
 */
const char *
mdg_problem_get_service_message (MdgProblem *self)
{
  return self->service_message;
}

/**
 * mdg_problem_get_tries_left:
 * @self: a problem
 *
 * The tries left that the card named with this error.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the tries left, or -1 where they are unknown
 */
int
mdg_problem_get_tries_left (MdgProblem *self)
{
  return self->tries_left;
}
