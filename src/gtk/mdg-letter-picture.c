/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The letter as it comes by post, small: who has it in the hand finds the same four lines with the
 * same four numbers. The paper is white in the dark style, too. */
#include "config.h"

#include "mdg-letter-picture.h"

#include "mdg-turn-box.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *number;
  const char *label; /* as printed: not translated */
  const char *looks; /* msgid */
} Line;

static const Line lines[] = {
  { "①", "機関コード", N_ ("10 digits") },
  { "", "機関名", "" },
  { "②", "ID", N_ ("a letter and digits") },
  { "③", "パスワード", N_ ("letters, digits and signs") },
  { "④", "アクティベーションコード", N_ ("12 digits, in three groups") },
};

static GtkWidget *
make_cell (const char *text, const char *css_class)
{
  GtkWidget *cell = mdg_phrase_label_new (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (cell), 0);
  return cell;
}

/* A password is no word: it may break anywhere. */
static GtkWidget *
make_value_cell (const char *value, gboolean real)
{
  GtkWidget *cell = real ? gtk_label_new (value) : make_cell (value, "mdg-letter-looks");

  if (real)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      /* what is broken must not gain a sign that somebody then types */
      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (cell), attributes);
      gtk_label_set_wrap (GTK_LABEL (cell), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (cell), PANGO_WRAP_CHAR);
      gtk_label_set_xalign (GTK_LABEL (cell), 0);
      gtk_widget_add_css_class (cell, "mdg-letter-value");
    }
  return cell;
}

/* An invented facility's secrets are for copying: they are not anybody's. */
static char *
make_value (const MdgPracticeInfo *letter, const char *name, gsize i)
{
  const char *code = letter != NULL ? letter->activation_code : NULL;

  if (letter == NULL)
    return g_strdup (_ (lines[i].looks));
  switch (i)
    {
    case 0:
      return g_strdup (letter->institution_code);
    case 1:
      return g_strdup (name);
    case 2:
      return g_strdup (letter->user_id);
    case 3:
      return g_strdup (letter->password);
    default:
      return code != NULL && strlen (code) == 12
                 ? g_strdup_printf ("%.4s-%.4s-%.4s", code, code + 4, code + 8)
                 : g_strdup ("");
    }
}

/* At twice the size of text a value stands under its label. */
static void
add_line (GtkBox *table, const MdgPracticeInfo *letter, const char *name, gsize i)
{
  gboolean empty = letter == NULL && *lines[i].looks == '\0';
  g_autofree char *value = empty ? g_strdup ("") : make_value (letter, name, i);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *beside = mdg_turn_box_new (6);
  GtkWidget *number = make_cell (lines[i].number, "mdg-letter-number");

  g_object_set (beside, "justify", TRUE, "hexpand", TRUE, NULL);
  gtk_widget_set_parent (make_cell (lines[i].label, "mdg-letter-label"), beside);
  gtk_widget_set_parent (make_value_cell (value, letter != NULL), beside);
  gtk_widget_set_valign (number, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_box_append (GTK_BOX (line), number);
  gtk_box_append (GTK_BOX (line), beside);
  gtk_box_append (table, line);
}

/**
 * mdg_letter_picture_new:
 * @letter: (nullable): the invented letter of practice mode
 * @name: (nullable): the facility's, as the service told it
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the picture
 */
GtkWidget *
mdg_letter_picture_new (const MdgPracticeInfo *letter, const char *name)
{
  GtkWidget *paper = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *table = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = make_cell ("マイナ資格確認アプリ\nユーザ設定情報", "mdg-letter-title");

  gtk_widget_add_css_class (paper, "mdg-letter");
  gtk_widget_set_valign (paper, GTK_ALIGN_START);
  gtk_label_set_justify (GTK_LABEL (title), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0.5f);
  gtk_box_append (GTK_BOX (paper), title);
  gtk_widget_add_css_class (table, "mdg-letter-table");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    add_line (GTK_BOX (table), letter, name, i);
  gtk_box_append (GTK_BOX (paper), table);
  gtk_box_append (GTK_BOX (paper),
                  make_cell (letter != NULL ? _ ("A letter for practice: the facility is invented.")
                                            : _ ("The letter comes by post after the application "
                                                 "was approved. Keep it in a safe place."),
                             "mdg-letter-foot"));
  return paper;
}
