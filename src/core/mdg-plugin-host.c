/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds, checks, starts and stops plugins. Promises: one bad plugin takes no other down; each has
 * its own row with its own error; one that brought the program down is not opened again before
 * someone asks for it. */
#include "config.h"

#include "mdg-plugin-host.h"

#include "mdg-plugin-private.h"
#include "mdg-quarantine.h"

typedef struct
{
  char *plugin;
  char *name;
  char *value;
} Option;

struct _MdgPluginHost
{
  GObject parent_instance;

  GStrv search_path;
  MdgQuarantine *quarantine;
  GListStore *infos;
  GPtrArray *builtins; /* of MdgPluginDesc, not owned */
  GPtrArray *options;  /* of Option */
  gboolean loaded;
};

static void mdg_plugin_host_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgPluginHost,
                               mdg_plugin_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mdg_plugin_host_list_model_init))

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
free_option (gpointer data)
{
  Option *option = data;

  g_free (option->plugin);
  g_free (option->name);
  g_free (option->value);
  g_free (option);
}

static MdgPluginInfo *
peek_info (MdgPluginHost *self, guint position)
{
  g_autoptr (MdgPluginInfo) info = g_list_model_get_item (G_LIST_MODEL (self->infos), position);

  return info; /* the list keeps it */
}

static guint
count_infos (MdgPluginHost *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->infos));
}

/* Options come as text; those of a type that text can be made into are set, others ignored. */
static void
set_text_property (GObject *object, const char *name, const char *text)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), name);
  gint64 number;

  if (pspec == NULL || (pspec->flags & G_PARAM_WRITABLE) == 0)
    g_debug ("%s has no option “%s”", G_OBJECT_TYPE_NAME (object), name);
  else if (G_IS_PARAM_SPEC_STRING (pspec))
    g_object_set (object, name, text, NULL);
  else if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_object_set (object, name, g_strcmp0 (text, "true") == 0, NULL);
  else if ((G_IS_PARAM_SPEC_INT (pspec) || G_IS_PARAM_SPEC_UINT (pspec)) &&
           g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &number, NULL))
    g_object_set (object, name, (gint) number, NULL);
}

static void
apply_options (MdgPluginHost *self, MdgPluginInfo *info, MdgReaderDriver *driver)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      Option *option = self->options->pdata[i];

      if (g_strcmp0 (option->plugin, mdg_plugin_info_get_id (info)) == 0)
        set_text_property (G_OBJECT (driver), option->name, option->value);
    }
}

static void
on_driver_failed_cb (MdgReaderDriver *driver, const GError *error, MdgPluginInfo *info)
{
  g_autoptr (GError) stopped = g_error_new (
      MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_STOPPED,
      "Its monitor failed three times in a row, the last time with: %s", error->message);

  g_message ("The plugin %s was stopped: %s", mdg_plugin_info_get_id (info), stopped->message);
  mdg_plugin_info_set_state (info, MDG_PLUGIN_STATE_FAILED, stopped);
  mdg_reader_driver_stop (driver);
}

static gboolean
is_duplicate (MdgPluginHost *self, MdgPluginInfo *info)
{
  for (guint i = 0; i < count_infos (self); i++)
    {
      MdgPluginInfo *other = peek_info (self, i);

      if (other != info && mdg_plugin_info_holds_id (other) &&
          g_strcmp0 (mdg_plugin_info_get_id (other), mdg_plugin_info_get_id (info)) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_duplicate (MdgPluginHost *self, MdgPluginInfo *info, GError **error)
{
  if (!is_duplicate (self, info))
    return TRUE;
  g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_DUPLICATE,
               "There is a plugin “%s” already", mdg_plugin_info_get_id (info));
  return FALSE;
}

/* Finds the descriptor; *@wanted becomes FALSE for a plugin that only loads when it is asked for.
 */
static gboolean
open_plugin (MdgPluginHost *self,
             MdgPluginInfo *info,
             gboolean by_name,
             gboolean *wanted,
             GError **error)
{
  const char *path = mdg_plugin_info_get_path (info);
  const MdgPluginDesc *desc = mdg_plugin_info_get_desc (info);
  GModule *module = NULL;
  gboolean duplicate;

  *wanted = TRUE;
  if (desc == NULL && path == NULL)
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_OPEN, "There is no plugin “%s”",
                   mdg_plugin_info_get_id (info));
      return FALSE;
    }
  if (desc == NULL)
    desc = mdg_plugin_file_open (path, &module, error);
  else if (!mdg_plugin_file_check_desc (desc, path, error))
    desc = NULL;
  if (desc == NULL)
    return FALSE;
  *wanted = by_name || (desc->flags & MDG_PLUGIN_FLAG_ON_REQUEST) == 0;
  duplicate = !check_duplicate (self, info, error);
  if (duplicate || !*wanted)
    {
      if (module != NULL)
        g_module_close (module);
      return !duplicate;
    }
  if (module != NULL)
    g_module_make_resident (module); /* types cannot be unloaded */
  mdg_plugin_info_set_desc (info, desc);
  return TRUE;
}

