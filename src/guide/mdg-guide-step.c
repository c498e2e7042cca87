/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the steps stand: what is done, what may be done now, what comes next. */
#include "config.h"

#include "mdg-guide-model.h"

static const char *const state_ids[] = {
  [MDG_STEP_OPEN] = "open",
  [MDG_STEP_WAITING] = "waiting",
  [MDG_STEP_DONE] = "done",
  [MDG_STEP_SKIPPED] = "skipped",
};

/**
 * mdg_guide_state_id:
 * @state: a state
 *
 * Thread: any.
 *
 * Returns: (transfer none): its name in the journey
 */
const char *
mdg_guide_state_id (MdgStepState state)
{
  return state_ids[MIN (state, MDG_STEP_SKIPPED)];
}

/**
 * mdg_guide_state_parse:
 * @text: (nullable): a name
 * @state: (out): the state
 *
 * Thread: any.
 *
 * Returns: %FALSE for any other word
 */
gboolean
mdg_guide_state_parse (const char *text, MdgStepState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_ids); i++)
    if (g_strcmp0 (text, state_ids[i]) == 0)
      {
        *state = (MdgStepState) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mdg_guide_step_record:
 * @self: the guide
 * @step: a step
 *
 * Thread: main.
 *
 * Returns: (transfer none) (nullable): what is on the disk of it
 */
const MdgStepRecord *
mdg_guide_step_record (MdgGuide *self, MdgStepKind step)
{
  const char *id = mdg_guide_map_get (step)->id;

  for (guint i = 0; i < self->record->steps->len; i++)
    {
      const MdgStepRecord *record = g_ptr_array_index (self->record->steps, i);

      if (g_strcmp0 (record->id, id) == 0)
        return record;
    }
  return NULL;
}

/**
 * mdg_guide_state_of:
 * @self: the guide
 * @step: a step
 *
 * Thread: main.
 *
 * Returns: its state; what a newer program wrote counts as open
 */
MdgStepState
mdg_guide_state_of (MdgGuide *self, MdgStepKind step)
{
  const MdgStepRecord *record = mdg_guide_step_record (self, step);
  MdgStepState state = MDG_STEP_OPEN;

  if (record != NULL)
    mdg_guide_state_parse (record->state, &state);
  return state;
}

/**
 * mdg_guide_is_allowed:
 * @states: (array length=MDG_N_STEPS): how all steps stand
 * @step: a step
 *
 * The letter with the user settings comes with the approval: an application that was posted is
 * enough for the terminal. Everything else has to be done or left out.
 *
 * Thread: any.
 *
 * Returns: whether what the guide puts before it is done
 */
gboolean
mdg_guide_is_allowed (const MdgStepState *states, MdgStepKind step)
{
  for (const MdgStepKind *after = mdg_guide_map_get (step)->after; *after != MDG_N_STEPS; after++)
    if (states[*after] == MDG_STEP_OPEN ||
        (states[*after] == MDG_STEP_WAITING && step != MDG_STEP_ACTIVATE))
      return FALSE;
  return TRUE;
}

static gboolean
is_allowed_now (MdgGuide *self, MdgStepKind step)
{
  MdgStepState states[MDG_N_STEPS];

  for (guint i = 0; i < MDG_N_STEPS; i++)
    states[i] = mdg_guide_state_of (self, (MdgStepKind) i);
  return mdg_guide_is_allowed (states, step);
}

/**
 * mdg_guide_get_step:
 * @self: the guide
 * @step: a step
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how it stands; its texts are good until the next "changed"
 */
MdgStepView
mdg_guide_get_step (MdgGuide *self, MdgStepKind step)
{
  MdgStepView view = { step, MDG_STEP_OPEN, "", "", "", TRUE, "", "" };
  const MdgStepRecord *record;

  g_return_val_if_fail (MDG_IS_GUIDE (self) && step < MDG_N_STEPS, view);

  record = mdg_guide_step_record (self, step);
  if (record != NULL)
    {
      view.state = mdg_guide_state_of (self, step);
      view.date = record->date;
      view.who = record->who;
      view.note = record->note;
    }
  view.allowed = is_allowed_now (self, step);
  if (!view.allowed)
    view.why = mdg_guide_text (mdg_guide_map_get (step)->why_after);
  if (self->briefs[step] == NULL)
    self->briefs[step] = mdg_guide_make_brief (self, step);
  view.brief = self->briefs[step];
  return view;
}

/**
 * mdg_guide_get_n_done:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how many of %MDG_N_STEPS are done or left out
 */
guint
mdg_guide_get_n_done (MdgGuide *self)
{
  guint n = 0;

  g_return_val_if_fail (MDG_IS_GUIDE (self), 0);

  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      MdgStepState state = mdg_guide_state_of (self, (MdgStepKind) i);

      n += state == MDG_STEP_DONE || state == MDG_STEP_SKIPPED;
    }
  return n;
}

/**
 * mdg_guide_get_next:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: the first step of the guide's order that can be done now; where there is none, the first
 *   that waits for the post; %MDG_N_STEPS where nothing is left
 */
MdgStepKind
mdg_guide_get_next (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), MDG_N_STEPS);

  for (guint i = 0; i < MDG_N_STEPS; i++)
    if (mdg_guide_state_of (self, (MdgStepKind) i) == MDG_STEP_OPEN &&
        is_allowed_now (self, (MdgStepKind) i))
      return (MdgStepKind) i;
  for (guint i = 0; i < MDG_N_STEPS; i++)
    if (mdg_guide_state_of (self, (MdgStepKind) i) == MDG_STEP_WAITING)
      return (MdgStepKind) i;
  return MDG_N_STEPS;
}
