/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of a database, as an ordered list of steps, and what else tells ours from others.
 * Private to src/store. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct
{
  gint32 application_id; /* in the header of the file: tells it from another program's */

  /* step i brings a database from version i to i + 1; the version is the number of steps */
  const char *const *steps;
  guint n_steps;

  /* tables that are read at each opening however large the file is; NULL: the whole file is */
  const char *const *vital;

  /* a rollback journal instead of a log: all that was committed is in the one file */
  gboolean one_file;

  /* what else must hold before anything is written to the file; (nullable) */
  gboolean (*check) (sqlite3 *db, GError **error);

  /* after the last step, in its transaction; (nullable) */
  gboolean (*seal) (sqlite3 *db, GError **error);
} MdgStoreSchema;

/* of madoguchi.db: the facility, its terminal, the settings, the checks that were made */
extern const MdgStoreSchema mdg_store_schema;

G_END_DECLS
