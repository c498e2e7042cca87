/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Checks and normal forms of codes, numbers, dates and text (reference/domain.md 3). Pure. */
#pragma once

#include "mdg-oqs-codes.h"

G_BEGIN_DECLS

/* in which years dates are told */
typedef enum
{
  MDG_OQS_CALENDAR_ERA,    /* 令和8年11月23日 */
  MDG_OQS_CALENDAR_WESTERN /* 2026年11月23日 */
} MdgOqsCalendar;

/* Full-width digits, letters, hyphens and spaces to ASCII, kana left alone; (transfer full) */
char *mdg_oqs_fold_width (const char *text);
/* the same, then every hyphen and space taken out */
char *mdg_oqs_fold_digits (const char *text);
/* half-width katakana and spaces to full width, sound marks joined */
char *mdg_oqs_kana_wide (const char *text);
gboolean mdg_oqs_luhn (const char *digits);
/* ● ■ 〓 U+FFFD or a private character: the service could not write a character of the name */
gboolean mdg_oqs_has_unwritable (const char *text);

typedef enum
{
  MDG_OQS_CHECK_OK,
  MDG_OQS_CHECK_WARN, /* can be sent, but look again: check digit, prefecture */
  MDG_OQS_CHECK_BAD
} MdgOqsCheck;

typedef enum
{
  MDG_OQS_REASON_NONE,
  MDG_OQS_REASON_EMPTY,
  MDG_OQS_REASON_LENGTH,     /* not as many characters as it must have */
  MDG_OQS_REASON_CHARACTERS, /* something other than digits (or than is allowed there) */
  MDG_OQS_REASON_CHECK_DIGIT,
  MDG_OQS_REASON_PREFECTURE, /* not 01 to 47 */
  MDG_OQS_REASON_KIND,       /* 点数表 or 法別 number that does not exist */
  MDG_OQS_REASON_DATE,       /* no such day, or no date */
  MDG_OQS_REASON_RANGE       /* a birth date in the future, before 1868 … */
} MdgOqsReason;

/* @normal: (out) (transfer full) (optional): what is to be sent: digits only; NULL for BAD */
MdgOqsCheck mdg_oqs_check_institution_code (const char *text, char **normal, MdgOqsReason *reason);
MdgOqsCheck mdg_oqs_check_insurer_number (const char *text, char **normal, MdgOqsReason *reason);
MdgOqsCheck mdg_oqs_check_symbol (const char *text, char **normal, MdgOqsReason *reason);
MdgOqsCheck mdg_oqs_check_insured_number (const char *text, char **normal, MdgOqsReason *reason);
MdgOqsCheck mdg_oqs_check_branch_number (const char *text, char **normal, MdgOqsReason *reason);
MdgOqsCheck mdg_oqs_check_activation_code (const char *text,
                                           char **normal,
                                           MdgOqsReason *reason); /* 12 digits */
/* 20261122, 2026-11-22, 令和8年11月22日, R8.11.22, 元年, any width; @normal is yyyyMMdd */
MdgOqsCheck mdg_oqs_check_date (const char *text, char **normal, MdgOqsReason *reason);
MdgOqsCheck
mdg_oqs_check_birth_date (const char *text, GDate *today, char **normal, MdgOqsReason *reason);
const char *mdg_oqs_reason_describe (MdgOqsReason reason, MdgOqsLanguage language);

/* InsurerNumber as it is written: 8 characters, padded with spaces on the left; as it is read:
 * trimmed */
char *mdg_oqs_pad_insurer_number (const char *number);
char *mdg_oqs_trim_insurer_number (const char *number);
/* yyyyMMdd → 令和8年11月22日 / 22 November 2026 (Reiwa 8); the text itself where it is no date */
char *mdg_oqs_date_describe (const char *yyyymmdd, MdgOqsLanguage language);
/* the same in either calendar: western is 2026年11月22日 / 22 November 2026 */
char *
mdg_oqs_date_describe_in (const char *yyyymmdd, MdgOqsLanguage language, MdgOqsCalendar calendar);
/* yyyyMMdd and nothing else; FALSE where there is no such day */
gboolean mdg_oqs_date_parse (const char *yyyymmdd, GDate *date);
/* full years; -1 where it says nothing */
int mdg_oqs_age (const char *birth, const GDate *today);
/* for comparing only: width folded, leading zeros of numbers and all spaces dropped */
char *mdg_oqs_compare_key (const char *text);
/* the same, zeros kept: for 記号 */
char *mdg_oqs_symbol_key (const char *text);
/* for comparing names in kana: full-width katakana without spaces */
char *mdg_oqs_kana_key (const char *text);
/* "020" → 2 (割); -1 where it says nothing */
int mdg_oqs_contribution_tenths (const char *percent);

G_END_DECLS
