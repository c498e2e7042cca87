/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Charsets of OQS documents. The XML declaration decides, never CharacterCodeIdentifier.
 * "Shift_JIS" means CP932 there: its 髙, ①, ～ and private characters are not in the Shift_JIS that
 * libxml2 would use, so decoding is done here and the XML parser only ever sees UTF-8. */
#include "config.h"

#include "mdg-oqs-charset.h"

#include <string.h>

#define DECLARATION_MAX 256

typedef enum
{
  LABEL_NONE,
  LABEL_UTF8,
  LABEL_CP932,
  LABEL_OTHER
} Label;

static const struct
{
  const char *name;
  Label label;
} labels[] = {
  { "utf-8", LABEL_UTF8 },        { "utf8", LABEL_UTF8 },      { "shift_jis", LABEL_CP932 },
  { "shift-jis", LABEL_CP932 },   { "sjis", LABEL_CP932 },     { "x-sjis", LABEL_CP932 },
  { "windows-31j", LABEL_CP932 }, { "cp932", LABEL_CP932 },    { "cswindows31j", LABEL_CP932 },
  { "ms932", LABEL_CP932 },       { "ms_kanji", LABEL_CP932 },
};

/* What the declaration says. Whether it is a right declaration is for the XML parser to tell. */
static Label
read_label (const char *data, gsize size)
{
  g_autofree char *head = g_strndup (data, MIN (size, DECLARATION_MAX));
  char *found, *end;
  char quote;

  if (!g_str_has_prefix (head, "<?xml") || (end = strstr (head, "?>")) == NULL)
    return LABEL_NONE;
  *end = '\0';
  if ((found = strstr (head, "encoding")) == NULL)
    return LABEL_NONE;
  found += strlen ("encoding");
  found += strspn (found, " \t\r\n=");
  quote = *found;
  if ((quote != '"' && quote != '\'') || (end = strchr (found + 1, quote)) == NULL)
    return LABEL_OTHER;
  *end = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_ascii_strcasecmp (found + 1, labels[i].name) == 0)
      return labels[i].label;
  return LABEL_OTHER;
}

/* UTF-8 that says it is Shift_JIS would be read as other characters without any error. Text in
 * CP932 that is UTF-8 by chance, three-byte sequences included, does not occur. */
static gboolean
is_utf8_beyond_latin (const char *data, gsize size)
{
  if (!g_utf8_validate_len (data, size, NULL))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if ((guchar) data[i] >= 0xe0)
      return TRUE;
  return FALSE;
}

static char *
convert (const char *data, gsize size, const char *from, gsize *length, GError **error)
{
  char *text = g_convert (data, size, "UTF-8", from, NULL, length, NULL);

  if (text == NULL)
    g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING, "the bytes are not %s", from);
  return text;
}

static char *
decode_cp932 (const char *data, gsize size, gsize *length, GError **error)
{
  if (is_utf8_beyond_latin (data, size))
    {
      g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING,
                           "declared as Shift_JIS, but the bytes are UTF-8");
      return NULL;
    }
  /* some converters make private characters of these bytes, which are none in CP932 */
  for (gsize i = 0; i < size; i++)
    {
      guchar byte = (guchar) data[i];
      if (byte == 0x80 || byte == 0xa0 || byte >= 0xfd)
        {
          g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING,
                               "a byte that is not in CP932");
          return NULL;
        }
      if ((byte >= 0x81 && byte <= 0x9f) || byte >= 0xe0)
        i++;
    }
  return convert (data, size, "CP932", length, error);
}

/**
 * mdg_oqs_charset_decode:
 * @data: (array length=size): a document
 * @size: its bytes
 * @length: (out): the bytes of the text
 * @error: return location
 *
 * Reads UTF-8 (with or without a byte order mark), CP932 under its usual names, and UTF-16 with a
 * byte order mark. Without a declaration a document is UTF-8. A byte order mark wins over a
 * declaration. The text has no byte order mark and no NUL.
 *
 * Thread: any.
 * Errors: %MDG_OQS_ERROR_ENCODING for another charset and for bytes that are not in it.
 *
 * Returns: (transfer full): the text in UTF-8, NULL with @error set
 */
char *
mdg_oqs_charset_decode (const char *data, gsize size, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  Label label;

  *length = 0;
  if (size >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    text = convert (data, size, "UTF-16", length, error);
  else if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    text = g_strndup (data + 3, *length = size - 3);
  else if ((label = read_label (data, size)) == LABEL_CP932)
    text = decode_cp932 (data, size, length, error);
  else if (label == LABEL_OTHER)
    g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING,
                         "declared in a charset that is neither UTF-8 nor Shift_JIS");
  else
    text = g_strndup (data, *length = size);
  if (text == NULL)
    return NULL;
  if (!g_utf8_validate_len (text, *length, NULL))
    {
      g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING,
                           "the bytes are not UTF-8, or hold a NUL");
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * mdg_oqs_charset_encode_cp932:
 * @text: a text in UTF-8
 * @error: return location
 *
 * Converts and converts back: a converter that puts a similar character or "?" in the place of one
 * that CP932 lacks is found out.
 *
 * Thread: any.
 * Errors: %MDG_OQS_ERROR_ENCODING, naming the first character (never the text around it) that
 *   CP932 lacks.
 *
 * Returns: (transfer full): the bytes, NULL with @error set
 */
GBytes *
mdg_oqs_charset_encode_cp932 (const char *text, GError **error)
{
  gsize size = 0;
  g_autofree char *data = g_convert (text, -1, "CP932", "UTF-8", NULL, &size, NULL);
  g_autofree char *back =
      data != NULL ? g_convert (data, size, "UTF-8", "CP932", NULL, NULL, NULL) : NULL;

  if (g_strcmp0 (back, text) == 0)
    return g_bytes_new_take (g_steal_pointer (&data), size);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *one = g_strndup (p, g_utf8_next_char (p) - p);
      g_autofree char *coded = g_convert (one, -1, "CP932", "UTF-8", NULL, &size, NULL);
      g_autofree char *again =
          coded != NULL ? g_convert (coded, size, "UTF-8", "CP932", NULL, NULL, NULL) : NULL;

      if (g_strcmp0 (again, one) == 0)
        continue;
      g_set_error (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING,
                   "Shift_JIS has no character U+%04X (%s)", g_utf8_get_char (p), one);
      return NULL;
    }
  g_set_error_literal (error, MDG_OQS_ERROR, MDG_OQS_ERROR_ENCODING,
                       "this system cannot write Shift_JIS");
  return NULL;
}
