/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A field of a form. It decides nothing: what is right is said by a check of the model, in words
 * and with an icon, under the field and to a screen reader. */
#include "config.h"

#include "mdg-field.h"

#include "mdg-day-button.h"
#include "mdg-widgets.h"

#include <glib/gi18n.h>

#define LONG_HEIGHT 72

struct _MdgField
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *label;
  GtkWidget *row; /* entry, and what stands beside it */
  GtkWidget *entry;
  GtkTextBuffer *buffer; /* (nullable), the text view's: several lines */
  GtkWidget *note;
  GtkWidget *check_box;
  GtkWidget *check_icon;
  GtkWidget *check;

  char *text;
  gboolean setting;
  gboolean bad;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgField, mdg_field, GTK_TYPE_WIDGET)

/* by MdgFieldState */
static const struct
{
  const char *icon;
  const char *css_class;
  GtkAccessibleInvalidState state;
} looks[] = {
  { NULL, NULL, GTK_ACCESSIBLE_INVALID_FALSE },
  { "document-edit-symbolic", NULL, GTK_ACCESSIBLE_INVALID_FALSE },
  { NULL, NULL, GTK_ACCESSIBLE_INVALID_FALSE },
  { "dialog-warning-symbolic", "warning", GTK_ACCESSIBLE_INVALID_FALSE },
  { "dialog-error-symbolic", "error", GTK_ACCESSIBLE_INVALID_TRUE },
};

static void
set_label (GtkWidget *label, const char *text)
{
  mdg_phrase_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* An entry hands the focus to what is inside of it: that is what is read aloud. */
static GtkAccessible *
get_focusable (MdgField *self)
{
  if (GTK_IS_ENTRY (self->entry))
    return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  return GTK_ACCESSIBLE (self->entry);
}

static char *
read_text (MdgField *self)
{
  GtkTextIter start, end;

  if (self->buffer == NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
on_changed_cb (MdgField *self)
{
  g_free (self->text);
  self->text = read_text (self);
  if (!self->setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_day_cb (MdgField *self, const char *day)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), day);
}

static void
make_entry (MdgField *self, MdgFieldKind kind)
{
  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 1);
  if (kind == MDG_FIELD_DIGITS)
    gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), FALSE);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_box_append (GTK_BOX (self->row), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
make_long_entry (MdgField *self)
{
  GtkWidget *frame = gtk_frame_new (NULL);

  self->entry = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->entry));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->entry), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->entry), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->entry), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->entry), 6);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->entry), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->entry), 9);
  gtk_widget_set_size_request (self->entry, -1, LONG_HEIGHT);
  gtk_frame_set_child (GTK_FRAME (frame), self->entry);
  gtk_widget_set_hexpand (frame, TRUE);
  gtk_box_append (GTK_BOX (self->row), frame);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
add_calendar (MdgField *self)
{
  GtkWidget *button = mdg_day_button_new ();

  g_signal_connect_object (button, "chosen", G_CALLBACK (on_day_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->row), button);
}

static void
make_check (MdgField *self)
{
  self->check_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->check_icon =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign",
                    GTK_ALIGN_START, NULL);
  self->check = mdg_phrase_label_new ("", NULL);
  gtk_label_set_xalign (GTK_LABEL (self->check), 0);
  gtk_widget_set_hexpand (self->check, TRUE);
  gtk_box_append (GTK_BOX (self->check_box), self->check_icon);
  gtk_box_append (GTK_BOX (self->check_box), self->check);
  gtk_widget_set_visible (self->check_box, FALSE);
  gtk_widget_set_parent (self->check_box, GTK_WIDGET (self));
}

static void
mdg_field_dispose (GObject *object)
{
  MdgField *self = MDG_FIELD (object);
  GtkWidget *child;

  self->buffer = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mdg_field_parent_class)->dispose (object);
}

static void
mdg_field_finalize (GObject *object)
{
  g_free (MDG_FIELD (object)->text);
  G_OBJECT_CLASS (mdg_field_parent_class)->finalize (object);
}

static gboolean
mdg_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MDG_FIELD (widget)->entry);
}

static void
mdg_field_class_init (MdgFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mdg_field_dispose;
  object_class->finalize = mdg_field_finalize;
  widget_class->grab_focus = mdg_field_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MDG_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
mdg_field_init (MdgField *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->text = g_strdup ("");
  self->label = mdg_phrase_label_new ("", "heading");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->row, GTK_WIDGET (self));
  make_check (self);
  self->note = mdg_phrase_label_new ("", "mdg-dim");
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));
}

