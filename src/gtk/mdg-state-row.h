/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A row of a list about a thing that works or does not: a reader, a driver. */
#pragma once

#include "mdg-chip.h"

G_BEGIN_DECLS

/* Signal "clicked": the row's button. Its model's "notify" is connected by who derives from it. */
#define MDG_TYPE_STATE_ROW (mdg_state_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (MdgStateRow, mdg_state_row, MDG, STATE_ROW, GtkListBoxRow)

struct _MdgStateRowClass
{
  GtkListBoxRowClass parent_class;
};

/* plain text from outside: bounded and made fit to be shown */
void mdg_state_row_set_title (MdgStateRow *self, const char *title, const char *subtitle);
void mdg_state_row_set_state (MdgStateRow *self, MdgChipKind kind, const char *word);
void mdg_state_row_set_facts (MdgStateRow *self, const char *const *facts);
void mdg_state_row_set_problem (MdgStateRow *self, const GError *error); /* (nullable) */
void mdg_state_row_set_button (MdgStateRow *self, const char *label);    /* (nullable): none */

const char *mdg_state_row_get_state_word (MdgStateRow *self); /* for tests */
const char *mdg_state_row_get_problem_code (MdgStateRow *self);

G_END_DECLS
