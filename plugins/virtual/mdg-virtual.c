/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver of the virtual reader: practice mode and the tests have a My Number Card with it where
 * there is none. Loaded only when asked for. The monitor thread makes the card, serves the command
 * socket, and is the only one to change what is in the reader. */
#include "config.h"

#include "mdg-virtual-commands.h"
#include "mdg-virtual-reader.h"
#include "mdg-virtual-server.h"

#include <glib/gi18n-lib.h>

#define MDG_TYPE_VIRTUAL_DRIVER (mdg_virtual_driver_get_type ())
G_DECLARE_FINAL_TYPE (MdgVirtualDriver, mdg_virtual_driver, MDG, VIRTUAL_DRIVER, MdgReaderDriver)

enum
{
  PROP_0,
  PROP_STATE_DIR,
  PROP_CARD,
  PROP_SOCKET,
  PROP_PIN,
  PROP_OPTIONS,
  PROP_LATENCY,
  PROP_FAULT,
  PROP_LOG,
  N_PROPS
};

struct _MdgVirtualDriver
{
  MdgReaderDriver parent_instance;
  char *values[N_PROPS]; /* as set; the next start takes them */
  char *socket;          /* (nullable): of this start */
  gboolean with_card;    /* this start inserts one */
  GMainContext *context; /* of the monitor */
  MdgVirtualBench *bench;
  MdgReader *reader; /* (nullable): while plugged; under the slot's lock */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MdgVirtualDriver, mdg_virtual_driver, MDG_TYPE_READER_DRIVER)

static GParamSpec *properties[N_PROPS];

static gboolean
is_set (MdgVirtualDriver *self, guint property)
{
  return self->values[property] != NULL && *self->values[property] != '\0';
}

/* Under the slot's lock, from whichever thread changed it: the core takes reports from any. */
static void
on_slot_changed_cb (gboolean plugged, GBytes *atr, gpointer user_data)
{
  MdgVirtualDriver *self = user_data;
  MdgReaderDriver *driver = MDG_READER_DRIVER (self);

  if (!plugged)
    {
      if (self->reader != NULL)
        mdg_reader_driver_remove_reader (driver, MDG_VIRTUAL_READER_ID);
      g_clear_object (&self->reader);
      return;
    }
  if (self->reader == NULL)
    {
      self->reader = mdg_virtual_reader_new (self->bench->slot);
      mdg_reader_driver_add_reader (driver, self->reader);
      mdg_reader_report_features (self->reader, MDG_READER_FEATURE_VIRTUAL);
    }
  mdg_reader_report_card (self->reader, atr != NULL, atr);
}

static char *
on_line_cb (const char *line, gboolean *close, gpointer user_data)
{
  MdgVirtualDriver *self = user_data;

  return mdg_virtual_bench_command (self->bench, line, self->cancellable, close);
}

static gboolean
prepare_slot (MdgVirtualDriver *self, GError **error)
{
  MdgVirtualLatency latency = { 0 };
  MdgVirtualLog *log = NULL;

  if (is_set (self, PROP_LATENCY) &&
      !mdg_virtual_latency_parse (self->values[PROP_LATENCY], &latency, error))
    return FALSE;
  mdg_virtual_slot_set_latency (self->bench->slot, &latency);
  if (is_set (self, PROP_FAULT) &&
      !mdg_virtual_slot_add_fault (self->bench->slot, self->values[PROP_FAULT], error))
    return FALSE;
  if (is_set (self, PROP_LOG) &&
      (log = mdg_virtual_log_new (self->values[PROP_LOG], FALSE, error)) == NULL)
    return FALSE;
  mdg_virtual_slot_take_log (self->bench->slot, log);
  return TRUE;
}

static gboolean
mdg_virtual_driver_start (MdgReaderDriver *driver, GError **error)
{
  MdgVirtualDriver *self = MDG_VIRTUAL_DRIVER (driver);
  g_autoptr (MdgVirtualOptions) options = mdg_virtual_options_new ();
  g_autofree char *usual =
      g_build_filename (g_get_user_data_dir (), "madoguchi", "practice", "cards", NULL);

  if (is_set (self, PROP_CARD) && !mdg_virtual_card_files_check_cn (self->values[PROP_CARD], error))
    return FALSE;
  if (is_set (self, PROP_OPTIONS) &&
      !mdg_virtual_options_parse (options, self->values[PROP_OPTIONS], error))
    return FALSE;
  if (is_set (self, PROP_PIN) &&
      !mdg_virtual_options_set (options, "pin", self->values[PROP_PIN], error))
    return FALSE;
  g_clear_pointer (&self->bench, mdg_virtual_bench_free);
  self->bench =
      mdg_virtual_bench_new (is_set (self, PROP_STATE_DIR) ? self->values[PROP_STATE_DIR] : usual,
                             self->values[PROP_CARD], options);
  g_free (self->socket);
  self->socket = is_set (self, PROP_SOCKET) ? g_strdup (self->values[PROP_SOCKET]) : NULL;
  self->with_card = is_set (self, PROP_CARD);
  return prepare_slot (self, error);
}

