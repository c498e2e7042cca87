/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What mdg-pages.h says of the lock, and what its test needs. */
#pragma once

#include "mdg-pages.h"

G_BEGIN_DECLS

/* a lock without a session. @practice_password: (nullable): is shown */
GtkWidget *mdg_lock_view_new_with_lock (MdgStaffLock *lock,
                                        const char *institution_name,
                                        const char *practice_password);
/* empties the field and its words, and puts the focus there */
void mdg_lock_view_reset (MdgLockView *self);

GtkPasswordEntry *mdg_lock_view_get_entry (MdgLockView *self); /* for tests, as all here */
const char *mdg_lock_view_get_words (MdgLockView *self);
gboolean mdg_lock_view_get_busy (MdgLockView *self);
void mdg_lock_view_submit (MdgLockView *self);

G_END_DECLS
