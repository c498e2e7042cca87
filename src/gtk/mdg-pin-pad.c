/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keypad. A digit goes from the key straight to the reception: there is no entry, no buffer, no
 * input method and no clipboard between them. Keys of the keyboard are taken from the whole window
 * before any widget sees them, and they neither press a key of the screen nor move the focus: the
 * person beside sees dots, and no more. */
#include "config.h"

#include "mdg-pin-pad-private.h"

#include "mdg-pin-dots.h"
#include "mdg-widgets.h"

#include <glib/gi18n-lib.h>

#define N_KEYS      10
#define KEY_SPACING 12
#define WORD_PHRASE 2 /* characters that a key has room for in large letters: 一つ, 消す */
/* Keys that change what is typed into what a program does: they are no digits then. */
#define COMMAND_KEYS (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)

struct _MdgPinPad
{
  GtkWidget parent_instance;
  MdgReception *reception; /* owned */

  /* children */
  GtkWidget *dots;
  GtkWidget *grid;
  GtkWidget *keys[N_KEYS]; /* in the order of places, not of digits */
  GtkWidget *erase;
  GtkWidget *submit;

  /* while it is in a window */
  GtkEventController *keyboard; /* unowned, of @root */
  GtkWidget *root;              /* unowned */
};

G_DEFINE_FINAL_TYPE (MdgPinPad, mdg_pin_pad, GTK_TYPE_WIDGET)

/* A digit of the main row, the keypad or, with an input method on, the full-width ones; else 0. */
static char
get_digit (guint keyval)
{
  guint32 c = gdk_keyval_to_unicode (keyval);

  if (c >= '0' && c <= '9')
    return (char) c;
  if (c >= 0xff10 && c <= 0xff19)
    return (char) ('0' + (c - 0xff10));
  return 0;
}

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

static GtkWidget *
get_focus (MdgPinPad *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* A menu or a text field that a person went to keeps its keys. */
static gboolean
belongs_elsewhere (MdgPinPad *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == NULL)
    return FALSE;
  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) ||
         gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self));
}

/* Enter belongs to a button that has the focus, unless it is a digit with nothing left to type. */
static gboolean
enter_submits (MdgPinPad *self)
{
  GtkWidget *focus = get_focus (self);
  gboolean on_key = focus != NULL && gtk_widget_is_ancestor (focus, self->grid);

  if (on_key && focus != self->erase)
    return mdg_reception_get_pin_length (self->reception) == MDG_PIN_LENGTH;
  return !GTK_IS_BUTTON (focus);
}

/* The tenth stands alone below, between the two keys with words. */
static void
label_keys (MdgPinPad *self)
{
  const char *digits = mdg_reception_get_keypad (self->reception);

  for (guint i = 0; i < N_KEYS; i++)
    {
      char digit[2] = { digits[i], '\0' };

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->keys[i])), digit) != 0)
        gtk_button_set_label (GTK_BUTTON (self->keys[i]), digit);
    }
}

static void
update (MdgPinPad *self)
{
  label_keys (self);
  gtk_widget_set_sensitive (self->submit,
                            mdg_reception_get_pin_length (self->reception) == MDG_PIN_LENGTH);
}

static void
on_key_clicked_cb (MdgPinPad *self, GtkWidget *key)
{
  for (guint i = 0; i < N_KEYS; i++)
    if (self->keys[i] == key)
      mdg_reception_push_digit (self->reception, mdg_reception_get_keypad (self->reception)[i]);
}

static void
on_erase_clicked_cb (MdgPinPad *self)
{
  mdg_reception_pop_digit (self->reception);
}

static void
on_submit_clicked_cb (MdgPinPad *self)
{
  mdg_reception_submit_pin (self->reception);
}

/* Who types digits is at the keypad, wherever the focus was left: Enter is not for a menu's button.
 */
static gboolean
push_digit (MdgPinPad *self, char digit)
{
  GtkWidget *focus = get_focus (self);
  gboolean taken = mdg_reception_push_digit (self->reception, digit);

  if (taken && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    gtk_widget_grab_focus (self->dots);
  return taken;
}

static gboolean
handle_other_key (MdgPinPad *self, guint keyval)
{
  if (keyval == GDK_KEY_BackSpace)
    mdg_reception_pop_digit (self->reception);
  else if (keyval == GDK_KEY_Escape)
    mdg_reception_activate (self->reception, MDG_ACTION_DISMISS);
  else if (is_enter (keyval) && enter_submits (self))
    mdg_reception_submit_pin (self->reception);
  else
    return FALSE;
  return TRUE;
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   gpointer user_data)
{
  return mdg_pin_pad_handle_key (MDG_PIN_PAD (user_data), keyval, state);
}

/* From the moment it is in a window: the first digit is typed before there is a keypad to see. */
static void
mdg_pin_pad_root (GtkWidget *widget)
{
  MdgPinPad *self = MDG_PIN_PAD (widget);

  GTK_WIDGET_CLASS (mdg_pin_pad_parent_class)->root (widget);
  self->root = GTK_WIDGET (gtk_widget_get_root (widget));
  self->keyboard = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keyboard, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keyboard, "key-pressed", G_CALLBACK (on_key_pressed_cb), self);
  gtk_widget_add_controller (self->root, self->keyboard);
}

