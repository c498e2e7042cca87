/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a button, or Escape, does. The desk decides whether it means anything in its state; here is
 * only what the desk does not know: typing before the card, a wrong PIN that was told, a change of
 * the way for one patient. */
#include "config.h"

#include "mdg-reception-private.h"

static void
dismiss (MdgReception *self)
{
  if (self->state == MDG_DESK_STATE_WAITING)
    mdg_reception_end_patient (self);
  else
    mdg_desk_dismiss (self->desk);
}

/* The card that lies there once more: the same tap goes on, with what its patient said. */
static void
retry (MdgReception *self)
{
  if (self->state != MDG_DESK_STATE_PROBLEM)
    return;
  self->retrying = TRUE;
  mdg_desk_retry (self->desk);
  self->retrying = FALSE;
  /* there was no card any more */
  if (self->state == MDG_DESK_STATE_WAITING || self->state == MDG_DESK_STATE_NO_READER)
    mdg_reception_end_patient (self);
}

static void
type_pin (MdgReception *self)
{
  switch (mdg_reception_get_scene (self))
    {
    case MDG_SCENE_WAITING:
      mdg_reception_set_method (self, MDG_DESK_METHOD_PIN);
      mdg_reception_open_keypad (self);
      break;
    case MDG_SCENE_PIN_WRONG:
      self->again = TRUE;
      break;
    case MDG_SCENE_NO_READER:
    case MDG_SCENE_PIN_FIRST:
    case MDG_SCENE_ARMED:
    case MDG_SCENE_READING:
    case MDG_SCENE_PIN:
    case MDG_SCENE_LAST_TRY:
    case MDG_SCENE_FACE:
    case MDG_SCENE_SIGNING:
    case MDG_SCENE_ASKING:
    case MDG_SCENE_ANSWER:
    case MDG_SCENE_PROBLEM:
    case MDG_SCENE_THANKS:
    case MDG_N_SCENES:
    default:
      break;
    }
}

static void
choose_pin (MdgReception *self)
{
  if (self->state == MDG_DESK_STATE_WAITING && self->method == MDG_DESK_METHOD_PIN)
    type_pin (self);
  else
    mdg_reception_set_method (self, MDG_DESK_METHOD_PIN);
}

/* Before a card it is the way from now on. With a card it is this patient's only: nobody is checked
 * by eye because the one before forgot a PIN. */
static void
choose_visual (MdgReception *self)
{
  switch (self->state)
    {
    case MDG_DESK_STATE_NEED_PIN:
    case MDG_DESK_STATE_CONFIRM_LAST_TRY:
      mdg_reception_tell_method (self, MDG_DESK_METHOD_VISUAL);
      break;
    case MDG_DESK_STATE_PROBLEM:
      mdg_reception_tell_method (self, MDG_DESK_METHOD_VISUAL);
      retry (self);
      break;
    case MDG_DESK_STATE_IDENTIFYING:
    case MDG_DESK_STATE_CONFIRM_FACE:
    case MDG_DESK_STATE_SIGNING:
    case MDG_DESK_STATE_ASKING:
      break;
    case MDG_DESK_STATE_NO_READER:
    case MDG_DESK_STATE_WAITING:
    case MDG_DESK_STATE_ARMED:
    case MDG_DESK_STATE_SHOWING:
    case MDG_DESK_N_STATES:
    default:
      mdg_reception_set_method (self, MDG_DESK_METHOD_VISUAL);
      break;
    }
}

/* The last try may be asked for by the desk, or here, between a wrong PIN and the next one. */
static void
answer (MdgReception *self, gboolean yes)
{
  gboolean here = self->state == MDG_DESK_STATE_NEED_PIN &&
                  mdg_reception_get_scene (self) == MDG_SCENE_LAST_TRY;

  if (!here)
    mdg_desk_confirm (self->desk, yes);
  else if (yes)
    self->last_try_yes = TRUE;
  else
    mdg_desk_dismiss (self->desk);
}

/**
 * mdg_reception_activate:
 * @self: the reception
 * @action: what was pressed
 *
 * Does it; what is a window's is told by "requested". An action that means nothing now does
 * nothing, so that a key pressed twice is no harm.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_activate (MdgReception *self, MdgAction action)
{
  g_autoptr (MdgReception) hold = NULL;

  g_return_if_fail (MDG_IS_RECEPTION (self));

  hold = g_object_ref (self);
  switch (action)
    {
    case MDG_ACTION_DISMISS:
      dismiss (self);
      break;
    case MDG_ACTION_RETRY:
      retry (self);
      break;
    case MDG_ACTION_METHOD_PIN:
      choose_pin (self);
      break;
    case MDG_ACTION_METHOD_VISUAL:
      choose_visual (self);
      break;
    case MDG_ACTION_TYPE_PIN:
      type_pin (self);
      break;
    case MDG_ACTION_YES:
      answer (self, TRUE);
      break;
    case MDG_ACTION_NO:
      answer (self, FALSE);
      break;
    case MDG_ACTION_KEEP:
      mdg_desk_keep (self->desk);
      break;
    case MDG_ACTION_FALLBACK:
    case MDG_ACTION_SHEET:
    case MDG_ACTION_READERS:
    case MDG_ACTION_PREPARATION:
    case MDG_ACTION_LOG_IN:
      mdg_reception_request (self, action);
      break;
    case MDG_ACTION_NONE:
    case MDG_N_ACTIONS:
    default:
      break;
    }
  mdg_reception_refresh (self);
}
