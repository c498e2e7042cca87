/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "リーダー: name ● 使えます". Of several readers the first that can be used is named, and how many
 * others there are. The words of a problem come from the table of problems. */
#include "config.h"

#include "mdg-reader-foot.h"

#include "mdg-problem.h"
#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>

struct _MdgReaderFoot
{
  GtkWidget parent_instance;
  MdgReaderManager *readers; /* owned, (nullable) */
  GPtrArray *watched;        /* of MdgReader: those whose notifications are connected */

  /* children */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (MdgReaderFoot, mdg_reader_foot, GTK_TYPE_WIDGET)

static MdgReader *
find_best (MdgReaderFoot *self)
{
  MdgReader *best = NULL;

  for (guint i = 0; i < self->watched->len; i++)
    {
      MdgReader *reader = self->watched->pdata[i];

      if (mdg_reader_get_problem (reader) == NULL)
        return reader;
      if (best == NULL)
        best = reader;
    }
  return best;
}

static char *
describe_absence (MdgReaderFoot *self)
{
  const GError *error = mdg_reader_manager_get_problem (self->readers);

  if (!mdg_reader_manager_get_settled (self->readers))
    return g_strdup (_ ("Reader: being looked for …"));
  if (error != NULL)
    {
      g_autoptr (MdgProblem) problem = mdg_problem_new (error);

      return g_strdup_printf (_ ("Reader: ✕ %s"), mdg_problem_get_title (problem));
    }
  return g_strdup (_ ("Reader: ✕ none is connected"));
}

static char *
describe (MdgReaderFoot *self)
{
  MdgReader *reader = find_best (self);
  g_autofree char *others = NULL;
  const GError *error;

  if (reader == NULL)
    return describe_absence (self);
  error = mdg_reader_get_problem (reader);
  if (error != NULL)
    {
      g_autoptr (MdgProblem) problem = mdg_problem_new (error);

      return g_strdup_printf (_ ("Reader: %s ✕ %s"), mdg_reader_get_name (reader),
                              mdg_problem_get_title (problem));
    }
  if (self->watched->len == 1)
    return g_strdup_printf (_ ("Reader: %s ● ready"), mdg_reader_get_name (reader));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Reader: %s ● ready (%u more)",
                                       "Reader: %s ● ready (%u more)", self->watched->len - 1),
                          mdg_reader_get_name (reader), self->watched->len - 1);
}

static void
update (MdgReaderFoot *self)
{
  g_autofree char *text = self->readers != NULL ? describe (self) : g_strdup ("");

  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), text) != 0)
    mdg_phrase_label_set_text (GTK_LABEL (self->label), text);
}

static void
forget_readers (MdgReaderFoot *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (self->watched->pdata[i], self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
on_items_changed_cb (MdgReaderFoot *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->readers));

  forget_readers (self);
  for (guint i = 0; i < n; i++)
    {
      MdgReader *reader = g_list_model_get_item (G_LIST_MODEL (self->readers), i);

      g_signal_connect_swapped (reader, "notify::problem", G_CALLBACK (update), self);
      g_ptr_array_add (self->watched, reader);
    }
  update (self);
}

static void
mdg_reader_foot_dispose (GObject *object)
{
  MdgReaderFoot *self = MDG_READER_FOOT (object);

  mdg_reader_foot_set_readers (self, NULL);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_reader_foot_parent_class)->dispose (object);
}

static void
mdg_reader_foot_finalize (GObject *object)
{
  g_ptr_array_unref (MDG_READER_FOOT (object)->watched);
  G_OBJECT_CLASS (mdg_reader_foot_parent_class)->finalize (object);
}

static void
mdg_reader_foot_class_init (MdgReaderFootClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_reader_foot_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_reader_foot_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
mdg_reader_foot_init (MdgReaderFoot *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->label = mdg_phrase_label_new ("", NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * mdg_reader_foot_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the line, empty until it is given readers
 */
GtkWidget *
mdg_reader_foot_new (void)
{
  return g_object_new (MDG_TYPE_READER_FOOT, NULL);
}

/**
 * mdg_reader_foot_set_readers:
 * @self: the line
 * @readers: (nullable): whose state it tells
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reader_foot_set_readers (MdgReaderFoot *self, MdgReaderManager *readers)
{
  if (self->readers == readers)
    return;
  if (self->readers != NULL)
    g_signal_handlers_disconnect_by_data (self->readers, self);
  forget_readers (self);
  g_set_object (&self->readers, readers);
  if (readers != NULL)
    {
      g_signal_connect_swapped (readers, "items-changed", G_CALLBACK (on_items_changed_cb), self);
      g_signal_connect_swapped (readers, "notify::settled", G_CALLBACK (update), self);
      on_items_changed_cb (self);
    }
  else if (self->label != NULL)
    update (self);
}
