/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The counter's use case as an object: its properties, and what a face calls, which becomes an
 * event for mdg-desk-dispatch.c. */
#include "config.h"

#include "mdg-desk-private.h"

#define ARM_TIMEOUT_MS       (30 * 1000)
#define PIN_TIMEOUT_MS       (120 * 1000)
#define SHOW_TIMEOUT_MS      (60 * 1000)
#define ASK_TIMEOUT_MS       (60 * 1000) /* a source has its own deadlines: this is for a broken one */
#define CHALLENGE_TIMEOUT_MS (4 * 1000) /* under the 5 s of Windows: mdg_challenge_slot_wait() */
#define LONGEST_TIMEOUT_MS   (60 * 60 * 1000)

G_DEFINE_FINAL_TYPE (MdgDesk, mdg_desk, G_TYPE_OBJECT)

static GParamSpec *props[MDG_DESK_N_PROPS];

/**
 * mdg_desk_notify:
 * @self: the desk
 * @property: what changed
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_notify (MdgDesk *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

/**
 * mdg_desk_refresh_problem:
 * @self: the desk
 *
 * Why there is no reader is found out by drivers, in their own time.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_refresh_problem (MdgDesk *self)
{
  g_autoptr (GError) now = NULL;

  if (self->state != MDG_DESK_STATE_NO_READER || !self->running)
    return;
  now = mdg_desk_watch_get_problem (self->watch);
  if (self->error == NULL || !g_error_matches (self->error, now->domain, now->code))
    mdg_desk_set_error (self, g_steal_pointer (&now));
}

static guint *
find_timeout (MdgDesk *self, guint property)
{
  switch (property)
    {
    case MDG_DESK_PROP_ARM_TIMEOUT:
      return &self->arm_timeout;
    case MDG_DESK_PROP_PIN_TIMEOUT:
      return &self->pin_timeout;
    case MDG_DESK_PROP_SHOW_TIMEOUT:
      return &self->show_timeout;
    case MDG_DESK_PROP_ASK_TIMEOUT:
      return &self->ask_timeout;
    case MDG_DESK_PROP_CHALLENGE_TIMEOUT:
      return &self->challenge_timeout;
    default:
      return NULL;
    }
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  MdgDesk *self = MDG_DESK (object);

  switch (property)
    {
    case MDG_DESK_PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case MDG_DESK_PROP_READER:
      g_value_set_object (value, self->reader);
      break;
    case MDG_DESK_PROP_TRIES_LEFT:
      g_value_set_int (value, self->tries_left);
      break;
    case MDG_DESK_PROP_PROBLEM:
      g_value_set_pointer (value, mdg_desk_get_problem (self));
      break;
    case MDG_DESK_PROP_ANSWER:
      g_value_set_pointer (value, self->answer);
      break;
    case MDG_DESK_PROP_SHOW_UNTIL:
      g_value_set_int64 (value, self->show_until);
      break;
    case MDG_DESK_PROP_BUSY:
      g_value_set_boolean (value, self->busy > 0);
      break;
    default:
      if (find_timeout (self, property) != NULL)
        g_value_set_uint (value, *find_timeout (self, property));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  guint *timeout = find_timeout (MDG_DESK (object), property);

  if (timeout != NULL)
    *timeout = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dispose (GObject *object)
{
  MdgDesk *self = MDG_DESK (object);

  if (self->watch != NULL)
    mdg_desk_stop (self);
  g_clear_pointer (&self->watch, mdg_desk_watch_free);
  g_clear_pointer (&self->memory, mdg_reader_memory_free);
  g_clear_object (&self->source);
  g_clear_object (&self->readers);
  G_OBJECT_CLASS (mdg_desk_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  MdgDesk *self = MDG_DESK (object);

  mdg_desk_forget_pin (self);
  mdg_desk_drop_happenings (self);
  g_clear_pointer (&self->answer, mdg_desk_answer_free);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  g_clear_error (&self->error);
  g_free (self->confirmation_date);
  G_OBJECT_CLASS (mdg_desk_parent_class)->finalize (object);
}

static void
install_timeout (guint property, const char *name, guint milliseconds)
{
  props[property] =
      g_param_spec_uint (name, NULL, NULL, 1, LONGEST_TIMEOUT_MS, milliseconds,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
}

static void
mdg_desk_class_init (MdgDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  object_class->finalize = finalize;

  props[MDG_DESK_PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, MDG_DESK_N_STATES - 1,
                                                 MDG_DESK_STATE_NO_READER, flags);
  props[MDG_DESK_PROP_READER] = g_param_spec_object ("reader", NULL, NULL, MDG_TYPE_READER, flags);
  props[MDG_DESK_PROP_TRIES_LEFT] = g_param_spec_int ("tries-left", NULL, NULL, -1, 15, -1, flags);
  props[MDG_DESK_PROP_PROBLEM] = g_param_spec_pointer ("problem", NULL, NULL, flags);
  props[MDG_DESK_PROP_ANSWER] = g_param_spec_pointer ("answer", NULL, NULL, flags);
  props[MDG_DESK_PROP_SHOW_UNTIL] =
      g_param_spec_int64 ("show-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[MDG_DESK_PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  install_timeout (MDG_DESK_PROP_ARM_TIMEOUT, "arm-timeout", ARM_TIMEOUT_MS);
  install_timeout (MDG_DESK_PROP_PIN_TIMEOUT, "pin-timeout", PIN_TIMEOUT_MS);
  install_timeout (MDG_DESK_PROP_SHOW_TIMEOUT, "show-timeout", SHOW_TIMEOUT_MS);
  install_timeout (MDG_DESK_PROP_ASK_TIMEOUT, "ask-timeout", ASK_TIMEOUT_MS);
  install_timeout (MDG_DESK_PROP_CHALLENGE_TIMEOUT, "challenge-timeout", CHALLENGE_TIMEOUT_MS);
  g_object_class_install_properties (object_class, MDG_DESK_N_PROPS, props);
}

static void
mdg_desk_init (MdgDesk *self)
{
  g_queue_init (&self->happenings);
  self->tries_left = -1;
}

/**
 * mdg_desk_new:
 * @readers: all readers
 * @source: where eligibility is asked
 * @store: (nullable): remembers what readers can do; has to outlive the desk
 *
 * A desk that does nothing until mdg_desk_start(). Properties: "state" (int), "reader",
 * "tries-left", "problem", "answer", "show-until", "busy", all notified together when a state is
 * complete; and in milliseconds "arm-timeout" (30 000), "pin-timeout" (120 000), "show-timeout" (60
 * 000), "ask-timeout" (60 000), "challenge-timeout" (4 000).
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the desk
 */
