/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What tells the right password, and how often it was wrong. Private to src/desk; of one thread. */
#pragma once

#include "mdg-secret-store.h"

G_BEGIN_DECLS

typedef struct _MdgStaffVerifier MdgStaffVerifier;
MdgStaffVerifier *mdg_staff_verifier_new (MdgSecretStore *secrets);
void mdg_staff_verifier_free (MdgStaffVerifier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgStaffVerifier, mdg_staff_verifier_free)

/* reads it once; FALSE with the error set where it is not known whether there is one */
gboolean mdg_staff_verifier_load (MdgStaffVerifier *self, GError **error);
gboolean mdg_staff_verifier_get_known (MdgStaffVerifier *self);
gboolean mdg_staff_verifier_has_password (MdgStaffVerifier *self);
gboolean mdg_staff_verifier_set (MdgStaffVerifier *self, GBytes *password, GError **error);
gboolean mdg_staff_verifier_check (MdgStaffVerifier *self, GBytes *password, GError **error);
/* the monotonic time from which on a try counts */
gint64 mdg_staff_verifier_get_wait_until (MdgStaffVerifier *self);
/* seconds to wait after so many wrong ones */
guint mdg_staff_verifier_find_wait (guint wrong);

G_END_DECLS
