/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person copies: one way to the clipboard, so that what goes there can be found. What is
 * somebody's is marked, so that programs that remember what was copied let it be, and it is taken
 * back at a lock and at the end. */
#include "config.h"

#include "mdg-widgets.h"

/* By this the clipboard managers of KDE and others know what they must not keep. */
#define HINT_TYPE  "x-kde-passwordManagerHint"
#define HINT_VALUE "secret"

static GdkContentProvider *personal; /* (nullable): weak; the one on the clipboard, or a former */

/**
 * mdg_copy_text:
 * @widget: a widget that is in a window
 * @text: what a person asked to copy; never a secret, and nothing of a patient
 *
 * Thread: main.
 */
void
mdg_copy_text (GtkWidget *widget, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/**
 * mdg_copy_personal:
 * @widget: a widget that is in a window
 * @text: what a person asked to copy of a patient's answer
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_copy_personal (GtkWidget *widget, const char *text)
{
  g_autoptr (GBytes) hint = g_bytes_new_static (HINT_VALUE, sizeof HINT_VALUE - 1);
  GdkContentProvider *both[] = { gdk_content_provider_new_typed (G_TYPE_STRING, text),
                                 gdk_content_provider_new_for_bytes (HINT_TYPE, hint) };
  g_autoptr (GdkContentProvider) provider =
      gdk_content_provider_new_union (both, G_N_ELEMENTS (both));

  g_set_weak_pointer (&personal, provider);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), provider);
}

/**
 * mdg_forget_copied:
 * @widget: a widget that is in a window
 *
 * Takes back what mdg_copy_personal() put on the clipboard, where it is there still.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_forget_copied (GtkWidget *widget)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);

  if (personal != NULL && gdk_clipboard_get_content (clipboard) == personal)
    gdk_clipboard_set_content (clipboard, NULL);
}
