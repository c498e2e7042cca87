/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strict checks of the fields of a request. */
#pragma once

#include "mdg-practice-document.h"

G_BEGIN_DECLS

typedef gboolean (*MdgPracticeFieldCheck) (const char *value);

typedef struct
{
  const char *name;
  gboolean required;
  guint min; /* characters */
  guint max;
  MdgPracticeFieldCheck check; /* (nullable) */
} MdgPracticeField;

typedef enum
{
  MDG_PRACTICE_FIELDS_ONLY,    /* nothing but these */
  MDG_PRACTICE_FIELDS_AT_LEAST /* OQS messages may carry more */
} MdgPracticeFieldMode;

const char *mdg_practice_fields_check (json_t *object,
                                       const MdgPracticeField *fields,
                                       guint n,
                                       MdgPracticeFieldMode mode);
const char *mdg_practice_field_get (json_t *object, const char *name);

gboolean mdg_practice_is_digits (const char *value);
gboolean mdg_practice_is_token (const char *value);
gboolean mdg_practice_is_line (const char *value);
gboolean mdg_practice_is_date (const char *value);
gboolean mdg_practice_is_time (const char *value);
gboolean mdg_practice_is_flag (const char *value);
gboolean mdg_practice_is_base64 (const char *value);
gboolean mdg_practice_is_base64url (const char *value);
gboolean mdg_practice_is_pem (const char *value);
gboolean mdg_practice_is_uuid (const char *value);

G_END_DECLS