/* A card that cannot be made is no reason to have no reader: `insert` may bring another one. */
static void
insert_first_card (MdgVirtualDriver *self, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (self->with_card && !mdg_virtual_bench_insert (self->bench, cancellable, &error) &&
      !g_cancellable_is_cancelled (cancellable))
    mdg_reader_driver_report_problem (MDG_READER_DRIVER (self), error);
}

static gboolean
mdg_virtual_driver_monitor (MdgReaderDriver *driver, GCancellable *cancellable, GError **error)
{
  MdgVirtualDriver *self = MDG_VIRTUAL_DRIVER (driver);
  g_autoptr (MdgVirtualServer) server = NULL;

  if (self->socket != NULL)
    {
      server = mdg_virtual_server_new (self->socket, self->context, on_line_cb, self, error);
      if (server == NULL)
        return FALSE;
    }
  self->cancellable = cancellable;
  mdg_virtual_slot_set_func (self->bench->slot, on_slot_changed_cb, self);
  insert_first_card (self, cancellable);
  mdg_reader_driver_report_ready (driver);
  /* a wake-up between the question and the wait ends the wait: none is lost */
  while (!g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (self->context, TRUE);
  mdg_virtual_slot_set_func (self->bench->slot, NULL, NULL);
  g_clear_object (&self->reader);
  self->cancellable = NULL;
  return TRUE;
}

static void
mdg_virtual_driver_interrupt (MdgReaderDriver *driver)
{
  g_main_context_wakeup (MDG_VIRTUAL_DRIVER (driver)->context);
}

static void
mdg_virtual_driver_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, MDG_VIRTUAL_DRIVER (object)->values[id]);
}

static void
mdg_virtual_driver_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MdgVirtualDriver *self = MDG_VIRTUAL_DRIVER (object);

  g_free (self->values[id]);
  self->values[id] = g_value_dup_string (value);
}

static void
mdg_virtual_driver_finalize (GObject *object)
{
  MdgVirtualDriver *self = MDG_VIRTUAL_DRIVER (object);

  for (guint i = 0; i < N_PROPS; i++)
    g_free (self->values[i]);
  g_free (self->socket);
  g_clear_pointer (&self->bench, mdg_virtual_bench_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (mdg_virtual_driver_parent_class)->finalize (object);
}

static void
mdg_virtual_driver_class_init (MdgVirtualDriverClass *klass)
{
  static const struct
  {
    guint id;
    const char *name;
    const char *value;
  } strings[] = {
    { PROP_STATE_DIR, "state-dir", NULL }, { PROP_CARD, "card", NULL },
    { PROP_SOCKET, "socket", NULL },       { PROP_PIN, "pin", NULL },
    { PROP_OPTIONS, "options", NULL },     { PROP_LATENCY, "latency", NULL },
    { PROP_FAULT, "fault", NULL },         { PROP_LOG, "log", NULL },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  MdgReaderDriverClass *driver_class = MDG_READER_DRIVER_CLASS (klass);

  object_class->get_property = mdg_virtual_driver_get_property;
  object_class->set_property = mdg_virtual_driver_set_property;
  object_class->finalize = mdg_virtual_driver_finalize;
  driver_class->start = mdg_virtual_driver_start;
  driver_class->monitor = mdg_virtual_driver_monitor;
  driver_class->interrupt = mdg_virtual_driver_interrupt;
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, strings[i].value,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_virtual_driver_init (MdgVirtualDriver *self)
{
  self->context = g_main_context_new ();
}

MDG_DEFINE_PLUGIN (virtual,
                   N_ ("Practice reader with a virtual card"),
                   MDG_PLUGIN_FLAG_ON_REQUEST,
                   mdg_virtual_driver_get_type)
