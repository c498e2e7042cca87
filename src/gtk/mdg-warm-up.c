/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The list of fonts and the icon theme are read from the disk before anything with a word or an
 * icon can be drawn. Both are read on another thread while the main thread is busy with the display
 * and with making the window: whoever comes first waits for the other, and nothing else changes. */
#include "config.h"

#include "mdg-warm-up.h"

#include "mdg-worker.h"

/**
 * mdg_warm_up_fonts:
 *
 * Makes the font map of this thread; Pango reads fontconfig's list on a thread of its own from then
 * on.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_warm_up_fonts (void)
{
  pango_cairo_font_map_get_default ();
}

/* Look-ups in a theme that was set up are allowed on any thread: gtk/gtkicontheme.c, "Threading".
 */
static gpointer
look_up_icon (gpointer theme, GCancellable *cancellable, GError **error)
{
  return gtk_icon_theme_has_icon (theme, "open-menu-symbolic") ? theme : NULL;
}

static void
on_looked_up_cb (GObject *worker, GAsyncResult *result, gpointer user_data)
{
  mdg_worker_run_finish (MDG_WORKER (worker), result, NULL);
}

/**
 * mdg_warm_up_icons:
 * @display: the display, whose theme is set up: no path is added to it later
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_warm_up_icons (GdkDisplay *display)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new ("icons");

  mdg_worker_run_async (worker, look_up_icon,
                        g_object_ref (gtk_icon_theme_get_for_display (display)), g_object_unref,
                        NULL, NULL, on_looked_up_cb, NULL);
}
