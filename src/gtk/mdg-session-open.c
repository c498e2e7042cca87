/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Opening: preferences, store, secrets and activation on a worker, because each of them may wait
 * for a disk or for a keyring; what is made of them on the main thread, because it belongs there.
 * In practice mode the service comes first and the terminal is activated with it. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-practice-mode.h"
#include "mdg-profiles.h"
#include "mdg-service-error.h"

#include <string.h>

/* One job: what it needs, then what it found. The worker and the main thread never have it at the
 * same time. */
typedef struct
{
  MdgSession *session; /* the main thread's alone */

  /* in */
  gboolean practice;
  gboolean with_preferences; /* they are not there yet */
  char *folder;
  char *database;
  char *service_folder;

  /* out; those that are there already are left alone */
  MdgPreferences *preferences;
  MdgStore *store;
  MdgSecretStore *secrets;
  MdgActivation *activation; /* (nullable): not activated */
  GBytes *password;          /* (nullable) */
  MdgPracticeService *service;
  MdgPracticeInfo *info;
} Files;

static void
free_files (Files *files)
{
  g_clear_object (&files->session);
  g_free (files->folder);
  g_free (files->database);
  g_free (files->service_folder);
  g_clear_object (&files->preferences);
  g_clear_pointer (&files->store, mdg_store_close);
  g_clear_object (&files->secrets);
  g_clear_pointer (&files->activation, mdg_activation_free);
  g_clear_pointer (&files->password, g_bytes_unref);
  g_clear_object (&files->service);
  g_clear_pointer (&files->info, mdg_practice_info_free);
  g_free (files);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Files, free_files)

static void
on_result_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

/* Activates against the service, which is on a thread of its own, and waits here for it. */
static gboolean
activate_practice (Files *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (MdgOnlineSource) source = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  const MdgPracticeAccess access = {
    files->info->url,     files->info->ca_file,  files->info->institution_code,
    files->info->user_id, files->info->password, files->info->activation_code
  };

  g_main_context_push_thread_default (context);
  mdg_practice_mode_open_async (files->store, files->secrets, &access, cancellable, on_result_cb,
                                &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  source = mdg_practice_mode_open_finish (result, error);
  g_clear_object (&result);
  if (source == NULL)
    {
      g_main_context_pop_thread_default (context);
      return FALSE;
    }
  g_clear_object (&source); /* it belongs to this context: the main thread makes one of its own */
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return TRUE;
}

static gboolean
open_service (Files *files, GError **error)
{
  files->service = mdg_practice_service_new (files->service_folder, error);
  if (files->service == NULL || !mdg_practice_service_start (files->service, 0, error))
    return FALSE;
  files->info = mdg_practice_service_get_info (files->service);
  return TRUE;
}

/* No activation is no failure: there is no reception then. */
static gboolean
load_activation (Files *files, GError **error)
{
  g_autoptr (GError) local = NULL;

  files->activation = mdg_activation_load (files->store, files->secrets, &files->password, &local);
  if (files->activation != NULL ||
      g_error_matches (local, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gpointer
open_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Files *files = data;

  if (files->with_preferences &&
      (files->preferences = mdg_preferences_new (files->database, error)) == NULL)
    return NULL;
  if (files->store == NULL)
    files->store = mdg_store_open (files->database, error);
  if (files->store == NULL)
    return NULL;
  if (files->secrets == NULL)
    files->secrets = files->practice ? mdg_secret_store_new_file (files->folder, error)
                                     : mdg_secret_store_open (files->folder, FALSE, error);
  if (files->secrets == NULL)
    return NULL;
  if (files->practice)
    {
      if ((files->service == NULL && !open_service (files, error)) ||
          !activate_practice (files, cancellable, error))
        return NULL;
    }
  return load_activation (files, error) ? files : NULL;
}

/* Whatever was opened is kept, also where the next thing could not be. */
static void
take_files (MdgSession *self, Files *files)
{
  if (files->preferences != NULL)
    self->preferences = g_steal_pointer (&files->preferences);
  self->store = g_steal_pointer (&files->store);
  self->secrets = g_steal_pointer (&files->secrets);
  self->service = g_steal_pointer (&files->service);
  self->info = g_steal_pointer (&files->info);
  self->activation = g_steal_pointer (&files->activation);
  self->password = g_steal_pointer (&files->password);
  if (self->activation != NULL && self->password == NULL)
    self->password = g_steal_pointer (&self->typed_password);
  g_clear_pointer (&self->typed_password, g_bytes_unref);
  if (self->practice && self->info != NULL && self->password == NULL)
    self->password = mdg_secret_bytes_new (self->info->password, strlen (self->info->password));
}

static void
settle_state (MdgSession *self)
{
  g_autoptr (GError) error = NULL;
  gboolean ask = FALSE, locked = FALSE;

  if (self->activation == NULL)
    {
      mdg_session_set_state (self, MDG_SESSION_NOT_ACTIVATED, NULL);
      return;
    }
  g_object_get (self->preferences, "ask-log-in", &ask, NULL);
  /* a lock that was shut when the program ended is opened by a log-in: who has forgotten the lock's
   * password, or got a new one from the service, is not shut out for good */
  g_object_get (self->preferences, "locked", &locked, NULL);
  if (self->password == NULL || ask || locked)
    mdg_session_set_state (self, MDG_SESSION_NEED_PASSWORD, NULL);
  else if (!mdg_session_make_reception (self, &error))
    mdg_session_set_state (self, MDG_SESSION_FAILED, error);
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Files) files = data;
  g_autoptr (GError) error = NULL;
  MdgSession *self = files->session;
  gboolean opened = mdg_worker_run_finish (MDG_WORKER (object), result, &error) != NULL;

  self->pending--;
  self->opening = FALSE;
  take_files (self, files);
  if (self->closed)
    return;
  mdg_session_trust_cards (self);
  mdg_session_notify_parts (self);
  if (self->secrets != NULL && self->lock == NULL)
    mdg_session_make_lock (self);
  if (opened)
    settle_state (self);
  else
    mdg_session_set_state (self, MDG_SESSION_FAILED, error);
  mdg_session_open_guide (self);
}

/**
 * mdg_session_open_files:
 * @self: the session
 *
 * Opens what is not open yet, then makes the reception where that can be.
 *
 * Thread: main.
 */
void
mdg_session_open_files (MdgSession *self)
{
  Files *files = g_new0 (Files, 1);

  if (self->folder == NULL)
    {
      self->folder = self->practice ? mdg_paths_data_dir (TRUE) : mdg_profile_dir (self->profile);
      self->database =
          self->practice ? mdg_paths_database (TRUE) : mdg_profile_database (self->profile);
    }
  files->practice = self->practice;
  files->folder = g_strdup (self->folder);
  files->database = g_strdup (self->database);
  files->service_folder = g_build_filename (self->folder, "service", NULL);
  files->session = g_object_ref (self);
  files->with_preferences = self->preferences == NULL;
  files->store = g_steal_pointer (&self->store);
  files->secrets = g_steal_pointer (&self->secrets);
  files->service = g_steal_pointer (&self->service);
  files->info = g_steal_pointer (&self->info);
  g_clear_pointer (&self->activation, mdg_activation_free);
  g_clear_pointer (&self->password, g_bytes_unref);

  self->opening = TRUE;
  self->pending++;
  mdg_worker_run_async (self->worker, open_on_worker, files, NULL, NULL, self->cancellable,
                        on_opened_cb, files);
}
