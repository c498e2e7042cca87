/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines of a summary: codes in words, dates, amounts, periods. What is not what it should be is
 * shown as it came. */
#include "config.h"

#include "mdg-oqs-summary-private.h"

#include <string.h>

/* lines that are made of several elements, or of none */
static const struct
{
  const char *id;
  const char *ja;
  const char *en;
} made[] = {
  { "next-step", "次にすること", "Next" },
  { "message", "お知らせ", "Message" },
  { "note", "注意", "Note" },
  { "numbers", "記号・番号・枝番", "Symbol, number, branch" },
  { "share", "負担割合", "Patient's share" },
  { "limit-period", "限度額適用認定証の有効期間", "Limit certificate valid" },
  { "elderly-period", "高齢受給者証の有効期間", "Elderly certificate valid" },
  { "disease-period", "特定疾病療養受療証の有効期間", "Specific disease certificate valid" },
  { "validity-period", "有効期間", "Valid" },
  { "ticket-period", "医療券の有効期間", "Ticket valid" },
};

/* digits only: anything else is shown as it came */
static gboolean
is_number (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= 9 && strspn (text, "0123456789") == length;
}

static const char *
last_part (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

static char *
describe_date (MdgOqsSummary *self, const char *text)
{
  return mdg_oqs_date_describe_in (text, self->options.language, self->options.calendar);
}

/**
 * mdg_oqs_summary_say:
 * @self: a summary
 * @ja: words
 * @en: the same
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): those in the summary's language
 */
const char *
mdg_oqs_summary_say (MdgOqsSummary *self, const char *ja, const char *en)
{
  return self->options.language == MDG_OQS_LANGUAGE_JA ? ja : en;
}

/**
 * mdg_oqs_summary_add:
 * @self: a summary
 * @kind: what the line is
 * @id: a string that lives on
 * @label: its label
 * @value: its value, as it came
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the line
 */
MdgOqsLine *
mdg_oqs_summary_add (MdgOqsSummary *self,
                     MdgOqsLineKind kind,
                     const char *id,
                     const char *label,
                     const char *value)
{
  MdgOqsLine *line = g_new0 (MdgOqsLine, 1);

  line->kind = kind;
  line->section = self->section;
  line->id = id;
  line->label = g_strdup (label);
  line->value = mdg_oqs_text_for_display (value);
  line->bare = g_strdup (line->value);
  g_ptr_array_add (self->lines, line);
  return line;
}

/**
 * mdg_oqs_summary_label:
 * @id: of a line
 * @language: Japanese or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the label of a line that is no element, NULL for other ids
 */
const char *
mdg_oqs_summary_label (const char *id, MdgOqsLanguage language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    if (g_strcmp0 (made[i].id, id) == 0)
      return language == MDG_OQS_LANGUAGE_JA ? made[i].ja : made[i].en;
  return NULL;
}

/**
 * mdg_oqs_summary_add_made:
 * @self: a summary
 * @kind: what the line is
 * @id: one of those that mdg_oqs_summary_label() knows
 * @value: its value, as it came
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the line
 */
MdgOqsLine *
mdg_oqs_summary_add_made (MdgOqsSummary *self,
                          MdgOqsLineKind kind,
                          const char *id,
                          const char *value)
{
  return mdg_oqs_summary_add (self, kind, id, mdg_oqs_summary_label (id, self->options.language),
                              value);
}

/**
 * mdg_oqs_summary_add_field:
 * @self: a summary
 * @element: the name of an element, a string that lives on
 * @value: its value in words
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the line
 */
MdgOqsLine *
mdg_oqs_summary_add_field (MdgOqsSummary *self, const char *element, const char *value)
{
  const char *label = self->options.parts
                          ? mdg_oqs_element_short_label (element, self->options.language)
                          : mdg_oqs_element_label (element, self->options.language);

  return mdg_oqs_summary_add (self, MDG_OQS_LINE_FIELD, element, label, value);
}

/**
 * mdg_oqs_summary_set_bare:
 * @line: a line
 * @text: what another program takes, as it came
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_set_bare (MdgOqsLine *line, const char *text)
{
  g_free (line->bare);
  line->bare = mdg_oqs_text_for_display (text);
}

/**
 * mdg_oqs_summary_set_note:
 * @line: a line
 * @text: (nullable): where the value comes from, or what it means
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_set_note (MdgOqsLine *line, const char *text)
{
  g_free (line->note);
  line->note = text != NULL ? mdg_oqs_text_for_display (text) : NULL;
}

/**
 * mdg_oqs_summary_add_element:
 * @self: a summary
 * @node: an element
 * @path: names of its descendants, a string that lives on
 *
 * A code comes out in words, anything else as it is.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_add_element (MdgOqsSummary *self, MdgOqsNode *node, const char *path)
{
  const char *text = mdg_oqs_node_find_text (node, path);
  const char *element = last_part (path);
  guint table = mdg_oqs_code_table_of (element);
  g_autofree char *words = NULL;

  if (text == NULL)
    return;
  if (table != 0)
    words = mdg_oqs_code_describe (table, text, self->options.language);
  mdg_oqs_summary_add_field (self, element, words != NULL ? words : text);
}

/**
 * mdg_oqs_summary_add_date:
 * @self: a summary
 * @node: an element
 * @path: names of its descendants, a string that lives on
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_add_date (MdgOqsSummary *self, MdgOqsNode *node, const char *path)
{
  const char *text = mdg_oqs_node_find_text (node, path);
  g_autofree char *words = describe_date (self, text);

  if (text != NULL)
    mdg_oqs_summary_add_field (self, last_part (path), words);
}

/**
 * mdg_oqs_summary_add_yen:
 * @self: a summary
 * @node: an element
 * @element: the name of its child, a string that lives on
 *
 * "10,000円"; bare: 10000.
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_add_yen (MdgOqsSummary *self, MdgOqsNode *node, const char *element)
{
  const char *text = mdg_oqs_node_find_text (node, element);
  g_autoptr (GString) words = g_string_new (text);
  g_autofree char *digits = NULL;

  if (is_number (text))
    {
      digits = g_strdup_printf ("%u", (guint) g_ascii_strtoull (text, NULL, 10));
      g_string_assign (words, digits);
      for (gssize at = (gssize) words->len - 3; at > 0; at -= 3)
        g_string_insert_c (words, at, ',');
      g_string_append (words, mdg_oqs_summary_say (self, "円", " yen"));
    }
  if (text != NULL)
    mdg_oqs_summary_set_bare (mdg_oqs_summary_add_field (self, element, words->str),
                              digits != NULL ? digits : text);
}

/**
 * mdg_oqs_summary_add_month:
 * @self: a summary
 * @node: an element
 * @element: the name of its child, a string that lives on: yyyyMM
 *
 * "令和8年11月".
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_add_month (MdgOqsSummary *self, MdgOqsNode *node, const char *element)
{
  const char *text = mdg_oqs_node_find_text (node, element);
  g_autofree char *first = is_number (text) ? g_strconcat (text, "01", NULL) : g_strdup (text);
  g_autofree char *words = describe_date (self, first);
  const char *end = g_str_has_suffix (words, "1日") ? g_strrstr (words, "1日") : NULL;

  if (text == NULL)
    return;
  if (end != NULL)
    words[end - words] = '\0';
  else if (g_str_has_prefix (words, "1 "))
    memmove (words, words + 2, strlen (words) - 1);
  mdg_oqs_summary_add_field (self, element, words);
}

/**
 * mdg_oqs_summary_describe_period:
 * @self: a summary
 * @node: an element
 * @from: path of the first day
 * @to: path of the last day
 *
 * An open end is said as one.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): the period in words, NULL where both ends are absent
 */
char *
mdg_oqs_summary_describe_period (MdgOqsSummary *self,
                                 MdgOqsNode *node,
                                 const char *from,
                                 const char *to)
{
  const char *start = mdg_oqs_node_find_text (node, from);
  const char *end = mdg_oqs_node_find_text (node, to);
  g_autofree char *first = describe_date (self, start);
  g_autofree char *last = describe_date (self, end);

  if (start != NULL && end != NULL)
    return g_strdup_printf (mdg_oqs_summary_say (self, "%s ～ %s", "%s to %s"), first, last);
  if (start != NULL)
    return g_strdup_printf (mdg_oqs_summary_say (self, "%sから", "from %s"), first);
  if (end != NULL)
    return g_strdup_printf (mdg_oqs_summary_say (self, "%sまで", "until %s"), last);
  return NULL;
}

/**
 * mdg_oqs_summary_add_period:
 * @self: a summary
 * @node: an element
 * @id: one of those that mdg_oqs_summary_label() knows
 * @from: path of the first day
 * @to: path of the last day
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_add_period (MdgOqsSummary *self,
                            MdgOqsNode *node,
                            const char *id,
                            const char *from,
                            const char *to)
{
  g_autofree char *words = mdg_oqs_summary_describe_period (self, node, from, to);

  if (words != NULL)
    mdg_oqs_summary_add_made (self, MDG_OQS_LINE_FIELD, id, words);
}
