/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a step of the preparation is told: its state as a chip, its day. */
#pragma once

#include "mdg-chip.h"
#include "mdg-guide.h"

G_BEGIN_DECLS

/* @next: it is what has to be done now. @word: (out): translated, static */
MdgChipKind mdg_step_words_get_chip (const MdgStepView *view, gboolean next, const char **word);
const char *mdg_step_words_get_state (MdgStepState state); /* translated: a choice of it */
/* yyyyMMdd → 11月3日; with the year where it is another one than @today's. "" for what is none;
 * (transfer full) */
char *mdg_step_words_describe_day (const char *day, const GDate *today);

G_END_DECLS
