/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows behind mdg-problem.h: for mdg-problem.c and its test. */
#pragma once

#include "mdg-problem.h"

G_BEGIN_DECLS

typedef struct
{
  GQuark (*domain) (void); /* NULL in the catch-all */
  int code;
  const char *id; /* "R-03" */
  MdgProblemKind kind;
  MdgProblemAction action;
  const char *title; /* msgids */
  const char *cause;
  const char *advice;
} MdgProblemRow;

const MdgProblemRow *mdg_problem_table_get (guint *n_rows);
const MdgProblemRow *mdg_problem_table_lookup (GQuark domain, int code);

G_END_DECLS
