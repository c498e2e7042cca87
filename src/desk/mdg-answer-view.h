/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer arranged for the counter: the verdict, the person, what is typed into the receipt
 * computer, the rest, what was confirmed and what was not. Plain data: a window, paper and the
 * clipboard take the same. */
#pragma once

#include "mdg-desk.h"
#include "mdg-language.h"
#include "mdg-oqs-summary.h"

G_BEGIN_DECLS

/* What the verdict looks like; words always stand beside it. */
typedef enum
{
  MDG_ANSWER_TONE_GOOD,    /* 有効, 有効（未登録）: check mark */
  MDG_ANSWER_TONE_BAD,     /* 無効: exclamation */
  MDG_ANSWER_TONE_CHANGED, /* 無効（新しい資格あり）: exclamation */
  MDG_ANSWER_TONE_QUESTION /* 該当資格なし, 複数該当, not yet answered: a next step follows */
} MdgAnswerTone;

typedef struct
{
  const char *id; /* MdgOqsLine's: the OQS element's name, "share" … */
  char *label;    /* in the view's language */
  char *value;    /* one line */
  char *copy;     /* what copying it puts on the clipboard: no words around a number; "" for none */
  char *note;     /* (nullable): where it comes from, smaller */
  gboolean large; /* 記号・番号・枝番, 保険者番号: read from one metre */
} MdgAnswerFact;

/* One 資格; there may be several, or none. */
typedef struct
{
  char *heading; /* "" where there is one */
  char *name;    /* "" where the answer has none */
  char *kana;
  char *birth;      /* 昭和35年4月1日（66歳） or 1960年4月1日（66歳） */
  char *birth_date; /* the same without the age: what is copied */
  char *sex;
  char *initials;   /* for lists: 試.太. — never the whole name; "" where there is no name */
  GPtrArray *main;  /* of MdgAnswerFact, in reading order: what the counter needs */
  GPtrArray *more;  /* of MdgAnswerFact: folded */
  GPtrArray *notes; /* of char: ● explained, what is missing … */
} MdgAnswerCoverage;

typedef struct
{
  MdgOqsVerdict verdict;
  MdgOqsLanguage language;
  MdgAnswerTone tone;
  char *title;      /* 有効 … */
  char *next_step;  /* "" where nothing is to be done */
  const char *icon; /* "mdg-verdict-good-symbolic" … */
  gboolean practice;
  char *checked_at;         /* 10:15:32 */
  char *checked_on;         /* the confirmation date in words; "" where the answer has none */
  GPtrArray *notes;         /* of char: what the service says */
  GPtrArray *coverages;     /* of MdgAnswerCoverage */
  GPtrArray *confirmed;     /* of char: 暗証番号（カードによる照合） … */
  GPtrArray *not_confirmed; /* of char: 失効確認：未実施 … */
} MdgAnswerView;

typedef enum
{
  MDG_CALENDAR_ERA = MDG_OQS_CALENDAR_ERA,        /* 令和8年11月23日 */
  MDG_CALENDAR_WESTERN = MDG_OQS_CALENDAR_WESTERN /* 2026年11月23日 */
} MdgCalendar;

MdgAnswerView *
mdg_answer_view_new (const MdgDeskAnswer *answer, MdgOqsLanguage language, MdgCalendar calendar);
/* of an answer from the log, where only the parts are known; @confirmed, @not_confirmed: (nullable)
 */
MdgAnswerView *mdg_answer_view_new_parts (MdgOqsMessage *message,
                                          GDateTime *asked_at,
                                          gboolean practice,
                                          const char *const *confirmed,
                                          const char *const *not_confirmed,
                                          MdgOqsLanguage language,
                                          MdgCalendar calendar);
/* for lists, where there is no whole answer */
MdgAnswerTone mdg_answer_tone_of (MdgOqsVerdict verdict, const char **icon);
void mdg_answer_view_free (MdgAnswerView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgAnswerView, mdg_answer_view_free)
char *
mdg_answer_view_to_text (const MdgAnswerView *self); /* label: value lines, 練習 in the first one */
char *mdg_answer_view_to_tsv (const MdgAnswerView *self); /* label TAB value lines */

G_END_DECLS
