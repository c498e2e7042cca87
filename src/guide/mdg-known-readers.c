/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of readers, read strictly, because somebody buys a reader after what it says: each line
 * has every column, each value is one that the column knows, no reader stands there twice. */
#include "config.h"

#include "mdg-known-readers.h"

#include <string.h>

#include "mdg-guide-resource.h"
#include "mdg-oqs-check.h"

#define RESOURCE   "/io/github/madoguchi/guide/readers.tsv"
#define HEAD       "vendor\tmodel\tconnection\tusb\textended\tcontactless\tdrivers\tnote\tsource\tchecked"
#define NOTHING    "-"
#define BYTES_MAX  (256 * 1024)
#define SEARCH_MAX 200 /* characters that are looked at */
#define VALUE_MAX  300

enum
{
  COLUMN_VENDOR,
  COLUMN_MODEL,
  COLUMN_CONNECTION,
  COLUMN_USB,
  COLUMN_EXTENDED,
  COLUMN_CONTACTLESS,
  COLUMN_DRIVERS,
  COLUMN_NOTE,
  COLUMN_SOURCE,
  COLUMN_CHECKED,
  N_COLUMNS
};

static const char *const connections[] = { "usb", "bluetooth", "usb+bluetooth", NULL };
static const char *const fits[] = { "yes", "no", "unknown", NULL }; /* in the order of MdgFit */
static const char *const drivers[] = { "pcsc", "ccid", "bluetooth", NULL };

static void
free_reader (gpointer data)
{
  MdgKnownReader *reader = data;

  g_free (reader->vendor);
  g_free (reader->model);
  g_free (reader->connection);
  g_free (reader->drivers);
  g_free (reader->note);
  g_free (reader->source);
  g_free (reader->checked);
  g_free (reader);
}

static gboolean
refuse (GError **error, guint line, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: %s", line, why);
  return FALSE;
}

static gboolean
is_value (const char *text)
{
  if (*text == '\0' || g_utf8_strlen (text, -1) > VALUE_MAX || g_ascii_isspace (*text) ||
      g_ascii_isspace (text[strlen (text) - 1]))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
take_fit (const char *text, MdgFit *fit)
{
  for (guint i = 0; fits[i] != NULL; i++)
    if (g_str_equal (fits[i], text))
      {
        *fit = (MdgFit) i;
        return TRUE;
      }
  return FALSE;
}

/* "054c:0dc8", or nothing */
static gboolean
take_usb (const char *text, MdgKnownReader *reader)
{
  g_auto (GStrv) halves = NULL;
  guint64 vendor;
  guint64 product;

  if (g_str_equal (text, NOTHING))
    return TRUE;
  if (strlen (text) != 9 || strspn (text, "0123456789abcdef:") != 9 || text[4] != ':')
    return FALSE;
  halves = g_strsplit (text, ":", 2);
  if (!g_ascii_string_to_unsigned (halves[0], 16, 1, G_MAXUINT16, &vendor, NULL) ||
      !g_ascii_string_to_unsigned (halves[1], 16, 1, G_MAXUINT16, &product, NULL))
    return FALSE;
  reader->usb_vendor = (guint) vendor;
  reader->usb_product = (guint) product;
  return TRUE;
}

static gboolean
are_drivers (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (drivers, words[i]))
      return FALSE;
  return TRUE;
}

static char *
copy_value (const char *text)
{
  return g_strdup (g_str_equal (text, NOTHING) ? "" : text);
}

static gboolean
read_line (GPtrArray *readers, const char *text, guint line, GError **error)
{
  g_auto (GStrv) values = g_strsplit (text, "\t", -1);
  MdgKnownReader *reader;
  GDate day;

  if (g_strv_length (values) != N_COLUMNS)
    return refuse (error, line, "it has not as many values as there are columns");
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!is_value (values[i]))
      return refuse (error, line, "a value is empty, too long or no text");
  reader = g_new0 (MdgKnownReader, 1);
  g_ptr_array_add (readers, reader);
  reader->vendor = copy_value (values[COLUMN_VENDOR]);
  reader->model = copy_value (values[COLUMN_MODEL]);
  reader->connection = copy_value (values[COLUMN_CONNECTION]);
  reader->drivers = copy_value (values[COLUMN_DRIVERS]);
  reader->note = copy_value (values[COLUMN_NOTE]);
  reader->source = copy_value (values[COLUMN_SOURCE]);
  reader->checked = copy_value (values[COLUMN_CHECKED]);
  if (*reader->vendor == '\0' || *reader->model == '\0' || *reader->source == '\0')
    return refuse (error, line, "vendor, model or source is missing");
  if (!g_strv_contains (connections, reader->connection))
    return refuse (error, line, "no such connection");
  if (!take_usb (values[COLUMN_USB], reader))
    return refuse (error, line, "no USB numbers");
  if (!take_fit (values[COLUMN_EXTENDED], &reader->extended_apdu) ||
      !take_fit (values[COLUMN_CONTACTLESS], &reader->contactless))
    return refuse (error, line, "neither yes, no nor unknown");
  if (*reader->drivers != '\0' && !are_drivers (reader->drivers))
    return refuse (error, line, "no such driver");
  return mdg_oqs_date_parse (reader->checked, &day) ||
         refuse (error, line, "not checked on any day");
}

