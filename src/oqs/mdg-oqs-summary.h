/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer in words, in the order in which people read it. Pure. */
#pragma once

#include "mdg-oqs-codes.h"
#include "mdg-oqs-message.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_OQS_LINE_VERDICT, /* always the first line, and only that one */
  MDG_OQS_LINE_STEP,    /* what to do next */
  MDG_OQS_LINE_NOTE,    /* what the service says, or what to be careful about */
  MDG_OQS_LINE_HEADING, /* begins a result where there are several; @value may be empty */
  MDG_OQS_LINE_FIELD
} MdgOqsLineKind;

typedef struct
{
  MdgOqsLineKind kind;
  char *label;
  char *value; /* one line, no control characters */
} MdgOqsLine;

/* (transfer full) (element-type MdgOqsLine) */
GPtrArray *
mdg_oqs_summary_new (MdgOqsMessage *message, const GDate *today, MdgOqsLanguage language);
const char *mdg_oqs_verdict_describe (MdgOqsVerdict verdict, MdgOqsLanguage language);
/* (nullable): NULL where nothing is to be done */
const char *mdg_oqs_verdict_next_step (MdgOqsVerdict verdict, MdgOqsLanguage language);
/* a value as it may be shown on one line: control and direction characters made visible */
char *mdg_oqs_text_for_display (const char *text);

G_END_DECLS
