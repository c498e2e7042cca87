/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reader's state in one line, always at the foot of the reception. */
#pragma once

#include "mdg-reader-manager.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_READER_FOOT (mdg_reader_foot_get_type ())
G_DECLARE_FINAL_TYPE (MdgReaderFoot, mdg_reader_foot, MDG, READER_FOOT, GtkWidget)

GtkWidget *mdg_reader_foot_new (void);
void mdg_reader_foot_set_readers (MdgReaderFoot *self, MdgReaderManager *readers); /* (nullable) */

G_END_DECLS
