/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bodies of questions, and whether an answer belongs to one. Private to src/client. */
#pragma once

#include "mdg-eligibility-source.h"

G_BEGIN_DECLS

/* What an answer must repeat. */
typedef struct
{
  char *institution_code;
  char *date;
  char *identifier;
  char *birth_date; /* (nullable): of a search */
} MdgQuestionMark;

MdgQuestionMark *
mdg_question_mark_new (const char *institution_code, const char *date, const char *birth_date);
void mdg_question_mark_free (MdgQuestionMark *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgQuestionMark, mdg_question_mark_free)

GBytes *mdg_question_write_card (const MdgQuestionMark *mark,
                                 const MdgCardQuestion *question,
                                 const char *user_id,
                                 GError **error);
GBytes *mdg_question_write_search (const MdgQuestionMark *mark,
                                   const MdgSearchQuestion *question,
                                   GError **error);
MdgOqsMessage *mdg_question_read_answer (const MdgQuestionMark *mark, GBytes *body, GError **error);
MdgChallenge *mdg_question_read_challenge (GBytes *body, gint64 asked_at, GError **error);

G_END_DECLS
