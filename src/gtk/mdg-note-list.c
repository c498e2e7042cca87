/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A few sentences under each other, each with the same small picture before it. Lines that were
 * made once are used again; one that is not used has no text. */
#include "config.h"

#include "mdg-note-list.h"

#include "mdg-answer-text.h"
#include "mdg-beside.h"
#include "mdg-widgets.h"

struct _MdgNoteList
{
  GtkWidget parent_instance;

  char *icon_name;   /* owned */
  GPtrArray *labels; /* (element-type GtkLabel), of the widget's children, all that were made */
};

enum
{
  PROP_ICON_NAME = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MdgNoteList, mdg_note_list, GTK_TYPE_WIDGET)

static void
add_line (MdgNoteList *self)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "layout-manager", mdg_beside_new (6), NULL);
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", self->icon_name, "accessible-role",
                    GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_START, NULL);
  GtkWidget *label = mdg_phrase_label_new ("", NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), label);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  g_ptr_array_add (self->labels, label);
}

static void
mdg_note_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, MDG_NOTE_LIST (object)->icon_name);
}

static void
mdg_note_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MDG_NOTE_LIST (object)->icon_name = g_value_dup_string (value);
}

static void
mdg_note_list_dispose (GObject *object)
{
  MdgNoteList *self = MDG_NOTE_LIST (object);
  GtkWidget *child;

  g_ptr_array_set_size (self->labels, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_note_list_parent_class)->dispose (object);
}

static void
mdg_note_list_finalize (GObject *object)
{
  MdgNoteList *self = MDG_NOTE_LIST (object);

  g_free (self->icon_name);
  g_ptr_array_unref (self->labels);
  G_OBJECT_CLASS (mdg_note_list_parent_class)->finalize (object);
}

static void
mdg_note_list_class_init (MdgNoteListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mdg_note_list_get_property;
  object_class->set_property = mdg_note_list_set_property;
  object_class->dispose = mdg_note_list_dispose;
  object_class->finalize = mdg_note_list_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  properties[PROP_ICON_NAME] =
      g_param_spec_string ("icon-name", NULL, NULL, "dialog-information-symbolic",
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_note_list_init (MdgNoteList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->labels = g_ptr_array_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * mdg_note_list_set_texts:
 * @self: a list
 * @texts: (nullable) (element-type utf8): what it says; NULL nothing
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_note_list_set_texts (MdgNoteList *self, GPtrArray *texts)
{
  guint n = texts != NULL ? texts->len : 0;

  g_return_if_fail (MDG_IS_NOTE_LIST (self));

  while (self->labels->len < n)
    add_line (self);
  for (guint i = 0; i < self->labels->len; i++)
    {
      GtkLabel *label = self->labels->pdata[i];

      mdg_answer_text_set (label, i < n ? texts->pdata[i] : NULL, MDG_ANSWER_TEXT_PLAIN);
      gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (label)), i < n);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
