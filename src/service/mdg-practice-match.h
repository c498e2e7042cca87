/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a person is the one a search asks for. */
#pragma once

#include "mdg-practice-document.h"

G_BEGIN_DECLS

typedef struct _MdgPracticeMatch MdgPracticeMatch;

MdgPracticeMatch *mdg_practice_match_new (json_t *search);
void mdg_practice_match_free (MdgPracticeMatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPracticeMatch, mdg_practice_match_free)
gboolean mdg_practice_match_fits (MdgPracticeMatch *self, json_t *body);

G_END_DECLS
