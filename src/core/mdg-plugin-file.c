/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plugin files: where they are, which file is one, and whether what is in it may be used. Promises:
 * no function of a plugin is called before its descriptor was found to fit this core. */
#include "config.h"

#include "mdg-plugin-private.h"

#include <string.h>

#define FILE_PREFIX "mdg-"
#define FILE_SUFFIX "." G_MODULE_SUFFIX
#define ID_MAX      64

/* The id in a file's name, or NULL when it is not the name of a plugin. */
char *
mdg_plugin_file_get_id (const char *basename)
{
  g_autofree char *id = NULL;
  gsize length;

  if (!g_str_has_prefix (basename, FILE_PREFIX) || !g_str_has_suffix (basename, FILE_SUFFIX))
    return NULL;
  length = strlen (basename);
  if (length <= strlen (FILE_PREFIX) + strlen (FILE_SUFFIX))
    return NULL;
  id = g_strndup (basename + strlen (FILE_PREFIX),
                  length - strlen (FILE_PREFIX) - strlen (FILE_SUFFIX));
  if (strlen (id) > ID_MAX)
    return NULL;
  for (const char *c = id; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_')
      return NULL;
  return g_steal_pointer (&id);
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The paths of the plugins in @folder, sorted; none when there is no such folder. */
GPtrArray *
mdg_plugin_file_list (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = mdg_plugin_file_get_id (name);

      if (id != NULL)
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

/* MADOGUCHI_PLUGIN_PATH in a development build, then where plugins are installed. */
GStrv
mdg_plugin_file_get_default_path (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
#if MDG_DEVELOPMENT
  const char *environment = g_getenv ("MADOGUCHI_PLUGIN_PATH");

  if (environment != NULL && *environment != '\0')
    {
      g_auto (GStrv) folders = g_strsplit (environment, G_SEARCHPATH_SEPARATOR_S, -1);

      for (guint i = 0; folders[i] != NULL; i++)
        if (*folders[i] != '\0')
          g_strv_builder_add (builder, folders[i]);
    }
#endif
#ifdef G_OS_WIN32
  {
    g_autofree char *root = g_win32_get_package_installation_directory_of_module (NULL);
    g_autofree char *installed = g_build_filename (root, "lib", "madoguchi", "plugins-1", NULL);
    g_autofree char *beside = g_build_filename (root, "plugins-1", NULL);

    g_strv_builder_add (builder, beside);
    g_strv_builder_add (builder, installed);
  }
#else
  g_strv_builder_add (builder, MDG_PLUGIN_DIR);
#endif
  return g_strv_builder_end (builder);
}

/* Opens @path for good or not at all: on success the caller has *@module to close or to keep. */
const MdgPluginDesc *
mdg_plugin_file_open (const char *path, GModule **module, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MdgPluginDesc *desc = NULL;

  /* local: two plugins may use the same names; not lazy: a missing symbol shows now, not later */
  *module = g_module_open_full (path, G_MODULE_BIND_LOCAL, &local);
  if (*module == NULL)
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_OPEN, "%s",
                   local != NULL ? local->message : "The file does not load");
      return NULL;
    }
  if (!g_module_symbol (*module, "mdg_plugin_desc", (gpointer *) &desc) || desc == NULL)
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_NOT_A_PLUGIN,
                   "%s has no mdg_plugin_desc", path);
      g_module_close (g_steal_pointer (module));
      return NULL;
    }
  if (!mdg_plugin_file_check_desc (desc, path, error))
    {
      g_module_close (g_steal_pointer (module));
      return NULL;
    }
  return desc;
}

/* @path is NULL for a built-in plugin. */
gboolean
mdg_plugin_file_check_desc (const MdgPluginDesc *desc, const char *path, GError **error)
{
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : g_strdup ("built-in plugin");
  g_autofree char *id = path != NULL ? mdg_plugin_file_get_id (base) : NULL;

  if (desc->magic != MDG_PLUGIN_MAGIC)
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_NOT_A_PLUGIN,
                   "%s is not a Madoguchi plugin", base);
      return FALSE;
    }
  if (desc->abi != MDG_PLUGIN_ABI || desc->driver_class_size != sizeof (MdgReaderDriverClass) ||
      desc->reader_class_size != sizeof (MdgReaderClass))
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_ABI,
                   "%s was built for plugin ABI %u with classes of %u and %u bytes; this program "
                   "needs ABI %u with %u and %u",
                   base, desc->abi, desc->driver_class_size, desc->reader_class_size,
                   MDG_PLUGIN_ABI, (guint) sizeof (MdgReaderDriverClass),
                   (guint) sizeof (MdgReaderClass));
      return FALSE;
    }
  /* the rest of the descriptor has a meaning only now */
  if (desc->id == NULL || desc->get_type == NULL)
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_NOT_A_PLUGIN,
                   "%s has an incomplete descriptor", base);
      return FALSE;
    }
  if (path != NULL && g_strcmp0 (id, desc->id) != 0)
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_NAME, "%s calls itself “%s”", base,
                   desc->id);
      return FALSE;
    }
  return TRUE;
}

/* The first call into the plugin. */
MdgReaderDriver *
mdg_plugin_file_make_driver (const MdgPluginDesc *desc, GError **error)
{
  GType type = desc->get_type ();

  if (!g_type_is_a (type, MDG_TYPE_READER_DRIVER) || G_TYPE_IS_ABSTRACT (type))
    {
      const char *name = g_type_name (type);

      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_TYPE,
                   "%s gives the type %s, no driver", desc->id, name != NULL ? name : "nothing");
      return NULL;
    }
  return g_object_new (type, NULL);
}