static gboolean
start_driver (MdgPluginHost *self, MdgPluginInfo *info, GError **error)
{
  g_autoptr (MdgReaderDriver) driver =
      mdg_plugin_file_make_driver (mdg_plugin_info_get_desc (info), error);
  g_autoptr (GError) local = NULL;

  if (driver == NULL)
    return FALSE;
  apply_options (self, info, driver);
  g_signal_connect_object (driver, "failed", G_CALLBACK (on_driver_failed_cb), info, 0);
  if (!mdg_reader_driver_start (driver, &local))
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_START, "%s", local->message);
      return FALSE;
    }
  mdg_plugin_info_set_driver (info, driver);
  return TRUE;
}

/* What a plugin could do wrong in its loading, from opening to start(), is between the marks. */
static void
load_info (MdgPluginHost *self, MdgPluginInfo *info, gboolean by_name)
{
  const char *id = mdg_plugin_info_get_id (info);
  g_autoptr (GError) error = NULL;
  gboolean wanted = TRUE;
  gboolean ok;

  if (mdg_quarantine_contains (self->quarantine, id))
    {
      error = g_error_new (MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_QUARANTINED,
                           "The program ended while the plugin “%s” was being loaded", id);
      mdg_plugin_info_set_state (info, MDG_PLUGIN_STATE_QUARANTINED, error);
      return;
    }
  mdg_quarantine_begin (self->quarantine, id);
  ok = open_plugin (self, info, by_name, &wanted, &error);
  if (ok && wanted)
    ok = start_driver (self, info, &error);
  mdg_quarantine_end (self->quarantine);
  if (!ok)
    g_debug ("The plugin %s was not loaded: %s", id, error->message);
  if (!ok)
    mdg_plugin_info_set_state (info, MDG_PLUGIN_STATE_FAILED, error);
  else
    mdg_plugin_info_set_state (info, wanted ? MDG_PLUGIN_STATE_STARTED : MDG_PLUGIN_STATE_DISABLED,
                               NULL);
}

static gboolean
is_asked_for (const char *const *only, const char *id)
{
  return only == NULL || g_strv_contains (only, id);
}

/* The row of the same file or the same built-in plugin, made when there is none. */
static MdgPluginInfo *
take_info (MdgPluginHost *self, const char *id, const char *path, const MdgPluginDesc *builtin)
{
  g_autoptr (MdgPluginInfo) made = NULL;

  for (guint i = 0; i < count_infos (self); i++)
    {
      MdgPluginInfo *info = peek_info (self, i);

      if (g_strcmp0 (mdg_plugin_info_get_id (info), id) == 0 &&
          g_strcmp0 (mdg_plugin_info_get_path (info), path) == 0 &&
          (path != NULL || builtin == mdg_plugin_info_get_desc (info)))
        return info;
    }
  made = mdg_plugin_info_new (id, path, builtin);
  g_list_store_append (self->infos, made);
  return made; /* the list keeps it */
}

static void
load_candidate (MdgPluginHost *self,
                const char *id,
                const char *path,
                const MdgPluginDesc *builtin,
                const char *const *only)
{
  MdgPluginInfo *info = take_info (self, id, path, builtin);
  MdgPluginState state = mdg_plugin_info_get_state (info);

  if (!is_asked_for (only, id))
    return;
  if (state == MDG_PLUGIN_STATE_READY || state == MDG_PLUGIN_STATE_DISABLED)
    load_info (self, info, only != NULL);
}

static void
load_folder (MdgPluginHost *self, const char *folder, const char *const *only)
{
  g_autoptr (GPtrArray) paths = mdg_plugin_file_list (folder);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *base = g_path_get_basename (paths->pdata[i]);
      g_autofree char *id = mdg_plugin_file_get_id (base);

      load_candidate (self, id, paths->pdata[i], NULL, only);
    }
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
mdg_plugin_host_get_item_type (GListModel *model)
{
  return MDG_TYPE_PLUGIN_INFO;
}

