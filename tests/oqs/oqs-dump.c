/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads one OQS document and prints how it is seen as one JSON object, for comparing with what
 * another reader sees: oqs-dump [--json] [--bulk] [--summary [--english]] FILE, or oqs-dump
 * --vectors, which answers lines "group<TAB>input" on standard input. Exit code 1 for a refused
 * document. */
#include "config.h"

#include <jansson.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "mdg-oqs-check.h"
#include "mdg-oqs-element.h"
#include "mdg-oqs-message.h"
#include "mdg-oqs-summary.h"

static void
set_string (json_t *object, const char *key, const char *value)
{
  json_object_set_new (object, key, value != NULL ? json_string (value) : json_null ());
}

/* names and texts; the elements of a known block stand beside the others, lists stay apart */
static void
add_leaves (json_t *leaves, MdgOqsNode *node)
{
  for (guint i = 0; i < mdg_oqs_node_get_n_children (node); i++)
    {
      MdgOqsNode *child = mdg_oqs_node_get_child (node, i);
      const char *name = mdg_oqs_node_get_name (child);
      const char *text = mdg_oqs_node_get_text (child);

      if (g_str_equal (name, "ElderlyRecipientCertificateInfo") ||
          g_str_equal (name, "LimitApplicationCertificateRelatedInfo"))
        add_leaves (leaves, child);
      else if (mdg_oqs_element_kind (name) == MDG_OQS_ELEMENT_LEAF)
        set_string (leaves, name, text != NULL ? text : "");
    }
}

static json_t *
dump_leaves (MdgOqsNode *node)
{
  json_t *leaves = json_object ();

  if (node != NULL)
    add_leaves (leaves, node);
  return leaves;
}

static void
dump_list (json_t *lists, MdgOqsNode *result, const char *list, const char *entry)
{
  MdgOqsNode *node = mdg_oqs_node_find (result, list);
  json_t *array = json_array ();

  for (guint i = 0; node != NULL && i < mdg_oqs_node_get_n_children (node); i++)
    if (g_str_equal (mdg_oqs_node_get_name (mdg_oqs_node_get_child (node, i)), entry))
      json_array_append_new (array, dump_leaves (mdg_oqs_node_get_child (node, i)));
  if (node != NULL)
    json_object_set (lists, entry, array);
  json_decref (array);
}

