/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-core-macros.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One thread with a queue: the one way to leave the main thread. */
#define MDG_TYPE_WORKER (mdg_worker_get_type ())
MDG_API
G_DECLARE_FINAL_TYPE (MdgWorker, mdg_worker, MDG, WORKER, GObject)

typedef gpointer (*MdgWorkerFunc) (gpointer data, GCancellable *cancellable, GError **error);

MDG_API MdgWorker *mdg_worker_new (const char *name);
MDG_API void mdg_worker_run_async (MdgWorker *self,
                                   MdgWorkerFunc func,
                                   gpointer data,
                                   GDestroyNotify data_free,
                                   GDestroyNotify result_free,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
MDG_API gpointer mdg_worker_run_finish (MdgWorker *self, GAsyncResult *result, GError **error);

G_END_DECLS
