/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A journey to test with: a folder, what is put into it, and whether it is what it was. */
#pragma once

#include "mdg-journey-store.h"

G_BEGIN_DECLS

char *journey_bench_folder (void);
void journey_bench_clean (const char *folder); /* recursively */
char *journey_bench_path (const char *folder, const char *name);
guint journey_bench_count_files (const char *folder, const char *prefix);

MdgJourneyStore *journey_bench_open (const char *folder); /* must succeed */
MdgReceipt *journey_bench_receipt (const char *name);
GBytes *journey_bench_bytes (const char *name, gsize size); /* of their own for each name */
gint64 journey_bench_add (MdgJourneyStore *store, const char *name, gsize size);
gboolean
journey_bench_step (MdgJourneyStore *store, const char *id, const char *note, GError **error);
gint64 journey_bench_entry (MdgJourneyStore *store, const char *list, const char *text);

/* a bit of everything */
void journey_bench_fill (MdgJourneyStore *store);
/* all of it as one text, receipts' bytes by their SHA-256, to be compared */
char *journey_bench_describe (MdgJourneyStore *store);

G_END_DECLS
