/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The step 端末等の選定: the guide's three ways, what 拡張APDU is, the readers that are plugged in
 * now with their test, and the table of known readers. */
#include "config.h"

#include "mdg-step-content.h"

#include "mdg-known-readers-box.h"
#include "mdg-reader-row.h"
#include "mdg-reader-test-view.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

/* What the rows of the readers need to open a test. */
#define MDG_TYPE_SELECT_VIEW (mdg_select_view_get_type ())
G_DECLARE_FINAL_TYPE (MdgSelectView, mdg_select_view, MDG, SELECT_VIEW, GtkWidget)

struct _MdgSelectView
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *box;
  GtkWidget *readers;
  GtkWidget *none;

  /* owned */
  MdgSession *session;     /* (nullable) */
  MdgReaderManager *model; /* (nullable) */

  MdgNavigator *navigator; /* unowned: outlives this */
};

G_DEFINE_FINAL_TYPE (MdgSelectView, mdg_select_view, GTK_TYPE_WIDGET)

/* the guide's 1-1, with what each needs */
static const struct
{
  const char *title;
  const char *words;
} ways[] = {
  { N_ ("A PC (Windows) with a reader on a cable"),
    N_ ("The PC may be one that you have. The reader must handle extended Lc/Le (extended "
        "APDUs).") },
  { N_ ("A smartphone"), N_ ("It must have NFC and handle extended Lc/Le (extended APDUs).") },
  { N_ ("A tablet with a Bluetooth reader"),
    N_ ("The reader must handle extended Lc/Le (extended APDUs).") },
};

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static void
add_ways (MdgSelectView *self)
{
  GtkWidget *list = make_list (_ ("One of these three ways"));

  mdg_phrase_label_append (self->box, _ ("One of these three ways"), "heading");
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      GtkWidget *row = gtk_list_box_row_new ();
      GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

      mdg_phrase_label_append (texts, _ (ways[i].title), "heading");
      mdg_phrase_label_append (texts, _ (ways[i].words), NULL);
      gtk_widget_set_margin_top (texts, 12);
      gtk_widget_set_margin_bottom (texts, 12);
      gtk_widget_set_margin_start (texts, 18);
      gtk_widget_set_margin_end (texts, 18);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), texts);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  gtk_box_append (GTK_BOX (self->box), list);
  mdg_phrase_label_append (self->box, _ ("What extended APDUs are"), "heading");
  mdg_phrase_label_append (
      self->box,
      _ ("A My Number Card sends its certificate in one piece of more than 256 bytes. A "
         "reader that only knows short commands cannot pass that on. The reader test finds "
         "out whether yours can, with any My Number Card and without a PIN."),
      NULL);
}

/* === the readers that are here === */

static void
on_tested_cb (MdgReaderTestView *view, int outcome, MdgSelectView *self)
{
  if (outcome != MDG_READER_TEST_BAD && self->session != NULL)
    mdg_session_note_tested (self->session, mdg_reader_test_view_get_reader (view));
}

static void
on_test_done_cb (MdgReaderTestView *view, MdgSelectView *self)
{
  mdg_navigator_pop (self->navigator);
}

/* Whoever leaves the test in whatever way gives the reader back to the desk. */
static void
on_test_gone_cb (GtkWidget *view, MdgSelectView *self)
{
  if (self->session != NULL)
    mdg_session_set_testing (self->session, FALSE);
}

static void
on_test_clicked_cb (MdgReaderRow *row, MdgSelectView *self)
{
  GtkWidget *view =
      mdg_reader_test_view_new (mdg_reader_row_get_reader (row),
                                self->session != NULL && mdg_session_get_practice (self->session));

  g_signal_connect_object (view, "tested", G_CALLBACK (on_tested_cb), self, 0);
  g_signal_connect_object (view, "done", G_CALLBACK (on_test_done_cb), self, 0);
  g_signal_connect_object (view, "unmap", G_CALLBACK (on_test_gone_cb), self, 0);
  if (self->session != NULL)
    mdg_session_set_testing (self->session, TRUE);
  mdg_navigator_push_whole (self->navigator, view);
  mdg_reader_test_view_start (MDG_READER_TEST_VIEW (view));
}

static GtkWidget *
make_reader_row (gpointer item, gpointer data)
{
  GtkWidget *row = mdg_reader_row_new (item, NULL);

  g_signal_connect_object (row, "clicked", G_CALLBACK (on_test_clicked_cb), data, 0);
  return row;
}

static void
on_readers_changed_cb (MdgSelectView *self)
{
  gboolean any = self->model != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  gtk_widget_set_visible (self->readers, any);
  gtk_widget_set_visible (self->none, !any);
}

static void
add_readers (MdgSelectView *self)
{
  mdg_phrase_label_append (self->box, _ ("Readers that are plugged in now"), "heading");
  self->readers = make_list (_ ("Readers that are plugged in now"));
  gtk_box_append (GTK_BOX (self->box), self->readers);
  self->none = mdg_phrase_label_new (_ ("No reader is plugged in."), NULL);
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_box_append (GTK_BOX (self->box), self->none);
  if (self->session != NULL && mdg_session_get_readers (self->session) != NULL)
    {
      self->model = g_object_ref (mdg_session_get_readers (self->session));
      gtk_list_box_bind_model (GTK_LIST_BOX (self->readers), G_LIST_MODEL (self->model),
                               make_reader_row, self, NULL);
      g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_readers_changed_cb),
                               self, G_CONNECT_SWAPPED);
    }
  on_readers_changed_cb (self);
}

static void
mdg_select_view_dispose (GObject *object)
{
  MdgSelectView *self = MDG_SELECT_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mdg_select_view_parent_class)->dispose (object);
}

static void
mdg_select_view_class_init (MdgSelectViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_select_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mdg_select_view_init (MdgSelectView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * mdg_select_view_new:
 * @guide: the facility's preparation
 * @session: (nullable): whose readers are shown
 * @navigator: where a test is opened
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the step's own content
 */
GtkWidget *
mdg_select_view_new (MdgGuide *guide, MdgSession *session, MdgNavigator *navigator)
{
  MdgSelectView *self = g_object_new (MDG_TYPE_SELECT_VIEW, NULL);

  g_set_object (&self->session, session);
  self->navigator = navigator;
  add_ways (self);
  add_readers (self);
  gtk_box_append (GTK_BOX (self->box), mdg_known_readers_box_new ());
  return GTK_WIDGET (self);
}
