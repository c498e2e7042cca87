/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program: options, one window, and the actions that are of no place. Nothing is opened before
 * the first frame is on the screen, so that the window is there at once. */
#include "config.h"

#include "mdg-application.h"

#include "mdg-about.h"
#include "mdg-layout-audit.h"
#include "mdg-stopwatch.h"
#include "mdg-window.h"

#include <glib/gi18n.h>

#define RESOURCE_PATH "/io/github/madoguchi/Madoguchi"

struct _MdgApplication
{
  AdwApplication parent_instance;

  /* options */
  char *profile; /* (nullable) */
  char *drivers; /* (nullable) */
  gboolean practice;
  gboolean exit_after_startup;

  /* owned */
  MdgSession *session; /* (nullable): from activation on */
  GtkWidget *window;   /* unowned, (nullable): the application holds it */
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

/* Every window that is not the staff's goes with it. */
static void
on_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  MdgApplication *self = MDG_APPLICATION (user_data);

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
on_window_destroy_cb (MdgApplication *self)
{
  self->window = NULL;
  if (self->session == NULL)
    return;
  mdg_session_close (self->session);
  g_clear_object (&self->session);
}

static void
on_painted_cb (GdkFrameClock *clock, MdgApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted_cb, self);
  if (self->session == NULL)
    return;
  mdg_session_open (self->session);
  if (self->exit_after_startup)
    g_application_quit (G_APPLICATION (self));
}

static void
on_realize_cb (GtkWidget *window, MdgApplication *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (on_painted_cb), self, 0);
}

static void
mdg_application_activate (GApplication *application)
{
  MdgApplication *self = MDG_APPLICATION (application);

  if (self->window == NULL)
    {
      self->session = mdg_session_new (self->profile, self->practice);
      if (self->drivers != NULL)
        mdg_session_set_drivers (self->session, self->drivers);
      if (self->practice)
        mdg_layout_audit_start (GTK_APPLICATION (application));
      self->window = mdg_window_new (ADW_APPLICATION (application), self->session);
      mdg_stopwatch_mark_painted (self->window, "first-frame");
      g_signal_connect (self->window, "realize", G_CALLBACK (on_realize_cb), self);
      g_signal_connect_swapped (self->window, "destroy", G_CALLBACK (on_window_destroy_cb), self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
mdg_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "quit", on_quit_cb },
    { "about", on_about_cb },
    { "help", on_help_cb },
    { "shortcuts", on_shortcuts_cb },
  };

  G_APPLICATION_CLASS (mdg_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           keys[i].keys);
  gtk_window_set_default_icon_name (MDG_APPLICATION_ID);
}

static int
mdg_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  MdgApplication *self = MDG_APPLICATION (application);

  if (self->practice || self->exit_after_startup)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
mdg_application_finalize (GObject *object)
{
  MdgApplication *self = MDG_APPLICATION (object);

  g_free (self->profile);
  g_free (self->drivers);
  G_OBJECT_CLASS (mdg_application_parent_class)->finalize (object);
}

static void
mdg_application_class_init (MdgApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_application_finalize;
  application_class->activate = mdg_application_activate;
  application_class->startup = mdg_application_startup;
  application_class->handle_local_options = mdg_application_handle_local_options;
}

static void
mdg_application_init (MdgApplication *self)
{
  const GOptionEntry entries[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, &self->practice,
      N_ ("Use the practice service and the practice reader"), NULL },
      { "profile", 0, 0, G_OPTION_ARG_STRING, &self->profile,
        N_ ("Open this facility's profile"), N_ ("NAME") },
        { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
          { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE,
            &self->exit_after_startup, NULL, NULL },
#if MDG_DEVELOPMENT
          { "drivers", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &self->drivers, NULL, NULL },
#endif
          G_OPTION_ENTRY_NULL,
       };

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
