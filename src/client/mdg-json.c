/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bodies of the protocol: passwords and codes pass through jansson, so its memory is erased when
 * it is freed. That is a setting of the whole process: a constructor does it, before there are
 * threads, here and nowhere else. */
#include "config.h"

#include "mdg-json.h"

#include <malloc.h>
#include <openssl/crypto.h>
#include <stdlib.h>

#include "mdg-service-error.h"

/* jansson's free function is not told the size, and others in the process free() what jansson
 * made: so the blocks are ordinary ones, and the allocator knows how long they are. */
#ifdef G_OS_WIN32
#define get_block_length(block) _msize (block)
#else
#define get_block_length(block) malloc_usable_size (block)
#endif

static void
erase_block (void *block)
{
  if (block == NULL)
    return;
  OPENSSL_cleanse (block, get_block_length (block));
  free (block);
}

__attribute__ ((constructor)) static void
set_alloc_funcs (void)
{
  json_set_alloc_funcs (malloc, erase_block);
}

static gboolean
has_control (const char *text, gboolean lines)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) && !(lines && (c == '\n' || c == '\r' || c == '\t')))
        return TRUE;
    }
  return FALSE;
}

static const char *
get_string (json_t *object, const char *key, gsize max_length, gboolean lines)
{
  json_t *value = json_object_get (object, key);
  const char *text = json_string_value (value);
  gsize length = json_string_length (value);

  if (text == NULL || length == 0 || length > max_length || strlen (text) != length ||
      has_control (text, lines))
    return NULL;
  return text;
}

/**
 * mdg_json_parse:
 * @bytes: a body
 * @error: return location
 *
 * Reads one JSON object, strictly: no duplicate names, nothing after it.
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_BAD_ANSWER.
 *
 * Returns: (transfer full) (nullable): the object
 */
json_t *
mdg_json_parse (GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  json_error_t where;
  json_t *json = NULL;

  if (length > 0)
    json = json_loadb (data, length, JSON_REJECT_DUPLICATES, &where);
  if (json != NULL && json_is_object (json))
    return json;
  json_decref (json);
  /* where.text may quote the body */
  g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                       "the answer is no JSON object");
  return NULL;
}

/**
 * mdg_json_to_bytes:
 * @json: an object
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): the body, erased when freed; %NULL where @json is %NULL
 */
GBytes *
mdg_json_to_bytes (json_t *json)
{
  char *text = json != NULL ? json_dumps (json, JSON_COMPACT) : NULL;

  return text != NULL ? g_bytes_new_with_free_func (text, strlen (text), erase_block, text) : NULL;
}

/**
 * mdg_json_set_secret:
 * @object: an object
 * @key: a name
 * @secret: UTF-8 without a NUL
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether @secret is a text and was set
 */
gboolean
mdg_json_set_secret (json_t *object, const char *key, GBytes *secret)
{
  gsize length;
  const char *data = g_bytes_get_data (secret, &length);

  /* jansson itself takes a NUL */
  if (length == 0 || length > 4096 || !g_utf8_validate_len (data, length, NULL))
    return FALSE;
  return json_object_set_new (object, key, json_stringn (data, length)) == 0;
}

/**
 * mdg_json_get_text:
 * @object: an object
 * @key: a name
 * @max_length: the most bytes the value may have
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the text; %NULL where it is missing, empty, no string, too
 *   long, or holds a control character
 */
const char *
mdg_json_get_text (json_t *object, const char *key, gsize max_length)
{
  return get_string (object, key, max_length, FALSE);
}

/**
 * mdg_json_get_lines:
 * @object: an object
 * @key: a name
 * @max_length: the most bytes the value may have
 *
 * As mdg_json_get_text(), with line ends and tabs allowed.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the text
 */
const char *
mdg_json_get_lines (json_t *object, const char *key, gsize max_length)
{
  return get_string (object, key, max_length, TRUE);
}

/**
 * mdg_json_get_number:
 * @object: an object
 * @key: a name
 * @max: the largest value that makes sense
 * @value: (out): the number, where %TRUE
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether there is a whole number from 0 to @max
 */
gboolean
mdg_json_get_number (json_t *object, const char *key, gint64 max, gint64 *value)
{
  json_t *number = json_object_get (object, key);

  if (!json_is_integer (number) || json_integer_value (number) < 0 ||
      json_integer_value (number) > max)
    return FALSE;
  *value = json_integer_value (number);
  return TRUE;
}

/**
 * mdg_json_get_time:
 * @object: an object
 * @key: a name
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): the time, of ISO 8601, UTC where it says nothing else
 */
GDateTime *
mdg_json_get_time (json_t *object, const char *key)
{
  const char *text = mdg_json_get_text (object, key, 64);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
}

/**
 * mdg_json_dup_words:
 * @object: an object
 * @key: a name
 * @max_length: the most characters
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): words that can be shown to people
 */
char *
mdg_json_dup_words (json_t *object, const char *key, glong max_length)
{
  const char *text = json_string_value (json_object_get (object, key));
  g_autoptr (GString) words = g_string_new (NULL);

  if (text == NULL)
    return NULL;
  for (const char *p = text; *p != '\0' && max_length > 0; p = g_utf8_next_char (p), max_length--)
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      /* format characters could turn the direction of the words around them */
      if (type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        continue;
      g_string_append_unichar (words, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
