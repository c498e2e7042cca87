/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 「オンライン資格確認（資格確認限定型）利用に関する申請書」: its fields and its notes 注1 to 注5
 * as rules. The password is no field: it is asked when the paper is made and is never kept. Pure.
 */
#pragma once

#include "mdg-oqs-check.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_APPLICATION_FORM "apply" /* name of the form in the journey */

typedef enum
{
  MDG_APPLICATION_REGISTER, /* 申請区分 1 ポータルサイトユーザー登録申請: "1" or "" */
  MDG_APPLICATION_BEGIN,    /* 2 マイナ資格確認アプリ利用開始申請 */
  MDG_APPLICATION_END,      /* 3 マイナ資格確認アプリ利用終了・変更申請 */
  MDG_APPLICATION_PERSON,   /* 担当者名 */
  MDG_APPLICATION_CODE,     /* 医療機関等コード: all ten digits */
  MDG_APPLICATION_NAME,     /* 医療機関等名 */
  MDG_APPLICATION_FOUNDER,  /* 開設者氏名（漢字） */
  MDG_APPLICATION_PHONE,    /* 電話番号 */
  MDG_APPLICATION_MAIL,     /* メールアドレス（注1） */
  MDG_APPLICATION_ACCOUNT,  /* 口座番号（注2）: its last four digits */
  MDG_APPLICATION_STAFF,    /* 職員数（注3） */
  MDG_APPLICATION_DEVICES,  /* 申請台数（注4） */
  MDG_APPLICATION_END_DATE, /* 利用終了予定年月日（注5）, yyyyMMdd */
  MDG_APPLICATION_WITHDRAW, /* 取り消し: "1" or "" */
  MDG_APPLICATION_CHANGE,   /* 変更: "1" or "" */
  MDG_APPLICATION_DATE,     /* of the application, yyyyMMdd */
  MDG_APPLICATION_N_FIELDS
} MdgApplicationField;

typedef enum
{
  MDG_FIELD_OK,
  MDG_FIELD_EMPTY,    /* needed and not there yet */
  MDG_FIELD_UNNEEDED, /* need not be filled in */
  MDG_FIELD_WARN,     /* look again */
  MDG_FIELD_BAD
} MdgFieldState;

typedef struct
{
  MdgFieldState state;
  char *normal; /* (nullable): as it goes onto the paper */
  char *words;  /* translated: why, "" for OK */
} MdgFieldCheck;
void mdg_field_check_clear (MdgFieldCheck *self);

const char *mdg_application_field_id (MdgApplicationField field); /* "person" … */
const char *
mdg_application_field_label (MdgApplicationField field);            /* translated, the form's own */
const char *mdg_application_field_note (MdgApplicationField field); /* translated 注n, or "" */
/* @values: (array length=MDG_APPLICATION_N_FIELDS): as typed, none NULL. @check: cleared by the
 * caller */
void mdg_application_check_field (const char *const *values,
                                  MdgApplicationField field,
                                  const GDate *today,
                                  MdgFieldCheck *check);
/* whether the paper can be made: nothing EMPTY or BAD */
gboolean mdg_application_is_complete (const char *const *values, const GDate *today);
/* whether the paper has to show a password (注1), and whether this one may stand there: 8 to 100
 * ASCII letters and digits */
gboolean mdg_application_needs_password (const char *const *values);
gboolean mdg_application_check_password (GBytes *password, MdgFieldCheck *check);

/* 都道府県 and 点数表 of a code, as the form has them in boxes */
const char *mdg_prefecture_name (guint number);   /* 1 to 47; "" */
const char *mdg_points_table_name (guint number); /* 1 医科, 3 歯科, 4 調剤 …; "" */

G_END_DECLS
