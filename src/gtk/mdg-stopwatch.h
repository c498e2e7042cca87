/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How quick the window is, for the benchmarks of development builds: times and nothing else. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* where MADOGUCHI_STOPWATCH names a file; otherwise nothing of this does anything */
void mdg_stopwatch_start (void);
void mdg_stopwatch_mark (const char *name);
/* marks the moment when what @widget shows now has been painted */
void mdg_stopwatch_mark_painted (GtkWidget *widget, const char *name);
/* mdg-stopwatch-posix.c, mdg-stopwatch-win32.c */
gint64 mdg_stopwatch_get_work (void);

G_END_DECLS
