/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The strict reader behind the program's data files. GKeyFile does the parsing; the lines are
 * looked at once more for what it would join or drop. */
#include "config.h"

#include "mdg-data-file.h"

#include <string.h>

/* GKeyFile joins groups of one name and takes the last of two keys: this looks at the lines */
static gboolean
check_doubles (const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *group = g_strdup ("");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *equals = strchr (line, '=');
      g_autofree char *key = NULL;

      if (*line == '#' || *line == '\0')
        continue;
      if (*line == '[' && g_str_has_suffix (line, "]"))
        {
          g_free (group);
          group = g_strndup (line + 1, strlen (line) - 2);
          if (!g_hash_table_add (seen, g_strconcat ("[", group, NULL)))
            return mdg_data_file_refuse (error, group, NULL, "stands twice");
        }
      else if (equals != NULL)
        {
          key = g_strndup (line, (gsize) (equals - line));
          g_strchomp (key);
          if (!g_hash_table_add (seen, g_strconcat ("[", group, "]", key, NULL)))
            return mdg_data_file_refuse (error, group, key, "stands twice");
        }
    }
  return TRUE;
}

/**
 * mdg_data_file_refuse:
 * @error: return location
 * @group: the group that is wrong
 * @key: (nullable): the key in it
 * @why: what is wrong with it, for developers
 *
 * Thread: any.
 * Errors: G_KEY_FILE_ERROR_INVALID_VALUE, always.
 *
 * Returns: %FALSE
 */
gboolean
mdg_data_file_refuse (GError **error, const char *group, const char *key, const char *why)
{
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, "[%s]%s%s: %s", group,
               key != NULL ? " " : "", key != NULL ? key : "", why);
  return FALSE;
}

/**
 * mdg_data_file_parse:
 * @bytes: a file
 * @error: return location
 *
 * Thread: any.
 * Errors: G_KEY_FILE_ERROR: it is larger than MDG_DATA_FILE_BYTES_MAX, no UTF-8, no key file, or a
 * group or key stands twice in it.
 *
 * Returns: (transfer full) (nullable): its groups, in the order of the file
 */
GKeyFile *
mdg_data_file_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (length > MDG_DATA_FILE_BYTES_MAX || (length > 0 && !g_utf8_validate_len (data, length, NULL)))
    {
      mdg_data_file_refuse (error, "", NULL, "the file is too large or no UTF-8");
      return NULL;
    }
  text = g_strndup (data != NULL ? data : "", length);
  if (!check_doubles (text, error) ||
      !g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, error))
    return NULL;
  return g_steal_pointer (&file);
}

/**
 * mdg_data_file_check_keys:
 * @file: a data file
 * @group: a group
 * @known: (array zero-terminated=1): the keys that it may have
 * @error: return location
 *
 * Thread: any.
 * Errors: G_KEY_FILE_ERROR: there is no such group, or it has a key that is not known.
 *
 * Returns: whether the group is there and has no other keys
 */
gboolean
mdg_data_file_check_keys (GKeyFile *file,
                          const char *group,
                          const char *const *known,
                          GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, error);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (!g_strv_contains (known, keys[i]))
      return mdg_data_file_refuse (error, group, keys[i], "is not known");
  return keys != NULL;
}

/**
 * mdg_data_file_text:
 * @file: a data file
 * @group: a group
 * @key: a key
 * @error: return location
 *
 * Thread: any.
 * Errors: G_KEY_FILE_ERROR: the key is absent, empty, longer than MDG_DATA_FILE_TEXT_MAX, or has a
 * control character.
 *
 * Returns: (transfer full) (nullable): one line for people, trimmed
 */
char *
mdg_data_file_text (GKeyFile *file, const char *group, const char *key, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  if (text == NULL)
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND, "[%s] %s: is missing",
                   group, key);
      return NULL;
    }
  g_strstrip (text);
  if (*text == '\0' || g_utf8_strlen (text, -1) > MDG_DATA_FILE_TEXT_MAX)
    {
      mdg_data_file_refuse (error, group, key, "is empty or too long");
      return NULL;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        {
          mdg_data_file_refuse (error, group, key, "has a control character");
          return NULL;
        }
    }
  return g_steal_pointer (&text);
}

/**
 * mdg_data_file_number:
 * @file: a data file
 * @group: a group
 * @key: a key
 * @from: the least that it may be, 0 or more
 * @to: the most
 * @number: (out): the number
 * @error: return location
 *
 * Thread: any.
 * Errors: G_KEY_FILE_ERROR: the key is absent, or is no whole number in digits within the bounds.
 *
 * Returns: whether @number is set
 */
gboolean
mdg_data_file_number (GKeyFile *file,
                      const char *group,
                      const char *key,
                      gint64 from,
                      gint64 to,
                      gint64 *number,
                      GError **error)
{
  g_autofree char *text = mdg_data_file_text (file, group, key, error);

  if (text == NULL)
    return FALSE;
  if (strspn (text, "0123456789") != strlen (text) ||
      !g_ascii_string_to_signed (text, 10, from, to, number, NULL))
    return mdg_data_file_refuse (error, group, key, "is no number that it may be");
  return TRUE;
}
