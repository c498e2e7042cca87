/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey status, step, export, import: the map and how its steps stand. */
#include "config.h"

#include "mdg-cli-journey.h"

#include <glib/gi18n.h>

static const char *const state_words[] = {
  [MDG_STEP_OPEN] = "open",
  [MDG_STEP_WAITING] = "waiting",
  [MDG_STEP_DONE] = "done",
  [MDG_STEP_SKIPPED] = "skip",
};

static const char *
mark_of (MdgGuide *guide, const MdgStepView *view)
{
  switch (view->state)
    {
    case MDG_STEP_DONE:
      return "✓";
    case MDG_STEP_WAITING:
      return "◔";
    case MDG_STEP_SKIPPED:
      return "－";
    case MDG_STEP_OPEN:
    default:
      return mdg_guide_get_next (guide) == view->kind ? "●" : "○";
    }
}

static void
print_step (MdgGuide *guide, MdgStepKind kind)
{
  MdgStepView view = mdg_guide_get_step (guide, kind);
  const MdgStepInfo *info = mdg_guide_map_get (kind);
  g_autofree char *date = mdg_oqs_date_describe (view.date, mdg_desk_language ());
  g_autofree char *brief = mdg_oqs_text_for_display (view.brief);
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "  %s %-10s %s", mark_of (guide, &view), info->id,
                   mdg_guide_text (info->title));
  if (*brief != '\0')
    g_string_append_printf (line, "  %s", brief);
  if (*date != '\0')
    g_string_append_printf (line, "  %s", date);
  mdg_cli_print_line ("%s", line->str);
  if (view.state == MDG_STEP_OPEN && !view.allowed)
    mdg_cli_print_line ("      %s", view.why);
}

static void
print_words (MdgCli *cli, MdgGuide *guide)
{
  g_autofree char *next = mdg_guide_get_next_sentence (guide);
  int part = -1;

  mdg_cli_print_practice_mark (cli, stdout);
  mdg_cli_print_line (_ ("Preparation: %u of %d steps"), mdg_guide_get_n_done (guide),
                      (int) MDG_N_STEPS);
  mdg_cli_print_line (_ ("Next: %s"), next);
  for (guint i = 0; i < MDG_N_STEPS; i++)
    {
      const MdgStepInfo *info = mdg_guide_map_get ((MdgStepKind) i);

      if ((int) info->part != part)
        mdg_cli_print_line ("%s", mdg_guide_text (mdg_guide_map_get_part_title (info->part)));
      part = (int) info->part;
      print_step (guide, (MdgStepKind) i);
    }
}

static json_t *
texts_to_json (const char *const *texts)
{
  json_t *array = json_array ();

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_append_new (array, json_string (mdg_guide_text (texts[i])));
  return array;
}

static json_t *
step_to_json (MdgGuide *guide, MdgStepKind kind)
{
  MdgStepView view = mdg_guide_get_step (guide, kind);
  const MdgStepInfo *info = mdg_guide_map_get (kind);

  return json_pack ("{s:s, s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:o, s:o}", "id",
                    info->id, "part", (int) info->part + 1, "section", info->section, "title",
                    mdg_guide_text (info->title), "state", state_words[view.state], "date",
                    view.date, "who", view.who, "note", view.note, "allowed", view.allowed, "why",
                    view.why, "brief", view.brief, "checks", texts_to_json (info->checks), "notes",
                    texts_to_json (info->notes));
}

static void
print_json (MdgCli *cli, MdgGuide *guide)
{
  static const char *const health[] = {
    [MDG_JOURNEY_WHOLE] = "whole",
    [MDG_JOURNEY_RESTORED] = "restored",
    [MDG_JOURNEY_MISSING] = "missing",
  };
  g_autofree char *sentence = mdg_guide_get_next_sentence (guide);
  MdgStepKind next = mdg_guide_get_next (guide);
  GPtrArray *missing = mdg_guide_get_missing (guide);
  json_t *steps = json_array ();
  json_t *names = json_array ();

  for (guint i = 0; i < MDG_N_STEPS; i++)
    json_array_append_new (steps, step_to_json (guide, (MdgStepKind) i));
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    json_array_append_new (names, json_string (g_ptr_array_index (missing, i)));
  mdg_cli_print_json (
      cli,
      json_pack ("{s:i, s:i, s:s?, s:s, s:s, s:o, s:o}", "done", (int) mdg_guide_get_n_done (guide),
                 "of", (int) MDG_N_STEPS, "next",
                 next != MDG_N_STEPS ? mdg_guide_map_get (next)->id : NULL, "sentence", sentence,
                 "health", health[mdg_guide_get_health (guide)], "missing", names, "steps", steps));
}

