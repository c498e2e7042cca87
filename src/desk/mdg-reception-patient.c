/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The patient's screens: polite, large, and nothing of anybody: no name, no cause of a problem, no
 * word of the insurance. What staff have to settle is "please wait for the staff". */
#include "config.h"

#include "mdg-reception-private.h"

#include <glib/gi18n-lib.h>

static void
say_wait_for_staff (MdgScreen *screen)
{
  mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-face-symbolic",
                  _ ("Please wait. The staff will assist you."));
}

static void
say_pin (MdgReception *self, MdgScreen *screen)
{
  g_autofree char *tries = mdg_reception_describe_tries (self);

  mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-pin-symbolic",
                  _ ("Please enter your 4-digit PIN"));
  mdg_screen_explain (screen, tries);
  screen->keypad = TRUE;
  screen->tries_left = mdg_desk_get_tries_left (self->desk);
  mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Stop the check"), FALSE);
}

static void
say_wrong (MdgReception *self, MdgScreen *screen)
{
  g_autofree char *tries = mdg_reception_describe_tries (self);

  mdg_screen_say (screen, MDG_TONE_ATTENTION, "mdg-pin-symbolic",
                  _ ("The PIN you entered is different"));
  mdg_screen_explain (screen, tries);
  screen->tries_left = mdg_desk_get_tries_left (self->desk);
  mdg_screen_add (screen, MDG_ACTION_TYPE_PIN, _ ("Enter it again"), TRUE);
  mdg_screen_add (screen, MDG_ACTION_DISMISS, _ ("Stop the check"), FALSE);
}

static void
say_thanks (MdgScreen *screen)
{
  mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-thanks-symbolic", _ ("The check is complete"));
  mdg_screen_explain (screen, _ ("Please take your card. Thank you."));
}

static MdgScene
get_scene (MdgReception *self)
{
  MdgScene scene = mdg_reception_get_scene (self);

  if (scene != MDG_SCENE_ANSWER)
    return scene;
  return mdg_reception_is_thanking (self) ? MDG_SCENE_THANKS : MDG_SCENE_WAITING;
}

/**
 * mdg_reception_make_patient_screen:
 * @self: the reception
 *
 * What the patient sees now.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the screen
 */
MdgScreen *
mdg_reception_make_patient_screen (MdgReception *self)
{
  MdgScreen *screen = mdg_reception_new_screen (self, get_scene (self));

  screen->ask_consent = screen->ask_consent && self->ask_consent;
  switch (screen->scene)
    {
    case MDG_SCENE_WAITING:
    case MDG_SCENE_ARMED:
      mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-card-symbolic",
                      _ ("Please put your My Number Card here"));
      break;
    case MDG_SCENE_READING:
    case MDG_SCENE_SIGNING:
      mdg_screen_say (screen, MDG_TONE_BUSY, "mdg-hold-symbolic",
                      _ ("Please do not move your card yet"));
      break;
    case MDG_SCENE_PIN_FIRST:
    case MDG_SCENE_PIN:
      say_pin (self, screen);
      break;
    case MDG_SCENE_PIN_WRONG:
      say_wrong (self, screen);
      break;
    case MDG_SCENE_FACE:
      mdg_screen_say (screen, MDG_TONE_NEUTRAL, "mdg-face-symbolic",
                      _ ("The staff are checking. Please wait a moment."));
      break;
    case MDG_SCENE_ASKING:
      mdg_screen_say (screen, MDG_TONE_BUSY, "mdg-asking-symbolic",
                      _ ("Checking. Please wait a moment."));
      break;
    case MDG_SCENE_THANKS:
      say_thanks (screen);
      break;
    case MDG_SCENE_LAST_TRY:
    case MDG_SCENE_NO_READER:
    case MDG_SCENE_PROBLEM:
    case MDG_SCENE_ANSWER:
    case MDG_N_SCENES:
    default:
      screen->show_steps = FALSE;
      say_wait_for_staff (screen);
      break;
    }
  return screen;
}
