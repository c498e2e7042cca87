/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grant's rule is data with a date; what it comes to is four lines of integers. No amount ever
 * passes through a floating-point number. */
#include "config.h"

#include "mdg-subsidy.h"

#include <glib/gi18n-lib.h>

#include "mdg-data-file.h"
#include "mdg-guide-resource.h"
#include "mdg-oqs-check.h"

#define RESOURCE  "/io/github/madoguchi/guide/subsidy.ini"
#define GROUP     "subsidy"
#define TOTAL_MAX G_GINT64_CONSTANT (1000000000)

static const char *const keys[] = { "Version",  "Name",   "Numerator", "Denominator", "Cap", "Unit",
                                    "Deadline", "Source", "Note",      "Checked",     NULL };

static const MdgDeviceKind kinds[] = {
  { "reader", N_ ("Card reader for a PC or a tablet"), TRUE },
  { "phone", N_ ("Smartphone"), TRUE },
  { "tablet", N_ ("Tablet"), TRUE },
  { "other", N_ ("Something else (not covered)"), FALSE },
};

/* "" where @optional and there is none */
static char *
read_day (GKeyFile *file, const char *key, gboolean optional, GError **error)
{
  g_autofree char *raw = g_key_file_get_string (file, GROUP, key, NULL);
  g_autofree char *text = NULL;
  GDate day;

  if (optional && raw != NULL && *raw == '\0')
    return g_steal_pointer (&raw);
  text = mdg_data_file_text (file, GROUP, key, error);
  if (text != NULL && !mdg_oqs_date_parse (text, &day))
    {
      mdg_data_file_refuse (error, GROUP, key, "is no day");
      return NULL;
    }
  return g_steal_pointer (&text);
}

static gboolean
read_rule (MdgSubsidyRule *rule, GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  gint64 version;

  if (g_strv_length (groups) != 1 || !g_str_equal (groups[0], GROUP))
    return mdg_data_file_refuse (error, GROUP, NULL, "is not the only group");
  return mdg_data_file_check_keys (file, GROUP, keys, error) &&
         mdg_data_file_number (file, GROUP, "Version", 1, 1, &version, error) &&
         mdg_data_file_number (file, GROUP, "Denominator", 1, 1000, &rule->denominator, error) &&
         mdg_data_file_number (file, GROUP, "Numerator", 1, rule->denominator, &rule->numerator,
                               error) &&
         mdg_data_file_number (file, GROUP, "Cap", 1, TOTAL_MAX, &rule->cap, error) &&
         mdg_data_file_number (file, GROUP, "Unit", 1, 1000000, &rule->unit, error) &&
         (rule->name = mdg_data_file_text (file, GROUP, "Name", error)) != NULL &&
         (rule->deadline = read_day (file, "Deadline", TRUE, error)) != NULL &&
         (rule->source = mdg_data_file_text (file, GROUP, "Source", error)) != NULL &&
         (rule->note = mdg_data_file_text (file, GROUP, "Note", error)) != NULL &&
         (rule->checked = read_day (file, "Checked", FALSE, error)) != NULL;
}

static GBytes *
load_bytes (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (path == NULL)
    return g_resource_lookup_data (mdg_guide_data_get_resource (), RESOURCE,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&text), length);
}

/**
 * mdg_subsidy_rule_load:
 * @path: (nullable): a file like data/guide/subsidy.ini; %NULL for the one in the program
 * @error: return location
 *
 * Reads the rule whole or not at all: each key has to be there once, and no other.
 *
 * Thread: any; it blocks for the time of reading a small file.
 * Errors: G_IO_ERROR_INVALID_DATA with group and key in the message, or G_FILE_ERROR where the file
 * cannot be read; the built-in one has neither (tested).
 *
 * Returns: (transfer full) (nullable): the rule
 */
MdgSubsidyRule *
mdg_subsidy_rule_load (const char *path, GError **error)
{
  g_autoptr (MdgSubsidyRule) rule = g_new0 (MdgSubsidyRule, 1);
  g_autoptr (GBytes) bytes = load_bytes (path, error);
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) local = NULL;

  if (bytes == NULL)
    return NULL;
  file = mdg_data_file_parse (bytes, &local);
  if (file == NULL || !read_rule (rule, file, &local))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, local->message);
      return NULL;
    }
  return g_steal_pointer (&rule);
}

/**
 * mdg_subsidy_rule_free:
 * @self: (transfer full) (nullable): a rule
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_subsidy_rule_free (MdgSubsidyRule *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->deadline);
  g_free (self->source);
  g_free (self->note);
  g_free (self->checked);
  g_free (self);
}

/**
 * mdg_subsidy_rule_compute:
 * @rule: the rule
 * @total: ① 総事業費 in yen, with tax
 * @amounts: (out): ① to ④; all 0 where %FALSE is returned
 *
 * What the form 別紙様式1(7) asks for: ② is cut to the yen, ④ to the rule's unit.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %FALSE for a negative total, or one over 1,000,000,000 yen
 */
gboolean
mdg_subsidy_rule_compute (const MdgSubsidyRule *rule, gint64 total, MdgSubsidyAmounts *amounts)
{
  *amounts = (MdgSubsidyAmounts){ 0 };
  if (total < 0 || total > TOTAL_MAX)
    return FALSE;
  amounts->total = total;
  /* at most 10^9 × 10^3: far from the end of 64 bits */
  amounts->three_quarters = total * rule->numerator / rule->denominator;
  amounts->cap = rule->cap;
  amounts->grant = MIN (amounts->three_quarters, amounts->cap);
  amounts->grant -= amounts->grant % rule->unit;
  return TRUE;
}

/**
 * mdg_subsidy_rule_days_left:
 * @rule: the rule
 * @today: the day it is in Japan
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the days up to the deadline, 0 on the last day; -1 where no deadline is known, -2 where
 * it has passed
 */
int
mdg_subsidy_rule_days_left (const MdgSubsidyRule *rule, const GDate *today)
{
  GDate deadline;
  int days;

  if (*rule->deadline == '\0' || !mdg_oqs_date_parse (rule->deadline, &deadline))
    return -1;
  days = g_date_days_between (today, &deadline);
  return days < 0 ? -2 : days;
}

/**
 * mdg_device_kinds:
 * @n: (out): how many there are
 *
 * The kinds of device that a receipt's item may be of. What is fundable is what the guide lists
 * under 財政支援対象の機器 (its part 3, ①).
 *
 * Thread: main, because the names are those of the language of messages.
 * Errors: none.
 *
 * Returns: (transfer none) (array length=n): the kinds
 */
const MdgDeviceKind *
mdg_device_kinds (gsize *n)
{
  static MdgDeviceKind shown[G_N_ELEMENTS (kinds)];

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      shown[i] = kinds[i];
      shown[i].name = _ (kinds[i].name);
    }
  *n = G_N_ELEMENTS (kinds);
  return shown;
}

/**
 * mdg_device_kind_find:
 * @id: (nullable): what an item of a receipt says
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the kind of that id
 */
const MdgDeviceKind *
mdg_device_kind_find (const char *id)
{
  gsize n;
  const MdgDeviceKind *all = mdg_device_kinds (&n);

  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (all[i].id, id) == 0)
      return &all[i];
  return NULL;
}