static gboolean
check_doubles (GPtrArray *readers, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < readers->len; i++)
    {
      const MdgKnownReader *reader = g_ptr_array_index (readers, i);
      char *key = reader->usb_vendor != 0
                      ? g_strdup_printf ("%04x:%04x", reader->usb_vendor, reader->usb_product)
                      : g_strconcat (reader->vendor, "\t", reader->model, NULL);

      if (!g_hash_table_add (seen, key))
        return refuse (error, i + 1, "a reader stands twice");
    }
  return TRUE;
}

/**
 * mdg_known_readers_parse:
 * @bytes: a file like data/guide/readers.tsv
 * @error: return location
 *
 * Thread: any.
 * Errors: G_IO_ERROR_INVALID_DATA with the line in its message; nothing of a file with one wrong
 * line is taken. The built-in file has none (tested).
 *
 * Returns: (transfer full) (nullable) (element-type MdgKnownReader): its readers, in its order
 */
GPtrArray *
mdg_known_readers_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (free_reader);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean head = FALSE;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size == 0 || size > BYTES_MAX || !g_utf8_validate_len (data, size, NULL) ||
      data[size - 1] != '\n')
    {
      refuse (error, 0, "the file is empty, too large, no UTF-8 or has no end");
      return NULL;
    }
  text = g_strndup (data, size - 1);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '#' && !head)
        continue;
      if (!head && !g_str_equal (lines[i], HEAD))
        {
          refuse (error, i + 1, "no names of columns, or others");
          return NULL;
        }
      if (head && !read_line (readers, lines[i], i + 1, error))
        return NULL;
      head = TRUE;
    }
  if (!head || readers->len == 0)
    {
      refuse (error, 0, "there are no readers");
      return NULL;
    }
  return check_doubles (readers, error) ? g_steal_pointer (&readers) : NULL;
}

/**
 * mdg_known_readers_get:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (element-type MdgKnownReader): the readers that the program knows
 */
GPtrArray *
mdg_known_readers_get (void)
{
  static gsize table = 0;

  if (g_once_init_enter (&table))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (mdg_guide_data_get_resource (), RESOURCE,
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      GPtrArray *readers = bytes != NULL ? mdg_known_readers_parse (bytes, &error) : NULL;

      if (readers == NULL)
        g_error ("readers.tsv: %s", error->message); /* a build that its tests refuse */
      g_once_init_leave (&table, (gsize) readers);
    }
  return (GPtrArray *) table;
}

/* for comparing: width and case folded, hyphens left out (RCS300 finds RC-S300) */
static char *
make_key (const char *text)
{
  g_autofree char *folded = mdg_oqs_fold_width (text);
  g_autofree char *composed = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *small = g_utf8_casefold (composed != NULL ? composed : "", -1);
  g_auto (GStrv) parts = g_strsplit (small, "-", -1);

  return g_strjoinv ("", parts);
}

static gboolean
has_words (const MdgKnownReader *reader, char **words)
{
  g_autofree char *all = g_strjoin ("\n", reader->vendor, reader->model, reader->note, NULL);
  g_autofree char *key = make_key (all);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (key, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * mdg_known_readers_search:
 * @text: (nullable): what a person typed
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer container) (element-type MdgKnownReader): the readers that have every word of
 * it, in the order of the table; all of them where it has no words
 */
GPtrArray *
mdg_known_readers_search (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *typed =
      g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), (glong) SEARCH_MAX));
  g_autofree char *key = make_key (typed);
  g_auto (GStrv) words = g_strsplit_set (key, " \t\n", -1);
  GPtrArray *all = mdg_known_readers_get ();
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (has_words (g_ptr_array_index (all, i), words))
      g_ptr_array_add (found, g_ptr_array_index (all, i));
  return found;
}

/**
 * mdg_known_readers_find_usb:
 * @vendor: USB's idVendor
 * @product: idProduct
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the reader with these numbers
 */
const MdgKnownReader *
mdg_known_readers_find_usb (guint vendor, guint product)
{
  GPtrArray *all = mdg_known_readers_get ();

  for (guint i = 0; vendor != 0 && i < all->len; i++)
    {
      const MdgKnownReader *reader = g_ptr_array_index (all, i);

      if (reader->usb_vendor == vendor && reader->usb_product == product)
        return reader;
    }
  return NULL;
}
