/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* More of the reception's page than every page needs. */
#pragma once

#include "mdg-pages.h"
#include "mdg-reader-manager.h"

G_BEGIN_DECLS

/* whose state stands at the foot; (nullable) */
void mdg_reception_page_set_readers (MdgReceptionPage *self, MdgReaderManager *readers);
/* to what the hand needs now */
void mdg_reception_page_grab_focus (MdgReceptionPage *self);

G_END_DECLS
