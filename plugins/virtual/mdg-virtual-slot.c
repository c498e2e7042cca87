/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A card in a slot, with its faults, its slowness and its log. One thread talks to the card; any
 * other may pull it, unplug the slot or interrupt, and whoever waits in a transmit then returns at
 * once. */
#include "config.h"

#include "mdg-virtual-slot.h"

#include "mdg-virtual-slot-private.h"

static void
free_slot (gpointer data)
{
  MdgVirtualSlot *self = data;

  mdg_virtual_card_free (self->card);
  g_clear_pointer (&self->files, mdg_virtual_card_files_unref);
  mdg_virtual_faults_free (self->faults);
  mdg_virtual_log_free (self->log);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

/* With the mutex held: keeps the tries in the card's file, an #MdgVirtualTriesFunc. */
gboolean
mdg_virtual_slot_on_tries_cb (const guint tries[MDG_VIRTUAL_N_PINS], gpointer user_data)
{
  MdgVirtualSlot *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!self->keep_tries)
    return TRUE;
  if (mdg_virtual_card_files_write_tries (self->files, tries, MDG_VIRTUAL_N_PINS, &error))
    return TRUE;
  g_warning ("%s", error->message);
  return FALSE;
}

static void
on_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  mdg_virtual_slot_interrupt (user_data);
}

/* With the mutex held, so that nobody hears of two changes in the wrong order. */
static void
tell_change (MdgVirtualSlot *self)
{
  g_autoptr (GBytes) atr = NULL;

  if (self->func == NULL)
    return;
  atr = self->card != NULL ? mdg_virtual_card_get_atr (self->card) : NULL;
  self->func (self->plugged, atr, self->func_data);
}

/* With the mutex held. Returns whether there was a card. */
static gboolean
drop_card (MdgVirtualSlot *self)
{
  gboolean had = self->card != NULL;

  g_clear_pointer (&self->card, mdg_virtual_card_free);
  g_clear_pointer (&self->files, mdg_virtual_card_files_unref);
  self->insertion++;
  self->powered = FALSE;
  g_cond_broadcast (&self->changed);
  if (had)
    tell_change (self);
  return had;
}

/* With the mutex held. */
static void
power_off (MdgVirtualSlot *self)
{
  if (self->card == NULL)
    return;
  mdg_virtual_card_power_off (self->card);
  mdg_virtual_log_control (self->log, "off");
  self->powered = FALSE;
}

/* What is on the card counts from its file, unless the options say how many tries there are. */
static void
load_tries (MdgVirtualSlot *self, const MdgVirtualOptions *options)
{
  guint tries[MDG_VIRTUAL_N_PINS];

  for (guint pin = 0; pin < MDG_VIRTUAL_N_PINS; pin++)
    tries[pin] = mdg_virtual_card_get_max_tries (pin);
  if (!self->keep_tries ||
      !mdg_virtual_card_files_read_tries (self->files, tries, MDG_VIRTUAL_N_PINS))
    return;
  for (guint pin = 0; pin < MDG_VIRTUAL_N_PINS; pin++)
    if (pin != MDG_VIRTUAL_PIN_AUTH || options->tries < 0)
      mdg_virtual_card_set_tries (self->card, pin, tries[pin]);
}

/* With the mutex held: waits until the answer is due, or for ever for a fault that hangs. */
static MdgVirtualOutcome
wait_for_answer (MdgVirtualSlot *self, gint64 due, guint insertion, guint interrupts)
{
  self->working = TRUE;
  while (self->insertion == insertion && self->interrupts == interrupts)
    {
      if (due < 0)
        g_cond_wait (&self->changed, &self->mutex);
      else if (!g_cond_wait_until (&self->changed, &self->mutex, due))
        break;
    }
  self->working = FALSE;
  if (!self->plugged)
    return MDG_VIRTUAL_OUTCOME_GONE;
  if (self->insertion != insertion)
    return MDG_VIRTUAL_OUTCOME_NO_CARD;
  if (self->interrupts != interrupts)
    return MDG_VIRTUAL_OUTCOME_INTERRUPTED;
  return MDG_VIRTUAL_OUTCOME_ANSWER;
}

