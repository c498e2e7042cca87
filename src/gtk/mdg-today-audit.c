/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 閲覧記録: who looked at what, when, one line each; and the question before something is deleted.
 */
#include "config.h"

#include "mdg-today-private.h"

#include "mdg-answer-text.h"
#include "mdg-phrase-fit.h"
#include "mdg-visit-row.h"

#include <glib/gi18n.h>

/* of the narrowest window, what the words of a dialog over it have */
#define NARROWEST_DIALOG_ROOM 240

static const char *
describe_action (const char *action)
{
  static const struct
  {
    const char *action;
    const char *words;
  } words[] = {
    { "check", N_ ("Checked") },           { "look", N_ ("Looked at") },
    { "print", N_ ("Printed") },           { "copy", N_ ("Copied") },
    { "delete", N_ ("Deleted") },          { "export", N_ ("Exported") },
    { "log-in", N_ ("Logged in") },        { "unlock", N_ ("Unlocked") },
    { "setting", N_ ("Setting changed") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].action, action))
      return _ (words[i].words);
  return action;
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *line = gtk_list_item_get_item (item);

  mdg_answer_text_set (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (line), MDG_ANSWER_TEXT_PLAIN);
}

void
mdg_today_show_audit (GtkListView *view, GPtrArray *lines)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GtkNoSelection) model = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const MdgAuditLine *line = lines->pdata[i];
      g_autoptr (GDateTime) local = g_date_time_to_local (line->time);
      g_autofree char *time = mdg_visit_row_format_time (local);

      /* TRANSLATORS: a line of the audit: when, what, who */
      gtk_string_list_take (list, g_strdup_printf (_ ("%s  %s  %s"), time,
                                                   describe_action (line->action), line->who));
    }
  if (gtk_list_view_get_factory (view) == NULL)
    {
      g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
      gtk_list_view_set_factory (view, factory);
    }
  model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&list)));
  gtk_list_view_set_model (view, GTK_SELECTION_MODEL (model));
}

static void
on_dialog_mapped_cb (GtkWidget *dialog)
{
  mdg_phrase_fit_all (dialog, NARROWEST_DIALOG_ROOM);
}

GtkWidget *
mdg_today_delete_dialog_new (GtkWindow *parent, gboolean all)
{
  GtkWidget *dialog = adw_message_dialog_new (
      parent, all ? _ ("Delete all checks?") : _ ("Delete this check?"),
      _ ("What is deleted cannot be brought back. That it was deleted stays in the record."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("Cancel"), "delete",
                                    _ ("Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "map", G_CALLBACK (on_dialog_mapped_cb), NULL);
  return dialog;
}
