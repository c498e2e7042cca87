/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plugins and the readers: first of all, so that a reader is there when the reception is. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-store.h"

#ifdef MDG_BUILTIN_PCSC
extern const MdgPluginDesc _mdg_plugin_desc_pcsc;
#endif
#ifdef MDG_BUILTIN_VIRTUAL
extern const MdgPluginDesc _mdg_plugin_desc_virtual;
#endif

static void
add_builtin (MdgPluginHost *host)
{
#ifdef MDG_BUILTIN_PCSC
  mdg_plugin_host_add_builtin (host, &_mdg_plugin_desc_pcsc);
#endif
#ifdef MDG_BUILTIN_VIRTUAL
  mdg_plugin_host_add_builtin (host, &_mdg_plugin_desc_virtual);
#endif
}

/**
 * mdg_session_load_readers:
 * @self: the session
 *
 * Starts the drivers; their threads look for readers. Does nothing where they are there already.
 *
 * Thread: main.
 */
void
mdg_session_load_readers (MdgSession *self)
{
  const char *const practice_only[] = { "virtual", NULL };
  g_auto (GStrv) only = NULL;

  if (self->host != NULL)
    return;
  self->host = mdg_plugin_host_new (NULL, NULL);
  add_builtin (self->host);
  if (self->practice)
    {
      g_autofree char *folder = mdg_paths_data_dir (TRUE);
      g_autofree char *cards = g_build_filename (folder, "cards", NULL);

      mdg_plugin_host_set_option (self->host, "virtual", "state-dir", cards);
    }
  if (self->drivers != NULL)
    only = g_strsplit (self->drivers, ",", -1);
  else if (self->practice)
    only = g_strdupv ((char **) practice_only);
  self->readers = mdg_reader_manager_new (self->host);
  mdg_plugin_host_load (self->host, (const char *const *) only);
}
