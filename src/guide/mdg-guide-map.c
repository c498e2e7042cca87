/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The map of the official guide: its parts, addresses and manuals, and the way into the table of
 * its steps (mdg-guide-steps.c). All of
 * 「オンライン資格確認（資格確認限定型）導入に向けた準備作業の 手引き（郵送申請版）」, 厚生労働省
 * 保険局. Addresses are Japanese in every language: they go onto envelopes. */
#include "config.h"

#include "mdg-guide-private.h"

#include <glib/gi18n-lib.h>

static const char *const part_titles[MDG_N_PARTS] = {
  [MDG_PART_EQUIPMENT] = N_ ("1 Choice and purchase of the terminal"),
  [MDG_PART_PREPARATION] = N_ ("2 Introduction and preparation of the operation"),
  [MDG_PART_GRANT] = N_ ("3 Application for the subsidy (after the introduction)"),
};

/* 2-1 and 3: 郵送先 */
static const MdgGuideAddress apply_address = { "105-0004", "東京都港区新橋2丁目1番3号",
                                               "社会保険診療報酬支払基金 資格情報課" };
static const MdgGuideAddress grant_address = { "105-0004", "東京都港区新橋2丁目1番3号",
                                               "社会保険診療報酬支払基金 医療情報化支援助成課" };

/* 2-1: マイナ資格確認アプリのセットアップや利用に係る手順書 */
static const MdgGuideManual manuals[] = {
  { "A", N_ ("What to look at before the set-up of the My Number eligibility app"),
    N_ ("Before the set-up of the My Number eligibility app"), "20240124", "1.00" },
  { "B", N_ ("Set-up and use of the My Number eligibility app"),
    N_ ("Set-up and use of the My Number eligibility app, Android"), "20250406", "1.40" },
  { "B", N_ ("Set-up and use of the My Number eligibility app"),
    N_ ("Set-up and use of the My Number eligibility app, iOS"), "20250406", "1.40" },
  { "B", N_ ("Set-up and use of the My Number eligibility app"),
    N_ ("Set-up and use of the My Number eligibility app, Windows"), "20250406", "1.40" },
  { "C", N_ ("What to do about errors and trouble of the My Number eligibility app"),
    N_ ("Troubleshooting of the My Number eligibility app"), "20250406", "1.01" },
};

static const char *const contact_notes[] = {
  N_ ("The call centre for the online check tells about the introduction of the online check "
      "(limited to eligibility)."),
  N_ ("Enquiry form: enter how to reach you and what you ask, and send it; a person in charge will "
      "answer."),
  N_ ("The answer may take some days."),
  NULL,
};

/**
 * mdg_guide_map_get:
 * @step: a step
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): what the guide says of it, to be shown with mdg_guide_text()
 */
const MdgStepInfo *
mdg_guide_map_get (MdgStepKind step)
{
  g_return_val_if_fail (step < MDG_N_STEPS, &mdg_guide_steps[0]);

  return &mdg_guide_steps[step];
}

/**
 * mdg_guide_map_get_part_title:
 * @part: a part of the guide
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): its number and title, to be shown with mdg_guide_text()
 */
const char *
mdg_guide_map_get_part_title (MdgPartKind part)
{
  g_return_val_if_fail (part < MDG_N_PARTS, "");

  return part_titles[part];
}

/**
 * mdg_guide_map_find:
 * @id: (nullable): the id of a step
 * @step: (out): the step
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %FALSE for an unknown id; @step is left alone
 */
gboolean
mdg_guide_map_find (const char *id, MdgStepKind *step)
{
  for (guint i = 0; i < MDG_N_STEPS; i++)
    if (g_strcmp0 (id, mdg_guide_steps[i].id) == 0)
      {
        *step = (MdgStepKind) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * mdg_guide_map_get_address:
 * @step: a step
 *
 * Where its paper is posted (the guide's 2-1 and 3, 郵送先).
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the address, Japanese; %NULL where nothing is posted
 */
const MdgGuideAddress *
mdg_guide_map_get_address (MdgStepKind step)
{
  if (step == MDG_STEP_APPLY)
    return &apply_address;
  return step == MDG_STEP_GRANT ? &grant_address : NULL;
}

/**
 * mdg_guide_map_get_manuals:
 * @n: (out): how many
 *
 * The guide's table of manuals (2-1), with the dates and versions that it gives.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (array length=n): the manuals, in its order
 */
const MdgGuideManual *
mdg_guide_map_get_manuals (gsize *n)
{
  *n = G_N_ELEMENTS (manuals);
  return manuals;
}

/**
 * mdg_guide_map_get_source:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): which guide this is, to be shown with mdg_guide_text()
 */
const char *
mdg_guide_map_get_source (void)
{
  return N_ (
      "Guide to the preparation for the introduction of the online check (limited to "
      "eligibility) (application by post), for medical institutions and pharmacies outside the "
      "obligation (claiming on paper and others), Health Insurance Bureau, Ministry of Health, "
      "Labour and Welfare");
}

/**
 * mdg_guide_map_get_contact_notes:
 *
 * The guide's お問い合わせ先のご案内 apart from the call centre's number and hours
 * (mdg-call-centre.h).
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (array zero-terminated=1): notes, to be shown with mdg_guide_text()
 */
const char *const *
mdg_guide_map_get_contact_notes (void)
{
  return contact_notes;
}
