/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A toast whose words wrap. libadwaita 1.2 gives a toast the height of one line before it asks how
 * wide it may be, so the lines are broken here, for the width that the window has now. One with a
 * button of its own stays libadwaita's: the button has the room, and shows the whole. */
#include "config.h"

#include "mdg-toast.h"

#include "mdg-phrase-fit.h"
#include "mdg-widgets.h"

/* pixels of an overlay beside the words: margins, padding, the close button */
#define FRAME 124

#define WORDS "mdg-toast-words"

static PangoLayout *
make_layout (GtkWidget *overlay, const char *words)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (overlay, words);
  int room = MAX (gtk_widget_get_width (overlay) - FRAME, 1);
  guint letters = (guint) MAX (1, room / mdg_phrase_letter_width (overlay));
  g_autoptr (PangoAttrList) attributes = mdg_phrase_attributes (words, letters);

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, room * PANGO_SCALE);
  return layout;
}

static char *
break_lines (GtkWidget *overlay, const char *words)
{
  g_autoptr (PangoLayout) layout = make_layout (overlay, words);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      const PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append_len (text, words + line->start_index, line->length);
    }
  return g_string_free (text, FALSE);
}

/**
 * mdg_toast_new:
 * @overlay: where it will be shown
 * @words: what is told, translated, not markup, one line; no personal data
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
mdg_toast_new (AdwToastOverlay *overlay, const char *words)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (words);

  if (gtk_widget_get_width (GTK_WIDGET (overlay)) > 0)
    {
      g_autofree char *lines = break_lines (GTK_WIDGET (overlay), words);

      gtk_label_set_text (GTK_LABEL (label), lines);
    }
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  g_object_set_data_full (G_OBJECT (toast), WORDS, g_strdup (words), g_free);
  return toast;
}

/**
 * mdg_toast_get_words:
 * @toast: of mdg_toast_new()
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what it tells
 */
const char *
mdg_toast_get_words (AdwToast *toast)
{
  return g_object_get_data (G_OBJECT (toast), WORDS);
}
