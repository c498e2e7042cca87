/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The session as others see it: state and parts. How they come is in mdg-session-open.c. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-profiles.h"

#define CLOSE_MILLISECONDS 12000 /* more than a reader's deadline of one run */
#define FLUSH_MILLISECONDS 3000

G_DEFINE_FINAL_TYPE (MdgSession, mdg_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_PROBLEM,
  PROP_RECEPTION,
  PROP_VISIT_LOG,
  PROP_RECORD_PROBLEM,
  PROP_GUIDE,
  PROP_GUIDE_ERROR,
  N_PROPS
} Property;

static GParamSpec *properties[N_PROPS];

static void
mdg_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgSession *self = MDG_SESSION (object);

  switch ((Property) id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_PROBLEM:
      g_value_set_pointer (value, self->problem);
      break;
    case PROP_RECEPTION:
      g_value_set_object (value, mdg_session_get_reception (self));
      break;
    case PROP_VISIT_LOG:
      g_value_set_object (value, mdg_session_get_visit_log (self));
      break;
    case PROP_RECORD_PROBLEM:
      g_value_set_pointer (value, self->record_problem);
      break;
    case PROP_GUIDE:
      g_value_set_object (value, self->guide);
      break;
    case PROP_GUIDE_ERROR:
      g_value_set_pointer (value, self->guide_error);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_session_dispose (GObject *object)
{
  mdg_session_close (MDG_SESSION (object));
  G_OBJECT_CLASS (mdg_session_parent_class)->dispose (object);
}

static void
mdg_session_finalize (GObject *object)
{
  MdgSession *self = MDG_SESSION (object);

  g_clear_object (&self->reception);
  g_clear_object (&self->source);
  g_clear_object (&self->log);
  g_clear_object (&self->lock);
  g_clear_object (&self->readers);
  g_clear_object (&self->host);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->store, mdg_store_close);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->activation, mdg_activation_free);
  g_clear_pointer (&self->password, g_bytes_unref);
  g_clear_pointer (&self->typed_password, g_bytes_unref);
  g_clear_pointer (&self->unkept, mdg_activation_free);
  g_clear_pointer (&self->unkept_code, g_bytes_unref);
  g_clear_object (&self->service);
  g_clear_pointer (&self->info, mdg_practice_info_free);
  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  g_clear_pointer (&self->record_problem, mdg_problem_unref);
  g_clear_error (&self->log_error);
  g_clear_object (&self->guide);
  g_clear_error (&self->guide_error);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->socket);
  g_free (self->profile);
  g_free (self->drivers);
  g_free (self->practice_card);
  G_OBJECT_CLASS (mdg_session_parent_class)->finalize (object);
}

static void
mdg_session_class_init (MdgSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = mdg_session_dispose;
  object_class->finalize = mdg_session_finalize;
  object_class->get_property = mdg_session_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, MDG_SESSION_FAILED, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_pointer ("problem", NULL, NULL, flags);
  properties[PROP_RECEPTION] = g_param_spec_object ("reception", NULL, NULL, G_TYPE_OBJECT, flags);
  properties[PROP_VISIT_LOG] = g_param_spec_object ("visit-log", NULL, NULL, G_TYPE_OBJECT, flags);
  properties[PROP_RECORD_PROBLEM] = g_param_spec_pointer ("record-problem", NULL, NULL, flags);
  properties[PROP_GUIDE] = g_param_spec_object ("guide", NULL, NULL, G_TYPE_OBJECT, flags);
  properties[PROP_GUIDE_ERROR] = g_param_spec_pointer ("guide-error", NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_session_init (MdgSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->worker = mdg_worker_new ("session");
}

/**
 * mdg_session_new:
 * @profile: (nullable): an id of mdg-profiles.h, %NULL for the one used last; ignored in practice
 *   mode
 * @practice: whether all is invented
 *
 * Opens nothing yet.
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): a session
 */
MdgSession *
mdg_session_new (const char *profile, gboolean practice)
{
  MdgSession *self = g_object_new (MDG_TYPE_SESSION, NULL);

  self->practice = practice;
  if (practice)
    self->profile = g_strdup (MDG_PROFILE_DEFAULT);
  else
    self->profile = profile != NULL ? g_strdup (profile) : mdg_profiles_get_current ();
  return self;
}

/**
 * mdg_session_set_drivers:
 * @self: a session that was not opened
 * @ids: ids of plugins with commas between; no other is loaded
 *
 * Thread: main.
 */
void
mdg_session_set_drivers (MdgSession *self, const char *ids)
{
  g_free (self->drivers);
  self->drivers = g_strdup (ids);
}

/**
 * mdg_session_set_practice_card:
 * @self: a session that was not opened
 * @cn: the invented person whose card lies on the practice reader at the start
 *
 * Thread: main.
 */
void
mdg_session_set_practice_card (MdgSession *self, const char *cn)
{
  g_free (self->practice_card);
  self->practice_card = g_strdup (cn);
}

/**
 * mdg_session_notify_parts:
 * @self: the session
 *
 * Tells that parts came: preferences, lock, reception, log.
 *
 * Thread: main.
 */
void
mdg_session_notify_parts (MdgSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEPTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIT_LOG]);
}

