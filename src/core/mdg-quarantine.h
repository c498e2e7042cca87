/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the core. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MdgQuarantine MdgQuarantine;

MdgQuarantine *mdg_quarantine_new (const char *state_dir);
void mdg_quarantine_free (MdgQuarantine *self);
void mdg_quarantine_collect (MdgQuarantine *self);
gboolean mdg_quarantine_contains (MdgQuarantine *self, const char *id);
void mdg_quarantine_release (MdgQuarantine *self, const char *id);
void mdg_quarantine_begin (MdgQuarantine *self, const char *id);
void mdg_quarantine_end (MdgQuarantine *self);

/* mdg-process-posix.c, mdg-process-win32.c */
guint mdg_process_get_id (void);
gboolean mdg_process_is_alive (guint id);

G_END_DECLS
