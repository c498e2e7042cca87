/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The staff's screens, one for each scene: one sentence, one picture, at most two actions (three
 * where a wrong PIN is told: design of that screen). Every word about a problem is the problem's
 * own. Escape is MDG_ACTION_DISMISS on all of them, also where no button says so. */
#include "config.h"

#include "mdg-reception-private.h"

#include <glib/gi18n-lib.h>

#include "mdg-card-error.h"

/* cause, the service's own words where it said some, next step: one line each */
static void
explain_problem (MdgScreen *screen, MdgProblem *problem)
{
  const char *words = mdg_problem_get_service_message (problem);
  g_autofree char *detail =
      g_strjoin ("\n", mdg_problem_get_cause (problem),
                 words != NULL ? words : mdg_problem_get_advice (problem),
                 words != NULL ? mdg_problem_get_advice (problem) : NULL, NULL);

  mdg_screen_explain (screen, detail);
  screen->problem = mdg_problem_ref (problem);
}

static void
say_no_reader (MdgReception *self, MdgScreen *screen)
{
  MdgProblem *problem = mdg_desk_get_problem (self->desk);

  if (problem == NULL)
    {
      mdg_screen_say (screen, MDG_TONE_BUSY, "mdg-reader-symbolic",
                      _ ("The reception is being prepared"));
      return;
    }
  mdg_screen_say (screen, MDG_TONE_ERROR, "mdg-reader-symbolic", mdg_problem_get_title (problem));
  explain_problem (screen, problem);
  mdg_screen_add (screen, MDG_ACTION_READERS, _ ("Look at the readers"), TRUE);
  mdg_screen_add (screen, MDG_ACTION_FALLBACK,
                  _ ("Accept by a certificate of eligibility or the like"), FALSE);
}

static void
say_waiting (MdgReception *self, MdgScreen *screen)
{
  MdgProblem *problem = mdg_desk_get_problem (self->desk);
  gboolean visual = self->method == MDG_DESK_METHOD_VISUAL;

  mdg_screen_say (screen, problem != NULL ? MDG_TONE_ATTENTION : MDG_TONE_NEUTRAL,
                  "mdg-card-symbolic", _ ("Put the card on the reader"));
  if (problem != NULL)
    mdg_screen_explain (screen, mdg_problem_get_cause (problem));
  else if (visual)
    mdg_screen_explain (screen, _ ("The next card is confirmed by the visual check"));
  mdg_screen_add (screen, MDG_ACTION_METHOD_PIN, _ ("PIN"), !visual);
  mdg_screen_add (screen, MDG_ACTION_METHOD_VISUAL, _ ("Visual check"), visual);
}

/* With a window of their own the patient types: staff see how far, never what. */
static void
say_typing (MdgReception *self, MdgScreen *screen)
{
  g_autofree char *title = NULL;

  if (!self->patient_window)
    title = g_strdup (_ ("Ask the patient to enter the PIN"));
  else if (self->pin_length == 0)
    title = g_strdup (_ ("Waiting for the patient to enter the PIN"));
  else
    /* Translators: the two numbers are how many digits there are, and how many were typed */
    title = g_strdup_printf (_ ("The patient is entering the PIN (%d digits, %u entered)"),
                             MDG_PIN_LENGTH, self->pin_length);
  mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-pin-symbolic", title);
  screen->keypad = !self->patient_window;
}

static void
say_pin_first (MdgReception *self, MdgScreen *screen)
{
  say_typing (self, screen);
  if (self->state == MDG_DESK_STATE_IDENTIFYING)
    mdg_screen_explain (screen, _ ("Reading. Please do not move the card yet."));
  else
    mdg_screen_explain (screen, _ ("The tries left are known when the card is put"));
  mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Back"), FALSE);
}

static void
say_pin (MdgReception *self, MdgScreen *screen)
{
  g_autofree char *tries = mdg_reception_describe_tries (self);

  say_typing (self, screen);
  mdg_screen_explain (screen, tries);
  screen->tries_left = mdg_desk_get_tries_left (self->desk);
  mdg_screen_add (screen, MDG_ACTION_METHOD_VISUAL, _ ("Change to the visual check"), FALSE);
  mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Stop the check"), FALSE);
}

static void
say_pin_wrong (MdgReception *self, MdgScreen *screen)
{
  MdgProblem *problem = mdg_desk_get_problem (self->desk);
  g_autofree char *tries = mdg_reception_describe_tries (self);
  /* Translators: a problem's title, and the tries left in words */
  g_autofree char *title = g_strdup_printf (_ ("%s (%s)"), mdg_problem_get_title (problem), tries);

  mdg_screen_say (screen, MDG_TONE_ATTENTION, "mdg-pin-symbolic",
                  *tries != '\0' ? title : mdg_problem_get_title (problem));
  mdg_screen_explain (screen, mdg_problem_get_advice (problem));
  screen->problem = mdg_problem_ref (problem);
  screen->tries_left = mdg_desk_get_tries_left (self->desk);
  mdg_screen_add (screen, MDG_ACTION_TYPE_PIN, _ ("Enter it again"), TRUE);
  mdg_screen_add (screen, MDG_ACTION_METHOD_VISUAL, _ ("Change to the visual check"), FALSE);
  mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Stop the check"), FALSE);
}

/* The hand that presses without reading must not use the last try. Two actions are enough to choose
 * from: Escape, or the card taken away, stops here as on every screen. */
