/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer written by hand on a connection taken from the server. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* the answer is out and the connection is still good */
typedef void (*MdgPracticeWireDone) (GIOStream *stream, gpointer data);

typedef struct
{
  GBytes *head; /* status line and headers */
  GBytes *body;
  gsize limit;              /* bytes of both that are sent; G_MAXSIZE: all */
  guint pause_ms;           /* after each byte of the body; 0: none */
  gboolean drain;           /* read what the other side still sends before closing */
  GSocket *reset;           /* (nullable): closed below TLS, without its farewell */
  MdgPracticeWireDone done; /* (nullable): instead of closing */
  gpointer data;            /* (transfer full): for @done */
  GDestroyNotify free_data; /* (nullable) */
} MdgPracticeWire;

GBytes *mdg_practice_wire_make_head (guint status, gsize length, gboolean keep, const char *extra);
void mdg_practice_wire_send (GIOStream *stream, const MdgPracticeWire *wire);

G_END_DECLS
