/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OQS answers: a person's document with the header filled in, consents and dates heeded. */
#pragma once

#include "mdg-practice-people.h"

G_BEGIN_DECLS

typedef struct
{
  const char *institution_code;
  const char *date;       /* QualificationConfirmationDate, yyyyMMdd */
  const char *identifier; /* (nullable): ArbitraryFileIdentifier */
  gboolean consent_limit;
  gboolean consent_diseases;
  json_t *search; /* (nullable): QualificationConfirmSearchInfo; NULL for a card */
  gint64 now;
} MdgPracticeQuestion;

json_t *mdg_practice_message_for_person (const MdgPracticePerson *person,
                                         const MdgPracticeQuestion *question);
json_t *mdg_practice_message_for_search (MdgPracticePeople *people,
                                         const MdgPracticeQuestion *question,
                                         const MdgPracticePerson **found);

G_END_DECLS
