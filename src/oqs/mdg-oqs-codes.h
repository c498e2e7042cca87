/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mdg-oqs-node.h"

G_BEGIN_DECLS

/* The code tables 別紙5-1 OQSCD001 to 044 (reference/domain.md 2.5), by their numbers. */
typedef enum
{
  MDG_OQS_LANGUAGE_JA, /* the official words */
  MDG_OQS_LANGUAGE_EN
} MdgOqsLanguage;

/* the words for @value of table @table (6 for QualificationValidity); (transfer full).
 * An unknown value comes out raw: "未定義(xx)" */
char *mdg_oqs_code_describe (guint table, const char *value, MdgOqsLanguage language);
gboolean mdg_oqs_code_is_known (guint table, const char *value);
/* the table of an element ("Sex1" → 7); 0 where it has none */
guint mdg_oqs_code_table_of (const char *element);
/* the official label of an element ("InsurerNumber" → 保険者番号); (nullable) for an unknown one */
const char *mdg_oqs_element_label (const char *element, MdgOqsLanguage language);
/* the label as a counter reads it, where the official one tells the paper's name each time
 * ("InsuredCardSymbol" → 記号); the official one for all others; (nullable) */
const char *mdg_oqs_element_short_label (const char *element, MdgOqsLanguage language);
/* the values of a table, NULL-terminated; (transfer none) (nullable) */
const char *const *mdg_oqs_code_values (guint table);

G_END_DECLS
