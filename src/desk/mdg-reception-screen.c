/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the screens of both sides have in common: which scene it is, the named steps, whether
 * consent can still be given, and the one rule for offering another way than the service. */
#include "config.h"

#include "mdg-reception-private.h"

#include <glib/gi18n-lib.h>

/* The steps by their place. */
enum
{
  STEP_CARD,
  STEP_HOLDER,
  STEP_ASK,
  STEP_ANSWER
};

static gboolean
has_wrong_pin (MdgReception *self)
{
  MdgProblem *problem = mdg_desk_get_problem (self->desk);

  return problem != NULL && mdg_problem_get_kind (problem) == MDG_PROBLEM_KIND_PIN_WRONG;
}

static MdgScene
get_pin_scene (MdgReception *self)
{
  if (has_wrong_pin (self) && !self->again)
    return MDG_SCENE_PIN_WRONG;
  if (mdg_desk_get_tries_left (self->desk) == 1 && !self->last_try_yes)
    return MDG_SCENE_LAST_TRY;
  return MDG_SCENE_PIN;
}

/**
 * mdg_reception_get_scene:
 * @self: the reception
 *
 * The scene of the moment as staff see it. A wrong PIN is told before the keypad comes back, and
 * the last try is confirmed before its first digit, whichever state of the desk it is found in.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the scene
 */
MdgScene
mdg_reception_get_scene (MdgReception *self)
{
  switch (self->state)
    {
    case MDG_DESK_STATE_NO_READER:
      return MDG_SCENE_NO_READER;
    case MDG_DESK_STATE_WAITING:
      return self->pin_first ? MDG_SCENE_PIN_FIRST : MDG_SCENE_WAITING;
    case MDG_DESK_STATE_ARMED:
      return MDG_SCENE_ARMED;
    case MDG_DESK_STATE_IDENTIFYING:
      /* the card came while its PIN was being typed: the keypad does not go away for a moment */
      return self->pin_first ? MDG_SCENE_PIN_FIRST : MDG_SCENE_READING;
    case MDG_DESK_STATE_NEED_PIN:
      return get_pin_scene (self);
    case MDG_DESK_STATE_CONFIRM_LAST_TRY:
      return MDG_SCENE_LAST_TRY;
    case MDG_DESK_STATE_CONFIRM_FACE:
      return MDG_SCENE_FACE;
    case MDG_DESK_STATE_SIGNING:
      return MDG_SCENE_SIGNING;
    case MDG_DESK_STATE_ASKING:
      return MDG_SCENE_ASKING;
    case MDG_DESK_STATE_SHOWING:
      return MDG_SCENE_ANSWER;
    case MDG_DESK_STATE_PROBLEM:
      return MDG_SCENE_PROBLEM;
    case MDG_DESK_N_STATES:
    default:
      g_return_val_if_reached (MDG_SCENE_NO_READER);
    }
}

/**
 * mdg_reception_can_consent:
 * @self: the reception
 *
 * Whether what the patient says now can still go into the question: until it is on its way.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: %TRUE from waiting to signing
 */
gboolean
mdg_reception_can_consent (MdgReception *self)
{
  return self->state >= MDG_DESK_STATE_WAITING && self->state <= MDG_DESK_STATE_SIGNING;
}

/**
 * mdg_reception_is_checking:
 * @self: the reception
 *
 * Whether a card lies there and is being checked: somebody stands at the counter, and it is not
 * the person of whom anything else is shown.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: %TRUE from the card's first reading to the service's answer
 */
gboolean
mdg_reception_is_checking (MdgReception *self)
{
  g_return_val_if_fail (MDG_IS_RECEPTION (self), FALSE);

  return self->state >= MDG_DESK_STATE_IDENTIFYING && self->state <= MDG_DESK_STATE_ASKING;
}

/**
 * mdg_reception_needs_fallback:
 * @problem: a problem that ended a check, or that keeps one from beginning
 *
 * The one rule for offering 確認できないとき: wherever eligibility stays unknown unless something
 * is asked of the patient on paper. Not where the patient's own next move is enough: the card put
 * again, another card, the PIN once more.
 *
 * Source: reference/domain.md 1.6 (the order of other ways).
 * Thread: any.
 * Errors: none.
 *
 * Returns: %TRUE if the other ways are to be offered
 */
