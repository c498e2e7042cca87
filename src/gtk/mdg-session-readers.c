/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plugins and the readers: first of all, so that a reader is there when the reception is. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-builtin-plugins.h"

/* Before the desk hears of it: it connects later. */
static void
on_card_inserted_cb (MdgSession *self)
{
  mdg_session_trust_cards (self);
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
  mdg_builtin_plugins_add (self->host);
  if (self->practice)
    mdg_session_set_up_practice_reader (self);
  if (self->drivers != NULL)
    only = g_strsplit (self->drivers, ",", -1);
  else if (self->practice)
    only = g_strdupv ((char **) practice_only);
  self->readers = mdg_reader_manager_new (self->host);
  if (self->practice)
    g_signal_connect_object (self->readers, "card-inserted", G_CALLBACK (on_card_inserted_cb), self,
                             G_CONNECT_SWAPPED);
  mdg_plugin_host_load (self->host, (const char *const *) only);
}
