/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A few sentences under each other, each with the same small picture before it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: "icon-name" (string, construct) */
#define MDG_TYPE_NOTE_LIST (mdg_note_list_get_type ())
G_DECLARE_FINAL_TYPE (MdgNoteList, mdg_note_list, MDG, NOTE_LIST, GtkWidget)

/* @texts: (nullable) (element-type utf8); not visible while there is none */
void mdg_note_list_set_texts (MdgNoteList *self, GPtrArray *texts);

G_END_DECLS