/**
 * mdg_cli_journey_status:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_status (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  int exit_code;

  if (!mdg_cli_parse (cli, &n_arguments, &arguments, _ ("Show the steps and what to do next"), NULL,
                      &exit_code))
    return exit_code;
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  if (cli->json)
    print_json (cli, guide);
  else
    print_words (cli, guide);
  return 0;
}

static gboolean
find_state (const char *text, MdgStepState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_words); i++)
    if (g_str_equal (text, state_words[i]))
      {
        *state = (MdgStepState) i;
        return TRUE;
      }
  return FALSE;
}

typedef struct
{
  char *date;
  char *who;
  char *note;
} StepOptions;

static void
step_options_clear (StepOptions *options)
{
  g_free (options->date);
  g_free (options->who);
  g_free (options->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StepOptions, step_options_clear)

static int
set_step (MdgCli *cli,
          MdgGuide *guide,
          MdgStepKind kind,
          MdgStepState state,
          const StepOptions *options)
{
  g_autofree char *date = NULL;
  g_autofree char *sentence = NULL;
  MdgCliWait wait = { NULL };
  int exit_code = 0;

  if (!mdg_cli_journey_read_date (cli, options->date, &date, &exit_code))
    return exit_code;
  if (*date == '\0' && state != MDG_STEP_OPEN)
    {
      g_free (date);
      date = mdg_guide_format_day (mdg_guide_get_today (guide));
    }
  mdg_guide_set_step_async (guide, kind, state, date, options->who, options->note,
                            mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, NULL);
  if (exit_code != 0)
    return exit_code;
  sentence = mdg_guide_get_next_sentence (guide);
  if (cli->json)
    mdg_cli_print_json (
        cli, json_pack ("{s:o, s:s}", "step", step_to_json (guide, kind), "sentence", sentence));
  else
    {
      mdg_cli_print_practice_mark (cli, stdout);
      print_step (guide, kind);
      mdg_cli_print_line (_ ("Next: %s"), sentence);
    }
  return 0;
}

/**
 * mdg_cli_journey_step:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_step (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (StepOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date,
      N_ ("The day on which that came about (today unless given)"), N_ ("DATE") },
    { "who", 0, 0, G_OPTION_ARG_STRING, &options.who, N_ ("Who did it"), N_ ("NAME") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("A note"), N_ ("TEXT") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliJourney) guide = NULL;
  MdgStepKind kind = MDG_STEP_SELECT;
  MdgStepState state = MDG_STEP_OPEN;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "STEP done|open|waiting|skip", 2, 2,
                            _ ("Say how a step stands"), entries, &exit_code))
    return exit_code;
  if (!mdg_guide_map_find (arguments[1], &kind))
    return mdg_cli_fail_usage (cli, arguments[1], _ ("There is no such step."));
  if (!find_state (arguments[2], &state))
    return mdg_cli_fail_usage (cli, arguments[2], _ ("A step is done, open, waiting or skip."));
  if (state == MDG_STEP_WAITING && mdg_guide_map_get_address (kind) == NULL)
    return mdg_cli_fail_usage (cli, arguments[2], _ ("This step does not wait for the post."));
  guide = mdg_cli_journey_open (cli, &exit_code);
  return guide != NULL ? set_step (cli, guide, kind, state, &options) : exit_code;
}

/**
 * mdg_cli_journey_export:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_export (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  MdgCliWait wait = { NULL };
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "FILE", 1, 1,
                            _ ("Write the whole journey into one file"), NULL, &exit_code))
    return exit_code;
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  mdg_guide_export_async (guide, arguments[1], mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, NULL);
  if (exit_code == 0)
    mdg_cli_journey_tell (cli, json_pack ("{s:b, s:s}", "exported", TRUE, "file", arguments[1]),
                          _ ("The journey is written, with its receipts."));
  return exit_code;
}

/**
 * mdg_cli_journey_import:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_import (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  MdgCliWait wait = { NULL };
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "FILE", 1, 1,
                            _ ("Put such a file in the place of this journey"), NULL, &exit_code))
    return exit_code;
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  mdg_guide_import_async (guide, arguments[1], mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, NULL);
  if (exit_code == 0)
    mdg_cli_journey_tell (
        cli, json_pack ("{s:b, s:s}", "imported", TRUE, "file", arguments[1]),
        _ ("The journey of that file is in place. What was here before is kept aside."));
  return exit_code;
}
