/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-virtual-slot.h"

G_BEGIN_DECLS

#define MDG_VIRTUAL_DEFAULT_CN "PRACTICE0001"

/* What a line on the socket, or the plugin's own options, can change. One thread. */
typedef struct
{
  MdgVirtualSlot *slot;
  char *directory; /* of the cards */
  char *cn;        /* of the card that was inserted last */
  MdgVirtualOptions *options;
} MdgVirtualBench;

MdgVirtualBench *
mdg_virtual_bench_new (const char *directory, const char *cn, const MdgVirtualOptions *options);
void mdg_virtual_bench_free (MdgVirtualBench *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualBench, mdg_virtual_bench_free)
gboolean
mdg_virtual_bench_insert (MdgVirtualBench *self, GCancellable *cancellable, GError **error);
/* Carries out one line; (transfer full): "ok", "ok …" or "error …"; @quit: set by "quit" */
char *mdg_virtual_bench_command (MdgVirtualBench *self,
                                 const char *line,
                                 GCancellable *cancellable,
                                 gboolean *quit);

G_END_DECLS
