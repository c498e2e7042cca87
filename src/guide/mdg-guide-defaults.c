/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the list of the reception's changes begins with: the guide's 具体的な作業内容例 (2-2) made
 * concrete. A facility edits it; what it deleted does not come back. */
#include "config.h"

#include "mdg-guide-model.h"

#include <glib/gi18n-lib.h>

#define LIST   "reception"
#define FILLED "filled-reception"

static const char *const reception_texts[] = {
  N_ ("Decide on the reader’s place on the counter (not on metal, within the patient’s reach)"),
  N_ ("Decide who asks the patient to place the card, and with which words"),
  N_ ("Decide where the PIN is typed (a second screen or the turned one) so that nobody looks on"),
  N_ ("Agree on the order of a visual check: compare face and photo, then confirm"),
  N_ ("Decide what is done when the insurance cannot be confirmed (other papers, who rings the call "
      "centre)"),
  N_ ("Explain the changes to all staff"),
  N_ ("Hang the poster at the counter so that patients know"),
  NULL,
};

/**
 * mdg_guide_default_texts:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): the lines of the list, in the language of the locale
 */
char **
mdg_guide_default_texts (void)
{
  GStrv texts = g_new0 (char *, G_N_ELEMENTS (reception_texts));

  for (guint i = 0; reception_texts[i] != NULL; i++)
    texts[i] = g_strdup (_ (reception_texts[i]));
  return texts;
}

/**
 * mdg_guide_fill_defaults:
 * @store: the journey
 * @texts: the lines of the list
 * @error: return location
 *
 * Does nothing where it was done before.
 *
 * Thread: the worker.
 * Errors: as mdg_journey_store_fill_list().
 *
 * Returns: whether the lists are there
 */
gboolean
mdg_guide_fill_defaults (MdgJourneyStore *store, const char *const *texts, GError **error)
{
  return mdg_journey_store_fill_list (store, LIST, texts, MDG_GUIDE_FORM, FILLED, error);
}
