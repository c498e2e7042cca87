/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The smallest driver that compiles and keeps the rules: one reader that is always there and never
 * has a card. Made to be copied, by scripts/new-driver; docs/adding-a-driver.md explains it. */
#include "config.h"

#include "mdg-plugin.h"

#define READER_ID "template-0"

/* --- the reader: three functions on its own thread, one at a time; they may block --- */

#define MDG_TYPE_TEMPLATE_READER (mdg_template_reader_get_type ())
G_DECLARE_FINAL_TYPE (MdgTemplateReader, mdg_template_reader, MDG, TEMPLATE_READER, MdgReader)

struct _MdgTemplateReader
{
  MdgReader parent_instance;
};

G_DEFINE_FINAL_TYPE (MdgTemplateReader, mdg_template_reader, MDG_TYPE_READER)

static gboolean
mdg_template_reader_connect (MdgReader *reader, GCancellable *cancellable, GError **error)
{
  /* power the card; for nobody else until disconnect() */
  g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NO_CARD, "There is no card");
  return FALSE;
}

static GBytes *
mdg_template_reader_transmit (MdgReader *reader,
                              GBytes *command,
                              GCancellable *cancellable,
                              GError **error)
{
  /* send @command, wait for the answer; never log either, never send twice */
  g_set_error (error, MDG_READER_ERROR, MDG_READER_ERROR_NOT_SUPPORTED, "Not written yet");
  return NULL;
}

static void
mdg_template_reader_disconnect (MdgReader *reader, MdgDisposition disposition)
{
  /* MDG_DISPOSITION_POWER_OFF means it: the card may know a PIN */
}

static void
mdg_template_reader_class_init (MdgTemplateReaderClass *klass)
{
  MdgReaderClass *reader_class = MDG_READER_CLASS (klass);

  reader_class->connect = mdg_template_reader_connect;
  reader_class->transmit = mdg_template_reader_transmit;
  reader_class->disconnect = mdg_template_reader_disconnect;
}

static void
mdg_template_reader_init (MdgTemplateReader *self)
{
}

/* --- the driver: finds readers on its own thread and tells of them and of their cards --- */

#define MDG_TYPE_TEMPLATE_DRIVER (mdg_template_driver_get_type ())
G_DECLARE_FINAL_TYPE (MdgTemplateDriver, mdg_template_driver, MDG, TEMPLATE_DRIVER, MdgReaderDriver)

struct _MdgTemplateDriver
{
  MdgReaderDriver parent_instance;

  GMutex lock;
  GCond cond;
};

G_DEFINE_FINAL_TYPE (MdgTemplateDriver, mdg_template_driver, MDG_TYPE_READER_DRIVER)

static gboolean
mdg_template_driver_monitor (MdgReaderDriver *driver, GCancellable *cancellable, GError **error)
{
  MdgTemplateDriver *self = MDG_TEMPLATE_DRIVER (driver);
  g_autoptr (MdgReader) reader = g_object_new (MDG_TYPE_TEMPLATE_READER, "id", READER_ID, "name",
                                               "Template reader", "driver", "template", NULL);

  mdg_reader_driver_add_reader (driver, reader);
  mdg_reader_driver_report_ready (driver);
  /* wait here for readers and cards that come and go: mdg_reader_report_card (reader, TRUE, atr) */
  g_mutex_lock (&self->lock);
  while (!g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->cond, &self->lock);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static void
mdg_template_driver_interrupt (MdgReaderDriver *driver)
{
  MdgTemplateDriver *self = MDG_TEMPLATE_DRIVER (driver);

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
}

static void
mdg_template_driver_finalize (GObject *object)
{
  MdgTemplateDriver *self = MDG_TEMPLATE_DRIVER (object);

  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mdg_template_driver_parent_class)->finalize (object);
}

static void
mdg_template_driver_class_init (MdgTemplateDriverClass *klass)
{
  MdgReaderDriverClass *driver_class = MDG_READER_DRIVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_template_driver_finalize;
  driver_class->monitor = mdg_template_driver_monitor;
  driver_class->interrupt = mdg_template_driver_interrupt;
}

static void
mdg_template_driver_init (MdgTemplateDriver *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
}

MDG_DEFINE_PLUGIN (template, "Template", MDG_PLUGIN_FLAG_ON_REQUEST, mdg_template_driver_get_type)
