/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program: options, one window, and the actions that are of no place. Nothing is opened before
 * the first frame is on the screen, so that the window is there at once. */
#include "config.h"

#include "mdg-application.h"

#include "mdg-about.h"
#include "mdg-layout-audit.h"
#include "mdg-names.h"
#include "mdg-profiles.h"
#include "mdg-stopwatch.h"
#include "mdg-warm-up.h"
#include "mdg-window.h"
#include "mdg-worker.h"

#include <glib/gi18n.h>

#define RESOURCE_PATH "/io/github/madoguchi/Madoguchi"

struct _MdgApplication
{
  AdwApplication parent_instance;

  /* options */
  char *profile;      /* (nullable) */
  gboolean switching; /* to another facility: its window opens when the session before is closed */
  char *drivers;      /* (nullable) */
  char *card;         /* (nullable): on the practice reader at the start */
  gboolean practice;
  gboolean exit_after_startup;

  /* owned */
  GPtrArray *sessions; /* of MdgSession: one for each window that was opened */
};

G_DEFINE_FINAL_TYPE (MdgApplication, mdg_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "app.help", { "F1" } },
  { "app.shortcuts", { "<Control>question" } },
  { "win.place::reception", { "<Control>1" } },
  { "win.place::today", { "<Control>2" } },
  { "win.place::preparation", { "<Control>3" } },
  { "win.place::readers", { "<Control>4" } },
  { "win.place::preferences", { "<Control>5", "<Control>comma" } },
  { "win.lock", { "<Control>l" } },
  { "win.patient-window", { "<Control>d" } },
  { "win.fallback", { "<Control>f" } },
  { "win.fullscreen", { "F11" } },
  { "win.print", { "<Control>p" } },
  { "win.copy", { "<Control><Shift>c" } },
  { "win.keep", { "<Control>k" } },
  { "win.menu", { "F10" } },
};

static void
on_about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_about_show_program (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
on_help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_about_show_help (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
on_shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  mdg_about_show_shortcuts (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static void
on_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (user_data))) != NULL)
    {
      GtkWindow *window = windows->data;

      gtk_window_close (window);
      windows = gtk_application_get_windows (GTK_APPLICATION (user_data));
      if (windows != NULL && windows->data == window)
        gtk_window_destroy (window);
    }
}

/* The windows are gone at once; what is under way ends here. */
static void
mdg_application_shutdown (GApplication *application)
{
  MdgApplication *self = MDG_APPLICATION (application);

  /* closing turns the main loop, where another one may end by itself */
  while (self->sessions->len > 0)
    {
      g_autoptr (MdgSession) session =
          g_ptr_array_steal_index (self->sessions, self->sessions->len - 1);

      mdg_session_close (session);
    }
  G_APPLICATION_CLASS (mdg_application_parent_class)->shutdown (application);
}

static void open_window (MdgApplication *self, gboolean practice);

static gboolean
on_close_cb (gpointer session)
{
  MdgApplication *self = MDG_APPLICATION (g_application_get_default ());

  mdg_session_close (session);
  g_ptr_array_remove (self->sessions, session);
  /* another facility opens when nothing of the one before holds a reader */
  if (self->switching && self->sessions->len == 0)
    {
      self->switching = FALSE;
      open_window (self, FALSE);
      g_application_release (G_APPLICATION (self));
    }
  return G_SOURCE_REMOVE;
}

/* Not inside of the window's own end: closing turns the main loop. */
static void
on_window_destroy_cb (MdgSession *session)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_close_cb, g_object_ref (session), g_object_unref);
}

static void
on_painted_cb (GdkFrameClock *clock, MdgSession *session)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted_cb, session);
  mdg_session_open (session);
  if (MDG_APPLICATION (g_application_get_default ())->exit_after_startup)
    g_application_quit (g_application_get_default ());
}

static void
on_realize_cb (GtkWidget *window, MdgSession *session)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_painted_cb), session, 0);
}

static void
open_window (MdgApplication *self, gboolean practice)
{
  MdgSession *session = mdg_session_new (self->profile, practice);
  GtkWidget *window;

  g_ptr_array_add (self->sessions, session);
  if (self->drivers != NULL && practice == self->practice)
    mdg_session_set_drivers (session, self->drivers);
  if (self->card != NULL)
    mdg_session_set_practice_card (session, self->card);
  window = mdg_window_new (ADW_APPLICATION (self), session);
  g_signal_connect_object (window, "realize", G_CALLBACK (on_realize_cb), session, 0);
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_window_destroy_cb), session,
                           G_CONNECT_SWAPPED);
  if (practice)
    mdg_layout_audit_start (GTK_APPLICATION (self));
  mdg_stopwatch_mark_painted (window, "first-frame");
  mdg_stopwatch_mark ("made");
  gtk_window_present (GTK_WINDOW (window));
  mdg_stopwatch_mark ("presented");
}

