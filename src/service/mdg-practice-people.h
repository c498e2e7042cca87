/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The invented people: built in, or documents of a folder. */
#pragma once

#include "mdg-practice-document.h"

G_BEGIN_DECLS

typedef struct
{
  char *cn;
  char *description; /* (nullable) */
  json_t *body;      /* MessageBody as it is in the document */
  gboolean built_in;
} MdgPracticePerson;

typedef struct _MdgPracticePeople MdgPracticePeople;

MdgPracticePeople *mdg_practice_people_new (GError **error);
void mdg_practice_people_free (MdgPracticePeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticePeople, mdg_practice_people_free)
gboolean
mdg_practice_people_add_folder (MdgPracticePeople *self, const char *folder, GError **error);
const MdgPracticePerson *mdg_practice_people_find (MdgPracticePeople *self, const char *cn);
guint mdg_practice_people_count (MdgPracticePeople *self);
const MdgPracticePerson *mdg_practice_people_get (MdgPracticePeople *self, guint index);

G_END_DECLS
