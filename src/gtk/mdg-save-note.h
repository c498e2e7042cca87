/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether what was typed is on the disk, in words, and when to write it: after a pause of typing,
 * and at once when the page goes. */
#pragma once

#include "mdg-guide.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal "save": write it now; the handler calls mdg_save_note_begin() and gives
 * mdg_save_note_on_done_cb() to the change of the guide that it starts. */
#define MDG_TYPE_SAVE_NOTE (mdg_save_note_get_type ())
G_DECLARE_FINAL_TYPE (MdgSaveNote, mdg_save_note, MDG, SAVE_NOTE, GtkWidget)

GtkWidget *mdg_save_note_new (void);
/* something was typed. @valid: FALSE: it cannot be written as it is, and that is told */
void mdg_save_note_touch (MdgSaveNote *self, gboolean valid);
/* what was typed and is not being written: "save" now. Returns whether there was something. */
gboolean mdg_save_note_flush (MdgSaveNote *self);
/* (transfer full): the data of mdg_save_note_on_done_cb() */
gpointer mdg_save_note_begin (MdgSaveNote *self);
void mdg_save_note_end (MdgSaveNote *self, const GError *error);
/* of a GAsyncReadyCallback of MdgGuide; ends it with mdg_guide_change_finish() */
void mdg_save_note_on_done_cb (GObject *guide, GAsyncResult *result, gpointer data);
gboolean mdg_save_note_is_saved (MdgSaveNote *self); /* nothing is typed that is not on the disk */

G_END_DECLS
