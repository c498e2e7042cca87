/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lock, and the log-in before the reception opens: the facility's name, one field, one button.
 * What is typed goes to the staff's lock or to the service, and is gone from here the moment it is
 * sent. Nothing of a patient is on it; whoever shows it hides the rest. */
#include "config.h"

#include "mdg-lock-view.h"

#include <glib/gi18n-lib.h>

#include "mdg-password-field.h"
#include "mdg-phrase-tree.h"
#include "mdg-problem.h"
#include "mdg-widgets.h"

struct _MdgLockView
{
  GtkWidget parent_instance;

  /* owned */
  MdgSession *session;       /* (nullable) in a test */
  MdgStaffLock *lock;        /* (nullable): followed */
  GCancellable *cancellable; /* (nullable): while something runs */
  char *institution_name;    /* (nullable): without a session */
  char *practice_password;   /* (nullable): without a session; invented */

  /* template children */
  GtkWidget *scroller;
  GtkLabel *facility;
  GtkLabel *sentence;
  GtkPasswordEntry *entry;
  GtkWidget *words_box;
  GtkLabel *words;
  GtkButton *submit;
  GtkWidget *busy_box;
  GtkSpinner *spinner;
  GtkLabel *busy_words;
  GtkWidget *cancel;
  GtkLabel *practice;
};

enum
{
  SIGNAL_UNLOCKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgLockView, mdg_lock_view, GTK_TYPE_WIDGET)

static gboolean
is_log_in (MdgLockView *self)
{
  return self->session != NULL &&
         mdg_session_get_state (self->session) == MDG_SESSION_NEED_PASSWORD;
}

static guint
get_wait_seconds (MdgLockView *self)
{
  if (self->lock == NULL || is_log_in (self))
    return 0;
  return mdg_staff_lock_get_wait_seconds (self->lock);
}

static void
show_words (MdgLockView *self, const char *words)
{
  gboolean any = words != NULL && *words != '\0';

  mdg_phrase_label_set_text (self->words, any ? words : "");
  gtk_widget_set_visible (self->words_box, any);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               any ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_controls (MdgLockView *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean log_in = is_log_in (self);

  /* insensitive, it would lose the focus */
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->submit),
                            !busy && get_wait_seconds (self) == 0 &&
                                !mdg_password_field_is_empty (self->entry));
  gtk_widget_set_visible (GTK_WIDGET (self->submit), !busy);
  gtk_widget_set_visible (self->busy_box, busy);
  gtk_widget_set_visible (self->cancel, busy && log_in);
  gtk_spinner_set_spinning (self->spinner, busy);
  mdg_phrase_label_set_text (self->busy_words,
                             log_in ? _ ("Asking the service…") : _ ("Checking the password…"));
  gtk_button_set_label (self->submit, log_in ? _ ("Log In") : _ ("Open"));
}

static void
show_facility (MdgLockView *self)
{
  const char *name = self->institution_name;
  g_autofree char *password = g_strdup (self->practice_password);

  if (self->session != NULL)
    {
      name = mdg_session_get_institution_name (self->session);
      if (mdg_session_get_practice (self->session))
        password = mdg_session_get_practice_password (self->session);
    }
  mdg_phrase_label_set_text (self->facility, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (self->facility), name != NULL && *name != '\0');
  mdg_phrase_label_set_text (self->sentence,
                             is_log_in (self)
                                 ? _ ("Log in to open the reception")
                                 : _ ("The screen is locked.\nEnter the password to open it"));
  gtk_widget_set_visible (GTK_WIDGET (self->practice), password != NULL);
  if (password != NULL)
    {
      /* Translators: %s is the invented password of practice mode */
      g_autofree char *words = g_strdup_printf (_ ("Password for practice: %s"), password);

      gtk_label_set_text (self->practice, words);
    }
}

static void
show_wait (MdgLockView *self)
{
  guint seconds = get_wait_seconds (self);
  g_autofree char *words = NULL;

  if (seconds == 0)
    return;
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "The password is wrong. Please wait %u second.",
                                        "The password is wrong. Please wait %u seconds.", seconds),
                           seconds);
  show_words (self, words);
}

static void
show_failure (MdgLockView *self, const GError *error)
{
  g_autoptr (MdgProblem) problem = NULL;
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!is_log_in (self) && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
                            g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY)))
    {
      if (get_wait_seconds (self) > 0)
        show_wait (self);
      else
        show_words (self, _ ("The password is wrong. Please enter it again."));
      return;
    }
  problem = mdg_problem_new (error);
  words = g_strdup_printf ("%s %s (%s)", mdg_problem_get_cause (problem),
                           mdg_problem_get_advice (problem), mdg_problem_get_code (problem));
  show_words (self, words);
}

/* What both ways have in common when they are over. */
static void
end_try (MdgLockView *self, const GError *error)
{
  g_clear_object (&self->cancellable);
  show_controls (self);
  if (error == NULL)
    {
      mdg_lock_view_reset (self);
      g_signal_emit (self, signals[SIGNAL_UNLOCKED], 0);
      return;
    }
  show_failure (self, error);
  show_controls (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_logged_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MdgLockView) self = user_data;
  g_autoptr (GError) error = NULL;

  mdg_session_log_in_finish (MDG_SESSION (source), result, &error);
  end_try (self, error);
}

static void
on_unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (MdgLockView) self = user_data;
  g_autoptr (GError) error = NULL;

  mdg_staff_lock_unlock_finish (MDG_STAFF_LOCK (source), result, &error);
  end_try (self, error);
}

