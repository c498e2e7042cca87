/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Fields that more than one form has, and how each is read. What a check says goes into a
 * MdgFieldCheck that was empty. Pure. */
#pragma once

#include "mdg-application-form.h"

G_BEGIN_DECLS

#define MDG_FORM_NAME_MAX    100 /* characters: more than any box of the forms holds */
#define MDG_FORM_ADDRESS_MAX 200

/* @words: (nullable): translated. TRUE for OK and WARN */
gboolean mdg_form_say (MdgFieldCheck *check, MdgFieldState state, const char *words);
/* @normal: the text without spaces around it. FALSE with EMPTY or BAD said */
gboolean mdg_form_read_text (const char *text, guint most, MdgFieldCheck *check);
gboolean mdg_form_read_code (const char *text, MdgFieldCheck *check);
gboolean mdg_form_read_phone (const char *text, MdgFieldCheck *check);
gboolean mdg_form_read_postal_code (const char *text, MdgFieldCheck *check);
/* digits of any width, @least to @most; "人", "台" after them are taken */
gboolean mdg_form_read_number (const char *text,
                               guint least,
                               guint most,
                               MdgFieldCheck *check,
                               guint *number);
gboolean mdg_form_read_date (const char *text, MdgFieldCheck *check, GDate *date);
gboolean mdg_form_is_empty (const char *text); /* nothing but spaces of any width */
/* yyyyMMdd in words with its year; "" where it is no day. (transfer full) */
char *mdg_form_describe_day (const char *day);

G_END_DECLS
