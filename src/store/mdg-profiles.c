/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which facilities there are: profiles.ini in the data folder, written whole or not at all, and
 * the folder of each. What is read is checked before it becomes a path. */
#include "config.h"

#include "mdg-profiles.h"

#include <string.h>

#include "mdg-private-file.h"
#include "mdg-profile-private.h"
#include "mdg-store.h"

#define FILE_NAME    "profiles.ini"
#define FOLDER_NAME  "profiles"
#define GROUP        "profiles"
#define MAX_FILE     (64 * 1024)
#define MAX_PROFILES 20
#define MAX_NAME     60 /* characters */

/* One program may ask from several threads; of several programs the last one to write wins. */
static GMutex file_mutex;

static MdgProfile *
make_profile (const char *id, const char *name)
{
  MdgProfile *profile = g_new0 (MdgProfile, 1);

  profile->id = g_strdup (id);
  profile->name = g_strdup (name);
  return profile;
}

static char *
build_file_path (void)
{
  g_autofree char *folder = mdg_paths_data_dir (FALSE);

  return g_build_filename (folder, FILE_NAME, NULL);
}

/* What stands in a title and a menu: one line without control characters. */
static gboolean
is_name (const char *name)
{
  if (name == NULL || !g_utf8_validate (name, -1, NULL) || g_utf8_strlen (name, -1) > MAX_NAME)
    return FALSE;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (c));

      /* line and paragraph separators, and the marks that turn the direction of a text */
      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_new_name (const char *name, GError **error)
{
  g_autofree char *bare = NULL;

  if (is_name (name))
    bare = g_strstrip (g_strdup (name));
  if (bare != NULL && *bare != '\0')
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "the name of a facility is one line of at most 60 characters");
  return FALSE;
}

/* An empty one where there is no file. */
static GKeyFile *
load_file (GError **error)
{
  g_autofree char *path = build_file_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = mdg_private_file_read (path, MAX_FILE, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return g_steal_pointer (&file);
  if (memchr (g_bytes_get_data (bytes, NULL), '\0', g_bytes_get_size (bytes)) == NULL &&
      g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return g_steal_pointer (&file);
  g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s cannot be read", path);
  return NULL;
}

static gboolean
save_file (GKeyFile *file, GError **error)
{
  g_autofree char *path = build_file_path ();
  gsize length;
  char *text = g_key_file_to_data (file, &length, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);

  return mdg_private_file_write (path, bytes, error);
}

static char *
read_name (GKeyFile *file, const char *id)
{
  g_autofree char *name = g_key_file_get_string (file, id, "name", NULL);

  return is_name (name) ? g_steal_pointer (&name) : g_strdup ("");
}

static int
compare_profiles (gconstpointer a, gconstpointer b)
{
  const MdgProfile *one = *(MdgProfile *const *) a;
  const MdgProfile *two = *(MdgProfile *const *) b;

  return (int) mdg_profile_number (one->id) - (int) mdg_profile_number (two->id);
}

/* What is in the file and is valid; the default first, the others in the order they came. */
static GPtrArray *
read_profiles (GKeyFile *file)
{
  GPtrArray *profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) mdg_profile_free);
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autofree char *name = read_name (file, MDG_PROFILE_DEFAULT);

  g_ptr_array_add (profiles, make_profile (MDG_PROFILE_DEFAULT, name));
  /* GKeyFile has merged groups of one name: an id comes once */
  for (guint i = 0; groups[i] != NULL && profiles->len < MAX_PROFILES; i++)
    if (mdg_profile_number (groups[i]) > 1)
      {
        g_autofree char *other = read_name (file, groups[i]);

        g_ptr_array_add (profiles, make_profile (groups[i], other));
      }
  g_ptr_array_sort (profiles, compare_profiles);
  return profiles;
}

static gboolean
has_profile (GKeyFile *file, const char *id)
{
  guint number = mdg_profile_number (id);

  return number == 1 || (number > 1 && g_key_file_has_group (file, id));
}

static gboolean
check_profile (GKeyFile *file, const char *id, GError **error)
{
  if (has_profile (file, id))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no such facility");
  return FALSE;
}

/* Never one that was used: a folder of it may hold somebody's data. */
static char *
find_free_id (GKeyFile *file)
{
  for (guint i = 2; i <= MDG_PROFILE_MAX; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      g_autofree char *data = mdg_paths_data_dir (FALSE);
      g_autofree char *folder = g_build_filename (data, FOLDER_NAME, id, NULL);

      if (!g_key_file_has_group (file, id) && !g_file_test (folder, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&id);
    }
  return NULL;
}

static char *
add_locked (const char *name, GError **error)
{
  g_autoptr (GKeyFile) file = load_file (error);
  g_autoptr (GPtrArray) profiles = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *id = NULL;

  if (file == NULL)
    return NULL;
  profiles = read_profiles (file);
  id = profiles->len < MAX_PROFILES ? find_free_id (file) : NULL;
  if (id == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "there are too many facilities");
      return NULL;
    }
  g_key_file_set_string (file, id, "name", name);
  if (!save_file (file, error))
    return NULL;
  folder = mdg_profile_dir (id);
  return g_steal_pointer (&id);
}

/**
 * mdg_profile_number:
 * @id: an id; from a file, so anything
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: 1 of the default, 2 and more of others, 0 where it is no id
 */
guint
mdg_profile_number (const char *id)
{
  guint64 number = 0;

  if (id == NULL || g_str_equal (id, MDG_PROFILE_DEFAULT))
    return id != NULL ? 1 : 0;
  /* no sign, no leading zero: each profile has one way to be written */
  if (id[0] != 'p' || id[1] < '1' || id[1] > '9' ||
      !g_ascii_string_to_unsigned (id + 1, 10, 2, MDG_PROFILE_MAX, &number, NULL))
    return 0;
  return (guint) number;
}

