/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The call-centre sheet. What stands on it is chosen, not filtered: codes and titles of the
 * problem table, versions, what a reader can do. The service's own message and an error's text are
 * left out, because either could hold a name or a path; a reader's name is cut where it holds a
 * serial number. */
#include "config.h"

#include "mdg-call-sheet.h"

#include <glib/gi18n-lib.h>

#include "mdg-oqs-summary.h"

#define MAX_NAME_CHARACTERS 80

static void
free_line (gpointer data)
{
  MdgSheetLine *line = data;

  g_free (line->label);
  g_free (line->value);
  g_free (line);
}

static void
add (GPtrArray *lines, const char *label, const char *value)
{
  MdgSheetLine *line = g_new0 (MdgSheetLine, 1);

  line->label = g_strdup (label);
  line->value = mdg_oqs_text_for_display (value);
  g_ptr_array_add (lines, line);
}

/* CCID names a reader "maker product [interface] (serial) 00 00" (reference/readers.md), Windows
 * and Bluetooth end a name with a number of the device: what is in round brackets with a digit in
 * it, a run of five digits, of eight hexadecimal ones, and an address go. */
static char *
cut_serials (const char *name)
{
  static const char *const patterns[] = {
    "\\([^()]*[0-9][^()]*\\)",
    "\\([^)]*$",
    "(?i)\\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5,}\\b",
    "[0-9]{5,}",
    "(?i)\\b(?=[0-9a-f]*[0-9])[0-9a-f]{8,}\\b",
    "\\b(?=\\w*[0-9]{3})(?=\\w*[A-Za-z])\\w{12,}\\b",
  };
  g_autofree char *shown = mdg_oqs_text_for_display (name);
  g_autofree char *text =
      g_utf8_substring (shown, 0, MIN (g_utf8_strlen (shown, -1), MAX_NAME_CHARACTERS));

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[i], 0, 0, NULL);
      char *cut = g_regex_replace_literal (regex, text, -1, 0, "…", 0, NULL);

      g_free (text);
      text = cut;
    }
  return g_steal_pointer (&text);
}

static void
append_word (GString *words, const char *word)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " / " : "", word);
}

static void
append_problem (GString *words, const GError *error)
{
  g_autoptr (MdgProblem) problem = error != NULL ? mdg_problem_new (error) : NULL;
  g_autofree char *both = NULL;

  if (problem == NULL)
    return;
  both = g_strdup_printf ("%s %s", mdg_problem_get_code (problem), mdg_problem_get_title (problem));
  append_word (words, both);
}

static const char *
describe_extended (MdgExtended extended)
{
  switch (extended)
    {
    case MDG_EXTENDED_YES:
      return _ ("extended APDU: yes");
    case MDG_EXTENDED_NO:
      return _ ("extended APDU: no");
    case MDG_EXTENDED_UNKNOWN:
    default:
      return _ ("extended APDU: not known yet");
    }
}

static void
add_reader (GPtrArray *lines, MdgReader *reader)
{
  MdgReaderFeatures features = mdg_reader_get_features (reader);
  g_autofree char *name = cut_serials (mdg_reader_get_name (reader));
  g_autoptr (GString) words = g_string_new (name);

  append_word (words, mdg_reader_get_driver (reader));
  append_word (words, describe_extended (mdg_reader_get_extended (reader)));
  if (features & MDG_READER_FEATURE_CONTACTLESS)
    append_word (words, _ ("contactless"));
  if (features & MDG_READER_FEATURE_PIN_PAD)
    append_word (words, _ ("PIN pad"));
  if (features & MDG_READER_FEATURE_VIRTUAL)
    append_word (words, _ ("for practice"));
  append_word (words, mdg_reader_get_present (reader) ? _ ("a card is there") : _ ("no card"));
  append_problem (words, mdg_reader_get_problem (reader));
  add (lines, _ ("Reader"), words->str);
}

