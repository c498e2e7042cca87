/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What went wrong, where it went wrong: title, cause, what to do, code. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* not visible while there is nothing to tell */
#define MDG_TYPE_PROBLEM_NOTE (mdg_problem_note_get_type ())
G_DECLARE_FINAL_TYPE (MdgProblemNote, mdg_problem_note, MDG, PROBLEM_NOTE, GtkWidget)

GtkWidget *mdg_problem_note_new (void);
/* @about: (nullable): what it is about, before the title: a file's name. @error: (nullable):
 * nothing to tell any more */
void mdg_problem_note_set (MdgProblemNote *self, const char *about, const GError *error);
/* words that are no problem of the program, in the same place: what to look at */
void mdg_problem_note_set_words (MdgProblemNote *self, const char *title, const char *words);

G_END_DECLS
