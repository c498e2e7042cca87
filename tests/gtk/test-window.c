/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The window over a practice session: the next card ends what is shown of another person, a lock
 * closes what stands over the window, words with signs of markup are told as they are. */
#include "config.h"

#include "mdg-test-wait.h"
#include "mdg-toast.h"
#include "mdg-window-private.h"

static AdwApplication *application; /* of all tests: a process has one */

typedef struct
{
  MdgSession *session;
  MdgWindow *window;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->session = mdg_session_new (NULL, TRUE);
  f->window = MDG_WINDOW (mdg_window_new (application, f->session));
  gtk_window_present (GTK_WINDOW (f->window));
  mdg_session_open (f->session);
  WAIT_UNTIL (mdg_session_get_state (f->session) == MDG_SESSION_READY);
  WAIT_UNTIL (mdg_session_get_visit_log (f->session) != NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  mdg_session_close (f->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&f->session);
}

static MdgScene
get_scene (Fixture *f)
{
  return mdg_reception_get_screen (mdg_session_get_reception (f->session), MDG_SIDE_STAFF)->scene;
}

static void
command (Fixture *f, const char *line)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  mdg_session_practice_command_async (f->session, line, NULL, mdg_test_on_result_cb, &result);
  WAIT_UNTIL (result != NULL);
  answer = mdg_session_practice_command_finish (f->session, result, &error);
  g_assert_no_error (error);
}

static void
activate (Fixture *f, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), action, NULL));
}

static void
test_next_card (Fixture *f, gconstpointer data)
{
  WAIT_UNTIL (get_scene (f) == MDG_SCENE_WAITING);
  activate (f, "win.fallback");
  g_assert_true (mdg_window_shows_fallback (f->window));
  command (f, "insert PRACTICE0001");
  WAIT_UNTIL (get_scene (f) == MDG_SCENE_PIN);
  g_assert_false (mdg_window_shows_fallback (f->window));
  g_assert_cmpint (f->window->place, ==, MDG_PLACE_RECEPTION);

  command (f, "remove");
  WAIT_UNTIL (get_scene (f) == MDG_SCENE_WAITING);
  mdg_window_go_to (f->window, MDG_PLACE_TODAY);
  command (f, "insert PRACTICE0002");
  WAIT_UNTIL (get_scene (f) == MDG_SCENE_PIN);
  g_assert_cmpint (f->window->place, ==, MDG_PLACE_RECEPTION);

  /* who sets something up is left alone */
  command (f, "remove");
  WAIT_UNTIL (get_scene (f) == MDG_SCENE_WAITING);
  mdg_window_go_to (f->window, MDG_PLACE_PREFERENCES);
  command (f, "insert PRACTICE0002");
  WAIT_UNTIL (get_scene (f) == MDG_SCENE_PIN);
  g_assert_cmpint (f->window->place, ==, MDG_PLACE_PREFERENCES);
}

static guint
count_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

static void
test_lock (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "a test");
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);
  guint alone = count_windows ();

  mdg_window_show_sheet (f->window, problem);
  g_assert_cmpuint (count_windows (), ==, alone + 1);
  activate (f, "win.lock");
  WAIT_UNTIL (mdg_window_is_covered (f->window));
  WAIT_UNTIL (count_windows () == alone);
  for (const char *const *name =
           (const char *const[]){ "place", "fallback", "print", "copy", "copied", "keep", "dismiss",
                                  "sheet", "patient-window", "lock", NULL };
       *name != NULL; name++)
    g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), *name));
  g_assert_cmpint (get_scene (f), ==, MDG_SCENE_NO_READER);
}

static gboolean
tells (MdgWindow *window, const char *words)
{
  return window->toast != NULL && g_strcmp0 (mdg_toast_get_words (window->toast), words) == 0;
}

/* Nothing is shut that nobody could open again, and that is told; the key is never without effect.
 */
static void
test_lock_early (void)
{
  g_autoptr (MdgSession) session = mdg_session_new (NULL, FALSE);
  MdgWindow *window = MDG_WINDOW (mdg_window_new (application, session));

  mdg_session_set_drivers (session, "none");
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.lock", NULL));
  g_assert_true (tells (window, "It cannot be locked yet. Please try again."));
  mdg_session_open (session);
  WAIT_UNTIL (mdg_session_get_state (session) == MDG_SESSION_NOT_ACTIVATED);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.lock", NULL));
  WAIT_UNTIL (tells (window, "The screen can be locked when this terminal is registered"));
  g_assert_false (mdg_window_is_covered (window));
  gtk_window_destroy (GTK_WINDOW (window));
  mdg_session_close (session);
}

/* A warning of libadwaita's would end the test. */
static void
test_toast (Fixture *f, gconstpointer data)
{
  mdg_window_show_toast (f->window, "<b> & <i");
  g_assert_cmpstr (mdg_toast_get_words (f->window->toast), ==, "<b> & <i");
  mdg_window_show_trouble (f->window, "& 1");
  g_assert_cmpstr (adw_toast_get_title (f->window->trouble), ==, "&amp; 1");
  mdg_window_show_trouble (f->window, "2");
  g_assert_cmpstr (adw_toast_get_title (f->window->trouble), ==, "2");
  adw_toast_dismiss (f->window->trouble);
  g_assert_null (f->window->trouble);
}

/* GDK 4.8 on X11 now and then thaws a window that was destroyed in the middle of a frame: told on
 * standard error, and nothing that this program could do otherwise. What others say ends the test.
 */
static void
let_gdk_complain (void)
{
  static const char *const others[] = { "Gtk",     "GLib",     "GLib-GObject", "GLib-GIO",
                                        "Adwaita", "Pango",    "MdgGtk",       "MdgDesk",
                                        "MdgCore", "MdgStore", "MdgCard",      "MdgClient" };

  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_log_set_fatal_mask (others[i], G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
}

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  let_gdk_complain ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "io.github.madoguchi.Test",
                              "flags", G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/window/lock-early", test_lock_early);
  g_test_add ("/window/next-card", Fixture, NULL, set_up, test_next_card, tear_down);
  g_test_add ("/window/toast", Fixture, NULL, set_up, test_toast, tear_down);
  /* the last: a lock outlives the program, and the next one would ask for a log-in */
  g_test_add ("/window/lock", Fixture, NULL, set_up, test_lock, tear_down);
  result = g_test_run ();
  g_clear_object (&application);
  return result;
}
