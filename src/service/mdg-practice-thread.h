/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A thread with a main loop, on which functions are called and waited for. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MdgPracticeThread MdgPracticeThread;
typedef void (*MdgPracticeThreadFunc) (gpointer data);

MdgPracticeThread *mdg_practice_thread_start (const char *name, GError **error);
void mdg_practice_thread_call (MdgPracticeThread *self, MdgPracticeThreadFunc func, gpointer data);
void mdg_practice_thread_stop (MdgPracticeThread *self);

G_END_DECLS
