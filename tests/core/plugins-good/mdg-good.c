/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A good driver with one reader that answers everything with 9000; built as a module and built in.
 */
#include "mdg-plugin.h"

G_DECLARE_FINAL_TYPE (MdgGoodReader, mdg_good_reader, MDG, GOOD_READER, MdgReader)
struct _MdgGoodReader
{
  MdgReader parent_instance;
};
G_DEFINE_FINAL_TYPE (MdgGoodReader, mdg_good_reader, MDG_TYPE_READER)

static GBytes *
mdg_good_reader_transmit (MdgReader *reader,
                          GBytes *command,
                          GCancellable *cancellable,
                          GError **error)
{
  return g_bytes_new_static ("\x90\x00", 2);
}

static void
mdg_good_reader_class_init (MdgGoodReaderClass *klass)
{
  MDG_READER_CLASS (klass)->transmit = mdg_good_reader_transmit;
}

static void
mdg_good_reader_init (MdgGoodReader *self)
{
}

G_DECLARE_FINAL_TYPE (MdgGoodDriver, mdg_good_driver, MDG, GOOD_DRIVER, MdgReaderDriver)
struct _MdgGoodDriver
{
  MdgReaderDriver parent_instance;
  char *label;
};
G_DEFINE_FINAL_TYPE (MdgGoodDriver, mdg_good_driver, MDG_TYPE_READER_DRIVER)

static gboolean
mdg_good_driver_start (MdgReaderDriver *driver, GError **error)
{
  MdgGoodDriver *self = MDG_GOOD_DRIVER (driver);
  g_autoptr (MdgReader) reader = g_object_new (mdg_good_reader_get_type (), "id", "good-0", "name",
                                               self->label, "driver", "good", NULL);

  mdg_reader_driver_add_reader (driver, reader);
  mdg_reader_report_card (reader, TRUE, NULL);
  return TRUE;
}

static void
mdg_good_driver_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_free (MDG_GOOD_DRIVER (object)->label);
  MDG_GOOD_DRIVER (object)->label = g_value_dup_string (value);
}

static void
mdg_good_driver_finalize (GObject *object)
{
  g_free (MDG_GOOD_DRIVER (object)->label);
  G_OBJECT_CLASS (mdg_good_driver_parent_class)->finalize (object);
}

static void
mdg_good_driver_class_init (MdgGoodDriverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = mdg_good_driver_set_property;
  object_class->finalize = mdg_good_driver_finalize;
  MDG_READER_DRIVER_CLASS (klass)->start = mdg_good_driver_start;
  g_object_class_install_property (
      object_class, 1,
      g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
mdg_good_driver_init (MdgGoodDriver *self)
{
}

MDG_DEFINE_PLUGIN (good, "Good readers", MDG_PLUGIN_FLAG_NONE, mdg_good_driver_get_type)