/**
 * mdg_session_notify_guide:
 * @self: the session
 *
 * Tells that the guide came, or why it did not.
 *
 * Thread: main.
 */
void
mdg_session_notify_guide (MdgSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GUIDE_ERROR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GUIDE]);
}

/**
 * mdg_session_set_state:
 * @self: the session
 * @state: what it is now
 * @error: (nullable): why, where it failed
 *
 * Thread: main.
 */
void
mdg_session_set_state (MdgSession *self, MdgSessionState state, const GError *error)
{
  g_clear_pointer (&self->problem, mdg_problem_unref);
  if (error != NULL)
    self->problem = mdg_problem_new (error);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/**
 * mdg_session_set_record_problem:
 * @self: the session
 * @error: (nullable): why a check, or what was done with it, was not written down
 *
 * Thread: main.
 */
void
mdg_session_set_record_problem (MdgSession *self, const GError *error)
{
  if (error == NULL && self->record_problem == NULL)
    return;
  g_clear_pointer (&self->record_problem, mdg_problem_unref);
  if (error != NULL)
    self->record_problem = mdg_problem_new (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD_PROBLEM]);
}

/**
 * mdg_session_open:
 * @self: a session
 *
 * Starts to open what is not open yet; the state says how far it came. After a failure it begins
 * again where it stopped.
 *
 * Thread: main.
 */
void
mdg_session_open (MdgSession *self)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->closed || self->opening || self->reception != NULL)
    return;
  mdg_session_set_state (self, MDG_SESSION_OPENING, NULL);
  mdg_session_load_readers (self); /* their threads look for readers in the meantime */
  mdg_session_open_files (self);
}

static gboolean
on_bound_cb (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Turns the main loop until nothing is under way, for some seconds at most. */
static void
wait_until_quiet (MdgSession *self)
{
  MdgDesk *desk = self->reception != NULL ? mdg_reception_get_desk (self->reception) : NULL;
  gboolean over = FALSE;
  guint bound = g_timeout_add (CLOSE_MILLISECONDS, on_bound_cb, &over);

  while (!over && (self->pending > 0 || (desk != NULL && mdg_desk_get_busy (desk))))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
  if (over)
    g_warning ("the program ends with work under way");
}

/**
 * mdg_session_close:
 * @self: a session
 *
 * Stops everything and waits, some seconds at most, until the card is closed and all is written.
 * The main loop turns in the meantime.
 *
 * Thread: main.
 */
void
mdg_session_close (MdgSession *self)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->closed)
    return;
  g_object_ref (self);
  self->closed = TRUE;
  g_clear_handle_id (&self->days_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->reception != NULL)
    mdg_desk_stop (mdg_reception_get_desk (self->reception));
  wait_until_quiet (self);
  if (self->log != NULL)
    mdg_visit_log_flush (self->log, FLUSH_MILLISECONDS);
  if (self->guide != NULL && !mdg_guide_close (self->guide, FLUSH_MILLISECONDS))
    g_debug ("a change of the preparation was refused, or is not written");
  if (self->preferences != NULL)
    mdg_preferences_flush (self->preferences, FLUSH_MILLISECONDS);
  if (self->host != NULL)
    mdg_plugin_host_stop (self->host);
  if (self->service != NULL)
    mdg_practice_service_stop (self->service);
  g_object_unref (self);
}

