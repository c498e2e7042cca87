/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 準備: the map of the preparation, and the pages of its steps over it, each made when it is
 * opened. A map that cannot be opened says why, and offers to try again. */
#include "config.h"

#include "mdg-pages.h"

#include "mdg-choose-file.h"
#include "mdg-map-view.h"
#include "mdg-navigator.h"
#include "mdg-step-page.h"

#include <glib/gi18n.h>

struct _MdgPreparationPage
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *navigator;
  GtkWidget *map; /* the navigator's */

  /* owned */
  MdgSession *session; /* (nullable) */
  MdgGuide *guide;     /* (nullable) */
};

G_DEFINE_FINAL_TYPE (MdgPreparationPage, mdg_preparation_page, GTK_TYPE_WIDGET)

static MdgMapView *
get_map (MdgPreparationPage *self)
{
  return MDG_MAP_VIEW (self->map);
}

static void
take_guide (MdgPreparationPage *self, MdgGuide *guide)
{
  if (!g_set_object (&self->guide, guide))
    return;
  mdg_navigator_pop_all (MDG_NAVIGATOR (self->navigator));
  mdg_map_view_set_guide (get_map (self), guide);
}

static void
update (MdgPreparationPage *self)
{
  const GError *error = mdg_session_get_guide_error (self->session);

  take_guide (self, mdg_session_get_guide (self->session));
  if (self->guide == NULL && error != NULL)
    mdg_map_view_set_error (get_map (self), error);
  mdg_map_view_set_terminal (get_map (self), mdg_session_get_terminal (self->session),
                             mdg_session_get_institution_name (self->session),
                             mdg_session_get_institution_code (self->session));
  mdg_map_view_offer_practice (get_map (self), !mdg_session_get_practice (self->session));
}

static void
on_session_cb (MdgPreparationPage *self)
{
  update (self);
}

static void
on_step_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (widget);
  MdgStepKind kind;

  if (mdg_guide_map_find (g_variant_get_string (parameter, NULL), &kind))
    mdg_preparation_page_open_step (self, kind);
}

static void
on_page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (widget);
  MdgNavigator *navigator = MDG_NAVIGATOR (self->navigator);
  const char *id = g_variant_get_string (parameter, NULL);
  gsize n;
  const MdgExtraPage *pages = mdg_extra_pages_get (&n);

  for (gsize i = 0; i < n && self->guide != NULL; i++)
    if (g_str_equal (pages[i].id, id))
      mdg_navigator_push (navigator, pages[i].make (self->guide, self->session, navigator),
                          _ (pages[i].title));
}

static void
on_open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (widget);

  if (self->session == NULL)
    return;
  mdg_map_view_set_guide (get_map (self), NULL);
  mdg_session_open_guide (self->session);
}

/* === the whole journey as a file === */

typedef struct
{
  MdgPreparationPage *self;
  const char *words; /* what is told at the end, translated */
} Transfer;

static Transfer *
begin_transfer (MdgPreparationPage *self, const char *words)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->self = g_object_ref (self);
  transfer->words = words;
  mdg_map_view_tell (get_map (self), _ ("Please wait…"), NULL);
  return transfer;
}

static void
on_transferred_cb (GObject *guide, GAsyncResult *result, gpointer data)
{
  g_autofree Transfer *transfer = data;
  g_autoptr (MdgPreparationPage) self = transfer->self;
  g_autoptr (GError) error = NULL;
  gboolean done = mdg_guide_change_finish (MDG_GUIDE (guide), result, NULL, &error);

  if (self->navigator == NULL)
    return;
  mdg_map_view_tell (get_map (self), done ? transfer->words : "", error);
}

static void
on_export_chosen_cb (GPtrArray *files, gpointer data)
{
  MdgPreparationPage *self = data;
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL && self->guide != NULL)
    mdg_guide_export_async (
        self->guide, path, on_transferred_cb,
        begin_transfer (self, _ ("The whole preparation was saved as a file.")));
}

