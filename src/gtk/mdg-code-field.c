/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The field draws digit by digit from ten layouts that are always there: no layout, label or buffer
 * ever holds two digits of the code. Its accessible name says how many there are. */
#include "config.h"

#include "mdg-code-field.h"

#include "mdg-secret-store.h"

#include <glib/gi18n.h>
#include <openssl/crypto.h>
#include <string.h>

#define GROUP       4
#define CELL_MARGIN 3.0f /* px around a digit */
#define PASTE_MAX   4096 /* bytes that are looked at */

struct _MdgCodeField
{
  GtkWidget parent_instance;

  char *digits; /* MDG_CODE_DIGITS + 1 of locked memory */
  guint n_digits;
  PangoLayout *faces[10]; /* one for each digit; made when first drawn */
  float cell_width, cell_height, gap;
};

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgCodeField, mdg_code_field, GTK_TYPE_WIDGET)

static void
tell_length (MdgCodeField *self)
{
  g_autofree char *name = g_strdup_printf (_ ("Activation code, %u of %u digits"), self->n_digits,
                                           (guint) MDG_CODE_DIGITS);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
push (MdgCodeField *self, int digit)
{
  if (self->n_digits < MDG_CODE_DIGITS)
    self->digits[self->n_digits++] = (char) ('0' + digit);
}

static void
drop (MdgCodeField *self, guint n)
{
  n = MIN (n, self->n_digits);
  self->n_digits -= n;
  OPENSSL_cleanse (self->digits + self->n_digits, n);
}

static void
end_change (MdgCodeField *self)
{
  tell_length (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- drawing ---- */

static void
forget_faces (MdgCodeField *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->faces); i++)
    g_clear_object (&self->faces[i]);
}

static void
make_faces (MdgCodeField *self)
{
  int width, height;

  if (self->faces[0] != NULL)
    return;
  self->cell_width = self->cell_height = 0;
  for (int i = 0; i < 10; i++)
    {
      const char text[] = { (char) ('0' + i), '\0' };

      self->faces[i] = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      pango_layout_get_pixel_size (self->faces[i], &width, &height);
      self->cell_width = MAX (self->cell_width, (float) width + 2 * CELL_MARGIN);
      self->cell_height = MAX (self->cell_height, (float) height);
    }
  self->gap = self->cell_width;
}

#define N_GROUPS (MDG_CODE_DIGITS / GROUP)

static float
get_group_width (MdgCodeField *self)
{
  return (float) GROUP * self->cell_width;
}

/* At twice the size of text a narrow window has no room for three groups beside each other. */
static int
count_beside (MdgCodeField *self, int width)
{
  int n = (int) (((float) width + self->gap) / (get_group_width (self) + self->gap));

  return width < 0 ? N_GROUPS : CLAMP (n, 1, N_GROUPS);
}

static float
get_row_height (MdgCodeField *self)
{
  return self->cell_height + 8;
}

static GtkSizeRequestMode
mdg_code_field_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mdg_code_field_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  MdgCodeField *self = MDG_CODE_FIELD (widget);
  int beside;

  make_faces (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) get_group_width (self) + 1;
      *natural = (int) (N_GROUPS * get_group_width (self) + (N_GROUPS - 1) * self->gap) + 1;
      return;
    }
  beside = count_beside (self, for_size);
  *minimum = *natural =
      (int) ((float) ((N_GROUPS + beside - 1) / beside) * get_row_height (self)) + 1;
}

static graphene_point_t
find_cell (MdgCodeField *self, guint i)
{
  guint beside = (guint) count_beside (self, gtk_widget_get_width (GTK_WIDGET (self)));
  guint group = i / GROUP;

  return GRAPHENE_POINT_INIT ((float) (group % beside) * (get_group_width (self) + self->gap) +
                                  (float) (i % GROUP) * self->cell_width,
                              (float) (group / beside) * get_row_height (self) + 2);
}

static void
draw_cell (MdgCodeField *self, GtkSnapshot *snapshot, guint i, const GdkRGBA *color)
{
  GdkRGBA faint = *color;
  graphene_point_t at = find_cell (self, i);

  faint.alpha *= 0.5f;
  gtk_snapshot_append_color (snapshot, &faint,
                             &GRAPHENE_RECT_INIT (at.x + 1, at.y + self->cell_height + 2,
                                                  self->cell_width - 2,
                                                  i < self->n_digits ? 2 : 1));
  if (i >= self->n_digits)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (at.x + CELL_MARGIN, at.y));
  gtk_snapshot_append_layout (snapshot, self->faces[self->digits[i] - '0'], color);
  gtk_snapshot_restore (snapshot);
}

/* between two groups on one row */
static void
draw_dash (MdgCodeField *self, GtkSnapshot *snapshot, guint i, const GdkRGBA *color)
{
  graphene_point_t before = find_cell (self, i - 1), at = find_cell (self, i);

  if (before.y == at.y)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT (at.x - self->gap * 0.75f,
                                                    at.y + self->cell_height * 0.55f,
                                                    self->gap * 0.5f, 2));
}

static void
mdg_code_field_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MdgCodeField *self = MDG_CODE_FIELD (widget);
  graphene_point_t next;
  GdkRGBA color;

  make_faces (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < MDG_CODE_DIGITS; i++)
    draw_cell (self, snapshot, i, &color);
  for (guint i = GROUP; i < MDG_CODE_DIGITS; i += GROUP)
    draw_dash (self, snapshot, i, &color);
  if (!gtk_widget_has_focus (widget) || self->n_digits == MDG_CODE_DIGITS)
    return;
  next = find_cell (self, self->n_digits); /* where the next one goes */
  gtk_snapshot_append_color (
      snapshot, &color, &GRAPHENE_RECT_INIT (next.x + 1, next.y + 2, 2, self->cell_height - 4));
}

