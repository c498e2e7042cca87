/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of an answer in labels that may be narrow and large. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* the wide characters that are kept together in the narrowest window with the largest text */
#define MDG_ANSWER_TEXT_NAME    6
#define MDG_ANSWER_TEXT_VALUE   7
#define MDG_ANSWER_TEXT_PLAIN   9
#define MDG_ANSWER_TEXT_CAPTION 10

/* @text: (nullable). The label is visible only where there is a text. */
void mdg_answer_text_set (GtkLabel *label, const char *text, guint longest);
/* a number that is typed from the screen; visible always */
void mdg_answer_text_set_number (GtkLabel *label, const char *number);

G_END_DECLS