static void
say_last_try (MdgScreen *screen)
{
  g_autoptr (GError) error = mdg_card_error_new (MDG_CARD_ERROR_LAST_TRY, 1, 0, "one try left");
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);

  mdg_screen_say (screen, MDG_TONE_ATTENTION, "mdg-last-try-symbolic",
                  mdg_problem_get_title (problem));
  explain_problem (screen, problem);
  screen->tries_left = 1;
  mdg_screen_add (screen, MDG_ACTION_METHOD_VISUAL, _ ("Change to the visual check"), TRUE);
  mdg_screen_add (screen, MDG_ACTION_YES, _ ("Use the last try"), FALSE);
}

static void
say_face (MdgScreen *screen)
{
  mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-face-symbolic",
                  _ ("Compare the photo on the card with the person"));
  mdg_screen_explain (screen, _ ("You may take the card up to look at it"));
  mdg_screen_add (screen, MDG_ACTION_YES, _ ("The same person"), TRUE);
  mdg_screen_add (screen, MDG_ACTION_NO, _ ("Not the same"), FALSE);
}

/* A problem's own action as a button; where it has none that a button could do, what is left. */
static void
add_primary (MdgScreen *screen, MdgProblem *problem)
{
  switch (mdg_problem_get_action (problem))
    {
    case MDG_PROBLEM_ACTION_ACTIVATE:
      mdg_screen_add (screen, MDG_ACTION_PREPARATION, _ ("Register the terminal"), TRUE);
      break;
    case MDG_PROBLEM_ACTION_LOG_IN:
      mdg_screen_add (screen, MDG_ACTION_LOG_IN, _ ("Log in"), TRUE);
      break;
    case MDG_PROBLEM_ACTION_CHECK_READER:
    case MDG_PROBLEM_ACTION_START_SERVICE:
      mdg_screen_add (screen, MDG_ACTION_READERS, _ ("Look at the readers"), TRUE);
      break;
    case MDG_PROBLEM_ACTION_MUNICIPALITY:
      /* a locked PIN does not lock the photo */
      if (mdg_problem_get_kind (problem) == MDG_PROBLEM_KIND_PIN_BLOCKED)
        mdg_screen_add (screen, MDG_ACTION_METHOD_VISUAL, _ ("Change to the visual check"), TRUE);
      break;
    case MDG_PROBLEM_ACTION_NONE:
      break;
    case MDG_PROBLEM_ACTION_RETRY:
    case MDG_PROBLEM_ACTION_INSERT_CARD:
    case MDG_PROBLEM_ACTION_CHECK_NETWORK:
    case MDG_PROBLEM_ACTION_CALL_SUPPORT:
    default:
      mdg_screen_add (screen, MDG_ACTION_RETRY, _ ("Try again"), TRUE);
      break;
    }
}

static void
say_problem (MdgReception *self, MdgScreen *screen)
{
  MdgProblem *problem = mdg_desk_get_problem (self->desk);

  mdg_screen_say (screen, MDG_TONE_ERROR, "mdg-problem-symbolic", mdg_problem_get_title (problem));
  explain_problem (screen, problem);
  add_primary (screen, problem);
  if (mdg_reception_needs_fallback (problem))
    mdg_screen_add (screen, MDG_ACTION_FALLBACK,
                    _ ("Accept by a certificate of eligibility or the like"),
                    screen->n_actions == 0);
  if (screen->n_actions < 2)
    mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Back"), screen->n_actions == 0);
}

static void
say_answer (MdgReception *self, MdgScreen *screen)
{
  mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-asking-symbolic", _ ("Result of the check"));
  mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Clear the screen"), TRUE);
  if (self->seconds_left >= 0)
    mdg_screen_add (screen, MDG_ACTION_KEEP, _ ("Keep on the screen"), FALSE);
}

/**
 * mdg_reception_make_staff_screen:
 * @self: the reception
 *
 * What staff see now.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the screen
 */
MdgScreen *
mdg_reception_make_staff_screen (MdgReception *self)
{
  MdgScreen *screen = mdg_reception_new_screen (self, mdg_reception_get_scene (self));

  switch (screen->scene)
    {
    case MDG_SCENE_WAITING:
      say_waiting (self, screen);
      break;
    case MDG_SCENE_PIN_FIRST:
      say_pin_first (self, screen);
      break;
    case MDG_SCENE_ARMED:
      mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-armed-symbolic",
                      _ ("Put the card on the reader"));
      mdg_screen_explain (screen, _ ("The PIN has been entered"));
      mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Stop the check"), FALSE);
      break;
    case MDG_SCENE_READING:
      mdg_screen_say (screen, MDG_TONE_BUSY, "mdg-hold-symbolic",
                      _ ("Reading. Please do not move the card yet."));
      break;
    case MDG_SCENE_PIN:
      say_pin (self, screen);
      break;
    case MDG_SCENE_PIN_WRONG:
      say_pin_wrong (self, screen);
      break;
    case MDG_SCENE_LAST_TRY:
      say_last_try (screen);
      break;
    case MDG_SCENE_FACE:
      say_face (screen);
      break;
    case MDG_SCENE_SIGNING:
      mdg_screen_say (screen, MDG_TONE_BUSY, "mdg-hold-symbolic", _ ("Do not move the card"));
      break;
    case MDG_SCENE_ASKING:
      mdg_screen_say (screen, MDG_TONE_BUSY, "mdg-asking-symbolic", _ ("Asking the service"));
      mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Stop the check"), FALSE);
      break;
    case MDG_SCENE_ANSWER:
      say_answer (self, screen);
      break;
    case MDG_SCENE_PROBLEM:
      say_problem (self, screen);
      break;
    case MDG_SCENE_NO_READER:
    case MDG_SCENE_THANKS:
    case MDG_N_SCENES:
    default:
      say_no_reader (self, screen);
      break;
    }
  return screen;
}
