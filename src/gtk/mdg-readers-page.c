/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* リーダー: every reader and every driver, live, and the test of a reader. While a test is shown
 * the property "testing" is TRUE, before the first command goes to the card: the window keeps the
 * desk away from cards as long. */
#include "config.h"

#include "mdg-pages.h"

#include <glib/gi18n-lib.h>

#include "mdg-driver-row.h"
#include "mdg-errors.h"
#include "mdg-phrase-tree.h"
#include "mdg-reader-row.h"
#include "mdg-reader-test-view.h"
#include "mdg-widgets.h"

struct _MdgReadersPage
{
  GtkWidget parent_instance;

  /* owned */
  MdgReaderManager *readers;
  MdgPluginHost *host;
  gboolean practice;

  GtkWidget *test_view; /* (nullable), the stack's */

  /* template children */
  GtkStack *stack;
  GtkListBox *readers_list;
  GtkListBox *drivers_list;
  GtkWidget *drivers_group;
  GtkWidget *empty;
  GtkLabel *empty_title;
  GtkLabel *empty_words;
};

enum
{
  PROP_0,
  PROP_TESTING,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_PASSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgReadersPage, mdg_readers_page, GTK_TYPE_WIDGET)

/* An empty list has a reason: they are being looked for, a driver's problem, or there is none. */
static void
show_empty (MdgReadersPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->readers)) == 0;
  const GError *reason = mdg_reader_manager_get_problem (self->readers);
  g_autoptr (GError) gone =
      g_error_new_literal (MDG_READER_ERROR, MDG_READER_ERROR_GONE, "no reader");
  g_autoptr (MdgProblem) problem = NULL;
  g_autofree char *code = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->readers_list), !empty);
  gtk_widget_set_visible (self->empty, empty);
  if (!empty)
    return;
  if (!mdg_reader_manager_get_settled (self->readers) && reason == NULL)
    {
      mdg_phrase_label_set_text (self->empty_title, _ ("Looking for readers"));
      mdg_phrase_label_set_text (self->empty_words, _ ("This takes a few seconds."));
      return;
    }
  problem = mdg_problem_new (reason != NULL ? reason : gone);
  /* Translators: %s is a code like R-08, which is read out to the call centre */
  code = g_strdup_printf (_ ("Code %s"), mdg_problem_get_code (problem));
  words = g_strdup_printf ("%s\n%s\n%s", mdg_problem_get_cause (problem),
                           mdg_problem_get_advice (problem), code);
  mdg_phrase_label_set_text (self->empty_title, mdg_problem_get_title (problem));
  mdg_phrase_label_set_text (self->empty_words, words);
}

static void
on_readers_changed_cb (MdgReadersPage *self)
{
  show_empty (self);
}

static void
on_drivers_changed_cb (MdgReadersPage *self)
{
  gtk_widget_set_visible (self->drivers_group,
                          g_list_model_get_n_items (G_LIST_MODEL (self->host)) > 0);
}

static void
end_test (MdgReadersPage *self)
{
  if (self->test_view == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_stack_remove (self->stack, self->test_view);
  self->test_view = NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTING]);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->readers_list), GTK_DIR_TAB_FORWARD);
}

static void
on_test_done_cb (MdgReadersPage *self)
{
  end_test (self);
}

static void
on_tested_cb (MdgReadersPage *self, int outcome, MdgReaderTestView *view)
{
  if (outcome != MDG_READER_TEST_BAD)
    g_signal_emit (self, signals[SIGNAL_PASSED], 0, mdg_reader_test_view_get_reader (view));
}

static void
on_test_clicked_cb (MdgReadersPage *self, MdgReaderRow *row)
{
  if (self->test_view != NULL)
    return;
  self->test_view = mdg_reader_test_view_new (mdg_reader_row_get_reader (row), self->practice);
  g_signal_connect_object (self->test_view, "done", G_CALLBACK (on_test_done_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test_view, "tested", G_CALLBACK (on_tested_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, self->test_view, "test");
  gtk_stack_set_visible_child (self->stack, self->test_view);
  /* who listens lets go of the readers now, before the test takes one */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTING]);
  mdg_reader_test_view_start (MDG_READER_TEST_VIEW (self->test_view));
}

