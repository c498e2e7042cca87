/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What every driver has in common: the list of its readers, whether it has looked yet, its problem,
 * and its monitor thread. Promises: all reports take effect in the context that made the driver, in
 * the order they were made; what is reported around a stop() is dropped. */
#include "config.h"

#include "mdg-reader-driver.h"

#include "mdg-invoke.h"
#include "mdg-reader-driver-private.h"
#include "mdg-reader-private.h"

#define RESTART_DELAY_MS 1000
#define STOP_DEADLINE_MS 2000

typedef struct
{
  GMainContext *context;
  GListStore *readers;
  GError *problem;
  gboolean ready;
  gboolean started;
  guint generation; /* atomic: +1 at each start and stop; reports of another one are dropped */
  guint added;      /* atomic: counts add_reader() */
  guint restart_delay;
  MdgMonitor *monitor;
} MdgReaderDriverPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MdgReaderDriver, mdg_reader_driver, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_READERS,
  PROP_READY,
  PROP_PROBLEM,
  PROP_RESTART_DELAY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define PRIV(self) ((MdgReaderDriverPrivate *) mdg_reader_driver_get_instance_private (self))

typedef struct
{
  MdgReaderDriver *driver;
  guint generation;
  MdgReader *reader;
  char *id;
  GError *error;
} Report;

static Report *
make_report (MdgReaderDriver *self)
{
  Report *report = g_new0 (Report, 1);

  report->driver = g_object_ref (self);
  report->generation = (guint) g_atomic_int_get (&PRIV (self)->generation);
  return report;
}

static void
free_report (gpointer data)
{
  Report *report = data;

  g_clear_object (&report->reader);
  g_clear_error (&report->error);
  g_free (report->id);
  g_object_unref (report->driver);
  g_free (report);
}

static void
send_report (Report *report, GSourceFunc func)
{
  mdg_invoke_later (PRIV (report->driver)->context, func, report, free_report);
}

static gboolean
is_stale (Report *report)
{
  MdgReaderDriverPrivate *priv = PRIV (report->driver);

  return !priv->started || report->generation != (guint) g_atomic_int_get (&priv->generation);
}

