/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An activation kept so that no crash leaves half of one. The key's name in the secret store is
 * made of its certificate, so that the stored certificate alone says which key is meant: the new
 * key is there before the store changes, the old one goes after. A setting lists the names that
 * may exist, so that what a crash left over is cleared the next time. */
#include "config.h"

#include "mdg-activation.h"

#include "mdg-service-error.h"
#include "mdg-terminal-key.h"

#define NAMES_SETTING "secrets"

static char *
make_key_name (const MdgTerminal *terminal)
{
  g_autofree char *fingerprint = mdg_terminal_key_fingerprint (terminal->certificate_pem);

  return fingerprint != NULL ? g_strconcat (MDG_SECRET_TERMINAL_KEY "-", fingerprint, NULL) : NULL;
}

/* A password belongs to an account, not to a certificate: a renewal finds it again. */
static char *
make_password_name (const MdgFacility *facility)
{
  g_autofree char *account =
      g_strjoin ("\n", facility->service_url, facility->institution_code, facility->user_id, NULL);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);

  return g_strdup_printf (MDG_SECRET_LOGIN_PASSWORD "-%.16s", hex);
}

static GPtrArray *
load_names (MdgStore *store, GError **error)
{
  GError *local = NULL;
  g_autofree char *text = mdg_store_get_setting (store, NAMES_SETTING, &local);
  g_auto (GStrv) list = NULL;
  GPtrArray *names;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  names = g_ptr_array_new_with_free_func (g_free);
  list = g_strsplit (text != NULL ? text : "", " ", 100);
  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      g_ptr_array_add (names, g_strdup (list[i]));
  return names;
}

static gboolean
save_names (MdgStore *store, GPtrArray *names, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *) names->pdata[i]);
  return mdg_store_set_setting (store, NAMES_SETTING, names->len > 0 ? text->str : NULL, error);
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* Clears every name but those of @keep; what cannot be cleared now stays listed. */
static gboolean
sweep (MdgStore *store,
       MdgSecretStore *secrets,
       GPtrArray *names,
       const char *const *keep,
       GError **error)
{
  GError *first = NULL;

  for (guint i = names->len; i > 0; i--)
    {
      const char *name = names->pdata[i - 1];
      g_autoptr (GError) local = NULL;

      if (g_strv_contains (keep, name))
        continue;
      if (mdg_secret_store_clear (secrets, name, &local))
        g_ptr_array_remove_index (names, i - 1);
      else if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (!save_names (store, names, first == NULL ? error : NULL))
    {
      if (first != NULL)
        g_propagate_error (error, first);
      return FALSE;
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, first);
  return FALSE;
}

/* Key and password, before the store says that they count. */
static gboolean
save_secrets (const MdgActivation *activation,
              MdgSecretStore *secrets,
              const char *key_name,
              const char *password_name,
              GBytes *password,
              GError **error)
{
  return mdg_secret_store_save (secrets, key_name, activation->terminal_key, error) &&
         (password == NULL || mdg_secret_store_save (secrets, password_name, password, error));
}

/**
 * mdg_activation_save:
 * @activation: of mdg_activation_finish()
 * @store: where facility and terminal go
 * @secrets: where the key goes
 * @password: (nullable): kept for log-in; with %NULL a renewal keeps the one that is there, and a
 *   new terminal has none
 * @error: return location
 *
 * Whenever the machine stops in between, the former activation or the new one is there, whole.
 *
 * Thread: that of @store; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether it is kept; where not, the former one is
 */
gboolean
mdg_activation_save (const MdgActivation *activation,
                     MdgStore *store,
                     MdgSecretStore *secrets,
                     GBytes *password,
                     GError **error)
{
  g_autofree char *key_name = NULL;
  g_autofree char *password_name = NULL;
  g_autoptr (MdgTerminal) former = NULL;
  g_autoptr (GPtrArray) names = NULL;
  const char *keep[3] = { NULL };

  g_return_val_if_fail (activation != NULL && store != NULL && secrets != NULL, FALSE);

  key_name = make_key_name (activation->terminal);
  password_name = make_password_name (activation->facility);
  if (key_name == NULL)
    {
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                           "the terminal's certificate cannot be read");
      return FALSE;
    }
  names = load_names (store, error);
  if (names == NULL || !mdg_store_load_activation (store, NULL, &former, error))
    return FALSE;
  add_name (names, key_name);
  add_name (names, password_name);
  if (!save_names (store, names, error) ||
      !save_secrets (activation, secrets, key_name, password_name, password, error) ||
      !mdg_store_save_activation (store, activation->facility, activation->terminal, error))
    return FALSE;

  keep[0] = key_name;
  if (password != NULL ||
      (former != NULL && g_str_equal (former->terminal_id, activation->terminal->terminal_id)))
    keep[1] = password_name;
  /* what cannot be cleared now is cleared the next time: the activation is kept already */
  sweep (store, secrets, names, keep, NULL);
  return TRUE;
}

