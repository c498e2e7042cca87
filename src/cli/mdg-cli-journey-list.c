/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* journey list, add, done, remove: the lists that a facility edits. */
#include "config.h"

#include "mdg-cli-journey.h"

#include <glib/gi18n.h>

static const char *const lists[] = { "reception", "practise", "poster", NULL };

typedef struct
{
  char *date;
  char *who;
  gboolean again;
} ListOptions;

static void
list_options_clear (ListOptions *options)
{
  g_free (options->date);
  g_free (options->who);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

static json_t *
entry_to_json (const MdgJourneyEntry *entry)
{
  return json_pack ("{s:I, s:s, s:s, s:b, s:s, s:s}", "id", (json_int_t) entry->id, "list",
                    entry->list, "text", entry->text, "done", entry->done, "date", entry->date,
                    "who", entry->who);
}

static void
print_entry (const MdgJourneyEntry *entry)
{
  g_autofree char *text = mdg_oqs_text_for_display (entry->text);
  g_autofree char *who = mdg_oqs_text_for_display (entry->who);
  g_autofree char *date = mdg_oqs_date_describe (entry->date, mdg_desk_language ());

  mdg_cli_print_line ("%4" G_GINT64_FORMAT " %s %s  %s %s", entry->id, entry->done ? "✓" : "○",
                      text, who, date);
}

static const MdgJourneyEntry *
find_entry (MdgGuide *guide, gint64 id)
{
  const GPtrArray *entries = mdg_guide_get_record (guide)->entries;

  for (guint i = 0; i < entries->len; i++)
    {
      const MdgJourneyEntry *entry = g_ptr_array_index (entries, i);

      if (entry->id == id)
        return entry;
    }
  return NULL;
}

static void
tell_entry (MdgCli *cli, MdgGuide *guide, gint64 id)
{
  const MdgJourneyEntry *entry = find_entry (guide, id);

  if (entry == NULL)
    return;
  if (cli->json)
    {
      mdg_cli_print_json (cli, entry_to_json (entry));
      return;
    }
  mdg_cli_print_practice_mark (cli, stdout);
  print_entry (entry);
}

/**
 * mdg_cli_journey_list:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_list (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  g_autoptr (GPtrArray) found = NULL;
  json_t *array;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "LIST", 1, 1,
                            _ ("Show a list: reception, practise, poster"), NULL, &exit_code))
    return exit_code;
  if (!g_strv_contains (lists, arguments[1]))
    return mdg_cli_fail_usage (cli, arguments[1], _ ("There is no such list."));
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  found = mdg_guide_get_entries (guide, arguments[1]);
  array = json_array ();
  for (guint i = 0; i < found->len; i++)
    json_array_append_new (array, entry_to_json (g_ptr_array_index (found, i)));
  if (cli->json)
    {
      mdg_cli_print_json (cli, json_pack ("{s:s, s:o}", "list", arguments[1], "entries", array));
      return 0;
    }
  json_decref (array);
  mdg_cli_print_practice_mark (cli, stdout);
  for (guint i = 0; i < found->len; i++)
    print_entry (g_ptr_array_index (found, i));
  return 0;
}

static int
save_entry (MdgCli *cli, MdgGuide *guide, const MdgJourneyEntry *entry)
{
  MdgCliWait wait = { NULL };
  gint64 id = 0;
  int exit_code;

  mdg_guide_save_entry_async (guide, entry, mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, &id);
  if (exit_code == 0)
    tell_entry (cli, guide, id);
  return exit_code;
}

/**
 * mdg_cli_journey_add:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_add (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (ListOptions) options = { NULL };
  const GOptionEntry entries[] = { { "who", 0, 0, G_OPTION_ARG_STRING, &options.who,
                                     N_ ("Who does it"), N_ ("NAME") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (MdgCliJourney) guide = NULL;
  MdgJourneyEntry entry = { 0, NULL, NULL, FALSE, (char *) "", (char *) "" };
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "LIST TEXT", 2, 2,
                            _ ("Add a line to a list"), entries, &exit_code))
    return exit_code;
  if (!g_strv_contains (lists, arguments[1]))
    return mdg_cli_fail_usage (cli, arguments[1], _ ("There is no such list."));
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  entry.list = arguments[1];
  entry.text = arguments[2];
  if (options.who != NULL)
    entry.who = options.who;
  return save_entry (cli, guide, &entry);
}

static int
tick (MdgCli *cli, MdgGuide *guide, gint64 id, const ListOptions *options)
{
  const MdgJourneyEntry *before = find_entry (guide, id);
  g_autoptr (MdgJourneyEntry) entry = NULL;
  g_autofree char *date = NULL;
  int exit_code = 0;

  if (before == NULL)
    return mdg_cli_fail_usage (cli, NULL, _ ("There is no such line."));
  if (!mdg_cli_journey_read_date (cli, options->date, &date, &exit_code))
    return exit_code;
  entry = mdg_journey_entry_copy (before);
  entry->done = !options->again;
  g_free (entry->date);
  if (options->again)
    entry->date = g_strdup ("");
  else
    entry->date = *date != '\0' ? g_steal_pointer (&date)
                                : mdg_guide_format_day (mdg_guide_get_today (guide));
  if (options->who != NULL)
    {
      g_free (entry->who);
      entry->who = g_strdup (options->who);
    }
  return save_entry (cli, guide, entry);
}

/**
 * mdg_cli_journey_done:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_done (MdgCli *cli, int n_arguments, char **arguments)
{
  g_auto (ListOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date,
      N_ ("The day on which that came about (today unless given)"), N_ ("DATE") },
    { "who", 0, 0, G_OPTION_ARG_STRING, &options.who, N_ ("Who did it"), N_ ("NAME") },
    { "not", 0, 0, G_OPTION_ARG_NONE, &options.again, N_ ("Take the tick away"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (MdgCliJourney) guide = NULL;
  gint64 id = 0;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "ID", 1, 1, _ ("Tick a line of a list"),
                            entries, &exit_code) ||
      !mdg_cli_journey_read_id (cli, arguments[1], &id, &exit_code))
    return exit_code;
  guide = mdg_cli_journey_open (cli, &exit_code);
  return guide != NULL ? tick (cli, guide, id, &options) : exit_code;
}

/**
 * mdg_cli_journey_remove:
 * @cli: the command line
 * @n_arguments: how many
 * @arguments: the command's name and its arguments
 *
 * Returns: the exit code
 *
 * Thread: main.
 */
int
mdg_cli_journey_remove (MdgCli *cli, int n_arguments, char **arguments)
{
  g_autoptr (MdgCliJourney) guide = NULL;
  MdgCliWait wait = { NULL };
  gint64 id = 0;
  int exit_code;

  if (!mdg_cli_parse_words (cli, &n_arguments, &arguments, "ID", 1, 1,
                            _ ("Take a line away from its list"), NULL, &exit_code) ||
      !mdg_cli_journey_read_id (cli, arguments[1], &id, &exit_code))
    return exit_code;
  guide = mdg_cli_journey_open (cli, &exit_code);
  if (guide == NULL)
    return exit_code;
  if (find_entry (guide, id) == NULL)
    return mdg_cli_fail_usage (cli, arguments[1], _ ("There is no such line."));
  mdg_guide_delete_entry_async (guide, id, mdg_cli_wait_ready_cb, &wait);
  exit_code = mdg_cli_journey_end (cli, guide, &wait, NULL);
  if (exit_code == 0)
    mdg_cli_journey_tell (cli, json_pack ("{s:I, s:b}", "id", (json_int_t) id, "removed", TRUE),
                          _ ("The line is taken away."));
  return exit_code;
}
