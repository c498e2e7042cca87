/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which page of the preparation has what. */
#include "config.h"

#include "mdg-step-content.h"

#include <glib/gi18n.h>

/* by MdgStepKind; NULL: purpose, check list, notes and state only */
static const MdgMakeContent contents[MDG_N_STEPS] = {
  [MDG_STEP_SELECT] = mdg_select_view_new,       [MDG_STEP_PURCHASE] = mdg_receipts_view_new,
  [MDG_STEP_APPLY] = mdg_application_view_new,   [MDG_STEP_ACTIVATE] = mdg_activate_view_new,
  [MDG_STEP_RECEPTION] = mdg_changes_view_new,   [MDG_STEP_PRACTISE] = mdg_practise_view_new,
  [MDG_STEP_DOCUMENTS] = mdg_documents_view_new, [MDG_STEP_GRANT] = mdg_grant_view_new,
};

static const MdgExtraPage extras[] = {
  { "manuals", N_ ("Manuals"), N_ ("Where they are, with the versions of the guide"),
    mdg_manuals_view_new },
  { "contact", N_ ("Contact"), N_ ("The call centre, and whether it is open now"),
    mdg_contact_view_new },
  { NULL, NULL, NULL, NULL },
};

/**
 * mdg_step_content_new:
 * @kind: a step
 * @guide: the facility's preparation
 * @session: (nullable): the program's parts
 * @navigator: where it may open pages
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating) (nullable): what the step has of its own
 */
GtkWidget *
mdg_step_content_new (MdgStepKind kind,
                      MdgGuide *guide,
                      MdgSession *session,
                      MdgNavigator *navigator)
{
  g_return_val_if_fail (kind < MDG_N_STEPS, NULL);

  return contents[kind] != NULL ? contents[kind](guide, session, navigator) : NULL;
}

/**
 * mdg_extra_pages_get:
 * @n: (out): how many there are
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (array length=n): the pages that belong to no step
 */
const MdgExtraPage *
mdg_extra_pages_get (gsize *n)
{
  *n = G_N_ELEMENTS (extras) - 1; /* the last one ends the table */
  return extras;
}
