/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The invented people. Those of data/practice/people are built in, so that nothing needs to be
 * installed; a folder given with --people adds its own <CN>.xml and replaces a person of the same
 * CN. A document that is not good stops the start, with the file named.
 */
#include "config.h"

#include "mdg-practice-people.h"
#include "mdg-practice-resource.h"
#include "mdg-practice-service.h"

#include <string.h>

#define RESOURCE_PATH "/io/github/madoguchi/practice/people/"
#define MAX_PEOPLE    10000
#define MAX_CN        128
#define MAX_FILE      (1024 * 1024)

struct _MdgPracticePeople
{
  GPtrArray *people; /* of MdgPracticePerson, in the order of their CN */
  GHashTable *by_cn; /* CN → person (borrowed) */
};

static void
free_person (MdgPracticePerson *person)
{
  g_free (person->cn);
  g_free (person->description);
  json_decref (person->body);
  g_free (person);
}

static int
compare_people_cb (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(MdgPracticePerson *const *) a)->cn, (*(MdgPracticePerson *const *) b)->cn);
}

static gboolean
add_document (MdgPracticePeople *self,
              const char *file_name,
              GBytes *bytes,
              gboolean built_in,
              GError **error)
{
  g_autofree char *cn = g_strndup (file_name, strlen (file_name) - strlen (".xml"));
  g_autofree char *description = NULL;
  MdgPracticePerson *old = g_hash_table_lookup (self->by_cn, cn);
  MdgPracticePerson *person;
  json_t *body;

  if (*cn == '\0' || strlen (cn) > MAX_CN || self->people->len >= MAX_PEOPLE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%s: no common name, or one person too many", file_name);
      return FALSE;
    }
  body = mdg_practice_document_read (file_name, bytes, &description, error);
  if (body == NULL)
    return FALSE;
  if (old != NULL)
    {
      g_hash_table_remove (self->by_cn, cn);
      g_ptr_array_remove (self->people, old);
    }
  person = g_new0 (MdgPracticePerson, 1);
  person->cn = g_steal_pointer (&cn);
  person->description = g_steal_pointer (&description);
  person->body = body;
  person->built_in = built_in;
  g_ptr_array_add (self->people, person);
  g_hash_table_insert (self->by_cn, person->cn, person);
  return TRUE;
}

static GBytes *
load_bounded (const char *path, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GBytes) bytes = NULL;

  if (stream == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  bytes = g_input_stream_read_bytes (G_INPUT_STREAM (stream), MAX_FILE + 1, NULL, error);
  if (bytes == NULL)
    g_prefix_error (error, "%s: ", name);
  return g_steal_pointer (&bytes);
}

/**
 * mdg_practice_people_new:
 * @error: return location
 *
 * The people that are built in.
 *
 * Thread: any; then one at a time.
 * Errors: %G_IO_ERROR_INVALID_DATA.
 * Returns: (transfer full) (nullable): the people
 */
MdgPracticePeople *
mdg_practice_people_new (GError **error)
{
  g_autoptr (MdgPracticePeople) self = g_new0 (MdgPracticePeople, 1);
  GResource *resource = mdg_practice_get_resource ();
  g_auto (GStrv) names =
      g_resource_enumerate_children (resource, RESOURCE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) free_person);
  self->by_cn = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (RESOURCE_PATH, names[i], NULL);
      g_autoptr (GBytes) bytes =
          g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

      if (bytes == NULL || !add_document (self, names[i], bytes, TRUE, error))
        return NULL;
    }
  g_ptr_array_sort (self->people, compare_people_cb);
  return g_steal_pointer (&self);
}

/**
 * mdg_practice_people_free:
 * @self: (nullable) (transfer full): the people
 *
 * Thread: any, when nobody uses them.
 * Errors: none.
 */
void
mdg_practice_people_free (MdgPracticePeople *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_cn);
  g_ptr_array_unref (self->people);
  g_free (self);
}

/**
 * mdg_practice_people_add_folder:
 * @self: the people
 * @folder: a folder with one OQS response document per person, CN.xml
 * @error: return location
 *
 * Adds the people of a folder; other files in it are left alone.
 *
 * Thread: one at a time.
 * Errors: %G_IO_ERROR_INVALID_DATA with the file's name, or those of #GFileError.
 * Returns: whether all were good
 */
gboolean
mdg_practice_people_add_folder (MdgPracticePeople *self, const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (!g_str_has_suffix (name, ".xml") || !g_utf8_validate (name, -1, NULL) ||
          !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      bytes = load_bounded (path, name, error);
      if (bytes == NULL || !add_document (self, name, bytes, FALSE, error))
        return FALSE;
    }
  g_ptr_array_sort (self->people, compare_people_cb);
  return TRUE;
}

/**
 * mdg_practice_people_find:
 * @self: the people
 * @cn: the common name in a card's certificate
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer none) (nullable): who that is
 */
const MdgPracticePerson *
mdg_practice_people_find (MdgPracticePeople *self, const char *cn)
{
  return g_hash_table_lookup (self->by_cn, cn);
}

/**
 * mdg_practice_people_count:
 * @self: the people
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: how many there are
 */
guint
mdg_practice_people_count (MdgPracticePeople *self)
{
  return self->people->len;
}

/**
 * mdg_practice_people_get:
 * @self: the people
 * @index: below mdg_practice_people_count()
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer none): one of them
 */
const MdgPracticePerson *
mdg_practice_people_get (MdgPracticePeople *self, guint index)
{
  return g_ptr_array_index (self->people, index);
}

/**
 * mdg_practice_people_list:
 *
 * The invented people that are built in: their CN in a card's certificate.
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full): sorted, %NULL-terminated
 */
char **
mdg_practice_people_list (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (MdgPracticePeople) people = mdg_practice_people_new (NULL);

  for (guint i = 0; people != NULL && i < people->people->len; i++)
    g_strv_builder_add (builder, mdg_practice_people_get (people, i)->cn);
  return g_strv_builder_end (builder);
}

/**
 * mdg_practice_people_describe:
 * @cn: one of mdg_practice_people_list()
 *
 * Thread: any.
 * Errors: none.
 * Returns: (transfer full) (nullable): a line for people, "PRACTICE0001 — 有効、3割"
 */
char *
mdg_practice_people_describe (const char *cn)
{
  g_autoptr (MdgPracticePeople) people = mdg_practice_people_new (NULL);
  const MdgPracticePerson *person = people != NULL ? mdg_practice_people_find (people, cn) : NULL;

  if (person == NULL)
    return NULL;
  return g_strdup_printf ("%s — %s", person->cn,
                          person->description != NULL ? person->description : "");
}
