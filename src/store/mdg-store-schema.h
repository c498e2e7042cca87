/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of the store, as an ordered list of steps. Private to src/store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "MDGS" in the header of the file: tells our database from another program's. */
#define MDG_STORE_APPLICATION_ID 0x4d444753

/* Step i brings a database from version i to i + 1; the version is the number of steps. */
const char *const *mdg_store_schema_get_steps (guint *n_steps);

G_END_DECLS
