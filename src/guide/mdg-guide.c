/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The journey of one facility as the faces see it. What is shown is what was read back from the
 * disk after the last change, never what somebody hoped to write: each change (mdg-guide-change.c)
 * ends with the whole record read anew on the worker, and that record takes the place of the old
 * one here. */
#include "config.h"

#include "mdg-guide-model.h"

#include <glib/gi18n-lib.h>

#define JAPAN_SECONDS (9 * 3600)
#define DAY_CHECK     300 /* seconds: how late a new day may be noticed */

enum
{
  PROP_BUSY = 1,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MdgGuide, mdg_guide, G_TYPE_OBJECT)

typedef struct
{
  char *folder;
  GStrv texts;
  MdgJourneyStore *store; /* (nullable): taken by the guide */
  MdgJourneyRecord *record;
  MdgSubsidyRule *rule;
  GPtrArray *missing;
  MdgJourneyHealth health;
} Opening;

typedef struct
{
  MdgJourneyStore *store;
  MdgPending *pending;
} Ending;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->record, mdg_journey_record_free);
  g_clear_pointer (&opening->store, mdg_journey_store_close);
  g_clear_pointer (&opening->rule, mdg_subsidy_rule_free);
  g_clear_pointer (&opening->missing, g_ptr_array_unref);
  g_strfreev (opening->texts);
  g_free (opening->folder);
  g_free (opening);
}

/* A list that could not be filled is filled at the next opening: the journey can be read all the
 * same. */
static gpointer
open_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Opening *opening = data;
  g_autoptr (GError) local = NULL;

  opening->store = mdg_journey_store_open (opening->folder, error);
  if (opening->store == NULL)
    return NULL;
  if (!mdg_guide_fill_defaults (opening->store, (const char *const *) opening->texts, &local))
    g_debug ("lists not filled: %s, %d", g_quark_to_string (local->domain), local->code);
  opening->record = mdg_journey_store_load (opening->store, error);
  if (opening->record == NULL)
    return NULL;
  opening->health = mdg_journey_store_get_health (opening->store);
  opening->missing = mdg_journey_store_get_missing (opening->store);
  opening->rule = mdg_subsidy_rule_load (NULL, NULL);
  return opening;
}

static void
set_clock_day (MdgGuide *self)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JAPAN_SECONDS);
  g_autoptr (GDateTime) now = g_date_time_new_now (japan);

  g_date_set_dmy (&self->today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
}

static void
clear_brief (MdgGuide *self, guint step)
{
  if (self->briefs[step] != NULL)
    g_ptr_array_add (self->spent, g_steal_pointer (&self->briefs[step]));
}

