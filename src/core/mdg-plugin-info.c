/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the host knows of one plugin: a row for the programs to show, failures included. */
#include "config.h"

#include "mdg-plugin-info.h"

#include "mdg-plugin-private.h"

struct _MdgPluginInfo
{
  GObject parent_instance;

  char *id;
  char *path;
  const MdgPluginDesc *desc; /* in a resident module or a built-in one */
  MdgPluginState state;
  GError *error;
  MdgReaderDriver *driver;
};

G_DEFINE_FINAL_TYPE (MdgPluginInfo, mdg_plugin_info, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_PATH,
  PROP_STATE,
  PROP_ERROR,
  PROP_DRIVER,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
mdg_plugin_info_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgPluginInfo *self = MDG_PLUGIN_INFO (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, mdg_plugin_info_get_name (self));
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_STATE:
      g_value_set_int (value, (gint) self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_DRIVER:
      g_value_set_object (value, self->driver);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_plugin_info_finalize (GObject *object)
{
  MdgPluginInfo *self = MDG_PLUGIN_INFO (object);

  g_clear_object (&self->driver);
  g_clear_error (&self->error);
  g_free (self->id);
  g_free (self->path);
  G_OBJECT_CLASS (mdg_plugin_info_parent_class)->finalize (object);
}

static void
mdg_plugin_info_class_init (MdgPluginInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mdg_plugin_info_get_property;
  object_class->finalize = mdg_plugin_info_finalize;
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, MDG_PLUGIN_STATE_READY,
                                             MDG_PLUGIN_STATE_DISABLED, 0, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_DRIVER] =
      g_param_spec_object ("driver", NULL, NULL, MDG_TYPE_READER_DRIVER, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_plugin_info_init (MdgPluginInfo *self)
{
}

MdgPluginInfo *
mdg_plugin_info_new (const char *id, const char *path, const MdgPluginDesc *builtin)
{
  MdgPluginInfo *self = g_object_new (MDG_TYPE_PLUGIN_INFO, NULL);

  self->id = g_strdup (id);
  self->path = g_strdup (path);
  self->desc = builtin;
  self->state = MDG_PLUGIN_STATE_DISABLED;
  return self;
}

const MdgPluginDesc *
mdg_plugin_info_get_desc (MdgPluginInfo *self)
{
  return self->desc;
}

void
mdg_plugin_info_set_desc (MdgPluginInfo *self, const MdgPluginDesc *desc)
{
  self->desc = desc;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
mdg_plugin_info_set_state (MdgPluginInfo *self, MdgPluginState state, const GError *error)
{
  g_autoptr (GError) old = g_steal_pointer (&self->error);

  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->state = state;
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
mdg_plugin_info_set_driver (MdgPluginInfo *self, MdgReaderDriver *driver)
{
  if (g_set_object (&self->driver, driver))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRIVER]);
}

/* Whether another plugin of the same id is one too many: a file that could not even be used leaves
 * the id to the next of its name. */
gboolean
mdg_plugin_info_holds_id (MdgPluginInfo *self)
{
  return self->state != MDG_PLUGIN_STATE_FAILED || self->desc != NULL;
}

/**
 * mdg_plugin_info_get_id:
 * @self: a plugin
 *
 * The plugin's id, `pcsc` for the file `mdg-pcsc.so`.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: the id
 */
const char *
mdg_plugin_info_get_id (MdgPluginInfo *self)
{
  g_return_val_if_fail (MDG_IS_PLUGIN_INFO (self), NULL);

  return self->id;
}

/**
 * mdg_plugin_info_get_name:
 * @self: a plugin
 *
 * What people call the plugin, in English and marked for translation.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: (nullable): the name, %NULL as long as the plugin could not be opened
 */
const char *
mdg_plugin_info_get_name (MdgPluginInfo *self)
{
  g_return_val_if_fail (MDG_IS_PLUGIN_INFO (self), NULL);

  return self->desc != NULL ? self->desc->name : NULL;
}

/**
 * mdg_plugin_info_get_path:
 * @self: a plugin
 *
 * Where the plugin's file is.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: (nullable): the path, %NULL for a built-in plugin and for one that was not found
 */
const char *
mdg_plugin_info_get_path (MdgPluginInfo *self)
{
  g_return_val_if_fail (MDG_IS_PLUGIN_INFO (self), NULL);

  return self->path;
}

/**
 * mdg_plugin_info_get_state:
 * @self: a plugin
 *
 * What has become of the plugin; `notify::state` tells when that changes.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: the state
 */
MdgPluginState
mdg_plugin_info_get_state (MdgPluginInfo *self)
{
  g_return_val_if_fail (MDG_IS_PLUGIN_INFO (self), MDG_PLUGIN_STATE_DISABLED);

  return self->state;
}

/**
 * mdg_plugin_info_get_error:
 * @self: a plugin
 *
 * Why the plugin failed or is in quarantine.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the error, of %MDG_PLUGIN_ERROR
 */
const GError *
mdg_plugin_info_get_error (MdgPluginInfo *self)
{
  g_return_val_if_fail (MDG_IS_PLUGIN_INFO (self), NULL);

  return self->error;
}

/**
 * mdg_plugin_info_get_driver:
 * @self: a plugin
 *
 * The driver of a plugin that was started.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the driver
 */
MdgReaderDriver *
mdg_plugin_info_get_driver (MdgPluginInfo *self)
{
  g_return_val_if_fail (MDG_IS_PLUGIN_INFO (self), NULL);

  return self->driver;
}

/**
 * mdg_plugin_state_to_string:
 * @state: a state
 *
 * A word for @state that programs may rely on: `ready`, `started`, `failed`, `quarantined`,
 * `disabled`.
 *
 * Thread: any.
 *
 * Errors: none; `unknown` for what is no state.
 *
 * Returns: the word
 */
const char *
mdg_plugin_state_to_string (MdgPluginState state)
{
  switch (state)
    {
    case MDG_PLUGIN_STATE_READY:
      return "ready";
    case MDG_PLUGIN_STATE_STARTED:
      return "started";
    case MDG_PLUGIN_STATE_FAILED:
      return "failed";
    case MDG_PLUGIN_STATE_QUARANTINED:
      return "quarantined";
    case MDG_PLUGIN_STATE_DISABLED:
      return "disabled";
    default:
      return "unknown";
    }
}
