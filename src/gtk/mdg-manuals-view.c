/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guide's table of manuals, with the versions and days that it gives. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-form-field.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

static void
add_manual (GtkWidget *list, const MdgGuideManual *manual)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *day = mdg_form_describe_day (manual->date);
  /* Translators: a manual's version, then the day of its update */
  g_autofree char *words = g_strdup_printf (_ ("Version %s, updated %s"), manual->version, day);

  gtk_widget_add_css_class (row, "mdg-fact");
  mdg_phrase_label_append (row, mdg_guide_text (manual->name), NULL);
  mdg_phrase_label_append (row, words, "mdg-dim");
  gtk_box_append (GTK_BOX (list), row);
}

/**
 * mdg_manuals_view_new:
 * @guide: not needed
 * @session: (nullable): not needed
 * @navigator: not needed
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page's content
 */
GtkWidget *
mdg_manuals_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = NULL;
  const char *group = "";
  gsize n = 0;
  const MdgGuideManual *manuals = mdg_guide_map_get_manuals (&n);

  for (gsize i = 0; i < n; i++)
    {
      if (!g_str_equal (manuals[i].group, group))
        {
          group = manuals[i].group;
          mdg_phrase_label_append (box, mdg_guide_text (manuals[i].about), "heading");
          list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
          gtk_widget_add_css_class (list, "mdg-card");
          gtk_box_append (GTK_BOX (box), list);
        }
      add_manual (list, &manuals[i]);
    }
  mdg_phrase_label_append (
      box, _ ("As of the official guide. Newer ones may be on the portal site."), "mdg-dim");
  return box;
}