static guint
mdg_plugin_host_get_n_items (GListModel *model)
{
  return count_infos (MDG_PLUGIN_HOST (model));
}

static gpointer
mdg_plugin_host_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (MDG_PLUGIN_HOST (model)->infos), position);
}

static void
mdg_plugin_host_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mdg_plugin_host_get_item_type;
  iface->get_n_items = mdg_plugin_host_get_n_items;
  iface->get_item = mdg_plugin_host_get_item;
}

static void
mdg_plugin_host_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, MDG_PLUGIN_HOST (object)->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_plugin_host_dispose (GObject *object)
{
  MdgPluginHost *self = MDG_PLUGIN_HOST (object);

  if (self->infos != NULL)
    {
      mdg_plugin_host_stop (self);
      g_signal_handlers_disconnect_by_data (self->infos, self);
      g_clear_object (&self->infos);
    }
  G_OBJECT_CLASS (mdg_plugin_host_parent_class)->dispose (object);
}

static void
mdg_plugin_host_finalize (GObject *object)
{
  MdgPluginHost *self = MDG_PLUGIN_HOST (object);

  g_clear_pointer (&self->quarantine, mdg_quarantine_free);
  g_ptr_array_unref (self->builtins);
  g_ptr_array_unref (self->options);
  g_strfreev (self->search_path);
  G_OBJECT_CLASS (mdg_plugin_host_parent_class)->finalize (object);
}