static json_t *
dump_norm (MdgOqsNode *result)
{
  static const char *const names[] = { "Name", "NameOfOther", "InsuredName", "Address",
                                       "InsurerName" };
  json_t *norm = json_object ();
  json_t *unreadable = json_array ();
  const char *birth = mdg_oqs_node_find_text (result, "Birthdate");
  const char *share = mdg_oqs_node_find_text (result, "InsuredPartialContributionRatio");
  g_autofree char *insurer =
      mdg_oqs_trim_insurer_number (mdg_oqs_node_find_text (result, "InsurerNumber"));
  g_autofree char *symbol =
      mdg_oqs_symbol_key (mdg_oqs_node_find_text (result, "InsuredCardSymbol"));
  g_autofree char *number =
      mdg_oqs_compare_key (mdg_oqs_node_find_text (result, "InsuredIdentificationNumber"));
  g_autofree char *wide = mdg_oqs_kana_wide (mdg_oqs_node_find_text (result, "NameKana"));
  g_autofree char *kana = mdg_oqs_kana_key (mdg_oqs_node_find_text (result, "NameKana"));
  g_autofree char *era = mdg_oqs_date_describe (birth, MDG_OQS_LANGUAGE_JA);
  GDate date;

  set_string (norm, "InsurerNumber", insurer);
  set_string (norm, "symbol_key", symbol);
  set_string (norm, "number_key", number);
  set_string (norm, "kana_wide", wide);
  set_string (norm, "kana_key", kana);
  set_string (norm, "birth_era", mdg_oqs_date_parse (birth, &date) ? era : NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (mdg_oqs_has_unwritable (mdg_oqs_node_find_text (result, names[i])))
      json_array_append_new (unreadable, json_string (names[i]));
  json_object_set_new (norm, "unreadable", unreadable);
  if (share == NULL)
    share = mdg_oqs_node_find_text (
        result, "ElderlyRecipientCertificateInfo/ElderlyRecipientContributionRatio");
  json_object_set_new (norm, "share_wari", json_integer (mdg_oqs_contribution_tenths (share)));
  return norm;
}

static void
collect_unknown (MdgOqsNode *node, json_t *codes, json_t *elements)
{
  const char *name = mdg_oqs_node_get_name (node);
  const char *text = mdg_oqs_node_get_text (node);
  guint table = mdg_oqs_code_table_of (name);

  if (mdg_oqs_element_kind (name) == MDG_OQS_ELEMENT_UNKNOWN)
    json_object_set_new (elements, name, json_true ());
  if (table != 0 && text != NULL && !mdg_oqs_code_is_known (table, text))
    set_string (codes, name, text);
  for (guint i = 0; i < mdg_oqs_node_get_n_children (node); i++)
    collect_unknown (mdg_oqs_node_get_child (node, i), codes, elements);
}

static json_t *
dump_message (MdgOqsMessage *message)
{
  json_t *dump = json_object ();
  json_t *others = json_array ();
  json_t *lists = json_object ();
  json_t *codes = json_object ();
  json_t *elements = json_object ();
  json_t *units = json_array ();
  guint results = mdg_oqs_message_get_n_results (message);
  MdgOqsNode *body = mdg_oqs_message_get_body (message);
  MdgOqsNode *search =
      body != NULL ? mdg_oqs_node_find (body, "QualificationConfirmSearchInfo") : NULL;

  set_string (dump, "verdict", mdg_oqs_verdict_to_string (mdg_oqs_message_get_verdict (message)));
  json_object_set_new (dump, "results", json_integer (results));
  json_object_set_new (dump, "header", dump_leaves (mdg_oqs_message_get_header (message)));
  json_object_set_new (dump, "body", dump_leaves (body));
  json_object_set_new (dump, "search", dump_leaves (search));
  for (guint i = 0; i < results; i++)
    {
      MdgOqsNode *result = mdg_oqs_message_get_result (message, i);

      if (i > 0)
        {
          json_array_append_new (others, dump_leaves (result));
          continue;
        }
      json_object_set_new (dump, "first", dump_leaves (result));
      json_object_set_new (dump, "norm", dump_norm (result));
      dump_list (lists, result, "SpecificDiseasesCertificateList",
                 "SpecificDiseasesCertificateInfo");
      dump_list (lists, result, "PublicExpenseResultList", "MedicalTicketInfo");
    }
  for (guint i = 0; i < mdg_oqs_message_get_n_units (message); i++)
    {
      g_autoptr (MdgOqsMessage) unit = mdg_oqs_message_get_unit (message, i);
      json_array_append_new (units, dump_message (unit));
    }
  collect_unknown (mdg_oqs_message_get_root (message), codes, elements);
  json_object_set_new (dump, "others", others);
  json_object_set_new (dump, "lists", lists);
  json_object_set_new (dump, "unknown_codes", codes);
  json_object_set_new (dump, "unknown_elements", elements);
  json_object_set_new (dump, "units", units);
  return dump;
}

/* what is read must come back from each of the three forms as it was */
static void
dump_round_trip (json_t *dump, MdgOqsMessage *message, const MdgOqsLimits *limits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) utf8 = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_UTF8, NULL);
  g_autoptr (GBytes) cp932 = mdg_oqs_message_to_xml (message, MDG_OQS_CHARSET_CP932, &error);
  char *text = mdg_oqs_message_to_json (message);
  g_autoptr (GBytes) json = g_bytes_new_take (text, strlen (text));
  g_autoptr (MdgOqsMessage) from_utf8 =
      utf8 != NULL ? mdg_oqs_message_parse_xml_full (utf8, limits, NULL) : NULL;
  g_autoptr (MdgOqsMessage) from_cp932 =
      cp932 != NULL ? mdg_oqs_message_parse_xml_full (cp932, limits, NULL) : NULL;
  g_autoptr (MdgOqsMessage) from_json = mdg_oqs_message_parse_json_full (json, limits, NULL);
  MdgOqsNode *root = mdg_oqs_message_get_root (message);

  json_object_set_new (
      dump, "again_xml",
      json_boolean (from_utf8 != NULL &&
                    mdg_oqs_node_equal (root, mdg_oqs_message_get_root (from_utf8))));
  json_object_set_new (
      dump, "again_json",
      json_boolean (from_json != NULL &&
                    mdg_oqs_node_equal (root, mdg_oqs_message_get_root (from_json))));
  if (cp932 == NULL)
    set_string (dump, "again_cp932", error->message);
  else
    json_object_set_new (
        dump, "again_cp932",
        json_boolean (from_cp932 != NULL &&
                      mdg_oqs_node_equal (root, mdg_oqs_message_get_root (from_cp932))));
}

