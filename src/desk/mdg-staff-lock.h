/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The counter's lock: the password of the facility's user opens it, without asking the service.
 * What is kept is a salted scrypt verifier, never the password. */
#pragma once

#include "mdg-secret-store.h"

G_BEGIN_DECLS

/* Properties: "locked" (boolean), "wait-seconds" (uint: after wrong passwords, until the next try
 * counts). Idle time is counted here: the window reports what people do. */
#define MDG_TYPE_STAFF_LOCK (mdg_staff_lock_get_type ())
G_DECLARE_FINAL_TYPE (MdgStaffLock, mdg_staff_lock, MDG, STAFF_LOCK, GObject)

/* @secrets: where the verifier lives */
MdgStaffLock *mdg_staff_lock_new (MdgSecretStore *secrets);
void
mdg_staff_lock_set_idle_minutes (MdgStaffLock *self, guint minutes); /* 0: never locks by itself */
void mdg_staff_lock_set_idle_seconds (MdgStaffLock *self, guint seconds);
void mdg_staff_lock_report_activity (MdgStaffLock *self);
void mdg_staff_lock_lock (MdgStaffLock *self); /* at once, as asked by a person */
gboolean mdg_staff_lock_get_locked (MdgStaffLock *self);
guint mdg_staff_lock_get_wait_seconds (MdgStaffLock *self);
/* after a log-in that the service accepted, or an activation: this password opens from now on */
void mdg_staff_lock_set_password_async (MdgStaffLock *self,
                                        GBytes *password,
                                        GCancellable *c,
                                        GAsyncReadyCallback cb,
                                        gpointer data);
gboolean
mdg_staff_lock_set_password_finish (MdgStaffLock *self, GAsyncResult *result, GError **error);
/* G_IO_ERROR_PERMISSION_DENIED: wrong; G_IO_ERROR_BUSY: wait-seconds are not over;
 * G_IO_ERROR_NOT_INITIALIZED: none set. Opens the lock when right. */
void mdg_staff_lock_unlock_async (MdgStaffLock *self,
                                  GBytes *password,
                                  GCancellable *c,
                                  GAsyncReadyCallback cb,
                                  gpointer data);
gboolean mdg_staff_lock_unlock_finish (MdgStaffLock *self, GAsyncResult *result, GError **error);
void mdg_staff_lock_has_password_async (MdgStaffLock *self,
                                        GCancellable *c,
                                        GAsyncReadyCallback cb,
                                        gpointer data);
gboolean
mdg_staff_lock_has_password_finish (MdgStaffLock *self, GAsyncResult *result, GError **error);

G_END_DECLS