/* With the mutex held. */
static MdgVirtualOutcome
exchange (MdgVirtualSlot *self, GBytes *command, guint interrupts, GBytes **answer)
{
  gint64 start = g_get_monotonic_time ();
  guint insertion = self->insertion;
  guint n = ++self->exchanges;
  MdgVirtualFault fault = mdg_virtual_faults_take (self->faults, n);
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GBytes) received = NULL;
  MdgVirtualOutcome outcome = MDG_VIRTUAL_OUTCOME_NO_CARD;

  if (fault != MDG_VIRTUAL_FAULT_REMOVE)
    {
      reply = mdg_virtual_card_transmit (self->card, command);
      received = mdg_virtual_fault_apply (fault, reply);
    }
  if (fault == MDG_VIRTUAL_FAULT_REMOVE || fault == MDG_VIRTUAL_FAULT_LOSE)
    drop_card (self);
  else
    {
      gint64 due = fault == MDG_VIRTUAL_FAULT_HANG
                       ? -1
                       : start + mdg_virtual_latency_get (&self->latency, command, reply);

      outcome = wait_for_answer (self, due, insertion, interrupts);
    }
  if (outcome == MDG_VIRTUAL_OUTCOME_ANSWER)
    *answer = g_steal_pointer (&received);
  mdg_virtual_log_exchange (self->log, n, command, *answer);
  return outcome;
}

/**
 * mdg_virtual_slot_new:
 *
 * Returns: (transfer full): a slot, plugged in and empty
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualSlot *
mdg_virtual_slot_new (void)
{
  MdgVirtualSlot *self = g_atomic_rc_box_new0 (MdgVirtualSlot);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->faults = mdg_virtual_faults_new ();
  self->plugged = TRUE;
  return self;
}

/**
 * mdg_virtual_slot_ref:
 * @self: a slot
 *
 * Returns: (transfer full): @self
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualSlot *
mdg_virtual_slot_ref (MdgVirtualSlot *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * mdg_virtual_slot_unref:
 * @self: (transfer full): a slot
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_unref (MdgVirtualSlot *self)
{
  g_atomic_rc_box_release_full (self, free_slot);
}

/**
 * mdg_virtual_slot_set_func:
 * @self: a slot
 * @func: (nullable): called when a card or the slot itself came or went, and once now
 * @user_data: data for @func
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_set_func (MdgVirtualSlot *self, MdgVirtualSlotFunc func, gpointer user_data)
{
  g_mutex_lock (&self->mutex);
  self->func = func;
  self->func_data = user_data;
  tell_change (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_insert:
 * @self: a slot
 * @files: keys and certificates of the card
 * @options: what kind of card it is
 *
 * Puts a card in. One that is there is pulled first.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_insert (MdgVirtualSlot *self,
                         MdgVirtualCardFiles *files,
                         const MdgVirtualOptions *options)
{
  g_mutex_lock (&self->mutex);
  drop_card (self);
  self->files = mdg_virtual_card_files_ref (files);
  self->card = mdg_virtual_card_new (files, options);
  self->keep_tries = !options->forget_tries;
  self->exchanges = 0;
  load_tries (self, options);
  mdg_virtual_card_set_tries_func (self->card, mdg_virtual_slot_on_tries_cb, self);
  tell_change (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_remove:
 * @self: a slot
 *
 * Pulls the card. A transmit at work returns %MDG_VIRTUAL_OUTCOME_NO_CARD at once.
 *
 * Returns: whether there was a card
 *
 * Thread: any.
 *
 * Errors: none.
 */
gboolean
mdg_virtual_slot_remove (MdgVirtualSlot *self)
{
  gboolean had;

  g_mutex_lock (&self->mutex);
  had = drop_card (self);
  g_mutex_unlock (&self->mutex);
  return had;
}

