/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Strict checks of the fields of a request: type, presence, length in characters, form. What comes
 * back is the name of the first field that is wrong, never its value.
 */
#include "config.h"

#include "mdg-practice-crypto.h"
#include "mdg-practice-field.h"

#include <string.h>

static gboolean
has_only (const char *value, const char *allowed)
{
  return value[strspn (value, allowed)] == '\0';
}

static const char *
check_field (json_t *object, const MdgPracticeField *field)
{
  json_t *value = json_object_get (object, field->name);
  const char *text = json_string_value (value);
  glong length;

  if (value == NULL)
    return field->required ? field->name : NULL;
  if (text == NULL)
    return field->name;
  length = g_utf8_strlen (text, -1);
  if (length < (glong) field->min || length > (glong) field->max ||
      (field->check != mdg_practice_is_pem && !mdg_practice_is_line (text)))
    return field->name;
  if (length > 0 && field->check != NULL && !field->check (text))
    return field->name;
  return NULL;
}

static gboolean
is_known (const char *name, const MdgPracticeField *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (fields[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/**
 * mdg_practice_fields_check:
 * @object: (nullable): what was sent
 * @fields: (array length=n): what may be in it
 * @n: how many
 * @mode: whether other fields are refused
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer none) (nullable): name of the first field that is wrong; "" where @object is
 *   no object or holds something else; %NULL where all is good
 */
const char *
mdg_practice_fields_check (json_t *object,
                           const MdgPracticeField *fields,
                           guint n,
                           MdgPracticeFieldMode mode)
{
  const char *name;
  json_t *value;

  if (!json_is_object (object))
    return "";
  for (guint i = 0; i < n; i++)
    if (check_field (object, &fields[i]) != NULL)
      return fields[i].name;
  if (mode == MDG_PRACTICE_FIELDS_AT_LEAST)
    return NULL;
  json_object_foreach (object, name, value)
  {
    if (!is_known (name, fields, n))
      return "";
  }
  return NULL;
}

/**
 * mdg_practice_field_get:
 * @object: (nullable): an object
 * @name: a field
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer none) (nullable): its text; %NULL for an absent or an empty one
 */
const char *
mdg_practice_field_get (json_t *object, const char *name)
{
  const char *text = json_string_value (json_object_get (object, name));

  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * mdg_practice_is_digits:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it has ASCII digits only
 */
gboolean
mdg_practice_is_digits (const char *value)
{
  return has_only (value, "0123456789");
}

/**
 * mdg_practice_is_token:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it has visible ASCII characters only
 */
gboolean
mdg_practice_is_token (const char *value)
{
  for (; *value != '\0'; value++)
    if (!g_ascii_isgraph (*value))
      return FALSE;
  return TRUE;
}

/**
 * mdg_practice_is_line:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it has no control characters
 */
gboolean
mdg_practice_is_line (const char *value)
{
  for (; *value != '\0'; value = g_utf8_next_char (value))
    if (g_unichar_iscntrl (g_utf8_get_char (value)))
      return FALSE;
  return TRUE;
}

/**
 * mdg_practice_is_date:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it is a day that exists, yyyyMMdd
 */
gboolean
mdg_practice_is_date (const char *value)
{
  guint number;

  if (strlen (value) != 8 || !mdg_practice_is_digits (value))
    return FALSE;
  number = (guint) g_ascii_strtoull (value, NULL, 10);
  return number >= 18680101 &&
         g_date_valid_dmy ((GDateDay) (number % 100), (GDateMonth) (number / 100 % 100),
                           (GDateYear) (number / 10000));
}

/**
 * mdg_practice_is_time:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it is a UTC time in ISO 8601 (2026-11-22T01:02:03Z)
 */
gboolean
mdg_practice_is_time (const char *value)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (value, NULL);

  return time != NULL && g_date_time_get_utc_offset (time) == 0;
}

/**
 * mdg_practice_is_flag:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it is a flag, 0 or 1 (OQSCD001)
 */
gboolean
mdg_practice_is_flag (const char *value)
{
  return strcmp (value, "0") == 0 || strcmp (value, "1") == 0;
}

/**
 * mdg_practice_is_base64:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it is base64 with padding and without line breaks
 */
gboolean
mdg_practice_is_base64 (const char *value)
{
  g_autoptr (GBytes) bytes = mdg_practice_base64_decode (value, 65536);

  return bytes != NULL;
}

/**
 * mdg_practice_is_base64url:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it has characters of base64url only
 */
gboolean
mdg_practice_is_base64url (const char *value)
{
  return has_only (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

/**
 * mdg_practice_is_uuid:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it is a UUID in its usual form
 */
gboolean
mdg_practice_is_uuid (const char *value)
{
  return g_uuid_string_is_valid (value);
}

/**
 * mdg_practice_is_pem:
 * @value: a text
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether it is ASCII that begins like PEM; the only check under which lines may end
 */
gboolean
mdg_practice_is_pem (const char *value)
{
  return g_str_has_prefix (value, "-----BEGIN ") && g_str_is_ascii (value);
}
