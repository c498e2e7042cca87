/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Compares with tables that were computed apart from this project (.ci/run): amounts of the grant,
 * holidays, moments of the call centre, codes with their check digits, days as they are typed.
 * guide-vectors FOLDER; prints TAP. */
#include "config.h"

#include <jansson.h>
#include <stdio.h>

#include "mdg-call-centre.h"
#include "mdg-oqs-check.h"
#include "mdg-subsidy.h"

static guint count;

static json_t *
load (const char *folder, const char *name, const char *list)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  json_error_t error;
  json_t *root = json_load_file (path, 0, &error);
  json_t *rows;

  if (root == NULL)
    {
      printf ("Bail out! %s: %s\n", path, error.text);
      exit (1);
    }
  rows = json_incref (json_object_get (root, list));
  json_decref (root);
  return rows;
}

static void
print_result (const char *name, gsize rows, guint bad)
{
  printf ("%s %u %s: %zu rows, %u other\n", rows > 0 && bad == 0 ? "ok" : "not ok", ++count, name,
          rows, bad);
}

static guint
check_subsidy (json_t *rows)
{
  g_autoptr (MdgSubsidyRule) rule = mdg_subsidy_rule_load (NULL, NULL);
  guint bad = 0;

  for (gsize i = 0; i < json_array_size (rows); i++)
    {
      json_t *row = json_array_get (rows, i);
      MdgSubsidyAmounts amounts;

      if (!mdg_subsidy_rule_compute (rule, json_integer_value (json_array_get (row, 0)),
                                     &amounts) ||
          amounts.total != json_integer_value (json_array_get (row, 0)) ||
          amounts.three_quarters != json_integer_value (json_array_get (row, 1)) ||
          amounts.cap != json_integer_value (json_array_get (row, 2)) ||
          amounts.grant != json_integer_value (json_array_get (row, 3)))
        bad++;
    }
  return bad;
}

/* each day of the table's years is in both or in neither, with one name */
static guint
check_holidays (json_t *rows)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GDate day;
  GDate last;
  guint bad = 0;

  for (gsize i = 0; i < json_array_size (rows); i++)
    {
      json_t *row = json_array_get (rows, i);

      g_hash_table_insert (names, g_strdup (json_string_value (json_object_get (row, "date"))),
                           (gpointer) json_string_value (json_object_get (row, "name")));
    }
  for (mdg_holidays_get_range (&day, &last); g_date_compare (&day, &last) <= 0;
       g_date_add_days (&day, 1))
    {
      char text[16];

      g_date_strftime (text, sizeof text, "%Y-%m-%d", &day);
      if (g_strcmp0 (g_hash_table_lookup (names, text), mdg_holiday_name (&day)) != 0)
        bad++;
      g_hash_table_remove (names, text);
    }
  return bad + g_hash_table_size (names);
}

static gboolean
is_moment (GDateTime *moment, json_t *text)
{
  g_autofree char *mine =
      moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S+09:00") : NULL;

  return g_strcmp0 (mine, json_string_value (text)) == 0;
}

static guint
check_call_centre (json_t *rows)
{
  guint bad = 0;

  for (gsize i = 0; i < json_array_size (rows); i++)
    {
      json_t *row = json_array_get (rows, i);
      g_autoptr (GDateTime) now =
          g_date_time_new_from_iso8601 (json_string_value (json_object_get (row, "now")), NULL);
      MdgCallCentreState state;

      mdg_call_centre_get_state (now, &state);
      if (state.open != json_is_true (json_object_get (row, "open")) ||
          !is_moment (state.closes, json_object_get (row, "closes")) ||
          !is_moment (state.opens, json_object_get (row, "next_opening")) ||
          g_strcmp0 (state.holiday, json_string_value (json_object_get (row, "holiday"))) != 0)
        bad++;
      mdg_call_centre_state_clear (&state);
    }
  return bad;
}

