/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A button whose key acts at once. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_PROMPT_BUTTON (mdg_prompt_button_get_type ())
G_DECLARE_FINAL_TYPE (MdgPromptButton, mdg_prompt_button, MDG, PROMPT_BUTTON, GtkButton)

GtkWidget *mdg_prompt_button_new (void);

G_END_DECLS
