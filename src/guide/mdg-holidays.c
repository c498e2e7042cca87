/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of holidays, read strictly: a day that is none, stands in the wrong year or out of
 * order refuses the whole file, because it would say "open" on a day on which nobody answers. */
#include "config.h"

#include "mdg-holidays.h"

#include <string.h>

#include "mdg-call-centre.h"
#include "mdg-data-file.h"
#include "mdg-guide-resource.h"
#include "mdg-oqs-check.h"

#define RESOURCE "/io/github/madoguchi/guide/holidays.ini"
#define HEAD     "holidays"

struct _MdgHolidays
{
  GHashTable *names; /* Julian day → Japanese name */
  GDate first;
  GDate last;
};

static const char *const head_keys[] = { "Version", "First", "Last", "Source", "Checked", NULL };

static gboolean
read_day (GKeyFile *file, const char *key, GDate *day, GError **error)
{
  g_autofree char *text = mdg_data_file_text (file, HEAD, key, error);

  if (text == NULL)
    return FALSE;
  return mdg_oqs_date_parse (text, day) || mdg_data_file_refuse (error, HEAD, key, "is no day");
}

static gboolean
read_head (MdgHolidays *self, GKeyFile *file, GError **error)
{
  g_autofree char *source = NULL;
  gint64 version;
  GDate checked;

  if (!mdg_data_file_check_keys (file, HEAD, head_keys, error) ||
      !mdg_data_file_number (file, HEAD, "Version", 1, 1, &version, error) ||
      !read_day (file, "First", &self->first, error) ||
      !read_day (file, "Last", &self->last, error) || !read_day (file, "Checked", &checked, error))
    return FALSE;
  source = mdg_data_file_text (file, HEAD, "Source", error);
  if (source == NULL)
    return FALSE;
  return g_date_compare (&self->first, &self->last) < 0 ||
         mdg_data_file_refuse (error, HEAD, "Last", "is before First");
}

static gboolean
read_year (MdgHolidays *self, GKeyFile *file, const char *year, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, year, NULL, error);
  guint32 before = 0;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *date = g_strconcat (year, keys[i], NULL);
      g_autofree char *name = mdg_data_file_text (file, year, keys[i], error);
      GDate day;

      if (name == NULL)
        return FALSE;
      if (!mdg_oqs_date_parse (date, &day) || !mdg_holidays_covers (self, &day) ||
          g_date_get_julian (&day) <= before)
        return mdg_data_file_refuse (error, year, keys[i], "is no day, or not in its place");
      before = g_date_get_julian (&day);
      g_hash_table_insert (self->names, GUINT_TO_POINTER (before), g_steal_pointer (&name));
    }
  return before != 0 || mdg_data_file_refuse (error, year, NULL, "has no days");
}

static gboolean
read_file (MdgHolidays *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  guint first;

  if (groups[0] == NULL || !g_str_equal (groups[0], HEAD))
    return mdg_data_file_refuse (error, HEAD, NULL, "is missing, or is not the first");
  if (!read_head (self, file, error))
    return FALSE;
  first = g_date_get_year (&self->first);
  /* every year from First to Last, none left out */
  if (g_strv_length (groups) != 2 + g_date_get_year (&self->last) - first)
    return mdg_data_file_refuse (error, HEAD, "Last", "does not fit the years");
  for (guint i = 1; groups[i] != NULL; i++)
    {
      g_autofree char *year = g_strdup_printf ("%04u", first + i - 1);

      if (!g_str_equal (groups[i], year))
        return mdg_data_file_refuse (error, groups[i], NULL, "is not the next year");
      if (!read_year (self, file, year, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mdg_holidays_new:
 * @bytes: (nullable): a file; %NULL for the one in the program
 * @error: return location
 *
 * Thread: any.
 * Errors: G_KEY_FILE_ERROR; the built-in file has none (tested).
 *
 * Returns: (transfer full) (nullable): the table
 */
MdgHolidays *
mdg_holidays_new (GBytes *bytes, GError **error)
{
  g_autoptr (MdgHolidays) self = g_new0 (MdgHolidays, 1);
  g_autoptr (GBytes) own = NULL;
  g_autoptr (GKeyFile) file = NULL;

  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (bytes == NULL)
    own = g_resource_lookup_data (mdg_guide_data_get_resource (), RESOURCE,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL && own == NULL)
    return NULL;
  file = mdg_data_file_parse (bytes != NULL ? bytes : own, error);
  if (file == NULL || !read_file (self, file, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mdg_holidays_free (MdgHolidays *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

gboolean
mdg_holidays_covers (MdgHolidays *self, const GDate *day)
{
  return g_date_compare (day, &self->first) >= 0 && g_date_compare (day, &self->last) <= 0;
}

const char *
mdg_holidays_get_name (MdgHolidays *self, const GDate *day)
{
  return g_hash_table_lookup (self->names, GUINT_TO_POINTER (g_date_get_julian (day)));
}

guint
mdg_holidays_get_n_days (MdgHolidays *self)
{
  return g_hash_table_size (self->names);
}

MdgHolidays *
mdg_holidays_get_built_in (void)
{
  static gsize table = 0;

  if (g_once_init_enter (&table))
    {
      g_autoptr (GError) error = NULL;
      MdgHolidays *self = mdg_holidays_new (NULL, &error);

      if (self == NULL)
        g_error ("holidays.ini: %s", error->message); /* a build that its tests refuse */
      g_once_init_leave (&table, (gsize) self);
    }
  return (MdgHolidays *) table;
}

/**
 * mdg_holiday_name:
 * @day: a day in Japan
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): what holiday it is, Japanese; %NULL for none, and beyond the
 * table
 */
const char *
mdg_holiday_name (const GDate *day)
{
  return mdg_holidays_get_name (mdg_holidays_get_built_in (), day);
}

/**
 * mdg_holidays_get_range:
 * @first: (out): the first day of the table
 * @last: (out): the last; what comes after it is not known
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_holidays_get_range (GDate *first, GDate *last)
{
  MdgHolidays *table = mdg_holidays_get_built_in ();

  *first = table->first;
  *last = table->last;
}
