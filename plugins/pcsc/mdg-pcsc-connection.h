/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-pcsc-api.h"
#include "mdg-pcsc-told.h"

G_BEGIN_DECLS

/* One reader's context and connection. Every call blocks; all but is_in_use() from one thread. */
typedef struct _MdgPcscConnection MdgPcscConnection;

MdgPcscConnection *mdg_pcsc_connection_new (MdgPcscApi *api, const char *reader);
void mdg_pcsc_connection_free (MdgPcscConnection *self);
MdgPcscCode mdg_pcsc_connection_open (MdgPcscConnection *self, const char **step);
MdgPcscCode mdg_pcsc_connection_begin (MdgPcscConnection *self, const char **step);
void mdg_pcsc_connection_ask (MdgPcscConnection *self, MdgPcscTold *told);
MdgPcscCode mdg_pcsc_connection_transmit (MdgPcscConnection *self,
                                          GBytes *command,
                                          GBytes **answer,
                                          const char **step);
MdgPcscCode mdg_pcsc_connection_close (MdgPcscConnection *self,
                                       MdgPcscDisposition disposition,
                                       const char **step);
void mdg_pcsc_connection_abandon (MdgPcscConnection *self);
gboolean mdg_pcsc_connection_is_in_use (MdgPcscConnection *self);

G_END_DECLS