MdgDesk *
mdg_desk_new (MdgReaderManager *readers, MdgEligibilitySource *source, MdgStore *store)
{
  MdgDesk *self = g_object_new (MDG_TYPE_DESK, NULL);

  self->readers = g_object_ref (readers);
  self->source = g_object_ref (source);
  self->memory = mdg_reader_memory_new (store);
  self->watch = mdg_desk_watch_new (readers, &mdg_desk_watch_events, self);
  return self;
}

/**
 * mdg_desk_get_state:
 * @self: the desk
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the state
 */
MdgDeskState
mdg_desk_get_state (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), MDG_DESK_STATE_NO_READER);

  return self->state;
}

/**
 * mdg_desk_get_reader:
 * @self: the desk
 *
 * The reader of the card that is being checked, whose answer is shown, or that had the problem.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the reader
 */
MdgReader *
mdg_desk_get_reader (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), NULL);

  return self->reader;
}

/**
 * mdg_desk_get_tries_left:
 * @self: the desk
 *
 * Only what the card itself said for this insertion.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the tries left, or -1 where they are unknown
 */
int
mdg_desk_get_tries_left (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), -1);

  return self->tries_left;
}

/**
 * mdg_desk_get_problem:
 * @self: the desk
 *
 * What to tell: in PROBLEM and NO_READER what is wrong, in NEED_PIN that the PIN was wrong, in
 * CONFIRM_LAST_TRY the warning, in WAITING that the card was removed.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the problem
 */
