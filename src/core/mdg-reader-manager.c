/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All readers of all drivers as one list. Promises: every card that comes is told once, and once
 * that it went, also when its reader went with it; an empty list means that there is no reader only
 * when "settled" is TRUE. */
#include "config.h"

#include "mdg-reader-manager.h"

#include "mdg-errors.h"

/* A driver we watch, and what its list held when we last looked. */
typedef struct
{
  MdgReaderManager *manager; /* not owned */
  MdgReaderDriver *driver;
  GListModel *model;
  GPtrArray *readers;
} Source;

struct _MdgReaderManager
{
  GObject parent_instance;

  MdgPluginHost *host;
  GListStore *readers;
  GHashTable *with_card; /* of MdgReader: those whose card was told of */
  GPtrArray *infos;      /* of MdgPluginInfo: those we listen to */
  GPtrArray *sources;    /* of Source */
  gboolean settled;
};

static void mdg_reader_manager_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgReaderManager,
                               mdg_reader_manager,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      mdg_reader_manager_list_model_init))

enum
{
  PROP_0,
  PROP_SETTLED,
  PROP_PROBLEM,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CARD_INSERTED,
  SIGNAL_CARD_REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
compute_settled (MdgReaderManager *self)
{
  GListModel *infos = G_LIST_MODEL (self->host);
  gboolean loaded;

  g_object_get (self->host, "loaded", &loaded, NULL);
  if (!loaded)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (infos); i++)
    {
      g_autoptr (MdgPluginInfo) info = g_list_model_get_item (infos, i);
      MdgReaderDriver *driver = mdg_plugin_info_get_driver (info);

      if (mdg_plugin_info_get_state (info) == MDG_PLUGIN_STATE_STARTED && driver != NULL &&
          !mdg_reader_driver_get_ready (driver))
        return FALSE;
    }
  return TRUE;
}

static void
update_settled (MdgReaderManager *self)
{
  gboolean settled = compute_settled (self);

  if (self->settled == settled)
    return;
  self->settled = settled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

/* Tells of a card exactly once each way. */
static void
tell_card (MdgReaderManager *self, MdgReader *reader, gboolean present)
{
  if (present && g_hash_table_add (self->with_card, reader))
    g_signal_emit (self, signals[SIGNAL_CARD_INSERTED], 0, reader);
  else if (!present && g_hash_table_remove (self->with_card, reader))
    g_signal_emit (self, signals[SIGNAL_CARD_REMOVED], 0, reader);
}

static void
on_present_cb (MdgReader *reader, GParamSpec *pspec, MdgReaderManager *self)
{
  g_autoptr (MdgReader) hold = g_object_ref (reader);

  tell_card (self, hold, mdg_reader_get_present (hold));
}

static void
add_reader (MdgReaderManager *self, MdgReader *reader)
{
  g_signal_connect_object (reader, "notify::present", G_CALLBACK (on_present_cb), self, 0);
  g_list_store_append (self->readers, reader);
  tell_card (self, reader, mdg_reader_get_present (reader));
}

static void
remove_reader (MdgReaderManager *self, MdgReader *reader)
{
  guint position;

  g_signal_handlers_disconnect_by_func (reader, on_present_cb, self);
  tell_card (self, reader, FALSE);
  if (g_list_store_find (self->readers, reader, &position))
    g_list_store_remove (self->readers, position);
}

static void
on_readers_changed_cb (GListModel *model,
                       guint position,
                       guint removed,
                       guint added,
                       Source *source)
{
  g_autoptr (MdgReaderManager) hold = g_object_ref (source->manager);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) come = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < removed; i++)
    {
      g_ptr_array_add (gone, g_object_ref (source->readers->pdata[position]));
      g_ptr_array_remove_index (source->readers, position);
    }
  for (guint i = 0; i < added; i++)
    {
      g_ptr_array_insert (source->readers, (gint) (position + i),
                          g_list_model_get_item (model, position + i));
      g_ptr_array_add (come, g_object_ref (source->readers->pdata[position + i]));
    }
  for (guint i = 0; i < gone->len; i++)
    remove_reader (hold, gone->pdata[i]);
  for (guint i = 0; i < come->len; i++)
    add_reader (hold, come->pdata[i]);
}

static void
on_driver_changed_cb (MdgReaderDriver *driver, GParamSpec *pspec, Source *source)
{
  g_autoptr (MdgReaderManager) hold = g_object_ref (source->manager);

  update_settled (hold);
  g_object_notify_by_pspec (G_OBJECT (hold), properties[PROP_PROBLEM]);
}