static void
tell_changed (MdgGuide *self)
{
  for (guint i = 0; i < MDG_N_STEPS; i++)
    clear_brief (self, i);
  g_ptr_array_set_size (self->spent, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_day_check_cb (gpointer data)
{
  MdgGuide *self = data;
  GDate before = self->today;

  if (self->fixed_day)
    return G_SOURCE_CONTINUE;
  set_clock_day (self);
  if (g_date_compare (&before, &self->today) != 0)
    tell_changed (self);
  return G_SOURCE_CONTINUE;
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgGuide *self = g_task_get_task_data (task);
  GError *error = NULL;
  Opening *opening = mdg_worker_run_finish (MDG_WORKER (object), result, &error);

  if (opening == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->store = g_steal_pointer (&opening->store);
  self->rule = g_steal_pointer (&opening->rule);
  self->missing = g_steal_pointer (&opening->missing);
  self->health = opening->health;
  self->day_timer = g_timeout_add_seconds (DAY_CHECK, on_day_check_cb, self);
  mdg_guide_take_record (self, g_steal_pointer (&opening->record));
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static gpointer
close_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Ending *ending = data;

  mdg_journey_store_close (ending->store);
  mdg_pending_end (ending->pending, TRUE);
  return NULL;
}

static void
free_ending (gpointer data)
{
  Ending *ending = data;

  mdg_pending_unref (ending->pending);
  g_free (ending);
}

/* The worker closes it after all that is queued. */
static void
queue_close (MdgGuide *self)
{
  Ending *ending;

  if (self->store == NULL)
    return;
  ending = g_new0 (Ending, 1);
  ending->store = g_steal_pointer (&self->store);
  ending->pending = mdg_pending_ref (self->pending);
  mdg_pending_begin (self->pending);
  mdg_worker_run_async (self->worker, close_on_worker, ending, free_ending, NULL, NULL, NULL, NULL);
}

/* After all changes: each of them holds a reference. */
static void
mdg_guide_dispose (GObject *object)
{
  MdgGuide *self = MDG_GUIDE (object);

  g_clear_handle_id (&self->day_timer, g_source_remove);
  queue_close (self);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (mdg_guide_parent_class)->dispose (object);
}

static void
mdg_guide_finalize (GObject *object)
{
  MdgGuide *self = MDG_GUIDE (object);

  for (guint i = 0; i < MDG_N_STEPS; i++)
    g_free (self->briefs[i]);
  g_clear_pointer (&self->spent, g_ptr_array_unref);
  g_clear_pointer (&self->record, mdg_journey_record_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->rule, mdg_subsidy_rule_free);
  g_clear_pointer (&self->pending, mdg_pending_unref);
  g_clear_pointer (&self->changes, g_queue_free);
  G_OBJECT_CLASS (mdg_guide_parent_class)->finalize (object);
}

static void
mdg_guide_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgGuide *self = MDG_GUIDE (object);

  if (id == PROP_BUSY)
    g_value_set_boolean (value, !g_queue_is_empty (self->changes));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mdg_guide_class_init (MdgGuideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mdg_guide_get_property;
  object_class->dispose = mdg_guide_dispose;
  object_class->finalize = mdg_guide_finalize;

  /**
   * MdgGuide:busy:
   *
   * Something is being written.
   */
  properties[PROP_BUSY] =
      g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * MdgGuide::changed:
   * @self: the guide
   *
   * Something is another than it was; what was handed out before is no longer good.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MDG_TYPE_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
mdg_guide_init (MdgGuide *self)
{
  self->worker = mdg_worker_new ("guide");
  self->pending = mdg_pending_new ();
  self->changes = g_queue_new ();
  self->spent = g_ptr_array_new_with_free_func (g_free);
  g_date_clear (&self->today, 1);
  set_clock_day (self);
}

/**
 * mdg_guide_open_async:
 * @folder: the facility's folder, or practice mode's
 * @practice: whether the data are invented
 * @c: (nullable): to give up
 * @cb: called when the journey is there
 * @data: for @cb
 *
 * Opens the journey of that folder on a worker, and fills the lists of a new one.
 *
 * Thread: main.
 * Errors: every code of #MdgStoreError; %G_IO_ERROR_CANCELLED.
 */
void
mdg_guide_open_async (const char *folder,
                      gboolean practice,
                      GCancellable *c,
                      GAsyncReadyCallback cb,
                      gpointer data)
{
  MdgGuide *self = g_object_new (MDG_TYPE_GUIDE, NULL);
  GTask *task = g_task_new (NULL, c, cb, data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, mdg_guide_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  self->practice = practice;
  opening->folder = g_strdup (folder);
  opening->texts = mdg_guide_default_texts ();
  mdg_worker_run_async (self->worker, open_on_worker, opening, free_opening, NULL, c, on_opened_cb,
                        task);
}

/**
 * mdg_guide_open_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Thread: main.
 * Errors: as mdg_guide_open_async().
 *
 * Returns: (transfer full) (nullable): the journey
 */
MdgGuide *
mdg_guide_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * mdg_guide_take_record:
 * @self: the guide
 * @record: (transfer full) (nullable): what is on the disk now
 *
 * Puts it in the place of what is shown and tells everybody.
 *
 * Thread: main.
 */
void
mdg_guide_take_record (MdgGuide *self, MdgJourneyRecord *record)
{
  g_autoptr (MdgJourneyRecord) before = NULL;

  if (record == NULL)
    return;
  before = g_steal_pointer (&self->record);
  self->record = record;
  mdg_guide_count_queued (self);
  tell_changed (self);
}

/**
 * mdg_guide_notify_busy:
 * @self: the guide
 *
 * Thread: main.
 */
void
mdg_guide_notify_busy (MdgGuide *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/**
 * mdg_guide_get_practice:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether the data are invented
 */
gboolean
mdg_guide_get_practice (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), FALSE);

  return self->practice;
}

/**
 * mdg_guide_get_health:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: how the journey was found
 */
MdgJourneyHealth
mdg_guide_get_health (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), MDG_JOURNEY_WHOLE);

  return self->health;
}

/**
 * mdg_guide_get_missing:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (element-type utf8): receipts whose file is gone or another
 */
GPtrArray *
mdg_guide_get_missing (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  return self->missing;
}

/**
 * mdg_guide_flush:
 * @self: the guide
 * @milliseconds: the most to wait
 *
 * For the end of the program: runs no main loop.
 *
 * Thread: main; blocking, at most @milliseconds.
 * Errors: none.
 *
 * Returns: whether everything is written
 */
gboolean
mdg_guide_flush (MdgGuide *self, guint milliseconds)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), FALSE);

  return mdg_pending_wait (self->pending, milliseconds);
}

/**
 * mdg_guide_close:
 * @self: the guide
 * @milliseconds: the most to wait
 *
 * For the end of the program, and before another program or facility takes its place: writes what
 * is queued and closes the journey. What it says stays; every change after it ends with
 * %G_IO_ERROR_CLOSED. Runs no main loop.
 *
 * Thread: main; blocking, at most @milliseconds.
 * Errors: none.
 *
 * Returns: whether everything is written, and the journey closed
 */
gboolean
mdg_guide_close (MdgGuide *self, guint milliseconds)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), FALSE);

  queue_close (self);
  return mdg_pending_wait (self->pending, milliseconds);
}

/**
 * mdg_guide_set_today:
 * @self: the guide
 * @today: (nullable): the day that it is from now on; %NULL: the clock's, in Japan
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_guide_set_today (MdgGuide *self, const GDate *today)
{
  g_return_if_fail (MDG_IS_GUIDE (self));

  self->fixed_day = today != NULL;
  if (today != NULL)
    self->today = *today;
  else
    set_clock_day (self);
  tell_changed (self);
}

/**
 * mdg_guide_get_today:
 * @self: the guide
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the day in Japan
 */
const GDate *
mdg_guide_get_today (MdgGuide *self)
{
  g_return_val_if_fail (MDG_IS_GUIDE (self), NULL);

  return &self->today;
}
