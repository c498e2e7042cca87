/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lock with a real MdgStaffLock: wrong, right, the wait; and that the password is in no text
 * that anybody can see or hear. */
#include "config.h"

#include "mdg-layout-audit.h"
#include "mdg-lock-view.h"
#include "mdg-show.h"

#include "mdg-fake-reader.h"

#define PASSWORD "Kumo-7-yama"

typedef struct
{
  MdgStaffLock *lock;
  MdgLockView *view;
  GtkWidget *window;
  guint unlocked; /* how often it was told */
} Fixture;

static void
on_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  mdg_staff_lock_set_password_finish (MDG_STAFF_LOCK (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
on_unlocked_cb (Fixture *fixture)
{
  fixture->unlocked++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MdgSecretStore) secrets = mdg_secret_store_new_memory ();
  g_autoptr (GBytes) password = mdg_secret_bytes_new (PASSWORD, strlen (PASSWORD));
  gboolean set = FALSE;
  GtkWidget *view;

  fixture->lock = mdg_staff_lock_new (secrets);
  mdg_staff_lock_set_password_async (fixture->lock, password, NULL, on_set_cb, &set);
  mdg_test_wait_for (set);
  mdg_staff_lock_lock (fixture->lock);
  mdg_test_wait_for (mdg_staff_lock_get_locked (fixture->lock));
  view = mdg_lock_view_new_with_lock (fixture->lock, "架空内科クリニック", data);
  fixture->view = MDG_LOCK_VIEW (view);
  g_signal_connect_swapped (view, "unlocked", G_CALLBACK (on_unlocked_cb), fixture);
  fixture->window = mdg_show_window (view, 1280, 800);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->lock);
  mdg_test_window_set_text_size (100);
}

static void
try (Fixture *fixture, const char *password)
{
  GtkEditable *entry = GTK_EDITABLE (mdg_lock_view_get_entry (fixture->view));
  int position = 0;

  gtk_editable_insert_text (entry, password, -1, &position);
  mdg_lock_view_submit (fixture->view);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  mdg_test_wait_for (!mdg_lock_view_get_busy (fixture->view));
}

static void
test_right (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = GTK_WIDGET (mdg_lock_view_get_entry (fixture->view));

  /* the hand can type at once */
  g_assert_true (gtk_widget_get_state_flags (entry) & GTK_STATE_FLAG_FOCUS_WITHIN);
  try (fixture, PASSWORD);
  g_assert_cmpuint (fixture->unlocked, ==, 1);
  g_assert_false (mdg_staff_lock_get_locked (fixture->lock));
}

static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  try (fixture, "Kumo-8");
  g_assert_cmpuint (fixture->unlocked, ==, 0);
  g_assert_true (mdg_staff_lock_get_locked (fixture->lock));
  g_assert_true (
      g_str_has_prefix (mdg_lock_view_get_words (fixture->view), "パスワードが違います。"));
  mdg_test_window_take_picture (fixture->window, "lock-view", "lock-wrong");
}

/* After some wrong ones it has to be waited, with the seconds told; the right one opens then. */
static void
test_wait (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20 && mdg_staff_lock_get_wait_seconds (fixture->lock) == 0; i++)
    try (fixture, "Kumo-8");
  g_assert_cmpuint (mdg_staff_lock_get_wait_seconds (fixture->lock), >, 0);
  g_assert_nonnull (strstr (mdg_lock_view_get_words (fixture->view), "秒お待ちください"));
  /* nothing is sent meanwhile, not even the right one: it stays in the field */
  gtk_editable_set_text (GTK_EDITABLE (mdg_lock_view_get_entry (fixture->view)), PASSWORD);
  mdg_lock_view_submit (fixture->view);
  g_assert_false (mdg_lock_view_get_busy (fixture->view));
  g_assert_cmpuint (fixture->unlocked, ==, 0);
  if (mdg_staff_lock_get_wait_seconds (fixture->lock) > 8)
    return;
  mdg_test_wait_for (mdg_staff_lock_get_wait_seconds (fixture->lock) == 0);
  g_assert_cmpstr (mdg_lock_view_get_words (fixture->view), ==, "");
  mdg_lock_view_submit (fixture->view);
  mdg_test_wait_for (!mdg_lock_view_get_busy (fixture->view));
  g_assert_cmpuint (fixture->unlocked, ==, 1);
}

