/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception of a terminal that is activated and whose password is known, and the lock that
 * stops it. */
#include "config.h"

#include "mdg-session-private.h"

/* To end the program and start it again must not open a lock: that it is shut is kept. */
static void
on_lock_changed_cb (MdgSession *self)
{
  /* what a log-in opens on its way is told as a log-in */
  if (!mdg_staff_lock_get_locked (self->lock) && self->state == MDG_SESSION_READY)
    mdg_session_audit_entry (self, "unlock");
  if (self->preferences != NULL)
    g_object_set (self->preferences, "locked", mdg_staff_lock_get_locked (self->lock), NULL);
  mdg_session_follow_lock (self);
}

static void
on_lock_password_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgSession) self = data;
  g_autoptr (GError) error = NULL;

  self->pending--;
  if (!mdg_staff_lock_set_password_finish (MDG_STAFF_LOCK (object), result, &error))
    g_debug ("the lock has no password: %s", error->message);
}

/**
 * mdg_session_set_lock_password:
 * @self: the session, with a lock
 * @password: what opens it from now on
 *
 * Thread: main.
 */
void
mdg_session_set_lock_password (MdgSession *self, GBytes *password)
{
  self->pending++;
  mdg_staff_lock_set_password_async (self->lock, password, NULL, on_lock_password_cb,
                                     g_object_ref (self));
}

typedef struct
{
  MdgSession *session;
  GBytes *password;
} Key;

/* A terminal that was activated without the window has no lock yet: its kept password is the key.
 */
static void
on_has_password_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Key *key = data;
  g_autoptr (MdgSession) self = key->session;
  g_autoptr (GBytes) password = key->password;
  g_autoptr (GError) error = NULL;

  self->pending--;
  if (!mdg_staff_lock_has_password_finish (MDG_STAFF_LOCK (object), result, &error) &&
      error == NULL && !self->closed)
    mdg_session_set_lock_password (self, password);
}

/* The session's own reference goes as soon as the reception is open. */
static void
give_lock_a_password (MdgSession *self)
{
  Key *key = g_new0 (Key, 1);

  key->session = g_object_ref (self);
  key->password = g_bytes_ref (self->password);
  self->pending++;
  mdg_staff_lock_has_password_async (self->lock, NULL, on_has_password_cb, key);
}

/* A development build can be told to lock after seconds, which a test can wait for. */
static void
on_minutes_changed_cb (MdgSession *self)
{
  guint minutes = 0;
  const char *seconds = MDG_DEVELOPMENT ? g_getenv ("MADOGUCHI_LOCK_SECONDS") : NULL;

  g_object_get (self->preferences, "lock-minutes", &minutes, NULL);
  if (seconds != NULL && minutes > 0)
    mdg_staff_lock_set_idle_seconds (self->lock, (guint) g_ascii_strtoull (seconds, NULL, 10));
  else
    mdg_staff_lock_set_idle_minutes (self->lock, minutes);
}

/**
 * mdg_session_make_lock:
 * @self: the session, whose secrets are open
 *
 * Thread: main.
 */
void
mdg_session_make_lock (MdgSession *self)
{
  gboolean locked = FALSE;

  self->lock = mdg_staff_lock_new (self->secrets);
  g_signal_connect_object (self->lock, "notify::locked", G_CALLBACK (on_lock_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->preferences != NULL)
    {
      g_signal_connect_object (self->preferences, "notify::lock-minutes",
                               G_CALLBACK (on_minutes_changed_cb), self, G_CONNECT_SWAPPED);
      on_minutes_changed_cb (self);
      g_object_get (self->preferences, "locked", &locked, NULL);
      if (locked)
        mdg_staff_lock_lock (self->lock);
    }
  if (self->password == NULL)
    return;
  if (self->practice)
    {
      mdg_session_set_lock_password (self, self->password);
      return;
    }
  give_lock_a_password (self);
}

static void
bind_preferences (MdgSession *self)
{
  static const char *const same[] = { "show-seconds", "ask-consent" };
  gboolean visual = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    g_object_bind_property (self->preferences, same[i], self->reception, same[i],
                            G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->preferences, "shuffle-keypad", self->reception, "shuffle",
                          G_BINDING_SYNC_CREATE);
  g_object_get (self->preferences, "default-visual", &visual, NULL);
  if (visual)
    mdg_reception_set_method (self->reception, MDG_DESK_METHOD_VISUAL);
}

/**
 * mdg_session_make_reception:
 * @self: the session, with activation and password
 * @error: return location
 *
 * Makes source, desk and reception, and lets the desk wait for cards.
 *
 * Thread: main.
 * Errors: #MdgServiceError of mdg_online_source_new().
 *
 * Returns: whether there is one; the state is told
 */
gboolean
mdg_session_make_reception (MdgSession *self, GError **error)
{
  g_autoptr (MdgDesk) desk = NULL;

  self->source = mdg_online_source_new (self->activation->facility, self->activation->terminal,
                                        self->activation->terminal_key, self->password, error);
  if (self->source == NULL)
    return FALSE;
  g_clear_pointer (&self->password, g_bytes_unref);
  desk = mdg_desk_new (self->readers, MDG_ELIGIBILITY_SOURCE (self->source), self->store);
  self->reception = mdg_reception_new (desk);
  bind_preferences (self);
  mdg_session_record (self);
  mdg_session_open_log (self);
  mdg_session_notify_parts (self);
  mdg_session_set_state (self, MDG_SESSION_READY, NULL);
  mdg_session_follow_lock (self);
  mdg_session_renew_in_time (self);
  return TRUE;
}

/**
 * mdg_session_follow_lock:
 * @self: the session
 *
 * The desk waits for cards where the lock is open, nobody has to log in and no reader is tested. It
 * forgets everything where a lock or a log-in is over the reception: no patient is checked behind.
 *
 * Thread: main.
 */
void
mdg_session_follow_lock (MdgSession *self)
{
  MdgDesk *desk;

  if (self->reception == NULL || self->closed)
    return;
  desk = mdg_reception_get_desk (self->reception);
  if (self->state == MDG_SESSION_NEED_PASSWORD ||
      (self->lock != NULL && mdg_staff_lock_get_locked (self->lock)))
    {
      mdg_reception_activate (self->reception, MDG_ACTION_DISMISS);
      mdg_desk_stop (desk);
    }
  else if (self->testing)
    mdg_desk_stop (desk);
  else
    mdg_desk_start (desk);
}

/**
 * mdg_session_set_testing:
 * @self: the session
 * @testing: whether a reader is tested now
 *
 * The desk takes no card as long as it is so.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_session_set_testing (MdgSession *self, gboolean testing)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->testing == testing)
    return;
  self->testing = testing;
  mdg_session_follow_lock (self);
}
