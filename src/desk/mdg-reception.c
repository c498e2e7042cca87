/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reception as an object: it follows the desk, and keeps what belongs to the patient who stands
 * there. Promises: a screen is notified only when something on it changed; what one patient said,
 * typed or chose never reaches the next one; "checked" and "failed" come once for each check. */
#include "config.h"

#include "mdg-reception-private.h"

#define SHOW_SECONDS     60
#define THANKS_MS        5000
#define MAX_SHOW_SECONDS 3600

typedef enum
{
  SIGNAL_REQUESTED,
  SIGNAL_CHECKED,
  SIGNAL_FAILED,
  N_SIGNALS
} SignalId;

G_DEFINE_FINAL_TYPE (MdgReception, mdg_reception, G_TYPE_OBJECT)

static GParamSpec *props[MDG_RECEPTION_N_PROPS];
static guint signals[N_SIGNALS];

/**
 * mdg_reception_notify:
 * @self: the reception
 * @property: what changed
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_notify (MdgReception *self, MdgReceptionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

/**
 * mdg_reception_request:
 * @self: the reception
 * @action: an action that is a window's
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_request (MdgReception *self, MdgAction action)
{
  g_signal_emit (self, signals[SIGNAL_REQUESTED], 0, (int) action);
}

/* Takes @screen. */
static void
put_screen (MdgReception *self, MdgSide side, MdgScreen *screen)
{
  if (self->screens[side] != NULL && mdg_screen_equal (self->screens[side], screen))
    {
      mdg_screen_free (screen);
      return;
    }
  g_clear_pointer (&self->screens[side], mdg_screen_free);
  self->screens[side] = screen;
  mdg_reception_notify (self, side == MDG_SIDE_STAFF ? MDG_RECEPTION_PROP_STAFF_SCREEN
                                                     : MDG_RECEPTION_PROP_PATIENT_SCREEN);
}

/**
 * mdg_reception_refresh:
 * @self: the reception
 *
 * Makes both screens anew and tells of those that are different.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_refresh (MdgReception *self)
{
  put_screen (self, MDG_SIDE_STAFF, mdg_reception_make_staff_screen (self));
  put_screen (self, MDG_SIDE_PATIENT, mdg_reception_make_patient_screen (self));
}

/* 限度額情報 and 特定疾病療養受療証情報 are two consents of one question (reference/domain.md 2.4,
 * the two ConsFlg; service-protocol.md, CardHolderConfirmation). Both are certificates that lower
 * what is paid at this counter, and a counter asks once: a yes is for both, everything else for
 * none. What a window asks has to name both. */
static void
apply_consent (MdgReception *self)
{
  gboolean yes = self->consent == MDG_CONSENT_YES;

  mdg_desk_set_consent (self->desk, yes, yes);
}

/**
 * mdg_reception_change_consent:
 * @self: the reception
 * @consent: what is known now
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_change_consent (MdgReception *self, MdgConsent consent)
{
  if (self->consent == consent)
    return;
  self->consent = consent;
  apply_consent (self);
  mdg_reception_notify (self, MDG_RECEPTION_PROP_CONSENT);
}

/**
 * mdg_reception_tell_method:
 * @self: the reception
 * @method: how the desk confirms a holder now
 *
 * The desk's way alone; the one for the next card stays.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_tell_method (MdgReception *self, MdgDeskMethod method)
{
  self->desk_method = method;
  mdg_desk_set_method (self->desk, method);
}

/**
 * mdg_reception_end_patient:
 * @self: the reception
 *
 * Whoever comes next starts without a word, a digit or a choice of the one before, and with a
 * keypad in a new order.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_end_patient (MdgReception *self)
{
  g_clear_handle_id (&self->forget_timer, g_source_remove);
  mdg_reception_erase_pin (self);
  mdg_reception_change_consent (self, MDG_CONSENT_UNASKED);
  mdg_reception_tell_method (self, self->method);
  self->way = self->method;
  mdg_reception_arrange_keypad (self);
}

/* A card on the reader may be another patient's wherever it is an insertion of its own; not where
 * it is the one that was waited for, and not where it lies there still and is read once more. */
static gboolean
is_new_patient (MdgReception *self, MdgDeskState from, MdgDeskState to)
{
  if (self->retrying)
    return FALSE;
  if (to == MDG_DESK_STATE_WAITING || to == MDG_DESK_STATE_NO_READER)
    return TRUE;
  return to == MDG_DESK_STATE_IDENTIFYING &&
         (from == MDG_DESK_STATE_SHOWING || from == MDG_DESK_STATE_PROBLEM);
}

