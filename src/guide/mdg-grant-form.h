/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 「別紙様式1(7) 助成金交付申請書」 with what goes with it (領収書内訳書,
 * オンライン資格確認等事業完了報告書): fields, rules, and whether form and receipts agree. Pure. */
#pragma once

#include "mdg-application-form.h"
#include "mdg-journey-store.h"
#include "mdg-subsidy.h"

G_BEGIN_DECLS

#define MDG_GRANT_FORM "grant"

typedef enum
{
  MDG_GRANT_CODE, /* 都道府県, 点数表, 医療機関コード（健診機関コード）: ten digits */
  MDG_GRANT_NAME,
  MDG_GRANT_FOUNDER,
  MDG_GRANT_POSTAL_CODE,
  MDG_GRANT_ADDRESS,
  MDG_GRANT_PHONE,
  MDG_GRANT_TOTAL,     /* ①: yen as typed; what the receipts say where it is empty */
  MDG_GRANT_DATE,      /* of the application, yyyyMMdd */
  MDG_GRANT_COMPLETED, /* 事業完了日 (the first day of operation or later), yyyyMMdd */
  MDG_GRANT_N_FIELDS
} MdgGrantField;

const char *mdg_grant_field_id (MdgGrantField field);
const char *mdg_grant_field_label (MdgGrantField field); /* translated */
void mdg_grant_check_field (const char *const *values,
                            MdgGrantField field,
                            gint64 fundable_total, /* of the receipts */
                            const GDate *today,
                            MdgFieldCheck *check);
/* What would send the packet back: translated sentences; empty where form and receipts agree.
 * (transfer full) (element-type utf8) */
GPtrArray *mdg_grant_check (const char *const *values,
                            GPtrArray *receipts,
                            const MdgSubsidyRule *rule,
                            const GDate *today);
/* the same of what differs from the usage application, and of receipts whose file is gone; appended
 * to @sentences */
void mdg_grant_compare (const char *const *values,
                        const char *const *application,
                        GPtrArray *missing, /* (nullable) (element-type utf8) */
                        GPtrArray *sentences);
/* yen, with tax, of the items that the guide names as fundable */
gint64 mdg_grant_fundable_total (GPtrArray *receipts);

G_END_DECLS