static void
mdg_plugin_host_class_init (MdgPluginHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mdg_plugin_host_get_property;
  object_class->dispose = mdg_plugin_host_dispose;
  object_class->finalize = mdg_plugin_host_finalize;
  properties[PROP_LOADED] =
      g_param_spec_boolean ("loaded", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_plugin_host_init (MdgPluginHost *self)
{
  self->infos = g_list_store_new (MDG_TYPE_PLUGIN_INFO);
  self->builtins = g_ptr_array_new ();
  self->options = g_ptr_array_new_with_free_func (free_option);
  g_signal_connect (self->infos, "items-changed", G_CALLBACK (on_items_changed_cb), self);
}

/**
 * mdg_plugin_host_new:
 * @search_path: (nullable) (array zero-terminated=1): the folders to look in, the first first;
 *   %NULL for those in `MADOGUCHI_PLUGIN_PATH` (development builds only) and the installed one,
 *   which on Windows is found from where the program is
 * @state_dir: (nullable): where the quarantine is kept; %NULL for `$XDG_STATE_HOME/madoguchi`
 *
 * Makes a host that has looked for nothing yet.
 *
 * Thread: the one that shall own the drivers.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a host
 */
MdgPluginHost *
mdg_plugin_host_new (const char *const *search_path, const char *state_dir)
{
  MdgPluginHost *self = g_object_new (MDG_TYPE_PLUGIN_HOST, NULL);

  self->search_path =
      search_path != NULL ? g_strdupv ((GStrv) search_path) : mdg_plugin_file_get_default_path ();
  self->quarantine = mdg_quarantine_new (state_dir);
  return self;
}

/**
 * mdg_plugin_host_add_builtin:
 * @self: a host
 * @desc: (transfer none): the descriptor of a plugin that is linked into the program
 *
 * Adds a plugin that is no file. Built-in plugins come before those of the search path.
 *
 * Thread: the host's.
 *
 * Errors: none; what is wrong with @desc shows when it is loaded.
 */
void
mdg_plugin_host_add_builtin (MdgPluginHost *self, const MdgPluginDesc *desc)
{
  g_return_if_fail (MDG_IS_PLUGIN_HOST (self));
  g_return_if_fail (desc != NULL);

  g_ptr_array_add (self->builtins, (gpointer) desc);
}

/**
 * mdg_plugin_host_set_option:
 * @self: a host
 * @plugin_id: a plugin, which need not be there
 * @name: the name of a property of its driver
 * @value: (nullable): its value; for a boolean `true` is true and all else false
 *
 * Sets a property of the plugin's driver each time before it is started. Properties that are not
 * there, and values that are not of their type, are ignored.
 *
 * Thread: the host's.
 *
 * Errors: none.
 */
void
mdg_plugin_host_set_option (MdgPluginHost *self,
                            const char *plugin_id,
                            const char *name,
                            const char *value)
{
  Option *option;

  g_return_if_fail (MDG_IS_PLUGIN_HOST (self));
  g_return_if_fail (plugin_id != NULL && name != NULL);

  option = g_new0 (Option, 1);
  option->plugin = g_strdup (plugin_id);
  option->name = g_strdup (name);
  option->value = g_strdup (value);
  g_ptr_array_add (self->options, option);
}

/**
 * mdg_plugin_host_load:
 * @self: a host
 * @only: (nullable) (array zero-terminated=1): the ids to load; %NULL for every plugin that does
 *   not say %MDG_PLUGIN_FLAG_ON_REQUEST
 *
 * Looks for plugins, checks them and starts their drivers. Every plugin found has a row afterwards,
 * and so has every id of @only that was not found; what was not asked for is DISABLED. May be
 * called again, for more ids or after mdg_plugin_host_stop(): what runs goes on running, what
 * failed is left alone (see mdg_plugin_host_retry()).
 *
 * Thread: the host's. Reads and opens files, and syncs a small one for each plugin.
 *
 * Errors: none as a whole; see mdg_plugin_info_get_error() of each row.
 */
void
mdg_plugin_host_load (MdgPluginHost *self, const char *const *only)
{
  g_return_if_fail (MDG_IS_PLUGIN_HOST (self));

  mdg_quarantine_collect (self->quarantine);
  for (guint i = 0; i < self->builtins->len; i++)
    {
      const MdgPluginDesc *desc = self->builtins->pdata[i];

      load_candidate (self, desc->id != NULL ? desc->id : "", NULL, desc, only);
    }
  for (guint i = 0; self->search_path[i] != NULL; i++)
    load_folder (self, self->search_path[i], only);
  for (guint i = 0; only != NULL && only[i] != NULL; i++)
    if (mdg_plugin_host_lookup (self, only[i]) == NULL)
      load_info (self, take_info (self, only[i], NULL, NULL), TRUE);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
}

/**
 * mdg_plugin_host_retry:
 * @self: a host
 * @id: a plugin
 *
 * Tries a plugin again that failed or is in quarantine; others are left as they are.
 *
 * Thread: the host's. As mdg_plugin_host_load().
 *
 * Errors: none as a whole; see mdg_plugin_info_get_error().
 */
void
mdg_plugin_host_retry (MdgPluginHost *self, const char *id)
{
  MdgPluginInfo *info;
  MdgPluginState state;

  g_return_if_fail (MDG_IS_PLUGIN_HOST (self));
  g_return_if_fail (id != NULL);

  info = mdg_plugin_host_lookup (self, id);
  if (info == NULL)
    return;
  state = mdg_plugin_info_get_state (info);
  if (state != MDG_PLUGIN_STATE_FAILED && state != MDG_PLUGIN_STATE_QUARANTINED)
    return;
  mdg_plugin_info_set_driver (info, NULL);
  mdg_quarantine_release (self->quarantine, id);
  load_info (self, info, TRUE);
}

/**
 * mdg_plugin_host_stop:
 * @self: a host
 *
 * Stops every driver; their rows become READY. Readers go away at once. Dropping the last reference
 * to the host does the same.
 *
 * Thread: the host's. Waits up to two seconds for a driver that does not come back.
 *
 * Errors: none.
 */
void
mdg_plugin_host_stop (MdgPluginHost *self)
{
  g_return_if_fail (MDG_IS_PLUGIN_HOST (self));

  for (guint i = 0; i < count_infos (self); i++)
    {
      MdgPluginInfo *info = peek_info (self, i);
      MdgReaderDriver *driver = mdg_plugin_info_get_driver (info);

      if (mdg_plugin_info_get_state (info) != MDG_PLUGIN_STATE_STARTED || driver == NULL)
        continue;
      mdg_reader_driver_stop (driver);
      mdg_plugin_info_set_state (info, MDG_PLUGIN_STATE_READY, NULL);
      mdg_plugin_info_set_driver (info, NULL);
    }
}

/**
 * mdg_plugin_host_lookup:
 * @self: a host
 * @id: a plugin
 *
 * Finds the row of a plugin. Of several of one id it is the one that can be used, else the first.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the row
 */
MdgPluginInfo *
mdg_plugin_host_lookup (MdgPluginHost *self, const char *id)
{
  MdgPluginInfo *found = NULL;

  g_return_val_if_fail (MDG_IS_PLUGIN_HOST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < count_infos (self); i++)
    {
      MdgPluginInfo *info = peek_info (self, i);

      if (g_strcmp0 (mdg_plugin_info_get_id (info), id) != 0)
        continue;
      if (mdg_plugin_info_holds_id (info))
        return info;
      if (found == NULL)
        found = info;
    }
  return found;
}