/* ---- typing ---- */

static int
read_digit (gunichar c)
{
  return g_unichar_isdigit (c) ? g_unichar_digit_value (c) : -1;
}

/* Where a run of exactly twelve digits stands in it, that is the code: a whole letter was copied.
 */
static gboolean
find_code (const char *text, char digits[MDG_CODE_DIGITS])
{
  guint n = 0;

  for (const char *c = text;; c = g_utf8_next_char (c))
    {
      gunichar sign = g_utf8_get_char (c);
      int digit = read_digit (sign);

      if (digit >= 0)
        {
          if (n < MDG_CODE_DIGITS)
            digits[n] = (char) ('0' + digit);
          n++;
        }
      else if (sign == '\0' ||
               (!g_unichar_isspace (sign) && g_unichar_type (sign) != G_UNICODE_DASH_PUNCTUATION &&
                sign != 0x2212 && sign != 0x30fc) ||
               sign == '\n')
        {
          if (n == MDG_CODE_DIGITS)
            return TRUE;
          n = 0;
        }
      if (sign == '\0')
        return FALSE;
    }
}

/**
 * mdg_code_field_paste:
 * @self: a field
 * @text: what is on a clipboard; the caller erases it
 *
 * A whole code takes the place of what was typed; else the digits are added one by one.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_code_field_paste (MdgCodeField *self, const char *text)
{
  char digits[MDG_CODE_DIGITS];

  g_return_if_fail (MDG_IS_CODE_FIELD (self));
  g_return_if_fail (text != NULL);

  if (strlen (text) > PASTE_MAX || !g_utf8_validate (text, -1, NULL))
    return;
  if (find_code (text, digits))
    {
      drop (self, MDG_CODE_DIGITS);
      for (guint i = 0; i < MDG_CODE_DIGITS; i++)
        push (self, digits[i] - '0');
    }
  else
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
      if (read_digit (g_utf8_get_char (c)) >= 0)
        push (self, read_digit (g_utf8_get_char (c)));
  OPENSSL_cleanse (digits, sizeof digits);
  end_change (self);
}

static void
on_clipboard_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgCodeField) self = data;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (text == NULL)
    return;
  mdg_code_field_paste (self, text);
  OPENSSL_cleanse (text, strlen (text));
  g_free (text);
}

static gboolean
on_paste_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_clipboard_cb,
                                 g_object_ref (widget));
  return TRUE;
}

static gboolean
take_key (MdgCodeField *self, guint key)
{
  int digit = read_digit (gdk_keyval_to_unicode (key));

  if (digit >= 0)
    push (self, digit);
  else if (key == GDK_KEY_BackSpace)
    drop (self, 1);
  else if (key == GDK_KEY_Delete)
    drop (self, MDG_CODE_DIGITS);
  else
    return FALSE;
  end_change (self);
  return TRUE;
}

static gboolean
on_key_cb (MdgCodeField *self, guint key, guint code, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && self->n_digits == MDG_CODE_DIGITS)
    {
      g_signal_emit (self, signals[ACTIVATE], 0);
      return TRUE;
    }
  return take_key (self, key);
}

static void
on_pressed_cb (GtkWidget *self)
{
  gtk_widget_grab_focus (self);
}

/* ---- the widget ---- */

static void
mdg_code_field_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mdg_code_field_parent_class)->css_changed (widget, change);
  forget_faces (MDG_CODE_FIELD (widget));
  gtk_widget_queue_resize (widget);
}

static void
mdg_code_field_finalize (GObject *object)
{
  MdgCodeField *self = MDG_CODE_FIELD (object);

  forget_faces (self);
  OPENSSL_secure_clear_free (self->digits, MDG_CODE_DIGITS + 1);
  G_OBJECT_CLASS (mdg_code_field_parent_class)->finalize (object);
}

static void
mdg_code_field_class_init (MdgCodeFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_code_field_finalize;
  widget_class->get_request_mode = mdg_code_field_get_request_mode;
  widget_class->measure = mdg_code_field_measure;
  widget_class->snapshot = mdg_code_field_snapshot;
  widget_class->css_changed = mdg_code_field_css_changed;
  signals[CHANGED] = g_signal_new ("changed", MDG_TYPE_CODE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", MDG_TYPE_CODE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, on_paste_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, GDK_SHIFT_MASK, on_paste_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "entry");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

static void
mdg_code_field_init (MdgCodeField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->digits = OPENSSL_secure_zalloc (MDG_CODE_DIGITS + 1);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mdg-code");
  tell_length (self);
}

/**
 * mdg_code_field_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
mdg_code_field_new (void)
{
  return g_object_new (MDG_TYPE_CODE_FIELD, NULL);
}

/**
 * mdg_code_field_get_n_digits:
 * @self: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many digits are typed
 */
guint
mdg_code_field_get_n_digits (MdgCodeField *self)
{
  return self->n_digits;
}

/**
 * mdg_code_field_get_code:
 * @self: a field
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): the digits, erased when the last reference goes; %NULL where
 *   there is none
 */
GBytes *
mdg_code_field_get_code (MdgCodeField *self)
{
  return self->n_digits > 0 ? mdg_secret_bytes_new (self->digits, self->n_digits) : NULL;
}

/**
 * mdg_code_field_clear:
 * @self: a field
 *
 * Forgets what was typed.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_code_field_clear (MdgCodeField *self)
{
  drop (self, MDG_CODE_DIGITS);
  end_change (self);
}