static void
begin_showing (MdgReception *self)
{
  mdg_reception_begin_thanks (self);
  if (self->show_seconds == 0)
    mdg_desk_keep (self->desk);
}

static void
follow_state (MdgReception *self, MdgDeskState from, MdgDeskState to)
{
  g_clear_handle_id (&self->forget_timer, g_source_remove);
  mdg_reception_follow_pin (self, from, to);
  if (is_new_patient (self, from, to))
    mdg_reception_end_patient (self);
  /* what is put back while staff look at a photo is looked at again, but a yes was for the other */
  if (from == MDG_DESK_STATE_CONFIRM_FACE && to == MDG_DESK_STATE_IDENTIFYING)
    mdg_reception_change_consent (self, MDG_CONSENT_UNASKED);
  if (to == MDG_DESK_STATE_PROBLEM)
    self->broken_in = from;
  if (to == MDG_DESK_STATE_IDENTIFYING)
    self->way = self->desk_method;
  if (to == MDG_DESK_STATE_CONFIRM_FACE)
    self->way = MDG_DESK_METHOD_VISUAL;
  /* the desk's session has its way from here on; the next card has the one that was chosen */
  if (to == MDG_DESK_STATE_ASKING || to == MDG_DESK_STATE_PROBLEM)
    mdg_reception_tell_method (self, self->method);
  if (to == MDG_DESK_STATE_SHOWING)
    begin_showing (self);
  else
    mdg_reception_end_thanks (self);
}

static void
tell_outcome (MdgReception *self)
{
  if (self->state == MDG_DESK_STATE_SHOWING)
    g_signal_emit (self, signals[SIGNAL_CHECKED], 0, mdg_desk_get_answer (self->desk));
  else if (self->state == MDG_DESK_STATE_PROBLEM)
    {
      g_autoptr (MdgProblem) problem = mdg_problem_ref (mdg_desk_get_problem (self->desk));

      g_signal_emit (self, signals[SIGNAL_FAILED], 0, problem);
    }
}

/* The desk notifies when a state is complete, property by property: the first one finds all. */
static void
on_desk_cb (MdgDesk *desk, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (MdgReception) self = g_object_ref (user_data);
  MdgDeskState from = self->state;
  MdgDeskState to = mdg_desk_get_state (desk);

  self->state = to;
  if (from != to)
    follow_state (self, from, to);
  mdg_reception_follow_time (self);
  if (from != to && (from == MDG_DESK_STATE_SHOWING || to == MDG_DESK_STATE_SHOWING))
    mdg_reception_notify (self, MDG_RECEPTION_PROP_ANSWER);
  mdg_reception_refresh (self);
  if (from != to)
    tell_outcome (self);
}

static void
set_show_seconds (MdgReception *self, guint seconds)
{
  if (self->show_seconds == seconds)
    return;
  self->show_seconds = seconds;
  if (seconds > 0)
    g_object_set (self->desk, "show-timeout", seconds * 1000, NULL);
  mdg_reception_notify (self, MDG_RECEPTION_PROP_SHOW_SECONDS);
}

static void
set_flag (MdgReception *self, gboolean *flag, gboolean value, MdgReceptionProperty property)
{
  if (*flag == value)
    return;
  *flag = value;
  mdg_reception_notify (self, property);
  mdg_reception_refresh (self);
}

