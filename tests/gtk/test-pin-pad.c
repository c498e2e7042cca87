/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keypad: what of it says how far, and that nothing of it says what. */
#include "config.h"

#include "mdg-desk-bench.h"
#include "mdg-pin-pad-private.h"
#include "mdg-scene-view.h"
#include "mdg-test-window.h"

typedef struct
{
  MdgDeskBench *bench;
  MdgReception *reception;
  GtkWidget *window;
  MdgPinPad *pad;
} Fixture;

/* A desk that asks for the PIN of the card on its reader. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->bench = mdg_desk_bench_new (1, NULL);
  fixture->reception = mdg_reception_new (fixture->bench->desk);
  mdg_desk_bench_insert (fixture->bench, 0, NULL);
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_NEED_PIN);
  fixture->pad = MDG_PIN_PAD (mdg_pin_pad_new (fixture->reception, MDG_SIDE_STAFF));
  fixture->window = mdg_test_window_new (GTK_WIDGET (fixture->pad));
  gtk_widget_grab_focus (mdg_pin_pad_get_dots (fixture->pad));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  mdg_test_window_settle ();
  g_object_unref (fixture->reception);
  mdg_desk_bench_free (fixture->bench);
}

static gboolean
press (Fixture *fixture, guint keyval)
{
  return mdg_pin_pad_handle_key (fixture->pad, keyval, 0);
}

static void
assert_length (Fixture *fixture, guint length, const char *words)
{
  char *found;

  g_assert_cmpuint (mdg_reception_get_pin_length (fixture->reception), ==, length);
  found = gtk_test_accessible_check_property (GTK_ACCESSIBLE (mdg_pin_pad_get_dots (fixture->pad)),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, words);
  g_assert_cmpstr (found, ==, NULL);
}

static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  assert_length (fixture, 0, "4桁中0桁");
  g_assert_true (press (fixture, GDK_KEY_1));
  assert_length (fixture, 1, "4桁中1桁");
  g_assert_true (press (fixture, GDK_KEY_KP_2));
  g_assert_true (press (fixture, gdk_unicode_to_keyval (0xff13)));
  assert_length (fixture, 3, "4桁中3桁");
  g_assert_true (press (fixture, GDK_KEY_BackSpace));
  assert_length (fixture, 2, "4桁中2桁");
  /* not four: nothing is sent */
  g_assert_true (press (fixture, GDK_KEY_Return));
  mdg_desk_bench_wait_idle (fixture->bench);
  g_assert_cmpint (mdg_desk_get_state (fixture->bench->desk), ==, MDG_DESK_STATE_NEED_PIN);
  press (fixture, GDK_KEY_3);
  press (fixture, GDK_KEY_4);
  assert_length (fixture, 4, "4桁中4桁");
  /* a fifth makes it no PIN, and goes no further either: a bar-code reader must not cost a try */
  g_assert_true (press (fixture, GDK_KEY_5));
  assert_length (fixture, 4, "4桁中4桁");
  g_assert_true (press (fixture, GDK_KEY_KP_Enter));
  assert_length (fixture, 0, "4桁中0桁");
  g_assert_cmpint (mdg_desk_get_state (fixture->bench->desk), ==, MDG_DESK_STATE_NEED_PIN);
  for (guint keyval = GDK_KEY_1; keyval <= GDK_KEY_4; keyval++)
    press (fixture, keyval);
  g_assert_true (press (fixture, GDK_KEY_KP_Enter));
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_SHOWING);
  assert_length (fixture, 0, "4桁中0桁");
}

/* Keys that are no digits, and digits that are commands, go to whom they belong. */
/* Who types is at the keypad: Enter is for it, not for what had the focus before. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  gtk_window_set_focus (window, NULL);
  g_assert_true (press (fixture, GDK_KEY_1));
  g_assert_true (gtk_window_get_focus (window) == mdg_pin_pad_get_dots (fixture->pad));
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_assert_false (press (fixture, GDK_KEY_a));
  g_assert_false (press (fixture, GDK_KEY_Tab));
  g_assert_false (press (fixture, GDK_KEY_F11));
  g_assert_false (mdg_pin_pad_handle_key (fixture->pad, GDK_KEY_1, GDK_ALT_MASK));
  g_assert_false (mdg_pin_pad_handle_key (fixture->pad, GDK_KEY_1, GDK_CONTROL_MASK));
  assert_length (fixture, 0, "4桁中0桁");
}

static void
test_escape (Fixture *fixture, gconstpointer data)
{
  press (fixture, GDK_KEY_1);
  g_assert_true (press (fixture, GDK_KEY_Escape));
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_WAITING);
  assert_length (fixture, 0, "4桁中0桁");
}

/* All that a picture, a screen reader or a look at the focus could tell of what was typed. */
static char *
describe (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_root (widget)));

  g_string_append_printf (text, "%s %d %p\n", G_OBJECT_TYPE_NAME (widget),
                          (int) gtk_widget_get_state_flags (widget), (void *) focus);
  if (GTK_IS_LABEL (widget))
    g_string_append (text, gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *below = describe (child);

      g_string_append (text, below);
    }
  return g_string_free (text, FALSE);
}

