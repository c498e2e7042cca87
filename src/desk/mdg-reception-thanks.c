/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long the patient is thanked and asked to take the card: until it is taken, and long enough to
 * be read. Then the patient's window is ready for the next one, whose card the desk takes although
 * staff still look at the answer. */
#include "config.h"

#include "mdg-reception-private.h"

static gboolean
on_read_cb (gpointer user_data)
{
  MdgReception *self = user_data;

  self->thanks_timer = 0;
  mdg_reception_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
on_present_cb (MdgReader *reader, GParamSpec *pspec, gpointer user_data)
{
  mdg_reception_refresh (user_data);
}

/**
 * mdg_reception_begin_thanks:
 * @self: the reception, when the desk shows an answer
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_begin_thanks (MdgReception *self)
{
  MdgReader *reader = mdg_desk_get_reader (self->desk);

  mdg_reception_end_thanks (self);
  self->thanks_timer = g_timeout_add (self->thanks_milliseconds, on_read_cb, self);
  if (reader == NULL)
    return;
  self->thanked_on = g_object_ref (reader);
  self->thanked_handler =
      g_signal_connect (reader, "notify::present", G_CALLBACK (on_present_cb), self);
}

/**
 * mdg_reception_end_thanks:
 * @self: the reception, when the desk shows no answer any more
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_end_thanks (MdgReception *self)
{
  g_clear_handle_id (&self->thanks_timer, g_source_remove);
  if (self->thanked_on != NULL)
    g_clear_signal_handler (&self->thanked_handler, self->thanked_on);
  g_clear_object (&self->thanked_on);
}

/**
 * mdg_reception_is_thanking:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether the card lies there still, or the words were not there for long enough
 */
gboolean
mdg_reception_is_thanking (MdgReception *self)
{
  return self->thanks_timer != 0 ||
         (self->thanked_on != NULL && mdg_reader_get_present (self->thanked_on));
}
