/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A button for a screen that a card can change at any moment. GtkButton clicks a quarter of a
 * second after Enter was pressed on it; by then it may stand for something else: who chose the
 * visual check would have said yes to the last try. This one clicks while it is what was pressed.
 */
#include "config.h"

#include "mdg-prompt-button.h"

struct _MdgPromptButton
{
  GtkButton parent_instance;
};

G_DEFINE_FINAL_TYPE (MdgPromptButton, mdg_prompt_button, GTK_TYPE_BUTTON)

static void
mdg_prompt_button_activate (GtkButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
mdg_prompt_button_class_init (MdgPromptButtonClass *klass)
{
  GTK_BUTTON_CLASS (klass)->activate = mdg_prompt_button_activate;
}

static void
mdg_prompt_button_init (MdgPromptButton *self)
{
}

/**
 * mdg_prompt_button_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): an empty button
 */
GtkWidget *
mdg_prompt_button_new (void)
{
  return g_object_new (MDG_TYPE_PROMPT_BUTTON, NULL);
}