static void
free_source (gpointer data)
{
  Source *source = data;

  g_signal_handlers_disconnect_by_data (source->model, source);
  g_signal_handlers_disconnect_by_data (source->driver, source);
  for (guint i = 0; i < source->readers->len; i++)
    remove_reader (source->manager, source->readers->pdata[i]);
  g_ptr_array_unref (source->readers);
  g_object_unref (source->model);
  g_object_unref (source->driver);
  g_free (source);
}

static void
add_source (MdgReaderManager *self, MdgReaderDriver *driver)
{
  Source *source = g_new0 (Source, 1);

  source->manager = self;
  source->driver = g_object_ref (driver);
  source->model = g_object_ref (mdg_reader_driver_get_readers (driver));
  source->readers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->sources, source);
  g_signal_connect (source->model, "items-changed", G_CALLBACK (on_readers_changed_cb), source);
  g_signal_connect (driver, "notify::ready", G_CALLBACK (on_driver_changed_cb), source);
  g_signal_connect (driver, "notify::problem", G_CALLBACK (on_driver_changed_cb), source);
  on_readers_changed_cb (source->model, 0, 0, g_list_model_get_n_items (source->model), source);
}

static gboolean
is_watched (MdgReaderManager *self, MdgReaderDriver *driver)
{
  for (guint i = 0; i < self->sources->len; i++)
    if (((Source *) self->sources->pdata[i])->driver == driver)
      return TRUE;
  return FALSE;
}

static gboolean
is_of_host (MdgReaderManager *self, MdgReaderDriver *driver)
{
  for (guint i = 0; i < self->infos->len; i++)
    if (mdg_plugin_info_get_driver (self->infos->pdata[i]) == driver)
      return TRUE;
  return FALSE;
}

static void
follow_drivers (MdgReaderManager *self)
{
  for (guint i = self->sources->len; i > 0; i--)
    if (!is_of_host (self, ((Source *) self->sources->pdata[i - 1])->driver))
      free_source (g_ptr_array_steal_index (self->sources, i - 1));
  for (guint i = 0; i < self->infos->len; i++)
    {
      MdgReaderDriver *driver = mdg_plugin_info_get_driver (self->infos->pdata[i]);

      if (driver != NULL && !is_watched (self, driver))
        add_source (self, driver);
    }
}

static void
on_info_changed_cb (MdgPluginInfo *info, GParamSpec *pspec, MdgReaderManager *self)
{
  g_autoptr (MdgReaderManager) hold = g_object_ref (self);

  follow_drivers (hold);
  update_settled (hold);
  g_object_notify_by_pspec (G_OBJECT (hold), properties[PROP_PROBLEM]);
}

/* The host only ever adds rows. */
static void
on_infos_changed_cb (GListModel *model,
                     guint position,
                     guint removed,
                     guint added,
                     MdgReaderManager *self)
{
  for (guint i = 0; i < added; i++)
    {
      MdgPluginInfo *info = g_list_model_get_item (model, position + i);

      g_ptr_array_add (self->infos, info);
      g_signal_connect_object (info, "notify::state", G_CALLBACK (on_info_changed_cb), self, 0);
      g_signal_connect_object (info, "notify::driver", G_CALLBACK (on_info_changed_cb), self, 0);
    }
  follow_drivers (self);
  update_settled (self);
}

static void
on_loaded_cb (MdgPluginHost *host, GParamSpec *pspec, MdgReaderManager *self)
{
  update_settled (self);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static GType
mdg_reader_manager_get_item_type (GListModel *model)
{
  return MDG_TYPE_READER;
}

static guint
mdg_reader_manager_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (MDG_READER_MANAGER (model)->readers));
}

static gpointer
mdg_reader_manager_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (MDG_READER_MANAGER (model)->readers), position);
}

static void
mdg_reader_manager_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mdg_reader_manager_get_item_type;
  iface->get_n_items = mdg_reader_manager_get_n_items;
  iface->get_item = mdg_reader_manager_get_item;
}

static void
mdg_reader_manager_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgReaderManager *self = MDG_READER_MANAGER (object);

  switch (id)
    {
    case PROP_SETTLED:
      g_value_set_boolean (value, self->settled);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, mdg_reader_manager_get_problem (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_reader_manager_dispose (GObject *object)
{
  MdgReaderManager *self = MDG_READER_MANAGER (object);

  if (self->readers != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->readers, self);
      while (self->sources->len > 0)
        free_source (g_ptr_array_steal_index (self->sources, self->sources->len - 1));
      g_clear_object (&self->readers);
    }
  g_clear_object (&self->host);
  G_OBJECT_CLASS (mdg_reader_manager_parent_class)->dispose (object);
}

static void
mdg_reader_manager_finalize (GObject *object)
{
  MdgReaderManager *self = MDG_READER_MANAGER (object);

  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->infos);
  g_hash_table_unref (self->with_card);
  G_OBJECT_CLASS (mdg_reader_manager_parent_class)->finalize (object);
}

