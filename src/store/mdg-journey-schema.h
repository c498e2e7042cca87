/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of a journey and the seal over them. Private to src/store. */
#pragma once

#include "mdg-store-database.h"

G_BEGIN_DECLS

/* of journey.db and journey.copy */
extern const MdgStoreSchema mdg_journey_schema;

/* of the one file for another PC: the same tables, and the receipts' bytes */
#define MDG_JOURNEY_EXPORT_ID 0x4d44474a /* "MDGJ" */
#define MDG_JOURNEY_EXPORT_TABLE                                                                   \
  "CREATE TABLE file (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"

/* how often the journey was changed, and which one it is */
typedef struct
{
  char identity[33];
  gint64 revision;
} MdgJourneyMark;
gboolean mdg_journey_mark_read (sqlite3 *db, MdgJourneyMark *mark, GError **error);

/* SHA-256 over all that stands in the tables of @schema ("main" or an attached one) */
GBytes *mdg_journey_digest (sqlite3 *db, const char *schema, GError **error);
gboolean mdg_journey_seal (sqlite3 *db, GError **error);
gboolean mdg_journey_check_seal (sqlite3 *db, const char *schema, GError **error);

G_END_DECLS
