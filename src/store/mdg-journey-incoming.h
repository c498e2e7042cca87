/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file that says it is a journey of another PC, until it has proven to be one. Private to
 * src/store. */
#pragma once

#include "mdg-journey-store.h"
#include "mdg-store-database.h"

G_BEGIN_DECLS

typedef struct _MdgJourneyIncoming MdgJourneyIncoming;

/* FOREIGN where anything of it is not as we write it; NEWER; G_IO_ERROR where it cannot be read */
MdgJourneyIncoming *mdg_journey_incoming_open (const char *path, GError **error);
void mdg_journey_incoming_free (MdgJourneyIncoming *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgJourneyIncoming, mdg_journey_incoming_free)

/* (transfer none): all within bounds; each receipt's bytes were compared with its SHA-256 */
const MdgJourneyRecord *mdg_journey_incoming_get_record (MdgJourneyIncoming *self);
/* compared again; (nullable) without an error: it was missing there, too */
GBytes *mdg_journey_incoming_read_file (MdgJourneyIncoming *self,
                                        const MdgReceipt *receipt,
                                        GError **error);

G_END_DECLS