static void
print_summary (MdgOqsMessage *message, gboolean english)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) lines = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  lines =
      mdg_oqs_summary_new (message, &today, english ? MDG_OQS_LANGUAGE_EN : MDG_OQS_LANGUAGE_JA);
  for (guint i = 0; i < lines->len; i++)
    {
      MdgOqsLine *line = lines->pdata[i];
      printf ("%s: %s\n", line->label, line->value);
    }
}

static json_t *
check_number (const char *group, const char *input)
{
  json_t *dump = json_object ();
  g_autofree char *normal = NULL;
  MdgOqsReason reason = MDG_OQS_REASON_NONE;
  MdgOqsCheck check;

  if (g_str_equal (group, "institution"))
    check = mdg_oqs_check_institution_code (input, &normal, &reason);
  else if (g_str_equal (group, "insurer"))
    check = mdg_oqs_check_insurer_number (input, &normal, &reason);
  else
    check = mdg_oqs_check_date (input, &normal, &reason);
  json_object_set_new (dump, "check", json_integer (check));
  json_object_set_new (dump, "reason", json_integer (reason));
  set_string (dump, "normal", normal);
  return dump;
}

static int
answer_vectors (void)
{
  char line[1024];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (g_strchomp (line), "\t", 2);
      const char *group = parts[0];
      g_autofree char *input = g_strcompress (parts[1] != NULL ? parts[1] : "");
      g_autofree char *text = NULL;
      char *dumped;
      json_t *dump;

      if (g_str_equal (group, "kana_wide"))
        text = mdg_oqs_kana_wide (input);
      else if (g_str_equal (group, "kana_key"))
        text = mdg_oqs_kana_key (input);
      else if (g_str_equal (group, "symbol_key"))
        text = mdg_oqs_symbol_key (input);
      else if (g_str_equal (group, "number_key"))
        text = mdg_oqs_compare_key (input);
      else if (g_str_equal (group, "iso_to_era"))
        text = mdg_oqs_date_describe (input, MDG_OQS_LANGUAGE_JA);
      dump = text != NULL ? json_string (text) : check_number (group, input);
      if (g_str_equal (group, "oqs_date"))
        {
          GDate date;
          json_decref (dump);
          dump = json_boolean (mdg_oqs_date_parse (input, &date));
        }
      dumped = json_dumps (dump, JSON_ENCODE_ANY | JSON_COMPACT);
      puts (dumped);
      free (dumped);
      json_decref (dump);
    }
  return 0;
}

int
main (int argc, char **argv)
{
  gboolean bulk = FALSE, json = FALSE, vectors = FALSE, summary = FALSE, english = FALSE;
  GOptionEntry entries[] = {
    { "bulk", 0, 0, G_OPTION_ARG_NONE, &bulk, "Limits of a batch", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "FILE is JSON", NULL },
    { "summary", 0, 0, G_OPTION_ARG_NONE, &summary, "Print it in words", NULL },
    { "english", 0, 0, G_OPTION_ARG_NONE, &english, "… in English", NULL },
    { "vectors", 0, 0, G_OPTION_ARG_NONE, &vectors, "Answer lines of checks", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;
  MdgOqsLimits limits = mdg_oqs_limits_single;
  json_t *dump;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (vectors)
    return answer_vectors ();
  if (bulk)
    {
      limits.bytes *= 64;
      limits.elements *= 100;
    }
  if (argc != 2 || (file = g_mapped_file_new (argv[1], FALSE, &error)) == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "one file is needed");
      return 2;
    }
  bytes = g_mapped_file_get_bytes (file);
  message = json ? mdg_oqs_message_parse_json_full (bytes, &limits, &error)
                 : mdg_oqs_message_parse_xml_full (bytes, &limits, &error);
  if (message != NULL && summary)
    {
      print_summary (message, english);
      return 0;
    }
  dump = message != NULL ? dump_message (message) : json_object ();
  if (message != NULL)
    dump_round_trip (dump, message, &limits);
  else
    {
      json_object_set_new (dump, "refused", json_integer (error->code));
      set_string (dump, "message", error->message);
    }
  json_dumpf (dump, stdout, JSON_COMPACT);
  putchar ('\n');
  json_decref (dump);
  return message != NULL ? 0 : 1;
}