static void
test_silence (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  for (guint keyval = GDK_KEY_0; keyval <= GDK_KEY_9; keyval++)
    {
      g_autofree char *after = NULL;

      press (fixture, keyval);
      mdg_test_window_settle ();
      after = describe (GTK_WIDGET (fixture->pad));
      if (first == NULL)
        first = g_strdup (after);
      g_assert_cmpstr (after, ==, first);
      assert_length (fixture, 1, "4桁中1桁");
      press (fixture, GDK_KEY_BackSpace);
    }
}

static GtkWidget *
find_key (Fixture *fixture, const char *text)
{
  GtkWidget *label = mdg_test_window_find_text (fixture->window, text);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

/* By mouse or touch: the key goes in, and neither it nor the focus remembers. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  static const char *const digits[] = { "1", "2", "3", "4" };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      GtkWidget *key = find_key (fixture, digits[i]);

      g_assert_false (gtk_widget_get_focus_on_click (key));
      g_assert_true (gtk_widget_get_focusable (key));
      g_signal_emit_by_name (key, "clicked");
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) ==
                     mdg_pin_pad_get_dots (fixture->pad));
      g_assert_cmpint (gtk_widget_get_sensitive (find_key (fixture, "確定")), ==, i == 3);
    }
  g_signal_emit_by_name (find_key (fixture, "一つ消す"), "clicked");
  assert_length (fixture, 3, "4桁中3桁");
  g_signal_emit_by_name (find_key (fixture, "4"), "clicked");
  g_signal_emit_by_name (find_key (fixture, "確定"), "clicked");
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_SHOWING);
}

/* The pad of the other window has the same PIN. */
static void
test_two_windows (Fixture *fixture, gconstpointer data)
{
  MdgPinPad *other = MDG_PIN_PAD (mdg_pin_pad_new (fixture->reception, MDG_SIDE_PATIENT));
  GtkWidget *window = mdg_test_window_new (GTK_WIDGET (other));

  press (fixture, GDK_KEY_1);
  g_assert_true (mdg_pin_pad_handle_key (other, GDK_KEY_2, 0));
  assert_length (fixture, 2, "4桁中2桁");
  gtk_window_destroy (GTK_WINDOW (window));
  press (fixture, GDK_KEY_3);
  assert_length (fixture, 3, "4桁中3桁");
}

/* Where the keys stand follows the reception; a place is not a digit. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->reception, "shuffle", TRUE, NULL);
  for (guint patient = 0; patient < 5; patient++)
    {
      const char *order;
      guint at = 0;
      GtkWidget *grid;

      mdg_desk_bench_remove (fixture->bench, 0);
      mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_WAITING);
      mdg_desk_bench_insert (fixture->bench, 0, NULL);
      mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_NEED_PIN);
      mdg_test_window_settle ();
      order = mdg_reception_get_keypad (fixture->reception);
      grid = mdg_test_window_find_type (fixture->window, GTK_TYPE_GRID);
      for (GtkWidget *key = gtk_widget_get_first_child (grid); key != NULL;
           key = gtk_widget_get_next_sibling (key))
        {
          const char *label = gtk_button_get_label (GTK_BUTTON (key));

          if (label == NULL)
            continue; /* a key with words */
          g_assert_cmpuint (label[0], ==, order[at]);
          at++;
        }
      g_assert_cmpuint (at, ==, 10);
    }
}

static gboolean
is_focused (GtkWidget *window, const char *css_class)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return focus != NULL && gtk_widget_has_css_class (focus, css_class);
}

/* The keypad is the patient's, the keyboard that of the other window: staff's Enter is 確定. */
static void
test_typed_elsewhere (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = mdg_scene_view_new (fixture->reception, MDG_SIDE_STAFF);
  GtkWidget *window = mdg_test_window_new (view);
  MdgPinPad *pad;

  g_assert_true (is_focused (window, "mdg-dots"));
  pad = MDG_PIN_PAD (mdg_test_window_find_type (window, MDG_TYPE_PIN_PAD));
  g_object_set (fixture->reception, "patient-window", TRUE, NULL);
  mdg_test_window_settle ();
  g_assert_null (mdg_test_window_find_type (window, MDG_TYPE_PIN_PAD));
  g_assert_true (is_focused (window, "mdg-dots"));
  g_assert_false (mdg_pin_pad_handle_key (pad, GDK_KEY_Return, 0));
  for (guint keyval = GDK_KEY_1; keyval <= GDK_KEY_4; keyval++)
    g_assert_true (mdg_pin_pad_handle_key (pad, keyval, 0));
  g_assert_true (mdg_pin_pad_handle_key (pad, GDK_KEY_Return, 0));
  mdg_desk_bench_wait (fixture->bench, MDG_DESK_STATE_SHOWING);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  add ("/pin-pad/keyboard", test_keyboard);
  add ("/pin-pad/focus", test_focus);
  add ("/pin-pad/others", test_others);
  add ("/pin-pad/escape", test_escape);
  add ("/pin-pad/silence", test_silence);
  add ("/pin-pad/keys", test_keys);
  add ("/pin-pad/two-windows", test_two_windows);
  add ("/pin-pad/order", test_order);
  add ("/pin-pad/typed-elsewhere", test_typed_elsewhere);
  return g_test_run ();
}
