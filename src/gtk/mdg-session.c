/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The session as others see it: state and parts. How they come is in mdg-session-open.c. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-profiles.h"

G_DEFINE_FINAL_TYPE (MdgSession, mdg_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_PROBLEM,
  PROP_RECEPTION,
  PROP_VISIT_LOG,
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
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_session_finalize (GObject *object)
{
  MdgSession *self = MDG_SESSION (object);

  mdg_session_close (self);
  g_clear_object (&self->readers);
  g_clear_object (&self->host);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, mdg_problem_unref);
  g_free (self->profile);
  g_free (self->drivers);
  G_OBJECT_CLASS (mdg_session_parent_class)->finalize (object);
}

static void
mdg_session_class_init (MdgSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = mdg_session_finalize;
  object_class->get_property = mdg_session_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, MDG_SESSION_FAILED, 0, flags);
  properties[PROP_PROBLEM] = g_param_spec_pointer ("problem", NULL, NULL, flags);
  properties[PROP_RECEPTION] = g_param_spec_object ("reception", NULL, NULL, G_TYPE_OBJECT, flags);
  properties[PROP_VISIT_LOG] = g_param_spec_object ("visit-log", NULL, NULL, G_TYPE_OBJECT, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mdg_session_init (MdgSession *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * mdg_session_new:
 * @profile: (nullable): an id of mdg-profiles.h, %NULL for the default; ignored in practice mode
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
  self->profile = g_strdup (profile != NULL ? profile : MDG_PROFILE_DEFAULT);
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
 * mdg_session_open:
 * @self: a session
 *
 * Starts to open what is not open yet; the state says how far it came.
 *
 * Thread: main.
 */
void
mdg_session_open (MdgSession *self)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  mdg_session_load_readers (self);
}

/**
 * mdg_session_close:
 * @self: a session
 *
 * Thread: main.
 */
void
mdg_session_close (MdgSession *self)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (self->host != NULL)
    mdg_plugin_host_stop (self->host);
}

MdgSessionState
mdg_session_get_state (MdgSession *self)
{
  return self->state;
}

MdgProblem *
mdg_session_get_problem (MdgSession *self)
{
  return self->problem;
}

MdgReception *
mdg_session_get_reception (MdgSession *self)
{
  return NULL;
}

MdgPreferences *
mdg_session_get_preferences (MdgSession *self)
{
  return NULL;
}

MdgVisitLog *
mdg_session_get_visit_log (MdgSession *self)
{
  return NULL;
}

MdgStaffLock *
mdg_session_get_lock (MdgSession *self)
{
  return NULL;
}

MdgPluginHost *
mdg_session_get_host (MdgSession *self)
{
  return self->host;
}

MdgReaderManager *
mdg_session_get_readers (MdgSession *self)
{
  return self->readers;
}

gboolean
mdg_session_get_practice (MdgSession *self)
{
  return self->practice;
}

const char *
mdg_session_get_profile (MdgSession *self)
{
  return self->profile;
}

const char *
mdg_session_get_user_id (MdgSession *self)
{
  return NULL;
}

const char *
mdg_session_get_institution_name (MdgSession *self)
{
  return NULL;
}

const char *
mdg_session_get_institution_code (MdgSession *self)
{
  return NULL;
}