static gboolean
has_note (json_t *notes, const char *note)
{
  for (gsize i = 0; i < json_array_size (notes); i++)
    if (g_str_equal (json_string_value (json_array_get (notes, i)), note))
      return TRUE;
  return FALSE;
}

/* a wrong check digit and an unknown prefecture, table or law warn and stop nobody */
static gboolean
is_code (const char *group, const char *input, json_t *expect)
{
  const char *class = json_string_value (json_object_get (expect, "class"));
  json_t *notes = json_object_get (expect, "notes");
  g_autofree char *normal = NULL;
  MdgOqsReason reason = MDG_OQS_REASON_NONE;
  MdgOqsCheck check = g_str_equal (group, "insurer")
                          ? mdg_oqs_check_insurer_number (input, &normal, &reason)
                          : mdg_oqs_check_institution_code (input, &normal, &reason);
  gboolean arithmetic = g_str_equal (class, "check");

  if (!arithmetic && !g_str_equal (class, "ok"))
    return check == MDG_OQS_CHECK_BAD && normal == NULL;
  if (g_strcmp0 (normal, json_string_value (json_object_get (expect, "digits"))) != 0)
    return FALSE;
  if (arithmetic)
    return check == MDG_OQS_CHECK_WARN && reason == MDG_OQS_REASON_CHECK_DIGIT;
  if (has_note (notes, "prefecture") || has_note (notes, "table") || has_note (notes, "law"))
    return check == MDG_OQS_CHECK_WARN && reason != MDG_OQS_REASON_CHECK_DIGIT;
  return check == MDG_OQS_CHECK_OK;
}

static gboolean
is_day (const char *input, json_t *expect)
{
  const char *date = json_string_value (json_object_get (expect, "date"));
  g_auto (GStrv) parts = date != NULL ? g_strsplit (date, "-", -1) : NULL;
  g_autofree char *wanted = parts != NULL ? g_strjoinv ("", parts) : NULL;
  g_autofree char *normal = NULL;

  /* other ways to write a day are taken, too */
  if (g_strcmp0 (json_string_value (json_object_get (expect, "error")), "syntax") == 0)
    return TRUE;
  return (mdg_oqs_check_date (input, &normal, NULL) != MDG_OQS_CHECK_BAD) == (wanted != NULL) &&
         g_strcmp0 (normal, wanted) == 0;
}

static guint
check_texts (json_t *rows)
{
  guint bad = 0;

  for (gsize i = 0; i < json_array_size (rows); i++)
    {
      json_t *row = json_array_get (rows, i);
      const char *group = json_string_value (json_object_get (row, "group"));
      const char *input = json_string_value (json_object_get (row, "input"));
      json_t *expect = json_object_get (row, "expect");
      gboolean good = TRUE;

      if (g_str_equal (group, "institution") || g_str_equal (group, "insurer"))
        good = is_code (group, input, expect);
      else if (g_str_equal (group, "era_to_iso"))
        good = is_day (input, expect) || json_is_true (json_object_get (row, "optional"));
      if (good)
        continue;
      printf ("# %s %s\n", group, input);
      bad++;
    }
  return bad;
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *name;
    const char *list;
    guint (*check) (json_t *rows);
  } files[] = { { "subsidy-vectors.json", "rows", check_subsidy },
                { "holidays.json", "holidays", check_holidays },
                { "callcentre-vectors.json", "rows", check_call_centre },
                { "vectors.json", "vectors", check_texts } };
  guint bad = 0;

  if (argc != 2)
    {
      printf ("Bail out! one folder is needed\n");
      return 1;
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      json_t *rows = load (argv[1], files[i].name, files[i].list);
      guint other = files[i].check (rows);

      print_result (files[i].name, json_array_size (rows), other);
      bad += other + (json_array_size (rows) == 0);
      json_decref (rows);
    }
  printf ("1..%u\n", count);
  return bad == 0 ? 0 : 1;
}
