/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An answer for the clipboard. The labels are those of the national program's own copied text
 * (reference/domain.md 1.4), so that what reads that reads this. 練習 stands in the first line. */
#include "config.h"

#include "mdg-answer-view-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GString *text;
  const MdgAnswerView *view;
  const char *separator;
  gboolean table;
} Writer;

/* A spreadsheet would calculate what begins so: an answer must not bring formulas along. */
static gboolean
is_formula (const char *value)
{
  return *value == '=' || *value == '+' || *value == '-' || *value == '@';
}

static void
write_line (Writer *self, const char *label, const char *value)
{
  g_string_append_printf (self->text, "%s%s%s%s\n", label, self->separator,
                          self->table && is_formula (value) ? "'" : "", value);
}

static void
write_element (Writer *self, const char *element, const char *value)
{
  if (*value != '\0')
    write_line (self, mdg_oqs_element_short_label (element, self->view->language), value);
}

static void
write_all (Writer *self, const char *label, GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    write_line (self, label, g_ptr_array_index (values, i));
}

/* A table has what another program takes; "記号なし" would be taken for a symbol there. */
static void
write_fact (Writer *self, const MdgAnswerFact *fact)
{
  g_autofree char *both = NULL;

  if (self->table)
    {
      write_line (self, fact->label, *fact->copy != '\0' || fact->large ? fact->copy : fact->value);
      return;
    }
  if (fact->note != NULL)
    both = g_strdup_printf (self->view->language == MDG_OQS_LANGUAGE_JA ? "%s（%s）" : "%s (%s)",
                            fact->value, fact->note);
  write_line (self, fact->label, both != NULL ? both : fact->value);
}

static void
write_coverage (Writer *self, const MdgAnswerCoverage *coverage)
{
  if (*coverage->heading != '\0')
    g_string_append_printf (self->text, "\n[%s]\n", coverage->heading);
  write_element (self, "Name", coverage->name);
  write_element (self, "NameKana", coverage->kana);
  write_element (self, "Birthdate", self->table ? coverage->birth_date : coverage->birth);
  write_element (self, "Sex1", coverage->sex);
  for (guint i = 0; i < coverage->main->len; i++)
    write_fact (self, g_ptr_array_index (coverage->main, i));
  for (guint i = 0; i < coverage->more->len; i++)
    write_fact (self, g_ptr_array_index (coverage->more, i));
  write_all (self, mdg_oqs_summary_label ("note", self->view->language), coverage->notes);
}

static char *
write_view (Writer *self)
{
  const MdgAnswerView *view = self->view;
  g_autofree char *title = g_strdup_printf ("%s%s%s", view->title, view->practice ? "  " : "",
                                            view->practice ? _ ("[PRACTICE: invented data]") : "");

  self->text = g_string_new (NULL);
  write_element (self, "QualificationValidity", title);
  if (*view->next_step != '\0')
    write_line (self, mdg_oqs_summary_label ("next-step", view->language), view->next_step);
  write_all (self, mdg_oqs_summary_label ("message", view->language), view->notes);
  write_element (self, "QualificationConfirmationDate", view->checked_on);
  write_line (self, _ ("Checked at"), view->checked_at);
  for (guint i = 0; i < view->coverages->len; i++)
    write_coverage (self, g_ptr_array_index (view->coverages, i));
  if (view->coverages->len > 1)
    g_string_append_c (self->text, '\n');
  write_all (self, _ ("Confirmed"), view->confirmed);
  write_all (self, _ ("Not confirmed"), view->not_confirmed);
  return g_string_free (self->text, FALSE);
}

/**
 * mdg_answer_view_to_text:
 * @self: an answer, arranged
 *
 * Label and value, one fact a line, for people.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text
 */
char *
mdg_answer_view_to_text (const MdgAnswerView *self)
{
  Writer writer = { .view = self,
                    .separator = self->language == MDG_OQS_LANGUAGE_JA ? "：" : ": " };

  return write_view (&writer);
}

/**
 * mdg_answer_view_to_tsv:
 * @self: an answer, arranged
 *
 * Label, tab and what another program takes: a value without the words around it. A value that a
 * spreadsheet would calculate has "'" in front.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text
 */
char *
mdg_answer_view_to_tsv (const MdgAnswerView *self)
{
  Writer writer = { .view = self, .separator = "\t", .table = TRUE };

  return write_view (&writer);
}