gboolean
mdg_reception_needs_fallback (MdgProblem *problem)
{
  switch (mdg_problem_get_kind (problem))
    {
    case MDG_PROBLEM_KIND_NO_CARD:
    case MDG_PROBLEM_KIND_OTHER_CARD:
    case MDG_PROBLEM_KIND_PIN_WRONG:
    case MDG_PROBLEM_KIND_LAST_TRY:
    case MDG_PROBLEM_KIND_USAGE:
      return FALSE;
    case MDG_PROBLEM_KIND_OTHER:
    case MDG_PROBLEM_KIND_NO_READER:
    case MDG_PROBLEM_KIND_PIN_BLOCKED:
    case MDG_PROBLEM_KIND_UNREACHED:
    case MDG_PROBLEM_KIND_REFUSED:
    case MDG_PROBLEM_KIND_NOT_ACTIVATED:
    default:
      return TRUE;
    }
}

/* Where a check stands in a state. */
static guint
get_step (MdgDeskState state)
{
  switch (state)
    {
    case MDG_DESK_STATE_NEED_PIN:
    case MDG_DESK_STATE_CONFIRM_LAST_TRY:
    case MDG_DESK_STATE_CONFIRM_FACE:
    case MDG_DESK_STATE_SIGNING:
      return STEP_HOLDER;
    case MDG_DESK_STATE_ASKING:
      return STEP_ASK;
    case MDG_DESK_STATE_SHOWING:
      return STEP_ANSWER;
    case MDG_DESK_STATE_NO_READER:
    case MDG_DESK_STATE_WAITING:
    case MDG_DESK_STATE_ARMED:
    case MDG_DESK_STATE_IDENTIFYING:
    case MDG_DESK_STATE_PROBLEM:
    case MDG_DESK_N_STATES:
    default:
      return STEP_CARD;
    }
}

/* The card is read while the challenge is fetched: what broke is said by the problem where it can
 * be, and by the state it came in where it cannot. */
static guint
get_broken_step (MdgReception *self)
{
  MdgProblem *problem = mdg_desk_get_problem (self->desk);

  switch (problem != NULL ? mdg_problem_get_kind (problem) : MDG_PROBLEM_KIND_OTHER)
    {
    case MDG_PROBLEM_KIND_UNREACHED:
    case MDG_PROBLEM_KIND_REFUSED:
    case MDG_PROBLEM_KIND_NOT_ACTIVATED:
      return STEP_ASK;
    case MDG_PROBLEM_KIND_PIN_BLOCKED:
      return STEP_HOLDER;
    case MDG_PROBLEM_KIND_OTHER:
    case MDG_PROBLEM_KIND_USAGE:
    case MDG_PROBLEM_KIND_NO_READER:
    case MDG_PROBLEM_KIND_NO_CARD:
    case MDG_PROBLEM_KIND_PIN_WRONG:
    case MDG_PROBLEM_KIND_OTHER_CARD:
    case MDG_PROBLEM_KIND_LAST_TRY:
    default:
      return get_step (self->broken_in);
    }
}

static void
set_steps (MdgReception *self, MdgScreen *screen)
{
  gboolean visual = self->way == MDG_DESK_METHOD_VISUAL;
  gboolean broken = self->state == MDG_DESK_STATE_PROBLEM;
  guint now = broken ? get_broken_step (self) : get_step (self->state);

  screen->steps[STEP_CARD].name = _ ("Card");
  screen->steps[STEP_HOLDER].name = visual ? _ ("Visual check") : _ ("PIN");
  screen->steps[STEP_ASK].name = _ ("Inquiry");
  screen->steps[STEP_ANSWER].name = _ ("Result");
  for (guint i = 0; i < MDG_SCREEN_STEPS; i++)
    screen->steps[i].state = i < now   ? MDG_SCREEN_STEP_DONE
                             : i > now ? MDG_SCREEN_STEP_TODO
                             : broken  ? MDG_SCREEN_STEP_FAILED
                                       : MDG_SCREEN_STEP_NOW;
  /* nobody could be asked, before the card had seen the PIN or staff the face */
  if (broken && now == STEP_ASK && self->broken_in < MDG_DESK_STATE_ASKING)
    screen->steps[STEP_HOLDER].state = MDG_SCREEN_STEP_TODO;
  if (self->state == MDG_DESK_STATE_SHOWING)
    screen->steps[STEP_ANSWER].state = MDG_SCREEN_STEP_DONE;
  if (screen->scene == MDG_SCENE_PIN_FIRST && self->state == MDG_DESK_STATE_WAITING)
    {
      screen->steps[STEP_CARD].state = MDG_SCREEN_STEP_TODO;
      screen->steps[STEP_HOLDER].state = MDG_SCREEN_STEP_NOW;
    }
  if (self->state == MDG_DESK_STATE_ARMED)
    screen->steps[STEP_HOLDER].state = MDG_SCREEN_STEP_DONE; /* typed, and not looked at yet */
}

