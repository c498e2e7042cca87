/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several facilities on one PC: each in its folder, and no file of a stranger becomes a path. */
#include "config.h"

#include "mdg-profiles.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mdg-profile-private.h"
#include "mdg-secret-store.h"
#include "mdg-store.h"

static char *home;
static char *data;
static char *ini;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
start_afresh (void)
{
  remove_tree (data);
  g_free (mdg_paths_data_dir (FALSE));
}

static void
write_ini (const char *text)
{
  g_assert_true (
      g_file_set_contents_full (ini, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
}

/* "id=name id=name …" */
static char *
list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) profiles = mdg_profiles_list (&error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < profiles->len; i++)
    {
      MdgProfile *profile = g_ptr_array_index (profiles, i);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? " " : "", profile->id, profile->name);
    }
  return g_string_free (text, FALSE);
}

#define assert_list(wanted)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = list ();                                                             \
    g_assert_cmpstr (found_, ==, wanted);                                                          \
  }                                                                                                \
  G_STMT_END

static void
assert_current (const char *wanted)
{
  g_autofree char *current = mdg_profiles_get_current ();

  g_assert_cmpstr (current, ==, wanted);
}

static void
test_life (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *default_dir = NULL;
  g_autofree char *database = NULL;
  g_autofree char *suffix = g_build_filename ("profiles", "p2", "madoguchi.db", NULL);
  GStatBuf info;

  start_afresh ();
  assert_list ("default=");
  assert_current ("default");
  g_assert_false (g_file_test (ini, G_FILE_TEST_EXISTS));
  default_dir = mdg_profile_dir ("default");
  g_assert_cmpstr (default_dir, ==, data);

  two = mdg_profiles_add ("架空診療所 歯科", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (two, ==, "p2");
  three = mdg_profiles_add ("p2=[x]\\n;#", &error);
  g_assert_cmpstr (three, ==, "p3");
  g_assert_true (mdg_profiles_rename ("default", "架空診療所", &error));
  assert_list ("default=架空診療所 p2=架空診療所 歯科 p3=p2=[x]\\n;#");
  g_assert_true (mdg_profiles_set_current ("p2", &error));
  assert_current ("p2");
  g_assert_true (mdg_profiles_rename ("p2", "歯科", &error));
  assert_current ("p2");
  g_assert_true (mdg_profiles_set_current ("default", &error));
  assert_current ("default");

  dir = mdg_profile_dir ("p2");
  database = mdg_profile_database ("p2");
  g_assert_true (g_str_has_prefix (dir, data));
  g_assert_true (g_str_has_suffix (database, suffix));
#ifdef G_OS_UNIX
  g_assert_cmpint (g_stat (dir, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (ini, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
#else
  (void) info;
#endif
}

static void
test_refused (void)
{
  static const char *const names[] = { "",
                                       "  ",
                                       "a\nb",
                                       "a\tb",
                                       "\xff",
                                       "a\xe2\x80\xae"
                                       "b" };
  g_autofree char *longest = g_strnfill (60, 'x');
  g_autofree char *longer = g_strnfill (61, 'x');
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  start_afresh ();
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_null (mdg_profiles_add (names[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
      g_assert_false (mdg_profiles_rename ("default", names[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }
  g_assert_null (mdg_profiles_add (longer, &error));
  g_clear_error (&error);
  id = mdg_profiles_add (longest, &error);
  g_assert_no_error (error);
  g_assert_false (mdg_profiles_set_current ("p3", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mdg_profiles_set_current ("../x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mdg_profiles_rename ("profiles", "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_hostile_file (void)
{
  static const char *const ids[] = {
    "p1", "p02",       "p0", "p100", "P2", "p2 ", "p-2", "p+2",           "p2/x",
    "..", "../../etc", "p",  "p2.",  "/",  "2",   "p２", "defaultdefault"
  };
  g_autoptr (GError) error = NULL;

  start_afresh ();
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("[profiles]\ncurrent=%s\n[%s]\nname=x\n", ids[i], ids[i]);

      g_assert_cmpuint (mdg_profile_number (ids[i]), ==, 0);
      write_ini (text);
      assert_list ("default=");
      assert_current ("default");
    }
  g_assert_cmpuint (mdg_profile_number (""), ==, 0);
  g_assert_cmpuint (mdg_profile_number (NULL), ==, 0);
  g_assert_cmpuint (mdg_profile_number ("p99"), ==, 99);

  /* twice, out of order, a name that is none, a current one that is not there */
  write_ini ("[p10]\nname=ten\n[p2]\nname=two\n[p2]\nname=deux\n[p3]\nname=a\\nb\n[p4]\n"
             "[profiles]\ncurrent=p5\n");
  assert_list ("default= p2=deux p3= p4= p10=ten");
  assert_current ("default");
  write_ini ("");
  assert_list ("default=");
}

/* What cannot be read is told, and left as it was. */
static void
test_unreadable_file (void)
{
  g_autofree char *large = g_strnfill (64 * 1024 + 1, '\n');
  const char *const texts[] = { "no group=1\n", "[p2\nname=x\n", large, "[p2]\nname\n" };
  g_autoptr (GError) error = NULL;

  start_afresh ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *after = NULL;

      write_ini (texts[i]);
      g_assert_null (mdg_profiles_list (&error));
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
      g_clear_error (&error);
      g_assert_null (mdg_profiles_add ("x", &error));
      g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT);
      g_clear_error (&error);
      assert_current ("default");
      g_assert_true (g_file_get_contents (ini, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, texts[i]);
    }
#ifdef G_OS_UNIX
  write_ini ("[p2]\nname=x\n");
  g_assert_cmpint (g_chmod (ini, 0666), ==, 0);
  g_assert_null (mdg_profiles_list (&error));
  g_assert_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS);
#endif
}

/* An id whose folder is there is not given again, whatever became of the file. */
static void
test_no_id_twice (void)
{
  g_autofree char *dir = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  start_afresh ();
  dir = mdg_profile_dir ("p2");
  id = mdg_profiles_add ("x", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "p3");
}

static void
test_too_many (void)
{
  g_autoptr (GError) error = NULL;
  guint n = 1;

  start_afresh ();
  for (;;)
    {
      g_autofree char *id = mdg_profiles_add ("x", &error);

      if (id == NULL)
        break;
      n++;
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (n, ==, 20);
}

static gpointer
add_some (gpointer ids)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      char *id = mdg_profiles_add ("並行", &error);

      g_assert_no_error (error);
      g_async_queue_push (ids, id);
    }
  return NULL;
}

static void
test_parallel (void)
{
  g_autoptr (GAsyncQueue) ids = g_async_queue_new_full (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) profiles = NULL;
  GThread *threads[4];
  char *id;

  start_afresh ();
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("add", add_some, ids);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  while ((id = g_async_queue_try_pop (ids)) != NULL)
    g_assert_true (g_hash_table_add (seen, id));
  profiles = mdg_profiles_list (NULL);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 16);
  g_assert_cmpuint (profiles->len, ==, 17);
}

static void
test_secrets_apart (void)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *of_two = NULL;
  g_autofree char *of_one = NULL;
  g_autofree char *of_other = NULL;
  g_autoptr (MdgSecretStore) first = NULL;
  g_autoptr (MdgSecretStore) second = NULL;
  g_autoptr (GBytes) secret = mdg_secret_bytes_new ("x", 1);
  g_autoptr (GError) error = NULL;

  start_afresh ();
  one = mdg_profile_dir ("default");
  two = mdg_profile_dir ("p2");
  of_one = mdg_profile_of_folder (one);
  of_two = mdg_profile_of_folder (two);
  of_other = mdg_profile_of_folder ("/srv/profiles/p1");
  g_assert_cmpstr (of_one, ==, "default");
  g_assert_cmpstr (of_two, ==, "p2");
  g_assert_cmpstr (of_other, ==, "default");
  first = mdg_secret_store_new_file (one, &error);
  second = mdg_secret_store_new_file (two, &error);
  g_assert_no_error (error);
  g_assert_true (mdg_secret_store_save (first, "history-key", secret, &error));
  g_assert_null (mdg_secret_store_load (second, "history-key", &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  home = g_dir_make_tmp ("mdg-profiles-XXXXXX", NULL);
  /* before GLib reads it, which it does once */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  data = g_build_filename (home, "madoguchi", NULL);
  ini = g_build_filename (data, "profiles.ini", NULL);
  g_test_add_func ("/profiles/life", test_life);
  g_test_add_func ("/profiles/refused", test_refused);
  g_test_add_func ("/profiles/hostile-file", test_hostile_file);
  g_test_add_func ("/profiles/unreadable-file", test_unreadable_file);
  g_test_add_func ("/profiles/no-id-twice", test_no_id_twice);
  g_test_add_func ("/profiles/too-many", test_too_many);
  g_test_add_func ("/profiles/parallel", test_parallel);
  g_test_add_func ("/profiles/secrets-apart", test_secrets_apart);
  result = g_test_run ();
  remove_tree (home);
  g_free (ini);
  g_free (data);
  g_free (home);
  return result;
}
