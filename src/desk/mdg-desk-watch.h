/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The readers that the desk looks at, and which insertion it has dealt with already. */
#pragma once

#include "mdg-reader-manager.h"

G_BEGIN_DECLS

/* All of them on the main context. */
typedef struct
{
  void (*ready) (gpointer user_data);  /* there is a usable reader now */
  void (*lost) (gpointer user_data);   /* there is none any more */
  void (*reason) (gpointer user_data); /* why there is none may have changed */
  void (*added) (MdgReader *reader, gpointer user_data);
  void (*card_in) (MdgReader *reader, gpointer user_data);
  void (*card_out) (MdgReader *reader, gpointer user_data); /* or the reader with it */
} MdgDeskWatchEvents;

typedef struct _MdgDeskWatch MdgDeskWatch;
MdgDeskWatch *mdg_desk_watch_new (MdgReaderManager *readers,
                                  const MdgDeskWatchEvents *events, /* static */
                                  gpointer user_data);
void mdg_desk_watch_free (MdgDeskWatch *self);
void mdg_desk_watch_set_reader_id (MdgDeskWatch *self, const char *id); /* (nullable): any */
void mdg_desk_watch_start (MdgDeskWatch *self); /* reports no card: see next_card() */
void mdg_desk_watch_stop (MdgDeskWatch *self);

gboolean mdg_desk_watch_has_reader (MdgDeskWatch *self);
/* (nullable) (transfer none): a reader with a card that was not taken */
MdgReader *mdg_desk_watch_next_card (MdgDeskWatch *self);
void mdg_desk_watch_take (MdgDeskWatch *self, MdgReader *reader);         /* its present card */
gboolean mdg_desk_watch_has_card (MdgDeskWatch *self, MdgReader *reader); /* taken or not */
/* whether that very insertion is still there */
gboolean mdg_desk_watch_is_there (MdgDeskWatch *self, MdgReader *reader, guint card_serial);
/* (transfer full): why there is no usable reader */
GError *mdg_desk_watch_get_problem (MdgDeskWatch *self);

G_END_DECLS