static gboolean
shows_steps (MdgReception *self, MdgScene scene)
{
  switch (scene)
    {
    case MDG_SCENE_NO_READER:
    case MDG_SCENE_WAITING:
    case MDG_SCENE_ANSWER:
    case MDG_SCENE_THANKS:
      return FALSE;
    case MDG_SCENE_PROBLEM:
      return self->broken_in > MDG_DESK_STATE_ARMED;
    case MDG_SCENE_PIN_FIRST:
    case MDG_SCENE_ARMED:
    case MDG_SCENE_READING:
    case MDG_SCENE_PIN:
    case MDG_SCENE_PIN_WRONG:
    case MDG_SCENE_LAST_TRY:
    case MDG_SCENE_FACE:
    case MDG_SCENE_SIGNING:
    case MDG_SCENE_ASKING:
    case MDG_N_SCENES:
    default:
      return TRUE;
    }
}

/**
 * mdg_reception_new_screen:
 * @self: the reception
 * @scene: the scene
 *
 * A screen with everything that does not depend on whose it is; without a word yet.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the screen
 */
MdgScreen *
mdg_reception_new_screen (MdgReception *self, MdgScene scene)
{
  MdgScreen *screen = g_new0 (MdgScreen, 1);

  screen->scene = scene;
  screen->tries_left = -1;
  screen->ask_consent = mdg_reception_can_consent (self);
  screen->show_steps = shows_steps (self, scene);
  set_steps (self, screen);
  return screen;
}

/**
 * mdg_screen_say:
 * @screen: a new screen
 * @tone: its tone
 * @picture: (transfer none): a static icon name
 * @title: the one sentence, translated
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_screen_say (MdgScreen *screen, MdgTone tone, const char *picture, const char *title)
{
  screen->tone = tone;
  screen->picture = picture;
  g_free (screen->title);
  screen->title = g_strdup (title);
  if (screen->detail == NULL)
    screen->detail = g_strdup ("");
}

/**
 * mdg_screen_explain:
 * @screen: a new screen
 * @detail: the words under the sentence, translated
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_screen_explain (MdgScreen *screen, const char *detail)
{
  g_free (screen->detail);
  screen->detail = g_strdup (detail);
}

/**
 * mdg_screen_add:
 * @screen: a new screen
 * @action: what the button does
 * @label: (transfer none): its words, translated and static
 * @primary: whether it is the one where the hand is
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_screen_add (MdgScreen *screen, MdgAction action, const char *label, gboolean primary)
{
  g_return_if_fail (screen->n_actions < MDG_SCREEN_ACTIONS);

  screen->actions[screen->n_actions].action = action;
  screen->actions[screen->n_actions].label = label;
  screen->actions[screen->n_actions].primary = primary;
  screen->n_actions++;
}

/**
 * mdg_reception_describe_tries:
 * @self: the reception
 *
 * The tries left in words, for above the keypad: what the card itself said before the first key.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the words, "" where they are unknown
 */
char *
mdg_reception_describe_tries (MdgReception *self)
{
  int tries = mdg_desk_get_tries_left (self->desk);

  if (tries < 0)
    return g_strdup ("");
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d try left", "%d tries left", (gulong) tries), tries);
}
