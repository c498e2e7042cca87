/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Practice mode: this terminal activated against a practice service, in a store of its own, so that
 * the same client code runs as against a real one. */
#include "config.h"

#include "mdg-practice-mode.h"

#include <string.h>

typedef struct
{
  MdgStore *store;         /* unowned: the caller keeps it until the end */
  MdgSecretStore *secrets; /* owned */
  char *url;
  GBytes *password;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_object (&opening->secrets);
  g_clear_pointer (&opening->password, g_bytes_unref);
  g_free (opening->url);
  g_free (opening);
}

/* The service takes another port at each start: the address is of today, the activation is kept. */
static gboolean
move_to (MdgStore *store, const char *url, const char *ca_pem, gboolean *usable, GError **error)
{
  g_autoptr (MdgFacility) facility = NULL;
  g_autoptr (MdgTerminal) terminal = NULL;

  *usable = FALSE;
  if (!mdg_store_load_activation (store, &facility, &terminal, error))
    return FALSE;
  if (terminal == NULL || g_strcmp0 (facility->ca_pem, ca_pem) != 0 ||
      g_date_time_to_unix (terminal->not_after) < g_get_real_time () / G_USEC_PER_SEC + 86400)
    return TRUE;
  *usable = TRUE;
  if (g_strcmp0 (facility->service_url, url) == 0)
    return TRUE;
  g_free (facility->service_url);
  facility->service_url = g_strdup (url);
  return mdg_store_save_activation (store, facility, terminal, error);
}

static void
return_source (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  MdgOnlineSource *source =
      mdg_activation_load_source (opening->store, opening->secrets, opening->password, &error);

  if (source == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, source, g_object_unref);
}

static void
on_activated_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (MdgActivation) activation = mdg_activation_finish (result, &error);

  if (activation == NULL ||
      !mdg_activation_save (activation, opening->store, opening->secrets, NULL, &error))
    g_task_return_error (task, error);
  else
    return_source (task);
}

static void
start_activation (GTask *task, const MdgPracticeAccess *access, const char *ca_pem)
{
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GBytes) code =
      mdg_secret_bytes_new (access->activation_code, strlen (access->activation_code));
  const MdgActivationRequest request = {
    access->url,       ca_pem, access->institution_code, access->user_id,
    opening->password, code,   g_get_host_name (),
  };

  mdg_activation_activate_async (&request, g_task_get_cancellable (task), on_activated_cb,
                                 g_object_ref (task));
}

/**
 * mdg_practice_mode_open_async:
 * @store: the store of practice data; must stay open until @callback
 * @secrets: where practice secrets live
 * @access: how to reach the practice service; copied
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when the source is there
 * @user_data: data for @callback
 *
 * Opens the online source of practice mode. The first time, and whenever the service is another one
 * than before, the terminal is activated with the service's own code.
 *
 * Thread: main.
 */
void
mdg_practice_mode_open_async (MdgStore *store,
                              MdgSecretStore *secrets,
                              const MdgPracticeAccess *access,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);
  g_autofree char *ca_pem = NULL;
  gboolean usable = FALSE;
  GError *error = NULL;

  g_return_if_fail (store != NULL);
  g_return_if_fail (access != NULL);

  opening->store = store;
  opening->secrets = g_object_ref (secrets);
  opening->url = g_strdup (access->url);
  opening->password = mdg_secret_bytes_new (access->password, strlen (access->password));
  g_task_set_source_tag (task, mdg_practice_mode_open_async);
  g_task_set_task_data (task, opening, opening_free);
  if (!g_file_get_contents (access->ca_file, &ca_pem, NULL, &error) ||
      !move_to (store, access->url, ca_pem, &usable, &error))
    g_task_return_error (task, error);
  else if (usable)
    return_source (task);
  else
    start_activation (task, access, ca_pem);
}

/**
 * mdg_practice_mode_open_finish:
 * @result: the result
 * @error: the error
 *
 * Returns: (transfer full): the source of practice mode
 *
 * Thread: main.
 *
 * Errors: #MDG_SERVICE_ERROR, #MDG_STORE_ERROR, or that of reading the CA's file.
 */
MdgOnlineSource *
mdg_practice_mode_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