static void
mdg_pin_pad_unroot (GtkWidget *widget)
{
  MdgPinPad *self = MDG_PIN_PAD (widget);

  if (self->keyboard != NULL)
    gtk_widget_remove_controller (self->root, self->keyboard);
  self->keyboard = NULL;
  self->root = NULL;
  GTK_WIDGET_CLASS (mdg_pin_pad_parent_class)->unroot (widget);
}

static void
mdg_pin_pad_dispose (GObject *object)
{
  MdgPinPad *self = MDG_PIN_PAD (object);

  g_clear_pointer (&self->dots, gtk_widget_unparent);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_object (&self->reception);
  G_OBJECT_CLASS (mdg_pin_pad_parent_class)->dispose (object);
}

static void
mdg_pin_pad_class_init (MdgPinPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_pin_pad_dispose;
  widget_class->root = mdg_pin_pad_root;
  widget_class->unroot = mdg_pin_pad_unroot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pinpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* A press must leave no focus ring behind: it would tell the last digit. */
static GtkWidget *
add_key (MdgPinPad *self, int column, int row, GCallback clicked)
{
  GtkWidget *key = gtk_button_new ();

  gtk_widget_add_css_class (key, "mdg-key");
  gtk_widget_set_focus_on_click (key, FALSE);
  g_signal_connect_swapped (key, "clicked", clicked, self);
  gtk_grid_attach (GTK_GRID (self->grid), key, column, row, 1, 1);
  return key;
}

static GtkWidget *
add_word_key (MdgPinPad *self, int column, const char *word, GCallback clicked)
{
  GtkWidget *key = add_key (self, column, 3, clicked);
  GtkWidget *label = mdg_phrase_label_new (word, NULL);
  g_autoptr (PangoAttrList) attributes = mdg_phrase_attributes (word, WORD_PHRASE);

  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (key), label);
  gtk_widget_add_css_class (key, "word");
  if (g_str_is_ascii (word))
    gtk_widget_add_css_class (key, "latin");
  return key;
}

static void
mdg_pin_pad_init (MdgPinPad *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              18);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), KEY_SPACING);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), KEY_SPACING);
  gtk_widget_set_halign (self->grid, GTK_ALIGN_CENTER);
  for (int i = 0; i < N_KEYS - 1; i++)
    self->keys[i] = add_key (self, i % 3, i / 3, G_CALLBACK (on_key_clicked_cb));
  self->erase = add_word_key (self, 0, _ ("Erase"), G_CALLBACK (on_erase_clicked_cb));
  self->keys[N_KEYS - 1] = add_key (self, 1, 3, G_CALLBACK (on_key_clicked_cb));
  self->submit = add_word_key (self, 2, C_ ("keypad", "Enter"), G_CALLBACK (on_submit_clicked_cb));
  gtk_widget_add_css_class (self->submit, "suggested-action");
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("PIN keypad"), -1);
}

/**
 * mdg_pin_pad_handle_key:
 * @self: a pad
 * @keyval: a key of GDK
 * @state: the modifiers
 *
 * What a press of a key does while the pad is on the screen: digits, one back, enter, escape. Where
 * only what it belongs to is on the screen, a digit that the reception takes opens it, or goes to
 * the other window, and so do the keys that follow.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: TRUE where nobody else may see the key
 */
gboolean
mdg_pin_pad_handle_key (MdgPinPad *self, guint keyval, GdkModifierType state)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self));
  char digit = get_digit (keyval);

  if ((state & COMMAND_KEYS) != 0 || parent == NULL || !gtk_widget_get_mapped (parent) ||
      belongs_elsewhere (self))
    return FALSE;
  if (digit != 0)
    return push_digit (self, digit) || shown;
  /* the patient's number keys may be the keyboard of the other window */
  return (shown || mdg_reception_get_pin_length (self->reception) > 0) &&
         handle_other_key (self, keyval);
}

/**
 * mdg_pin_pad_get_dots:
 * @self: a pad
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the dots
 */
GtkWidget *
mdg_pin_pad_get_dots (MdgPinPad *self)
{
  return self->dots;
}

/**
 * mdg_pin_pad_new:
 * @reception: where the digits go
 * @side: whose window it is in; both have the same keys
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the pad
 */
GtkWidget *
mdg_pin_pad_new (MdgReception *reception, MdgSide side)
{
  MdgPinPad *self = g_object_new (MDG_TYPE_PIN_PAD, NULL);

  self->reception = g_object_ref (reception);
  self->dots = mdg_pin_dots_new (reception);
  gtk_widget_set_focusable (self->dots, TRUE);
  gtk_widget_set_halign (self->dots, GTK_ALIGN_CENTER);
  gtk_widget_insert_before (self->dots, GTK_WIDGET (self), self->grid);
  g_signal_connect_object (reception, "notify::pin-length", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reception, "notify::keypad", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
