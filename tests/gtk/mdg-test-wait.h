/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting for an event with the main loop turning, and a word when it does not come. */
#pragma once

#include <gio/gio.h>

#define PATIENCE_SECONDS 60

static inline gboolean
mdg_test_on_late_cb (gpointer data)
{
  g_error ("waited too long: %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint late =                                                                                   \
        g_timeout_add_seconds (PATIENCE_SECONDS, mdg_test_on_late_cb, (gpointer) #condition);      \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (late);                                                                        \
  }                                                                                                \
  G_STMT_END

/* keeps the result of an asynchronous call; @data: a GAsyncResult** */
static inline void
mdg_test_on_result_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}
