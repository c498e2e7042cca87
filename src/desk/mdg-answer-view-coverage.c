/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One insurance for the counter, from the lines of a summary: the person, what is typed into the
 * receipt computer in the order of the sections, the rest for who looks further. */
#include "config.h"

#include "mdg-answer-view-private.h"

/* more parts than a name has; what is longer is no name */
#define MAX_NAME_PARTS 4

static void
free_fact (gpointer data)
{
  MdgAnswerFact *fact = data;

  g_free (fact->label);
  g_free (fact->value);
  g_free (fact->copy);
  g_free (fact->note);
  g_free (fact);
}

static void
free_coverage (gpointer data)
{
  MdgAnswerCoverage *self = data;

  g_free (self->heading);
  g_free (self->name);
  g_free (self->kana);
  g_free (self->birth);
  g_free (self->birth_date);
  g_free (self->sex);
  g_free (self->initials);
  g_ptr_array_unref (self->main);
  g_ptr_array_unref (self->more);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static MdgAnswerCoverage *
new_coverage (void)
{
  MdgAnswerCoverage *self = g_new0 (MdgAnswerCoverage, 1);
  char **texts[] = { &self->heading,    &self->name, &self->kana,    &self->birth,
                     &self->birth_date, &self->sex,  &self->initials };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  self->main = g_ptr_array_new_with_free_func (free_fact);
  self->more = g_ptr_array_new_with_free_func (free_fact);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* what is typed digit by digit */
static gboolean
is_large (const char *id)
{
  static const char *const ids[] = { "InsurerNumber", "InsuredCardSymbol",
                                     "InsuredIdentificationNumber", "InsuredBranchNumber" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (ids[i], id))
      return TRUE;
  return FALSE;
}

static MdgAnswerFact *
new_fact (const MdgOqsLine *line)
{
  MdgAnswerFact *fact = g_new0 (MdgAnswerFact, 1);

  fact->id = line->id;
  fact->label = g_strdup (line->label);
  fact->value = mdg_answer_view_bound (line->value);
  fact->copy = mdg_answer_view_bound (line->bare);
  fact->note = line->note != NULL ? mdg_answer_view_bound (line->note) : NULL;
  fact->large = is_large (line->id);
  return fact;
}

static void
take (char **place, const char *text)
{
  g_free (*place);
  *place = mdg_answer_view_bound (text);
}

static void
add_person_line (MdgAnswerCoverage *self, const MdgOqsLine *line)
{
  if (g_str_equal (line->id, "Name"))
    take (&self->name, line->value);
  else if (g_str_equal (line->id, "NameKana"))
    take (&self->kana, line->value);
  else if (g_str_equal (line->id, "Sex1"))
    take (&self->sex, line->value);
  else if (g_str_equal (line->id, "Birthdate"))
    {
      take (&self->birth, line->value);
      take (&self->birth_date, line->bare);
    }
}

static char *
make_initials (const char *name)
{
  GString *initials = g_string_new (NULL);
  gboolean start = TRUE;
  guint parts = 0;

  for (const char *p = name; *p != '\0' && parts < MAX_NAME_PARTS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        start = TRUE;
      else if (start)
        {
          g_string_append_unichar (initials, c);
          g_string_append_c (initials, '.');
          start = FALSE;
          parts++;
        }
    }
  return g_string_free (initials, FALSE);
}

/* ● would make the initials of many people the same, so the kana stand for it */
static void
set_initials (MdgAnswerCoverage *self)
{
  gboolean use_kana = *self->name == '\0' || mdg_oqs_has_unwritable (self->name);
  const char *name = use_kana && *self->kana != '\0' ? self->kana : self->name;

  g_free (self->initials);
  self->initials = make_initials (name);
}

static int
compare_section (gconstpointer a, gconstpointer b)
{
  const MdgOqsLine *first = *(const MdgOqsLine *const *) a;
  const MdgOqsLine *second = *(const MdgOqsLine *const *) b;

  return (int) first->section - (int) second->section;
}

static void
add_line (MdgAnswerCoverage *self, const MdgOqsLine *line, GPtrArray *sorted)
{
  if (line->kind == MDG_OQS_LINE_HEADING)
    take (&self->heading, line->label);
  else if (line->kind == MDG_OQS_LINE_NOTE)
    g_ptr_array_add (self->notes, mdg_answer_view_bound (line->value));
  else if (line->section == MDG_OQS_SECTION_PERSON)
    add_person_line (self, line);
  else
    g_ptr_array_add (sorted, (gpointer) line);
}

/**
 * mdg_answer_view_read_coverages:
 * @lines: (element-type MdgOqsLine): a summary in parts
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type MdgAnswerCoverage): its insurances, in their order
 */
GPtrArray *
mdg_answer_view_read_coverages (GPtrArray *lines)
{
  GPtrArray *coverages = g_ptr_array_new_with_free_func (free_coverage);
  guint next = 0;

  while (next < lines->len &&
         ((MdgOqsLine *) g_ptr_array_index (lines, next))->section == MDG_OQS_SECTION_HEAD)
    next++;
  while (next < lines->len)
    {
      MdgAnswerCoverage *self = new_coverage ();
      g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
      const MdgOqsLine *line = g_ptr_array_index (lines, next);

      g_ptr_array_add (coverages, self);
      do
        {
          add_line (self, line, sorted);
          next++;
          line = next < lines->len ? g_ptr_array_index (lines, next) : NULL;
        }
      while (line != NULL && line->kind != MDG_OQS_LINE_HEADING);
      g_ptr_array_sort (sorted, compare_section);
      for (guint i = 0; i < sorted->len; i++)
        {
          line = g_ptr_array_index (sorted, i);
          g_ptr_array_add (line->section == MDG_OQS_SECTION_OTHER ? self->more : self->main,
                           new_fact (line));
        }
      set_initials (self);
    }
  return coverages;
}
