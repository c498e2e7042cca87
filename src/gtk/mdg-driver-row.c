/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One driver: its name, its state in words, and why it is not working where it is not. Follows the
 * plugin's state and its driver's problem. */
#include "config.h"

#include "mdg-driver-row.h"

#include <glib/gi18n-lib.h>

struct _MdgDriverRow
{
  MdgStateRow parent_instance;

  MdgPluginInfo *info;
  MdgReaderDriver *driver; /* (nullable): whose problem is followed */
};

G_DEFINE_FINAL_TYPE (MdgDriverRow, mdg_driver_row, MDG_TYPE_STATE_ROW)

static void
show_state (MdgDriverRow *self, const GError *problem)
{
  MdgStateRow *row = MDG_STATE_ROW (self);

  switch (mdg_plugin_info_get_state (self->info))
    {
    case MDG_PLUGIN_STATE_STARTED:
      if (problem != NULL)
        mdg_state_row_set_state (row, MDG_CHIP_ATTENTION, _ ("Waiting"));
      else
        mdg_state_row_set_state (row, MDG_CHIP_GOOD, _ ("Working"));
      break;
    case MDG_PLUGIN_STATE_FAILED:
      mdg_state_row_set_state (row, MDG_CHIP_BAD, _ ("Cannot be used"));
      break;
    case MDG_PLUGIN_STATE_QUARANTINED:
      mdg_state_row_set_state (row, MDG_CHIP_ATTENTION, _ ("Held back"));
      break;
    case MDG_PLUGIN_STATE_DISABLED:
      mdg_state_row_set_state (row, MDG_CHIP_NEUTRAL, _ ("Not used"));
      break;
    case MDG_PLUGIN_STATE_READY:
    default:
      mdg_state_row_set_state (row, MDG_CHIP_BUSY, _ ("Not started yet"));
      break;
    }
}

/* What is opened says its name, what is not cannot: of our own it is known. */
static const char *
get_title (MdgPluginInfo *info)
{
  static const struct
  {
    const char *id;
    const char *title;
  } drivers[] = {
    { "pcsc", N_ ("PC/SC readers (of the operating system)") },
    { "ccid", N_ ("USB readers (CCID)") },
    { "bluetooth", N_ ("Bluetooth readers") },
    { "template", N_ ("Example of a driver") },
  };
  const char *name = mdg_plugin_info_get_name (info), *id = mdg_plugin_info_get_id (info);

  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++)
    if (g_str_equal (id, drivers[i].id))
      name = drivers[i].title;
  /* a plugin marks its name for translation and hands it on as it is */
  return name != NULL ? _ (name) : id;
}

static void
show_driver (MdgDriverRow *self)
{
  MdgStateRow *row = MDG_STATE_ROW (self);
  MdgPluginState state = mdg_plugin_info_get_state (self->info);
  const GError *problem = mdg_plugin_info_get_error (self->info);

  if (problem == NULL && self->driver != NULL)
    problem = mdg_reader_driver_get_problem (self->driver);
  mdg_state_row_set_title (row, get_title (self->info), NULL);
  show_state (self, problem);
  mdg_state_row_set_problem (row, problem);
  mdg_state_row_set_button (row, state == MDG_PLUGIN_STATE_FAILED ||
                                         state == MDG_PLUGIN_STATE_QUARANTINED
                                     ? _ ("Try Again")
                                     : NULL);
}

static void
on_changed_cb (MdgDriverRow *self)
{
  show_driver (self);
}

static void
follow_driver (MdgDriverRow *self)
{
  MdgReaderDriver *driver = mdg_plugin_info_get_driver (self->info);

  if (driver == self->driver)
    return;
  if (self->driver != NULL)
    g_signal_handlers_disconnect_by_data (self->driver, self);
  g_set_object (&self->driver, driver);
  if (driver != NULL)
    g_signal_connect_object (driver, "notify::problem", G_CALLBACK (on_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
on_info_cb (MdgDriverRow *self)
{
  follow_driver (self);
  show_driver (self);
}

static void
mdg_driver_row_dispose (GObject *object)
{
  MdgDriverRow *self = MDG_DRIVER_ROW (object);

  g_clear_object (&self->driver);
  g_clear_object (&self->info);
  G_OBJECT_CLASS (mdg_driver_row_parent_class)->dispose (object);
}

static void
mdg_driver_row_class_init (MdgDriverRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mdg_driver_row_dispose;
}

static void
mdg_driver_row_init (MdgDriverRow *self)
{
}

/**
 * mdg_driver_row_new:
 * @info: a driver's plugin
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
mdg_driver_row_new (MdgPluginInfo *info)
{
  MdgDriverRow *self = g_object_new (MDG_TYPE_DRIVER_ROW, NULL);

  self->info = g_object_ref (info);
  g_signal_connect_object (info, "notify", G_CALLBACK (on_info_cb), self, G_CONNECT_SWAPPED);
  on_info_cb (self);
  return GTK_WIDGET (self);
}

/**
 * mdg_driver_row_get_info:
 * @self: a row
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the plugin it shows
 */
MdgPluginInfo *
mdg_driver_row_get_info (MdgDriverRow *self)
{
  return self->info;
}
