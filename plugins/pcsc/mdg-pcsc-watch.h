/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-pcsc-reader.h"
#include "mdg-reader-driver.h"

G_BEGIN_DECLS

/* The readers of one context and what is known of them: from the service's coming to its going. */
typedef struct _MdgPcscWatch MdgPcscWatch;

/* Asked for the features of a reader that is empty. */
typedef void (*MdgPcscWatchAsk) (MdgReaderDriver *driver, MdgPcscReader *reader);

MdgPcscWatch *mdg_pcsc_watch_new (MdgReaderDriver *driver,
                                  MdgPcscApi *api,
                                  MdgPcscContext context,
                                  MdgPcscWatchAsk ask);
void mdg_pcsc_watch_free (MdgPcscWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgPcscWatch, mdg_pcsc_watch_free)
MdgPcscCode mdg_pcsc_watch_list (MdgPcscWatch *self);
MdgPcscCode mdg_pcsc_watch_wait (MdgPcscWatch *self, guint milliseconds);
gboolean mdg_pcsc_watch_apply (MdgPcscWatch *self);

G_END_DECLS
