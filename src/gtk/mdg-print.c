/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A paper through the system's print dialog, "print to file" included. The paper draws itself in
 * points on A4; here it is only scaled to what the printer takes. */
#include "config.h"

#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>

static void
show_failure (GtkWindow *parent, const char *reason)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("The page could not be printed."), NULL);

  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog), "%s\n\n%s",
      _ ("Please check that the printer is switched on and has paper, then print again."), reason);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, MdgPaper *paper)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double scale = MIN (gtk_print_context_get_width (context) / MDG_PAPER_WIDTH,
                      gtk_print_context_get_height (context) / MDG_PAPER_HEIGHT);

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  mdg_paper_draw_page (paper, (guint) page, cr);
  cairo_restore (cr);
}

static void
on_ready_cb (GtkPrintOperationPreview *preview, GtkPrintContext *context, gpointer user_data)
{
  gtk_print_operation_preview_end_preview (preview);
}

/* GTK's own would write the paper into a file, and another program would show it: over a lock, and
 * for as long as it likes. */
static gboolean
on_preview_cb (GtkPrintOperation *operation,
               GtkPrintOperationPreview *preview,
               GtkPrintContext *context,
               GtkWindow *parent,
               gpointer user_data)
{
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t *cr = cairo_create (nowhere);
  GtkWidget *dialog = adw_message_dialog_new (
      parent, _ ("There is no preview"),
      _ ("A preview would leave the patient’s data in a file. Please print."));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_print_context_set_cairo_context (context, cr, 72, 72); /* it is asked for */
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);
  g_signal_connect (preview, "ready", G_CALLBACK (on_ready_cb), NULL);
  return TRUE;
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWindow *parent)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  g_warning ("a page was not printed: %s", error != NULL ? error->message : "no reason was given");
  show_failure (parent, error != NULL ? error->message : "");
}

/* Whole sheets: the margins are the paper's own business. */
static GtkPageSetup *
make_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  return setup;
}

/**
 * mdg_print_operation_new:
 * @paper: what is printed; kept until the last page is drawn
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the operation behind mdg_print_paper(), not run yet
 */
GtkPrintOperation *
mdg_print_operation_new (MdgPaper *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = make_page_setup ();

  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, (int) mdg_paper_get_n_pages (paper));
  gtk_print_operation_set_job_name (operation, mdg_paper_get_title (paper));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview_cb), NULL);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (on_draw_page_cb), paper, 0);
  g_object_set_data_full (G_OBJECT (operation), "mdg-paper", g_object_ref (paper), g_object_unref);
  return operation;
}

/**
 * mdg_print_paper:
 * @parent: (nullable): the window that the dialog stands over
 * @paper: what is printed
 *
 * Opens the print dialog and comes back at once; a failure is told in a dialog. In development
 * builds the environment variable MADOGUCHI_PRINT_FILE names a PDF that is written without a
 * dialog.
 *
 * Thread: main.
 * Errors: none; told to the person.
 */
void
mdg_print_paper (GtkWindow *parent, MdgPaper *paper)
{
  g_autoptr (GtkPrintOperation) operation = mdg_print_operation_new (paper);
  GtkPrintOperationAction action = GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG;
  const char *file = NULL;

#if MDG_DEVELOPMENT
  file = g_getenv ("MADOGUCHI_PRINT_FILE");
#endif
  if (file != NULL)
    {
      gtk_print_operation_set_export_filename (operation, file);
      action = GTK_PRINT_OPERATION_ACTION_EXPORT;
    }
  if (parent != NULL)
    g_signal_connect_object (operation, "done", G_CALLBACK (on_done_cb), parent, 0);
  else
    g_signal_connect (operation, "done", G_CALLBACK (on_done_cb), NULL);
  gtk_print_operation_run (operation, action, parent, NULL);
}
