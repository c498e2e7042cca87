/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of the store. A step that has been released is never changed: a new version of the
 * program adds a step at the end. Each step runs in one transaction with its version number. */
#include "config.h"

#include "mdg-store-schema.h"

/* Times are seconds since 1970 in UTC. There is one facility and one terminal, or none. */
static const char *const steps[] = {
  /* 0 → 1 */
  "CREATE TABLE facility ("
  "  id INTEGER PRIMARY KEY CHECK (id = 1),"
  "  service_url TEXT NOT NULL,"
  "  ca_pem TEXT,"
  "  institution_code TEXT NOT NULL CHECK (length (institution_code) = 10),"
  "  institution_name TEXT,"
  "  user_id TEXT NOT NULL) STRICT;"
  "CREATE TABLE terminal ("
  "  id INTEGER PRIMARY KEY REFERENCES facility (id) ON DELETE CASCADE,"
  "  terminal_id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  certificate_pem TEXT NOT NULL,"
  "  not_after INTEGER,"
  "  terminal_limit INTEGER NOT NULL,"
  "  terminal_count INTEGER NOT NULL,"
  "  activated_at INTEGER) STRICT;"
  "CREATE TABLE setting ("
  "  key TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
  /* 1 → 2: the checks that were made, sealed (mdg-visit-table.c), and who looked at them */
  "CREATE TABLE visit ("
  "  id INTEGER PRIMARY KEY,"
  "  time INTEGER NOT NULL,"
  "  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),"
  "  head BLOB NOT NULL,"
  "  detail BLOB) STRICT;"
  "CREATE INDEX visit_time ON visit (time);"
  "CREATE TABLE audit ("
  "  id INTEGER PRIMARY KEY,"
  "  time INTEGER NOT NULL,"
  "  who TEXT NOT NULL,"
  "  action TEXT NOT NULL,"
  "  visit_id INTEGER NOT NULL) STRICT;"
  "CREATE INDEX audit_time ON audit (time);",
};

static const char *const vital[] = { "facility", "terminal", "setting", NULL };

/* "MDGS" */
const MdgStoreSchema mdg_store_schema = {
  .application_id = 0x4d444753,
  .steps = steps,
  .n_steps = G_N_ELEMENTS (steps),
  .vital = vital,
};