static gboolean
find_reader (MdgReaderDriver *self, const char *id, guint *position)
{
  GListModel *readers = G_LIST_MODEL (PRIV (self)->readers);

  for (guint i = 0; i < g_list_model_get_n_items (readers); i++)
    {
      g_autoptr (MdgReader) reader = g_list_model_get_item (readers, i);

      if (g_strcmp0 (mdg_reader_get_id (reader), id) == 0)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
remove_at (MdgReaderDriver *self, guint position)
{
  MdgReaderDriverPrivate *priv = PRIV (self);
  g_autoptr (MdgReader) reader = g_list_model_get_item (G_LIST_MODEL (priv->readers), position);
  guint now;

  mdg_reader_mark_gone (reader);
  /* whoever was told of that may have changed the list */
  if (g_list_store_find (priv->readers, reader, &now))
    g_list_store_remove (priv->readers, now);
}

static void
remove_all (MdgReaderDriver *self)
{
  guint n;

  while ((n = g_list_model_get_n_items (G_LIST_MODEL (PRIV (self)->readers))) > 0)
    remove_at (self, n - 1);
}

static void
set_problem (MdgReaderDriver *self, const GError *problem)
{
  MdgReaderDriverPrivate *priv = PRIV (self);

  if (priv->problem == NULL && problem == NULL)
    return;
  g_clear_error (&priv->problem);
  priv->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
set_ready (MdgReaderDriver *self, gboolean ready)
{
  MdgReaderDriverPrivate *priv = PRIV (self);

  if (priv->ready == ready)
    return;
  priv->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static gboolean
on_add_reader_cb (gpointer data)
{
  Report *report = data;
  MdgReaderDriverPrivate *priv = PRIV (report->driver);
  guint position;

  if (is_stale (report))
    {
      mdg_reader_mark_gone (report->reader);
      return G_SOURCE_REMOVE;
    }
  if (g_list_store_find (priv->readers, report->reader, NULL))
    return G_SOURCE_REMOVE;
  if (find_reader (report->driver, mdg_reader_get_id (report->reader), &position))
    remove_at (report->driver, position);
  g_list_store_append (priv->readers, report->reader);
  return G_SOURCE_REMOVE;
}

static gboolean
on_remove_reader_cb (gpointer data)
{
  Report *report = data;
  guint position;

  if (!is_stale (report) && find_reader (report->driver, report->id, &position))
    remove_at (report->driver, position);
  return G_SOURCE_REMOVE;
}

static gboolean
on_report_ready_cb (gpointer data)
{
  Report *report = data;

  if (!is_stale (report))
    set_ready (report->driver, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_report_problem_cb (gpointer data)
{
  Report *report = data;

  if (!is_stale (report))
    set_problem (report->driver, report->error);
  return G_SOURCE_REMOVE;
}

static gboolean
on_report_failed_cb (gpointer data)
{
  Report *report = data;

  if (is_stale (report))
    return G_SOURCE_REMOVE;
  remove_all (report->driver);
  set_problem (report->driver, report->error);
  set_ready (report->driver, TRUE);
  g_signal_emit (report->driver, signals[SIGNAL_FAILED], 0, report->error);
  return G_SOURCE_REMOVE;
}

static void
mdg_reader_driver_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgReaderDriverPrivate *priv = PRIV (MDG_READER_DRIVER (object));

  switch (id)
    {
    case PROP_READERS:
      g_value_set_object (value, priv->readers);
      break;
    case PROP_READY:
      g_value_set_boolean (value, priv->ready);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, priv->problem);
      break;
    case PROP_RESTART_DELAY:
      g_value_set_uint (value, priv->restart_delay);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_reader_driver_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RESTART_DELAY)
    PRIV (MDG_READER_DRIVER (object))->restart_delay = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mdg_reader_driver_finalize (GObject *object)
{
  MdgReaderDriverPrivate *priv = PRIV (MDG_READER_DRIVER (object));

  g_clear_pointer (&priv->monitor, mdg_monitor_unref);
  g_clear_object (&priv->readers);
  g_clear_error (&priv->problem);
  g_clear_pointer (&priv->context, g_main_context_unref);
  G_OBJECT_CLASS (mdg_reader_driver_parent_class)->finalize (object);
}

static void
mdg_reader_driver_class_init (MdgReaderDriverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mdg_reader_driver_get_property;
  object_class->set_property = mdg_reader_driver_set_property;
  object_class->finalize = mdg_reader_driver_finalize;
  properties[PROP_READERS] =
      g_param_spec_object ("readers", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, readable);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_RESTART_DELAY] =
      g_param_spec_uint ("restart-delay", NULL, NULL, 1, RESTART_DELAY_MS, RESTART_DELAY_MS,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * MdgReaderDriver::failed:
   * @self: the driver
   * @error: what its monitor failed with the last time
   *
   * The monitor failed three times in a row and is not called any more.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mdg_reader_driver_init (MdgReaderDriver *self)
{
  MdgReaderDriverPrivate *priv = PRIV (self);

  priv->context = g_main_context_ref_thread_default ();
  priv->readers = g_list_store_new (MDG_TYPE_READER);
  priv->restart_delay = RESTART_DELAY_MS;
}

GMainContext *
mdg_reader_driver_dup_context (MdgReaderDriver *self)
{
  return g_main_context_ref (PRIV (self)->context);
}

guint
mdg_reader_driver_count_added (MdgReaderDriver *self)
{
  return (guint) g_atomic_int_get (&PRIV (self)->added);
}

void
mdg_reader_driver_report_failed (MdgReaderDriver *self, guint generation, const GError *error)
{
  Report *report = make_report (self);

  report->generation = generation;
  report->error = g_error_copy (error);
  send_report (report, on_report_failed_cb);
}

static gboolean
take_ended_monitor (MdgReaderDriver *self, GError **error)
{
  MdgReaderDriverPrivate *priv = PRIV (self);

  if (priv->monitor == NULL)
    return TRUE;
  if (!mdg_monitor_has_ended (priv->monitor))
    {
      g_set_error (error, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_START,
                   "The thread of the last start has not ended yet");
      return FALSE;
    }
  g_clear_pointer (&priv->monitor, mdg_monitor_unref);
  return TRUE;
}

/**
 * mdg_reader_driver_start:
 * @self: a driver
 * @error: return location for an error
 *
 * Starts the driver: calls its start(), and then its monitor() on a thread of its own. A driver
 * without monitor() is ready when start() has returned. A driver that is started stays so until
 * mdg_reader_driver_stop(); who drops it without stopping it keeps it alive.
 *
 * Thread: the one that made the driver.
 *
 * Errors: whatever the driver's start() says; %MDG_PLUGIN_ERROR_START when it gave no reason, or
 * when a thread that was given up at the last stop is still there.
 *
 * Returns: %TRUE when it is started
 */
gboolean
mdg_reader_driver_start (MdgReaderDriver *self, GError **error)
{
  MdgReaderDriverClass *klass;
  MdgReaderDriverPrivate *priv;
  GError *local = NULL;

  g_return_val_if_fail (MDG_IS_READER_DRIVER (self), FALSE);

  priv = PRIV (self);
  if (priv->started)
    return TRUE;
  if (!take_ended_monitor (self, error))
    return FALSE;
  klass = MDG_READER_DRIVER_GET_CLASS (self);
  g_atomic_int_inc (&priv->generation);
  set_problem (self, NULL);
  set_ready (self, FALSE);
  if (klass->start != NULL && !klass->start (self, &local))
    {
      g_atomic_int_inc (&priv->generation);
      if (local == NULL)
        g_set_error (&local, MDG_PLUGIN_ERROR, MDG_PLUGIN_ERROR_START,
                     "The driver did not start and gave no reason");
      g_propagate_error (error, local);
      return FALSE;
    }
  g_clear_error (&local);
  priv->started = TRUE;
  if (klass->monitor != NULL)
    priv->monitor =
        mdg_monitor_start (self, (guint) g_atomic_int_get (&priv->generation), priv->restart_delay);
  else
    mdg_reader_driver_report_ready (self);
  return TRUE;
}

/**
 * mdg_reader_driver_stop:
 * @self: a driver
 *
 * Stops the driver: interrupts its monitor(), waits up to two seconds for it to return, takes its
 * readers away (their runs end with %MDG_READER_ERROR_GONE) and calls its stop(). A monitor that
 * does not return is left alone, reported, and stop() is not called, because it would take away
 * what the monitor still uses.
 *
 * Thread: the one that made the driver.
 *
 * Errors: none.
 */
void
mdg_reader_driver_stop (MdgReaderDriver *self)
{
  g_autoptr (MdgReaderDriver) hold = NULL;
  MdgReaderDriverClass *klass;
  MdgReaderDriverPrivate *priv;
  gboolean ended = TRUE;

  g_return_if_fail (MDG_IS_READER_DRIVER (self));

  priv = PRIV (self);
  if (!priv->started)
    return;
  hold = g_object_ref (self);
  klass = MDG_READER_DRIVER_GET_CLASS (self);
  priv->started = FALSE;
  g_atomic_int_inc (&priv->generation);
  if (priv->monitor != NULL)
    ended = mdg_monitor_stop (priv->monitor, STOP_DEADLINE_MS);
  remove_all (self);
  set_ready (self, FALSE);
  set_problem (self, NULL);
  if (!ended)
    {
      g_message ("The monitor of %s does not return; its thread is given up",
                 G_OBJECT_TYPE_NAME (self));
      return;
    }
  g_clear_pointer (&priv->monitor, mdg_monitor_unref);
  if (klass->stop != NULL)
    klass->stop (self);
}

/**
 * mdg_reader_driver_get_readers:
 * @self: a driver
 *
 * The readers that are there now, a #GListModel of #MdgReader.
 *
 * Thread: the one that made the driver.
 *
 * Errors: none.
 *
 * Returns: (transfer none): the list
 */
GListModel *
mdg_reader_driver_get_readers (MdgReaderDriver *self)
{
  g_return_val_if_fail (MDG_IS_READER_DRIVER (self), NULL);

  return G_LIST_MODEL (PRIV (self)->readers);
}

/**
 * mdg_reader_driver_get_ready:
 * @self: a driver
 *
 * Whether the driver has looked for readers: before that an empty list means nothing.
 *
 * Thread: the one that made the driver.
 *
 * Errors: none.
 *
 * Returns: %TRUE when it has
 */
gboolean
mdg_reader_driver_get_ready (MdgReaderDriver *self)
{
  g_return_val_if_fail (MDG_IS_READER_DRIVER (self), FALSE);

  return PRIV (self)->ready;
}

/**
 * mdg_reader_driver_get_problem:
 * @self: a driver
 *
 * Why there may be no readers: a service that is not running, a permission that is missing.
 *
 * Thread: the one that made the driver.
 *
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the problem, %NULL when there is none
 */
const GError *
mdg_reader_driver_get_problem (MdgReaderDriver *self)
{
  g_return_val_if_fail (MDG_IS_READER_DRIVER (self), NULL);

  return PRIV (self)->problem;
}

/**
 * mdg_reader_driver_add_reader:
 * @self: a driver
 * @reader: (transfer none): a new reader; what it reports from now on comes in the driver's context
 *
 * Tells of a reader. One of the same id that is in the list already goes away first. Add a reader
 * before reporting its card.
 *
 * Thread: any, the driver's start() and monitor() among them.
 *
 * Errors: none.
 */
void
mdg_reader_driver_add_reader (MdgReaderDriver *self, MdgReader *reader)
{
  Report *report;

  g_return_if_fail (MDG_IS_READER_DRIVER (self));
  g_return_if_fail (MDG_IS_READER (reader));

  mdg_reader_set_context (reader, PRIV (self)->context);
  g_atomic_int_inc (&PRIV (self)->added);
  report = make_report (self);
  report->reader = g_object_ref (reader);
  send_report (report, on_add_reader_cb);
}

/**
 * mdg_reader_driver_remove_reader:
 * @self: a driver
 * @id: the reader's id; one that is not there is no mistake
 *
 * Tells that a reader went away: its card counts as taken out, its runs end with
 * %MDG_READER_ERROR_GONE.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_reader_driver_remove_reader (MdgReaderDriver *self, const char *id)
{
  Report *report;

  g_return_if_fail (MDG_IS_READER_DRIVER (self));
  g_return_if_fail (id != NULL);

  report = make_report (self);
  report->id = g_strdup (id);
  send_report (report, on_remove_reader_cb);
}

/**
 * mdg_reader_driver_report_ready:
 * @self: a driver
 *
 * Tells that the driver has looked for readers for the first time since it was started, and that
 * those it found are added.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_reader_driver_report_ready (MdgReaderDriver *self)
{
  g_return_if_fail (MDG_IS_READER_DRIVER (self));

  send_report (make_report (self), on_report_ready_cb);
}

/**
 * mdg_reader_driver_report_problem:
 * @self: a driver
 * @problem: (nullable): why there may be no readers, %NULL when that is over
 *
 * Tells of something that keeps the driver from finding readers.
 *
 * Thread: any.
 *
 * Errors: none.
 */
void
mdg_reader_driver_report_problem (MdgReaderDriver *self, const GError *problem)
{
  Report *report;

  g_return_if_fail (MDG_IS_READER_DRIVER (self));

  report = make_report (self);
  report->error = problem != NULL ? g_error_copy (problem) : NULL;
  send_report (report, on_report_problem_cb);
}
