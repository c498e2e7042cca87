/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person copies: one way to the clipboard, so that what goes there can be found. */
#include "config.h"

#include "mdg-widgets.h"

/**
 * mdg_copy_text:
 * @widget: a widget that is in a window
 * @text: what a person asked to copy; never a secret
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_copy_text (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}