static void
test_lock_clears (Fixture *fixture, gconstpointer data)
{
  GtkEditable *entry = GTK_EDITABLE (mdg_lock_view_get_entry (fixture->view));

  try (fixture, PASSWORD);
  gtk_editable_set_text (entry, "half");
  mdg_staff_lock_lock (fixture->lock);
  mdg_test_wait_for (mdg_staff_lock_get_locked (fixture->lock));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
  g_assert_cmpstr (mdg_lock_view_get_words (fixture->view), ==, "");
}

/* Every text below @widget but the one of the hidden field. */
static void
check_texts (GtkWidget *widget)
{
  const char *text = NULL;

  if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_TEXT (widget))
    g_assert_false (gtk_text_get_visibility (GTK_TEXT (widget)));
  g_assert_true (text == NULL || strstr (text, PASSWORD) == NULL);
  text = gtk_widget_get_tooltip_text (widget);
  g_assert_true (text == NULL || strstr (text, PASSWORD) == NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_texts (child);
}

static void
test_no_text (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = GTK_WIDGET (mdg_lock_view_get_entry (fixture->view));

  gtk_editable_set_text (GTK_EDITABLE (entry), PASSWORD);
  mdg_show_settle (fixture->window);
  check_texts (fixture->window);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry),
                                                   GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (entry),
                                                    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT));
  try (fixture, "Kumo-8");
  check_texts (fixture->window);
}

/* Behind a lock stands the facility's name and no word of a patient; practice shows its password.
 */
static void
test_practice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *texts = mdg_show_texts (fixture->window);

  /* the password that can be copied from the screen does not take the focus from the field */
  g_assert_true (gtk_widget_get_state_flags (GTK_WIDGET (mdg_lock_view_get_entry (fixture->view))) &
                 GTK_STATE_FLAG_FOCUS_WITHIN);
  g_assert_nonnull (strstr (texts, "架空内科クリニック"));
  g_assert_nonnull (strstr (texts, "練習用のパスワード：renshu-1234"));
  mdg_test_window_take_picture (fixture->window, "lock-view", "lock-practice");
}

/* No text is cut, over another, or broken inside a word. */
static void
check_layout (Fixture *fixture)
{
  g_autoptr (GPtrArray) found = NULL;

  mdg_show_settle (fixture->window);
  found = mdg_layout_audit (fixture->window);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (found, i));
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_width (Fixture *fixture, gconstpointer data)
{
  int minimum;

  check_layout (fixture);
  mdg_test_window_set_text_size (200);
  mdg_show_settle (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->view), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  g_assert_cmpint (minimum, <=, 360);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 900);
  check_layout (fixture);
}

int
main (int argc, char *argv[])
{
  mdg_test_window_init (&argc, &argv);
  g_test_add ("/lock-view/right", Fixture, NULL, set_up, test_right, tear_down);
  g_test_add ("/lock-view/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
  g_test_add ("/lock-view/wait", Fixture, NULL, set_up, test_wait, tear_down);
  g_test_add ("/lock-view/lock-clears", Fixture, NULL, set_up, test_lock_clears, tear_down);
  g_test_add ("/lock-view/no-text", Fixture, NULL, set_up, test_no_text, tear_down);
  g_test_add ("/lock-view/practice", Fixture, "renshu-1234", set_up, test_practice, tear_down);
  g_test_add ("/lock-view/width", Fixture, "renshu-1234", set_up, test_width, tear_down);
  return g_test_run ();
}