static void
on_export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (widget);

  if (self->guide != NULL)
    mdg_choose_to_save (widget, _ ("Save the Whole Preparation"),
                        /* Translators: the name of a file */
                        _ ("preparation.madoguchi"), on_export_chosen_cb, self);
}

static void
on_import_response_cb (MdgPreparationPage *self, const char *response, GObject *dialog)
{
  const char *path = g_object_get_data (dialog, "mdg-path");

  if (g_str_equal (response, "import") && self->guide != NULL)
    mdg_guide_import_async (
        self->guide, path, on_transferred_cb,
        begin_transfer (self, _ ("The preparation was taken over from the file.")));
}

/* What is there is replaced: that is asked first. */
static void
on_import_chosen_cb (GPtrArray *files, gpointer data)
{
  MdgPreparationPage *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Take Over This Preparation?"),
      _ ("Steps, forms and receipts of this facility are replaced by those of the file. What is "
         "here now is kept aside."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("Cancel"), "import", _ ("Take over"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "import", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "mdg-path",
                          g_file_get_path (g_ptr_array_index (files, 0)), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_import_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const suffixes[] = { "madoguchi", NULL };
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (widget);

  if (self->guide != NULL)
    mdg_choose_to_open (widget, _ ("Take Over a Preparation"), FALSE, _ ("Preparations"), suffixes,
                        on_import_chosen_cb, self);
}

static void
mdg_preparation_page_dispose (GObject *object)
{
  MdgPreparationPage *self = MDG_PREPARATION_PAGE (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  self->map = NULL;
  g_clear_pointer (&self->navigator, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->guide);
  G_OBJECT_CLASS (mdg_preparation_page_parent_class)->dispose (object);
}

static void
mdg_preparation_page_class_init (MdgPreparationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_preparation_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "preparation.step", "s", on_step_cb);
  gtk_widget_class_install_action (widget_class, "preparation.page", "s", on_page_cb);
  gtk_widget_class_install_action (widget_class, "preparation.open", NULL, on_open_cb);
  gtk_widget_class_install_action (widget_class, "preparation.export", NULL, on_export_cb);
  gtk_widget_class_install_action (widget_class, "preparation.import", NULL, on_import_cb);
}

static void
mdg_preparation_page_init (MdgPreparationPage *self)
{
  self->map = mdg_map_view_new ();
  self->navigator = mdg_navigator_new (self->map);
  gtk_widget_set_parent (self->navigator, GTK_WIDGET (self));
}

/**
 * mdg_preparation_page_new:
 * @session: whose preparation it is
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_preparation_page_new (MdgSession *session)
{
  MdgPreparationPage *self = g_object_new (MDG_TYPE_PREPARATION_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify", G_CALLBACK (on_session_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_preparation_page_new_with_guide:
 * @guide: a preparation
 *
 * A page without a session, for a test.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_preparation_page_new_with_guide (MdgGuide *guide)
{
  MdgPreparationPage *self = g_object_new (MDG_TYPE_PREPARATION_PAGE, NULL);

  take_guide (self, guide);
  return GTK_WIDGET (self);
}

/**
 * mdg_preparation_page_open_step:
 * @self: the page
 * @kind: a step
 *
 * Opens its page, over the map alone.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_preparation_page_open_step (MdgPreparationPage *self, MdgStepKind kind)
{
  MdgNavigator *navigator = MDG_NAVIGATOR (self->navigator);

  if (self->guide == NULL)
    return;
  mdg_navigator_pop_all (navigator);
  mdg_navigator_push (navigator, mdg_step_page_new (kind, self->guide, self->session, navigator),
                      mdg_guide_text (mdg_guide_map_get (kind)->title));
}

/**
 * mdg_preparation_page_get_navigator:
 * @self: the page
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): its pages
 */
GtkWidget *
mdg_preparation_page_get_navigator (MdgPreparationPage *self)
{
  return self->navigator;
}