static void
get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  MdgReception *self = MDG_RECEPTION (object);

  switch ((MdgReceptionProperty) property)
    {
    case MDG_RECEPTION_PROP_STAFF_SCREEN:
      g_value_set_boxed (value, self->screens[MDG_SIDE_STAFF]);
      break;
    case MDG_RECEPTION_PROP_PATIENT_SCREEN:
      g_value_set_boxed (value, self->screens[MDG_SIDE_PATIENT]);
      break;
    case MDG_RECEPTION_PROP_PIN_LENGTH:
      g_value_set_uint (value, self->pin_length);
      break;
    case MDG_RECEPTION_PROP_KEYPAD:
      g_value_set_string (value, self->keypad);
      break;
    case MDG_RECEPTION_PROP_CONSENT:
      g_value_set_int (value, (int) self->consent);
      break;
    case MDG_RECEPTION_PROP_METHOD:
      g_value_set_int (value, (int) self->method);
      break;
    case MDG_RECEPTION_PROP_ANSWER:
      g_value_set_pointer (value, (gpointer) mdg_reception_get_answer (self));
      break;
    case MDG_RECEPTION_PROP_SECONDS_LEFT:
      g_value_set_int (value, self->seconds_left);
      break;
    case MDG_RECEPTION_PROP_SHOW_SECONDS:
      g_value_set_uint (value, self->show_seconds);
      break;
    case MDG_RECEPTION_PROP_PATIENT_WINDOW:
      g_value_set_boolean (value, self->patient_window);
      break;
    case MDG_RECEPTION_PROP_ASK_CONSENT:
      g_value_set_boolean (value, self->ask_consent);
      break;
    case MDG_RECEPTION_PROP_SHUFFLE:
      g_value_set_boolean (value, self->shuffle);
      break;
    case MDG_RECEPTION_PROP_0:
    case MDG_RECEPTION_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  MdgReception *self = MDG_RECEPTION (object);

  if (property == MDG_RECEPTION_PROP_CONSENT)
    mdg_reception_set_consent (self, (MdgConsent) g_value_get_int (value));
  else if (property == MDG_RECEPTION_PROP_METHOD)
    mdg_reception_set_method (self, (MdgDeskMethod) g_value_get_int (value));
  else if (property == MDG_RECEPTION_PROP_SHOW_SECONDS)
    set_show_seconds (self, g_value_get_uint (value));
  else if (property == MDG_RECEPTION_PROP_PATIENT_WINDOW)
    set_flag (self, &self->patient_window, g_value_get_boolean (value),
              MDG_RECEPTION_PROP_PATIENT_WINDOW);
  else if (property == MDG_RECEPTION_PROP_ASK_CONSENT)
    set_flag (self, &self->ask_consent, g_value_get_boolean (value),
              MDG_RECEPTION_PROP_ASK_CONSENT);
  else if (property == MDG_RECEPTION_PROP_SHUFFLE)
    {
      set_flag (self, &self->shuffle, g_value_get_boolean (value), MDG_RECEPTION_PROP_SHUFFLE);
      if (self->pin_length == 0)
        mdg_reception_arrange_keypad (self);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
dispose (GObject *object)
{
  MdgReception *self = MDG_RECEPTION (object);

  mdg_reception_stop_time (self);
  mdg_reception_end_thanks (self);
  g_clear_pointer (&self->pin, mdg_pin_free);
  if (self->desk != NULL)
    g_clear_signal_handler (&self->desk_handler, self->desk);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (mdg_reception_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  MdgReception *self = MDG_RECEPTION (object);

  g_clear_pointer (&self->screens[MDG_SIDE_STAFF], mdg_screen_free);
  g_clear_pointer (&self->screens[MDG_SIDE_PATIENT], mdg_screen_free);
  G_OBJECT_CLASS (mdg_reception_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  signals[SIGNAL_REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_CHECKED] = g_signal_new ("checked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mdg_reception_class_init (MdgReceptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags both = read | G_PARAM_WRITABLE;

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  object_class->finalize = finalize;

  props[MDG_RECEPTION_PROP_STAFF_SCREEN] =
      g_param_spec_boxed ("staff-screen", NULL, NULL, MDG_TYPE_SCREEN, read);
  props[MDG_RECEPTION_PROP_PATIENT_SCREEN] =
      g_param_spec_boxed ("patient-screen", NULL, NULL, MDG_TYPE_SCREEN, read);
  props[MDG_RECEPTION_PROP_PIN_LENGTH] =
      g_param_spec_uint ("pin-length", NULL, NULL, 0, MDG_PIN_LENGTH, 0, read);
  props[MDG_RECEPTION_PROP_KEYPAD] = g_param_spec_string ("keypad", NULL, NULL, NULL, read);
  props[MDG_RECEPTION_PROP_CONSENT] = g_param_spec_int ("consent", NULL, NULL, MDG_CONSENT_UNASKED,
                                                        MDG_CONSENT_NO, MDG_CONSENT_UNASKED, both);
  props[MDG_RECEPTION_PROP_METHOD] = g_param_spec_int (
      "method", NULL, NULL, MDG_DESK_METHOD_PIN, MDG_DESK_METHOD_VISUAL, MDG_DESK_METHOD_PIN, both);
  props[MDG_RECEPTION_PROP_ANSWER] = g_param_spec_pointer ("answer", NULL, NULL, read);
  props[MDG_RECEPTION_PROP_SECONDS_LEFT] =
      g_param_spec_int ("seconds-left", NULL, NULL, -1, MAX_SHOW_SECONDS, -1, read);
  props[MDG_RECEPTION_PROP_SHOW_SECONDS] =
      g_param_spec_uint ("show-seconds", NULL, NULL, 0, MAX_SHOW_SECONDS, SHOW_SECONDS, both);
  props[MDG_RECEPTION_PROP_PATIENT_WINDOW] =
      g_param_spec_boolean ("patient-window", NULL, NULL, FALSE, both);
  props[MDG_RECEPTION_PROP_ASK_CONSENT] =
      g_param_spec_boolean ("ask-consent", NULL, NULL, TRUE, both);
  props[MDG_RECEPTION_PROP_SHUFFLE] = g_param_spec_boolean ("shuffle", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, MDG_RECEPTION_N_PROPS, props);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
mdg_reception_init (MdgReception *self)
{
  self->seconds_left = -1;
  self->show_seconds = SHOW_SECONDS;
  self->ask_consent = TRUE;
  self->thanks_milliseconds = THANKS_MS;
}

/**
 * mdg_reception_new:
 * @desk: (transfer none): the desk; the caller starts and stops it
 *
 * A reception that follows @desk. It takes over the desk's way, consent and "show-timeout"; nobody
 * else sets them from now on.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the reception
 */
MdgReception *
mdg_reception_new (MdgDesk *desk)
{
  MdgReception *self;

  g_return_val_if_fail (MDG_IS_DESK (desk), NULL);

  self = g_object_new (MDG_TYPE_RECEPTION, NULL);
  self->desk = g_object_ref (desk);
  self->state = mdg_desk_get_state (desk);
  g_object_set (desk, "show-timeout", self->show_seconds * 1000, NULL);
  apply_consent (self);
  mdg_reception_end_patient (self);
  mdg_reception_follow_time (self);
  mdg_reception_refresh (self);
  self->desk_handler = g_signal_connect (desk, "notify", G_CALLBACK (on_desk_cb), self);
  return self;
}

/**
 * mdg_reception_get_desk:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the desk
 */
MdgDesk *
mdg_reception_get_desk (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), NULL);

  return self->desk;
}

/**
 * mdg_reception_get_screen:
 * @self: the reception
 * @side: whose
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): what that side sees now; valid until the next change
 */
const MdgScreen *
mdg_reception_get_screen (MdgReception *self, MdgSide side)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), NULL);
  g_return_val_if_fail (side <= MDG_SIDE_PATIENT, NULL);

  return self->screens[side];
}

/**
 * mdg_reception_get_answer:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the desk's answer, only in the scene ANSWER
 */
const MdgDeskAnswer *
mdg_reception_get_answer (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), NULL);

  return mdg_desk_get_answer (self->desk);
}

