/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A file or several, from the system's own dialog. A development build takes what the environment
 * says instead, for a test that has no portal and no hands: MADOGUCHI_OPEN_FILES (paths with line
 * ends between), MADOGUCHI_SAVE_FOLDER. */
#include "config.h"

#include "mdg-choose-file.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkFileChooserNative *native; /* owned until it answers */
  MdgFilesChosen chosen;
  gpointer data;
  gulong gone_id;
  GtkWidget *widget;
} Choice;

static void
end_choice (Choice *choice)
{
  g_signal_handler_disconnect (choice->widget, choice->gone_id);
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (choice->native));
  g_object_unref (choice->native);
  g_free (choice);
}

static GPtrArray *
take_files (GtkFileChooserNative *native)
{
  g_autoptr (GListModel) model = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (native));
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (files, g_list_model_get_item (model, i));
  return files;
}

static void
on_response_cb (GtkNativeDialog *native, int response, gpointer data)
{
  Choice *choice = data;
  g_autoptr (GPtrArray) files = NULL;
  MdgFilesChosen chosen = choice->chosen;
  gpointer chosen_data = choice->data;

  if (response == GTK_RESPONSE_ACCEPT)
    files = take_files (choice->native);
  end_choice (choice);
  if (files != NULL && files->len > 0)
    chosen (files, chosen_data);
}

static void
on_widget_gone_cb (GtkWidget *widget, gpointer data)
{
  end_choice (data);
}

#if MDG_DEVELOPMENT
static gboolean
choose_by_environment (const char *variable, const char *name, MdgFilesChosen chosen, gpointer data)
{
  const char *value = g_getenv (variable);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) paths = NULL;

  if (value == NULL)
    return FALSE;
  if (name != NULL)
    g_ptr_array_add (files, g_file_new_build_filename (value, name, NULL));
  else
    {
      paths = g_strsplit (value, "\n", -1);
      for (gsize i = 0; paths[i] != NULL; i++)
        if (*paths[i] != '\0')
          g_ptr_array_add (files, g_file_new_for_path (paths[i]));
    }
  if (files->len > 0)
    chosen (files, data);
  return TRUE;
}
#endif

static void
show_choice (GtkWidget *widget, GtkFileChooserNative *native, MdgFilesChosen chosen, gpointer data)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->native = native;
  choice->chosen = chosen;
  choice->data = data;
  choice->widget = widget;
  choice->gone_id = g_signal_connect (widget, "destroy", G_CALLBACK (on_widget_gone_cb), choice);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect (native, "response", G_CALLBACK (on_response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

static GtkFileChooserNative *
make_native (GtkWidget *widget, const char *title, GtkFileChooserAction action)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                      action, NULL, NULL);
}

/**
 * mdg_choose_to_open:
 * @widget: over whose window the dialog stands
 * @title: of the dialog, translated
 * @several: whether more than one may be chosen
 * @kind: (nullable): what @suffixes are, translated
 * @suffixes: (nullable) (array zero-terminated=1): of the files that are offered first
 * @chosen: what is done with them
 * @data: of @chosen
 *
 * Thread: main.
 * Errors: none; nothing happens where nothing is chosen, or where @widget goes first.
 */
void
mdg_choose_to_open (GtkWidget *widget,
                    const char *title,
                    gboolean several,
                    const char *kind,
                    const char *const *suffixes,
                    MdgFilesChosen chosen,
                    gpointer data)
{
  GtkFileChooserNative *native;

#if MDG_DEVELOPMENT
  if (choose_by_environment ("MADOGUCHI_OPEN_FILES", NULL, chosen, data))
    return;
#endif
  native = make_native (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), several);
  if (suffixes != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, kind);
      for (gsize i = 0; suffixes[i] != NULL; i++)
        gtk_file_filter_add_suffix (filter, suffixes[i]);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
    }
  show_choice (widget, native, chosen, data);
}

/**
 * mdg_choose_to_save:
 * @widget: over whose window the dialog stands
 * @title: of the dialog, translated
 * @name: what the file is called, unless the person says otherwise
 * @chosen: what is done with it
 * @data: of @chosen
 *
 * Thread: main.
 * Errors: none; nothing happens where nothing is chosen, or where @widget goes first.
 */
void
mdg_choose_to_save (GtkWidget *widget,
                    const char *title,
                    const char *name,
                    MdgFilesChosen chosen,
                    gpointer data)
{
  GtkFileChooserNative *native;

#if MDG_DEVELOPMENT
  if (choose_by_environment ("MADOGUCHI_SAVE_FOLDER", name, chosen, data))
    return;
#endif
  native = make_native (widget, title, GTK_FILE_CHOOSER_ACTION_SAVE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  show_choice (widget, native, chosen, data);
}
