/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes what mdg-desk.h shows: one answer, whose it is, and what was proven. */
#pragma once

#include "mdg-desk.h"

G_BEGIN_DECLS

/* @message: (transfer none) */
MdgDeskAnswer *mdg_desk_answer_new (MdgOqsMessage *message,
                                    MdgDeskMethod method,
                                    gboolean practice,
                                    const char *reader_name,
                                    GDateTime *asked_at,
                                    const MdgExchange *exchange,
                                    const MdgDeskTiming *timing);
void mdg_desk_answer_free (MdgDeskAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgDeskAnswer, mdg_desk_answer_free)

G_END_DECLS
