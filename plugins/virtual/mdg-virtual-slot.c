/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A card in a slot, with its faults, its slowness and its log. One thread talks to the card; any
 * other may pull it, unplug the slot or interrupt, and whoever waits in a transmit then returns at
 * once. */
#include "config.h"

#include "mdg-virtual-slot.h"

struct _MdgVirtualSlot
{
  GMutex mutex; /* guards all below */
  GCond changed;
  MdgVirtualCard *card;       /* (nullable) */
  MdgVirtualCardFiles *files; /* (nullable): of @card, where tries are kept */
  gboolean keep_tries;
  gboolean plugged;
  guint insertion;  /* +1 whenever the card or the slot comes or goes */
  guint interrupts; /* +1 for each interruption */
  guint exchanges;  /* since the card came */
  MdgVirtualFaults *faults;
  MdgVirtualLatency latency;
  MdgVirtualLog *log; /* (nullable) */
  MdgVirtualSlotFunc func;
  gpointer func_data;
};

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

static gboolean
on_tries_cb (const guint tries[MDG_VIRTUAL_N_PINS], gpointer user_data)
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

static void
tell_change (MdgVirtualSlot *self)
{
  MdgVirtualSlotFunc func;
  gpointer func_data;

  g_mutex_lock (&self->mutex);
  func = self->func;
  func_data = self->func_data;
  g_mutex_unlock (&self->mutex);
  if (func != NULL)
    func (self, func_data);
}

/* With the mutex held. Returns whether there was a card. */
static gboolean
drop_card (MdgVirtualSlot *self)
{
  gboolean had = self->card != NULL;

  g_clear_pointer (&self->card, mdg_virtual_card_free);
  g_clear_pointer (&self->files, mdg_virtual_card_files_unref);
  self->insertion++;
  g_cond_broadcast (&self->changed);
  return had;
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
  while (self->insertion == insertion && self->interrupts == interrupts)
    {
      if (due < 0)
        g_cond_wait (&self->changed, &self->mutex);
      else if (!g_cond_wait_until (&self->changed, &self->mutex, due))
        break;
    }
  if (!self->plugged)
    return MDG_VIRTUAL_OUTCOME_GONE;
  if (self->insertion != insertion)
    return MDG_VIRTUAL_OUTCOME_NO_CARD;
  if (self->interrupts != interrupts)
    return MDG_VIRTUAL_OUTCOME_INTERRUPTED;
  return MDG_VIRTUAL_OUTCOME_ANSWER;
}

/* With the mutex held. @pulled: set when the fault took the card away. */
static MdgVirtualOutcome
exchange (MdgVirtualSlot *self,
          GBytes *command,
          guint interrupts,
          GBytes **answer,
          gboolean *pulled)
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
    *pulled = drop_card (self);
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
 */
void
mdg_virtual_slot_unref (MdgVirtualSlot *self)
{
  g_atomic_rc_box_release_full (self, free_slot);
}

/**
 * mdg_virtual_slot_set_func:
 * @self: a slot
 * @func: (nullable): called after a card or the slot itself came or went
 * @user_data: data for @func
 *
 * Thread: any.
 */
void
mdg_virtual_slot_set_func (MdgVirtualSlot *self, MdgVirtualSlotFunc func, gpointer user_data)
{
  g_mutex_lock (&self->mutex);
  self->func = func;
  self->func_data = user_data;
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
 */
void
mdg_virtual_slot_insert (MdgVirtualSlot *self,
                         MdgVirtualCardFiles *files,
                         const MdgVirtualOptions *options)
{
  mdg_virtual_slot_remove (self);
  g_mutex_lock (&self->mutex);
  drop_card (self);
  self->files = mdg_virtual_card_files_ref (files);
  self->card = mdg_virtual_card_new (files, options);
  self->keep_tries = !options->forget_tries;
  self->exchanges = 0;
  load_tries (self, options);
  mdg_virtual_card_set_tries_func (self->card, on_tries_cb, self);
  g_mutex_unlock (&self->mutex);
  tell_change (self);
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
 */
gboolean
mdg_virtual_slot_remove (MdgVirtualSlot *self)
{
  gboolean had;

  g_mutex_lock (&self->mutex);
  had = drop_card (self);
  g_mutex_unlock (&self->mutex);
  if (had)
    tell_change (self);
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
 */
void
mdg_virtual_slot_set_plugged (MdgVirtualSlot *self, gboolean plugged)
{
  gboolean same;

  g_mutex_lock (&self->mutex);
  same = self->plugged == plugged;
  if (!same)
    {
      self->plugged = plugged;
      self->insertion++;
      if (self->card != NULL)
        mdg_virtual_card_power_off (self->card);
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  if (!same)
    tell_change (self);
}

/**
 * mdg_virtual_slot_get_plugged:
 * @self: a slot
 *
 * Returns: whether it is connected to the computer
 *
 * Thread: any.
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
      on_tries_cb (all, self);
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
 */
void
mdg_virtual_slot_take_log (MdgVirtualSlot *self, MdgVirtualLog *log)
{
  g_mutex_lock (&self->mutex);
  mdg_virtual_log_free (self->log);
  self->log = log;
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_power_on:
 * @self: a slot
 *
 * Powers the card up.
 *
 * Returns: %MDG_VIRTUAL_OUTCOME_ANSWER, or why not
 *
 * Thread: any.
 */
MdgVirtualOutcome
mdg_virtual_slot_power_on (MdgVirtualSlot *self)
{
  MdgVirtualOutcome outcome = MDG_VIRTUAL_OUTCOME_ANSWER;

  g_mutex_lock (&self->mutex);
  if (!self->plugged)
    outcome = MDG_VIRTUAL_OUTCOME_GONE;
  else if (self->card == NULL)
    outcome = MDG_VIRTUAL_OUTCOME_NO_CARD;
  else
    {
      mdg_virtual_card_power_on (self->card);
      mdg_virtual_log_control (self->log, "on");
    }
  g_mutex_unlock (&self->mutex);
  return outcome;
}

/**
 * mdg_virtual_slot_power_off:
 * @self: a slot
 *
 * Takes the card's power away, and with it every verified PIN.
 *
 * Thread: any.
 */
void
mdg_virtual_slot_power_off (MdgVirtualSlot *self)
{
  g_mutex_lock (&self->mutex);
  if (self->card != NULL)
    {
      mdg_virtual_card_power_off (self->card);
      mdg_virtual_log_control (self->log, "off");
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * mdg_virtual_slot_reset:
 * @self: a slot
 *
 * Resets the card without taking its power away: a verified PIN stays.
 *
 * Thread: any.
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
 */
MdgVirtualOutcome
mdg_virtual_slot_transmit (MdgVirtualSlot *self,
                           GBytes *command,
                           GCancellable *cancellable,
                           GBytes **answer)
{
  MdgVirtualOutcome outcome;
  gboolean pulled = FALSE;
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
    outcome = exchange (self, command, interrupts, answer, &pulled);
  g_mutex_unlock (&self->mutex);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  if (pulled)
    tell_change (self);
  return outcome;
}

/**
 * mdg_virtual_slot_interrupt:
 * @self: a slot
 *
 * Makes a transmit at work return %MDG_VIRTUAL_OUTCOME_INTERRUPTED at once.
 *
 * Thread: any.
 */
void
mdg_virtual_slot_interrupt (MdgVirtualSlot *self)
{
  g_mutex_lock (&self->mutex);
  self->interrupts++;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
