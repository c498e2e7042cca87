/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What one window shows of the reception at one moment: one sentence, one picture, few actions.
 * Plain data, made by the reception, shown by a widget that decides nothing. */
#pragma once

#include "mdg-problem.h"

G_BEGIN_DECLS

/* Which screen it is: a desk's state, or a part of one. */
typedef enum
{
  MDG_SCENE_NO_READER,
  MDG_SCENE_WAITING,
  MDG_SCENE_PIN_FIRST, /* the PIN is typed before the card comes */
  MDG_SCENE_ARMED,     /* it was typed: the card is waited for */
  MDG_SCENE_READING,
  MDG_SCENE_PIN,
  MDG_SCENE_PIN_WRONG, /* told first; the keypad comes when they want to try again */
  MDG_SCENE_LAST_TRY,
  MDG_SCENE_FACE,
  MDG_SCENE_SIGNING,
  MDG_SCENE_ASKING,
  MDG_SCENE_ANSWER,
  MDG_SCENE_PROBLEM,
  MDG_SCENE_THANKS, /* the patient's window only: done, take the card */
  MDG_N_SCENES
} MdgScene;

typedef enum
{
  MDG_TONE_NEUTRAL,
  MDG_TONE_BUSY,
  MDG_TONE_ATTENTION,
  MDG_TONE_ERROR
} MdgTone;

/* What a button does. The reception does the first group itself; the others it hands to the window
 * by its signal "requested". */
typedef enum
{
  MDG_ACTION_NONE,
  MDG_ACTION_DISMISS,       /* back to waiting; Escape everywhere */
  MDG_ACTION_RETRY,         /* the card that lies there once more */
  MDG_ACTION_METHOD_PIN,    /* 暗証番号 */
  MDG_ACTION_METHOD_VISUAL, /* 目視確認 */
  MDG_ACTION_TYPE_PIN,      /* shows the keypad: before the card, or again after a wrong PIN */
  MDG_ACTION_YES,           /* last try, or face */
  MDG_ACTION_NO,
  MDG_ACTION_KEEP,        /* the answer stays until it is dismissed */
  MDG_ACTION_FALLBACK,    /* the window shows 確認できないとき */
  MDG_ACTION_SHEET,       /* the window shows the call-centre sheet */
  MDG_ACTION_READERS,     /* the window goes to リーダー */
  MDG_ACTION_PREPARATION, /* the window goes to 準備 */
  MDG_ACTION_LOG_IN,      /* the window asks for the password */
  MDG_N_ACTIONS
} MdgAction;

typedef struct
{
  MdgAction action;
  const char *label; /* translated */
  gboolean primary;  /* where the hand already is; one at most */
} MdgScreenAction;

typedef enum
{
  MDG_SCREEN_STEP_TODO,
  MDG_SCREEN_STEP_NOW,
  MDG_SCREEN_STEP_DONE,
  MDG_SCREEN_STEP_FAILED
} MdgScreenStepState;

/* ① カード ② 暗証番号 (or 目視確認) ③ 問い合わせ ④ 結果 */
#define MDG_SCREEN_STEPS   4
#define MDG_SCREEN_ACTIONS 3

typedef struct
{
  const char *name; /* translated */
  MdgScreenStepState state;
} MdgScreenStep;

typedef struct
{
  MdgScene scene;
  MdgTone tone;
  char *title;         /* one sentence, translated */
  char *detail;        /* more words, or "" */
  const char *picture; /* icon name "mdg-…-symbolic" of data/icons; never NULL */
  gboolean show_steps;
  MdgScreenStep steps[MDG_SCREEN_STEPS];
  guint n_actions;
  MdgScreenAction actions[MDG_SCREEN_ACTIONS];
  gboolean keypad;      /* digits are taken now, from keys and the keypad */
  gboolean ask_consent; /* show the question about 限度額情報 */
  int tries_left;       /* -1: not known; the words for it are in title or detail */
  MdgProblem *problem;  /* (nullable) */
} MdgScreen;

#define MDG_TYPE_SCREEN (mdg_screen_get_type ())
GType mdg_screen_get_type (void);
MdgScreen *mdg_screen_copy (const MdgScreen *self);
void mdg_screen_free (MdgScreen *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgScreen, mdg_screen_free)
gboolean mdg_screen_equal (const MdgScreen *a, const MdgScreen *b);
const char *
mdg_scene_to_string (MdgScene scene); /* "pin-first" …: logs, style classes, file names */

G_END_DECLS
