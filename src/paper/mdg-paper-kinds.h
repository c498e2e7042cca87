/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The papers of the counter. Each takes plain data: this folder knows neither desk nor service. */
#pragma once

#include "mdg-paper.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_PAPER_ROW_FACT,    /* label, value */
  MDG_PAPER_ROW_HEADING, /* label */
  MDG_PAPER_ROW_TEXT     /* value, over the whole width */
} MdgPaperRowKind;

typedef struct
{
  MdgPaperRowKind kind;
  const char *label;
  const char *value;
  gboolean large;
} MdgPaperRow;

/* A title, a large line under it (the verdict), rows, and a foot: the insurance, the call-centre
 * sheet, a reader test */
MdgPaper *mdg_paper_new_rows (const char *title,
                              const char *headline,
                              const MdgPaperRow *rows,
                              gsize n_rows,
                              const char *foot,
                              gboolean practice);

/* 被保険者資格申立書, filled with what is known; the rest is empty boxes and lines to write on. All
 * (nullable). */
typedef struct
{
  const char *institution_name;
  const char *insurer_name;
  const char *name;
  const char *kana;
  const char *birth; /* in words */
  const char *sex;
  const char *address;
  const char *share; /* 3割 … */
  const char *date;  /* of today, in words */
} MdgStatementFields;
MdgPaper *mdg_paper_new_statement (const MdgStatementFields *fields, gboolean practice);

G_END_DECLS