static void
on_submit_cb (MdgLockView *self)
{
  g_autoptr (GBytes) password = NULL;

  if (self->cancellable != NULL || get_wait_seconds (self) > 0 ||
      (self->lock == NULL && !is_log_in (self)))
    return;
  password = mdg_password_field_take (self->entry);
  if (password == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_words (self, NULL);
  show_controls (self);
  if (is_log_in (self))
    mdg_session_log_in_async (self->session, password, self->cancellable, on_logged_in_cb,
                              g_object_ref (self));
  else
    mdg_staff_lock_unlock_async (self->lock, password, self->cancellable, on_unlocked_cb,
                                 g_object_ref (self));
}

static void
on_cancel_cb (MdgLockView *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
on_changed_cb (MdgLockView *self)
{
  /* words about the last try stay until the next one is begun */
  if (!mdg_password_field_is_empty (self->entry) && get_wait_seconds (self) == 0)
    show_words (self, NULL);
  show_controls (self);
}

static void
on_wait_cb (MdgLockView *self)
{
  if (get_wait_seconds (self) > 0)
    show_wait (self);
  else
    show_words (self, NULL);
  show_controls (self);
}

static void
on_locked_cb (MdgLockView *self)
{
  if (mdg_staff_lock_get_locked (self->lock))
    mdg_lock_view_reset (self);
}

static void
follow_lock (MdgLockView *self, MdgStaffLock *lock)
{
  if (self->lock == lock)
    return;
  if (self->lock != NULL)
    g_signal_handlers_disconnect_by_data (self->lock, self);
  g_set_object (&self->lock, lock);
  if (lock == NULL)
    return;
  g_signal_connect_object (lock, "notify::wait-seconds", G_CALLBACK (on_wait_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lock, "notify::locked", G_CALLBACK (on_locked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
on_session_cb (MdgLockView *self)
{
  follow_lock (self, mdg_session_get_lock (self->session));
  show_facility (self);
  show_controls (self);
}

static void
mdg_lock_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (mdg_lock_view_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (MDG_LOCK_VIEW (widget)->entry));
}

static gboolean
mdg_lock_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MDG_LOCK_VIEW (widget)->entry));
}

static void
mdg_lock_view_dispose (GObject *object)
{
  MdgLockView *self = MDG_LOCK_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->entry != NULL)
    mdg_password_field_clear (self->entry);
  gtk_widget_dispose_template (GTK_WIDGET (self), MDG_TYPE_LOCK_VIEW);
  g_clear_object (&self->lock);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mdg_lock_view_parent_class)->dispose (object);
}

static void
mdg_lock_view_finalize (GObject *object)
{
  MdgLockView *self = MDG_LOCK_VIEW (object);

  g_free (self->institution_name);
  g_free (self->practice_password);
  G_OBJECT_CLASS (mdg_lock_view_parent_class)->finalize (object);
}

static void
mdg_lock_view_class_init (MdgLockViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mdg_lock_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = mdg_lock_view_finalize;
  widget_class->map = mdg_lock_view_map;
  widget_class->grab_focus = mdg_lock_view_grab_focus;
  signals[SIGNAL_UNLOCKED] = g_signal_new ("unlocked", MDG_TYPE_LOCK_VIEW, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/madoguchi/Madoguchi/ui/mdg-lock-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, scroller);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, facility);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, sentence);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, entry);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, words_box);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, words);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, submit);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, busy_box);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, spinner);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, busy_words);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, cancel);
  gtk_widget_class_bind_template_child (widget_class, MdgLockView, practice);
  gtk_widget_class_bind_template_callback (widget_class, on_submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
mdg_lock_view_init (MdgLockView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  mdg_password_field_protect (self->entry);
  mdg_phrase_tree_keep (GTK_WIDGET (self));
}

/**
 * mdg_lock_view_new:
 * @session: the session whose lock and log-in it is
 *
 * The log-in while the session needs its password, the lock otherwise. Signal "unlocked" when the
 * password was right.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
mdg_lock_view_new (MdgSession *session)
{
  MdgLockView *self = g_object_new (MDG_TYPE_LOCK_VIEW, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify", G_CALLBACK (on_session_cb), self, G_CONNECT_SWAPPED);
  on_session_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_lock_view_new_with_lock:
 * @lock: a lock
 * @institution_name: (nullable): the facility
 * @practice_password: (nullable): an invented password, to be shown
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the view of a lock without a session
 */
GtkWidget *
mdg_lock_view_new_with_lock (MdgStaffLock *lock,
                             const char *institution_name,
                             const char *practice_password)
{
  MdgLockView *self = g_object_new (MDG_TYPE_LOCK_VIEW, NULL);

  self->institution_name = g_strdup (institution_name);
  self->practice_password = g_strdup (practice_password);
  follow_lock (self, lock);
  show_facility (self);
  show_controls (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_lock_view_reset:
 * @self: a lock view
 *
 * Forgets what was typed and said, and shows the facility anew.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_lock_view_reset (MdgLockView *self)
{
  mdg_password_field_clear (self->entry);
  show_words (self, NULL);
  show_facility (self);
  show_wait (self);
  show_controls (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * mdg_lock_view_get_entry:
 * @self: a lock view
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the field
 */
GtkPasswordEntry *
mdg_lock_view_get_entry (MdgLockView *self)
{
  return self->entry;
}

/**
 * mdg_lock_view_get_words:
 * @self: a lock view
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what it says of the last try; ""
 */
const char *
mdg_lock_view_get_words (MdgLockView *self)
{
  return gtk_label_get_text (self->words);
}

/**
 * mdg_lock_view_get_busy:
 * @self: a lock view
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether a password is being checked
 */
gboolean
mdg_lock_view_get_busy (MdgLockView *self)
{
  return self->cancellable != NULL;
}

/**
 * mdg_lock_view_submit:
 * @self: a lock view
 *
 * What Enter does in the field.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_lock_view_submit (MdgLockView *self)
{
  on_submit_cb (self);
}