/**
 * mdg_profile_of_folder:
 * @folder: a data folder, as of mdg_profile_dir()
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the id of the profile whose folder has this shape; the default of all
 *   others
 */
char *
mdg_profile_of_folder (const char *folder)
{
  g_autofree char *whole = g_canonicalize_filename (folder, NULL);
  g_autofree char *id = g_path_get_basename (whole);
  g_autofree char *above = g_path_get_dirname (whole);
  g_autofree char *name = g_path_get_basename (above);

  if (g_str_equal (name, FOLDER_NAME) && mdg_profile_number (id) > 1)
    return g_steal_pointer (&id);
  return g_strdup (MDG_PROFILE_DEFAULT);
}

/**
 * mdg_profile_free:
 * @self: (transfer full) (nullable): a profile
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_profile_free (MdgProfile *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/**
 * mdg_profiles_list:
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where the file is none of ours, _ACCESS where others could have
 * changed it, _FAILED.
 *
 * Returns: (transfer full) (element-type MdgProfile) (nullable): the profiles, the default first
 */
GPtrArray *
mdg_profiles_list (GError **error)
{
  g_autoptr (GKeyFile) file = NULL;

  g_mutex_lock (&file_mutex);
  file = load_file (error);
  g_mutex_unlock (&file_mutex);
  return file != NULL ? read_profiles (file) : NULL;
}

/**
 * mdg_profiles_add:
 * @name: what people call it: one line of at most 60 characters
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for the name, %G_IO_ERROR_NO_SPACE where there are too
 * many, those of mdg_profiles_list(), MDG_STORE_ERROR_FULL.
 *
 * Returns: (transfer full) (nullable): the id of the new profile
 */
char *
mdg_profiles_add (const char *name, GError **error)
{
  char *id;

  if (!check_new_name (name, error))
    return NULL;
  g_mutex_lock (&file_mutex);
  id = add_locked (name, error);
  g_mutex_unlock (&file_mutex);
  return id;
}

/**
 * mdg_profiles_rename:
 * @id: a profile's id
 * @name: its new name: one line of at most 60 characters
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for the name, %G_IO_ERROR_NOT_FOUND for the id, those of
 * mdg_profiles_list(), MDG_STORE_ERROR_FULL.
 *
 * Returns: whether it is kept
 */
gboolean
mdg_profiles_rename (const char *id, const char *name, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  gboolean good = FALSE;

  g_return_val_if_fail (id != NULL, FALSE);

  if (!check_new_name (name, error))
    return FALSE;
  g_mutex_lock (&file_mutex);
  file = load_file (error);
  if (file != NULL && check_profile (file, id, error))
    {
      g_key_file_set_string (file, id, "name", name);
      good = save_file (file, error);
    }
  g_mutex_unlock (&file_mutex);
  return good;
}

/**
 * mdg_profiles_get_current:
 *
 * Thread: any; blocking.
 * Errors: none: what cannot be read counts as the default.
 *
 * Returns: (transfer full): the id of the profile that was used last
 */
char *
mdg_profiles_get_current (void)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  g_mutex_lock (&file_mutex);
  file = load_file (&error);
  g_mutex_unlock (&file_mutex);
  if (file == NULL)
    {
      g_debug ("which profile was used last is not known: %s", error->message);
      return g_strdup (MDG_PROFILE_DEFAULT);
    }
  id = g_key_file_get_string (file, GROUP, "current", NULL);
  return has_profile (file, id) ? g_steal_pointer (&id) : g_strdup (MDG_PROFILE_DEFAULT);
}

/**
 * mdg_profiles_set_current:
 * @id: a profile's id
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: as mdg_profiles_rename().
 *
 * Returns: whether it is kept
 */
gboolean
mdg_profiles_set_current (const char *id, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  gboolean good = FALSE;

  g_return_val_if_fail (id != NULL, FALSE);

  g_mutex_lock (&file_mutex);
  file = load_file (error);
  if (file != NULL && check_profile (file, id, error))
    {
      g_key_file_set_string (file, GROUP, "current", id);
      good = save_file (file, error);
    }
  g_mutex_unlock (&file_mutex);
  return good;
}

/**
 * mdg_profile_dir:
 * @id: a profile's id
 *
 * Makes the folder with mode 0700 where it can be made; whoever opens a file in it reports where
 * it cannot.
 *
 * Thread: any; blocking.
 * Errors: none.
 *
 * Returns: (transfer full): the folder for mdg_secret_store_open()
 */
char *
mdg_profile_dir (const char *id)
{
  g_autofree char *data = NULL;
  g_autofree char *above = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  /* never another facility's folder instead */
  g_return_val_if_fail (mdg_profile_number (id) > 0, NULL);

  data = mdg_paths_data_dir (FALSE);
  if (mdg_profile_number (id) == 1)
    return g_steal_pointer (&data);
  above = g_build_filename (data, FOLDER_NAME, NULL);
  folder = g_build_filename (above, id, NULL);
  if (!mdg_private_dir_make (above, &error) || !mdg_private_dir_make (folder, &error))
    g_debug ("%s", error->message);
  return g_steal_pointer (&folder);
}

/**
 * mdg_profile_database:
 * @id: a profile's id
 *
 * Thread: any; blocking.
 * Errors: none.
 *
 * Returns: (transfer full): the path for mdg_store_open()
 */
char *
mdg_profile_database (const char *id)
{
  g_autofree char *folder = mdg_profile_dir (id);

  g_return_val_if_fail (folder != NULL, NULL);

  return g_build_filename (folder, "madoguchi.db", NULL);
}