static void
mdg_reader_manager_class_init (MdgReaderManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mdg_reader_manager_get_property;
  object_class->dispose = mdg_reader_manager_dispose;
  object_class->finalize = mdg_reader_manager_finalize;
  properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * MdgReaderManager::card-inserted:
   * @self: the manager
   * @reader: where
   *
   * A card came, or a reader that has one.
   */
  signals[SIGNAL_CARD_INSERTED] =
      g_signal_new ("card-inserted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, MDG_TYPE_READER);
  /**
   * MdgReaderManager::card-removed:
   * @self: the manager
   * @reader: where
   *
   * A card went, or the reader that had it.
   */
  signals[SIGNAL_CARD_REMOVED] =
      g_signal_new ("card-removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, MDG_TYPE_READER);
}

static void
mdg_reader_manager_init (MdgReaderManager *self)
{
  self->readers = g_list_store_new (MDG_TYPE_READER);
  self->with_card = g_hash_table_new (NULL, NULL);
  self->infos = g_ptr_array_new_with_free_func (g_object_unref);
  self->sources = g_ptr_array_new ();
  g_signal_connect (self->readers, "items-changed", G_CALLBACK (on_items_changed_cb), self);
}

/**
 * mdg_reader_manager_new:
 * @host: the host whose drivers' readers to list; kept
 *
 * Makes a manager. It may be made before or after @host has loaded its plugins.
 *
 * Thread: the host's.
 *
 * Errors: none.
 *
 * Returns: (transfer full): a manager
 */
MdgReaderManager *
mdg_reader_manager_new (MdgPluginHost *host)
{
  MdgReaderManager *self;

  g_return_val_if_fail (MDG_IS_PLUGIN_HOST (host), NULL);

  self = g_object_new (MDG_TYPE_READER_MANAGER, NULL);
  self->host = g_object_ref (host);
  g_signal_connect_object (host, "items-changed", G_CALLBACK (on_infos_changed_cb), self, 0);
  g_signal_connect_object (host, "notify::loaded", G_CALLBACK (on_loaded_cb), self, 0);
  on_infos_changed_cb (G_LIST_MODEL (host), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (host)),
                       self);
  return self;
}

/**
 * mdg_reader_manager_lookup:
 * @self: a manager
 * @id: a reader's id
 *
 * Finds a reader that is there now.
 *
 * Thread: the manager's.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the reader
 */
MdgReader *
mdg_reader_manager_lookup (MdgReaderManager *self, const char *id)
{
  GListModel *readers;

  g_return_val_if_fail (MDG_IS_READER_MANAGER (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  readers = G_LIST_MODEL (self->readers);
  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      if (g_strcmp0 (mdg_reader_get_id (reader), id) == 0)
        return reader; /* the list keeps it */
    }
  return NULL;
}

/**
 * mdg_reader_manager_get_settled:
 * @self: a manager
 *
 * Whether the host has loaded its plugins and every driver that started has looked for readers:
 * an empty list then means that there is no reader.
 *
 * Thread: the manager's.
 *
 * Errors: none.
 *
 * Returns: %TRUE when all have looked
 */
gboolean
mdg_reader_manager_get_settled (MdgReaderManager *self)
{
  g_return_val_if_fail (MDG_IS_READER_MANAGER (self), FALSE);

  return self->settled;
}

/**
 * mdg_reader_manager_get_problem:
 * @self: a manager
 *
 * Why there may be no reader: the first problem of a driver, else why the first plugin that failed
 * did so.
 *
 * Thread: the manager's.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the problem, valid until the main loop goes on
 */
const GError *
mdg_reader_manager_get_problem (MdgReaderManager *self)
{
  g_return_val_if_fail (MDG_IS_READER_MANAGER (self), NULL);

  for (guint i = 0; i < self->infos->len; i++)
    {
      MdgReaderDriver *driver = mdg_plugin_info_get_driver (self->infos->pdata[i]);
      const GError *problem = driver != NULL ? mdg_reader_driver_get_problem (driver) : NULL;

      if (problem != NULL)
        return problem;
    }
  for (guint i = 0; i < self->infos->len; i++)
    {
      const GError *error = mdg_plugin_info_get_error (self->infos->pdata[i]);

      if (error != NULL && !g_error_matches (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_DUPLICATE))
        return error;
    }
  return NULL;
}
