/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grant's rule (rate, cap, rounding, deadline: data/guide/subsidy.ini, with source and date
 * checked) and its amounts. Integers of yen only. Pure. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 total;          /* ① 総事業費, with tax */
  gint64 three_quarters; /* ② ① × 3/4, cut to the yen */
  gint64 cap;            /* ③ */
  gint64 grant;          /* ④ the lower of ② and ③, cut to 1,000 yen */
} MdgSubsidyAmounts;

typedef struct
{
  char *name;
  gint64 numerator, denominator;
  gint64 cap;     /* yen */
  gint64 unit;    /* what the grant is cut to: 1,000 yen */
  char *deadline; /* yyyyMMdd; "" not known */
  char *source;   /* where the rule stands */
  char *note;    /* Japanese: what a person has to know of it, as that a year's notice is not out */
  char *checked; /* yyyyMMdd on which that was looked at */
} MdgSubsidyRule;
void mdg_subsidy_rule_free (MdgSubsidyRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgSubsidyRule, mdg_subsidy_rule_free)

/* the built-in rule, or that of a file (strictly read: INVALID_DATA of G_IO_ERROR) */
MdgSubsidyRule *mdg_subsidy_rule_load (const char *path, GError **error); /* @path: (nullable) */
/* FALSE for a negative total, or one over 1,000,000,000 yen */
gboolean
mdg_subsidy_rule_compute (const MdgSubsidyRule *rule, gint64 total, MdgSubsidyAmounts *amounts);
/* @today: in Japan. -1: no deadline known; else days left, 0 on the last day, -2 when passed */
int mdg_subsidy_rule_days_left (const MdgSubsidyRule *rule, const GDate *today);

/* kinds of device: which of them the guide names as fundable (3. 財政支援対象の機器) */
typedef struct
{
  const char *id;   /* "reader", "phone", "tablet", "other" */
  const char *name; /* translated: PC等に接続する汎用カードリーダー … */
  gboolean fundable;
} MdgDeviceKind;
const MdgDeviceKind *mdg_device_kinds (gsize *n);
const MdgDeviceKind *mdg_device_kind_find (const char *id); /* (nullable) */

char *mdg_yen_format (gint64 yen); /* "3,980円" as the locale says; (transfer full) */
/* what a person types: full width, commas, 円; FALSE where it is no amount from 0 to 10,000,000 */
gboolean mdg_yen_parse (const char *text, gint64 *yen);

G_END_DECLS
