/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any error as people meet it: code, title, cause, next step. The only place with such sentences.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_PROBLEM_KIND_OTHER = 1, /* these are the command line's exit codes */
  MDG_PROBLEM_KIND_USAGE = 2,
  MDG_PROBLEM_KIND_NO_READER = 3,
  MDG_PROBLEM_KIND_NO_CARD = 4,
  MDG_PROBLEM_KIND_PIN_WRONG = 5,
  MDG_PROBLEM_KIND_PIN_BLOCKED = 6,
  MDG_PROBLEM_KIND_UNREACHED = 7,
  MDG_PROBLEM_KIND_REFUSED = 8,
  MDG_PROBLEM_KIND_NOT_ACTIVATED = 9,
  MDG_PROBLEM_KIND_OTHER_CARD = 11,
  MDG_PROBLEM_KIND_LAST_TRY = 12
} MdgProblemKind;

typedef enum
{
  MDG_PROBLEM_ACTION_NONE,
  MDG_PROBLEM_ACTION_RETRY,
  MDG_PROBLEM_ACTION_INSERT_CARD,
  MDG_PROBLEM_ACTION_CHECK_READER,
  MDG_PROBLEM_ACTION_START_SERVICE,
  MDG_PROBLEM_ACTION_CHECK_NETWORK,
  MDG_PROBLEM_ACTION_ACTIVATE,
  MDG_PROBLEM_ACTION_LOG_IN,
  MDG_PROBLEM_ACTION_MUNICIPALITY,
  MDG_PROBLEM_ACTION_CALL_SUPPORT
} MdgProblemAction;

typedef struct _MdgProblem MdgProblem;
MdgProblem *mdg_problem_new (const GError *error);
MdgProblem *mdg_problem_ref (MdgProblem *self);
void mdg_problem_unref (MdgProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgProblem, mdg_problem_unref)

const char *mdg_problem_get_code (MdgProblem *self);   /* "C-05": read out to the call centre */
const char *mdg_problem_get_title (MdgProblem *self);  /* translated, one line */
const char *mdg_problem_get_cause (MdgProblem *self);  /* translated */
const char *mdg_problem_get_advice (MdgProblem *self); /* translated: the next step */
MdgProblemKind mdg_problem_get_kind (MdgProblem *self);
MdgProblemAction mdg_problem_get_action (MdgProblem *self);
const char *mdg_problem_get_service_code (MdgProblem *self); /* (nullable) */
/* (nullable): the service's Japanese words; plain text from outside */
const char *mdg_problem_get_service_message (MdgProblem *self);
int mdg_problem_get_tries_left (MdgProblem *self); /* -1 unknown */

G_END_DECLS
