/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether a person is the one a search asks for. Insurer numbers come padded with spaces or zeros,
 * symbols and numbers in either width (reference/domain.md 2.2 and 3.4): both sides are brought to
 * one form and compared whole.
 */
#include "config.h"

#include "mdg-practice-match.h"

#include <string.h>

struct _MdgPracticeMatch
{
  char *insurer;
  char *symbol;
  char *number;
  char *branch;
  char *birth_date;
};

/* one width, one hyphen, no spaces */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == 0x2212 || (c >= 0x2010 && c <= 0x2015))
        c = '-';
      if (!g_unichar_isspace (c))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static char *
fold_number (const char *text)
{
  g_autofree char *folded = fold (text);

  return g_strdup (folded + strspn (folded, "0"));
}

static const char *
get_text (json_t *object, const char *name)
{
  return json_string_value (json_object_get (object, name));
}

static gboolean
is_same (const char *text, char *(*bring) (const char *), const char *wanted)
{
  g_autofree char *brought = bring (text);

  return strcmp (brought, wanted) == 0;
}

static gboolean
fits_result (MdgPracticeMatch *self, json_t *result)
{
  const char *branch = get_text (result, "InsuredBranchNumber");

  if (g_strcmp0 (get_text (result, "Birthdate"), self->birth_date) != 0 ||
      !is_same (get_text (result, "InsurerNumber"), fold_number, self->insurer) ||
      !is_same (get_text (result, "InsuredCardSymbol"), fold, self->symbol) ||
      !is_same (get_text (result, "InsuredIdentificationNumber"), fold_number, self->number))
    return FALSE;
  /* 後期高齢者 have no branch number; a search without one means everybody on that number. */
  return branch == NULL || *branch == '\0' || self->branch == NULL ||
         is_same (branch, fold_number, self->branch);
}

/**
 * mdg_practice_match_new:
 * @search: QualificationConfirmSearchInfo, checked
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): what to compare with
 */
MdgPracticeMatch *
mdg_practice_match_new (json_t *search)
{
  MdgPracticeMatch *self = g_new0 (MdgPracticeMatch, 1);
  const char *branch = get_text (search, "InsuredBranchNumber");

  self->insurer = fold_number (get_text (search, "InsurerNumber"));
  self->symbol = fold (get_text (search, "InsuredCardSymbol"));
  self->number = fold_number (get_text (search, "InsuredIdentificationNumber"));
  self->branch = branch != NULL && *branch != '\0' ? fold_number (branch) : NULL;
  self->birth_date = g_strdup (get_text (search, "Birthdate"));
  return self;
}

/**
 * mdg_practice_match_free:
 * @self: (nullable) (transfer full): what to compare with
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_practice_match_free (MdgPracticeMatch *self)
{
  if (self == NULL)
    return;
  g_free (self->insurer);
  g_free (self->symbol);
  g_free (self->number);
  g_free (self->branch);
  g_free (self->birth_date);
  g_free (self);
}

/**
 * mdg_practice_match_fits:
 * @self: what to compare with
 * @body: MessageBody of a person's document
 *
 * Thread: any.
 * Errors: none.
 * Returns: whether one of the person's results is the one
 */
gboolean
mdg_practice_match_fits (MdgPracticeMatch *self, json_t *body)
{
  size_t index;
  json_t *item;

  json_array_foreach (json_object_get (body, "ResultList"), index, item)
  {
    if (fits_result (self, json_object_get (item, "ResultOfQualificationConfirmation")))
      return TRUE;
  }
  return FALSE;
}
