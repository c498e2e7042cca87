/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A button with a calendar behind it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal "chosen" (const char *day): yyyy-MM-dd */
#define MDG_TYPE_DAY_BUTTON (mdg_day_button_get_type ())
G_DECLARE_FINAL_TYPE (MdgDayButton, mdg_day_button, MDG, DAY_BUTTON, GtkWidget)

GtkWidget *mdg_day_button_new (void);

G_END_DECLS
