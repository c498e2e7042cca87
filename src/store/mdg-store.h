/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_STORE_ERROR (mdg_store_error_quark ())
typedef enum
{
  MDG_STORE_ERROR_FAILED,
  MDG_STORE_ERROR_FULL,    /* disk or quota */
  MDG_STORE_ERROR_CORRUPT, /* not a database, or damaged: kept aside, never overwritten */
  MDG_STORE_ERROR_NEWER,   /* written by a newer version of the program */
  MDG_STORE_ERROR_LOCKED,  /* another process holds it longer than the busy time */
  MDG_STORE_ERROR_ACCESS,  /* folder or file may not be written */
  MDG_STORE_ERROR_FOREIGN  /* a file to be taken in is none of ours, or not whole */
} MdgStoreError;
GQuark mdg_store_error_quark (void);

/* The facility and its terminal. Plain data; a copy is the caller's. */
typedef struct
{
  char *service_url;      /* https://…/ */
  char *ca_pem;           /* the service's CA, pinned; (nullable): the system's trust */
  char *institution_code; /* 10 digits */
  char *institution_name; /* (nullable) */
  char *user_id;
} MdgFacility;

typedef struct
{
  char *terminal_id;
  char *name;
  char *certificate_pem; /* chain */
  GDateTime *not_after;
  guint terminal_limit;
  guint terminal_count;
  GDateTime *activated_at;
} MdgTerminal;

MdgFacility *mdg_facility_copy (const MdgFacility *self);
void mdg_facility_free (MdgFacility *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgFacility, mdg_facility_free)
MdgTerminal *mdg_terminal_copy (const MdgTerminal *self);
void mdg_terminal_free (MdgTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgTerminal, mdg_terminal_free)

/* SQLite, WAL, full sync, STRICT tables, migrations by user_version. Blocking; one thread at a
 * time. */
typedef struct _MdgStore MdgStore;
MdgStore *mdg_store_open (const char *path, GError **error);
void mdg_store_close (MdgStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgStore, mdg_store_close)

/* facility and terminal together, in one transaction: an activation is there whole or not at all */
gboolean mdg_store_save_activation (MdgStore *self,
                                    const MdgFacility *facility,
                                    const MdgTerminal *terminal,
                                    GError **error);
/* TRUE with NULLs where there is none; (out) (transfer full) (optional) */
gboolean mdg_store_load_activation (MdgStore *self,
                                    MdgFacility **facility,
                                    MdgTerminal **terminal,
                                    GError **error);
gboolean mdg_store_clear_activation (MdgStore *self, GError **error);

/* settings; a missing one is NULL without an error; @value NULL removes */
char *mdg_store_get_setting (MdgStore *self, const char *key, GError **error);
gboolean mdg_store_set_setting (MdgStore *self, const char *key, const char *value, GError **error);
gboolean mdg_store_check (MdgStore *self, GError **error); /* integrity, for diagnose */
int mdg_store_get_schema_version (MdgStore *self);

/* where things are: practice data in a folder of its own. (transfer full) */
char *mdg_paths_data_dir (
    gboolean practice); /* $XDG_DATA_HOME/madoguchi[/practice], made with mode 0700 */
char *mdg_paths_database (gboolean practice);
char *mdg_paths_state_dir (void);

G_END_DECLS
