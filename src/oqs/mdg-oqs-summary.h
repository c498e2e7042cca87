/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer in words, in the order in which people read it. Pure. */
#pragma once

#include "mdg-oqs-check.h"
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

/* What a line is about. In the order in which a counter needs them; lines of one section stand
 * together, but the sections of a result need not come in this order. */
typedef enum
{
  MDG_OQS_SECTION_HEAD,   /* of the whole answer */
  MDG_OQS_SECTION_RESULT, /* begins a result, or is a note about all of it */
  MDG_OQS_SECTION_PERSON,
  MDG_OQS_SECTION_INSURANCE, /* insurer, symbol, number, insured or family */
  MDG_OQS_SECTION_SHARE,
  MDG_OQS_SECTION_LIMIT,
  MDG_OQS_SECTION_ELDERLY,
  MDG_OQS_SECTION_DISEASE,
  MDG_OQS_SECTION_VALIDITY,
  MDG_OQS_SECTION_TICKET,
  MDG_OQS_SECTION_OTHER /* for who looks further */
} MdgOqsSection;

typedef struct
{
  MdgOqsLineKind kind;
  MdgOqsSection section;
  /* (transfer none): the element's name, or for a line made of several "next-step", "message",
   * "note", "heading", "numbers", "share", "limit-period", "elderly-period", "disease-period",
   * "validity-period", "ticket-period" */
  const char *id;
  char *label;
  char *value; /* one line, no control characters */
  char *bare;  /* the value without words around it, for another program; "" where it has none */
  char *note;  /* (nullable): where the value comes from, or what it means; one line */
} MdgOqsLine;

typedef struct
{
  const GDate *today; /* (nullable): the day for which ages are told; NULL for none */
  MdgOqsLanguage language;
  MdgOqsCalendar calendar;
  /* For a window: 記号, 番号 and 枝番, the first and the last day each a line of its own under
   * short labels, the origin of a share in its note, and every element that has words. */
  gboolean parts;
} MdgOqsSummaryOptions;

/* (transfer full) (element-type MdgOqsLine) */
GPtrArray *
mdg_oqs_summary_new (MdgOqsMessage *message, const GDate *today, MdgOqsLanguage language);
GPtrArray *mdg_oqs_summary_new_full (MdgOqsMessage *message, const MdgOqsSummaryOptions *options);
/* the label of a line that is no element: "next-step" → 次にすること; (nullable) for any other id
 */
const char *mdg_oqs_summary_label (const char *id, MdgOqsLanguage language);
const char *mdg_oqs_verdict_describe (MdgOqsVerdict verdict, MdgOqsLanguage language);
/* the official words alone: 有効, 無効, 無効（新しい資格あり） … */
const char *mdg_oqs_verdict_title (MdgOqsVerdict verdict, MdgOqsLanguage language);
/* (nullable): what the title does not say, in a sentence; NULL where it says all */
const char *mdg_oqs_verdict_meaning (MdgOqsVerdict verdict, MdgOqsLanguage language);
/* (nullable): NULL where nothing is to be done */
const char *mdg_oqs_verdict_next_step (MdgOqsVerdict verdict, MdgOqsLanguage language);
/* a value as it may be shown on one line: control and direction characters made visible */
char *mdg_oqs_text_for_display (const char *text);

G_END_DECLS
