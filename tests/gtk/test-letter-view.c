/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The letter's page over a practice session: what is wrong is said beside its field and nothing is
 * sent, a refusal keeps what was typed, what is right registers this PC. */
#include "config.h"

#include "mdg-code-field.h"
#include "mdg-letter-view.h"
#include "mdg-test-wait.h"
#include "mdg-test-window.h"

#include <string.h>

typedef struct
{
  MdgSession *session;
  MdgPracticeInfo *letter;
  GtkWidget *view;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->session = mdg_session_new (NULL, TRUE);
  mdg_session_open (f->session);
  WAIT_UNTIL (mdg_session_get_state (f->session) == MDG_SESSION_READY);
  f->letter = mdg_session_get_practice_letter (f->session);
  f->view = mdg_letter_view_new (f->session);
  f->window = mdg_test_window_new (g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", f->view,
                                                 "hscrollbar-policy", GTK_POLICY_NEVER, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  mdg_session_close (f->session);
  g_clear_object (&f->session);
  mdg_practice_info_free (f->letter);
}

/* the @n-th of its kind, in the order of the page */
static GtkWidget *
find_nth (GtkWidget *root, GType type, guint *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (*n)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
type (Fixture *f, GType kind, guint n, const char *text)
{
  GtkWidget *entry = find_nth (f->view, kind, &n);

  g_assert_nonnull (entry);
  if (MDG_IS_CODE_FIELD (entry))
    {
      mdg_code_field_clear (MDG_CODE_FIELD (entry));
      mdg_code_field_paste (MDG_CODE_FIELD (entry), text);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
press (Fixture *f, const char *label)
{
  GtkWidget *button =
      gtk_widget_get_ancestor (mdg_test_window_find_text (f->view, label), GTK_TYPE_BUTTON);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
sees (Fixture *f, const char *text)
{
  return mdg_test_window_find_text (f->view, text) != NULL;
}

static void
fill (Fixture *f, const char *code)
{
  type (f, GTK_TYPE_ENTRY, 0, f->letter->institution_code);
  type (f, GTK_TYPE_ENTRY, 1, f->letter->user_id);
  type (f, GTK_TYPE_PASSWORD_ENTRY, 0, f->letter->password);
  type (f, MDG_TYPE_CODE_FIELD, 0, code);
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  press (f, "登録する");
  g_assert_true (sees (f, "印のついた項目をご確認ください"));
  mdg_test_window_settle ();
  mdg_test_window_take_picture (f->window, "letter", "empty");
  mdg_test_window_tell_wide (f->view, 360);
}

/* twice the size of text in the narrowest window */
static void
test_large (Fixture *f, gconstpointer data)
{
  int minimum;

  mdg_test_window_set_text_size (200);
  type (f, MDG_TYPE_CODE_FIELD, 0, "1234567890");
  mdg_test_window_settle ();
  gtk_widget_measure (f->view, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  mdg_test_window_tell_wide (f->view, 324);
  mdg_test_window_take_picture (f->window, "letter", "large");
  mdg_test_window_set_text_size (100);
  g_assert_cmpint (minimum, <=, 324); /* 360 less the margins of a page */
}

static void
test_register (Fixture *f, gconstpointer data)
{
  g_autofree char *before = g_strdup (mdg_session_get_terminal (f->session)->terminal_id);
  guint first = 0;

  fill (f, "000000000000");
  press (f, "登録する");
  WAIT_UNTIL (mdg_test_window_find_text (f->view, "登録する") != NULL);
  g_assert_false (sees (f, "このパソコンを登録しました。患者さんの受付を始められます。"));
  mdg_test_window_take_picture (f->window, "letter", "refused");

  /* what was right is still there */
  g_assert_cmpuint (mdg_code_field_get_n_digits (
                        MDG_CODE_FIELD (find_nth (f->view, MDG_TYPE_CODE_FIELD, &first))),
                    ==, MDG_CODE_DIGITS);
  type (f, MDG_TYPE_CODE_FIELD, 0, f->letter->activation_code);
  press (f, "登録する");
  WAIT_UNTIL (sees (f, "このパソコンを登録しました。患者さんの受付を始められます。"));
  g_assert_cmpstr (mdg_session_get_terminal (f->session)->terminal_id, !=, before);
  first = 0;
  g_assert_cmpuint (mdg_code_field_get_n_digits (
                        MDG_CODE_FIELD (find_nth (f->view, MDG_TYPE_CODE_FIELD, &first))),
                    ==, 0);
  mdg_test_window_settle ();
  mdg_test_window_take_picture (f->window, "letter", "registered");
}

int
main (int argc, char **argv)
{
  mdg_test_window_init (&argc, &argv);
  g_test_add ("/letter-view/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/letter-view/large", Fixture, NULL, set_up, test_large, tear_down);
  g_test_add ("/letter-view/register", Fixture, NULL, set_up, test_register, tear_down);
  return g_test_run ();
}