/**
 * mdg_session_get_state:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: what there is to work with now
 */
MdgSessionState
mdg_session_get_state (MdgSession *self)
{
  return self->state;
}

/**
 * mdg_session_get_problem:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): why the state is FAILED; until the state changes
 */
MdgProblem *
mdg_session_get_problem (MdgSession *self)
{
  return self->problem;
}

/**
 * mdg_session_get_reception:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the desk, where the state is READY; until the session closes
 */
MdgReception *
mdg_session_get_reception (MdgSession *self)
{
  return self->reception;
}

/**
 * mdg_session_get_preferences:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): from the first step of opening on
 */
MdgPreferences *
mdg_session_get_preferences (MdgSession *self)
{
  return self->preferences;
}

/**
 * mdg_session_get_visit_log:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the record of checks
 */
MdgVisitLog *
mdg_session_get_visit_log (MdgSession *self)
{
  return self->log;
}

/**
 * mdg_session_get_record_problem:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): why the last check is not in the record; until the next one
 * is
 */
MdgProblem *
mdg_session_get_record_problem (MdgSession *self)
{
  return self->record_problem;
}

/**
 * mdg_session_get_lock:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the idle lock, where a password can open it again
 */
MdgStaffLock *
mdg_session_get_lock (MdgSession *self)
{
  return self->lock;
}

/**
 * mdg_session_get_guide:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the facility's preparation
 */
MdgGuide *
mdg_session_get_guide (MdgSession *self)
{
  return self->guide;
}

/**
 * mdg_session_get_guide_error:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): why there is no guide; until it is opened again
 */
const GError *
mdg_session_get_guide_error (MdgSession *self)
{
  return self->guide_error;
}

/**
 * mdg_session_get_host:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the drivers, known or not
 */
MdgPluginHost *
mdg_session_get_host (MdgSession *self)
{
  return self->host;
}

/**
 * mdg_session_get_readers:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none): the readers of all drivers
 */
MdgReaderManager *
mdg_session_get_readers (MdgSession *self)
{
  return self->readers;
}

/**
 * mdg_session_get_practice:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether people, cards and service are invented
 */
gboolean
mdg_session_get_practice (MdgSession *self)
{
  return self->practice;
}

/**
 * mdg_session_get_profile:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the id of the facility's profile
 */
const char *
mdg_session_get_profile (MdgSession *self)
{
  return self->profile;
}

/**
 * mdg_session_get_user_id:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the facility's user, as the letter names it
 */
const char *
mdg_session_get_user_id (MdgSession *self)
{
  return self->activation != NULL ? self->activation->facility->user_id : NULL;
}

/**
 * mdg_session_get_institution_name:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): as the facility wrote it
 */
const char *
mdg_session_get_institution_name (MdgSession *self)
{
  return self->activation != NULL ? self->activation->facility->institution_name : NULL;
}

/**
 * mdg_session_get_institution_code:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): ten digits (reference/domain.md 2.2)
 */
const char *
mdg_session_get_institution_code (MdgSession *self)
{
  return self->activation != NULL ? self->activation->facility->institution_code : NULL;
}

/**
 * mdg_session_get_terminal:
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): this terminal, when it is activated
 */
const MdgTerminal *
mdg_session_get_terminal (MdgSession *self)
{
  return self->activation != NULL ? self->activation->terminal : NULL;
}
