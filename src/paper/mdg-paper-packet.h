/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The documents of the grant's packet, each drawn onto pages of its own. FALSE: there were not
 * enough pages. */
#pragma once

#include "mdg-paper-forms.h"
#include "mdg-paper-sheet.h"

G_BEGIN_DECLS

#define MDG_GRANT_PRESIDENT "社会保険診療報酬支払基金理事長 あて"

gboolean mdg_packet_draw_grant (MdgSheet *sheet, const MdgGrantFields *fields);
/* the block at the right; moves on */
void mdg_packet_draw_applicant (MdgSheet *sheet, const MdgGrantFields *fields);
gboolean mdg_packet_draw_breakdown (MdgSheet *sheet, const MdgPacketFields *fields);
gboolean mdg_packet_draw_report (MdgSheet *sheet, const MdgPacketFields *fields);
gboolean mdg_packet_draw_cover (MdgSheet *sheet, const MdgPacketFields *fields);
gboolean mdg_packet_draw_label (MdgSheet *sheet, const MdgLabelFields *fields);

/* yen of a row; -1 where they are no number of yen */
gint64 mdg_packet_get_amount (const MdgBreakdownRow *row);
gint64 mdg_packet_sum (const MdgBreakdownRow *rows, gsize n, gboolean fundable_only);

G_END_DECLS
