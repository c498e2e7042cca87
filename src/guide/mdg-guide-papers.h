/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The papers of the onboarding, made from a journey: each is a MdgPaper, for a printer or a PDF. */
#pragma once

#include "mdg-application-form.h"
#include "mdg-grant-form.h"
#include "mdg-guide-map.h"
#include "mdg-paper.h"

G_BEGIN_DECLS

/* @values: (array length=MDG_APPLICATION_N_FIELDS). @password: (nullable): drawn and forgotten; the
 * paper holds it until it is disposed of */
MdgPaper *mdg_guide_paper_application (const char *const *values,
                                       GBytes *password,
                                       const GDate *today,
                                       gboolean practice);
/* for the envelope: the address of the step, the sender below. @sender_*: (nullable) */
MdgPaper *mdg_guide_paper_label (MdgStepKind step,
                                 const char *sender_postal_code,
                                 const char *sender_address,
                                 const char *sender_name,
                                 gboolean practice);
MdgPaper *mdg_guide_paper_poster (const char *institution_name, gboolean practice);
/* The packet in order: cover list, 助成金交付申請書, 領収書内訳書, 事業完了報告書, the receipts'
 * copies, address label. @pictures: (element-type GPtrArray of GBytes PNG) beside @receipts; one
 * without pages is listed as to be put in by hand. */
MdgPaper *mdg_guide_paper_packet (const char *const *values,
                                  GPtrArray *receipts,
                                  GPtrArray *pictures,
                                  const MdgSubsidyRule *rule,
                                  const GDate *today,
                                  gboolean practice);
/* all receipts' copies as one */
MdgPaper *mdg_guide_paper_receipts (GPtrArray *receipts, GPtrArray *pictures, gboolean practice);

G_END_DECLS
