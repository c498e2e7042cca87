/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The steps of data/fallback/fallback.ini, read strictly (mdg-data-file.h): a step that is lost
 * without a word would send a patient away. */
#include "config.h"

#include "mdg-fallback.h"

#include <string.h>

#include "mdg-data-file.h"
#include "mdg-fallback-resource.h"
#include "mdg-language.h"
#include "mdg-oqs-check.h"

#define RESOURCE  "/io/github/madoguchi/fallback/fallback.ini"
#define HEAD      "fallback"
#define VERSION   "1"
#define MAX_STEPS 12

struct _MdgFallback
{
  char *date;
  GPtrArray *steps; /* of MdgFallbackStep */
};

static const char *const head_keys[] = { "Version", "Date", NULL };
static const char *const step_keys[] = { "Title[ja]", "Text[ja]",   "Source", "Title[en]",
                                         "Text[en]",  "Source[en]", NULL };
/* the first of step_keys have to be there */
#define N_NEEDED 3

static void
free_step (gpointer data)
{
  MdgFallbackStep *step = data;

  g_free (step->id);
  g_free (step->title);
  g_free (step->text);
  g_free (step->source);
  g_free (step);
}

static gboolean
is_id (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= 32 &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static gboolean
read_head (MdgFallback *self, GKeyFile *file, GError **error)
{
  g_autofree char *version = NULL;
  g_autofree char *digits = NULL;
  GDate date;

  if (!mdg_data_file_check_keys (file, HEAD, head_keys, error))
    return FALSE;
  version = mdg_data_file_text (file, HEAD, "Version", error);
  if (version == NULL)
    return FALSE;
  if (!g_str_equal (version, VERSION))
    return mdg_data_file_refuse (error, HEAD, "Version", "is not " VERSION);
  self->date = mdg_data_file_text (file, HEAD, "Date", error);
  if (self->date == NULL)
    return FALSE;
  if (strlen (self->date) == 10 && self->date[4] == '-' && self->date[7] == '-')
    digits = g_strdup_printf ("%.4s%.2s%.2s", self->date, self->date + 5, self->date + 8);
  if (!mdg_oqs_date_parse (digits, &date))
    return mdg_data_file_refuse (error, HEAD, "Date", "is no date");
  return TRUE;
}

/* in the language of messages; @japanese where there is no other */
static char *
read_localised (GKeyFile *file,
                const char *group,
                const char *japanese,
                const char *english,
                GError **error)
{
  gboolean other = mdg_desk_language () == MDG_OQS_LANGUAGE_EN &&
                   g_key_file_has_key (file, group, english, NULL);

  return mdg_data_file_text (file, group, other ? english : japanese, error);
}

static gboolean
read_step (MdgFallback *self, GKeyFile *file, const char *group, GError **error)
{
  MdgFallbackStep *step;

  if (!is_id (group))
    return mdg_data_file_refuse (error, group, NULL, "is no name of a step");
  if (!mdg_data_file_check_keys (file, group, step_keys, error))
    return FALSE;
  /* every text is checked, also those of the other language */
  for (guint i = 0; step_keys[i] != NULL; i++)
    {
      g_autofree char *text = NULL;

      if (i >= N_NEEDED && !g_key_file_has_key (file, group, step_keys[i], NULL))
        continue;
      text = mdg_data_file_text (file, group, step_keys[i], error);
      if (text == NULL)
        return FALSE;
    }
  step = g_new0 (MdgFallbackStep, 1);
  g_ptr_array_add (self->steps, step);
  step->id = g_strdup (group);
  step->title = read_localised (file, group, "Title[ja]", "Title[en]", error);
  step->text = read_localised (file, group, "Text[ja]", "Text[en]", error);
  step->source = read_localised (file, group, "Source", "Source[en]", error);
  return TRUE;
}

static gboolean
read_groups (MdgFallback *self, GKeyFile *file, GError **error)
{
  gsize count;
  g_auto (GStrv) groups = g_key_file_get_groups (file, &count);

  if (count == 0 || !g_str_equal (groups[0], HEAD))
    return mdg_data_file_refuse (error, HEAD, NULL, "is missing, or is not the first");
  if (count < 2 || count - 1 > MAX_STEPS)
    return mdg_data_file_refuse (error, HEAD, NULL, "is followed by no step, or by too many");
  if (!read_head (self, file, error))
    return FALSE;
  for (gsize i = 1; i < count; i++)
    if (!read_step (self, file, groups[i], error))
      return FALSE;
  return TRUE;
}

/**
 * mdg_fallback_new:
 * @bytes: (nullable): a file; %NULL for the one in the program
 * @error: return location
 *
 * Thread: main, because it asks for the language of messages.
 * Errors: G_KEY_FILE_ERROR with the group and the key in its message: one is missing, stands twice,
 * is not known or holds what it should not; the built-in file has none of these (tested).
 *
 * Returns: (transfer full) (nullable): the steps, at least one
 */
MdgFallback *
mdg_fallback_new (GBytes *bytes, GError **error)
{
  g_autoptr (MdgFallback) self = g_new0 (MdgFallback, 1);
  g_autoptr (GBytes) own = NULL;
  g_autoptr (GKeyFile) file = NULL;

  self->steps = g_ptr_array_new_with_free_func (free_step);
  if (bytes == NULL)
    own = g_resource_lookup_data (mdg_fallback_data_get_resource (), RESOURCE,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL && own == NULL)
    return NULL;
  file = mdg_data_file_parse (bytes != NULL ? bytes : own, error);
  if (file == NULL || !read_groups (self, file, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * mdg_fallback_free:
 * @self: (transfer full): the steps
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_fallback_free (MdgFallback *self)
{
  g_free (self->date);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * mdg_fallback_get_date:
 * @self: the steps
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): yyyy-mm-dd: the day on which the sources were looked at
 */
const char *
mdg_fallback_get_date (MdgFallback *self)
{
  return self->date;
}

/**
 * mdg_fallback_get_n_steps:
 * @self: the steps
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: how many there are
 */
guint
mdg_fallback_get_n_steps (MdgFallback *self)
{
  return self->steps->len;
}

/**
 * mdg_fallback_get_step:
 * @self: the steps
 * @index: which, from 0, in the order in which they are tried
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the step, NULL beyond the last
 */
const MdgFallbackStep *
mdg_fallback_get_step (MdgFallback *self, guint index)
{
  return index < self->steps->len ? g_ptr_array_index (self->steps, index) : NULL;
}
