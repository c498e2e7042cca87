/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kinds of device as buttons of which one is chosen: their names are long, and a drop-down
 * would cut them. */
#include "config.h"

#include "mdg-kind-choice.h"

#include "mdg-subsidy.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

struct _MdgKindChoice
{
  GtkWidget parent_instance;

  GtkWidget *box;     /* child */
  GtkWidget *label;   /* in the box */
  GPtrArray *buttons; /* (element-type GtkCheckButton): by kind; the box's */
  gboolean setting;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgKindChoice, mdg_kind_choice, GTK_TYPE_WIDGET)

static void
on_active_cb (GtkCheckButton *button, GParamSpec *pspec, MdgKindChoice *self)
{
  if (!self->setting && gtk_check_button_get_active (button))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_kind (MdgKindChoice *self, const MdgDeviceKind *kind)
{
  GtkWidget *button =
      g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  /* Translators: %s is a kind of device */
  g_autofree char *words =
      kind->fundable ? g_strdup_printf (_ ("%s (fundable)"), kind->name) : g_strdup (kind->name);
  GtkWidget *label = mdg_phrase_label_new (words, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  if (self->buttons->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->buttons, button);
  gtk_box_append (GTK_BOX (self->box), button);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (on_active_cb), self, 0);
}

static void
mdg_kind_choice_dispose (GObject *object)
{
  MdgKindChoice *self = MDG_KIND_CHOICE (object);

  g_ptr_array_set_size (self->buttons, 0);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mdg_kind_choice_parent_class)->dispose (object);
}

static void
mdg_kind_choice_finalize (GObject *object)
{
  g_ptr_array_unref (MDG_KIND_CHOICE (object)->buttons);
  G_OBJECT_CLASS (mdg_kind_choice_parent_class)->finalize (object);
}

static void
mdg_kind_choice_class_init (MdgKindChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_kind_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_kind_choice_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MDG_TYPE_KIND_CHOICE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mdg_kind_choice_init (MdgKindChoice *self)
{
  gsize n;
  const MdgDeviceKind *kinds = mdg_device_kinds (&n);

  self->buttons = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->label = mdg_phrase_label_new ("", "heading");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_box_append (GTK_BOX (self->box), self->label);
  for (gsize i = 0; i < n; i++)
    add_kind (self, &kinds[i]);
  mdg_kind_choice_set (self, kinds[0].id);
}

/**
 * mdg_kind_choice_new:
 * @label: what is chosen, translated
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the choice, with the first kind chosen
 */
GtkWidget *
mdg_kind_choice_new (const char *label)
{
  MdgKindChoice *self = g_object_new (MDG_TYPE_KIND_CHOICE, NULL);

  mdg_phrase_label_set_text (GTK_LABEL (self->label), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

/**
 * mdg_kind_choice_set:
 * @self: a choice
 * @id: of mdg_device_kinds(); an unknown one chooses the last
 *
 * "changed" is not emitted.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_kind_choice_set (MdgKindChoice *self, const char *id)
{
  gsize n, at = 0;
  const MdgDeviceKind *kinds = mdg_device_kinds (&n);

  g_return_if_fail (MDG_IS_KIND_CHOICE (self));

  while (at + 1 < n && g_strcmp0 (kinds[at].id, id) != 0)
    at++;
  self->setting = TRUE;
  gtk_check_button_set_active (g_ptr_array_index (self->buttons, at), TRUE);
  self->setting = FALSE;
}

/**
 * mdg_kind_choice_get:
 * @self: a choice
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): an id of mdg_device_kinds()
 */
const char *
mdg_kind_choice_get (MdgKindChoice *self)
{
  gsize n;
  const MdgDeviceKind *kinds = mdg_device_kinds (&n);

  for (gsize i = 0; i < n && i < self->buttons->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      return kinds[i].id;
  return kinds[n - 1].id;
}
