/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where the program keeps its files: the user's XDG folders, practice data in a folder of their
 * own so that the two never mix. */
#include "config.h"

#include "mdg-private-file.h"
#include "mdg-store.h"

/* A folder that cannot be made is told by whoever opens a file in it. */
static char *
make_folder (char *path)
{
  g_autoptr (GError) error = NULL;

  if (!mdg_private_dir_make (path, &error))
    g_debug ("%s", error->message);
  return path;
}

/**
 * mdg_paths_data_dir:
 * @practice: whether for practice data
 *
 * Makes the folder with mode 0700 where it can be made; whoever opens a file in it reports where
 * it cannot.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): $XDG_DATA_HOME/madoguchi or its `practice` folder
 */
char *
mdg_paths_data_dir (gboolean practice)
{
  g_autofree char *real =
      make_folder (g_build_filename (g_get_user_data_dir (), "madoguchi", NULL));

  if (!practice)
    return g_steal_pointer (&real);
  return make_folder (g_build_filename (real, "practice", NULL));
}

/**
 * mdg_paths_database:
 * @practice: whether for practice data
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the path for mdg_store_open()
 */
char *
mdg_paths_database (gboolean practice)
{
  g_autofree char *folder = mdg_paths_data_dir (practice);

  return g_build_filename (folder, "madoguchi.db", NULL);
}

/**
 * mdg_paths_state_dir:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): $XDG_STATE_HOME/madoguchi, made with mode 0700
 */
char *
mdg_paths_state_dir (void)
{
  return make_folder (g_build_filename (g_get_user_state_dir (), "madoguchi", NULL));
}