/**
 * mdg_activation_save_password:
 * @store: with an activation in it
 * @secrets: where the password goes
 * @password: (nullable): kept for log-in; %NULL to keep none
 * @error: return location
 *
 * After a change of the password, or to stop keeping it.
 *
 * Thread: that of @store; blocking.
 * Errors: #MdgStoreError; MDG_SERVICE_ERROR_NOT_ACTIVATED.
 *
 * Returns: whether it is so
 */
gboolean
mdg_activation_save_password (MdgStore *store,
                              MdgSecretStore *secrets,
                              GBytes *password,
                              GError **error)
{
  g_autoptr (MdgFacility) facility = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (store != NULL && secrets != NULL, FALSE);

  if (!mdg_store_load_activation (store, &facility, NULL, error))
    return FALSE;
  if (facility == NULL)
    {
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED,
                           "there is no activation");
      return FALSE;
    }
  name = make_password_name (facility);
  if (password == NULL)
    return mdg_secret_store_clear (secrets, name, error);
  names = load_names (store, error);
  if (names == NULL)
    return FALSE;
  add_name (names, name);
  return save_names (store, names, error) && mdg_secret_store_save (secrets, name, password, error);
}

/**
 * mdg_activation_has_password:
 * @store: the store
 * @secrets: where passwords live
 *
 * Returns: whether the log-in password of this activation is kept
 *
 * Thread: any, blocking.
 */
gboolean
mdg_activation_has_password (MdgStore *store, MdgSecretStore *secrets)
{
  g_autoptr (MdgFacility) facility = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) kept = NULL;

  g_return_val_if_fail (store != NULL && secrets != NULL, FALSE);

  if (!mdg_store_load_activation (store, &facility, NULL, NULL) || facility == NULL)
    return FALSE;
  name = make_password_name (facility);
  kept = mdg_secret_store_load (secrets, name, NULL);
  return kept != NULL;
}

/**
 * mdg_activation_load:
 * @store: where facility and terminal are
 * @secrets: where the key is
 * @password: (out) (optional) (nullable) (transfer full): the kept one
 * @error: return location
 *
 * Thread: that of @store; blocking.
 * Errors: MDG_SERVICE_ERROR_NOT_ACTIVATED where there is nothing, or no key for it; #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): what was saved, for mdg_online_source_new()
 */
MdgActivation *
mdg_activation_load (MdgStore *store, MdgSecretStore *secrets, GBytes **password, GError **error)
{
  g_autoptr (MdgActivation) activation = g_new0 (MdgActivation, 1);
  g_autoptr (GBytes) kept = NULL;
  g_autofree char *key_name = NULL;
  g_autofree char *password_name = NULL;
  GError *local = NULL;

  g_return_val_if_fail (store != NULL && secrets != NULL, NULL);

  if (!mdg_store_load_activation (store, &activation->facility, &activation->terminal, error))
    return NULL;
  if (activation->facility != NULL)
    {
      key_name = make_key_name (activation->terminal);
      password_name = make_password_name (activation->facility);
      if (key_name != NULL)
        activation->terminal_key = mdg_secret_store_load (secrets, key_name, &local);
      if (local == NULL && password != NULL)
        kept = mdg_secret_store_load (secrets, password_name, &local);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (activation->terminal_key == NULL)
    {
      g_set_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED, "%s (%s)",
                   activation->facility == NULL ? "there is no activation"
                                                : "the terminal's key is missing",
                   mdg_secret_store_get_kind (secrets));
      return NULL;
    }
  if (password != NULL)
    *password = g_steal_pointer (&kept);
  return g_steal_pointer (&activation);
}

/**
 * mdg_activation_load_source:
 * @store: where facility and terminal are
 * @secrets: where the key is
 * @password: (nullable): instead of the kept one
 * @error: return location
 *
 * Thread: that of @store; blocking.
 * Errors: as mdg_activation_load(); MDG_SERVICE_ERROR_TERMINAL.
 *
 * Returns: (transfer full) (nullable): the source of what was saved
 */
MdgOnlineSource *
mdg_activation_load_source (MdgStore *store,
                            MdgSecretStore *secrets,
                            GBytes *password,
                            GError **error)
{
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (MdgActivation) activation =
      mdg_activation_load (store, secrets, password == NULL ? &kept : NULL, error);

  if (activation == NULL)
    return NULL;
  return mdg_online_source_new (activation->facility, activation->terminal,
                                activation->terminal_key, password != NULL ? password : kept,
                                error);
}

/**
 * mdg_activation_clear:
 * @store: where facility and terminal are
 * @secrets: where key and password are
 * @error: return location
 *
 * Thread: that of @store; blocking.
 * Errors: #MdgStoreError; a second call goes on where this one stopped.
 *
 * Returns: whether nothing is left
 */
gboolean
mdg_activation_clear (MdgStore *store, MdgSecretStore *secrets, GError **error)
{
  static const char *const nothing[] = { NULL };
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (store != NULL && secrets != NULL, FALSE);

  if (!mdg_store_clear_activation (store, error))
    return FALSE;
  names = load_names (store, error);
  return names != NULL && sweep (store, secrets, names, nothing, error);
}
