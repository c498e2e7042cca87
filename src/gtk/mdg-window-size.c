/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window is as large as it was the last time. What the file says is bounded; a file that cannot
 * be read or written costs a size, no more. */
#include "config.h"

#include "mdg-window-private.h"

#include "mdg-store.h"

#define GROUP      "window"
#define MIN_WIDTH  360
#define MIN_HEIGHT 480
#define MAX_SIZE   8192

static char *
get_path (void)
{
  g_autofree char *folder = mdg_paths_state_dir ();

  return g_build_filename (folder, "window.ini", NULL);
}

/**
 * mdg_window_restore_size:
 * @self: the window, not shown yet
 *
 * Thread: main; one small file is read.
 */
void
mdg_window_restore_size (MdgWindow *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();
  int width, height;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;
  width = g_key_file_get_integer (file, GROUP, "width", NULL);
  height = g_key_file_get_integer (file, GROUP, "height", NULL);
  if (width >= MIN_WIDTH && width <= MAX_SIZE && height >= MIN_HEIGHT && height <= MAX_SIZE)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_key_file_get_boolean (file, GROUP, "maximized", NULL))
    gtk_window_maximize (GTK_WINDOW (self));
}

/**
 * mdg_window_save_size:
 * @self: the window, about to close
 *
 * Thread: main; one small file is written.
 */
void
mdg_window_save_size (MdgWindow *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = get_path ();
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_key_file_set_integer (file, GROUP, "width", width);
  g_key_file_set_integer (file, GROUP, "height", height);
  g_key_file_set_boolean (file, GROUP, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!g_key_file_save_to_file (file, path, &error))
    g_debug ("the size of the window was not kept: %s", error->message);
}
