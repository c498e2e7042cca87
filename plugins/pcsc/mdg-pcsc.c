/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The PC/SC driver: finds readers and cards through the system's smart card service.
 *
 * Its monitor sleeps inside SCardGetStatusChange and wakes only for changes. A service that is not
 * there is waited for, whether it never ran, was stopped, was killed or is being restarted; its
 * readers are gone meanwhile, and the problem says why. */
#include "config.h"

#include "mdg-pcsc-api.h"
#include "mdg-pcsc-reader.h"
#include "mdg-pcsc-wait.h"
#include "mdg-pcsc-watch.h"
#include "mdg-plugin.h"
#include "mdg-worker.h"

/* The net under a change that the service has lost: pcsc-lite before 2.0 does not tell of a reader
 * that came between the question for the readers and the wait, and readers come in twos. */
#define LOOK_SOON_MS  500
#define LOOK_AGAIN_MS 60000
/* A service that wakes for nothing that often in a row is asked more slowly. */
#define IDLE_WAKES_MAX 16
#define IDLE_PAUSE_MS  200
/* A service that goes sooner than that is not asked again at once. */
#define TRUSTED_US    G_TIME_SPAN_SECOND
#define LAST_WORDS_US (50 * G_TIME_SPAN_MILLISECOND)

#define MDG_TYPE_PCSC_DRIVER (mdg_pcsc_driver_get_type ())
G_DECLARE_FINAL_TYPE (MdgPcscDriver, mdg_pcsc_driver, MDG, PCSC_DRIVER, MdgReaderDriver)

struct _MdgPcscDriver
{
  MdgReaderDriver parent_instance;

  MdgPcscApi *api;
  MdgWorker *canceller; /* SCardCancel asks the service, which may hang */
  MdgWorker *asker;     /* features of empty readers */

  GMutex lock;
  GCond changed;
  MdgPcscWait *wait;         /* of the monitor that runs now */
  MdgPcscContext waiting;    /* in SCardGetStatusChange, or 0 */
  MdgPcscContext cancelling; /* in SCardCancel, or 0 */
};

G_DEFINE_FINAL_TYPE (MdgPcscDriver, mdg_pcsc_driver, MDG_TYPE_READER_DRIVER)

typedef struct
{
  MdgPcscApi *api;
  MdgPcscReader *reader;
  MdgPcscTold told;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  mdg_pcsc_api_unref (question->api);
  g_object_unref (question->reader);
  g_free (question);
}

static gpointer
answer_question (gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;
  MdgPcscTold told;

  if (mdg_pcsc_reader_get_told (question->reader))
    return NULL;
  mdg_pcsc_told_ask_reader (question->api, mdg_pcsc_reader_get_pcsc_name (question->reader), &told);
  mdg_pcsc_reader_set_told (question->reader, &told);
  return NULL;
}

static void
ask_reader (MdgReaderDriver *driver, MdgPcscReader *reader)
{
  MdgPcscDriver *self = MDG_PCSC_DRIVER (driver);
  Question *question = g_new0 (Question, 1);

  question->api = mdg_pcsc_api_ref (self->api);
  question->reader = g_object_ref (reader);
  mdg_worker_run_async (self->asker, answer_question, question, free_question, NULL, NULL, NULL,
                        NULL);
}

static gpointer
cancel_wait (gpointer data, GCancellable *cancellable, GError **error)
{
  MdgPcscDriver *self = data;
  MdgPcscContext context;

  g_mutex_lock (&self->lock);
  context = self->cancelling = self->waiting;
  g_mutex_unlock (&self->lock);
  if (context != 0)
    mdg_pcsc_api_cancel (self->api, context);
  g_mutex_lock (&self->lock);
  self->cancelling = 0;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* The context must stay while somebody cancels it: its number could be given to another. */
static void
set_waiting (MdgPcscDriver *self, MdgPcscContext context)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->waiting = context;
  while (context == 0 && self->cancelling != 0)
    g_cond_wait (&self->changed, &self->lock);
}

static void
report_no_service (MdgPcscDriver *self, MdgPcscCode code)
{
  g_autoptr (GError) problem = NULL;
  MdgReaderError kind = mdg_pcsc_code_to_error (code);

  /* that a context became invalid is only how we hear that the service went */
  if (kind == MDG_READER_ERROR_GONE)
    code = MDG_PCSC_E_SERVICE_STOPPED;
  mdg_pcsc_error_set (&problem, "The smart card service", code);
  mdg_reader_driver_report_problem (MDG_READER_DRIVER (self), problem);
}

/* Until the service goes or @cancellable is cancelled. */
static MdgPcscCode
watch_readers (MdgPcscDriver *self,
               MdgPcscWatch *watch,
               MdgPcscContext context,
               MdgPcscWait *wait,
               GCancellable *cancellable)
{
  MdgReaderDriver *driver = MDG_READER_DRIVER (self);
  guint idle = 0;
  guint timeout = 0;
  MdgPcscCode code = MDG_PCSC_OK;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      code = mdg_pcsc_watch_list (watch);
      if (code != MDG_PCSC_OK)
        return code;
      set_waiting (self, context);
      code = mdg_pcsc_watch_wait (watch, timeout);
      set_waiting (self, 0);
      if (code == MDG_PCSC_OK && mdg_pcsc_watch_apply (watch))
        idle = 0;
      else if (code == MDG_PCSC_OK || code == MDG_PCSC_E_UNKNOWN_READER ||
               code == MDG_PCSC_E_READER_UNAVAILABLE || code == MDG_PCSC_E_NO_READERS_AVAILABLE)
        idle++;
      else if (code != MDG_PCSC_E_TIMEOUT && code != MDG_PCSC_E_CANCELLED)
        return code;
      if (timeout == 0)
        mdg_reader_driver_report_ready (driver);
      timeout = code == MDG_PCSC_E_TIMEOUT && timeout != 0 ? LOOK_AGAIN_MS : LOOK_SOON_MS;
      if (idle > IDLE_WAKES_MAX)
        mdg_pcsc_wait_pause (wait, IDLE_PAUSE_MS, cancellable);
    }
  return code;
}

