/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey subsidy, contact, readers: what is known without a journey, or with it. */
#include "config.h"

#include "mdg-call-centre.h"
#include "mdg-cli-journey.h"
#include "mdg-known-readers.h"

#include <glib/gi18n.h>

static json_t *
amounts_to_json (const MdgSubsidyRule *rule, const MdgSubsidyAmounts *amounts, int days_left)
{
  return json_pack ("{s:I, s:I, s:I, s:I, s:s, s:o, s:b, s:s, s:s}", "total",
                    (json_int_t) amounts->total, "three_quarters",
                    (json_int_t) amounts->three_quarters, "cap", (json_int_t) amounts->cap, "grant",
                    (json_int_t) amounts->grant, "deadline", rule->deadline, "days_left",
                    days_left >= 0 ? json_integer (days_left) : json_null (), "passed",
                    days_left == -2, "source", rule->source, "checked", rule->checked);
}

static void
print_amounts (MdgCli *cli,
               const MdgSubsidyRule *rule,
               const MdgSubsidyAmounts *amounts,
               int days_left)
{
  g_autofree char *total = mdg_yen_format (amounts->total);
  g_autofree char *part = mdg_yen_format (amounts->three_quarters);
  g_autofree char *cap = mdg_yen_format (amounts->cap);
  g_autofree char *grant = mdg_yen_format (amounts->grant);
  g_autofree char *deadline = mdg_oqs_date_describe (rule->deadline, mdg_desk_language ());
  g_autofree char *checked = mdg_oqs_date_describe (rule->checked, mdg_desk_language ());

  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line (_ ("① Total cost of the project: %s"), total);
  mdg_cli_print_line (_ ("② Amount to compare (① × 3/4): %s"), part);
  mdg_cli_print_line (_ ("③ Upper limit of the subsidy: %s"), cap);
  mdg_cli_print_line (_ ("④ Amount applied for: %s"), grant);
  if (days_left == -2)
    mdg_cli_print_line (_ ("→ The period for the application ended on %s."), deadline);
  else if (days_left >= 0)
    mdg_cli_print_line (_ ("→ To be applied for until %s."), deadline);
  if (rule->note != NULL && *rule->note != '\0')
    mdg_cli_print_line ("→ %s", rule->note);
  mdg_cli_print_line (_ ("Source: %s (checked %s)"), rule->source, checked);
}

/**
 * mdg_cli_journey_subsidy:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_subsidy (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  const MdgSubsidyRule *rule;
  MdgSubsidyAmounts amounts;
  gint64 total = 0;
  int exit_code, days_left;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "[TOTAL]", 0, 1,
                            _ ("Compute the subsidy"), NULL, &exit_code))
    return exit_code;
  if (n_arguments > 1 && !mdg_yen_parse (arguments[1], &total))
    return mdg_cli_fail_usage (cli, arguments[1], _ ("An amount in yen goes here."));
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  rule = mdg_guide_get_rule (guide);
  if (n_arguments == 1)
    total = mdg_guide_get_fundable_total (guide);
  if (rule == NULL || !mdg_subsidy_rule_compute (rule, total, &amounts))
    return mdg_cli_fail_usage (cli, "TOTAL", _ ("An amount in yen goes here."));
  days_left = mdg_subsidy_rule_days_left (rule, mdg_guide_get_today (guide));
  if (cli->json)
    mdg_cli_print_json (cli, amounts_to_json (rule, &amounts, days_left));
  else
    print_amounts (cli, rule, &amounts, days_left);
  return 0;
}

/**
 * mdg_cli_journey_contact:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_contact (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *words = NULL;
  MdgCallCentreState state = { 0 };
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments,
                      _ ("Show the call centre and whether it is open"), NULL, &exit_code))
    return exit_code;
  mdg_call_centre_get_state (now, &state);
  words = mdg_call_centre_describe (&state);
  if (cli->json)
    mdg_cli_print_json (cli,
                        json_pack ("{s:s, s:s, s:b, s:b, s:o, s:o, s:s?, s:s}", "number",
                                   mdg_call_centre_get_number (), "hours",
                                   mdg_call_centre_get_hours (), "open", state.open, "certain",
                                   state.certain, "closes", mdg_cli_time_to_json (state.closes),
                                   "opens", mdg_cli_time_to_json (state.opens), "holiday",
                                   state.holiday, "words", words));
  else
    {
      const char *const *notes = mdg_guide_map_get_contact_notes ();

      mdg_cli_print_practice_mark (cli, stdout);
      mdg_cli_print_line ("%s  %s", mdg_call_centre_get_number (), words);
      mdg_cli_print_line ("%s", mdg_call_centre_get_hours ());
      for (guint i = 0; notes[i] != NULL; i++)
        mdg_cli_print_line ("%s", mdg_guide_text (notes[i]));
    }
  mdg_call_centre_state_clear (&state);
  return 0;
}

static const char *
fit_id (MdgFit fit)
{
  return fit == MDG_FIT_YES ? "yes" : fit == MDG_FIT_NO ? "no" : "unknown";
}

static const char *
fit_words (MdgFit fit)
{
  return fit == MDG_FIT_YES  ? _ ("extended APDU: yes")
         : fit == MDG_FIT_NO ? _ ("extended APDU: no")
                             : _ ("extended APDU: to be tested");
}

static json_t *
reader_to_json (const MdgKnownReader *reader)
{
  g_autofree char *usb = reader->usb_vendor != 0 ? g_strdup_printf ("%04x:%04x", reader->usb_vendor,
                                                                    reader->usb_product)
                                                 : NULL;

  return json_pack ("{s:s, s:s, s:s, s:s?, s:s, s:s, s:s, s:s, s:s, s:s}", "vendor", reader->vendor,
                    "model", reader->model, "connection", reader->connection, "usb", usb,
                    "extended_apdu", fit_id (reader->extended_apdu), "contactless",
                    fit_id (reader->contactless), "drivers", reader->drivers, "note", reader->note,
                    "source", reader->source, "checked", reader->checked);
}

/**
 * mdg_cli_journey_readers:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_readers (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (GPtrArray) found = NULL;
  json_t *array;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "[SEARCH]", 0, 1,
                            _ ("Search the known card readers"), NULL, &exit_code))
    return exit_code;
  found = mdg_known_readers_search (n_arguments > 1 ? arguments[1] : "");
  array = json_array ();
  for (guint i = 0; i < found->len; i++)
    json_array_append_new (array, reader_to_json (g_ptr_array_index (found, i)));
  if (cli->json)
    {
      mdg_cli_print_json (cli, json_pack ("{s:o}", "readers", array));
      return 0;
    }
  json_decref (array);
  mdg_cli_print_practice_mark (cli, stdout);
  for (guint i = 0; i < found->len; i++)
    {
      const MdgKnownReader *reader = g_ptr_array_index (found, i);

      mdg_cli_print_line ("%s %s  %s", reader->vendor, reader->model,
                          fit_words (reader->extended_apdu));
      if (*reader->note != '\0')
        mdg_cli_print_line ("      %s", reader->note);
    }
  if (found->len == 0)
    mdg_cli_print_line ("%s", _ ("No known reader is called so. The reader test finds out what it "
                                 "can do."));
  return 0;
}