MdgProblem *
mdg_desk_get_problem (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), NULL);

  mdg_desk_refresh_problem (self);
  return self->problem;
}

/**
 * mdg_desk_get_error:
 * @self: the desk
 *
 * The error behind the problem, for logs.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the error
 */
const GError *
mdg_desk_get_error (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), NULL);

  mdg_desk_refresh_problem (self);
  return self->error;
}

/**
 * mdg_desk_get_answer:
 * @self: the desk
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the answer, only while SHOWING
 */
const MdgDeskAnswer *
mdg_desk_get_answer (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), NULL);

  return self->answer;
}

/**
 * mdg_desk_get_busy:
 * @self: the desk
 *
 * Whether a card is being talked to: after mdg_desk_stop() a program that ends should wait until
 * this is %FALSE, so that the card is closed. Bounded by the reader's deadline.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether a run is under way
 */
gboolean
mdg_desk_get_busy (MdgDesk *self)
{
  g_return_val_if_fail (MDG_IS_DESK (self), FALSE);

  return self->busy > 0;
}

/**
 * mdg_desk_set_reader_id:
 * @self: the desk
 * @id: (nullable): the only reader to look at; %NULL for any
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_reader_id (MdgDesk *self, const char *id)
{
  g_return_if_fail (MDG_IS_DESK (self));

  mdg_desk_watch_set_reader_id (self->watch, id);
}

/**
 * mdg_desk_set_method:
 * @self: the desk
 * @method: how the holder is confirmed
 *
 * For the next card; and where the desk waits for a PIN with a card already read, a change to
 * %MDG_DESK_METHOD_VISUAL goes on with that card. An armed PIN is erased by it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_method (MdgDesk *self, MdgDeskMethod method)
{
  g_return_if_fail (MDG_IS_DESK (self));

  if (self->method == method)
    return;
  self->method = method;
  if (method != MDG_DESK_METHOD_VISUAL)
    return;
  if (self->state == MDG_DESK_STATE_NEED_PIN || self->state == MDG_DESK_STATE_CONFIRM_LAST_TRY)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_IDENTIFIED_VISUAL);
  else if (self->state == MDG_DESK_STATE_ARMED ||
           (self->state == MDG_DESK_STATE_WAITING && self->pin != NULL)) /* just being armed */
    mdg_desk_dispatch (self, MDG_DESK_EVENT_DISMISSED);
  else
    mdg_desk_forget_pin (self);
}

/**
 * mdg_desk_set_confirmation_date:
 * @self: the desk
 * @yyyymmdd: (nullable): the day that eligibility is asked for; %NULL for today in Japan
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_confirmation_date (MdgDesk *self, const char *yyyymmdd)
{
  g_return_if_fail (MDG_IS_DESK (self));

  g_free (self->confirmation_date);
  self->confirmation_date = g_strdup (yyyymmdd);
}

/**
 * mdg_desk_set_consent:
 * @self: the desk
 * @limit: the patient agrees to give 限度額情報
 * @diseases: and 特定疾病療養受療証情報
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_set_consent (MdgDesk *self, gboolean limit, gboolean diseases)
{
  g_return_if_fail (MDG_IS_DESK (self));

  self->consent_limit = limit;
  self->consent_diseases = diseases;
}

/**
 * mdg_desk_start:
 * @self: the desk
 *
 * Begins to look at the readers. A card that lies there already counts as put now. A PIN that was
 * given before is armed for it.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_start (MdgDesk *self)
{
  g_return_if_fail (MDG_IS_DESK (self));

  if (self->running)
    return;
  self->running = TRUE;
  /* one that was given already does not last longer because there is no reader */
  if (self->pin != NULL)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_PIN_GIVEN);
  mdg_desk_watch_start (self->watch);
  mdg_desk_refresh_problem (self);
}