static void
wait_for_last_words (MdgPcscDriver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 end = g_get_monotonic_time () + LAST_WORDS_US;

  while (g_cond_wait_until (&self->changed, &self->lock, end))
    ;
}

/* The service is there: stays with it until it goes. FALSE when it went too soon to be trusted. */
static gboolean
stay_with_service (MdgPcscDriver *self,
                   MdgPcscContext context,
                   MdgPcscWait *wait,
                   GCancellable *cancellable)
{
  g_autoptr (MdgPcscWatch) watch =
      mdg_pcsc_watch_new (MDG_READER_DRIVER (self), self->api, context, ask_reader);
  gint64 begin = g_get_monotonic_time ();
  MdgPcscCode code;

  mdg_reader_driver_report_problem (MDG_READER_DRIVER (self), NULL);
  code = watch_readers (self, watch, context, wait, cancellable);
  /* a run that is under way hears of it by itself, and can say more than that its reader is gone */
  if (!g_cancellable_is_cancelled (cancellable))
    wait_for_last_words (self);
  g_clear_pointer (&watch, mdg_pcsc_watch_free);
  mdg_pcsc_api_release (self->api, context);
  if (g_cancellable_is_cancelled (cancellable))
    return TRUE;
  report_no_service (self, code);
  return g_get_monotonic_time () - begin > TRUSTED_US;
}

static gboolean
mdg_pcsc_driver_monitor (MdgReaderDriver *driver, GCancellable *cancellable, GError **error)
{
  MdgPcscDriver *self = MDG_PCSC_DRIVER (driver);
  g_autoptr (MdgPcscWait) wait = mdg_pcsc_wait_new ();
  guint refusals = 0;

  g_mutex_lock (&self->lock);
  self->wait = wait;
  g_mutex_unlock (&self->lock);
  while (!g_cancellable_is_cancelled (cancellable))
    {
      MdgPcscContext context = 0;
      MdgPcscCode code;
      gboolean again = FALSE;

      /* it goes on while the service is there: what happens meanwhile is seen at the next pause */
      mdg_pcsc_wait_watch (wait);
      code = mdg_pcsc_api_establish (self->api, &context);
      refusals = code == MDG_PCSC_W_SECURITY_VIOLATION ? refusals + 1 : 0;
      if (code == MDG_PCSC_OK)
        {
          /* one that is started on demand is there again at the next look */
          again = stay_with_service (self, context, wait, cancellable);
          if (again)
            mdg_pcsc_wait_reset (wait);
        }
      /* pcsc-lite also says that of a daemon that is just dying: the next look tells */
      else if (refusals != 1)
        report_no_service (self, code);
      if (g_cancellable_is_cancelled (cancellable))
        break;
      if (refusals != 1)
        mdg_reader_driver_report_ready (driver);
      if (!again)
        mdg_pcsc_wait_for_service (wait, cancellable);
    }
  g_mutex_lock (&self->lock);
  if (self->wait == wait)
    self->wait = NULL;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static void
mdg_pcsc_driver_interrupt (MdgReaderDriver *driver)
{
  MdgPcscDriver *self = MDG_PCSC_DRIVER (driver);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->wait != NULL)
    mdg_pcsc_wait_wake (self->wait);
  if (self->waiting != 0 && self->cancelling == 0)
    mdg_worker_run_async (self->canceller, cancel_wait, g_object_ref (self), g_object_unref, NULL,
                          NULL, NULL, NULL);
}

static gboolean
mdg_pcsc_driver_start (MdgReaderDriver *driver, GError **error)
{
  MdgPcscDriver *self = MDG_PCSC_DRIVER (driver);

  if (self->api == NULL)
    self->api = mdg_pcsc_api_new (NULL, error);
  return self->api != NULL;
}

static void
mdg_pcsc_driver_finalize (GObject *object)
{
  MdgPcscDriver *self = MDG_PCSC_DRIVER (object);

  g_clear_object (&self->canceller);
  g_clear_object (&self->asker);
  g_clear_pointer (&self->api, mdg_pcsc_api_unref);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mdg_pcsc_driver_parent_class)->finalize (object);
}

static void
mdg_pcsc_driver_class_init (MdgPcscDriverClass *klass)
{
  MdgReaderDriverClass *driver_class = MDG_READER_DRIVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mdg_pcsc_driver_finalize;
  driver_class->start = mdg_pcsc_driver_start;
  driver_class->monitor = mdg_pcsc_driver_monitor;
  driver_class->interrupt = mdg_pcsc_driver_interrupt;
}

static void
mdg_pcsc_driver_init (MdgPcscDriver *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->canceller = mdg_worker_new ("mdg-pcsc-cancel");
  self->asker = mdg_worker_new ("mdg-pcsc-ask");
}

MDG_DEFINE_PLUGIN (pcsc, "PC/SC", MDG_PLUGIN_FLAG_NONE, mdg_pcsc_driver_get_type)
