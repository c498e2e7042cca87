/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One window's moment as plain data: copied, freed, and compared by what a person would see, so
 * that a window hears of a screen only when something on it is different. */
#include "config.h"

#include "mdg-screen.h"

static const char *const scene_names[] = {
  "no-reader", "waiting", "pin-first", "armed",  "reading", "pin",     "pin-wrong",
  "last-try",  "face",    "signing",   "asking", "answer",  "problem", "thanks",
};
G_STATIC_ASSERT (G_N_ELEMENTS (scene_names) == MDG_N_SCENES);

G_DEFINE_BOXED_TYPE (MdgScreen, mdg_screen, mdg_screen_copy, mdg_screen_free)

/* Two problems of the same error say the same, whenever they were made. */
static gboolean
problems_equal (MdgProblem *a, MdgProblem *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_str_equal (mdg_problem_get_code (a), mdg_problem_get_code (b)) &&
         g_str_equal (mdg_problem_get_cause (a), mdg_problem_get_cause (b)) &&
         g_strcmp0 (mdg_problem_get_service_code (a), mdg_problem_get_service_code (b)) == 0 &&
         g_strcmp0 (mdg_problem_get_service_message (a), mdg_problem_get_service_message (b)) == 0;
}

static gboolean
steps_equal (const MdgScreen *a, const MdgScreen *b)
{
  for (guint i = 0; i < MDG_SCREEN_STEPS; i++)
    if (a->steps[i].state != b->steps[i].state ||
        g_strcmp0 (a->steps[i].name, b->steps[i].name) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
actions_equal (const MdgScreen *a, const MdgScreen *b)
{
  if (a->n_actions != b->n_actions)
    return FALSE;
  for (guint i = 0; i < a->n_actions; i++)
    if (a->actions[i].action != b->actions[i].action ||
        a->actions[i].primary != b->actions[i].primary ||
        g_strcmp0 (a->actions[i].label, b->actions[i].label) != 0)
      return FALSE;
  return TRUE;
}

/**
 * mdg_screen_copy:
 * @self: a screen
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a copy
 */
MdgScreen *
mdg_screen_copy (const MdgScreen *self)
{
  MdgScreen *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new (MdgScreen, 1);
  *copy = *self;
  copy->title = g_strdup (self->title);
  copy->detail = g_strdup (self->detail);
  if (self->problem != NULL)
    copy->problem = mdg_problem_ref (self->problem);
  return copy;
}

/**
 * mdg_screen_free:
 * @self: (transfer full): a screen
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_screen_free (MdgScreen *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->detail);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  g_free (self);
}

/**
 * mdg_screen_equal:
 * @a: a screen
 * @b: another
 *
 * Whether a person would see the same.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %TRUE if nothing is different
 */
gboolean
mdg_screen_equal (const MdgScreen *a, const MdgScreen *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->scene == b->scene && a->tone == b->tone && g_strcmp0 (a->title, b->title) == 0 &&
         g_strcmp0 (a->detail, b->detail) == 0 && g_strcmp0 (a->picture, b->picture) == 0 &&
         a->show_steps == b->show_steps && steps_equal (a, b) && actions_equal (a, b) &&
         a->keypad == b->keypad && a->ask_consent == b->ask_consent &&
         a->tries_left == b->tries_left && problems_equal (a->problem, b->problem);
}

/**
 * mdg_scene_to_string:
 * @scene: a scene
 *
 * The scene's name for logs, style classes and file names: "pin-first". Never translated.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the name
 */
const char *
mdg_scene_to_string (MdgScene scene)
{
  g_return_val_if_fail ((guint) scene < MDG_N_SCENES, "?");

  return scene_names[scene];
}