static void
on_retry_clicked_cb (MdgReadersPage *self, MdgDriverRow *row)
{
  mdg_plugin_host_retry (self->host, mdg_plugin_info_get_id (mdg_driver_row_get_info (row)));
}

static GtkWidget *
make_reader_row (gpointer item, gpointer user_data)
{
  MdgReadersPage *self = user_data;
  MdgPluginInfo *info = mdg_plugin_host_lookup (self->host, mdg_reader_get_driver (item));
  const char *name = info != NULL ? mdg_plugin_info_get_name (info) : NULL;
  GtkWidget *row =
      mdg_reader_row_new (item, name != NULL ? _ (name) : mdg_reader_get_driver (item));

  g_signal_connect_object (row, "clicked", G_CALLBACK (on_test_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static GtkWidget *
make_driver_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = mdg_driver_row_new (item);

  g_signal_connect_object (row, "clicked", G_CALLBACK (on_retry_clicked_cb), user_data,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
mdg_readers_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TESTING)
    g_value_set_boolean (value, MDG_READERS_PAGE (object)->test_view != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* Who goes to another place wants the desk back. */
static void
mdg_readers_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mdg_readers_page_parent_class)->unmap (widget);
  end_test (MDG_READERS_PAGE (widget));
}

static void
mdg_readers_page_dispose (GObject *object)
{
  MdgReadersPage *self = MDG_READERS_PAGE (object);

  self->test_view = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), MDG_TYPE_READERS_PAGE);
  g_clear_object (&self->readers);
  g_clear_object (&self->host);
  G_OBJECT_CLASS (mdg_readers_page_parent_class)->dispose (object);
}

static void
mdg_readers_page_class_init (MdgReadersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mdg_readers_page_get_property;
  object_class->dispose = mdg_readers_page_dispose;
  widget_class->unmap = mdg_readers_page_unmap;

  /**
   * MdgReadersPage:testing:
   *
   * A reader is being tested, or its result is shown: nobody else may take a card.
   */
  properties[PROP_TESTING] = g_param_spec_boolean (
      "testing", NULL, NULL, FALSE, (GParamFlags) (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * MdgReadersPage::passed:
   * @reader: a reader
   *
   * @reader passed its test.
   */
  signals[SIGNAL_PASSED] = g_signal_new ("passed", MDG_TYPE_READERS_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, MDG_TYPE_READER);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-readers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, readers_list);
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, drivers_list);
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, drivers_group);
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, empty);
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, empty_title);
  gtk_widget_class_bind_template_child (widget_class, MdgReadersPage, empty_words);
}

static void
mdg_readers_page_init (MdgReadersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_stack_present_visible_only (GTK_STACK (self->stack));
  mdg_phrase_tree_keep (GTK_WIDGET (self));
}

/**
 * mdg_readers_page_new:
 * @readers: all readers
 * @host: all drivers
 * @practice: whether what is printed says 練習
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
mdg_readers_page_new (MdgReaderManager *readers, MdgPluginHost *host, gboolean practice)
{
  MdgReadersPage *self = g_object_new (MDG_TYPE_READERS_PAGE, NULL);

  self->readers = g_object_ref (readers);
  self->host = g_object_ref (host);
  self->practice = practice;
  gtk_list_box_bind_model (self->readers_list, G_LIST_MODEL (readers), make_reader_row, self, NULL);
  gtk_list_box_bind_model (self->drivers_list, G_LIST_MODEL (host), make_driver_row, self, NULL);
  g_signal_connect_object (readers, "items-changed", G_CALLBACK (on_readers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (readers, "notify", G_CALLBACK (on_readers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (host, "items-changed", G_CALLBACK (on_drivers_changed_cb), self,
                           G_CONNECT_SWAPPED);
  on_readers_changed_cb (self);
  on_drivers_changed_cb (self);
  return GTK_WIDGET (self);
}
