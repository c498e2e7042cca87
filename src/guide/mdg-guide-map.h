/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The official preparation guide as a map: its three parts, their steps, check items, notes and
 * addresses, word for word where the guide has words (the Japanese is the guide's, in po/ja.po),
 * and what comes before what. Constant data; no state. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_STEP_SELECT,   /* 1-1 端末等の選定 */
  MDG_STEP_PURCHASE, /* 1-2 購入 */
  MDG_STEP_APPLY,    /* 2-1 ① 利用申請 */
  MDG_STEP_ACTIVATE, /* 2-1 ② アプリのダウンロード等の機器設定: ユーザ設定情報, the terminal */
  MDG_STEP_RECEPTION, /* 2-2 受付業務等の変更点の確認 */
  MDG_STEP_PRACTISE,  /* 2-2 職員への説明と練習 */
  MDG_STEP_START,     /* 運用開始（予定）日 */
  MDG_STEP_DOCUMENTS, /* 3-1 ① 必要書類の準備 */
  MDG_STEP_GRANT,     /* 3-1 ② 補助金申請 */
  MDG_N_STEPS
} MdgStepKind;

typedef enum
{
  MDG_PART_EQUIPMENT,   /* 1 端末等の選定・購入 */
  MDG_PART_PREPARATION, /* 2 導入・運用準備 */
  MDG_PART_GRANT,       /* 3 補助金申請 */
  MDG_N_PARTS
} MdgPartKind;

typedef struct
{
  const char *id; /* "select", "purchase", "apply", "activate", "reception", "practise",
                     "start", "documents", "grant" */
  MdgPartKind part;
  const char *title;         /* translated with mdg_guide_text() */
  const char *purpose;       /* one or two sentences of the guide */
  const char *const *checks; /* its check list; NULL-terminated */
  const char *const *notes;  /* its notes and ※; NULL-terminated */
  const char *next;          /* what to do now, as one sentence, while it is open */
  const char *waiting;       /* the same while it waits for the post; "" where it never does */
  const char *section;       /* of the guide: "1-1", … */
  const MdgStepKind *after;  /* what must be done before it; ends with MDG_N_STEPS */
  const char *why_after;     /* why so */
} MdgStepInfo;

const MdgStepInfo *mdg_guide_map_get (MdgStepKind step);
const char *mdg_guide_map_get_part_title (MdgPartKind part);
/* FALSE for an unknown id */
gboolean mdg_guide_map_find (const char *id, MdgStepKind *step);
const char *mdg_guide_text (const char *text); /* as translated; "" stays "" */

/* Where a paper is sent. */
typedef struct
{
  const char *postal_code; /* 105-0004 */
  const char *address;
  const char *addressee; /* 社会保険診療報酬支払基金 資格情報課 … */
} MdgGuideAddress;
const MdgGuideAddress *mdg_guide_map_get_address (MdgStepKind step); /* APPLY, GRANT; else NULL */

/* the table of manuals of the guide, with versions and dates as it gives them */
typedef struct
{
  const char *group; /* A, B, C */
  const char *about;
  const char *name;
  const char *date;    /* yyyyMMdd */
  const char *version; /* 1.40 */
} MdgGuideManual;
const MdgGuideManual *mdg_guide_map_get_manuals (gsize *n);

/* which guide this is, and the day on which its text was last compared with this map */
#define MDG_GUIDE_CHECKED "20261122"
const char *mdg_guide_map_get_source (void);
/* notes of its page on enquiries; NULL-terminated */
const char *const *mdg_guide_map_get_contact_notes (void);

G_END_DECLS
