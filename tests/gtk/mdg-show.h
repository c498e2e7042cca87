/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of pages share: the invented people's answers, a window to show a page in, and
 * looks into its tree of widgets. */
#pragma once

#include "mdg-answer-view.h"
#include "mdg-test-window.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define MDG_SHOW_PEOPLE 46

/* the document of data/practice/people; @number: 1 to MDG_SHOW_PEOPLE */
MdgOqsMessage *mdg_show_message (guint number);
MdgAnswerView *mdg_show_view (guint number);
/* a window that shows @page; runs the main loop until it is painted */
GtkWidget *mdg_show_window (GtkWidget *page, int width, int height);
/* runs the main loop until the next frame is painted; its time in microseconds */
gint64 mdg_show_frame (GtkWidget *widget);
void mdg_show_settle (GtkWidget *widget); /* until nothing is to be done */

/* every text of labels, tooltips and entries in the tree, one a line */
char *mdg_show_texts (GtkWidget *root);
char *mdg_show_visible_texts (GtkWidget *root); /* without what is hidden */
/* the first descendant of @type that has @text somewhere in it (NULL: any); (nullable) */
GtkWidget *mdg_show_find (GtkWidget *root, GType type, const char *text);

G_END_DECLS
