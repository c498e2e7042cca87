/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A list of the journey that the facility edits: what is done is ticked, lines are added, changed,
 * moved and deleted. */
#pragma once

#include "mdg-guide.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_ENTRIES_BOX (mdg_entries_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgEntriesBox, mdg_entries_box, MDG, ENTRIES_BOX, GtkWidget)

/* @list: "reception", "practise" …; @add: what the field for a new line is called, translated.
 * @record: TRUE: a line is a record of a day (done when it is made) and is not moved */
GtkWidget *
mdg_entries_box_new (MdgGuide *guide, const char *list, const char *add, gboolean record);

G_END_DECLS