/**
 * mdg_reception_get_seconds_left:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: until the answer is cleared; -1 where it is kept, or there is none
 */
int
mdg_reception_get_seconds_left (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), -1);

  return self->seconds_left;
}

/**
 * mdg_reception_set_consent:
 * @self: the reception
 * @consent: what the patient said
 *
 * For the check under way, or the one that begins with the next card: as long as an armed PIN waits
 * for one. Where it cannot be given any more, or yet, nothing happens.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_set_consent (MdgReception *self, MdgConsent consent)
{
  g_return_if_fail (MDG_IS_RECEPTION (self));
  g_return_if_fail (consent <= MDG_CONSENT_NO);

  if (!mdg_reception_can_consent (self))
    return;
  mdg_reception_change_consent (self, consent);
  if (self->state == MDG_DESK_STATE_WAITING)
    mdg_reception_expect_card (self);
}

/**
 * mdg_reception_get_consent:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: what the present patient said
 */
MdgConsent
mdg_reception_get_consent (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), MDG_CONSENT_UNASKED);

  return self->consent;
}

/**
 * mdg_reception_set_method:
 * @self: the reception
 * @method: how holders are confirmed
 *
 * The way from the next card on. A check under way keeps its own.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_reception_set_method (MdgReception *self, MdgDeskMethod method)
{
  gboolean under_way;

  g_return_if_fail (MDG_IS_RECEPTION (self));
  g_return_if_fail (method <= MDG_DESK_METHOD_VISUAL);

  if (self->method == method)
    return;
  under_way = self->state >= MDG_DESK_STATE_IDENTIFYING && self->state <= MDG_DESK_STATE_ASKING;
  self->method = method;
  if (!under_way)
    {
      mdg_reception_erase_pin (self);
      mdg_reception_tell_method (self, method);
      self->way = method;
    }
  mdg_reception_notify (self, MDG_RECEPTION_PROP_METHOD);
  mdg_reception_refresh (self);
}

/**
 * mdg_reception_get_method:
 * @self: the reception
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the way from the next card on
 */
MdgDeskMethod
mdg_reception_get_method (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), MDG_DESK_METHOD_PIN);

  return self->method;
}
