/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The preparation of the session's facility. It is opened when everything that the counter waits
 * for is there, and a journey that cannot be opened stops nothing else. */
#include "config.h"

#include "mdg-session-private.h"

#define DAY_TEXT "%Y%m%d"

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgSession) self = data;
  g_autoptr (GError) error = NULL;
  MdgGuide *guide = mdg_guide_open_finish (result, &error);

  self->pending--;
  self->guide_opening = FALSE;
  g_clear_error (&self->guide_error);
  self->guide = guide;
  if (self->closed)
    return;
  if (guide == NULL)
    {
      g_warning ("the preparation cannot be opened: %s", error->message);
      self->guide_error = g_steal_pointer (&error);
    }
  mdg_session_follow_activation (self);
  mdg_session_notify_guide (self);
}

/**
 * mdg_session_open_guide:
 * @self: a session whose folder is known
 *
 * Opens the preparation, unless it is open; its end is told by "guide" and "guide-error".
 *
 * Thread: main.
 */
void
mdg_session_open_guide (MdgSession *self)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->closed || self->guide_opening || self->folder == NULL)
    return;
  if (self->guide != NULL)
    {
      mdg_session_follow_activation (self);
      return;
    }
  self->guide_opening = TRUE;
  self->pending++;
  mdg_guide_open_async (self->folder, self->practice, self->cancellable, on_opened_cb,
                        g_object_ref (self));
}

/**
 * mdg_session_follow_activation:
 * @self: a session
 *
 * Tells the guide whether the terminal is registered, and since when. Practice mode registers its
 * terminal by itself, so that the counter is ready at once: there it counts when somebody has
 * registered it with the letter.
 *
 * Thread: main.
 */
void
mdg_session_follow_activation (MdgSession *self)
{
  const MdgTerminal *terminal = mdg_session_get_terminal (self);
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *date = NULL;

  /* a session that could not be opened knows nothing about it */
  if (self->guide == NULL || self->state == MDG_SESSION_FAILED ||
      (self->practice && !self->letter_used))
    return;
  if (terminal != NULL && terminal->activated_at != NULL)
    {
      local = g_date_time_to_local (terminal->activated_at);
      date = g_date_time_format (local, DAY_TEXT);
    }
  mdg_guide_set_activated (self->guide, terminal != NULL, date != NULL ? date : "");
}

static void
on_noted_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgSession) self = data;
  g_autoptr (GError) error = NULL;

  self->pending--;
  if (!mdg_guide_change_finish (MDG_GUIDE (object), result, NULL, &error))
    g_warning ("that a reader passed its test was not kept: %s", error->message);
}

/**
 * mdg_session_note_tested:
 * @self: a session
 * @reader: a reader that passed the reader test
 *
 * Thread: main.
 */
void
mdg_session_note_tested (MdgSession *self, MdgReader *reader)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, DAY_TEXT);
  const char *extended = mdg_reader_get_extended (reader) == MDG_EXTENDED_YES ? "yes" : "";
  const char *const fields[] = {
    "tested", mdg_reader_get_name (reader), "tested-on", date, "extended", extended, NULL
  };

  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->guide == NULL || self->closed)
    return;
  self->pending++;
  mdg_guide_set_values_async (self->guide, "select", fields, on_noted_cb, g_object_ref (self));
}
