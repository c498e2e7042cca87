/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be asked of a slot and set on it while its card works. */
#include "config.h"

#include "mdg-virtual-slot-private.h"

/**
 * mdg_virtual_slot_get_plugged:
 * @self: a slot
 *
 * Returns: whether it is connected to the computer
 *
 * Thread: any.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_slot_get_plugged (MdgVirtualSlot *self)
{
  gboolean plugged;

  g_mutex_lock (&self->mutex);
  plugged = self->plugged;
  g_mutex_unlock (&self->mutex);
  return plugged;
}

/**
 * mdg_virtual_slot_get_atr:
 * @self: a slot
 *
 * Returns: (transfer full) (nullable): the ATR of the card, %NULL without one
 *
 * Thread: any.
 *
 * Errors: none.
 */
GBytes *
mdg_virtual_slot_get_atr (MdgVirtualSlot *self)
{
  GBytes *atr;

  g_mutex_lock (&self->mutex);
  atr = self->card != NULL ? mdg_virtual_card_get_atr (self->card) : NULL;
  g_mutex_unlock (&self->mutex);
  return atr;
}

/**
 * mdg_virtual_slot_set_tries:
 * @self: a slot
 * @tries: tries left of the user-authentication PIN
 *
 * Sets the tries of the card in the slot, in its file, too.
 *
 * Returns: %FALSE without a card
 *
 * Thread: any.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_slot_set_tries (MdgVirtualSlot *self, guint tries)
{
  gboolean present;

  g_mutex_lock (&self->mutex);
  present = self->card != NULL;
  if (present)
    {
      guint all[MDG_VIRTUAL_N_PINS];

      mdg_virtual_card_set_tries (self->card, MDG_VIRTUAL_PIN_AUTH, tries);
      for (guint pin = 0; pin < MDG_VIRTUAL_N_PINS; pin++)
        all[pin] = mdg_virtual_card_get_tries (self->card, pin);
      mdg_virtual_slot_on_tries_cb (all, self);
    }
  g_mutex_unlock (&self->mutex);
  return present;
}

/**
 * mdg_virtual_slot_get_tries:
 * @self: a slot
 *
 * Returns: tries left of the user-authentication PIN, -1 without a card
 *
 * Thread: any.
 *
 * Errors: none.
 */
int
mdg_virtual_slot_get_tries (MdgVirtualSlot *self)
{
  int tries = -1;

  g_mutex_lock (&self->mutex);
  if (self->card != NULL)
    tries = (int) mdg_virtual_card_get_tries (self->card, MDG_VIRTUAL_PIN_AUTH);
  g_mutex_unlock (&self->mutex);
  return tries;
}

/**
 * mdg_virtual_slot_get_exchanges:
 * @self: a slot
 *
 * Returns: how many commands were sent since the card came
 *
 * Thread: any.
 *
 * Errors: none.
 */
guint
mdg_virtual_slot_get_exchanges (MdgVirtualSlot *self)
{
  guint exchanges;

  g_mutex_lock (&self->mutex);
  exchanges = self->exchanges;
  g_mutex_unlock (&self->mutex);
  return exchanges;
}

/**
 * mdg_virtual_slot_get_working:
 * @self: a slot
 *
 * Returns: whether a command waits for its answer
 *
 * Thread: any.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_slot_get_working (MdgVirtualSlot *self)
{
  gboolean working;

  g_mutex_lock (&self->mutex);
  working = self->working;
  g_mutex_unlock (&self->mutex);
  return working;
}

/**
 * mdg_virtual_slot_add_fault:
 * @self: a slot
 * @text: as mdg_virtual_faults_add() takes it
 * @error: (nullable): an error
 *
 * Returns: whether @text was understood
 *
 * Thread: any.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT.
 */
gboolean
mdg_virtual_slot_add_fault (MdgVirtualSlot *self, const char *text, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = mdg_virtual_faults_add (self->faults, text, self->exchanges, error);
  g_mutex_unlock (&self->mutex);
  return ok;
}

/**
 * mdg_virtual_slot_set_latency:
 * @self: a slot
 * @latency: how long things take from now on
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_set_latency (MdgVirtualSlot *self, const MdgVirtualLatency *latency)
{
  g_mutex_lock (&self->mutex);
  self->latency = *latency;
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_take_log:
 * @self: a slot
 * @log: (transfer full) (nullable): where exchanges are written from now on
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_take_log (MdgVirtualSlot *self, MdgVirtualLog *log)
{
  g_mutex_lock (&self->mutex);
  mdg_virtual_log_free (self->log);
  self->log = log;
  g_mutex_unlock (&self->mutex);
}
