/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver around the scripted readers, and the bench that holds host, manager and driver. */
#define MDG_PLUGIN_BUILTIN
#include "config.h"

#include "mdg-fake-reader.h"

#include <glib/gstdio.h>

struct _MdgFakeDriver
{
  MdgReaderDriver parent_instance;

  char *mode;
  GMutex lock;
  GCond cond;
  gboolean released;
  gboolean interrupted;
  guint monitors;
  guint stops;
};

G_DEFINE_FINAL_TYPE (MdgFakeDriver, mdg_fake_driver, MDG_TYPE_READER_DRIVER)

enum
{
  PROP_0,
  PROP_MODE
};

static gboolean
is_mode (MdgFakeDriver *self, const char *mode)
{
  return g_strcmp0 (self->mode, mode) == 0;
}

static gboolean
mdg_fake_driver_start (MdgReaderDriver *driver, GError **error)
{
  MdgFakeDriver *self = MDG_FAKE_DRIVER (driver);

  if (is_mode (self, "start-fails"))
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_FAILED, "as the test wants");
      return FALSE;
    }
  self->interrupted = FALSE;
  return TRUE;
}

static void
mdg_fake_driver_stop (MdgReaderDriver *driver)
{
  MDG_FAKE_DRIVER (driver)->stops++;
}

static gboolean
mdg_fake_driver_monitor (MdgReaderDriver *driver, GCancellable *cancellable, GError **error)
{
  MdgFakeDriver *self = MDG_FAKE_DRIVER (driver);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->monitors++;
  if (is_mode (self, "fail"))
    {
      g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_SERVICE, "as the test wants");
      return FALSE;
    }
  if (!is_mode (self, "none"))
    mdg_reader_driver_report_ready (driver);
  if (is_mode (self, "hang"))
    while (!self->released)
      g_cond_wait (&self->cond, &self->lock);
  else
    while (!self->interrupted)
      g_cond_wait (&self->cond, &self->lock);
  return TRUE;
}

static void
mdg_fake_driver_interrupt (MdgReaderDriver *driver)
{
  MdgFakeDriver *self = MDG_FAKE_DRIVER (driver);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->interrupted = TRUE;
  g_cond_broadcast (&self->cond);
}

static void
mdg_fake_driver_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgFakeDriver *self = MDG_FAKE_DRIVER (object);

  switch (id)
    {
    case PROP_MODE:
      g_free (self->mode);
      self->mode = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_fake_driver_finalize (GObject *object)
{
  MdgFakeDriver *self = MDG_FAKE_DRIVER (object);

  g_free (self->mode);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mdg_fake_driver_parent_class)->finalize (object);
}

static void
mdg_fake_driver_class_init (MdgFakeDriverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MdgReaderDriverClass *driver_class = MDG_READER_DRIVER_CLASS (klass);

  object_class->set_property = mdg_fake_driver_set_property;
  object_class->finalize = mdg_fake_driver_finalize;
  driver_class->start = mdg_fake_driver_start;
  driver_class->stop = mdg_fake_driver_stop;
  driver_class->monitor = mdg_fake_driver_monitor;
  driver_class->interrupt = mdg_fake_driver_interrupt;
  g_object_class_install_property (
      object_class, PROP_MODE,
      g_param_spec_string ("mode", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
mdg_fake_driver_init (MdgFakeDriver *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
}

MDG_DEFINE_PLUGIN (fake, "Fake readers", MDG_PLUGIN_FLAG_NONE, mdg_fake_driver_get_type)

const MdgPluginDesc *
mdg_fake_driver_get_desc (void)
{
  return &MDG_PLUGIN_DESC (fake);
}

MdgFakeDriver *
mdg_fake_driver_new (const char *mode)
{
  return g_object_new (MDG_TYPE_FAKE_DRIVER, "mode", mode, "restart-delay", 20, NULL);
}

void
mdg_fake_driver_release (MdgFakeDriver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->released = TRUE;
  g_cond_broadcast (&self->cond);
}

guint
mdg_fake_driver_count_monitors (MdgFakeDriver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->monitors;
}

guint
mdg_fake_driver_count_stops (MdgFakeDriver *self)
{
  return self->stops;
}

gboolean
mdg_test_on_tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
on_settled_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
mdg_test_settle (void)
{
  for (guint i = 0; i < 3; i++)
    {
      gboolean done = FALSE;

      g_idle_add_full (G_PRIORITY_DEFAULT, on_settled_cb, &done, NULL);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
    }
}

void
mdg_test_remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        mdg_test_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

MdgFakeBench *
mdg_fake_bench_new (void)
{
  const char *const nowhere[] = { NULL };
  MdgFakeBench *self = g_new0 (MdgFakeBench, 1);

  self->state_dir = g_dir_make_tmp ("mdg-bench-XXXXXX", NULL);
  self->host = mdg_plugin_host_new (nowhere, self->state_dir);
  mdg_plugin_host_add_builtin (self->host, mdg_fake_driver_get_desc ());
  mdg_plugin_host_set_option (self->host, "fake", "restart-delay", "20");
  self->manager = mdg_reader_manager_new (self->host);
  mdg_plugin_host_load (self->host, NULL);
  self->driver =
      MDG_FAKE_DRIVER (mdg_plugin_info_get_driver (mdg_plugin_host_lookup (self->host, "fake")));
  mdg_test_wait_for (mdg_reader_manager_get_settled (self->manager));
  return self;
}

void
mdg_fake_bench_free (MdgFakeBench *self)
{
  mdg_plugin_host_stop (self->host);
  mdg_test_settle ();
  g_object_unref (self->manager);
  g_object_unref (self->host);
  mdg_test_settle ();
  mdg_test_remove_folder (self->state_dir);
  g_free (self->state_dir);
  g_free (self);
}

MdgFakeReader *
mdg_fake_bench_add_reader (MdgFakeBench *self, const char *id)
{
  MdgFakeReader *reader = mdg_fake_reader_new (id);

  mdg_reader_driver_add_reader (MDG_READER_DRIVER (self->driver), MDG_READER (reader));
  mdg_test_wait_for (mdg_reader_manager_lookup (self->manager, id) != NULL);
  return reader;
}

void
mdg_fake_bench_insert (MdgFakeReader *reader, const char *atr)
{
  mdg_fake_reader_insert (reader, atr);
  mdg_test_wait_for (mdg_reader_get_present (MDG_READER (reader)));
}

void
mdg_fake_bench_remove (MdgFakeReader *reader)
{
  mdg_fake_reader_remove (reader);
  mdg_test_wait_for (!mdg_reader_get_present (MDG_READER (reader)));
}
