/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ユーザ設定情報, the letter that follows the application: ① 機関コード ② ID ③ パスワード
 * ④ アクティベーションコード (guide 2-1), with the address of the service that it is meant for.
 * Both faces check what is typed by these rules, before anything is sent. */
#pragma once

#include "mdg-oqs-check.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  MDG_LETTER_INSTITUTION,
  MDG_LETTER_USER,
  MDG_LETTER_PASSWORD, /* a secret */
  MDG_LETTER_CODE,     /* a secret: 12 digits, as 1234-5678-9012 on paper */
  MDG_LETTER_SERVICE,  /* https://…/ */
  MDG_LETTER_CA,       /* the text of a PEM file; "" the system's trust */
  MDG_LETTER_TERMINAL, /* a name for this PC */
  MDG_LETTER_N_FIELDS
} MdgLetterField;

/* @normal: (out) (transfer full) (optional): what is sent; NULL for BAD. @words: (out) (transfer
 * full) (optional): translated, "" for OK. Not for secrets. */
MdgOqsCheck mdg_letter_check (MdgLetterField field, const char *text, char **normal, char **words);
/* the same for PASSWORD and CODE; @normal is erased when it is freed */
MdgOqsCheck
mdg_letter_check_secret (MdgLetterField field, GBytes *secret, GBytes **normal, char **words);

G_END_DECLS
