/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PIN while it is typed. Promises: a digit is in an MdgPin and nowhere else; digits are taken
 * only where a keypad is shown, or would be first; a PIN that was begun before the card goes on
 * with the card that comes next and is erased at every other turn; what is not exactly four digits
 * is never given to the desk. */
#include "config.h"

#include "mdg-reception-private.h"

#include <openssl/rand.h>

static const char digits_in_order[] = "1234567890";
G_STATIC_ASSERT (sizeof digits_in_order == MDG_KEYPAD_DIGITS + 1);

static void
tell_length (MdgReception *self)
{
  guint length = mdg_reception_get_pin_length (self);

  if (length == self->pin_length)
    return;
  self->pin_length = length;
  mdg_reception_notify (self, MDG_RECEPTION_PROP_PIN_LENGTH);
}

static void
drop_digits (MdgReception *self)
{
  g_clear_pointer (&self->pin, mdg_pin_free);
  self->too_many = FALSE;
  tell_length (self);
}

/**
 * mdg_reception_erase_pin:
 * @self: the reception
 *
 * Erases what was typed, and everything that was said about it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_erase_pin (MdgReception *self)
{
  self->pin_first = FALSE;
  self->again = FALSE;
  self->last_try_yes = FALSE;
  drop_digits (self);
}

/**
 * mdg_reception_open_keypad:
 * @self: the reception, in WAITING
 *
 * The PIN is typed before the card comes.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_open_keypad (MdgReception *self)
{
  self->pin_first = TRUE;
  mdg_reception_expect_card (self);
}

/**
 * mdg_reception_follow_pin:
 * @self: the reception
 * @from: the desk's state before
 * @to: its state now
 *
 * Typing that began before the card goes on while that card is read and asks for its PIN. Every
 * other change of the desk erases what was typed.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_follow_pin (MdgReception *self, MdgDeskState from, MdgDeskState to)
{
  gboolean came = from == MDG_DESK_STATE_WAITING && to == MDG_DESK_STATE_IDENTIFYING;
  gboolean read = from == MDG_DESK_STATE_IDENTIFYING && to == MDG_DESK_STATE_NEED_PIN;

  if (came)
    return;
  if (!read)
    mdg_reception_erase_pin (self);
  self->pin_first = FALSE;
  self->last_try_yes = from == MDG_DESK_STATE_CONFIRM_LAST_TRY && to == MDG_DESK_STATE_NEED_PIN;
}

/* 0 to @below - 1, each equally likely; the system's own generator does not fail in practice, and
 * a keypad in order is the right thing where it does. */
static guint
pick (guint below)
{
  guint8 byte = 0;
  guint limit = 256 - 256 % below;

  do
    if (RAND_bytes (&byte, 1) != 1)
      return below - 1;
  while (byte >= limit);
  return byte % below;
}

/**
 * mdg_reception_arrange_keypad:
 * @self: the reception
 *
 * The order of the keys for the next patient: one that an onlooker cannot know from the finger's
 * way, or the ordinary one.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_arrange_keypad (MdgReception *self)
{
  char keypad[MDG_KEYPAD_DIGITS + 1];

  g_strlcpy (keypad, digits_in_order, sizeof keypad);
  for (guint i = MDG_KEYPAD_DIGITS; self->shuffle && i > 1; i--)
    {
      guint other = pick (i);
      char digit = keypad[i - 1];

      keypad[i - 1] = keypad[other];
      keypad[other] = digit;
    }
  if (g_str_equal (keypad, self->keypad))
    return;
  g_strlcpy (self->keypad, keypad, sizeof self->keypad);
  mdg_reception_notify (self, MDG_RECEPTION_PROP_KEYPAD);
}

/**
 * mdg_reception_takes_digits:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether a digit has a place now: the keypad is open, or the first digit opens it
 */
