/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What may stand in a journey: the same bounds for what a person types, for what stands in the
 * file, and for what comes from another PC. Private to src/store. */
#pragma once

#include "mdg-journey-store.h"

G_BEGIN_DECLS

#define MDG_JOURNEY_NAME_MAX   64 /* an id, a form, a field, a list, a kind */
#define MDG_JOURNEY_FILE_MAX   255
#define MDG_JOURNEY_STEPS_MAX  100
#define MDG_JOURNEY_VALUES_MAX 1000
#define MDG_JOURNEY_HASH_CHARS 64

/* all of them: INVALID_ARGUMENT of G_IO_ERROR. A text that is NULL counts as "". */
gboolean mdg_journey_check_name (const char *name, GError **error);
gboolean mdg_journey_check_text (const char *text, gboolean lines, GError **error);
gboolean mdg_journey_check_step (const MdgStepRecord *step, GError **error);
gboolean mdg_journey_check_entry (const MdgJourneyEntry *entry, GError **error);
/* @whole: with its file: name, kind, size, SHA-256 */
gboolean mdg_journey_check_receipt (const MdgReceipt *receipt, gboolean whole, GError **error);
gboolean mdg_journey_is_hash (const char *text);
/* whether @c can be seen, or only forms what can: no control, nothing that turns or splits text */
gboolean mdg_journey_is_plain (gunichar c);

G_END_DECLS
