/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several facilities on one PC (併設: a clinic and its dental room). Each has a folder of its own
 * with its database and its secrets; the first one is the data folder itself, so that who has one
 * never meets the word. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_PROFILE_DEFAULT "default"

typedef struct
{
  char *id;   /* "default", "p2" … */
  char *name; /* as a person called it; "" for the default until named */
} MdgProfile;
void mdg_profile_free (MdgProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgProfile, mdg_profile_free)

/* (transfer full) (element-type MdgProfile); the default is always there and first. Blocking, as
 * all here. */
GPtrArray *mdg_profiles_list (GError **error);
char *mdg_profiles_add (const char *name, GError **error); /* its new id */
gboolean mdg_profiles_rename (const char *id, const char *name, GError **error);
/* the one used last; never NULL */
char *mdg_profiles_get_current (void);
gboolean mdg_profiles_set_current (const char *id, GError **error);
char *mdg_profile_dir (const char *id); /* made with mode 0700 */
char *mdg_profile_database (const char *id);

G_END_DECLS