gboolean
mdg_reception_takes_digits (MdgReception *self)
{
  switch (mdg_reception_get_scene (self))
    {
    case MDG_SCENE_PIN_FIRST:
    case MDG_SCENE_PIN:
      return TRUE;
    case MDG_SCENE_WAITING:
      return self->method == MDG_DESK_METHOD_PIN;
    case MDG_SCENE_NO_READER:
    case MDG_SCENE_ARMED:
    case MDG_SCENE_READING:
    case MDG_SCENE_PIN_WRONG:
    case MDG_SCENE_LAST_TRY:
    case MDG_SCENE_FACE:
    case MDG_SCENE_SIGNING:
    case MDG_SCENE_ASKING:
    case MDG_SCENE_ANSWER:
    case MDG_SCENE_PROBLEM:
    case MDG_SCENE_THANKS:
    case MDG_N_SCENES:
    default:
      return FALSE;
    }
}

/**
 * mdg_reception_push_digit:
 * @self: the reception
 * @digit: '0' to '9', from a key or the keypad of either side
 *
 * Types a digit. In the scene WAITING the first one opens the keypad. A fifth one is not taken, and
 * makes what was typed no PIN: a key that was hit twice, or a bar-code reader at work, must not
 * cost a try.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: %FALSE where no digit is taken now, or four are there
 */
gboolean
mdg_reception_push_digit (MdgReception *self, char digit)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), FALSE);

  if (!g_ascii_isdigit (digit) || !mdg_reception_takes_digits (self))
    return FALSE;
  if (self->state == MDG_DESK_STATE_WAITING)
    mdg_reception_open_keypad (self);
  if (self->pin == NULL)
    self->pin = mdg_pin_new ();
  if (!mdg_pin_push (self->pin, digit))
    {
      self->too_many = TRUE;
      return FALSE;
    }
  tell_length (self);
  mdg_reception_refresh (self);
  return TRUE;
}

/**
 * mdg_reception_pop_digit:
 * @self: the reception
 *
 * Takes the last digit back.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: %FALSE when there was none
 */
gboolean
mdg_reception_pop_digit (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), FALSE);

  if (self->pin == NULL || !mdg_pin_pop (self->pin))
    return FALSE;
  self->too_many = FALSE;
  if (self->state == MDG_DESK_STATE_WAITING)
    mdg_reception_expect_card (self);
  tell_length (self);
  mdg_reception_refresh (self);
  return TRUE;
}

/**
 * mdg_reception_submit_pin:
 * @self: the reception
 *
 * 確定: gives the PIN to the desk, which uses it for one VERIFY or erases it. After a fifth digit
 * everything is erased instead, and typed anew.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: %FALSE where four digits are not there
 */
gboolean
mdg_reception_submit_pin (MdgReception *self)
{
  gboolean confirmed;

  g_return_val_if_fail (MDG_IS_RECEPTION (self), FALSE);

  if (self->pin == NULL || !mdg_pin_is_complete (self->pin) || !mdg_reception_takes_digits (self))
    return FALSE;
  if (self->too_many)
    {
      drop_digits (self);
      mdg_reception_refresh (self);
      return FALSE;
    }
  confirmed = self->last_try_yes;
  self->pin_first = FALSE;
  mdg_desk_give_pin (self->desk, g_steal_pointer (&self->pin), confirmed);
  drop_digits (self);
  mdg_reception_refresh (self);
  return TRUE;
}

/**
 * mdg_reception_get_pin_length:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many digits were typed, 0 to 4
 */
guint
mdg_reception_get_pin_length (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), 0);

  return self->pin != NULL ? mdg_pin_get_length (self->pin) : 0;
}

/**
 * mdg_reception_get_keypad:
 * @self: the reception
 *
 * The ten digits in the order of the keys, the tenth alone below; notified as "keypad" when it
 * changes, which it does between two patients only.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the order
 */
const char *
mdg_reception_get_keypad (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), digits_in_order);

  return self->keypad;
}
