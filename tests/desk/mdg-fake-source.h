/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An eligibility source for tests: answers at once, later, wrongly, or never. It checks what a
 * service would check of a question: the challenge is its own and unused, the signature fits. */
#pragma once

#include "mdg-eligibility-source.h"

G_BEGIN_DECLS

#define MDG_FAKE_INSTITUTION "1319999015"

#define MDG_TYPE_FAKE_SOURCE (mdg_fake_source_get_type ())
G_DECLARE_FINAL_TYPE (MdgFakeSource, mdg_fake_source, MDG, FAKE_SOURCE, GObject)

MdgFakeSource *mdg_fake_source_new (void);
/* what comes next is held back until it is released; released in the order that @last_first says */
void mdg_fake_source_hold_challenges (MdgFakeSource *self, gboolean hold);
void mdg_fake_source_hold_answers (MdgFakeSource *self, gboolean hold);
void mdg_fake_source_release (MdgFakeSource *self, gboolean last_first);
/* held answers do not even end when they are cancelled */
void mdg_fake_source_set_deaf (MdgFakeSource *self, gboolean deaf);
void mdg_fake_source_fail_challenges (MdgFakeSource *self, MdgServiceError code); /* all */
void mdg_fake_source_fail_answers (MdgFakeSource *self, MdgServiceError code);    /* all */
void mdg_fake_source_set_life (MdgFakeSource *self, gint64 microseconds);
void mdg_fake_source_set_practice (MdgFakeSource *self, gboolean practice);

guint mdg_fake_source_count_challenges (MdgFakeSource *self);
guint mdg_fake_source_count_questions (MdgFakeSource *self);
guint mdg_fake_source_count_held (MdgFakeSource *self);
/* the last question: whether it was signed, its date, its consent */
gboolean mdg_fake_source_was_signed (MdgFakeSource *self);
const char *mdg_fake_source_get_date (MdgFakeSource *self);
gboolean mdg_fake_source_get_consent_limit (MdgFakeSource *self);
gboolean mdg_fake_source_get_consent_diseases (MdgFakeSource *self);
/* the number of the question that @message answers, from 1 */
guint mdg_fake_source_get_number (MdgOqsMessage *message);

G_END_DECLS
