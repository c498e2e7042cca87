/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of MdgGuide share. Main thread, but for what a comment gives to the worker. */
#pragma once

#include "mdg-guide.h"
#include "mdg-pending.h"
#include "mdg-worker.h"

G_BEGIN_DECLS

#define MDG_GUIDE_FORM  "guide" /* values that are the program's own */
#define MDG_GUIDE_FOUND "found" /* of "activate": "1" where the program itself found a terminal */
#define MDG_GUIDE_LATE  30      /* days after which a posted application is asked after */

struct _MdgGuide
{
  GObject parent_instance;

  /* owned */
  MdgWorker *worker;
  MdgJourneyStore *store; /* the worker's */
  MdgJourneyRecord *record;
  GPtrArray *missing;
  MdgSubsidyRule *rule; /* (nullable) */
  MdgPending *pending;
  GQueue *changes; /* of MdgGuideChange, oldest first; each is freed by the worker */
  char *briefs[MDG_N_STEPS];
  GPtrArray *spent; /* briefs that a view may still show */

  MdgJourneyHealth health;
  gboolean practice;
  MdgStepState queued[MDG_N_STEPS]; /* as it will be when all queued changes are written */
  GDate today;
  gboolean fixed_day; /* for tests: the clock is not asked */
  guint day_timer;
};

/* mdg-guide.c */
/* @record: (transfer full) (nullable): what is on the disk now; tells everybody */
void mdg_guide_take_record (MdgGuide *self, MdgJourneyRecord *record);
void mdg_guide_notify_busy (MdgGuide *self);

/* mdg-guide-step.c */
MdgStepState mdg_guide_state_of (MdgGuide *self, MdgStepKind step);
const MdgStepRecord *mdg_guide_step_record (MdgGuide *self, MdgStepKind step); /* (nullable) */
gboolean mdg_guide_state_parse (const char *text, MdgStepState *state);
const char *mdg_guide_state_id (MdgStepState state);
/* whether what the guide puts before @step is done, by the states given */
gboolean mdg_guide_is_allowed (const MdgStepState *states, MdgStepKind step);

/* mdg-guide-brief.c */
char *mdg_guide_make_brief (MdgGuide *self, MdgStepKind step);
/* days since the date of @step; -1 where it has none or one to come */
int mdg_guide_days_waiting (MdgGuide *self, MdgStepKind step);

/* mdg-guide-change.c: after a change that failed, what will be is counted anew */
void mdg_guide_count_queued (MdgGuide *self);

/* mdg-guide-defaults.c: the worker's; fills the lists of a journey that never had them. @texts: in
 * the language of the locale */
char **mdg_guide_default_texts (void);
gboolean mdg_guide_fill_defaults (MdgJourneyStore *store, const char *const *texts, GError **error);

G_END_DECLS