static void
add_readers (GPtrArray *lines, GListModel *readers)
{
  guint count = g_list_model_get_n_items (readers);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      add_reader (lines, reader);
    }
  if (count == 0)
    add (lines, _ ("Reader"), _ ("none"));
}

static const char *
describe_state (MdgPluginState state)
{
  switch (state)
    {
    case MDG_PLUGIN_STATE_STARTED:
      return _ ("working");
    case MDG_PLUGIN_STATE_FAILED:
      return _ ("cannot be used");
    case MDG_PLUGIN_STATE_QUARANTINED:
      return _ ("set aside");
    case MDG_PLUGIN_STATE_DISABLED:
      return _ ("not in use");
    case MDG_PLUGIN_STATE_READY:
    default:
      return _ ("not started");
    }
}

/* no path: it may hold the user's name */
static void
add_drivers (GPtrArray *lines, GListModel *host)
{
  for (guint i = 0; i < g_list_model_get_n_items (host); i++)
    {
      g_autoptr (MdgPluginInfo) info = g_list_model_get_item (host, i);
      MdgReaderDriver *driver = mdg_plugin_info_get_driver (info);
      const GError *error = mdg_plugin_info_get_error (info);
      g_autoptr (GString) words = g_string_new (mdg_plugin_info_get_id (info));

      if (error == NULL && driver != NULL)
        error = mdg_reader_driver_get_problem (driver);
      append_word (words, describe_state (mdg_plugin_info_get_state (info)));
      append_problem (words, error);
      add (lines, _ ("Driver"), words->str);
    }
}

static void
add_problem (GPtrArray *lines, MdgProblem *problem)
{
  add (lines, C_ ("call sheet", "Code"), mdg_problem_get_code (problem));
  if (mdg_problem_get_service_code (problem) != NULL)
    add (lines, _ ("Code of the service"), mdg_problem_get_service_code (problem));
  add (lines, _ ("What happened"), mdg_problem_get_title (problem));
}

static void
add_versions (GPtrArray *lines)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *glib =
      g_strdup_printf ("GLib %u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);

  add (lines, C_ ("call sheet", "Program"), "Madoguchi " PACKAGE_VERSION);
  add (lines, C_ ("call sheet", "System"), system != NULL ? system : _ ("not known"));
  add (lines, C_ ("call sheet", "Library"), glib);
}

/**
 * mdg_call_sheet_new:
 * @problem: what went wrong
 * @when: the time of it; told in this PC's time zone
 * @readers: (nullable): the readers
 * @host: (nullable): the drivers
 * @practice: whether it was an exercise
 *
 * What a call centre asks, in the order in which it asks. No name, no number of a person or a
 * reader, no path, no secret; nothing in the service's own words.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type MdgSheetLine): the lines
 */
GPtrArray *
mdg_call_sheet_new (MdgProblem *problem,
                    GDateTime *when,
                    MdgReaderManager *readers,
                    MdgPluginHost *host,
                    gboolean practice)
{
  GPtrArray *lines;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (problem != NULL && when != NULL, NULL);
  lines = g_ptr_array_new_with_free_func (free_line);
  local = g_date_time_to_local (when);
  time = g_date_time_format (local, "%Y-%m-%d %H:%M:%S %:z");
  if (practice)
    add (lines, _ ("Practice"), _ ("[PRACTICE: invented data]"));
  add_problem (lines, problem);
  add (lines, C_ ("call sheet", "Time"), time);
  add_versions (lines);
  if (readers != NULL)
    add_readers (lines, G_LIST_MODEL (readers));
  if (host != NULL)
    add_drivers (lines, G_LIST_MODEL (host));
  return lines;
}

/**
 * mdg_call_sheet_to_text:
 * @lines: (element-type MdgSheetLine): a sheet
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): label and value, a fact a line
 */
char *
mdg_call_sheet_to_text (GPtrArray *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (lines != NULL, NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const MdgSheetLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%s: %s\n", line->label, line->value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