/**
 * mdg_field_new:
 * @kind: what is typed there
 * @label: its name, translated
 * @note: what is told of it before anything is typed, translated; "" nothing
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
mdg_field_new (MdgFieldKind kind, const char *label, const char *note)
{
  MdgField *self = g_object_new (MDG_TYPE_FIELD, NULL);

  mdg_phrase_label_set_text (GTK_LABEL (self->label), label);
  if (kind == MDG_FIELD_LONG)
    make_long_entry (self);
  else
    make_entry (self, kind);
  if (kind == MDG_FIELD_DATE)
    add_calendar (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_accessible_update_property (get_focusable (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  set_label (self->note, note);
  return GTK_WIDGET (self);
}

/**
 * mdg_field_new_for_entry:
 * @entry: (transfer floating): where one types, or what one presses; it names itself to a screen
 *   reader
 * @label: its name, translated
 * @note: what is told of it, translated; "" nothing
 *
 * For what keeps its text to itself: mdg_field_get_text() is "".
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): a field around @entry
 */
GtkWidget *
mdg_field_new_for_entry (GtkWidget *entry, const char *label, const char *note)
{
  MdgField *self = g_object_new (MDG_TYPE_FIELD, NULL);

  mdg_phrase_label_set_text (GTK_LABEL (self->label), label);
  self->entry = entry;
  gtk_box_append (GTK_BOX (self->row), entry);
  set_label (self->note, note);
  return GTK_WIDGET (self);
}

/**
 * mdg_field_get_text:
 * @self: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what stands there
 */
const char *
mdg_field_get_text (MdgField *self)
{
  g_return_val_if_fail (MDG_IS_FIELD (self), "");

  return self->text;
}

/**
 * mdg_field_set_text:
 * @self: a field
 * @text: what stands there from now on
 *
 * "changed" is not emitted.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_field_set_text (MdgField *self, const char *text)
{
  g_return_if_fail (MDG_IS_FIELD (self));

  if (g_str_equal (self->text, text))
    return;
  self->setting = TRUE;
  if (self->buffer != NULL)
    gtk_text_buffer_set_text (self->buffer, text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->setting = FALSE;
}

/**
 * mdg_field_set_check:
 * @self: a field
 * @check: (nullable): what is said of what stands there; %NULL nothing
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_field_set_check (MdgField *self, const MdgFieldCheck *check)
{
  MdgFieldState state = check != NULL ? check->state : MDG_FIELD_OK;
  const char *words = check != NULL && check->words != NULL ? check->words : "";

  g_return_if_fail (MDG_IS_FIELD (self));
  g_return_if_fail (state < G_N_ELEMENTS (looks));

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].css_class != NULL)
      {
        gtk_widget_remove_css_class (self->check_box, looks[i].css_class);
        gtk_widget_remove_css_class (self->entry, looks[i].css_class);
      }
  if (looks[state].css_class != NULL)
    {
      gtk_widget_add_css_class (self->check_box, looks[state].css_class);
      gtk_widget_add_css_class (self->entry, looks[state].css_class);
    }
  self->bad = state == MDG_FIELD_BAD;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->check_icon), looks[state].icon);
  gtk_widget_set_visible (self->check_icon, looks[state].icon != NULL);
  mdg_phrase_label_set_text (GTK_LABEL (self->check), words);
  gtk_widget_set_visible (self->check_box, *words != '\0');
  gtk_accessible_update_state (get_focusable (self), GTK_ACCESSIBLE_STATE_INVALID,
                               looks[state].state, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
}

/**
 * mdg_field_set_note:
 * @self: a field
 * @note: what is told of it, translated; "" nothing
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_field_set_note (MdgField *self, const char *note)
{
  g_return_if_fail (MDG_IS_FIELD (self));

  set_label (self->note, note);
}

/**
 * mdg_field_get_entry:
 * @self: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): where one types
 */
GtkWidget *
mdg_field_get_entry (MdgField *self)
{
  return self->entry;
}

/**
 * mdg_field_is_bad:
 * @self: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether what was said of it last is that it cannot stay so
 */
gboolean
mdg_field_is_bad (MdgField *self)
{
  return self->bad;
}