static gpointer
keep_profile (gpointer id, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (mdg_profiles_set_current (id, error));
}

static void
on_profile_kept_cb (GObject *worker, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  MdgApplication *self = MDG_APPLICATION (g_application_get_default ());
  g_autoptr (GError) error = NULL;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->switching)
    return;
  if (mdg_worker_run_finish (MDG_WORKER (worker), result, &error) == NULL)
    {
      g_autoptr (MdgProblem) problem = mdg_problem_new (error);

      if (MDG_IS_WINDOW (window))
        mdg_window_show_sheet (MDG_WINDOW (window), problem);
      return;
    }
  self->switching = TRUE;
  g_application_hold (G_APPLICATION (self));
  g_free (self->profile);
  self->profile = g_steal_pointer (&id);
  for (GList *l = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self))); l != NULL;
       l = g_list_delete_link (l, l))
    gtk_window_destroy (l->data);
}

/* 施設の切り替え: the present session ends before the other facility's begins. */
static void
on_profile_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (MdgWorker) worker = mdg_worker_new ("profile");
  const char *id = g_variant_get_string (parameter, NULL);

  mdg_worker_run_async (worker, keep_profile, g_strdup (id), g_free, NULL, NULL, on_profile_kept_cb,
                        g_strdup (id));
}

static void
on_practice_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_window (MDG_APPLICATION (user_data), TRUE);
}

static void
mdg_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    open_window (MDG_APPLICATION (application), MDG_APPLICATION (application)->practice);
}

static void
mdg_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "quit", on_quit_cb },           { "about", on_about_cb },
    { "help", on_help_cb },           { "practice", on_practice_cb },
    { "shortcuts", on_shortcuts_cb }, { "profile", on_profile_cb, "s" },
  };

  mdg_stopwatch_mark ("starting");
  G_APPLICATION_CLASS (mdg_application_parent_class)->startup (application);
  mdg_stopwatch_mark ("started");
  mdg_warm_up_icons (gdk_display_get_default ());
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           keys[i].keys);
  gtk_window_set_default_icon_name (MDG_APPLICATION_ID);
  mdg_names_start ();
}

static int
mdg_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  MdgApplication *self = MDG_APPLICATION (application);

  g_variant_dict_lookup (options, "profile", "s", &self->profile);
  if (self->practice || self->exit_after_startup)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
mdg_application_finalize (GObject *object)
{
  MdgApplication *self = MDG_APPLICATION (object);

  g_ptr_array_unref (self->sessions);
  g_free (self->profile);
  g_free (self->drivers);
  g_free (self->card);
  G_OBJECT_CLASS (mdg_application_parent_class)->finalize (object);
}

static void
mdg_application_class_init (MdgApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_application_finalize;
  application_class->activate = mdg_application_activate;
  application_class->startup = mdg_application_startup;
  application_class->shutdown = mdg_application_shutdown;
  application_class->handle_local_options = mdg_application_handle_local_options;
}

static void
mdg_application_init (MdgApplication *self)
{
  const GOptionEntry entries[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, &self->practice,
      N_ ("Use the practice service and the practice reader"), NULL },
    { "practice-card", 0, 0, G_OPTION_ARG_STRING, &self->card,
      N_ ("The invented person whose card lies on the practice reader"), N_ ("NAME") },
    { "profile", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open this facility's profile"),
      N_ ("NAME") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->exit_after_startup,
      NULL, NULL },
#if MDG_DEVELOPMENT
    { "drivers", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &self->drivers, NULL, NULL },
#endif
    G_OPTION_ENTRY_NULL,
  };

  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (
      G_APPLICATION (self), _ ("— the counter: My Number Cards and eligibility"));
}

/**
 * mdg_application_new:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the program, for g_application_run()
 */
MdgApplication *
mdg_application_new (void)
{
  return g_object_new (MDG_TYPE_APPLICATION, "application-id", MDG_APPLICATION_ID,
                       "resource-base-path", RESOURCE_PATH, NULL);
}