/**
 * mdg_desk_stop:
 * @self: the desk
 *
 * Forgets PIN, patient and answer, and is in NO_READER afterwards. A run on the card is asked to
 * end, and a card left open is closed: mdg_desk_get_busy() tells when that is done.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_stop (MdgDesk *self)
{
  g_return_if_fail (MDG_IS_DESK (self));

  if (!self->running)
    {
      mdg_desk_forget_pin (self);
      return;
    }
  self->running = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  mdg_desk_drop_happenings (self);
  g_object_freeze_notify (G_OBJECT (self));
  mdg_desk_reset (self);
  mdg_desk_watch_stop (self->watch);
  self->state = MDG_DESK_STATE_NO_READER;
  mdg_desk_notify (self, MDG_DESK_PROP_STATE);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * mdg_desk_give_pin:
 * @self: the desk
 * @pin: (transfer full): four digits; used for one VERIFY or erased, in any case
 * @confirm_last_try: whether it may be sent although the card has one try left
 *
 * In WAITING it arms the desk for the next card, before mdg_desk_start() and in NO_READER for the
 * first one; in CONFIRM_LAST_TRY with @confirm_last_try it is the yes as well. Where nobody asked
 * for a PIN it is erased.
 *
 * Thread: main.
 * Errors: none: an incomplete or used PIN is erased and nothing happens.
 */
void
mdg_desk_give_pin (MdgDesk *self, MdgPin *pin, gboolean confirm_last_try)
{
  g_autoptr (MdgPin) given = pin;

  g_return_if_fail (MDG_IS_DESK (self));
  g_return_if_fail (pin != NULL);

  if (!mdg_pin_is_complete (pin) || mdg_pin_is_used (pin) || self->method == MDG_DESK_METHOD_VISUAL)
    return;
  if (self->state == MDG_DESK_STATE_CONFIRM_LAST_TRY && confirm_last_try)
    mdg_desk_dispatch (self, MDG_DESK_EVENT_CONFIRMED);
  if (self->running)
    mdg_desk_dispatch_pin (self, g_steal_pointer (&given), confirm_last_try);
  else
    mdg_desk_keep_pin (self, g_steal_pointer (&given), confirm_last_try);
}

/**
 * mdg_desk_confirm:
 * @self: the desk
 * @yes: what was said: to the last try in CONFIRM_LAST_TRY, to the face in CONFIRM_FACE
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_confirm (MdgDesk *self, gboolean yes)
{
  g_return_if_fail (MDG_IS_DESK (self));

  mdg_desk_dispatch (self, yes ? MDG_DESK_EVENT_CONFIRMED : MDG_DESK_EVENT_REFUSED);
}

/**
 * mdg_desk_dismiss:
 * @self: the desk
 *
 * Clears what is on the screen and goes back to waiting. Does nothing while the card verifies a PIN
 * and signs: that ends by itself within the reader's deadline.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_dismiss (MdgDesk *self)
{
  g_return_if_fail (MDG_IS_DESK (self));

  mdg_desk_dispatch (self, MDG_DESK_EVENT_DISMISSED);
}

/**
 * mdg_desk_retry:
 * @self: the desk
 *
 * After a problem: the card that still lies on its reader counts as put now, before any that waits
 * on another one; without one it is mdg_desk_dismiss(). A PIN is never used again: it is asked for
 * anew.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_desk_retry (MdgDesk *self)
{
  g_return_if_fail (MDG_IS_DESK (self));

  if (self->state != MDG_DESK_STATE_PROBLEM)
    return;
  if (self->reader != NULL && mdg_desk_watch_has_card (self->watch, self->reader))
    mdg_desk_dispatch_reader (self, MDG_DESK_EVENT_CARD_IN, self->reader);
  else
    mdg_desk_dispatch (self, MDG_DESK_EVENT_DISMISSED);
}
