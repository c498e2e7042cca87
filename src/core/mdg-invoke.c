/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one way back from a worker to the thread that owns an object. */
#include "config.h"

#include "mdg-invoke.h"

/**
 * mdg_invoke_later:
 * @context: (nullable): where @func shall run; %NULL for the global default
 * @func: the work
 * @data: data for @func
 * @destroy: (nullable): frees @data, in @context too
 *
 * Runs @func in @context, never at once and never on the calling thread by accident: unlike
 * g_main_context_invoke(), which runs the function right here whenever nobody happens to be
 * iterating the context. Calls of one thread take effect in the order they were made.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_invoke_later (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_set_static_name (source, "mdg_invoke_later");
  g_source_attach (source, context);
}