/**
 * mdg_virtual_slot_set_plugged:
 * @self: a slot
 * @plugged: whether it is connected to the computer
 *
 * Unplugs the slot or plugs it in again. The card stays in it and loses its power. A transmit at
 * work returns %MDG_VIRTUAL_OUTCOME_GONE at once.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_set_plugged (MdgVirtualSlot *self, gboolean plugged)
{
  g_mutex_lock (&self->mutex);
  if (self->plugged != plugged)
    {
      self->plugged = plugged;
      self->insertion++;
      power_off (self);
      g_cond_broadcast (&self->changed);
      tell_change (self);
    }
  g_mutex_unlock (&self->mutex);
}

static MdgVirtualOutcome
power_on (MdgVirtualSlot *self, gboolean again)
{
  MdgVirtualOutcome outcome = MDG_VIRTUAL_OUTCOME_ANSWER;

  g_mutex_lock (&self->mutex);
  if (!self->plugged)
    outcome = MDG_VIRTUAL_OUTCOME_GONE;
  else if (self->card == NULL)
    outcome = MDG_VIRTUAL_OUTCOME_NO_CARD;
  else if (again || !self->powered)
    {
      mdg_virtual_card_power_on (self->card);
      mdg_virtual_log_control (self->log, "on");
      self->powered = TRUE;
    }
  g_mutex_unlock (&self->mutex);
  return outcome;
}

/**
 * mdg_virtual_slot_connect:
 * @self: a slot
 *
 * Powers the card up unless it has power: what was left on keeps its state, a verified PIN
 * included.
 *
 * Returns: %MDG_VIRTUAL_OUTCOME_ANSWER, or why not
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualOutcome
mdg_virtual_slot_connect (MdgVirtualSlot *self)
{
  return power_on (self, FALSE);
}

/**
 * mdg_virtual_slot_power_on:
 * @self: a slot
 *
 * Powers the card up anew, whatever state it was in.
 *
 * Returns: %MDG_VIRTUAL_OUTCOME_ANSWER, or why not
 *
 * Thread: any.
 *
 * Errors: none.
 */
MdgVirtualOutcome
mdg_virtual_slot_power_on (MdgVirtualSlot *self)
{
  return power_on (self, TRUE);
}

/**
 * mdg_virtual_slot_power_off:
 * @self: a slot
 *
 * Takes the card's power away, and with it every verified PIN.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_power_off (MdgVirtualSlot *self)
{
  g_mutex_lock (&self->mutex);
  power_off (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_reset:
 * @self: a slot
 *
 * Resets the card without taking its power away: a verified PIN stays.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_reset (MdgVirtualSlot *self)
{
  g_mutex_lock (&self->mutex);
  if (self->card != NULL)
    {
      mdg_virtual_card_reset (self->card);
      mdg_virtual_log_control (self->log, "reset");
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_transmit:
 * @self: a slot
 * @command: what to send
 * @cancellable: (nullable): ends the wait for the answer
 * @answer: (out) (nullable): the answer, %NULL for every other outcome
 *
 * Sends @command to the card and waits as long as the card takes.
 *
 * Returns: what became of it
 *
 * Thread: any, one at a time.
 *
 * Errors: none.
 */
MdgVirtualOutcome
mdg_virtual_slot_transmit (MdgVirtualSlot *self,
                           GBytes *command,
                           GCancellable *cancellable,
                           GBytes **answer)
{
  MdgVirtualOutcome outcome;
  guint interrupts;
  gulong handler = 0;

  *answer = NULL;
  g_mutex_lock (&self->mutex);
  interrupts = self->interrupts;
  g_mutex_unlock (&self->mutex);
  /* an interruption from here on counts; one that is there already calls back at once */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), self, NULL);
  g_mutex_lock (&self->mutex);
  if (!self->plugged)
    outcome = MDG_VIRTUAL_OUTCOME_GONE;
  else if (self->card == NULL)
    outcome = MDG_VIRTUAL_OUTCOME_NO_CARD;
  else if (self->interrupts != interrupts)
    outcome = MDG_VIRTUAL_OUTCOME_INTERRUPTED;
  else
    outcome = exchange (self, command, interrupts, answer);
  g_mutex_unlock (&self->mutex);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  return outcome;
}

/**
 * mdg_virtual_slot_interrupt:
 * @self: a slot
 *
 * Makes a transmit at work return %MDG_VIRTUAL_OUTCOME_INTERRUPTED at once.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_virtual_slot_interrupt (MdgVirtualSlot *self)
{
  g_mutex_lock (&self->mutex);
  self->interrupts++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
